package metrics_test

import (
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
	"tenggat/internal/metrics"
)

// firstMethod is the formula as it was before its shape and pace were fitted anew; docs/forecast.md#checks has its check values.
var firstMethod = metrics.ForecastSettings{Allowance: 182, RecentShare: 0.5, HalfLife: 26, EarlyTail: 1.1, EarlyPace: 1.1, Late: 1.1}

// weekly is a burn-up of weekly samples from 6 January 2025.
func weekly(t testing.TB, n int, done, total func(i int) float64) metrics.BurnUp {
	first := day(t, "2025-01-06")
	var b metrics.BurnUp
	for i := range n {
		b = append(b, metrics.Sample{Day: first + metrics.Day(7*i), Done: done(i), Total: total(i)})
	}
	return b
}

func always(total float64) func(int) float64 { return func(int) float64 { return total } }

func TestForecastCheckValues(t *testing.T) {
	fives := func(i int) float64 { return float64(5 * i) }
	for name, c := range map[string]struct {
		series                 metrics.BurnUp
		median, p10, p80, year float64
		settings               metrics.ForecastSettings
	}{
		"steady":  {weekly(t, 11, fives, always(100)), 252.0, 34.2, 888.6, 0.6005, firstMethod},
		"growing": {weekly(t, 11, fives, func(i int) float64 { return float64(100 + 2*i) }), 304.5, 41.3, 1073.8, 0.5497, firstMethod},
		"stalled": {weekly(t, 31, func(i int) float64 { return float64(min(10*i, 40)) }, always(80)), 430.7, 58.4, 1518.7, 0.4546, firstMethod},
		// By hand: 50 items at 5/7 a day are 70 days, 310 with the allowance; the early shape is 0.8 + 0.5 × 70/310 = 0.9129.
		// P10 = 310 / 9^(1/0.9129), P80 = 310 × 4^(1/1.4), and the year is later than the median: 1/(1 + (365/310)^-1.4).
		"steady, the method in use": {weekly(t, 11, fives, always(100)), 310, 27.9, 834.5, 0.5569, metrics.DefaultForecastSettings()},
	} {
		t.Run(name, func(t *testing.T) {
			asOf := c.series[len(c.series)-1].Day
			f := metrics.ForecastSeries(c.series, asOf, []metrics.Day{asOf + 365}, c.settings)
			near(t, "median", f.Basis.Median, c.median, 0.05)
			near(t, "P(365 days)", *f.Meets[0].Meet, c.year, 0.00005)
			for q, want := range map[*metrics.Day]float64{f.P10: c.p10, f.P50: c.median, f.P80: c.p80} {
				if got := float64(*q - asOf); got < want-0.05 || got >= want+1.05 {
					t.Errorf("date after %v days, want %v rounded up", got, want)
				}
			}
		})
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s %v, want %v", what, got, want)
	}
}

func TestForecastNotes(t *testing.T) {
	type samples = metrics.BurnUp
	for name, c := range map[string]struct {
		series   samples
		asOf     metrics.Day
		note     metrics.ForecastNote
		hasMeet  bool
		finished metrics.Day
	}{
		"no sample":                      {nil, 100, metrics.ForecastNoHistory, false, 0},
		"only later samples":             {samples{{101, 1, 2}}, 100, metrics.ForecastNoHistory, false, 0},
		"no total":                       {samples{{0, 0, 0}, {50, 0, 0}}, 100, metrics.ForecastNoTotal, false, 0},
		"one step within four weeks":     {samples{{0, 0, 10}, {9, 4, 10}}, 27, metrics.ForecastTooEarly, true, 0},
		"two steps within four weeks":    {samples{{0, 0, 10}, {5, 2, 10}, {9, 4, 10}}, 27, metrics.ForecastComplete, true, 0},
		"one step in four weeks":         {samples{{0, 0, 10}, {9, 4, 10}}, 28, metrics.ForecastComplete, true, 0},
		"first day":                      {samples{{10, 4, 10}}, 10, metrics.ForecastTooEarly, true, 0},
		"nothing moves":                  {samples{{0, 4, 10}, {60, 4, 10}}, 60, metrics.ForecastNoMove, true, 0},
		"less than at first":             {samples{{0, 4, 10}, {60, 3, 10}}, 60, metrics.ForecastNoMove, true, 0},
		"finished":                       {samples{{0, 4, 10}, {60, 10, 10}, {70, 10, 10}}, 90, metrics.ForecastFinished, true, 60},
		"finished, reopened, finished":   {samples{{0, 10, 10}, {60, 9, 10}, {70, 10, 10}}, 90, metrics.ForecastFinished, true, 70},
		"far away":                       {samples{{0, 0, 1000}, {300, 10, 1000}}, 300, metrics.ForecastFarAway, true, 0},
		"later samples change nothing":   {samples{{0, 0, 10}, {60, 4, 10}, {80, 10, 10}}, 60, metrics.ForecastComplete, true, 0},
		"of two on a day the last holds": {samples{{0, 0, 10}, {60, 4, 10}, {60, 10, 10}}, 60, metrics.ForecastFinished, true, 60},
	} {
		t.Run(name, func(t *testing.T) {
			f := metrics.ForecastSeries(c.series, c.asOf, []metrics.Day{c.asOf + 30}, metrics.DefaultForecastSettings())
			if f.Note != c.note {
				t.Fatalf("note %q, want %q", f.Note, c.note)
			}
			if (f.P10 != nil) != f.HasDates() || (f.P95 != nil) != (c.note == metrics.ForecastComplete) {
				t.Errorf("P10 %v and P95 %v under the note %q", f.P10, f.P95, f.Note)
			}
			if (f.Meets[0].Meet != nil) != c.hasMeet {
				t.Errorf("chance %v", f.Meets[0].Meet)
			}
			if c.note == metrics.ForecastFinished && (*f.Finished != c.finished || *f.Meets[0].Meet != 1) {
				t.Errorf("finished %v with chance %v", f.Finished, *f.Meets[0].Meet)
			}
		})
	}
}

