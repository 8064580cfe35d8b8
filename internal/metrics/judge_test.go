package metrics_test

import (
	"testing"
	"time"

	"tenggat/internal/metrics"
)

// plain is a program of one area and ten equal milestones that run from day 100 to day 200, `done` of 100 reported in each at
// noon of day 150. The deadline is day 210.
func plain(done int64) metrics.Program {
	p := metrics.Program{Zone: wib, Start: 100, Areas: []metrics.Area{{Key: "A"}}, Deadlines: []metrics.Deadline{{Key: "D", Date: 210, Binding: true}}}
	for i := range 10 {
		p.Milestones = append(p.Milestones, metrics.Milestone{
			Key: string(rune('a' + i)), Area: "A", Weight: 1000, Start: 100, Due: 200, Cadence: 7 * 24 * time.Hour, Grace: 24 * time.Hour,
			Progress: reportedOn(150, done, 100),
		})
	}
	return p
}

func reportedOn(d metrics.Day, done, total int64) metrics.Progress {
	order := metrics.Order{At: d.Start(wib).Add(12 * time.Hour), Key: "job/" + d.String()}
	return metrics.Progress{Counts: &metrics.Counts{Done: done, Total: total}, Counted: order, Latest: order, State: metrics.Succeeded, Reports: 1}
}

