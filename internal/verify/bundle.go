package verify

import (
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/bundle"
	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// Request is what a bundle is to be held against.
type Request struct {
	Keys      []note.Verifier // the log's keys that were pinned
	Witnesses []note.Verifier // of each at least one cosignature is expected
	Older     []File          // signed checkpoints received before the bundle
	Receipts  []File          // signed receipts received before the bundle
	Figures   []File          // answers of the API about the program, as they were saved
}

// checker reads one bundle. It keeps a state per milestone and a hash per level of the tree, not the entries.
type checker struct {
	Report
	asked  Request
	header bundle.Header

	tree   ledger.Edge       // over the bytes as they are
	stated ledger.Edge       // over the leaf hashes as the keeper has them
	leaf   ledger.Hash       // of the last entry
	last   time.Time         // when it was recorded
	replay *fold.Ledger      // nil: figures are not derived any more
	number int64             // the number that the last entry gave itself
	events map[event]int64   // event ids, and the entries that have them
	claims map[int64][]claim // what is to be compared once the tree has a size
	signed map[head]signedAs // the roots that were signed
	newest []byte            // the signed checkpoint of SignedUpTo entries
	broken bool              // a signed root was not the tree's: those after it say nothing new
	edited int64             // the first entry whose bytes do not have the leaf hash stated; 0: none
	others int64             // the largest size of a checkpoint that no pinned key has signed
	seen   map[string]bool   // witnesses
}

// head names a state of one log.
type head struct {
	origin string
	size   int64
}

type event struct{ source, id string }

// claim is something that holds of the ledger at one size.
type claim struct {
	reached func()
	missing func() // the bundle ended before
}

// signedAs is a root and the note that signed it.
type signedAs struct {
	root ledger.Hash
	name string
	note []byte
}

// Bundle checks a whole ledger.
func Bundle(in io.Reader, q Request) Report {
	c := &checker{asked: q, events: map[event]int64{}, claims: map[int64][]claim{}, signed: map[head]signedAs{}, seen: map[string]bool{}}
	if len(q.Keys) == 0 {
		c.add(Finding{Code: NoKey})
	} else if r := c.begin(in); r != nil {
		c.read(r)
	}
	c.decide()
	return c.Report
}

// begin reads the header and prepares what is to be compared. It returns nil if there is nothing to go on with.
func (c *checker) begin(in io.Reader) *bundle.Reader {
	r, err := bundle.NewReader(in)
	if err != nil {
		c.add(unreadable(err))
		return nil
	}
	h := r.Header
	zone, err := time.LoadLocation(h.Timezone)
	if err != nil {
		c.add(unreadable(err))
		return nil
	}
	c.header, c.Program, c.Slug, c.Origin, c.ExportedAt = h, h.Program, h.Slug, h.Origin, h.ExportedAt
	c.replay = fold.NewLedger(h.Program, zone)
	for _, f := range c.asked.Older {
		c.claimOlder(f)
	}
	for _, f := range c.asked.Receipts {
		c.claimReceipt(f)
	}
	for _, f := range c.asked.Figures {
		c.claimFigures(f)
	}
	c.reach()
	return r
}

// read takes line after line, and closes.
func (c *checker) read(r *bundle.Reader) {
	for {
		line, err := r.Next()
		switch line := line.(type) {
		case bundle.Entry:
			if err == nil {
				c.entry(line)
			}
		case bundle.Checkpoint:
			if err == nil {
				c.checkpoint(line)
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			c.damaged(err)
			return
		}
	}
	c.close()
}

// damaged drops what was found in a file that was altered on its way: it proves nothing, for its keeper or against. Two signed notes
// that contradict each other do, whatever file they came in.
func (c *checker) damaged(err error) {
	found := slices.DeleteFunc(c.Findings, func(f Finding) bool { return f.Code.Contradicts() && f.Code != Forked })
	evidence := c.Evidence
	c.Report = Report{Program: c.Program, Slug: c.Slug, ExportedAt: c.ExportedAt, Findings: found}
	if c.contradicted() {
		c.Evidence = evidence
	}
	c.add(unreadable(err))
}

// unreadable says why a file could not be read.
func unreadable(err error) Finding {
	var newer *bundle.UnknownVersion
	if errors.As(err, &newer) {
		return Finding{Code: NewerFormat, Detail: err.Error()}
	}
	return Finding{Code: Damaged, Detail: err.Error()}
}

// close looks at what was not reached, and at what is not signed.
func (c *checker) close() {
	for _, size := range slices.Sorted(maps.Keys(c.claims)) {
		for _, claim := range c.claims[size] {
			claim.missing()
		}
	}
	switch {
	case c.newest == nil && !c.broken:
		c.add(Finding{Code: NothingSigned})
	case c.others > c.SignedUpTo && !c.broken:
		c.add(Finding{Code: OtherKey, Entry: c.SignedUpTo})
	}
	for _, w := range c.asked.Witnesses {
		if !c.seen[w.Name()] && !c.broken {
			c.add(Finding{Code: NoWitness, Detail: w.Name()})
		}
	}
	if c.newest != nil && c.contradicted() {
		c.evidence("newest-checkpoint", c.newest)
	}
}

func (c *checker) contradicted() bool {
	return slices.ContainsFunc(c.Findings, func(f Finding) bool { return f.Code.Contradicts() })
}

// claim notes something to be compared; what the tree has reached already is compared now.
func (c *checker) claim(size int64, new claim) {
	if size == c.tree.Size {
		new.reached()
		return
	}
	c.claims[size] = append(c.claims[size], new)
}

// reach compares what was claimed of the tree's size.
func (c *checker) reach() {
	for _, claim := range c.claims[c.tree.Size] {
		claim.reached()
	}
	delete(c.claims, c.tree.Size)
}

// state is what was known after the last entry; false when figures are not derived any more.
func (c *checker) state(at time.Time) (metrics.Program, metrics.Assessment, bool) {
	if c.replay == nil {
		return metrics.Program{}, metrics.Assessment{}, false
	}
	s, err := c.replay.State(c.header.Slug)
	if err != nil {
		c.add(Finding{Code: EntryRefused, Entry: c.tree.Size, Detail: err.Error()})
		c.replay = nil
		return metrics.Program{}, metrics.Assessment{}, false
	}
	return s.Program, metrics.Assess(s.Program, s.History, at), true
}
