package fold

import (
	"maps"
	"slices"
	"time"

	"tenggat/internal/metrics"
)

// Milestones folds reports and corrections into the state and the days of their milestones, group by group. A group is what was
// recorded in one transaction; a whole ledger may be folded as one.
type Milestones struct {
	Zone   *time.Location
	Before func(milestone string) ([]Numbered, error) // a milestone's observations recorded before the group; nil: there are none

	States  map[string]MilestoneState
	Touched map[string]bool // milestones whose state this group changed
	Days    map[DayKey]metrics.MilestoneDay
	DayEnd  map[DayKey]int64 // last entry folded into the days this group changed

	group map[string][]Numbered // observations of this group, by milestone
}

// MilestoneState is how far a milestone is, and the entries that it rests on.
type MilestoneState struct {
	Progress     metrics.Progress
	Entry        int64 // last entry folded in
	CountedEntry int64 // the entry that the count in force comes from
	SameCount    int   // reports in a row that left the count where it was
}

// DayKey names one calendar day of a milestone, in the program's zone.
type DayKey struct {
	Milestone string
	Day       metrics.Day
}

// Begin starts a group. What is known of states and days stays known.
func (f *Milestones) Begin() {
	f.Touched, f.DayEnd, f.group = map[string]bool{}, map[DayKey]int64{}, map[string][]Numbered{}
	if f.States == nil {
		f.States, f.Days = map[string]MilestoneState{}, map[DayKey]metrics.MilestoneDay{}
	}
}

// Savepoint returns a function that takes back what was observed since. Days are not taken back.
func (f *Milestones) Savepoint() func() {
	states, touched, group := maps.Clone(f.States), maps.Clone(f.Touched), maps.Clone(f.group)
	return func() { f.States, f.Touched, f.group = states, touched, group }
}

// Observe folds one report or correction into its milestone's state and tells what it did. On metrics.Decrease nothing changed.
func (f *Milestones) Observe(milestone string, o metrics.Observation, number int64) (metrics.Effect, error) {
	before := f.States[milestone]
	next, effect := before.Progress.Apply(o)
	countedEntry := before.CountedEntry
	switch effect {
	case metrics.Decrease:
		return effect, nil
	case metrics.NeedsHistory:
		history, err := f.history(milestone)
		if err != nil {
			return effect, err
		}
		next, countedEntry = refold(append(history, Numbered{o, number}))
		effect = metrics.Applied
	default:
		if next.Counted != before.Progress.Counted {
			countedEntry = number
		}
	}
	f.States[milestone] = MilestoneState{next, number, countedEntry, metrics.NextSameCount(before.SameCount, before.Progress, next)}
	f.Touched[milestone] = true
	f.group[milestone] = append(f.group[milestone], Numbered{o, number})
	return effect, nil
}

// FoldDay folds an observation into the day it was made on. What was known of that day must be in Days.
func (f *Milestones) FoldDay(milestone string, o metrics.Observation, number int64) error {
	key := DayKey{milestone, metrics.DayOf(o.Order.At, f.Zone)}
	day := f.Days[key]
	day.Milestone, day.Day = milestone, key.Day
	if o.Correction && day.Reports > 0 {
		var err error
		if day, err = f.refoldDay(key, o, number); err != nil {
			return err
		}
	} else {
		day = day.Fold(o)
	}
	f.Days[key], f.DayEnd[key] = day, number
	return nil
}

// refoldDay folds a day from its observations in their own order: a correction changes what the others of its day mean.
func (f *Milestones) refoldDay(key DayKey, o metrics.Observation, number int64) (metrics.MilestoneDay, error) {
	all, err := f.history(key.Milestone)
	if err != nil {
		return metrics.MilestoneDay{}, err
	}
	if !slices.ContainsFunc(all, func(n Numbered) bool { return n.Entry == number }) {
		all = append(all, Numbered{o, number})
	}
	sortByOrder(all)
	day := metrics.MilestoneDay{Milestone: key.Milestone, Day: key.Day}
	for _, n := range all {
		if n.Entry <= number && metrics.DayOf(n.Observation.Order.At, f.Zone) == key.Day {
			day = day.Fold(n.Observation)
		}
	}
	return day, nil
}

// refold folds a milestone's whole history in the order it was observed in.
func refold(all []Numbered) (metrics.Progress, int64) {
	sortByOrder(all)
	ordered := make([]metrics.Observation, len(all))
	for i, n := range all {
		ordered[i] = n.Observation
	}
	p := metrics.Fold(ordered)
	for _, n := range all {
		if n.Observation.Order == p.Counted {
			return p, n.Entry
		}
	}
	return p, 0
}

// history is what was observed of a milestone before this group, and the group's own. The caller may change it.
func (f *Milestones) history(milestone string) ([]Numbered, error) {
	var all []Numbered
	if f.Before != nil {
		var err error
		if all, err = f.Before(milestone); err != nil {
			return nil, err
		}
	}
	return append(slices.Clip(all), f.group[milestone]...), nil
}

func sortByOrder(all []Numbered) {
	slices.SortFunc(all, func(a, b Numbered) int { return a.Observation.Order.Compare(b.Observation.Order) })
}
