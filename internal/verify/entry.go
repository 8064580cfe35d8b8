package verify

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"tenggat/internal/bundle"
	"tenggat/internal/ledger"
)

// entry takes the next entry into the trees, then looks at what it says.
func (c *checker) entry(line bundle.Entry) {
	c.Entries++
	c.leaf = ledger.LeafHash([]byte(line.Canonical))
	c.tree.Append(c.leaf)
	stated, err := ledger.ParseHash(line.Leaf)
	if err != nil || stated != c.leaf {
		c.add(Finding{Code: EntryEdited, Entry: c.tree.Size})
		if c.edited == 0 {
			c.edited = c.tree.Size
		}
	}
	c.stated.Append(stated)
	if e, ok := c.decode(line.Canonical); ok {
		c.place(e)
		c.texts(e, line.Texts)
		c.fold(e, line.Texts)
		c.last = e.RecordedAt
	}
	c.reach()
}

func (c *checker) decode(canonical string) (ledger.Entry, bool) {
	e, err := ledger.Decode([]byte(canonical))
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		c.add(Finding{Code: NewerEntry, Entry: c.tree.Size, Detail: err.Error()})
	case err != nil:
		c.add(Finding{Code: EntryMalformed, Entry: c.tree.Size, Detail: err.Error()})
	default:
		return e, true
	}
	c.replay = nil
	return e, false
}

// place checks the entry's number, program, time and event id against those before it.
func (c *checker) place(e ledger.Entry) {
	switch {
	case e.Program != c.header.Program:
		c.broke(Finding{Code: EntryForeign, Entry: c.tree.Size})
	case e.Number > c.number+1:
		c.broke(Finding{Code: EntryMissing, Entry: c.number + 1, To: e.Number})
	case e.Number < c.number+1:
		c.broke(Finding{Code: EntryRepeated, Entry: e.Number, To: c.number + 1})
	}
	c.number = max(c.number, e.Number)
	if e.RecordedAt.Before(c.last) {
		c.broke(Finding{Code: OutOfOrder, Entry: e.Number})
	}
	id := event{e.Source, e.EventID}
	if before, known := c.events[id]; known {
		c.broke(Finding{Code: EventRepeated, Entry: e.Number, To: before})
	}
	c.events[id] = e.Number
}

// broke notes that the ledger breaks its own rules. What would be derived from there on is worth nothing.
func (c *checker) broke(f Finding) {
	c.add(f)
	c.replay = nil
}

// texts compares the free texts with the hashes that were recorded. A text that is missing was erased.
func (c *checker) texts(e ledger.Entry, texts map[string]bundle.Text) {
	for _, field := range slices.Sorted(maps.Keys(texts)) {
		if hash, recorded := e.TextHashes[field]; !recorded || ledger.TextHash(texts[field].Salt, texts[field].Text) != hash {
			c.add(Finding{Code: TextAltered, Entry: e.Number, Member: field})
			continue
		}
		c.Texts++
	}
	for field := range e.TextHashes {
		if _, there := texts[field]; !there {
			c.ErasedTexts++
		}
	}
}

// fold derives what the pages showed after the entry.
func (c *checker) fold(e ledger.Entry, texts map[string]bundle.Text) {
	if c.replay == nil {
		return
	}
	if err := ledger.KnowsBody(e); errors.Is(err, ledger.ErrUnknown) {
		c.add(Finding{Code: NewerEntry, Entry: e.Number, Detail: err.Error()})
		c.replay = nil
		return
	}
	plain := make(map[string]string, len(texts))
	for field, t := range texts {
		plain[field] = t.Text
	}
	if err := c.replay.Add(e, plain); err != nil {
		c.broke(Finding{Code: EntryRefused, Entry: e.Number, Detail: err.Error()})
		return
	}
	if e.Kind == ledger.KindProgram {
		c.zone(e)
	}
}

// zone checks that days are cut where the program says.
func (c *checker) zone(e ledger.Entry) {
	var body ledger.Program
	if err := json.Unmarshal(e.Body, &body); err == nil && body.Timezone != c.header.Timezone {
		c.broke(Finding{Code: ZoneDiffers, Entry: e.Number})
	}
}