// What is over is a fact, and so is a deadline that has come.
func TestForecastFacts(t *testing.T) {
	done := metrics.BurnUp{{Day: 0, Done: 0, Total: 5}, {Day: 60, Done: 5, Total: 5}}
	f := metrics.ForecastSeries(done, 90, []metrics.Day{59, 60}, metrics.DefaultForecastSettings())
	if *f.Meets[0].Meet != 0 || *f.Meets[1].Meet != 1 {
		t.Errorf("finished on 60: chances %v and %v of 59 and 60", *f.Meets[0].Meet, *f.Meets[1].Meet)
	}
	f = metrics.ForecastSeries(done, 59, []metrics.Day{59, 60, 100_000}, metrics.DefaultForecastSettings())
	if *f.Meets[0].Meet != 0 || *f.Meets[1].Meet != 0.02 || *f.Meets[2].Meet != 0.98 {
		t.Errorf("open: chances %v, %v and %v", *f.Meets[0].Meet, *f.Meets[1].Meet, *f.Meets[2].Meet)
	}
}

// burnUps draws burn-ups with steps forward, corrections, growth and falling scope; not necessarily anything is left.
func burnUps() *rapid.Generator[metrics.BurnUp] {
	return rapid.Custom(func(t *rapid.T) metrics.BurnUp {
		var b metrics.BurnUp
		on, done, total := metrics.Day(rapid.Int32Range(0, 30000).Draw(t, "first")), 0, rapid.IntRange(1, 5000).Draw(t, "total")
		for range rapid.IntRange(1, 40).Draw(t, "samples") {
			done = max(0, done+rapid.IntRange(-3, 60).Draw(t, "done"))
			total = max(1, total+rapid.IntRange(-5, 9).Draw(t, "growth"))
			b = append(b, metrics.Sample{Day: on, Done: float64(min(done, total)), Total: float64(total)})
			on += metrics.Day(rapid.IntRange(0, 40).Draw(t, "pause"))
		}
		return b
	})
}

func TestForecastProperties(t *testing.T) {
	s := metrics.DefaultForecastSettings()
	rapid.Check(t, func(t *rapid.T) {
		series := burnUps().Draw(t, "series")
		asOf := series[len(series)-1].Day + metrics.Day(rapid.IntRange(0, 200).Draw(t, "silence"))
		first := metrics.Day(rapid.IntRange(-10, 3000).Draw(t, "deadline"))
		later := first + metrics.Day(rapid.IntRange(0, 900).Draw(t, "more"))
		f := metrics.ForecastSeries(series, asOf, []metrics.Day{asOf + first, asOf + later}, s)
		if again := metrics.ForecastSeries(series, asOf, []metrics.Day{asOf + first, asOf + later}, s); !reflect.DeepEqual(f, again) {
			t.Fatalf("twice the same gives %+v and %+v", f, again)
		}
		if a, b := *f.Meets[0].Meet, *f.Meets[1].Meet; a > b || a < 0 || b > 1 {
			t.Fatalf("chances %v of %d and %v of %d", a, first, b, later)
		}
		other := metrics.ForecastSeries(series, asOf, nil, s)
		if f.Meets = nil; !reflect.DeepEqual(f, other) {
			t.Fatalf("the deadlines move the forecast: %+v and %+v", f, other)
		}
		series = append(series, metrics.Sample{Day: asOf + 1, Done: 1e6, Total: 1e6})
		if peeking := metrics.ForecastSeries(series, asOf, nil, s); !reflect.DeepEqual(other, peeking) {
			t.Fatalf("a later sample moves the forecast: %+v and %+v", other, peeking)
		}
		if f.HasDates() {
			checkDates(t, series, f, s)
		}
	})
}

