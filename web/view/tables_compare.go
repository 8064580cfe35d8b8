package view

import (
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// CompareFile is the figures of two moments side by side, each as it was known then.
func CompareFile(before, after metrics.Assessment) tables.Table {
	type line struct {
		name     tables.Cell
		from, to metrics.BasisPoints
	}
	return tables.Make("compare", i18n.CompareFigures, []tables.Field[line]{
		col("figure", i18n.CompareWhat, func(l line) tables.Cell { return l.name }),
		col("from_day", i18n.CompareFrom, func(line) tables.Cell { return tables.Date(before.Today) }),
		colIn(tables.Points, "from", i18n.HeadFromPoints, func(l line) tables.Cell { return hundredths(l.from) }),
		col("to_day", i18n.CompareTo, func(line) tables.Cell { return tables.Date(after.Today) }),
		colIn(tables.Points, "to", i18n.HeadToPoints, func(l line) tables.Cell { return hundredths(l.to) }),
		colIn(tables.Points, "change", i18n.HeadWhole, func(l line) tables.Cell { return hundredths(l.to - l.from) }),
	}, []line{
		{fixed(i18n.MeasureReported), before.Reported, after.Reported}, {fixed(i18n.MeasureVerified), before.Verified, after.Verified},
		{fixed(i18n.MeasureAccepted), before.Accepted, after.Accepted}, {fixed(i18n.Plan), before.Planned, after.Planned},
	})
}

// CompareDeadlinesFile is the deadlines of the later moment, judged at both.
func CompareDeadlinesFile(p metrics.Program, before, after metrics.Assessment) tables.Table {
	type version = metrics.DeadlineAssessment
	then := func(f func(version) tables.Cell) func(version) tables.Cell {
		return func(d version) tables.Cell {
			at := slices.IndexFunc(before.Deadlines, func(old version) bool { return old.Deadline.Key == d.Deadline.Key })
			if at < 0 {
				return nil
			}
			return f(before.Deadlines[at])
		}
	}
	verdict := func(d version) tables.Cell {
		return inBoth(p.Zone, func(w words) string { return w.verdictTag(d.Judgement.Verdict).Word })
	}
	left := func(d version) tables.Cell { return tables.Whole(d.DaysLeft) }
	return tables.Make("compare-deadlines", i18n.TableDeadlines, []tables.Field[version]{
		col("deadline", i18n.HeadKey, func(d version) tables.Cell { return tables.Word(d.Deadline.Key) }),
		col("date", i18n.HeadDeadlineDay, func(d version) tables.Cell { return tables.Date(d.Deadline.Date) }),
		col("from_verdict", i18n.HeadFromVerdict, then(verdict)), colIn(tables.Days, "from_days_left", i18n.HeadFromDaysLeft, then(left)),
		col("to_verdict", i18n.HeadToVerdict, verdict), colIn(tables.Days, "to_days_left", i18n.HeadToDaysLeft, left),
	}, after.Deadlines)
}

// CompareAreasFile is what moved the headline between two moments, by area.
func CompareAreasFile(split metrics.ChangeSplit) tables.Table {
	return splitTable("compare-areas", i18n.OverviewAreas, &split)
}

// CompareMilestonesFile is the milestones that changed between two moments.
func CompareMilestonesFile(split metrics.ChangeSplit) tables.Table {
	type change = metrics.MilestoneSplit
	is := func(c change) metrics.Milestone {
		if c.After != nil {
			return *c.After
		}
		return *c.Before
	}
	count := func(side func(change) *metrics.Milestone, of func(metrics.Counts) *int64) func(change) tables.Cell {
		return func(c change) tables.Cell {
			if m := side(c); m != nil && m.Progress.Counts != nil {
				return tables.WholeOf(of(*m.Progress.Counts))
			}
			return nil
		}
	}
	before, after := func(c change) *metrics.Milestone { return c.Before }, func(c change) *metrics.Milestone { return c.After }
	return tables.Make("compare-milestones", i18n.CompareChanged, []tables.Field[change]{
		col("milestone", i18n.HeadKey, func(c change) tables.Cell { return tables.Word(is(c).Key) }),
		col("name", i18n.HeadName, func(c change) tables.Cell { return named(is(c).Name) }),
		col("from_done", i18n.HeadFromDone, count(before, countDone)), col("from_total", i18n.HeadFromTotal, count(before, countTotal)),
		col("to_done", i18n.HeadToDone, count(after, countDone)), col("to_total", i18n.HeadToTotal, count(after, countTotal)),
		pts("work", i18n.HeadWork, func(c change) metrics.BasisPoints { return c.Work }),
		pts("scope", i18n.HeadScope, func(c change) metrics.BasisPoints { return c.Scope }),
		pts("weights", i18n.HeadWeights, func(c change) metrics.BasisPoints { return c.Weights }),
		pts("corrections", i18n.HeadCorrections, func(c change) metrics.BasisPoints { return c.Corrections }),
		pts("change", i18n.HeadWhole, func(c change) metrics.BasisPoints { return c.Total() }),
		col("joined", i18n.CompareJoined, func(c change) tables.Cell { return tables.Yes(c.Before == nil) }),
		col("left", i18n.CompareLeft, func(c change) tables.Cell { return tables.Yes(c.After == nil) }),
		col("corrected", i18n.CompareCorrected, func(c change) tables.Cell { return tables.Yes(c.Corrected) }),
		col("reopened", i18n.CompareReopened, func(c change) tables.Cell { return tables.Yes(c.Reopened) }),
	}, split.Milestones)
}

// CompareRecordsFile is the deadlines, items and statements that came, changed or went between two moments.
func CompareRecordsFile(p metrics.Program, d metrics.Differences) tables.Table {
	said := func(say func(words) string) tables.Cell {
		if say == nil {
			return nil
		}
		return inBoth(p.Zone, say)
	}
	return tables.Make("compare-records", i18n.CompareRecords, []tables.Field[record]{
		col("kind", i18n.CompareKind, func(r record) tables.Cell { return fixed(r.kind) }),
		col("key", i18n.HeadKey, func(r record) tables.Cell { return tables.Word(r.key) }),
		col("name", i18n.HeadName, func(r record) tables.Cell { return said(r.name) }),
		col("change", i18n.CompareHappened, func(r record) tables.Cell { return fixed(r.what) }),
		col("from", i18n.CompareFrom, func(r record) tables.Cell { return said(r.from) }),
		col("to", i18n.CompareTo, func(r record) tables.Cell { return said(r.to) }),
	}, recordsOf(d))
}
