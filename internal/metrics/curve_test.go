package metrics_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/metrics"
)

func on(d metrics.Day, done int64) metrics.Observation {
	at := d.Start(wib).Add(9 * time.Hour)
	return metrics.Observation{Order: metrics.Order{At: at, Key: "job/" + d.String()}, Counts: &metrics.Counts{Done: done, Total: 100}}
}

func twoMilestones() metrics.Program {
	return metrics.Program{Zone: wib, Start: 100, Areas: []metrics.Area{{Key: "A"}, {Key: "B"}}, Milestones: []metrics.Milestone{
		{Key: "a", Area: "A", Weight: 6000, Start: 100, Due: 160}, {Key: "b", Area: "B", Weight: 4000, Start: 120, Due: 140},
	}}
}

func TestCurve(t *testing.T) {
	p := twoMilestones()
	f := newFeed(&p)
	f.observe(t, "a", on(105, 50))
	f.observe(t, "b", on(110, 50))
	correction := on(115, 20)
	correction.Correction = true
	f.observe(t, "a", correction)
	f.observe(t, "b", metrics.Observation{Order: metrics.Order{At: metrics.Day(125).Start(wib), Key: "alive"}, State: metrics.Running})
	f.observe(t, "a", on(128, 60))
	h := f.history(
		metrics.WeightsFrom{From: 100, Weights: map[string]metrics.BasisPoints{"a": 5000, "b": 5000}},
		metrics.WeightsFrom{From: 120, Weights: map[string]metrics.BasisPoints{"a": 6000, "b": 4000}},
	)
	a := metrics.Assess(p, h, endOf(130))
	want := []metrics.CurvePoint{
		{Day: 100, ByArea: []metrics.BasisPoints{0, 0}},
		{Day: 105, Reported: 2500, ByArea: []metrics.BasisPoints{2500, 0}, Planned: 500, HasReport: true, Observed: []string{"a"}},
		{Day: 110, Reported: 5000, ByArea: []metrics.BasisPoints{2500, 2500}, Planned: 1000, HasReport: true, Observed: []string{"b"}},
		{Day: 115, Reported: 3500, ByArea: []metrics.BasisPoints{1000, 2500}, Planned: 1500, HasReport: true, Observed: []string{"a"}, Corrected: []string{"a"}},
		{Day: 120, Reported: 3200, ByArea: []metrics.BasisPoints{1200, 2000}, Planned: 2000},
		{Day: 125, Reported: 3200, ByArea: []metrics.BasisPoints{1200, 2000}, Planned: 3500, HasReport: true, Observed: []string{"b"}},
		{Day: 128, Reported: 5600, ByArea: []metrics.BasisPoints{3600, 2000}, Planned: 4400, HasReport: true, Observed: []string{"a"}},
		{Day: 130, Reported: 5600, ByArea: []metrics.BasisPoints{3600, 2000}, Planned: 5000},
	}
	if diff := cmp.Diff(want, a.Curve.Points); diff != "" {
		t.Error(diff)
	}
	plan := []metrics.PlanPoint{{100, 0}, {120, 2000}, {140, 8000}, {160, 10_000}}
	if diff := cmp.Diff(plan, a.Curve.Plan); diff != "" {
		t.Error(diff)
	}
	if *a.Curve.LastReport != 128 || a.Curve.GapDays != 2 || a.Curve.Stairs {
		t.Errorf("last report %v, gap %d", a.Curve.LastReport, a.Curve.GapDays)
	}
	change := metrics.Change{Since: 123, Total: 2400, Areas: []metrics.BasisPoints{2400, 0}}
	if diff := cmp.Diff(change, a.LastWeek); diff != "" {
		t.Error(diff)
	}
}

func TestCurveWithoutReports(t *testing.T) {
	p := twoMilestones()
	a := metrics.Assess(p, metrics.History{}, endOf(130))
	if len(a.Curve.Points) != 2 || a.Curve.LastReport != nil || a.Curve.GapDays != 0 || a.LastWeek.Total != 0 {
		t.Errorf("%+v, %+v", a.Curve, a.LastWeek)
	}
	early := metrics.Assess(p, metrics.History{}, endOf(90))
	if len(early.Curve.Points) != 1 || early.Curve.Points[0].Day != 90 {
		t.Errorf("before the start: %+v", early.Curve.Points)
	}
}

// What was observed before the start is drawn from there; what a fast clock dated tomorrow counts today.
func TestCurveReachesBeforeTheStartAndNotBeyondToday(t *testing.T) {
	p := twoMilestones()
	f := newFeed(&p)
	f.observe(t, "a", on(95, 10))
	f.observe(t, "a", on(131, 20))
	a := metrics.Assess(p, f.history(), endOf(130))
	var days []metrics.Day
	for _, point := range a.Curve.Points {
		days = append(days, point.Day)
	}
	if want := []metrics.Day{95, 100, 130}; !slices.Equal(days, want) {
		t.Errorf("days %v, want %v", days, want)
	}
	if last := a.Curve.Points[2]; last.Reported != a.Reported || last.Reported != 1200 || !last.HasReport {
		t.Errorf("%+v, reported %d", last, a.Reported)
	}
	if *a.Curve.LastReport != 130 || a.Curve.GapDays != 0 {
		t.Errorf("last report %v, gap %d", a.Curve.LastReport, a.Curve.GapDays)
	}
}