// checkDates checks that quantiles are ordered, ahead, and agree with the chances.
func checkDates(t *rapid.T, series metrics.BurnUp, f metrics.Forecast, s metrics.ForecastSettings) {
	before := f.AsOf
	for q, date := range map[float64]*metrics.Day{0.10: f.P10, 0.50: f.P50, 0.80: f.P80, 0.95: f.P95} {
		if date == nil {
			continue
		}
		if *date <= f.AsOf || *date > f.Horizon {
			t.Fatalf("P%v on %v as of %v", q*100, date, f.AsOf)
		}
		meets := metrics.ForecastSeries(series, f.AsOf, []metrics.Day{*date, *date - 1}, s).Meets
		if *meets[0].Meet < q-1e-9 || *meets[1].Meet > q+1e-9 {
			t.Fatalf("chance %v by P%v, %v the day before", *meets[0].Meet, q*100, *meets[1].Meet)
		}
	}
	missing := false
	for _, date := range []*metrics.Day{f.P10, f.P50, f.P80, f.P95} {
		switch {
		case date == nil:
			missing = true
		case missing || *date < before:
			t.Fatalf("dates out of order: %v %v %v %v", f.P10, f.P50, f.P80, f.P95)
		default:
			before = *date
		}
	}
	if missing != (f.Note == metrics.ForecastFarAway) {
		t.Fatalf("note %q with dates %v %v %v %v", f.Note, f.P10, f.P50, f.P80, f.P95)
	}
}

// The more is left, the later; nothing else being different.
func TestForecastMoreIsLater(t *testing.T) {
	s := metrics.DefaultForecastSettings()
	rapid.Check(t, func(t *rapid.T) {
		less := burnUps().Draw(t, "series")
		extra := float64(rapid.IntRange(1, 3000).Draw(t, "extra"))
		more := append(metrics.BurnUp(nil), less...)
		for i := range more {
			more[i].Total += extra
		}
		asOf := less[len(less)-1].Day
		a, b := metrics.ForecastSeries(less, asOf, []metrics.Day{asOf + 90}, s), metrics.ForecastSeries(more, asOf, []metrics.Day{asOf + 90}, s)
		if *b.Meets[0].Meet > *a.Meets[0].Meet {
			t.Fatalf("with %v more left the chance rises from %v to %v", extra, *a.Meets[0].Meet, *b.Meets[0].Meet)
		}
		if !a.HasDates() {
			return
		}
		for i, date := range []*metrics.Day{b.P10, b.P50, b.P80, b.P95} {
			if was := []*metrics.Day{a.P10, a.P50, a.P80, a.P95}[i]; date != nil && (was == nil || *date < *was) {
				t.Fatalf("with %v more left a date moves from %v to %v", extra, was, date)
			}
		}
	})
}

// Counting in hundreds or in singles is the same, once anything at all is done: the formula knows no unit.
func TestForecastScale(t *testing.T) {
	s := metrics.DefaultForecastSettings()
	rapid.Check(t, func(t *rapid.T) {
		series := burnUps().Draw(t, "series")
		asOf := series[len(series)-1].Day
		scaled := append(metrics.BurnUp(nil), series...)
		factor := math.Exp2(float64(rapid.IntRange(1, 20).Draw(t, "doublings"))) // exact in floating point
		for i := range scaled {
			scaled[i].Done *= factor
			scaled[i].Total *= factor
		}
		a, b := metrics.ForecastSeries(series, asOf, nil, s), metrics.ForecastSeries(scaled, asOf, nil, s)
		if a.Note != b.Note {
			t.Fatalf("notes %q and %q", a.Note, b.Note)
		}
		if a.HasDates() && (a.Basis.Median != b.Basis.Median || !reflect.DeepEqual(a.P80, b.P80)) {
			t.Fatalf("medians %v and %v", a.Basis.Median, b.Basis.Median)
		}
	})
}
