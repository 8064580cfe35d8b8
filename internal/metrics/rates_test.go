package metrics_test

import (
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/metrics"
)

func units(n int64) *int64 { return &n }

func TestRates(t *testing.T) {
	p := twoMilestones() // a: 6000 from 100 to 160, b: 4000 from 120 to 140
	p.Deadlines = []metrics.Deadline{{Key: "past", Date: 129}, {Key: "today", Date: 130}, {Key: "later", Date: 160, Binding: true}}
	f := newFeed(&p)
	f.observe(t, "a", on(105, 20))
	f.observe(t, "a", on(116, 30)) // the end of day 116 is 14 days ago
	f.observe(t, "a", on(117, 50))
	f.observe(t, "b", on(125, 25))
	a := metrics.Assess(p, f.history(), endOf(130))
	for name, check := range map[string]struct{ got, want metrics.Rates }{
		"a": {a.Milestones[0].Rates, metrics.Rates{
			Needed: []*metrics.Rate{nil, {units(50), 3000, 1}, {units(50), 3000, 30}},
			Last14: &metrics.Rate{units(20), 1200, 14}, Last28: &metrics.Rate{units(50), 3000, 28},
		}},
		"b began ten days ago": {a.Milestones[1].Rates, metrics.Rates{
			Needed: []*metrics.Rate{nil, {units(75), 3000, 1}, {units(75), 3000, 30}},
			Last14: &metrics.Rate{units(25), 1000, 10}, Last28: &metrics.Rate{units(25), 1000, 10},
		}},
		"area A": {a.Areas[0].Rates, metrics.Rates{
			Needed: []*metrics.Rate{nil, {nil, 3000, 1}, {nil, 3000, 30}}, Last14: &metrics.Rate{nil, 1200, 14}, Last28: &metrics.Rate{nil, 3000, 28},
		}},
		"the program": {a.Rates, metrics.Rates{
			Needed: []*metrics.Rate{nil, {nil, 6000, 1}, {nil, 6000, 30}}, Last14: &metrics.Rate{nil, 2200, 14}, Last28: &metrics.Rate{nil, 4000, 28},
		}},
	} {
		if diff := cmp.Diff(check.want, check.got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	need := a.Milestones[0].Rates.Needed[2]
	if got := need.PointsPerDay(); got != (metrics.Ratio{Num: 3000, Den: 30}) || got.Hundredths() != 10_000 {
		t.Errorf("%+v points a day", got)
	}
	if got := need.UnitsPerDay(); got.Hundredths() != 167 || a.Rates.Last14.UnitsPerDay() != nil {
		t.Errorf("%+v units a day", got)
	}
}

// A correction slows the rate down, a total that grows does not, and points are those of today's ruler.
func TestRatesAreOfWorkAndCorrections(t *testing.T) {
	p := twoMilestones()
	f := newFeed(&p)
	f.observe(t, "a", on(105, 80))
	correction := on(120, 40)
	correction.Correction = true
	f.observe(t, "a", correction)
	grown := on(125, 50)
	grown.Counts.Total = 200
	f.observe(t, "a", grown)
	a := metrics.Assess(p, f.history(), endOf(130))
	if got := a.Milestones[0].Rates.Last14; *got.Units != -30 || got.Points != -900 {
		t.Errorf("%+v, %d units", got, *got.Units)
	}
	if a.Reported != 1500 || a.Rates.Last14.Points != -900 {
		t.Errorf("%d reported, the program moved %+v", a.Reported, a.Rates.Last14)
	}
}

func TestRatesWithoutAnAnswer(t *testing.T) {
	p := plain(100)
	done := metrics.Assess(p, metrics.History{}, endOf(150))
	if done.Rates.Needed[0] != nil || done.Milestones[0].Rates.Needed[0] != nil || done.Areas[0].Rates.Needed[0] != nil {
		t.Errorf("nothing is open: %+v", done.Rates.Needed[0])
	}
	first := metrics.Assess(plain(0), metrics.History{}, endOf(100))
	if first.Rates.Last14 != nil || first.Milestones[0].Rates.Last28 != nil || first.Rates.Needed[0].Days != 110 {
		t.Errorf("on the first day: %+v", first.Rates)
	}
	never := plain(0)
	never.Milestones[0].Progress = metrics.Progress{}
	if r := metrics.Assess(never, metrics.History{}, endOf(150)).Milestones[0].Rates; r.Needed[0].Units != nil || r.Needed[0].Points != 1000 || *r.Last14.Units != 0 {
		t.Errorf("without a total: %+v", r)
	}
	deadline := metrics.Day(210)
	if r := metrics.Assess(plain(1), metrics.History{}, deadline.End(wib)).Rates; r.Needed[0] != nil {
		t.Errorf("after midnight: %+v", r.Needed[0])
	}
	if r := metrics.Assess(plain(1), metrics.History{}, deadline.End(wib).Add(-time.Microsecond)).Rates; r.Needed[0].Days != 1 {
		t.Errorf("a moment before: %+v", r.Needed[0])
	}
}

// What is needed of the replay's rest: 13 points in the 31 days from 12 March to 12 April, and 11.60 points seen in 14 days.
func TestReplayRates(t *testing.T) {
	r := loadReplay(t)
	p, h := r.asOf(t, day(t, "2024-03-12"))
	a := metrics.Assess(p, h, endOf(day(t, "2024-03-12")))
	for i, d := range a.Deadlines {
		if d.Deadline.Key != "D3" {
			continue
		}
		if need := a.Rates.Needed[i]; need.Points != 1300 || need.Days != 31 || a.Rates.Last14.Points != 1160 || a.Rates.Last28.Points != 1200 {
			t.Errorf("needed %+v, seen %+v and %+v", need, a.Rates.Last14, a.Rates.Last28)
		}
	}
}

// Whatever moved, milestones make their areas and the program to the last unit, and the program's points are exact.
func TestRatesAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	for range 5000 {
		p := randomProgram(random)
		var h metrics.History
		exact := new(big.Rat)
		for _, m := range p.Milestones {
			c := m.Progress.Counts
			if c == nil || random.IntN(3) == 0 {
				continue
			}
			then := metrics.Counts{Done: random.Int64N(c.Done + 1), Total: c.Total}
			h.Days = append(h.Days, metrics.MilestoneDay{Milestone: m.Key, Day: p.Start, Counts: &then, Reports: 1})
			exact.Add(exact, exactPoints(m, &then, -1))
		}
		a := metrics.Assess(p, h, endOf(p.Start+28))
		if got := a.Rates.Last28.Points; got != a.Reported-floor(exact) {
			t.Fatalf("%d moved, exactly %d: %+v", got, a.Reported-floor(exact), p.Milestones)
		}
		var areas, milestones metrics.BasisPoints
		for _, area := range a.Areas {
			areas += area.Rates.Last28.Points
		}
		for _, m := range a.Milestones {
			if m.Rates.Last28 != nil {
				milestones += m.Rates.Last28.Points
			}
		}
		if areas != a.Rates.Last28.Points || milestones != areas {
			t.Fatalf("milestones make %d, areas %d, the program %d", milestones, areas, a.Rates.Last28.Points)
		}
	}
}