// A milestone that leaves the scope keeps its past, and stops counting on the day it left.
func TestCurveKeepsTheDaysOfAFormerMilestone(t *testing.T) {
	p := twoMilestones()
	f := newFeed(&p)
	f.observe(t, "former", on(105, 100))
	f.observe(t, "a", on(106, 50))
	h := f.history(
		metrics.WeightsFrom{From: 100, Weights: map[string]metrics.BasisPoints{"a": 3000, "b": 2000, "former": 5000}},
		metrics.WeightsFrom{From: 115, Weights: map[string]metrics.BasisPoints{"a": 6000, "b": 4000}},
	)
	h.Changes = []metrics.ScopeChange{{On: 112, Entry: 9, Kind: "milestone", Key: "former"}, {On: 115, Entry: 10, Kind: "weights", Key: "weights"}}
	a := metrics.Assess(p, h, endOf(118))
	want := []metrics.CurvePoint{
		{Day: 100, ByArea: []metrics.BasisPoints{0, 0}},
		{Day: 105, Reported: 5000, ByArea: []metrics.BasisPoints{0, 0}, OutOf: 5000, Planned: 500, HasReport: true, Observed: []string{"former"}},
		{Day: 106, Reported: 6500, ByArea: []metrics.BasisPoints{1500, 0}, OutOf: 5000, Planned: 600, HasReport: true, Observed: []string{"a"}},
		{Day: 112, Reported: 1500, ByArea: []metrics.BasisPoints{1500, 0}, Planned: 1200},
		{Day: 115, Reported: 3000, ByArea: []metrics.BasisPoints{3000, 0}, Planned: 1500},
		{Day: 118, Reported: 3000, ByArea: []metrics.BasisPoints{3000, 0}, Planned: 1800},
	}
	if diff := cmp.Diff(want, a.Curve.Points); diff != "" {
		t.Error(diff)
	}
	change := metrics.Change{Since: 111, Total: -3500, Areas: []metrics.BasisPoints{1500, 0}, OutOf: -5000}
	if diff := cmp.Diff(change, a.LastWeek); diff != "" {
		t.Error(diff)
	}
}

// However the days were filled, the curve ends where the page stands, and the week's change is the sum of its areas'.
func TestCurveEndsAtTheHeadline(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for range 3000 {
		p := randomProgram(random)
		for i := range p.Milestones {
			p.Milestones[i].Progress = metrics.Progress{}
		}
		f := newFeed(&p)
		for i := range random.IntN(30) {
			m := p.Milestones[random.IntN(len(p.Milestones))]
			total, done := int64(1+random.IntN(50)), int64(0)
			if c := m.Progress.Counts; c != nil {
				total, done = c.Total+int64(random.IntN(3)), c.Done
			}
			done += random.Int64N(total - done + 1)
			o := on(p.Start+metrics.Day(i*2), done)
			o.Counts.Total, o.Correction = total, random.IntN(10) == 0
			if o.Correction {
				o.Counts.Done = random.Int64N(total + 1)
			}
			f.observe(t, m.Key, o)
		}
		weights := map[string]metrics.BasisPoints{}
		for _, m := range p.Milestones {
			weights[m.Key] = m.Weight
		}
		a := metrics.Assess(p, f.history(metrics.WeightsFrom{From: p.Start, Weights: weights}), endOf(p.Start+60))
		last := a.Curve.Points[len(a.Curve.Points)-1]
		if last.Reported != a.Reported || last.OutOf != 0 {
			t.Fatalf("the curve ends at %d, the page says %d", last.Reported, a.Reported)
		}
		sum := a.LastWeek.OutOf
		for i, points := range a.LastWeek.Areas {
			sum += points
			if last.ByArea[i] != a.Areas[i].Reported {
				t.Fatalf("area %d ends at %d, the page says %d", i, last.ByArea[i], a.Areas[i].Reported)
			}
		}
		if sum != a.LastWeek.Total {
			t.Fatalf("areas moved %d, the program %d", sum, a.LastWeek.Total)
		}
		for _, point := range a.Curve.Points {
			parts := point.OutOf
			for _, points := range point.ByArea {
				parts += points
			}
			if parts != point.Reported {
				t.Fatalf("%v: areas make %d of %d", point.Day, parts, point.Reported)
			}
		}
	}
}

// A day on which a total moved is marked, whichever way it moved, and once.
func TestCurveMarksTotalsThatMove(t *testing.T) {
	p := twoMilestones()
	f := newFeed(&p)
	totals := func(day metrics.Day, done, total int64) {
		o := on(day, done)
		o.Counts.Total = total
		f.observe(t, "a", o)
	}
	totals(105, 50, 100)
	totals(110, 50, 120)
	f.observe(t, "a", metrics.Observation{Order: metrics.Order{At: metrics.Day(112).Start(wib), Key: "alive"}, State: metrics.Running})
	totals(115, 60, 120)
	totals(120, 60, 90)
	c := metrics.Assess(p, f.history(), endOf(130)).Curve
	want := []metrics.TotalChange{{On: 110, Milestone: "a", From: 100, To: 120}, {On: 120, Milestone: "a", From: 120, To: 90}}
	if diff := cmp.Diff(want, c.Totals); diff != "" {
		t.Error(diff)
	}
}
