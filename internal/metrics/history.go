package metrics

import "time"

// History is what the chart needs beside the current state: what was observed of each milestone day by day, and every weight
// set that was in force.
type History struct {
	Days    []MilestoneDay // ordered by day, then milestone
	Weights []WeightsFrom  // ordered by From, then Entry; the first holds for all days before it too
	Changes []ScopeChange  // milestones added, changed or retired after the first weight set
	Reviews []ReviewedFrom // ordered by From, then Entry
	Letters []AcceptedFrom // ordered by From
}

// ReviewedFrom is how much of a milestone's count a piece of evidence supports, and from when. Of one piece the review with the
// highest Entry holds among those that have begun; of several pieces the one that supports most.
type ReviewedFrom struct {
	Milestone string
	Evidence  string    // key; "": the evidence had no entry of its own
	From      Day       //
	At        time.Time // within From; a reopening after it withdraws it
	Entry     int64
	Supported int64 // of the count; 0: nothing, or the evidence was refused
}

// AcceptedFrom is a letter that accepts milestones, and from when.
type AcceptedFrom struct {
	From       Day
	At         time.Time // within From; a reopening after it withdraws it
	Milestones []string  // empty: the whole program
}

// MilestoneDay is what was observed of one milestone on one calendar day: the fold of that day's observations alone.
type MilestoneDay struct {
	Milestone string
	Day       Day
	Counts    *Counts // the highest done of the day (after its last correction, if any); nil: heartbeats only
	Counted   Order
	Corrected Order     // the day's last correction, or zero: earlier days no longer bound the count
	Reopened  time.Time // the day's last reopening, or zero: what evidence and letters said before it is withdrawn
	Reports   int64
}

// WeightsFrom is one weight set and the day from which it holds.
type WeightsFrom struct {
	Version int64
	Entry   int64
	From    Day
	Weights map[string]BasisPoints // by milestone
}

// ScopeChange marks a change of what counts as the whole.
type ScopeChange struct {
	On    Day
	Entry int64
	Kind  string // "milestone", "weights"
	Key   string
}

// RecordedDay is a calendar day on which the ledger grew: a step through the past.
type RecordedDay struct {
	Day        Day
	Entry      int64 // the last one of the day
	Entries    int64 // how many were recorded on it
	RecordedAt time.Time
}

// Fold folds one more observation into the day it was made on.
func (d MilestoneDay) Fold(o Observation) MilestoneDay {
	d.Reports++
	if o.Reopening && o.Order.At.After(d.Reopened) {
		d.Reopened = o.Order.At
	}
	switch {
	case o.Correction:
		if o.Order.Compare(d.Corrected) > 0 {
			d.Corrected = o.Order
			if d.Counts == nil || d.Counted.Compare(o.Order) <= 0 || o.Counts != nil && d.Counts.Done < o.Counts.Done {
				d.Counts, d.Counted = o.Counts, o.Order
			}
		}
	case o.Counts == nil || o.Order.Compare(d.Corrected) < 0:
	case d.Counts == nil || o.Counts.Done > d.Counts.Done || o.Counts.Done == d.Counts.Done && o.Order.Compare(d.Counted) > 0:
		d.Counts, d.Counted = o.Counts, o.Order
	}
	return d
}
