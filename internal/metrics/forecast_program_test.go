package metrics_test

import (
	"fmt"
	"testing"
	"time"

	"tenggat/internal/metrics"
)

// farm is a program of n milestones in two areas that report every step days for so many days, each at its own pace: the first is
// the quickest. It is due twice as long after its start.
func farm(t testing.TB, n, days, step int, settle func(p *metrics.Program)) (metrics.Program, metrics.History, metrics.Assessment) {
	t.Helper()
	start := day(t, "2024-01-01")
	p := metrics.Program{Zone: wib, Start: start, Areas: []metrics.Area{{Key: "a"}, {Key: "b"}}}
	weights := map[string]metrics.BasisPoints{}
	for i := range n {
		m := metrics.Milestone{
			Key: fmt.Sprintf("m%02d", i), Area: []string{"a", "b"}[i%2], Weight: metrics.Whole / metrics.BasisPoints(n),
			Start: start, Due: start + metrics.Day(2*days),
		}
		weights[m.Key] = m.Weight
		p.Milestones = append(p.Milestones, m)
	}
	p.Deadlines = []metrics.Deadline{{Key: "d", Date: start + metrics.Day(3*days), Binding: true}, {Key: "e", Date: start + metrics.Day(5*days)}}
	if settle != nil {
		settle(&p)
	}
	f := newFeed(&p)
	for d := step; d <= days; d += step {
		for i, m := range p.Milestones {
			total := int64(100 * days)
			done := min(total, int64(100*d)*4/int64(5+i))
			f.observe(t, m.Key, metrics.Observation{
				Order:  metrics.Order{At: (start + metrics.Day(d)).Start(wib).Add(8 * time.Hour), Key: fmt.Sprint(d)},
				Counts: &metrics.Counts{Done: done, Total: total},
			})
		}
	}
	h := f.history(metrics.WeightsFrom{From: start, Weights: weights})
	return p, h, metrics.Assess(p, h, endOf(start+metrics.Day(days)))
}

func TestForecastProgram(t *testing.T) {
	p, h, a := farm(t, 4, 100, 5, nil)
	f := metrics.ForecastProgram(p, h, a, 0)
	if f.OwnersFirst || len(f.Blind) > 0 || f.Last != 3 || f.Governs != metrics.ByMilestones {
		t.Fatalf("%+v", f)
	}
	for i, m := range f.Milestones {
		if m.Basis.Allowance != 200 || m.Basis.Since != p.Start {
			t.Errorf("milestone %d has %v days of allowance since %v: planned for 200 days", i, m.Basis.Allowance, m.Basis.Since)
		}
		if m.P80 == nil || *m.P80 > *f.Latest.P80 || *m.Meets[1].Meet < *f.Latest.Meets[1].Meet {
			t.Errorf("milestone %d finishes after the latest: %+v", i, m)
		}
	}
	if last := f.Milestones[3]; *last.P80 != *f.Latest.P80 || f.Governing().Basis != last.Basis {
		t.Errorf("the slowest milestone %+v is not the latest %+v", last, f.Latest)
	}
	if f.Points.Basis.Median >= f.Latest.Basis.Median || f.Areas[0].Basis.Median >= f.Areas[1].Basis.Median {
		t.Errorf("points %v, latest %v, areas %v and %v", f.Points.Basis.Median, f.Latest.Basis.Median, f.Areas[0].Basis.Median, f.Areas[1].Basis.Median)
	}
	if set := metrics.ForecastProgram(p, h, a, 30); set.Points.Basis.Allowance != 30 || *set.Points.P80 >= *f.Points.P80 {
		t.Errorf("the program's own allowance gives %+v", set.Points)
	}
}

// A milestone that nobody reported has no date, so the latest of all has none; the points go on and govern.
func TestForecastProgramBlind(t *testing.T) {
	p, h, _ := farm(t, 4, 100, 5, nil)
	p.Milestones = append(p.Milestones, metrics.Milestone{Key: "silent", Area: "b", Start: p.Start, Due: p.Start + 90})
	a := metrics.Assess(p, h, endOf(p.Start+100))
	f := metrics.ForecastProgram(p, h, a, 0)
	if f.Latest.Note != metrics.ForecastPartBlind || f.Latest.P10 != nil || f.Latest.Meets[0].Meet != nil {
		t.Errorf("latest %+v", f.Latest)
	}
	if len(f.Blind) != 1 || f.Blind[0] != 4 || f.Governs != metrics.ByPoints || f.Points.P80 == nil {
		t.Errorf("%+v", f)
	}
}

