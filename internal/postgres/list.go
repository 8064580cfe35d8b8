package postgres

import (
	"context"
	"slices"
	"time"

	"github.com/lib/pq"

	"tenggat/internal/fold"
	"tenggat/internal/metrics"
)

// ListMoment is the moment a list of programs is read at: an instant, inclusive, or the end of a calendar day in each program's own
// zone. The zero ListMoment is now.
type ListMoment struct {
	At  time.Time
	Day *metrics.Day
}

// Outline is a program as a list shows it; see metrics.Program.Outline.
type Outline struct {
	metrics.Program
	HeardAt time.Time // when anything was last observed; zero: never
}

// List reads the programs that the credential opens and how far their ledgers had come, by slug, and the outlines of those that known
// does not know. An outline belongs to a program and an entry and never changes.
func (r *Reader) List(ctx context.Context, credential string, moment ListMoment, known func(ProgramHead) bool) (heads []ProgramHead, outlines []Outline, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		if heads, err = listHeads(ctx, t, moment); err != nil {
			return err
		}
		missing := slices.DeleteFunc(slices.Clone(heads), func(h ProgramHead) bool { return h.Entry == 0 || known(h) })
		outlines, err = readOutlines(ctx, t, missing)
		return err
	})
	return heads, outlines, err
}

// Programs reads every program that the credential opens in full, as of now, by slug; those without an entry are left out.
func (r *Reader) Programs(ctx context.Context, credential string) (states []ProgramState, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		heads, err := listHeads(ctx, t, ListMoment{})
		if err != nil {
			return err
		}
		for _, h := range heads {
			if h.Entry == 0 {
				continue
			}
			state, err := readProgram(ctx, t, h.ID, time.Time{}, true)
			if err != nil {
				return err
			}
			states = append(states, state)
		}
		return nil
	})
	return states, err
}

func listHeads(ctx context.Context, t tx, m ListMoment) ([]ProgramHead, error) {
	var rows []struct {
		ID         string    `db:"id"`
		Slug       string    `db:"slug"`
		Timezone   string    `db:"timezone"`
		Entry      int64     `db:"entry_no"`
		RecordedAt time.Time `db:"recorded_at"`
	}
	var err error
	switch {
	case m.Day != nil:
		err = t.all(ctx, &rows, "past_program_list", nil, m.Day.String())
	case !m.At.IsZero():
		err = t.all(ctx, &rows, "past_program_list", m.At, nil)
	default:
		err = t.all(ctx, &rows, "program_list")
	}
	if err != nil {
		return nil, err
	}
	heads := make([]ProgramHead, len(rows))
	for i, row := range rows {
		zone, err := loadZone(row.Timezone)
		if err != nil {
			return nil, err
		}
		heads[i] = ProgramHead{ID: row.ID, Slug: row.Slug, Zone: zone, Entry: row.Entry, RecordedAt: row.RecordedAt.UTC()}
	}
	return heads, nil
}

// outlineRow has the milestones' states as columns: -1 stands for null, instants are microseconds since 1970.
type outlineRow struct {
	ID         string         `db:"id"`
	Outline    []byte         `db:"outline"`
	Milestones pq.StringArray `db:"milestones"`
	Weights    pq.Int64Array  `db:"weights"`
	Keys       pq.StringArray `db:"keys"`
	Done       pq.Int64Array  `db:"done"`
	Totals     pq.Int64Array  `db:"totals"`
	Latest     pq.Int64Array  `db:"latest"`
	Due        pq.Int64Array  `db:"due"`
}

func readOutlines(ctx context.Context, t tx, heads []ProgramHead) ([]Outline, error) {
	if len(heads) == 0 {
		return nil, nil
	}
	ids, entries := make([]string, len(heads)), make([]int64, len(heads))
	byID := make(map[string]ProgramHead, len(heads))
	for i, h := range heads {
		ids[i], entries[i], byID[h.ID] = h.ID, h.Entry, h
	}
	var rows []outlineRow
	if err := t.all(ctx, &rows, "program_outlines", array(ids), array(entries)); err != nil {
		return nil, err
	}
	outlines := make([]Outline, len(rows))
	for i, row := range rows {
		var err error
		if outlines[i], err = row.outline(ctx, t, byID[row.ID]); err != nil {
			return nil, err
		}
	}
	return outlines, nil
}

