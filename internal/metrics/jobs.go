package metrics

import (
	"cmp"
	"slices"
	"time"
)

// FreshnessDays is how many days a job's freshness shows, today included: four weeks, so that a weekly rhythm is seen to hold.
const FreshnessDays = 28

// DaySign says what was heard of a job on one calendar day.
type DaySign int

// What a day can show.
const (
	Silent DaySign = iota // nothing was heard
	Alive                 // it reported, and no count of its milestones moved
	Moved                 // it reported, and a count of its milestones moved
)

// JobDay is one day of a job's freshness.
type JobDay struct {
	Day  Day
	Sign DaySign
}

// JobAssessment is what a job's page says of it.
type JobAssessment struct {
	Job         Job
	LastHeardAt time.Time // by when it was observed; zero: never heard
	LastMoved   *Day      // the last day on which a count of its milestones moved, whoever reported it; nil: never
	Days        []JobDay  // FreshnessDays of them, oldest first
}

// Count is on how many of the days the sign stands.
func (a JobAssessment) Count(sign DaySign) int {
	n := 0
	for _, d := range a.Days {
		if d.Sign == sign {
			n++
		}
	}
	return n
}

// AssessJob judges a job from the days on which it was heard and from what was observed of its milestones. today is the last day
// shown.
func AssessJob(job Job, heard []Day, lastHeardAt time.Time, h History, today Day) JobAssessment {
	a := JobAssessment{Job: job, LastHeardAt: lastHeardAt}
	moved := movedDays(job, h)
	if len(moved) > 0 {
		a.LastMoved = &moved[len(moved)-1]
	}
	for day := today - FreshnessDays + 1; day <= today; day++ {
		sign := Silent
		switch _, hasMoved := slices.BinarySearch(moved, day); {
		case !slices.Contains(heard, day):
		case hasMoved:
			sign = Moved
		default:
			sign = Alive
		}
		a.Days = append(a.Days, JobDay{day, sign})
	}
	return a
}

// movedDays are the days on which a count of the job's milestones was another than before, in order.
func movedDays(job Job, h History) []Day {
	var days []Day
	last := map[string]Counts{}
	for _, d := range h.Days {
		if d.Counts == nil || !slices.Contains(job.Milestones, d.Milestone) {
			continue
		}
		before, known := last[d.Milestone]
		if !known || before.Done != d.Counts.Done || before.Total != d.Counts.Total {
			days = append(days, d.Day)
		}
		last[d.Milestone] = *d.Counts
	}
	return slices.Compact(days)
}

// JobObservation is one report or correction that a job sent of a milestone.
type JobObservation struct {
	Milestone string
	Observation
}

// JobRun is one execution of a job, as far as its reports tell.
type JobRun struct {
	ID         string // "" where the job names no run: then each report stands alone
	Milestones []string
	State      RunState // of its latest report
	From, To   time.Time
	Reports    int
	Counts     *Counts // of its latest report with counts; nil: none had any
}

// JobRuns gathers reports by run, the run heard last first. Of the oldest run some reports may be missing from the list; whoever
// cuts the list says so.
func JobRuns(observations []JobObservation) []JobRun {
	ordered := slices.SortedFunc(slices.Values(observations), func(a, b JobObservation) int { return a.Order.Compare(b.Order) })
	var runs []*JobRun
	byID := map[string]*JobRun{}
	for _, o := range ordered {
		run := byID[o.Run]
		if run == nil || o.Run == "" {
			run = &JobRun{ID: o.Run, From: o.Order.At}
			runs = append(runs, run)
			byID[o.Run] = run
		}
		run.add(o)
	}
	slices.SortStableFunc(runs, func(a, b *JobRun) int { return cmp.Or(b.To.Compare(a.To), b.From.Compare(a.From)) })
	list := make([]JobRun, len(runs))
	for i, run := range runs {
		list[i] = *run
	}
	return list
}

func (r *JobRun) add(o JobObservation) {
	r.To, r.State = o.Order.At, o.State
	r.Reports++
	if o.Counts != nil {
		r.Counts = o.Counts
	}
	if !slices.Contains(r.Milestones, o.Milestone) {
		r.Milestones = append(r.Milestones, o.Milestone)
	}
}
