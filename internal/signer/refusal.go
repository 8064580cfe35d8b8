package signer

import (
	"fmt"

	"tenggat/internal/ledger"
)

// Code names why signing was refused.
type Code string

// The reasons for refusing to sign.
const (
	Behind       Code = "behind"       // the ledger is shorter than what was signed
	Contradicted Code = "contradicted" // the ledger does not begin with what was signed
	OtherKey     Code = "other_key"    // what was published last is not signed by this key
	Damaged      Code = "damaged"      // the ledger's head and the hashes of its tree do not agree
)

// Refusal says that a ledger is not what was signed before. Nothing is signed until people have looked at it.
type Refusal struct {
	Code   Code
	Signed ledger.Checkpoint // what was signed
	Head   int64             // entries that the ledger has now
}

func (r *Refusal) Error() string {
	switch r.Code {
	case Behind:
		return fmt.Sprintf("a checkpoint of %d entries was signed for %s, and the ledger has only %d", r.Signed.Size, r.Signed.Origin, r.Head)
	case Contradicted:
		return fmt.Sprintf("the ledger of %d entries does not begin with the %d that were signed for %s", r.Head, r.Signed.Size, r.Signed.Origin)
	case OtherKey:
		return fmt.Sprintf("the newest checkpoint in the database, of %d entries for %s, is not signed by a key of this folder", r.Signed.Size, r.Signed.Origin)
	}
	return fmt.Sprintf("the head of the ledger, at %d entries, does not agree with the hashes of its tree", r.Head)
}