// outline puts counts and head to what was said. A program that nothing was said of since outlines are kept is read in full.
func (row outlineRow) outline(ctx context.Context, t tx, head ProgramHead) (Outline, error) {
	if row.Outline == nil {
		state, err := readProgram(ctx, t, head.ID, head.RecordedAt, false)
		return Outline{state.Outline(), state.HeardAt}, err
	}
	var stored outlineJSON
	if err := unmarshal(row.Outline, &stored); err != nil {
		return Outline{}, err
	}
	o := Outline{Program: stored.program(row.Milestones, row.Weights)}
	o.ID, o.Key, o.Zone, o.Entry, o.RecordedAt = head.ID, head.Slug, head.Zone, head.Entry, head.RecordedAt
	at := make(map[string]int, len(row.Keys))
	for i, key := range row.Keys {
		at[key] = i
		if heard := time.UnixMicro(row.Latest[i]).UTC(); heard.After(o.HeardAt) {
			o.HeardAt = heard
		}
	}
	for i := range o.Milestones {
		if k, reported := at[o.Milestones[i].Key]; reported {
			o.Milestones[i].Progress = row.progress(k)
		}
	}
	return o, nil
}

func (row outlineRow) progress(k int) metrics.Progress {
	p := metrics.Progress{Latest: metrics.Order{At: time.UnixMicro(row.Latest[k]).UTC()}}
	if row.Done[k] >= 0 {
		p.Counts = &metrics.Counts{Done: row.Done[k], Total: row.Totals[k]}
	}
	if row.Due[k] >= 0 {
		due := time.UnixMicro(row.Due[k]).UTC()
		p.NextDueAt = &due
	}
	return p
}

// PastDay asks for a program's headline at the end of a day.
type PastDay struct {
	ProgramID string
	Day       metrics.Day
}

// Trails reads what programs had done at the end of days, as was known then. Days before a program was outlined are missing.
func (r *Reader) Trails(ctx context.Context, credential string, days []PastDay) (map[PastDay]metrics.BasisPoints, error) {
	ids, dates := make([]string, len(days)), make([]string, len(days))
	for i, d := range days {
		ids[i], dates[i] = d.ProgramID, d.Day.String()
	}
	var rows []struct {
		ID      string        `db:"id"`
		Day     isoDay        `db:"day"`
		Weights pq.Int64Array `db:"weights"`
		Done    pq.Int64Array `db:"done"`
		Totals  pq.Int64Array `db:"totals"`
	}
	err := r.pool.read(ctx, credential, func(t tx) error { return t.all(ctx, &rows, "program_trails", array(ids), array(dates)) })
	trails := make(map[PastDay]metrics.BasisPoints, len(rows))
	for _, row := range rows {
		weights, counts := make([]metrics.BasisPoints, len(row.Weights)), make([]*metrics.Counts, len(row.Weights))
		for i, w := range row.Weights {
			weights[i] = metrics.BasisPoints(w)
			if row.Done[i] >= 0 {
				counts[i] = &metrics.Counts{Done: row.Done[i], Total: row.Totals[i]}
			}
		}
		trails[PastDay{row.ID, metrics.Day(row.Day)}] = metrics.Earned(weights, counts)
	}
	return trails, err
}

// FactOf names an entry of a program.
type FactOf struct {
	ProgramID string
	Entry     int64
}

// OverrideReasons reads why verdicts were overridden; erased reasons are missing.
func (r *Reader) OverrideReasons(ctx context.Context, credential string, entries []FactOf) (map[FactOf]metrics.Text, error) {
	ids, numbers := make([]string, len(entries)), make([]int64, len(entries))
	for i, e := range entries {
		ids[i], numbers[i] = e.ProgramID, e.Entry
	}
	var rows []struct {
		ID    string  `db:"id"`
		Entry int64   `db:"entry_no"`
		Texts jsonMap `db:"texts"`
	}
	err := r.pool.read(ctx, credential, func(t tx) error { return t.all(ctx, &rows, "override_reasons", array(ids), array(numbers)) })
	reasons := make(map[FactOf]metrics.Text, len(rows))
	for _, row := range rows {
		reasons[FactOf{row.ID, row.Entry}] = fold.Fact{Texts: row.Texts}.Text("reason")
	}
	return reasons, err
}
