package metrics_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tenggat/internal/metrics"
)

// Mario Vanhoucke's project of nine weeks that took eleven (PM Knowledge Center, "Earned Value Management: forecasting time"), here in
// hundredths of its currency.
func TestScheduleOfVanhouckesExample(t *testing.T) {
	planned := []metrics.BasisPoints{0, 500, 1000, 2500, 5500, 8500, 12_000, 13_000, 14_000, 15_000, 15_000, 15_000}
	earned := []metrics.BasisPoints{0, 333, 667, 1000, 2250, 7000, 8250, 9000, 12_000, 13_000, 14_000, 15_000}
	want := []int64{0, 67, 133, 200, 283, 450, 492, 514, 600, 700, 800, 900}
	index := []int64{0, 67, 67, 67, 71, 90, 82, 73, 75, 78, 80, 82}
	for week := range planned {
		s := metrics.ScheduleByPlan(planned, earned[week], week)
		if got := s.Earned.Hundredths(); got != want[week] || s.Planned != 9 || s.Elapsed != week {
			t.Errorf("week %d: ES %d, want %d; %+v", week, got, want[week], s)
		}
		if got := s.Variance.Hundredths(); got != want[week]-int64(week)*100 {
			t.Errorf("week %d: SV(t) %d", week, got)
		}
		if got, ok := s.IndexHundredths(); ok != (week > 0) || got != index[week] {
			t.Errorf("week %d: SPI(t) %d %v, want %d", week, got, ok, index[week])
		}
	}
	last := metrics.ScheduleByPlan(planned, 15_000, 11)
	if *last.Index != (metrics.Ratio{Num: 9, Den: 11}) { // 0.818, where SPI = EV / PV reads 1.00
		t.Errorf("at the end SPI(t) is %+v", last.Index)
	}
}

// A published table of twelve months, seven of them earned: the specification of Project.earned_schedule in Advantager (2017), which expects
// ES 6.52, SV(t) -0.48, SPI(t) 0.93 and, with the rest at that pace, 12.9 months in all. The months before follow from the same table.
func TestScheduleOfAPublishedSpecification(t *testing.T) {
	planned := []metrics.BasisPoints{0, 100, 350, 650, 1050, 1500, 2000, 2500, 2950, 3350, 3650, 3900, 4000}
	earned := []metrics.BasisPoints{0, 98, 325, 600, 960, 1360, 1830, 2260}
	want := []int64{0, 98, 190, 283, 378, 469, 566, 652}
	for month := range earned {
		s := metrics.ScheduleByPlan(planned, earned[month], month)
		if got := s.Earned.Hundredths(); got != want[month] || s.Planned != 12 {
			t.Errorf("month %d: ES %d, want %d", month, got, want[month])
		}
	}
	s := metrics.ScheduleByPlan(planned, earned[7], 7)
	if index, _ := s.IndexHundredths(); s.Earned.Hundredths() != 652 || s.Variance.Hundredths() != -48 || index != 93 {
		t.Errorf("month 7: ES %d, SV(t) %d, SPI(t) %d", s.Earned.Hundredths(), s.Variance.Hundredths(), index)
	}
	rest := float64(s.Planned) - float64(s.Earned.Num)/float64(s.Earned.Den)
	if total := 7 + rest*float64(s.Index.Den)/float64(s.Index.Num); math.Round(total*10) != 129 {
		t.Errorf("at that pace %v months in all", total)
	}
}

// The textbook case of a straight line: 200,000 in 12 months, 120,000 earned after 8.
func TestScheduleOfAStraightLine(t *testing.T) {
	byLine := metrics.ScheduleByLine(12, 120_000, 200_000, 8)
	monthly := make([]metrics.BasisPoints, 13)
	for i := range monthly {
		monthly[i] = metrics.BasisPoints(200_000 * i / 12)
	}
	for name, s := range map[string]*metrics.Schedule{"line": byLine, "month by month": metrics.ScheduleByPlan(monthly, 120_000, 8)} {
		index, _ := s.IndexHundredths()
		if s.Earned.Hundredths() != 720 || s.Variance.Hundredths() != -80 || index != 90 || s.Planned != 12 {
			t.Errorf("%s: ES %d, SV(t) %d, SPI(t) %d, PD %d", name, s.Earned.Hundredths(), s.Variance.Hundredths(), index, s.Planned)
		}
	}
}

