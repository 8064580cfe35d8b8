package view

import (
	"math"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// ProgressFile is the program's way so far, a row for each day of the chart, with what the initial scope gave by then, where the scope
// grew, and what was corrected and why.
func ProgressFile(a metrics.Assessment, initial metrics.Curve) tables.Table {
	type point = metrics.CurvePoint
	fields := []tables.Field[point]{
		col("day", i18n.Date, func(c point) tables.Cell { return tables.Date(c.Day) }),
		colIn(tables.Points, "reported", i18n.HeadReportedSoFar, func(c point) tables.Cell { return hundredths(c.Reported) }),
		colIn(tables.Points, "planned", i18n.ColumnPlanPoints, func(c point) tables.Cell { return hundredths(c.Planned) }),
		colIn(tables.Points, "deviation", i18n.ColumnDeviationPoints, func(c point) tables.Cell { return hundredths(c.Reported - c.Planned) }),
	}
	for i, area := range a.Areas {
		f := colIn(tables.Points, "area_"+area.Key, i18n.HeadOfArea, func(c point) tables.Cell { return hundredths(c.ByArea[i]) })
		f.Of = area.Name
		fields = append(fields, f)
	}
	fields = append(fields,
		colIn(tables.Points, "out_of_scope", i18n.HeadOutOfScope, func(c point) tables.Cell { return hundredths(c.OutOf) }),
		colIn(tables.Points, "initial_scope", i18n.HeadInitialScope, func(c point) tables.Cell {
			if len(initial.Points) == 0 {
				return nil
			}
			return hundredths(reportedBy(initial.Points, c.Day))
		}),
		col("has_report", i18n.HeadHasReport, func(c point) tables.Cell { return tables.Yes(c.HasReport) }),
		col("corrected", i18n.HeadCorrected, func(c point) tables.Cell { return tables.WordOf(strings.Join(c.Corrected, ", ")) }),
		col("reason", i18n.HeadCorrectedWhy, func(c point) tables.Cell { return tables.FreeOf(reasons(c)) }))
	return tables.Make("progress", i18n.TableProgress, fields, a.Curve.Points)
}

// WeekFile is what moved the headline in a week; split is nil where nothing was on record a week ago.
func WeekFile(split *metrics.ChangeSplit) tables.Table {
	return splitTable("week", i18n.TableWeek, split)
}

func splitTable(name string, title i18n.Message, split *metrics.ChangeSplit) tables.Table {
	type area = metrics.AreaSplit
	part := func(key string, label i18n.Message, of func(metrics.ChangeParts) metrics.BasisPoints) tables.Field[area] {
		return pts(key, label, func(s area) metrics.BasisPoints { return of(s.ChangeParts) })
	}
	var areas []area
	if split != nil {
		areas = split.Areas
	}
	return tables.Make(name, title, []tables.Field[area]{
		col("area", i18n.HeadKey, func(s area) tables.Cell { return tables.WordOf(s.Key) }),
		col("name", i18n.HeadName, func(s area) tables.Cell {
			if s.Name == (metrics.Text{}) {
				return fixed(i18n.AreaWithoutName)
			}
			return named(s.Name)
		}),
		part("work", i18n.HeadWork, func(c metrics.ChangeParts) metrics.BasisPoints { return c.Work }),
		part("scope", i18n.HeadScope, func(c metrics.ChangeParts) metrics.BasisPoints { return c.Scope }),
		part("weights", i18n.HeadWeights, func(c metrics.ChangeParts) metrics.BasisPoints { return c.Weights }),
		part("corrections", i18n.HeadCorrections, func(c metrics.ChangeParts) metrics.BasisPoints { return c.Corrections }),
		part("change", i18n.HeadWhole, metrics.ChangeParts.Total),
	}, areas)
}

// ScheduleFile is how far the earned points are against the plan and each deadline.
func ScheduleFile(p metrics.Program, a metrics.Assessment) tables.Table {
	type line struct {
		against tables.Cell
		*metrics.Schedule
	}
	lines := []line{{fixed(i18n.ScheduleOwnPlan), a.Schedule}}
	for _, d := range a.Deadlines {
		lines = append(lines, line{inBoth(p.Zone, func(w words) string {
			return w.T(i18n.ScheduleLine, w.dayMid(d.Deadline.Date), w.deadlineName(d.Deadline))
		}), d.Schedule})
	}
	known := func(f func(metrics.Schedule) tables.Cell) func(line) tables.Cell {
		return func(l line) tables.Cell {
			if l.Schedule == nil {
				return nil
			}
			return f(*l.Schedule)
		}
	}
	return tables.Make("schedule", i18n.TableSchedule, []tables.Field[line]{
		col("against", i18n.ScheduleAgainst, func(l line) tables.Cell { return l.against }),
		col("spi_t", i18n.ScheduleIndex, func(l line) tables.Cell { return spi(l.Schedule) }),
		colIn(tables.Days, "earned_days", i18n.ScheduleEarned, known(func(s metrics.Schedule) tables.Cell { return tables.Hundredths(s.Earned.Hundredths()) })),
		colIn(tables.Days, "elapsed_days", i18n.ScheduleElapsed, known(func(s metrics.Schedule) tables.Cell { return tables.Whole(s.Elapsed) })),
		colIn(tables.Days, "difference_days", i18n.ScheduleSlip, known(func(s metrics.Schedule) tables.Cell { return tables.Hundredths(s.Variance.Hundredths()) })),
	}, lines)
}

// RatesFile is the rates needed and observed: of the whole and of each milestone, as an amount and a number of days.
func RatesFile(p metrics.Program, a metrics.Assessment) tables.Table {
	type line struct {
		milestone, unit, name tables.Cell
		*metrics.Rate
	}
	var lines []line
	add := func(milestone, unit tables.Cell, r metrics.Rates) {
		for i, needed := range r.Needed {
			d := a.Deadlines[i].Deadline
			lines = append(lines, line{milestone, unit, inBoth(p.Zone, func(w words) string { return w.T(i18n.RateNeeded, w.dayMid(d.Date), w.deadlineName(d)) }), needed})
		}
		lines = append(lines, line{milestone, unit, fixed(i18n.RateLast14), r.Last14}, line{milestone, unit, fixed(i18n.RateLast28), r.Last28})
	}
	add(nil, nil, a.Rates)
	for _, m := range inOrder(a) {
		add(stoneKey(m), inBoth(p.Zone, func(w words) string { return w.unit(m.Milestone.Unit) }), m.Rates)
	}
	known := func(f func(metrics.Rate) tables.Cell) func(line) tables.Cell {
		return func(l line) tables.Cell {
			if l.Rate == nil {
				return nil
			}
			return f(*l.Rate)
		}
	}
	return tables.Make("rates", i18n.TableRates, []tables.Field[line]{
		col("milestone", i18n.Milestone, func(l line) tables.Cell { return l.milestone }),
		col("rate", i18n.HeadRate, func(l line) tables.Cell { return l.name }),
		colIn(tables.Points, "points", i18n.HeadRatePoints, known(func(r metrics.Rate) tables.Cell { return hundredths(r.Points) })),
		col("units", i18n.HeadDone, known(func(r metrics.Rate) tables.Cell { return tables.WholeOf(r.Units) })),
		col("unit", i18n.Unit, func(l line) tables.Cell { return l.unit }),
		colIn(tables.Days, "days", i18n.HeadRateDays, known(func(r metrics.Rate) tables.Cell { return tables.Whole(r.Days) })),
	}, lines)
}

// forecastLine is one of the program's forecasts.
type forecastLine struct {
	of, name, note tables.Cell
	metrics.Forecast
}

func forecastLines(p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast) []forecastLine {
	lines := []forecastLine{{nil, fixed(i18n.ForecastOfWhole), nil, fc.Points}, {nil, fixed(i18n.ForecastOfLast), nil, fc.Latest}}
	for i, area := range fc.Areas {
		lines = append(lines, forecastLine{tables.Word(a.Areas[i].Key), named(a.Areas[i].Name), nil, area})
	}
	for i, m := range fc.Milestones {
		lines = append(lines, forecastLine{tables.Word(p.Milestones[i].Key), named(p.Milestones[i].Name), nil, m})
	}
	for i, l := range lines {
		lines[i].note = inBoth(p.Zone, func(w words) string { return w.forecastNote(l.Note) })
	}
	return lines
}

func forecastColumns() []tables.Field[forecastLine] {
	return []tables.Field[forecastLine]{
		col("of", i18n.HeadKey, func(l forecastLine) tables.Cell { return l.of }), col("name", i18n.HeadForecastOf, func(l forecastLine) tables.Cell { return l.name }),
	}
}

// ForecastsFile is every forecast of the program, its areas and its milestones. Where no date can be named honestly there is none.
func ForecastsFile(p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast) tables.Table {
	return tables.Make("forecasts", i18n.TableForecasts, append(forecastColumns(),
		col("p10", i18n.HeadTenth, func(l forecastLine) tables.Cell { return tables.DateOf(l.P10) }),
		col("p50", i18n.HeadHalf, func(l forecastLine) tables.Cell { return tables.DateOf(l.P50) }),
		col("p80", i18n.HeadMost, func(l forecastLine) tables.Cell { return tables.DateOf(l.P80) }),
		col("p95", i18n.HeadNearly, func(l forecastLine) tables.Cell { return tables.DateOf(l.P95) }),
		col("finished_on", i18n.HeadFinished, func(l forecastLine) tables.Cell { return tables.DateOf(l.Finished) }),
		col("note", i18n.ForecastNote, func(l forecastLine) tables.Cell { return l.note }),
		col("method", i18n.HeadMethod, func(l forecastLine) tables.Cell { return tables.WordOf(l.Method) }),
	), forecastLines(p, a, fc))
}

// ChancesFile is the chance of each deadline by each forecast.
func ChancesFile(p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast) tables.Table {
	type line struct {
		forecastLine
		deadline metrics.Deadline
		metrics.Chance
	}
	var lines []line
	for _, l := range forecastLines(p, a, fc) {
		for i, c := range l.Meets {
			lines = append(lines, line{l, p.Deadlines[i], c})
		}
	}
	return tables.Make("chances", i18n.TableChances, []tables.Field[line]{
		col("of", i18n.HeadKey, func(l line) tables.Cell { return l.of }),
		col("name", i18n.HeadForecastOf, func(l line) tables.Cell { return l.name }),
		col("deadline", i18n.Deadline, func(l line) tables.Cell { return tables.Word(l.deadline.Key) }),
		col("date", i18n.HeadDeadlineDay, func(l line) tables.Cell { return tables.Date(l.deadline.Date) }),
		colIn(tables.Percent, "chance", i18n.HeadChance, func(l line) tables.Cell { return chanceOf(l.Meet) }),
		col("note", i18n.ForecastNote, func(l line) tables.Cell { return l.note }),
	}, lines)
}

// chanceOf is a probability in percent, to the hundredth.
func chanceOf(meet *float64) tables.Cell {
	if meet == nil {
		return nil
	}
	return tables.Hundredths(math.Round(*meet * 10_000))
}

// KeptForecastsFile is every forecast that was kept, a row for each day and deadline that it spoke of.
func KeptForecastsFile(kept []metrics.KeptForecast) tables.Table {
	type line struct {
		metrics.KeptForecast
		chance *metrics.Chance
	}
	var lines []line
	for _, k := range kept {
		for i := range k.Meets {
			lines = append(lines, line{k, &k.Meets[i]})
		}
		if len(k.Meets) == 0 {
			lines = append(lines, line{k, nil})
		}
	}
	return tables.Make("kept-forecasts", i18n.TableKept, []tables.Field[line]{
		col("made_on", i18n.KeptMade, func(l line) tables.Cell { return tables.Date(l.On) }),
		col("p50", i18n.HeadHalf, func(l line) tables.Cell { return tables.DateOf(l.P50) }),
		col("p80", i18n.HeadMost, func(l line) tables.Cell { return tables.DateOf(l.P80) }),
		col("date", i18n.HeadDeadlineDay, func(l line) tables.Cell {
			if l.chance == nil {
				return nil
			}
			return tables.Date(l.chance.Deadline)
		}),
		colIn(tables.Percent, "chance", i18n.HeadChance, func(l line) tables.Cell {
			if l.chance == nil {
				return nil
			}
			return chanceOf(l.chance.Meet)
		}),
	}, lines)
}

// HistoryFile is the recorded observations of a milestone, newest first.
func HistoryFile(p metrics.Program, m metrics.Milestone, rows []HistoryRow) tables.Table {
	count := func(of func(metrics.Counts) *int64) func(HistoryRow) tables.Cell {
		return func(r HistoryRow) tables.Cell {
			if r.Counts == nil {
				return nil
			}
			return tables.WholeOf(of(*r.Counts))
		}
	}
	say := func(f func(words, HistoryRow) string) func(HistoryRow) tables.Cell {
		return func(r HistoryRow) tables.Cell { return inBoth(p.Zone, func(w words) string { return f(w, r) }) }
	}
	return tables.Make("history", i18n.TableHistory, []tables.Field[HistoryRow]{
		col("entry", i18n.ColumnEntry, func(r HistoryRow) tables.Cell { return tables.Whole(r.Entry) }),
		col("milestone", i18n.Milestone, func(HistoryRow) tables.Cell { return tables.Word(m.Key) }),
		col("kind", i18n.ColumnKind, func(r HistoryRow) tables.Cell {
			if r.Correction {
				return fixed(i18n.MilestoneCorrection)
			}
			return fixed(i18n.MilestoneReport)
		}),
		col("observed_at", i18n.HeadObservedAt, func(r HistoryRow) tables.Cell { return tables.Time(r.ObservedAt) }),
		col("recorded_at", i18n.HeadRecordedAt, func(r HistoryRow) tables.Cell { return tables.Time(r.RecordedAt) }),
		col("done", i18n.HeadDone, count(countDone)), col("total", i18n.HeadTotal, count(countTotal)),
		col("failed", i18n.HeadFailed, count(func(c metrics.Counts) *int64 { return c.Failed })),
		col("skipped", i18n.HeadSkipped, count(func(c metrics.Counts) *int64 { return c.Skipped })),
		col("unit", i18n.Unit, say(func(w words, _ HistoryRow) string { return w.unit(m.Unit) })),
		col("run_state", i18n.State, say(func(w words, r HistoryRow) string { return w.runState(r.State) })),
		col("run", i18n.HeadRun, func(r HistoryRow) tables.Cell { return tables.WordOf(r.Run) }),
		col("effect", i18n.ColumnEffect, say(func(w words, r HistoryRow) string { text, _ := w.effect(r, m); return text })),
		col("actor", i18n.HeadActor, func(r HistoryRow) tables.Cell { return tables.Word(r.Actor) }),
		col("source", i18n.Source, func(r HistoryRow) tables.Cell { return tables.Word(r.Source) }),
		col("event", i18n.HeadEvent, func(r HistoryRow) tables.Cell { return tables.Word(r.EventID) }),
		col("imported", i18n.MilestoneImported, func(r HistoryRow) tables.Cell { return tables.Yes(r.Imported) }),
		col("text", i18n.ColumnNoteReason, func(r HistoryRow) tables.Cell {
			if r.Erased {
				return fixed(i18n.TextErased)
			}
			return tables.FreeOf(r.Text)
		}),
		col("leaf_hash", i18n.HeadHash, func(r HistoryRow) tables.Cell { return tables.WordOf(r.Leaf) }),
	}, rows)
}

// CountsFile is what was done of how much, a row for each day on which that changed.
func CountsFile(p metrics.Program, m metrics.Milestone, h metrics.History, today metrics.Day) tables.Table {
	type point = metrics.CountPoint
	return tables.Make("counts", i18n.CountsTitle, []tables.Field[point]{
		col("milestone", i18n.Milestone, func(point) tables.Cell { return tables.Word(m.Key) }),
		col("day", i18n.Date, func(c point) tables.Cell { return tables.Date(c.Day) }),
		col("done", i18n.HeadDone, func(c point) tables.Cell { return tables.Whole(c.Counts.Done) }),
		col("total", i18n.HeadTotal, func(c point) tables.Cell { return tables.Whole(c.Counts.Total) }),
		col("unit", i18n.Unit, func(point) tables.Cell { return inBoth(p.Zone, func(w words) string { return w.unit(m.Unit) }) }),
		colIn(tables.Percent, "share", i18n.ColumnShareOfMilestone, func(c point) tables.Cell { return hundredths(c.Counts.Share()) }),
		col("corrected", i18n.MilestoneCorrection, func(c point) tables.Cell { return tables.Yes(c.Corrected) }),
	}, metrics.CountsOverTime(h, m.Key, today))
}

// ProgramsFile is a row for each of the reader's programs.
func ProgramsFile(programs []metrics.Listed) tables.Table {
	say := func(f func(words, metrics.Listed) string) func(metrics.Listed) tables.Cell {
		return func(j metrics.Listed) tables.Cell {
			return inBoth(j.Program.Zone, func(w words) string { return f(w, j) })
		}
	}
	bound := func(f func(metrics.DeadlineAssessment) tables.Cell) func(metrics.Listed) tables.Cell {
		return func(j metrics.Listed) tables.Cell {
			if d := j.Assessment.Binding(); d != nil {
				return f(*d)
			}
			return nil
		}
	}
	fields := []tables.Field[metrics.Listed]{
		col("key", i18n.HeadKey, func(j metrics.Listed) tables.Cell { return tables.Word(j.Program.Key) }), col("name", i18n.HeadName, func(j metrics.Listed) tables.Cell { return named(j.Program.Name) }),
	}
	for _, f := range figures(func(j metrics.Listed) metrics.BasisPoints { return metrics.Whole }, func(j metrics.Listed) metrics.Figures { return j.Assessment.Figures })[1:] {
		f.Added = false // points of different wholes
		fields = append(fields, f)
	}
	return tables.Make("programs", i18n.TablePrograms, append(fields,
		col("verdict", i18n.Verdict, say(func(w words, j metrics.Listed) string { return w.verdictTag(j.Assessment.Judgement.Verdict).Word })),
		col("deadline", i18n.HeadDeadlineDay, bound(func(d metrics.DeadlineAssessment) tables.Cell { return tables.Date(d.Deadline.Date) })),
		colIn(tables.Days, "days_left", i18n.HeadDaysLeft, bound(func(d metrics.DeadlineAssessment) tables.Cell { return tables.Whole(d.DaysLeft) })),
		col("open", i18n.HeadOpenMilestones, func(j metrics.Listed) tables.Cell { return tables.Whole(j.Assessment.Open) }),
		col("last_heard_at", i18n.HeadLastHeard, func(j metrics.Listed) tables.Cell { return tables.TimeOf(j.Assessment.LastHeardAt) }),
		col("regulator", i18n.Regulator, func(j metrics.Listed) tables.Cell { return tables.WordOf(j.Program.LeadRegulator) }),
		col("last_entry", i18n.ColumnEntry, func(j metrics.Listed) tables.Cell { return tables.Whole(j.Program.Entry) }),
	), programs)
}
