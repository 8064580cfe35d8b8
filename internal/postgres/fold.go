package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// folder brings the projections up to date with new entries. One folder serves one group: the entries of one transaction,
// which share their recording time. Appending and rebuilding use the same folder, so they cannot differ.
type folder struct {
	tx         tx
	program    string
	zone       *time.Location
	recordedAt time.Time
	first      int64 // the group's first entry number

	states  map[string]milestoneState
	touched map[string]bool // milestones whose state this group changed
	days    map[dayKey]metrics.MilestoneDay
	dayEnd  map[dayKey]int64 // last entry folded into the days this group changed
	facts   []factRow
	pending map[string][]numbered // observations of this group, by milestone
	last    int64
}

type milestoneState struct {
	progress     metrics.Progress
	entry        int64 // last entry folded in
	countedEntry int64 // the entry that the count in force comes from
	sameCount    int   // reports in a row that left the count where it was
}

type dayKey struct {
	milestone string
	day       metrics.Day
}

// begin starts a group. What is known of states and days stays known.
func (f *folder) begin(recordedAt time.Time, first int64) {
	f.recordedAt, f.first = recordedAt, first
	f.touched, f.dayEnd, f.pending, f.facts = map[string]bool{}, map[dayKey]int64{}, map[string][]numbered{}, nil
}

// loadDays fetches the newest rows of the days that observations fall on, unless they are known already.
func (f *folder) loadDays(ctx context.Context, wanted []dayKey) error {
	var milestones, days []string
	for _, k := range wanted {
		if _, known := f.days[k]; !known {
			milestones, days = append(milestones, k.milestone), append(days, k.day.String())
		}
	}
	if len(days) == 0 {
		return nil
	}
	var rows []dayRow
	if err := f.tx.all(ctx, &rows, "append_days", f.program, array(milestones), array(days)); err != nil {
		return err
	}
	for _, r := range rows {
		f.days[dayKey{r.Milestone, metrics.Day(r.Day)}] = r.milestoneDay()
	}
	return nil
}

// observe folds one report or correction into its milestone's state and tells what it did. On metrics.Decrease nothing changed.
func (f *folder) observe(ctx context.Context, milestone string, o metrics.Observation, number int64) (metrics.Effect, error) {
	before := f.states[milestone]
	next, effect := before.progress.Apply(o)
	countedEntry := before.countedEntry
	switch effect {
	case metrics.Decrease:
		return effect, nil
	case metrics.NeedsHistory:
		history, err := f.history(ctx, milestone)
		if err != nil {
			return effect, err
		}
		next, countedEntry = refold(append(history, numbered{o, number}))
		effect = metrics.Applied
	default:
		if next.Counted != before.progress.Counted {
			countedEntry = number
		}
	}
	f.states[milestone] = milestoneState{next, number, countedEntry, metrics.NextSameCount(before.sameCount, before.progress, next)}
	f.touched[milestone] = true
	f.pending[milestone] = append(f.pending[milestone], numbered{o, number})
	f.last = number
	return effect, nil
}

// foldDay folds an observation into the day it was made on. The days must have been loaded.
func (f *folder) foldDay(ctx context.Context, milestone string, o metrics.Observation, number int64) error {
	key := dayKey{milestone, metrics.DayOf(o.Order.At, f.zone)}
	day := f.days[key]
	day.Milestone, day.Day = milestone, key.day
	if o.Correction && day.Reports > 0 {
		var err error
		if day, err = f.refoldDay(ctx, key, o, number); err != nil {
			return err
		}
	} else {
		day = day.Fold(o)
	}
	f.days[key], f.dayEnd[key] = day, number
	return nil
}

// refoldDay folds a day from its observations in their own order: a correction changes what the others of its day mean.
func (f *folder) refoldDay(ctx context.Context, key dayKey, o metrics.Observation, number int64) (metrics.MilestoneDay, error) {
	all, err := f.history(ctx, key.milestone)
	if err != nil {
		return metrics.MilestoneDay{}, err
	}
	if !slices.ContainsFunc(all, func(n numbered) bool { return n.entry == number }) {
		all = append(all, numbered{o, number})
	}
	sortByOrder(all)
	day := metrics.MilestoneDay{Milestone: key.milestone, Day: key.day}
	for _, n := range all {
		if n.entry <= number && metrics.DayOf(n.observation.Order.At, f.zone) == key.day {
			day = day.Fold(n.observation)
		}
	}
	return day, nil
}

