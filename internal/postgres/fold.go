package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// folder brings the projections up to date with new entries. One folder serves one group: the entries of one transaction,
// which share their recording time. Appending and rebuilding use the same folder, so they cannot differ.
type folder struct {
	fold.Milestones
	tx         tx
	program    string
	recordedAt time.Time
	facts      []factRow
	reopened   bool        // the group withdrew what was said of a milestone
	edge       ledger.Edge // of the tree over everything up to last, when the group is flushed
	last       int64
}

// newFolder makes a folder that reads the history it needs within ctx.
func newFolder(ctx context.Context, t tx, program string, zone *time.Location) *folder {
	f := &folder{tx: t, program: program}
	f.Zone = zone
	f.begin(ctx, time.Time{}, 1)
	return f
}

// begin starts a group: its recording time and its first entry number. What is known of states and days stays known.
func (f *folder) begin(ctx context.Context, recordedAt time.Time, first int64) {
	f.recordedAt, f.facts, f.reopened = recordedAt, nil, false
	f.Before = func(milestone string) ([]fold.Numbered, error) { return f.observedBefore(ctx, milestone, first) }
	f.Begin()
}

// loadDays fetches the newest rows of the days that observations fall on, unless they are known already.
func (f *folder) loadDays(ctx context.Context, wanted []fold.DayKey) error {
	var milestones, days []string
	for _, k := range wanted {
		if _, known := f.Days[k]; !known {
			milestones, days = append(milestones, k.Milestone), append(days, k.Day.String())
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
		f.Days[fold.DayKey{Milestone: r.Milestone, Day: metrics.Day(r.Day)}] = r.milestoneDay()
	}
	return nil
}

// observedBefore reads a milestone's observations before an entry from the ledger.
func (f *folder) observedBefore(ctx context.Context, milestone string, first int64) ([]fold.Numbered, error) {
	var canonical [][]byte
	if err := f.tx.all(ctx, &canonical, "milestone_observations", f.program, milestone, first); err != nil {
		return nil, err
	}
	all := make([]fold.Numbered, 0, len(canonical)+8)
	for _, c := range canonical {
		e, err := ledger.Decode(c)
		if err != nil {
			return nil, err
		}
		o, _, err := fold.Observation(e)
		if err != nil {
			return nil, err
		}
		all = append(all, fold.Numbered{Observation: o, Entry: e.Number})
	}
	return all, nil
}

// observe folds an observation into its milestone's state; see fold.Milestones.Observe.
func (f *folder) observe(milestone string, o metrics.Observation, number int64) (metrics.Effect, error) {
	effect, err := f.Observe(milestone, o, number)
	if err == nil && effect != metrics.Decrease {
		f.last = number
	}
	return effect, err
}

// FoldDay folds a recorded observation into its day; see fold.Milestones.FoldDay.
func (f *folder) FoldDay(milestone string, o metrics.Observation, number int64) error {
	f.reopened = f.reopened || o.Reopening
	return f.Milestones.FoldDay(milestone, o, number)
}

// addFact notes the newest body of a thing.
func (f *folder) addFact(e ledger.Entry, key string) {
	f.facts = append(f.facts, factRow{f.program, fold.Fact{
		Kind: e.Kind, Key: key, Entry: e.Number, Actor: e.Actor, ObservedAt: e.ObservedAt, RecordedAt: e.RecordedAt, Body: e.Body,
	}})
	f.last = e.Number
}

// flush writes what the group changed, and moves the head to its last entry.
func (f *folder) flush(ctx context.Context) error {
	recordedDay := metrics.DayOf(f.recordedAt, f.Zone)
	var states []stateRow
	for milestone := range f.Touched {
		states = append(states, newStateRow(f.program, milestone, f.States[milestone], f.recordedAt))
	}
	var days []dayRow
	for key, entry := range f.DayEnd {
		days = append(days, newDayRow(f.program, f.Days[key], recordedDay, entry))
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
	if _, err = f.tx.exec(ctx, "record_group", f.program, f.last, f.recordedAt, recordedDay.String(), rows[0], rows[1], rows[2], f.edge.Bytes()); err != nil {
		return err
	}
	return f.keepOutline(ctx)
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
