package postgres

import (
	"context"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// cutDay brings the day rows to a moment in the middle of a recorded day. Rows of that day which hold what came later were left
// out by the query; what was recorded on the day up to the moment is folded onto the rows that are left.
func cutDay(ctx context.Context, t tx, state *ProgramState) error {
	var rows []dayRow
	if err := t.all(ctx, &rows, "moment_days", state.ID, state.Entry); err != nil {
		return err
	}
	var canonical [][]byte
	if err := t.all(ctx, &canonical, "day_entries", state.ID, state.Entry); err != nil {
		return err
	}
	f := newFolder(ctx, t, state.ID, state.Zone)
	f.begin(ctx, state.RecordedAt, state.Entry+1)
	foldedTo := map[fold.DayKey]int64{}
	for _, r := range rows {
		key := fold.DayKey{Milestone: r.Milestone, Day: metrics.Day(r.Day)}
		f.Days[key], foldedTo[key] = r.milestoneDay(), r.Entry
	}
	for _, c := range canonical {
		e, err := ledger.Decode(c)
		if err != nil {
			return err
		}
		o, milestone, err := fold.Observation(e)
		if err != nil {
			return err
		}
		if e.Number <= foldedTo[fold.DayKey{Milestone: milestone, Day: metrics.DayOf(o.Order.At, state.Zone)}] {
			continue
		}
		if err := f.FoldDay(milestone, o, e.Number); err != nil {
			return err
		}
	}
	state.History.Days = state.History.Days[:0]
	for _, d := range f.Days {
		state.History.Days = append(state.History.Days, fold.ForChart(d))
	}
	fold.SortDays(state.History.Days)
	return nil
}
