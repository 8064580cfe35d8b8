package view

import (
	"slices"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// JobsFile is a program's integration jobs with how fresh each is.
func JobsFile(jobs []metrics.JobAssessment) tables.Table {
	type job = metrics.JobAssessment
	count := func(sign metrics.DaySign) func(job) tables.Cell {
		return func(j job) tables.Cell { return tables.Whole(j.Count(sign)) }
	}
	return tables.Make("jobs", i18n.JobsTitle, []tables.Field[job]{
		col("job", i18n.HeadKey, func(j job) tables.Cell { return tables.Word(j.Job.Key) }),
		col("name", i18n.HeadName, func(j job) tables.Cell { return named(j.Job.Name) }),
		col("milestones", i18n.JobReports, func(j job) tables.Cell { return tables.WordOf(strings.Join(j.Job.Milestones, ", ")) }),
		col("cadence_seconds", i18n.HeadCadence, func(j job) tables.Cell { return tables.Whole(j.Job.Cadence / time.Second) }),
		col("last_heard_at", i18n.HeadLastHeard, func(j job) tables.Cell { return tables.TimeOf(j.LastHeardAt) }),
		col("last_moved_on", i18n.JobLastMoved, func(j job) tables.Cell { return tables.DateOf(j.LastMoved) }),
		colIn(tables.Days, "days_moved", i18n.HeadDaysMoved, count(metrics.Moved)),
		colIn(tables.Days, "days_alive", i18n.HeadDaysAlive, count(metrics.Alive)),
		colIn(tables.Days, "days_silent", i18n.HeadDaysSilent, count(metrics.Silent)),
	}, jobs)
}

// JobDaysFile is what was heard of a job each day, latest first.
func JobDaysFile(p metrics.Program, a metrics.JobAssessment) tables.Table {
	days := slices.Clone(a.Days)
	slices.Reverse(days)
	return tables.Make("days", i18n.JobFreshness, []tables.Field[metrics.JobDay]{
		col("job", i18n.Job, func(metrics.JobDay) tables.Cell { return tables.Word(a.Job.Key) }),
		col("day", i18n.Date, func(d metrics.JobDay) tables.Cell { return tables.Date(d.Day) }),
		col("heard", i18n.JobHeardColumn, func(d metrics.JobDay) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.daySign(d.Sign) })
		}),
	}, days)
}

// JobRunsFile is a job's last runs, the one heard last first.
func JobRunsFile(p metrics.Program, job metrics.Job, runs []metrics.JobRun) tables.Table {
	type run = metrics.JobRun
	count := func(of func(metrics.Counts) *int64) func(run) tables.Cell {
		return func(r run) tables.Cell {
			if r.Counts == nil {
				return nil
			}
			return tables.WholeOf(of(*r.Counts))
		}
	}
	return tables.Make("runs", i18n.JobRuns, []tables.Field[run]{
		col("job", i18n.Job, func(run) tables.Cell { return tables.Word(job.Key) }),
		col("run", i18n.JobRun, func(r run) tables.Cell { return tables.WordOf(r.ID) }),
		col("milestones", i18n.JobReports, func(r run) tables.Cell { return tables.WordOf(strings.Join(r.Milestones, ", ")) }),
		col("state", i18n.State, func(r run) tables.Cell { return inBoth(p.Zone, func(w words) string { return w.runState(r.State) }) }),
		col("from", i18n.JobRunFrom, func(r run) tables.Cell { return tables.TimeOf(r.From) }),
		col("to", i18n.JobRunTo, func(r run) tables.Cell { return tables.TimeOf(r.To) }),
		col("reports", i18n.HeadReports, func(r run) tables.Cell { return tables.Whole(r.Reports) }),
		col("done", i18n.HeadDone, count(countDone)), col("total", i18n.HeadTotal, count(countTotal)),
	}, runs)
}