func TestVerdict(t *testing.T) {
	each := func(change func(m *metrics.Milestone)) func(*metrics.Program) {
		return func(p *metrics.Program) {
			for i := range p.Milestones {
				change(&p.Milestones[i])
			}
		}
	}
	first := func(n int, change func(m *metrics.Milestone)) func(*metrics.Program) {
		return func(p *metrics.Program) {
			for i := range n {
				change(&p.Milestones[i])
			}
		}
	}
	silent := func(m *metrics.Milestone) { m.Progress = reportedOn(120, m.Progress.Counts.Done, 100) }
	tests := map[string]struct {
		done    int64
		today   metrics.Day
		change  func(*metrics.Program)
		verdict metrics.Verdict
		reason  metrics.Reason
	}{
		"as planned":                      {50, 150, nil, metrics.OnTrack, metrics.Reason{Code: metrics.ReasonWithinLimits, Days: 10, Date: ptr(metrics.Day(200))}},
		"ten points behind, early":        {40, 150, nil, metrics.OnTrack, metrics.Reason{Code: metrics.ReasonWithinLimits, Days: 10, Points: -1000, Date: ptr(metrics.Day(200))}},
		"eleven points behind, early":     {39, 150, nil, metrics.Watch, metrics.Reason{Code: metrics.ReasonBehindPlan, Points: -1100, Limit: -1000}},
		"ten points behind at 70":         {60, 170, each(heardToday(170)), metrics.OnTrack, metrics.Reason{Code: metrics.ReasonWithinLimits, Days: 10, Points: -1000, Date: ptr(metrics.Day(200))}},
		"six points behind above 70":      {65, 171, each(heardToday(171)), metrics.Watch, metrics.Reason{Code: metrics.ReasonBehindPlan, Points: -600, Limit: -500}},
		"five points behind above 70":     {66, 171, each(heardToday(171)), metrics.OnTrack, metrics.Reason{Code: metrics.ReasonWithinLimits, Days: 10, Points: -500, Date: ptr(metrics.Day(200))}},
		"the program's own threshold":     {48, 150, func(p *metrics.Program) { p.Rules.WatchEarly = -100 }, metrics.Watch, metrics.Reason{Code: metrics.ReasonBehindPlan, Points: -200, Limit: -100}},
		"the same above 70":               {68, 171, func(p *metrics.Program) { each(heardToday(171))(p); p.Rules.WatchLate = -250; p.Rules.EndgameOpen = 1 }, metrics.Watch, metrics.Reason{Code: metrics.ReasonBehindPlan, Points: -300, Limit: -250}},
		"seven days of slack":             {50, 150, first(1, due(203)), metrics.OnTrack, metrics.Reason{Code: metrics.ReasonWithinLimits, Days: 7, Points: 15, Date: ptr(metrics.Day(203))}},
		"six days of slack":               {50, 150, first(1, due(204)), metrics.Watch, metrics.Reason{Code: metrics.ReasonLittleSlack, Days: 6, LimitDays: 7, Date: ptr(metrics.Day(204))}},
		"own slack":                       {50, 150, func(p *metrics.Program) { p.Rules.MinSlackDays = 11 }, metrics.Watch, metrics.Reason{Code: metrics.ReasonLittleSlack, Days: 10, LimitDays: 11, Date: ptr(metrics.Day(200))}},
		"owners one day late":             {50, 150, first(1, due(211)), metrics.Late, metrics.Reason{Code: metrics.ReasonOwnersLate, Days: 1, Date: ptr(metrics.Day(211))}},
		"late even where it is behind":    {0, 150, first(1, due(211)), metrics.Late, metrics.Reason{Code: metrics.ReasonOwnersLate, Days: 1, Date: ptr(metrics.Day(211))}},
		"a complete one has no due date":  {50, 150, first(1, func(m *metrics.Milestone) { m.Due = 300; m.Progress.Counts = &metrics.Counts{Done: 1, Total: 1} }), metrics.OnTrack, metrics.Reason{Code: metrics.ReasonWithinLimits, Days: 10, Points: 750, Date: ptr(metrics.Day(200))}},
		"the owners' last day":            {99, 200, each(heardToday(200)), metrics.OnTrack, metrics.Reason{Code: metrics.ReasonWithinLimits, Days: 10, Points: -100, Date: ptr(metrics.Day(200))}},
		"every due date passed":           {99, 205, each(heardToday(205)), metrics.Watch, metrics.Reason{Code: metrics.ReasonFinishPassed}},
		"the deadline's last day":         {99, 210, each(heardToday(210)), metrics.Watch, metrics.Reason{Code: metrics.ReasonFinishPassed}},
		"the day after":                   {99, 211, each(heardToday(211)), metrics.PastDeadline, metrics.Reason{Code: metrics.ReasonPast, Days: 1, Points: 100}},
		"past and silent":                 {99, 250, nil, metrics.PastDeadline, metrics.Reason{Code: metrics.ReasonPast, Days: 40, Points: 100}},
		"past and never heard of":         {0, 250, each(func(m *metrics.Milestone) { m.Progress = metrics.Progress{} }), metrics.PastDeadline, metrics.Reason{Code: metrics.ReasonPast, Days: 40, Points: 10_000}},
		"never heard of":                  {0, 150, each(func(m *metrics.Milestone) { m.Progress = metrics.Progress{} }), metrics.CannotBeAssessed, metrics.Reason{Code: metrics.ReasonNoReports}},
		"a fifth silent":                  {50, 150, first(2, silent), metrics.OnTrack, metrics.Reason{Code: metrics.ReasonWithinLimits, Days: 10, Date: ptr(metrics.Day(200))}},
		"more than a fifth silent":        {50, 150, first(3, silent), metrics.CannotBeAssessed, metrics.Reason{Code: metrics.ReasonStale, Points: 3000, Limit: 2000}},
		"silence beats late":              {50, 150, first(3, func(m *metrics.Milestone) { silent(m); m.Due = 300 }), metrics.CannotBeAssessed, metrics.Reason{Code: metrics.ReasonStale, Points: 3000, Limit: 2000}},
		"own share":                       {50, 150, func(p *metrics.Program) { first(3, silent)(p); p.Rules.StaleShare = 3000 }, metrics.OnTrack, metrics.Reason{Code: metrics.ReasonWithinLimits, Days: 10, Date: ptr(metrics.Day(200))}},
		"nothing open":                    {100, 150, nil, metrics.DeclaredComplete, metrics.Reason{Code: metrics.ReasonDeclared}},
		"nothing open, long silent, past": {100, 300, nil, metrics.DeclaredComplete, metrics.Reason{Code: metrics.ReasonDeclared}},
		"accepted but for one":            {100, 150, first(9, accept), metrics.DeclaredComplete, metrics.Reason{Code: metrics.ReasonDeclared}},
		"accepted":                        {100, 150, each(accept), metrics.Accepted, metrics.Reason{Code: metrics.ReasonAccepted}},
		"accepted and reopened": {100, 150, func(p *metrics.Program) {
			each(accept)(p)
			first(1, func(m *metrics.Milestone) { m.Progress.Counts.Done = 99 })(p)
		}, metrics.OnTrack, metrics.Reason{Code: metrics.ReasonWithinLimits, Days: 10, Points: 4990, Date: ptr(metrics.Day(200))}},
		"no milestone":        {50, 150, func(p *metrics.Program) { p.Milestones = nil }, metrics.CannotBeAssessed, metrics.Reason{Code: metrics.ReasonNoScope}},
		"no binding deadline": {50, 150, func(p *metrics.Program) { p.Deadlines[0].Binding = false }, metrics.CannotBeAssessed, metrics.Reason{Code: metrics.ReasonNoDeadline}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := plain(test.done)
			if test.change != nil {
				test.change(&p)
			}
			got := metrics.Assess(p, metrics.History{}, test.today.Start(wib).Add(13*time.Hour)).Judgement
			if got.Verdict != test.verdict {
				t.Errorf("%s, want %s", got.Verdict, test.verdict)
			}
			if !sameReason(got.Reason, test.reason) {
				t.Errorf("because of %+v, want %+v", got.Reason, test.reason)
			}
		})
	}
}

