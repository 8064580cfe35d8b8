package metrics_test

import (
	"math"
	"slices"
	"testing"

	"tenggat/internal/metrics"
)

// tenths turns points of the case file into basis points and back to one decimal, the precision it was published in.
func tenths(points metrics.BasisPoints) float64 { return math.Round(float64(points)/10) / 10 }

func exact(points float64) metrics.BasisPoints { return metrics.BasisPoints(math.Round(points * 100)) }

func TestReplayMeetsItsExpectations(t *testing.T) {
	r := loadReplay(t)
	if len(r.Expectations.Checks) != 7 {
		t.Fatalf("%d expectations, want 7", len(r.Expectations.Checks))
	}
	for _, want := range r.Expectations.Checks {
		t.Run(want.AsOf, func(t *testing.T) {
			today := day(t, want.AsOf)
			p, h := r.asOf(t, today)
			a := metrics.Assess(p, h, endOf(today))
			if a.Reported != exact(want.Overall) || a.Outstanding != exact(want.Left) {
				t.Errorf("reported %d, left %d; want %v, %v", a.Reported, a.Outstanding, want.Overall, want.Left)
			}
			if tenths(a.Planned) != want.Planned || tenths(a.Deviation) != want.Deviation {
				t.Errorf("planned %d, deviation %d; want %v, %v", a.Planned, a.Deviation, want.Planned, want.Deviation)
			}
			if open := openKeys(a); !slices.Equal(open, want.Open) || a.Open != len(want.Open) {
				t.Errorf("open %v, want %v", open, want.Open)
			}
			for _, d := range a.Deadlines {
				expected, given := want.Deadlines[d.Deadline.Key]
				if given && d.DaysLeft != expected.DaysLeft {
					t.Errorf("%s: %d days left, want %d", d.Deadline.Key, d.DaysLeft, expected.DaysLeft)
				}
				if expected.Verdict != "" && d.Judgement.Verdict != expected.Verdict {
					t.Errorf("%s: %s, want %s", d.Deadline.Key, d.Judgement.Verdict, expected.Verdict)
				}
			}
		})
	}
}

func openKeys(a metrics.Assessment) []string {
	var open []string
	for _, m := range a.Milestones {
		if m.Open {
			open = append(open, m.Milestone.Key)
		}
	}
	return open
}

func TestReplayReproducesEveryReport(t *testing.T) {
	r := loadReplay(t)
	for _, report := range r.Reports {
		t.Run(report.On, func(t *testing.T) {
			today := day(t, report.On)
			p, h := r.asOf(t, today)
			a := metrics.Assess(p, h, endOf(today))
			if a.Reported != exact(report.Expected.Overall) {
				t.Errorf("reported %d, want %v", a.Reported, report.Expected.Overall)
			}
			for _, area := range a.Areas {
				if area.Reported != exact(report.Expected.Areas[area.Key]) {
					t.Errorf("area %s %d, want %v", area.Key, area.Reported, report.Expected.Areas[area.Key])
				}
			}
			last := a.Curve.Points[len(a.Curve.Points)-1]
			if last.Reported != a.Reported || last.Planned != a.Planned || last.Day != today {
				t.Errorf("the curve ends at %+v, the page says %+v", last, a.Figures)
			}
			for i, area := range a.Areas {
				if last.ByArea[i] != area.Reported {
					t.Errorf("the curve ends with %d in %s, the page says %d", last.ByArea[i], area.Key, area.Reported)
				}
			}
		})
	}
}

// On 12 March the published story holds: too late for the three months, in time but behind for the four.
func TestReplayOnTheTwelfthOfMarch(t *testing.T) {
	r := loadReplay(t)
	today := day(t, "2024-03-12")
	p, h := r.asOf(t, today)
	a := metrics.Assess(p, h, endOf(today))
	by := map[string]metrics.DeadlineAssessment{}
	for _, d := range a.Deadlines {
		by[d.Deadline.Key] = d
	}
	d2, d3 := by["D2"], by["D3"]
	if d2.Judgement.Verdict != metrics.Late || d2.Judgement.Reason.Days != 24 || d2.DaysLeft != 0 || d2.Passed {
		t.Errorf("D2: %+v", d2)
	}
	want := metrics.Reason{Code: metrics.ReasonBehindPlan, Points: -626, Limit: -500}
	if d3.Judgement.Verdict != metrics.Watch || d3.Judgement.Reason != want || *d3.SlackDays != 7 || d3.DaysLeft != 31 {
		t.Errorf("D3: %+v, slack %d", d3, *d3.SlackDays)
	}
	if a.Judgement != d3.Judgement || a.Binding().Deadline.Key != "D3" {
		t.Errorf("the working deadline does not decide: %+v", a.Judgement)
	}
	if d1 := by["D1"]; *d1.DaysLeftEarliest != 0 || d1.DaysLeft != 31 {
		t.Errorf("D1: %+v", d1)
	}
	if *a.OwnerFinish.Day != day(t, "2024-04-05") || a.StaleWeight != 1400 {
		t.Errorf("owners' finish %v, stale %d", a.OwnerFinish.Day, a.StaleWeight)
	}
	if a.LastWeek.Since != day(t, "2024-03-05") || a.LastWeek.Total != 0 {
		t.Errorf("last week %+v", a.LastWeek)
	}
	if *a.Curve.LastReport != day(t, "2024-03-01") || a.Curve.GapDays != 11 {
		t.Errorf("last report %v, gap %d", a.Curve.LastReport, a.Curve.GapDays)
	}
	checkReplayItems(t, a)
}

func checkReplayItems(t *testing.T, a metrics.Assessment) {
	t.Helper()
	rows := []struct {
		milestone string
		points    metrics.BasisPoints
		age       int
		owner     string
	}{{"P4", 600, 29, "payments engineer"}, {"U3", 600, 11, "data engineer"}, {"M3", 100, 40, "front-end engineer"}, {"", 0, 11, ""}}
	if len(a.Items) != len(rows) {
		t.Fatalf("%d items, want %d", len(a.Items), len(rows))
	}
	for i, want := range rows {
		got := a.Items[i]
		key := ""
		if got.Milestone >= 0 {
			key = a.Milestones[got.Milestone].Milestone.Key
		}
		if key != want.milestone || got.Points != want.points || got.AgeDays != want.age || got.OwnerRole.ID != want.owner || len(got.Recorded) != 1 {
			t.Errorf("item %d: %+v, want %+v", i, got, want)
		}
	}
	if last := a.Items[3]; last.Counted || last.Kind != metrics.Unspecified {
		t.Errorf("the unspecified item counts: %+v", last)
	}
}

func TestReplayLastWeekByArea(t *testing.T) {
	r := loadReplay(t)
	today := day(t, "2024-03-01") // a week after 75.4
	p, h := r.asOf(t, today)
	change := metrics.Assess(p, h, endOf(today)).LastWeek
	if change.Total != 1160 || !slices.Equal(change.Areas, []metrics.BasisPoints{420, 370, 370}) || change.OutOf != 0 {
		t.Errorf("%+v", change)
	}
}