// A published example of a straight line over a year: 5.3 million in 52 weeks, 2.7 million earned after 30. "Twenty-six weeks of
// planned progress" and "a four-week deficit", in whole weeks.
func TestScheduleOfAPublishedYear(t *testing.T) {
	s := metrics.ScheduleByLine(52, 2_700_000, 5_300_000, 30)
	if s.Earned.Hundredths() != 2649 || s.Variance.Hundredths() != -351 {
		t.Errorf("ES %d, SV(t) %d", s.Earned.Hundredths(), s.Variance.Hundredths())
	}
	if whole := s.Earned.Hundredths() / 100; whole != 26 || 30-whole != 4 {
		t.Errorf("%d whole weeks earned", whole)
	}
}

// Walt Lipke's figure ("Earned Schedule Concept"): all of May and a part of June is earned by the end of July, so that
// ES = 5 + (EV - PV of May) / (PV of June - PV of May) and AT = 7. The figure has no numbers; these are ours.
func TestScheduleOfLipkesFigure(t *testing.T) {
	planned := []metrics.BasisPoints{0, 40, 100, 190, 310, 450, 600, 740, 850, 930, 980, 1000}
	s := metrics.ScheduleByPlan(planned, 510, 7)
	if s.Earned != (metrics.Ratio{Num: 5*150 + 60, Den: 150}) || s.Variance.Hundredths() != -160 {
		t.Errorf("%+v", s)
	}
}

func TestScheduleWithoutAnAnswer(t *testing.T) {
	none := map[string]*metrics.Schedule{
		"no plan":                     metrics.ScheduleByPlan(nil, 10, 3),
		"a plan of nothing":           metrics.ScheduleByPlan([]metrics.BasisPoints{0, 0, 0}, 10, 1),
		"all at once":                 metrics.ScheduleByPlan([]metrics.BasisPoints{10, 10}, 10, 1),
		"not begun":                   metrics.ScheduleByPlan([]metrics.BasisPoints{0, 10}, 0, -1),
		"a line that ends at once":    metrics.ScheduleByLine(0, 10, 10, 1),
		"a line of nothing":           metrics.ScheduleByLine(5, 0, 0, 1),
		"a line that has not started": metrics.ScheduleByLine(5, 0, 10, -1),
	}
	for name, s := range none {
		if s != nil {
			t.Errorf("%s: %+v", name, s)
		}
	}
	first := metrics.ScheduleByLine(10, 0, 100, 0)
	if _, ok := first.IndexHundredths(); ok || first.Index != nil || first.Earned.Num != 0 {
		t.Errorf("on the first day: %+v", first)
	}
	if almost, _ := metrics.ScheduleByLine(1000, 9999, 10_000, 1000).IndexHundredths(); almost != 99 {
		t.Errorf("what is behind reads %d", almost)
	}
	if below := metrics.ScheduleByPlan([]metrics.BasisPoints{20, 30, 40}, 10, 2); below.Earned.Num != 0 {
		t.Errorf("less than the plan's first value: %+v", below)
	}
	flat := []metrics.BasisPoints{0, 10, 10, 10, 20}
	if s := metrics.ScheduleByPlan(flat, 10, 1); s.Earned != (metrics.Ratio{Num: 30, Den: 10}) {
		t.Errorf("what is flat is earned as soon as its level is: %+v", s)
	}
}

// ES never falls as more is earned, lies within the plan, and at a planned value gives that value's period back.
func TestEarnedScheduleRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		planned := []metrics.BasisPoints{0}
		for range rapid.IntRange(1, 12).Draw(t, "periods") {
			planned = append(planned, planned[len(planned)-1]+metrics.BasisPoints(rapid.Int64Range(0, 500).Draw(t, "step")))
		}
		planned = append(planned, planned[len(planned)-1]+1)
		all, at := planned[len(planned)-1], rapid.IntRange(0, 30).Draw(t, "elapsed")
		less := metrics.BasisPoints(rapid.Int64Range(0, int64(all)+5).Draw(t, "less"))
		more := less + metrics.BasisPoints(rapid.Int64Range(0, 100).Draw(t, "more"))
		a, b := metrics.ScheduleByPlan(planned, less, at), metrics.ScheduleByPlan(planned, more, at)
		if a.Earned.Num*b.Earned.Den > b.Earned.Num*a.Earned.Den {
			t.Fatalf("%d gives %+v, %d gives %+v", less, a.Earned, more, b.Earned)
		}
		if a.Earned.Num < 0 || b.Earned.Num > int64(b.Planned)*b.Earned.Den {
			t.Fatalf("outside the plan: %+v", b)
		}
		for period, value := range planned {
			if next := period + 1; next < len(planned) && planned[next] > value {
				if s := metrics.ScheduleByPlan(planned, value, at); s.Earned.Num != int64(period)*s.Earned.Den {
					t.Fatalf("period %d gives %+v", period, s.Earned)
				}
			}
		}
	})
}