func heardToday(d metrics.Day) func(*metrics.Milestone) {
	return func(m *metrics.Milestone) { m.Progress = reportedOn(d, m.Progress.Counts.Done, 100) }
}

func due(d metrics.Day) func(*metrics.Milestone) { return func(m *metrics.Milestone) { m.Due = d } }

func accept(m *metrics.Milestone) { m.Accepted = true }

func sameReason(a, b metrics.Reason) bool {
	if a.Date != nil && b.Date != nil && *a.Date != *b.Date || (a.Date == nil) != (b.Date == nil) {
		return false
	}
	a.Date, b.Date = nil, nil
	return a == b
}

// A deadline on the 12th is kept until the last instant of the 12th in the program's zone, whatever zone the moment is told in.
func TestADeadlineEndsAtMidnightInTheProgramsZone(t *testing.T) {
	p := plain(99)
	deadline := day(t, "2024-04-12")
	p.Deadlines = []metrics.Deadline{{Key: "D", Date: deadline, Earliest: ptr(deadline - 31), Binding: true}}
	for _, offset := range []int{-12, 0, 7, 14} {
		server := time.FixedZone("server", offset*60*60)
		in := time.Date(2024, 4, 12, 16, 59, 59, 999_999_000, time.UTC).In(server)
		before := metrics.Assess(p, metrics.History{}, in)
		if d := before.Deadlines[0]; d.Passed || d.DaysLeft != 0 || *d.DaysLeftEarliest != -31 || d.Judgement.Verdict == metrics.PastDeadline {
			t.Errorf("at %v: %+v", in, d)
		}
		after := metrics.Assess(p, metrics.History{}, in.Add(time.Microsecond))
		if d := after.Deadlines[0]; !d.Passed || d.DaysLeft != -1 || d.Judgement.Verdict != metrics.PastDeadline {
			t.Errorf("a microsecond later: %+v", d)
		}
		if !before.ValidUntil.Equal(in.Add(time.Microsecond)) {
			t.Errorf("valid until %v", before.ValidUntil)
		}
	}
}
