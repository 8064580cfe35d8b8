package view

import (
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// DaySumFile is the sum of one day looked back at, term by term.
func DaySumFile(p metrics.Program, d metrics.DayFigures) tables.Table {
	type term struct {
		metrics.DayTerm
		milestone *metrics.Milestone // nil: it has left the scope since
	}
	terms := make([]term, len(d.Terms))
	for i, t := range d.Terms {
		terms[i].DayTerm = t
		if i < len(p.Milestones) {
			terms[i].milestone = &p.Milestones[i]
		}
	}
	count := func(of func(metrics.Counts) *int64) func(term) tables.Cell {
		return func(t term) tables.Cell {
			if t.Counts == nil {
				return nil
			}
			return tables.WholeOf(of(*t.Counts))
		}
	}
	table := tables.Make("sum", i18n.TableSum, slices.Concat([]tables.Field[term]{
		col("day", i18n.Date, func(term) tables.Cell { return tables.Date(d.Day) }),
		col("milestone", i18n.HeadKey, func(t term) tables.Cell { return tables.Word(t.Key) }),
		col("name", i18n.HeadName, func(t term) tables.Cell {
			if t.milestone == nil {
				return inBoth(p.Zone, func(w words) string { return w.T(i18n.DayLeft, t.Key) })
			}
			return named(t.milestone.Name)
		}),
		col("done", i18n.HeadDone, count(countDone)), col("total", i18n.HeadTotal, count(countTotal)),
		colIn(tables.Percent, "share", i18n.ColumnShareOfMilestone, func(t term) tables.Cell {
			if t.Counts != nil && t.Counts.Total == 0 {
				return nil
			}
			return hundredths(t.Share)
		}),
	}, figures(func(t term) metrics.BasisPoints { return t.Weight }, func(t term) metrics.Figures { return t.Figures })), terms)
	unweighted(&table, d.Unweighted)
	return table
}
