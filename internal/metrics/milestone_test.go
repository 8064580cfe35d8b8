package metrics_test

import (
	"fmt"
	"testing"
	"time"

	"tenggat/internal/metrics"
)

func assessOne(m metrics.Milestone, at time.Time) metrics.MilestoneAssessment {
	m.Weight = metrics.Whole
	return metrics.Assess(metrics.Program{Zone: wib, Milestones: []metrics.Milestone{m}}, metrics.History{}, at).Milestones[0]
}

// Stale, stalled, behind and failing are independent of each other: each of the 16 combinations occurs.
func TestFlagsInEveryCombination(t *testing.T) {
	at := metrics.Day(150).Start(wib).Add(13 * time.Hour)
	for bits := range 16 {
		stale, stalled, behind, failing := bits&1 != 0, bits&2 != 0, bits&4 != 0, bits&8 != 0
		t.Run(fmt.Sprintf("stale %v, stalled %v, behind %v, failing %v", stale, stalled, behind, failing), func(t *testing.T) {
			m := metrics.Milestone{Start: 100, Due: 200, Cadence: 24 * time.Hour, Progress: reportedOn(150, 50, 100), SameCount: 2}
			if stale {
				m.Progress = reportedOn(140, 50, 100)
			}
			if stalled {
				m.SameCount = 3
			}
			if behind {
				m.Progress.Counts.Done = 49
			}
			if failing {
				m.Progress.State = metrics.Aborted
			}
			a := assessOne(m, at)
			if a.Stale != stale || a.Stalled != stalled || a.Behind != behind || a.Failing != failing {
				t.Errorf("stale %v, stalled %v, behind %v, failing %v", a.Stale, a.Stalled, a.Behind, a.Failing)
			}
		})
	}
}

func TestStalled(t *testing.T) {
	tests := map[string]struct {
		done    int64
		same    int
		limit   int
		today   metrics.Day
		stalled bool
	}{
		"three times the same":                   {50, 3, 0, 150, true},
		"twice":                                  {50, 2, 0, 150, false},
		"the program's own limit":                {50, 4, 5, 150, false},
		"its own limit reached":                  {50, 5, 5, 150, true},
		"nothing is left to do":                  {100, 9, 0, 150, false},
		"nothing done, before the planned start": {0, 9, 0, 99, false},
		"nothing done, on the planned start":     {0, 9, 0, 100, true},
		"begun early and stuck":                  {1, 9, 0, 99, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := metrics.Milestone{Weight: metrics.Whole, Start: 100, Due: 200, Progress: reportedOn(test.today, test.done, 100), SameCount: test.same}
			p := metrics.Program{Zone: wib, Milestones: []metrics.Milestone{m}, Rules: metrics.Rules{StalledAfter: test.limit}}
			if got := metrics.Assess(p, metrics.History{}, endOf(test.today)).Milestones[0].Stalled; got != test.stalled {
				t.Errorf("stalled %v", got)
			}
		})
	}
}

// sameCount takes observations in as a ledger does and counts along.
func sameCount(t *testing.T, observations ...metrics.Observation) (same int) {
	t.Helper()
	r := &recorder{known: map[string]bool{}}
	for _, o := range observations {
		before := r.progress
		if r.take(o) != metrics.Decrease {
			same = metrics.NextSameCount(same, before, r.progress)
		}
	}
	return same
}

func TestSameCount(t *testing.T) {
	grown := observed("d", 4, 10)
	grown.Counts.Total = 120
	tests := map[string]struct {
		observations []metrics.Observation
		want         int
	}{
		"never heard of":                     {nil, 0},
		"one report":                         {[]metrics.Observation{observed("a", 1, 10)}, 1},
		"the same again and again":           {[]metrics.Observation{observed("a", 1, 5), observed("b", 2, 10), observed("c", 3, 10), observed("d", 4, 10)}, 3},
		"alive, no change":                   {[]metrics.Observation{observed("a", 1, 10), heartbeat("b", 2), heartbeat("c", 3)}, 3},
		"alive and never a count":            {[]metrics.Observation{heartbeat("a", 1), heartbeat("b", 2)}, 2},
		"the first count ends that":          {[]metrics.Observation{heartbeat("a", 1), heartbeat("b", 2), observed("c", 3, 0)}, 1},
		"a rise begins anew":                 {[]metrics.Observation{observed("a", 1, 10), heartbeat("b", 2), observed("c", 3, 11)}, 1},
		"a correction to the same count too": {[]metrics.Observation{observed("a", 1, 10), observed("b", 2, 10), corrected("c", 3, 10)}, 1},
		"a growing total does not":           {[]metrics.Observation{observed("a", 1, 10), observed("b", 2, 10), grown}, 3},
		"a report refused is none":           {[]metrics.Observation{observed("a", 1, 10), observed("b", 2, 9), observed("c", 3, 10)}, 2},
		"what arrives late is not alive now": {[]metrics.Observation{observed("a", 3, 10), observed("b", 1, 8), observed("c", 2, 9), heartbeat("d", 4)}, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := sameCount(t, test.observations...); got != test.want {
				t.Errorf("%d, want %d", got, test.want)
			}
		})
	}
}