// Where nothing is open the forecast is a fact, and nothing but a correction takes it back.
func TestForecastProgramFinished(t *testing.T) {
	p, h, a := farm(t, 1, 300, 10, func(p *metrics.Program) {
		p.Milestones[0].Progress = metrics.Fold(nil)
	})
	if f := metrics.ForecastProgram(p, h, a, 0); !f.OwnersFirst || f.Points.Note != metrics.ForecastComplete {
		t.Fatalf("open: %+v", f)
	}
	feed := newFeed(&p)
	feed.observe(t, "m00", metrics.Observation{
		Order:  metrics.Order{At: endOf(p.Start + 310), Key: "done"},
		Counts: &metrics.Counts{Done: 30000, Total: 30000},
	})
	h.Days = append(h.Days, feed.history().Days...)
	a = metrics.Assess(p, h, endOf(p.Start+320))
	f := metrics.ForecastProgram(p, h, a, 0)
	for _, part := range []metrics.Forecast{f.Points, f.Latest, f.Areas[0], f.Milestones[0], f.Governing()} {
		if part.Note != metrics.ForecastFinished || *part.Finished != p.Start+310 || *part.Meets[0].Meet != 1 {
			t.Errorf("%+v", part)
		}
	}
	if f.OwnersFirst {
		t.Error("owners' dates of nothing open stand first")
	}
}

// A correction lowers what is done: the burn-up follows, and is not read as negative work.
func TestForecastAfterCorrection(t *testing.T) {
	p, h, a := farm(t, 1, 100, 10, nil)
	before := metrics.ForecastProgram(p, h, a, 0).Milestones[0]
	feed := newFeed(&p)
	feed.observe(t, "m00", metrics.Observation{
		Order:  metrics.Order{At: endOf(p.Start + 100), Key: "z"},
		Counts: &metrics.Counts{Done: 2000, Total: 10000}, Correction: true,
	})
	rows := feed.history().Days
	h.Days[len(h.Days)-1] = rows[0]
	a = metrics.Assess(p, h, endOf(p.Start+100))
	after := metrics.ForecastProgram(p, h, a, 0).Milestones[0]
	if after.Basis.Done != 2000 || after.Basis.Remaining != 8000 || after.Basis.Recent < 0 || *after.P50 <= *before.P50 {
		t.Errorf("before %+v, after %+v", before, after)
	}
}

// A new weight set changes what an area's points are out of: that is growth, not lost work.
func TestForecastWeighedAnew(t *testing.T) {
	p, h, _ := farm(t, 2, 100, 5, nil)
	p.Milestones[0].Weight, p.Milestones[1].Weight = 8000, 2000
	h.Weights = append(h.Weights, metrics.WeightsFrom{
		Version: 2, From: p.Start + 70, Weights: map[string]metrics.BasisPoints{"m00": 8000, "m01": 2000},
	})
	a := metrics.Assess(p, h, endOf(p.Start+100))
	f := metrics.ForecastProgram(p, h, a, 0)
	grown, shrunk := f.Areas[0].Basis, f.Areas[1].Basis
	if a.Areas[0].Reported != 6400 || grown.Remaining != 1600 || grown.Growth <= 0 {
		t.Errorf("%d points reported, %+v", a.Areas[0].Reported, grown)
	}
	if shrunk.Growth != 0 || shrunk.Recent < 0 || shrunk.Remaining != float64(2000-a.Areas[1].Reported) {
		t.Errorf("%+v", shrunk)
	}
}

// The demo's last days: three milestones open, two of them never reported.
func TestForecastReplay(t *testing.T) {
	today := day(t, "2024-03-12")
	p, h := loadReplay(t).asOf(t, today)
	a := metrics.Assess(p, h, endOf(today))
	f := metrics.ForecastProgram(p, h, a, 0)
	if !f.OwnersFirst || f.Owners.Day == nil || len(f.Blind) != 2 || f.Governs != metrics.ByPoints {
		t.Fatalf("%+v", f)
	}
	if f.Points.Basis.Remaining != 1300 || f.Points.P50 == nil || len(f.Points.Meets) != len(p.Deadlines) {
		t.Errorf("points %+v", f.Points)
	}
	if f.Areas[0].Basis.Remaining != 600 {
		t.Errorf("Payments has %v basis points left", f.Areas[0].Basis.Remaining)
	}
}

func TestForecastEmptyProgram(t *testing.T) {
	p := metrics.Program{Zone: wib, Start: day(t, "2024-01-01"), Areas: []metrics.Area{{Key: "a"}}}
	a := metrics.Assess(p, metrics.History{}, endOf(p.Start+50))
	f := metrics.ForecastProgram(p, metrics.History{}, a, 0)
	if f.Points.HasDates() || f.Latest.HasDates() || f.Areas[0].HasDates() || f.OwnersFirst {
		t.Errorf("%+v", f)
	}
}

// BenchmarkForecastProgram is 40 milestones with two years of daily reports. It is to take under 20 ms on one core.
func BenchmarkForecastProgram(b *testing.B) {
	p, h, a := farm(b, 40, 730, 1, nil)
	if len(h.Days) != 40*730 {
		b.Fatalf("%d days", len(h.Days))
	}
	b.ReportAllocs()
	for b.Loop() {
		if f := metrics.ForecastProgram(p, h, a, 0); !f.Governing().HasDates() || len(f.Blind) > 0 {
			b.Fatalf("%+v", f.Governing())
		}
	}
}
