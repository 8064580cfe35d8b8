package view

import (
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// AreasFile is how far each area is.
func AreasFile(a metrics.Assessment) tables.Table {
	type area = metrics.AreaAssessment
	share := func(b func(area) metrics.BasisPoints) func(area) tables.Cell {
		return func(r area) tables.Cell {
			if r.Weight == 0 { // nothing to take a share of
				return nil
			}
			return hundredths(b(r))
		}
	}
	open := col("open", i18n.HeadOpenMilestones, func(r area) tables.Cell { return tables.Whole(r.Open) })
	open.Added = true
	t := tables.Make("areas", i18n.TableAreas, slices.Concat([]tables.Field[area]{
		col("area", i18n.HeadKey, func(r area) tables.Cell { return tables.Word(r.Key) }),
		col("name", i18n.HeadName, func(r area) tables.Cell { return named(r.Name) }),
		colIn(tables.Percent, "share", i18n.ColumnShareOfArea, share(func(r area) metrics.BasisPoints { return r.Share })),
		colIn(tables.Percent, "planned_share", i18n.ColumnPlanOfArea, share(func(r area) metrics.BasisPoints { return r.PlannedShare })),
	}, figures(func(r area) metrics.BasisPoints { return r.Weight }, func(r area) metrics.Figures { return r.Figures }), []tables.Field[area]{open}), a.Areas)
	unweighted(&t, a.Unweighted)
	return t
}

type stone = metrics.MilestoneAssessment

func stoneKey(r stone) tables.Cell  { return tables.Word(r.Milestone.Key) }
func stoneName(r stone) tables.Cell { return named(r.Milestone.Name) }
func stoneArea(r stone) tables.Cell { return tables.Word(r.Milestone.Area) }

// stoneShare is a milestone's own percentage; where nobody said of how much, there is none.
func stoneShare(r stone) tables.Cell {
	if r.NoTotal {
		return nil
	}
	return hundredths(r.Share)
}

// counted reads one of a milestone's counts.
func counted(of func(metrics.Counts) *int64) func(stone) tables.Cell {
	return func(r stone) tables.Cell {
		if c := r.Milestone.Progress.Counts; c != nil {
			return tables.WholeOf(of(*c))
		}
		return nil
	}
}

func countDone(c metrics.Counts) *int64  { return &c.Done }
func countTotal(c metrics.Counts) *int64 { return &c.Total }

func stoneFigures() []tables.Field[stone] {
	return figures(func(r stone) metrics.BasisPoints { return r.Milestone.Weight }, func(r stone) metrics.Figures { return r.Figures })
}

// SumFile is the headline term by term: weight × done ÷ total.
func SumFile(p metrics.Program, a metrics.Assessment) tables.Table {
	t := tables.Make("sum", i18n.TableSum, slices.Concat([]tables.Field[stone]{
		col("milestone", i18n.HeadKey, stoneKey), col("name", i18n.HeadName, stoneName), col("area", i18n.Area, stoneArea),
		col("done", i18n.HeadDone, counted(countDone)), col("total", i18n.HeadTotal, counted(countTotal)),
		col("unit", i18n.Unit, func(r stone) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.unit(r.Milestone.Unit) })
		}),
		colIn(tables.Percent, "share", i18n.ColumnShareOfMilestone, stoneShare),
	}, stoneFigures()[:5], []tables.Field[stone]{
		col("defined_in", i18n.HeadDefinedIn, func(r stone) tables.Cell { return entryNo(r.Milestone.Entry) }),
		col("counted_in", i18n.HeadCountedIn, func(r stone) tables.Cell { return entryNo(r.Milestone.CountedEntry) }),
	}), inOrder(a))
	unweighted(&t, a.Unweighted)
	return t
}

