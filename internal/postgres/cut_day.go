package postgres

import (
	"cmp"
	"context"
	"slices"

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
	f := folder{tx: t, program: state.ID, zone: state.Zone, days: map[dayKey]metrics.MilestoneDay{}}
	f.begin(state.RecordedAt, state.Entry+1)
	foldedTo := map[dayKey]int64{}
	for _, r := range rows {
		key := dayKey{r.Milestone, metrics.Day(r.Day)}
		f.days[key], foldedTo[key] = r.milestoneDay(), r.Entry
	}
	for _, c := range canonical {
		e, err := ledger.Decode(c)
		if err != nil {
			return err
		}
		o, milestone, err := observation(e)
		if err != nil {
			return err
		}
		if e.Number <= foldedTo[dayKey{milestone, metrics.DayOf(o.Order.At, state.Zone)}] {
			continue
		}
		if err := f.foldDay(ctx, milestone, o, e.Number); err != nil {
			return err
		}
	}
	state.History.Days = state.History.Days[:0]
	for _, d := range f.days {
		state.History.Days = append(state.History.Days, forChart(d))
	}
	slices.SortFunc(state.History.Days, func(a, b metrics.MilestoneDay) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Milestone, b.Milestone))
	})
	return nil
}