// numbered is an observation and the entry that holds it.
type numbered struct {
	observation metrics.Observation
	entry       int64
}

func sortByOrder(all []numbered) {
	slices.SortFunc(all, func(a, b numbered) int { return a.observation.Order.Compare(b.observation.Order) })
}

// refold folds a milestone's whole history in the order it was observed in.
func refold(all []numbered) (metrics.Progress, int64) {
	sortByOrder(all)
	ordered := make([]metrics.Observation, len(all))
	for i, n := range all {
		ordered[i] = n.observation
	}
	p := metrics.Fold(ordered)
	for _, n := range all {
		if n.observation.Order == p.Counted {
			return p, n.entry
		}
	}
	return p, 0
}

// history reads a milestone's observations before this group from the ledger and adds the group's own.
func (f *folder) history(ctx context.Context, milestone string) ([]numbered, error) {
	var canonical [][]byte
	if err := f.tx.all(ctx, &canonical, "milestone_observations", f.program, milestone, f.first); err != nil {
		return nil, err
	}
	all := make([]numbered, 0, len(canonical)+8)
	for _, c := range canonical {
		e, err := ledger.Decode(c)
		if err != nil {
			return nil, err
		}
		o, _, err := observation(e)
		if err != nil {
			return nil, err
		}
		all = append(all, numbered{o, e.Number})
	}
	return append(all, f.pending[milestone]...), nil
}

// addFact notes the newest body of a thing.
func (f *folder) addFact(e ledger.Entry, key string) {
	f.facts = append(f.facts, factRow{
		ProgramID: f.program, Kind: e.Kind, Key: key, Entry: e.Number, ObservedAt: e.ObservedAt, RecordedAt: e.RecordedAt, Body: e.Body,
	})
	f.last = e.Number
}

// flush writes what the group changed, and moves the head to its last entry.
func (f *folder) flush(ctx context.Context) error {
	recordedDay := metrics.DayOf(f.recordedAt, f.zone)
	var states []stateRow
	for milestone := range f.touched {
		states = append(states, newStateRow(f.program, milestone, f.states[milestone], f.recordedAt))
	}
	var days []dayRow
	for key, entry := range f.dayEnd {
		days = append(days, newDayRow(f.program, f.days[key], recordedDay, entry))
	}
	// One order for every writer: rows are locked alike, and a rebuild writes the same bytes.
	slices.SortFunc(states, func(a, b stateRow) int { return cmp.Compare(a.Milestone, b.Milestone) })
	slices.SortFunc(days, func(a, b dayRow) int {
		return cmp.Or(cmp.Compare(a.Milestone, b.Milestone), cmp.Compare(a.Day, b.Day))
	})
	rows, err := jsonArrays(f.facts, states, days)
	if err != nil {
		return err
	}
	_, err = f.tx.exec(ctx, "record_group", f.program, f.last, f.recordedAt, recordedDay.String(), rows[0], rows[1], rows[2])
	return err
}

// jsonArrays writes each list of rows as a JSON array.
func jsonArrays(lists ...any) ([]string, error) {
	texts := make([]string, len(lists))
	for i, rows := range lists {
		raw, err := json.Marshal(rows)
		if err != nil {
			return nil, err
		}
		if texts[i] = string(raw); texts[i] == "null" { // a list that was never begun
			texts[i] = "[]"
		}
	}
	return texts, nil
}

// observation reads what a report or correction entry observed, and of which milestone.
func observation(e ledger.Entry) (metrics.Observation, string, error) {
	var body ledger.Report
	if err := json.Unmarshal(e.Body, &body); err != nil {
		return metrics.Observation{}, "", fmt.Errorf("entry %d: %w", e.Number, err)
	}
	return observationOf(body, e.Kind, e.Source, e.EventID, e.ObservedAt), body.Milestone, nil
}

func observationOf(body ledger.Report, kind ledger.Kind, source, eventID string, observedAt time.Time) metrics.Observation {
	return metrics.Observation{
		Order:      metrics.Order{At: observedAt.UTC().Truncate(time.Microsecond), Key: source + "/" + eventID},
		Counts:     counts(body.Done, body.Total, body.Failed, body.Skipped),
		Correction: kind == ledger.KindCorrection,
		State:      metrics.RunState(body.State), Run: body.RunID, NextDueAt: utc(body.NextDueAt),
	}
}