func TestStaleness(t *testing.T) {
	noonOf := func(d metrics.Day) time.Time { return d.Start(wib).Add(12 * time.Hour) }
	week := metrics.Milestone{Start: 100, Due: 200, Cadence: 7 * 24 * time.Hour, Grace: 3 * 24 * time.Hour}
	with := func(change func(m *metrics.Milestone)) metrics.Milestone {
		m := week
		change(&m)
		return m
	}
	promise := noonOf(151)
	tests := map[string]struct {
		milestone metrics.Milestone
		due       time.Time // zero: no report is expected
	}{
		"cadence and grace after the latest report": {with(func(m *metrics.Milestone) { m.Progress = reportedOn(150, 1, 2) }), noonOf(160)},
		"a promise counts instead":                  {with(func(m *metrics.Milestone) { m.Progress = reportedOn(150, 1, 2); m.Progress.NextDueAt = &promise }), promise},
		"a promise without a cadence":               {metrics.Milestone{Progress: metrics.Progress{NextDueAt: &promise}}, promise},
		"never heard of: from the planned start":    {week, metrics.Day(110).Start(wib)},
		"alive without counts":                      {with(func(m *metrics.Milestone) { m.Progress.Latest.At = noonOf(150) }), noonOf(160)},
		"no cadence":                                {metrics.Milestone{Start: 100}, time.Time{}},
		"complete":                                  {with(func(m *metrics.Milestone) { m.Progress = reportedOn(150, 2, 2); m.Progress.NextDueAt = &promise }), time.Time{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.due.IsZero() {
				if a := assessOne(test.milestone, noonOf(5000)); a.Stale || !a.ReportDueAt.IsZero() || !a.StaleSince.IsZero() {
					t.Errorf("stale %v, due %v", a.Stale, a.ReportDueAt)
				}
				return
			}
			before, after := assessOne(test.milestone, test.due.Add(-time.Microsecond)), assessOne(test.milestone, test.due)
			if before.Stale || !before.StaleSince.IsZero() || !before.ReportDueAt.Equal(test.due) {
				t.Errorf("before: stale %v, due %v", before.Stale, before.ReportDueAt)
			}
			if !after.Stale || !after.StaleSince.Equal(test.due) {
				t.Errorf("after: stale %v since %v", after.Stale, after.StaleSince)
			}
		})
	}
}

// ValidUntil is the first instant at which anything differs: just before it nothing does, at it something does.
func TestValidUntil(t *testing.T) {
	p := plain(50)
	if calm := metrics.Assess(p, metrics.History{}, endOf(151)); !calm.ValidUntil.Equal(metrics.Day(152).Start(wib)) {
		t.Errorf("a day on which nothing falls due is valid until %v", calm.ValidUntil)
	}
	at := metrics.Day(158).Start(wib).Add(time.Hour)
	a := metrics.Assess(p, metrics.History{}, at)
	flip := metrics.Day(158).Start(wib).Add(12 * time.Hour)
	if !a.ValidUntil.Equal(flip) || a.StaleWeight != 0 {
		t.Fatalf("valid until %v, want %v", a.ValidUntil, flip)
	}
	if before := metrics.Assess(p, metrics.History{}, flip.Add(-1)); before.StaleWeight != 0 || before.Judgement.Verdict != a.Judgement.Verdict {
		t.Errorf("just before: %+v", before.Judgement)
	}
	stale := metrics.Assess(p, metrics.History{}, flip)
	if stale.StaleWeight != metrics.Whole || stale.Judgement.Verdict != metrics.CannotBeAssessed {
		t.Errorf("at it: %+v", stale.Judgement)
	}
	if midnight := metrics.Day(159).Start(wib); !stale.ValidUntil.Equal(midnight) {
		t.Errorf("then valid until %v, want midnight", stale.ValidUntil)
	}
}

