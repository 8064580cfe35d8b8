package metrics

import (
	"cmp"
	"time"
)

// Order places an observation among the others of its milestone: by when it was observed, then by Key, which is unique, so
// that every arrival order gives the same sequence.
type Order struct {
	At  time.Time
	Key string // source + "/" + event id
}

// Compare is negative when o comes before p.
func (o Order) Compare(p Order) int {
	if c := o.At.Compare(p.At); c != 0 {
		return c
	}
	return cmp.Compare(o.Key, p.Key)
}

// IsZero reports whether o was never set.
func (o Order) IsZero() bool { return o.At.IsZero() && o.Key == "" }

// Counts are one observation's numbers, in the milestone's unit. 0 <= Done <= Total.
type Counts struct {
	Done, Total     int64
	Failed, Skipped *int64
}

// RunState is what the sender says of its run. "" is allowed: a person's update has no run.
type RunState string

// The states of a run.
const (
	Running   RunState = "running"
	Succeeded RunState = "succeeded"
	Failed    RunState = "failed"
	Aborted   RunState = "aborted"
)

// Observation is one report or correction of a milestone.
type Observation struct {
	Order      Order
	Counts     *Counts // nil: alive, no change
	Correction bool    // may lower the count; everything observed before it no longer counts
	Reopening  bool    // a correction that also withdraws what evidence and letters said before it
	State      RunState
	Run        string
	NextDueAt  *time.Time
}

// Progress is a milestone's state: the fold of its observations. Whatever order they arrive in, and however often each is
// repeated, the same set gives the same Progress.
//
// The count in force is the highest done reported since the last correction; among equals the latest observed. A report
// that is lower than one observed before it contradicts the record and has no effect until a correction says so.
type Progress struct {
	Counts     *Counts // nil: no count yet
	Counted    Order   // the observation that Counts come from
	Base       Order   // the last correction, or zero
	BaseCounts *Counts // what that correction set; nil: no correction, or what it said is not known
	Reopened   Order   // the last reopening, or zero; it is a correction too
	Latest     Order   // the latest observation that does not contradict the record; zero: never heard of

	State     RunState   // Latest's
	Run       string     // Latest's
	NextDueAt *time.Time // Latest's promise of the next report
	Reports   int64      // observations taken in, those without effect included
}

// Effect says what an observation did to the state.
type Effect int

// What an observation can do.
const (
	Applied      Effect = iota // it is part of the current state
	Stale                      // older than what is known: kept in the history, the state stands
	Decrease                   // refused: lower than the count observed before it, and no correction
	NeedsHistory               // it changes what later observations meant: fold the milestone's history anew
)

// Apply folds one observation into p. The result counts only for Applied and Stale; for Decrease nothing may be stored, and
// for NeedsHistory the caller folds all observations again with Fold. Rare: a correction, since a report that contradicted the
// record and was passed over may stand after it, or a late report that contradicts what was reported after it.
func (p Progress) Apply(o Observation) (Progress, Effect) {
	next := p
	next.Reports++
	if p.Latest.IsZero() {
		return next.take(o), Applied
	}
	if o.Correction {
		return p, NeedsHistory
	}
	if o.Order.Compare(p.Base) < 0 {
		return next, Stale
	}
	if o.Counts == nil {
		if o.Order.Compare(p.Latest) < 0 {
			return next, Stale
		}
		return next.hear(o), Applied
	}
	if p.Counts != nil && o.Order.Compare(p.Counted) < 0 {
		if o.Counts.Done > p.Counts.Done {
			return p, NeedsHistory
		}
		return next, Stale
	}
	if p.Counts != nil && o.Counts.Done < p.Counts.Done {
		return p, Decrease
	}
	next.Counts, next.Counted = o.Counts, o.Order
	if o.Order.Compare(p.Latest) > 0 {
		next = next.hear(o)
	}
	return next, Applied
}

// take makes o both the count in force (if it has one) and the latest heard.
func (p Progress) take(o Observation) Progress {
	if o.Counts != nil {
		p.Counts, p.Counted = o.Counts, o.Order
	}
	if o.Correction {
		p.Base, p.BaseCounts = o.Order, o.Counts
	}
	if o.Reopening {
		p.Reopened = o.Order
	}
	return p.hear(o)
}

func (p Progress) hear(o Observation) Progress {
	p.Latest, p.State, p.Run, p.NextDueAt = o.Order, o.State, o.Run, o.NextDueAt
	return p
}

// Fold folds observations in their own order. It is the definition that Apply abbreviates: observations that contradict the
// record are passed over, and counted as reports.
func Fold(inOrder []Observation) Progress {
	var p Progress
	for _, o := range inOrder {
		next, effect := p.Apply(o)
		switch effect {
		case Decrease:
			p.Reports++
		case NeedsHistory: // a correction: in order, nothing can stand after it yet
			p = p.take(o)
			p.Reports++
		default:
			p = next
		}
	}
	return p
}
