package view

import (
	"strconv"
	"time"

	"tenggat/internal/metrics"
)

// specimens are all states of the progress chart.
func specimens() []*specimen {
	return []*specimen{
		newSpecimen("none", "No data: the deadline and today, and no line at 0 %.", 10),
		newSpecimen("one", "One report: a dot, no forecast.", 10).report(8, "M1", 200),
		newSpecimen("even", "In progress along the plan, with a forecast.", 40).steady(40, 100),
		newSpecimen("behind", "Behind plan; the range of the forecast runs off the frame.", 50).steady(50, 55),
		newSpecimen("stale", "Silent for 16 days: the line ends at the last report, the gap is dotted and says its length.", 46).steady(30, 90),
		specimenDeadlines(), specimenRange(), specimenPast(), specimenGrown(), specimenWeights(), specimenCorrected(), specimenStill(), specimenEndgame(), specimenDeclared(), specimenVerified(), specimenAccepted(), specimenStairs(), specimenSaid(),
		specimenOneDay(), specimenThreeYears(),
	}
}

func specimenDeadlines() *specimen {
	s := newSpecimen("deadlines", "Six versions of the deadline, two of them on one day; today is one of them.", 45).steady(45, 95)
	s.p.Deadlines = nil
	for i, day := range []int{45, 60, 62, 64, 90, 90} {
		s.deadline("D"+strconv.Itoa(i+1), day, i == 5)
	}
	return s
}

func specimenRange() *specimen {
	s := newSpecimen("range", "A deadline that was stated as a range: a bar on the axis.", 30).steady(30, 100)
	early := s.p.Deadlines[0].Date - 20
	s.p.Deadlines[0].Earliest = &early
	return s
}

func specimenPast() *specimen {
	return newSpecimen("past", "Past the deadline by 12 days and not finished: hatched from there on.", 82).steady(40, 70).report(48, "M1", 950).report(55, "M3", 600).report(62, "M2", 900).report(70, "M4", 400).report(80, "M4", 600)
}

func specimenGrown() *specimen {
	return newSpecimen("grown", "A total grew: a hollow triangle with its words, and the line falls.", 40).steady(20, 100).report(25, "M1", 850, 1600).report(30, "M1", 1000, 1600).report(35, "M1", 1200, 1600).report(40, "M2", 700)
}

func specimenWeights() *specimen {
	s := newSpecimen("weights", "Scope and weights changed: a filled triangle with its words.", 40).steady(40, 95)
	for i, weight := range []metrics.BasisPoints{1000, 2000, 3000, 4000} {
		s.p.Milestones[i].Weight = weight
	}
	s.weigh(25)
	s.h.Changes = []metrics.ScopeChange{{On: specimenStart + 12, Kind: "milestone", Key: "M4"}, {On: specimenStart + 25, Kind: "weights", Key: "weights"}}
	return s
}

func specimenCorrected() *specimen {
	return newSpecimen("corrected", "A correction: the line steps down and says why.", 40).steady(25, 110).correct(30, "M1", 300).report(35, "M2", 700).report(40, "M1", 400)
}

func specimenStill() *specimen {
	s := newSpecimen("still", "No movement for weeks: reports come, the count stays, no date is named.", 45).report(2, "M1", 150)
	for day := 5; day <= 45; day += 5 {
		s.report(day, "M1", 150)
	}
	return s
}

func specimenEndgame() *specimen {
	return newSpecimen("endgame", "Three milestones left: the owners' dates lead, the pace is grey.", 50).steady(50, 90)
}

func specimenDeclared() *specimen {
	return newSpecimen("declared", "Declared complete: a hollow dot at the top that awaits acceptance.", 62).steady(50, 100).finish(60)
}

// specimenVerified is declared with evidence for all of it.
func specimenVerified() *specimen {
	s := newSpecimen("verified", "Declared complete and verified: a filled dot.", 64).steady(50, 100).finish(60)
	for i := range s.p.Milestones {
		m := &s.p.Milestones[i]
		m.Verified = 1000
		s.h.Reviews = append(s.h.Reviews, metrics.ReviewedFrom{Milestone: m.Key, Evidence: m.Key, From: s.on - 1, At: (s.on - 1).Start(s.p.Zone), Entry: int64(i + 1), Supported: 1000})
	}
	return s
}