// The replay against straight lines to both terms, and against its own plan.
func TestReplaySchedule(t *testing.T) {
	r := loadReplay(t)
	for _, want := range []struct {
		on           string
		march, april int64
		elapsed      int
	}{{"2024-03-01", 99, 133, 80}, {"2024-03-12", 87, 117, 91}} {
		p, h := r.asOf(t, day(t, want.on))
		p.Deadlines = []metrics.Deadline{{Key: "D2", Date: day(t, "2024-03-12")}, {Key: "D3", Date: day(t, "2024-04-12"), Binding: true}, {Key: "D0", Date: p.Start}}
		a := metrics.Assess(p, h, endOf(day(t, want.on)))
		march, _ := a.Deadlines[0].Schedule.IndexHundredths()
		april, _ := a.Deadlines[1].Schedule.IndexHundredths()
		if march != want.march || april != want.april || a.Deadlines[1].Schedule.Elapsed != want.elapsed || a.Deadlines[1].Schedule.Planned != 122 {
			t.Errorf("%s: SPI(t) %d and %d, want %d and %d; %+v", want.on, march, april, want.march, want.april, a.Deadlines[1].Schedule)
		}
		if a.Deadlines[2].Schedule != nil {
			t.Errorf("a deadline on the first day has a line: %+v", a.Deadlines[2].Schedule)
		}
	}
	p, h := r.asOf(t, day(t, "2024-03-12"))
	own := metrics.Assess(p, h, endOf(day(t, "2024-03-12"))).Schedule
	asked := func(iso string) int64 { return int64(metrics.Assess(p, h, endOf(day(t, iso))).Planned) }
	third, fourth := asked("2024-03-03"), asked("2024-03-04") // days 82 and 83: 87.00 points were due between them
	want := metrics.Ratio{Num: 82*(fourth-third) + 8700 - third, Den: fourth - third}
	if own.Earned != want || own.Earned.Hundredths() != 8222 || own.Planned != 115 || own.Elapsed != 91 || own.Variance.Hundredths() != -878 {
		t.Errorf("own plan: %+v, ES %+v", own, want)
	}
	if index, _ := own.IndexHundredths(); index != 90 {
		t.Errorf("SPI(t) %d", index)
	}
}

// Time stops counting once everything is earned; before the program begins there is nothing to measure.
func TestScheduleAtBothEnds(t *testing.T) {
	p := plain(100)
	f := newFeed(&p)
	for i := range p.Milestones {
		p.Milestones[i].Progress = metrics.Progress{}
		f.observe(t, p.Milestones[i].Key, metrics.Observation{
			Order: metrics.Order{At: metrics.Day(140 + i).Start(wib).Add(time.Hour), Key: p.Milestones[i].Key}, Counts: &metrics.Counts{Done: 1, Total: 1},
		})
	}
	a := metrics.Assess(p, f.history(), endOf(300))
	if a.Schedule.Elapsed != 49 || a.Schedule.Earned != (metrics.Ratio{Num: 100, Den: 1}) || a.Deadlines[0].Schedule.Elapsed != 49 {
		t.Errorf("finished on day 149: %+v, %+v", a.Schedule, a.Deadlines[0].Schedule)
	}
	early := metrics.Assess(plain(0), metrics.History{}, endOf(99))
	if early.Schedule != nil || early.Deadlines[0].Schedule != nil {
		t.Errorf("before the start: %+v", early.Schedule)
	}
	stairs := plain(40)
	stairs.Steps = []metrics.PlanStep{{On: 120, Share: 3000}, {On: 150, Share: 5000}, {On: 190, Share: 10_000}}
	if s := metrics.Assess(stairs, metrics.History{}, endOf(160)).Schedule; s.Planned != 90 || s.Earned.Hundredths() != 4950 || s.Elapsed != 60 {
		t.Errorf("stairs: %+v", s)
	}
	if s := metrics.Assess(metrics.Program{Zone: wib, Start: 10, Deadlines: []metrics.Deadline{{Date: 20}}}, metrics.History{}, endOf(15)); s.Schedule != nil || s.Deadlines[0].Schedule != nil {
		t.Error("a program without scope is measured")
	}
}
