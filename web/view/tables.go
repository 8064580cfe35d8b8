package view

import (
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// inBoth says something in both languages.
func inBoth(zone *time.Location, say func(words) string) tables.Cell {
	both := tables.Words{ID: say(words{i18n.Indonesian, zone}), EN: say(words{i18n.English, zone})}
	if both == (tables.Words{}) {
		return nil
	}
	return both
}

// fixed is a message as a cell.
func fixed(m i18n.Message) tables.Cell { return tables.Words(tables.Both(m)) }

// named is a name in both languages; without one there is no cell.
func named(t metrics.Text) tables.Cell {
	if t == (metrics.Text{}) {
		return nil
	}
	return tables.Words(t)
}

// written is a text that somebody must have written; where it is not there any more, the cell says that it was erased.
func written(t metrics.Text) tables.Cell {
	if t == (metrics.Text{}) {
		return fixed(i18n.TextErased)
	}
	return tables.Free(t)
}

func hundredths(b metrics.BasisPoints) tables.Cell { return tables.Hundredths(b) }

func hundredthsOf(b *metrics.BasisPoints) tables.Cell {
	if b == nil {
		return nil
	}
	return hundredths(*b)
}

// entryNo is the number of an entry; 0 is none.
func entryNo(n int64) tables.Cell {
	if n == 0 {
		return nil
	}
	return tables.Whole(n)
}

// col is a column without a unit, colIn one with.
func col[R any](key string, label i18n.Message, cell func(R) tables.Cell) tables.Field[R] {
	return tables.Field[R]{Column: tables.Column{Key: key, Label: label}, Cell: cell}
}

func colIn[R any](unit tables.Unit, key string, label i18n.Message, cell func(R) tables.Cell) tables.Field[R] {
	return tables.Field[R]{Column: tables.Column{Key: key, Label: label, Unit: unit}, Cell: cell}
}

// pts is a column of points that the page adds up.
func pts[R any](key string, label i18n.Message, points func(R) metrics.BasisPoints) tables.Field[R] {
	f := colIn(tables.Points, key, label, func(r R) tables.Cell { return hundredths(points(r)) })
	f.Added = true
	return f
}

// figures are the columns of points that milestones and areas share.
func figures[R any](weight func(R) metrics.BasisPoints, of func(R) metrics.Figures) []tables.Field[R] {
	return []tables.Field[R]{
		pts("weight", i18n.ColumnWeightPoints, weight),
		pts("reported", i18n.ColumnReported, func(r R) metrics.BasisPoints { return of(r).Reported }),
		pts("verified", i18n.ColumnVerified, func(r R) metrics.BasisPoints { return of(r).Verified }),
		pts("accepted", i18n.ColumnAccepted, func(r R) metrics.BasisPoints { return of(r).Accepted }),
		pts("outstanding", i18n.ColumnLeftPoints, func(r R) metrics.BasisPoints { return of(r).Outstanding }),
		pts("planned", i18n.ColumnPlanPoints, func(r R) metrics.BasisPoints { return of(r).Planned }),
		pts("deviation", i18n.ColumnDeviationPoints, func(r R) metrics.BasisPoints { return of(r).Deviation }),
	}
}

// unweighted adds the points that no milestone carries, so that the rows add up to the whole.
func unweighted(t *tables.Table, points metrics.BasisPoints) {
	if points > 0 {
		none := hundredths(0)
		t.Line(map[string]tables.Cell{
			"name": fixed(i18n.ItemUnweighted), "weight": hundredths(points), "reported": none, "verified": none, "accepted": none,
			"outstanding": hundredths(points), "planned": none, "deviation": none,
		})
	}
}

// inOrder are the milestones as pages list them: area by area.
func inOrder(a metrics.Assessment) []metrics.MilestoneAssessment {
	var list []metrics.MilestoneAssessment
	for _, area := range a.Areas {
		for _, i := range area.Milestones {
			list = append(list, a.Milestones[i])
		}
	}
	return list
}