// PlanFile is the planned value term by term; where a regulator set steps, these are the plan.
func PlanFile(p metrics.Program, a metrics.Assessment) tables.Table {
	if len(p.Steps) > 0 {
		return tables.Make("plan", i18n.TablePlan, []tables.Field[metrics.PlanStep]{
			col("from", i18n.HeadSince, func(s metrics.PlanStep) tables.Cell { return tables.Date(s.On) }),
			colIn(tables.Percent, "planned_share", i18n.ColumnPlanOfWhole, func(s metrics.PlanStep) tables.Cell { return hundredths(s.Share) }),
		}, p.Steps)
	}
	return tables.Make("plan", i18n.TablePlan, []tables.Field[stone]{
		col("milestone", i18n.HeadKey, stoneKey), col("name", i18n.HeadName, stoneName),
		col("planned_start", i18n.HeadPlannedStart, func(r stone) tables.Cell { return tables.Date(r.Milestone.Start) }),
		col("planned_due", i18n.HeadPlannedDue, func(r stone) tables.Cell { return tables.Date(r.Milestone.Due) }),
		pts("weight", i18n.ColumnWeightPoints, func(r stone) metrics.BasisPoints { return r.Milestone.Weight }),
		colIn(tables.Percent, "planned_share", i18n.ColumnPlanOfStone, func(r stone) tables.Cell { return hundredths(r.PlannedShare) }),
		pts("planned", i18n.ColumnPlanPoints, func(r stone) metrics.BasisPoints { return r.Planned }),
	}, a.Milestones)
}

// MilestonesFile is every milestone with all that is known of it.
func MilestonesFile(p metrics.Program, a metrics.Assessment) tables.Table {
	say := func(f func(words, stone) string) func(stone) tables.Cell {
		return func(r stone) tables.Cell { return inBoth(p.Zone, func(w words) string { return f(w, r) }) }
	}
	yes := func(f func(stone) bool) func(stone) tables.Cell {
		return func(r stone) tables.Cell { return tables.Yes(f(r)) }
	}
	t := tables.Make("milestones", i18n.MilestonesTitle, slices.Concat([]tables.Field[stone]{
		col("milestone", i18n.HeadKey, stoneKey), col("name", i18n.HeadName, stoneName), col("area", i18n.Area, stoneArea),
		col("state", i18n.State, say(func(w words, r stone) string { return w.milestoneTag(r).Word })),
		col("layer", i18n.MilestoneLayer, say(func(w words, r stone) string { return w.layer(r.Milestone.Layer) })),
		col("planned_start", i18n.HeadPlannedStart, func(r stone) tables.Cell { return tables.Date(r.Milestone.Start) }),
		col("planned_due", i18n.HeadPlannedDue, func(r stone) tables.Cell { return tables.Date(r.Milestone.Due) }),
		col("finished_on", i18n.HeadFinished, func(r stone) tables.Cell { return tables.DateOf(finishedOn(p, r)) }),
		col("done", i18n.HeadDone, counted(countDone)), col("total", i18n.HeadTotal, counted(countTotal)),
		col("failed", i18n.HeadFailed, counted(func(c metrics.Counts) *int64 { return c.Failed })),
		col("skipped", i18n.HeadSkipped, counted(func(c metrics.Counts) *int64 { return c.Skipped })),
		col("unit", i18n.Unit, say(func(w words, r stone) string { return w.unit(r.Milestone.Unit) })),
		colIn(tables.Percent, "share", i18n.ColumnShareOfMilestone, stoneShare),
	}, stoneFigures(), []tables.Field[stone]{
		col("open", i18n.HeadOpen, yes(func(r stone) bool { return r.Open })),
		colIn(tables.Days, "overdue_days", i18n.HeadOverdueDays, func(r stone) tables.Cell { return tables.Whole(r.OverdueDays) }),
		col("stale", i18n.HeadStale, yes(func(r stone) bool { return r.Stale })), col("stalled", i18n.HeadStalled, yes(func(r stone) bool { return r.Stalled })),
		col("failing", i18n.HeadFailing, yes(func(r stone) bool { return r.Failing })), col("behind", i18n.HeadBehind, yes(func(r stone) bool { return r.Behind })),
		col("last_heard_at", i18n.HeadLastHeard, func(r stone) tables.Cell { return tables.TimeOf(r.LastHeardAt) }),
		col("next_report_due_at", i18n.HeadNextReport, func(r stone) tables.Cell { return tables.TimeOf(r.ReportDueAt) }),
		col("reports", i18n.HeadReports, func(r stone) tables.Cell { return tables.Whole(r.Milestone.Progress.Reports) }),
		col("defined_in", i18n.HeadDefinedIn, func(r stone) tables.Cell { return entryNo(r.Milestone.Entry) }),
	}), inOrder(a))
	unweighted(&t, a.Unweighted)
	return t
}
