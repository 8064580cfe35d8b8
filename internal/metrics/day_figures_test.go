package metrics_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/metrics"
)

// On every day of the case the sum of that day, told later, is the sum that the page of that day showed.
func TestFiguresOnADayAreThoseOfItsPage(t *testing.T) {
	r := loadReplay(t)
	last := day(t, "2024-04-03")
	p, h := r.asOf(t, last)
	for d := p.Start; d <= last; d++ {
		f, ok := metrics.FiguresOn(p, h, endOf(last), d)
		if !ok {
			t.Fatalf("%v has no figures", d)
		}
		then, past := r.asOf(t, d)
		a := metrics.Assess(then, past, endOf(d))
		if diff := cmp.Diff(a.Figures, f.Figures); diff != "" {
			t.Fatalf("%v: %s", d, diff)
		}
		for i, area := range a.Areas {
			if f.Areas[i].Figures != area.Figures || f.Areas[i].Weight != area.Weight || f.Areas[i].Share != area.Share {
				t.Fatalf("%v: area %+v, the page had %+v", d, f.Areas[i], area)
			}
		}
		for i, m := range a.Milestones {
			if f.Terms[i].Figures != m.Figures || f.Terms[i].Share != m.Share || f.Terms[i].Weight != m.Milestone.Weight {
				t.Fatalf("%v: term %+v, the page had %+v", d, f.Terms[i], m.Figures)
			}
		}
	}
	for _, d := range []metrics.Day{p.Start - 1, last + 1} {
		if _, ok := metrics.FiguresOn(p, h, endOf(last), d); ok {
			t.Errorf("%v has figures", d)
		}
	}
}

// A day's terms add up to its areas and its headline to the last basis point, with evidence, letters, new weights and a milestone
// that left, and each point of the curve is the sum of its day.
func TestFiguresOnADayAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 4))
	for range 1500 {
		p := randomProgram(random)
		f := newFeed(&p)
		set := func(day metrics.Day) metrics.WeightsFrom {
			weights := map[string]metrics.BasisPoints{"gone": 700}
			for _, m := range p.Milestones {
				weights[m.Key] = m.Weight * 93 / 100
			}
			return metrics.WeightsFrom{From: day, Weights: weights}
		}
		for i := range p.Milestones {
			p.Milestones[i].Progress = metrics.Progress{}
		}
		for i := range 2 + random.IntN(20) {
			m := p.Milestones[random.IntN(len(p.Milestones))]
			o := on(p.Start+metrics.Day(i*2), random.Int64N(8))
			o.Counts.Total = 7
			if c := m.Progress.Counts; c != nil && c.Done > o.Counts.Done {
				o.Correction = true
			}
			f.observe(t, m.Key, o)
		}
		h := f.history(set(p.Start), set(p.Start+9))
		h.Days = append([]metrics.MilestoneDay{{Milestone: "gone", Day: p.Start, Counts: &metrics.Counts{Done: 2, Total: 3}}}, h.Days...)
		h.Changes = []metrics.ScopeChange{{On: p.Start + 20, Kind: "milestone", Key: "gone"}}
		for i := range random.IntN(5) {
			m := p.Milestones[random.IntN(len(p.Milestones))]
			h.Reviews = append(h.Reviews, metrics.ReviewedFrom{Milestone: m.Key, From: p.Start + metrics.Day(7*i), Entry: int64(100 + i), Supported: random.Int64N(9)})
			h.Letters = append(h.Letters, metrics.AcceptedFrom{From: p.Start + metrics.Day(9*i), Milestones: []string{m.Key}})
		}
		at := endOf(p.Start + 60)
		for _, point := range metrics.Assess(p, h, at).Curve.Points {
			checkDay(t, p, h, point)
		}
	}
}

func checkDay(t *testing.T, p metrics.Program, h metrics.History, point metrics.CurvePoint) {
	t.Helper()
	f, ok := metrics.FiguresOn(p, h, endOf(p.Start+60), point.Day)
	if !ok || f.Reported != point.Reported || f.Verified != point.Verified || f.Accepted != point.Accepted || f.Planned != point.Planned {
		t.Fatalf("%v: the curve has %+v, its sum %+v", point.Day, point, f.Figures)
	}
	var sum, areas metrics.Figures
	weight := f.Unweighted
	for _, term := range f.Terms {
		add(&sum, term.Figures)
		weight += term.Weight
		if term.Reported+term.Outstanding != term.Weight || term.Area < 0 {
			if term.Key != "gone" || point.Day >= p.Start+20 {
				t.Fatalf("%v: %+v", point.Day, term)
			}
		}
		if term.Area < 0 {
			add(&areas, term.Figures)
		}
	}
	for _, area := range f.Areas {
		add(&areas, area.Figures)
	}
	if sum != areas {
		t.Fatalf("%v: terms make %+v, areas %+v", point.Day, sum, areas)
	}
	sum.Outstanding += f.Unweighted
	if sum != f.Figures || weight != metrics.Whole {
		t.Fatalf("%v: terms make %+v of %d, the day has %+v", point.Day, sum, weight, f.Figures)
	}
}

// Evidence and letters count from their own days on, the newest review of a milestone whichever day it speaks of.
func TestEvidenceAndLettersCountFromTheirDay(t *testing.T) {
	p := metrics.Program{Zone: wib, Start: 100, Areas: []metrics.Area{{Key: "a"}}}
	p.Milestones = []metrics.Milestone{{Key: "m", Area: "a", Weight: 6000, Verified: 20}, {Key: "n", Area: "a", Weight: 4000, Accepted: true}}
	f := newFeed(&p)
	for _, key := range []string{"m", "n"} {
		o := on(101, 50)
		o.Counts.Total = 100
		f.observe(t, key, o)
	}
	h := f.history()
	h.Reviews = []metrics.ReviewedFrom{{Milestone: "m", From: 103, Entry: 9, Supported: 20}, {Milestone: "m", From: 105, Entry: 7, Supported: 40}}
	h.Letters = []metrics.AcceptedFrom{{From: 104, Milestones: []string{"n"}}}
	for d, want := range map[metrics.Day][2]metrics.BasisPoints{102: {0, 0}, 103: {1200, 0}, 104: {1200, 2000}, 106: {1200, 2000}} {
		got, _ := metrics.FiguresOn(p, h, endOf(110), d)
		if got.Verified != want[0] || got.Accepted != want[1] || got.Reported != 5000 {
			t.Errorf("day %d: %+v, want verified and accepted %v", d, got.Figures, want)
		}
	}
	a := metrics.Assess(p, h, endOf(110))
	last := a.Curve.Points[len(a.Curve.Points)-1]
	if last.Verified != a.Verified || last.Accepted != a.Accepted {
		t.Errorf("the curve ends at %+v, the page says %+v", last, a.Figures)
	}
	h.Letters = append(h.Letters, metrics.AcceptedFrom{From: 108})
	if got, _ := metrics.FiguresOn(p, h, endOf(110), 108); got.Accepted != 5000 {
		t.Errorf("a letter about everything covers %d", got.Accepted)
	}
}
