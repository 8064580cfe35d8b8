package metrics

import "math"

// ForecastSeries forecasts one burn-up from what it showed by the end of asOf. Later samples are not looked at, and the deadlines
// move nothing but their own chances. The same input gives the same forecast: there is no simulation.
//
// In words: at the pace so far the rest takes Basis.PaceDays; things like this one took about the allowance more than that, one in
// five of them more than 2.7 times as long. docs/forecast.md has the formula, its fit and its record.
func ForecastSeries(series BurnUp, asOf Day, deadlines []Day, s ForecastSettings) Forecast {
	known := series.until(asOf)
	f := Forecast{AsOf: asOf, Horizon: asOf + ForecastHorizon, Method: ForecastMethod}
	f.Note = known.note(asOf)
	switch f.Note {
	case ForecastNoHistory, ForecastNoTotal:
		f.Meets = noChances(deadlines)
	case ForecastFinished:
		return finishedForecast(asOf, known.finished(), deadlines)
	default:
		f.Basis = known.basis(asOf, s)
		f.Meets = f.Basis.chances(asOf, deadlines)
		if f.Note == ForecastComplete {
			f.date()
		}
	}
	return f
}

// finishedForecast is the forecast of what is over: its chances are facts.
func finishedForecast(asOf, finished Day, deadlines []Day) Forecast {
	f := Forecast{AsOf: asOf, Horizon: asOf + ForecastHorizon, Note: ForecastFinished, Finished: &finished, Method: ForecastMethod}
	for _, d := range deadlines {
		met := float64(rank(finished <= d))
		f.Meets = append(f.Meets, Chance{d, &met})
	}
	return f
}

func noChances(deadlines []Day) []Chance {
	var none []Chance
	for _, d := range deadlines {
		none = append(none, Chance{Deadline: d})
	}
	return none
}

// until leaves out what was observed after day.
func (b BurnUp) until(day Day) BurnUp {
	n := len(b)
	for n > 0 && b[n-1].Day > day {
		n--
	}
	return b[:n]
}

// note is what stands against naming dates.
func (b BurnUp) note(asOf Day) ForecastNote {
	if len(b) == 0 {
		return ForecastNoHistory
	}
	first, last := b[0], b[len(b)-1]
	switch {
	case last.Total <= 0:
		return ForecastNoTotal
	case last.Done >= last.Total:
		return ForecastFinished
	case asOf-first.Day < leastSpan && b.progress() < leastProgress:
		return ForecastTooEarly
	case last.Done <= first.Done:
		return ForecastNoMove
	}
	return ForecastComplete
}

// progress counts the samples with more done than the one before.
func (b BurnUp) progress() int {
	n := 0
	for i := 1; i < len(b); i++ {
		n += rank(b[i].Done > b[i-1].Done)
	}
	return n
}

// finished is the day since which nothing has been left.
func (b BurnUp) finished() Day {
	i := len(b) - 1
	for i > 0 && b[i-1].Total > 0 && b[i-1].Done >= b[i-1].Total {
		i--
	}
	return b[i].Day
}

// basis reckons pace, median and shape. There is a sample, and something is left.
func (b BurnUp) basis(asOf Day, s ForecastSettings) ForecastBasis {
	first, last := b[0], b[len(b)-1]
	f := ForecastBasis{
		Since: first.Day, Days: max(1, float64(asOf-first.Day)), Idle: int(asOf - b.best()),
		Done: max(0.5, last.Done-first.Done), Remaining: last.Total - last.Done, Allowance: s.Allowance, Late: s.Late,
	}
	f.Overall = f.Done / f.Days
	f.Recent, f.Growth = f.Overall, 0
	if asOf > first.Day {
		f.Recent, f.Growth = b.recent(asOf, s.HalfLife)
	}
	net := (1-s.RecentShare)*f.Overall + s.RecentShare*f.Recent - f.Growth/2
	f.Pace = max(net, f.Overall/10)
	f.PaceDays = f.Remaining / f.Pace
	f.Median = f.PaceDays + f.Allowance
	f.Early = s.EarlyTail + (s.EarlyPace-s.EarlyTail)*f.PaceDays/f.Median
	return f
}

// best is the day on which the highest done was first reached.
func (b BurnUp) best() Day {
	best := b[0]
	for _, s := range b {
		if s.Done > best.Done {
			best = s
		}
	}
	return best.Day
}

// recent is the pace of done and of the total, in weeks counted back from asOf whose weight halves every halfLife weeks. Falling
// counts as nothing: a correction is not negative work, nor a smaller scope work.
func (b BurnUp) recent(asOf Day, halfLife float64) (pace, growth float64) {
	weight, fade, days := 1.0, math.Exp2(-1/halfLife), 0.0
	i := len(b) - 1
	for to := asOf; to > b[0].Day; to -= 7 {
		from := max(b[0].Day, to-7)
		end := b[i]
		for b[i].Day > from {
			i--
		}
		pace += weight * max(0, end.Done-b[i].Done)
		growth += weight * max(0, end.Total-b[i].Total)
		days += weight * float64(to-from)
		weight *= fade
	}
	return pace / days, growth / days
}

// days is the remaining time that the share q of all outcomes keeps within: log-logistic, with a shape for each side.
func (f ForecastBasis) days(q float64) float64 {
	return f.Median * math.Pow(q/(1-q), 1/f.shape(q > 0.5))
}

// within is the share of all outcomes that keep within so many days; the inverse of days.
func (f ForecastBasis) within(days float64) float64 {
	return 1 / (1 + math.Pow(days/f.Median, -f.shape(days > f.Median)))
}

func (f ForecastBasis) shape(late bool) float64 {
	if late {
		return f.Late
	}
	return f.Early
}

// chances are the chances of deadlines, shown as no surer than anybody can be. A day that has come is not met any more.
func (f ForecastBasis) chances(asOf Day, deadlines []Day) []Chance {
	var chances []Chance
	for _, d := range deadlines {
		meet := 0.0
		if d > asOf {
			meet = min(max(f.within(float64(d-asOf)), leastMeet), mostMeet)
		}
		chances = append(chances, Chance{d, &meet})
	}
	return chances
}

// date names the four dates, as far as they lie before the horizon.
func (f *Forecast) date() {
	f.P10, f.P50, f.P80, f.P95 = f.dateOf(0.10), f.dateOf(0.50), f.dateOf(0.80), f.dateOf(0.95)
	if f.P95 == nil {
		f.Note = ForecastFarAway
	}
}

func (f *Forecast) dateOf(q float64) *Day {
	const hair = 1e-9 // so that rounding up does not turn a whole day's last bit into a day more
	days := math.Ceil(f.Basis.days(q) - hair)
	if !(days <= ForecastHorizon) {
		return nil
	}
	date := f.AsOf + max(1, Day(days))
	return &date
}
