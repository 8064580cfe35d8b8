package metrics

import (
	"math/big"
	"time"
)

// Proposal is a correction or reopening that waits for a second person, or was settled by one. It moves no figure by itself.
type Proposal struct {
	Key        string
	Milestone  string
	Reopening  bool
	Counts     Counts // what would stand
	ObservedAt time.Time
	Points     BasisPoints // of the whole, that it would withdraw, as things stood when it was made
	Limit      BasisPoints // the rule at that time
	Reason     Text
	By         string // pseudonym, or "job:<key>"
	Entry      int64
	RecordedAt time.Time
	Decision   *Decision // nil: it waits
}

// Outcome is how a proposal was settled.
type Outcome string

// The outcomes.
const (
	Approved      Outcome = "approved"
	RefusedByPeer Outcome = "refused"
	Withdrawn     Outcome = "withdrawn"
)

// Decision settles a proposal.
type Decision struct {
	Outcome    Outcome
	Reason     Text
	By         string
	Entry      int64
	RecordedAt time.Time
}

// Pending are the proposals that wait, oldest first.
func (p Program) Pending() []Proposal {
	var waiting []Proposal
	for _, proposal := range p.Proposals {
		if proposal.Decision == nil {
			waiting = append(waiting, proposal)
		}
	}
	return waiting
}

// Withdraws is how many points of the whole a correction or reopening takes back from a milestone of this weight, rounded up; 0 where
// it takes back nothing. docs/metrics.md#second-person. A correction takes back what the count falls by; a reopening all that the
// milestone had earned, since it withdraws what evidence and letters said of it too.
func Withdraws(weight BasisPoints, before, after *Counts, reopening bool) BasisPoints {
	left := shareOf(after)
	if reopening {
		left = new(big.Rat)
	}
	lost := new(big.Rat).Sub(shareOf(before), left)
	if lost.Sign() <= 0 {
		return 0
	}
	lost.Mul(lost, new(big.Rat).SetInt64(int64(weight)))
	up := new(big.Int).Sub(lost.Denom(), big.NewInt(1))
	return BasisPoints(up.Quo(up.Add(up, lost.Num()), lost.Denom()).Int64())
}

// shareOf is done of total, exactly; 0 without a count or a total.
func shareOf(c *Counts) *big.Rat {
	if c == nil || c.Total == 0 {
		return new(big.Rat)
	}
	return big.NewRat(c.Done, c.Total)
}