func TestWhatCannotBeComputedKeepsItsWeight(t *testing.T) {
	none, empty, full := metrics.Milestone{Weight: 2000}, metrics.Milestone{Weight: 3000, Progress: reportedOn(1, 0, 0)}, metrics.Milestone{Weight: 5000, Progress: reportedOn(1, 7, 7)}
	a := metrics.Assess(metrics.Program{Zone: wib, Milestones: []metrics.Milestone{none, empty, full}}, metrics.History{}, noon)
	if a.Reported != 5000 || a.Outstanding != 5000 || a.Open != 2 || a.State != metrics.StateInProgress {
		t.Errorf("%+v, %d open, %s", a.Figures, a.Open, a.State)
	}
	if m := a.Milestones[0]; !m.NotReported || m.NoTotal || !m.Open || m.Outstanding != 2000 {
		t.Errorf("never reported: %+v", m)
	}
	if m := a.Milestones[1]; m.NotReported || !m.NoTotal || !m.Open || m.Outstanding != 3000 {
		t.Errorf("no total: %+v", m)
	}
	if m := a.Milestones[2]; m.NotReported || m.NoTotal || m.Open || m.Outstanding != 0 || m.Share != metrics.Whole {
		t.Errorf("complete: %+v", m)
	}
}

func TestReportedVerifiedAcceptedAreApart(t *testing.T) {
	p := plain(80)
	p.Milestones[0].Verified = 30
	p.Milestones[1].Verified = 99 // more than is reported now: after a correction only what is done stays verified
	p.Milestones[2].Accepted = true
	a := metrics.Assess(p, metrics.History{}, endOf(150))
	if a.Reported != 8000 || a.Verified != 1100 || a.Accepted != 800 {
		t.Errorf("%+v", a.Figures)
	}
	if a.Milestones[0].Verified != 300 || a.Milestones[1].Verified != 800 || a.Milestones[2].Accepted != 800 {
		t.Errorf("%+v", a.Milestones[:3])
	}
}

func TestOverdue(t *testing.T) {
	m := metrics.Milestone{Start: 100, Due: 200, Progress: reportedOn(150, 1, 2)}
	for today, days := range map[metrics.Day]int{199: 0, 200: 0, 201: 1, 230: 30} {
		if a := assessOne(m, endOf(today)); a.OverdueDays != days || a.Overdue != (days > 0) {
			t.Errorf("on day %d overdue by %d", today, a.OverdueDays)
		}
	}
	m.Progress.Counts.Done = 2
	if a := assessOne(m, endOf(230)); a.Overdue || a.OverdueDays != 0 {
		t.Errorf("a complete one is overdue by %d", a.OverdueDays)
	}
}

func TestPlan(t *testing.T) {
	line := metrics.Milestone{Start: 100, Due: 130}
	for today, want := range map[metrics.Day]metrics.BasisPoints{99: 0, 100: 0, 101: 333, 110: 3333, 129: 9666, 130: 10_000, 140: 10_000} {
		if a := assessOne(line, endOf(today)); a.Planned != want || a.PlannedShare != want || a.Behind != (want > 0) {
			t.Errorf("on day %d %d points and %d of itself are planned, want %d", today, a.Planned, a.PlannedShare, want)
		}
	}
	oneDay := metrics.Milestone{Start: 100, Due: 100}
	for today, want := range map[metrics.Day]metrics.BasisPoints{99: 0, 100: 10_000} {
		if a := assessOne(oneDay, endOf(today)); a.Planned != want {
			t.Errorf("a milestone of one day: %d planned on day %d", a.Planned, today)
		}
	}
}

func TestRegulatorsFloorsReplaceThePlan(t *testing.T) {
	p := plain(50)
	p.Steps = []metrics.PlanStep{{On: 120, Share: 3000}, {On: 150, Share: 5000}, {On: 190, Share: 10_000}}
	for today, want := range map[metrics.Day]metrics.BasisPoints{119: 0, 120: 3000, 149: 3000, 150: 5000, 189: 5000, 190: 10_000, 999: 10_000} {
		if a := metrics.Assess(p, metrics.History{}, endOf(today)); a.Planned != want || a.Milestones[0].Planned != want/10 {
			t.Errorf("on day %d %d are planned, want %d", today, a.Planned, want)
		}
	}
	c := metrics.Assess(p, metrics.History{}, endOf(150)).Curve
	if want := []metrics.PlanPoint{{100, 0}, {120, 3000}, {150, 5000}, {190, 10_000}}; !c.Stairs || fmt.Sprint(c.Plan) != fmt.Sprint(want) {
		t.Errorf("stairs %v: %v, want %v", c.Stairs, c.Plan, want)
	}
}
