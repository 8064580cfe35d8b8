package ledger

import (
	"slices"
	"strconv"
	"time"
)

// Erasure says that free texts kept beside an entry were erased. The entry and the hashes of its texts stay. Free text: "reason".
type Erasure struct {
	Entry  int64    `json:"erased_entry"`
	Fields []string `json:"fields"` // in alphabetical order
}

// Key announces a verifier key that signs the program's checkpoints from here on. The first key is not announced: nothing
// older could vouch for it.
type Key struct {
	Verifier string     `json:"key"`      // "origin+hash+key"
	Replaces string     `json:"replaces"` // the verifier key before it
	Until    *time.Time `json:"until"`    // when the one before it stops signing
}

// Epoch opens a new origin for the program's log, because the ledger had to go back behind a checkpoint that was signed.
// Free text: "reason".
type Epoch struct {
	Origin string `json:"origin"`
	Note   string `json:"note"` // a Succession, signed by the new origin and, where its key is still there, by the old one
}

func (e Erasure) key() string { return strconv.FormatInt(e.Entry, 10) }

func (c *check) erasure(e Erasure) {
	c.that(e.Entry > 0, OutOfRange, "erased_entry")
	c.that(len(e.Fields) > 0, Required, "fields")
	c.that(slices.IsSorted(e.Fields) && len(slices.Compact(slices.Clone(e.Fields))) == len(e.Fields), InvalidValue, "fields")
	for _, field := range e.Fields {
		c.id("fields", field)
	}
}

func (c *check) signingKey(k Key) {
	for field, vkey := range map[string]string{"key": k.Verifier, "replaces": k.Replaces} {
		_, err := NewVerifier(vkey)
		c.that(err == nil, InvalidValue, field)
	}
	c.that(k.Until != nil, Required, "until")
}

func (c *check) epoch(e Epoch) {
	s, err := ReadSuccession([]byte(e.Note))
	c.that(err == nil, InvalidValue, "note")
	c.that(s.Origin == e.Origin, InvalidValue, "origin")
}