func specimenAccepted() *specimen {
	s := specimenVerified()
	s.Key, s.Says = "accepted", "Accepted: a filled dot with the letter's number."
	for i := range s.p.Milestones {
		s.p.Milestones[i].Accepted = true
	}
	s.p.Acceptances = []metrics.Acceptance{{Letter: metrics.Letter{Number: "12/PDN/2024"}}}
	s.h.Letters = []metrics.AcceptedFrom{{From: s.on, At: s.on.Start(s.p.Zone)}}
	return s
}

func specimenStairs() *specimen {
	s := newSpecimen("stairs", "Floors set by the regulator: the plan is stairs.", 40).steady(40, 90)
	s.p.Steps = []metrics.PlanStep{{On: specimenStart + 20, Share: 3000}, {On: specimenStart + 40, Share: 6000}, {On: specimenStart + 60, Share: metrics.Whole}}
	return s
}

func specimenSaid() *specimen {
	s := newSpecimen("said", "Statements: exact, about, a range, at least, at most; a tail to the day of print.", 45).steady(45, 100)
	add := func(day int, low, high metrics.BasisPoints, approximate bool, printed int) {
		on, print := specimenStart+metrics.Day(day), specimenStart+metrics.Day(printed)
		statement := metrics.Statement{Key: strconv.Itoa(day), Kind: "percent_done", Side: "regulator", Speaker: alikeText("Dirjen"), StatedOn: &on, PublishedOn: &print, Approximate: approximate}
		if low >= 0 {
			statement.Low = &low
		}
		if high >= 0 {
			statement.High = &high
		}
		s.p.Statements = append(s.p.Statements, statement)
	}
	add(10, 2000, 2000, false, 10)
	add(18, 3300, 3300, true, 24)
	add(26, 4000, 6000, false, 26)
	add(34, 7000, -1, false, 36)
	add(42, -1, 9000, false, 42)
	return s
}

func alikeText(s string) metrics.Text { return metrics.Text{ID: s, EN: s} }

func specimenOneDay() *specimen {
	s := newSpecimen("day", "A program of one day.", 0)
	for i := range s.p.Milestones {
		s.p.Milestones[i].Start, s.p.Milestones[i].Due = specimenStart, specimenStart
	}
	s.p.Deadlines[0].Date = specimenStart
	return s.report(0, "M1", 700).report(0, "M2", 300)
}

func specimenThreeYears() *specimen {
	s := newSpecimen("years", "Three years and sixty milestones.", 900)
	s.p.Milestones, s.h.Weights, s.p.Deadlines = nil, nil, nil
	for i := range 60 {
		weight := metrics.BasisPoints(166)
		if i < 40 {
			weight++
		}
		s.milestone("M"+strconv.Itoa(i+1), "AB"[i%2:i%2+1], alikeText("Tonggak "+strconv.Itoa(i+1)), weight, i*15, i*15+120)
	}
	s.weigh(0)
	s.deadline("D1", 850, false)
	s.deadline("D2", 1095, true)
	for day := 10; day <= 900; day += 10 {
		s.report(day, "M"+strconv.Itoa(1+day/16), 1000)
	}
	return s
}

// specimenJob was heard on most days, and moved on some.
func specimenJob() metrics.JobAssessment {
	a := metrics.JobAssessment{Job: metrics.Job{Key: "load", Name: metrics.Text{ID: "Pemuatan pelanggan", EN: "Customer load"}, Milestones: []string{"M1", "M3"}, Cadence: 24 * time.Hour}, LastHeardAt: specimenStart.Start(specimenZone)}
	for i := range metrics.Day(metrics.FreshnessDays) {
		a.Days = append(a.Days, metrics.JobDay{Day: specimenStart - metrics.FreshnessDays + 1 + i, Sign: metrics.DaySign((i*i + i/5) % 3)})
	}
	return a
}

// specimenKept are forecasts as they were kept over half a year.
func specimenKept() metrics.ForecastRecord {
	r := metrics.ForecastRecord{Waiting: 20}
	for i := range metrics.Day(26) {
		on := specimenStart + 7*i
		half, most := specimenStart+220+(i*17)%41, specimenStart+300+(i*29)%67
		r.Movement = append(r.Movement, metrics.ForecastMove{On: on, P50: &half, P80: &most})
	}
	return r
}
