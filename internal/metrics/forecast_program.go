package metrics

import "slices"

// ProgramForecast is when a program, its areas and its milestones may be finished.
type ProgramForecast struct {
	AsOf       Day
	Points     Forecast   // from the program's points
	Latest     Forecast   // from its open milestones: each date the latest of theirs, each chance the smallest
	Last       int        // the milestone whose median is the latest; -1: none
	Blind      []int      // open milestones that have no dates of their own: Latest then has none either
	Governs    ForecastBy // which of the two the page goes by: the later
	Areas      []Forecast // in the order of Assessment.Areas, from their points
	Milestones []Forecast // in the order of Assessment.Milestones, from their counts

	// OwnersFirst says that so few milestones are open that their owners' dates stand first, and pace beside them.
	OwnersFirst bool
	Owners      OwnerFinish
}

// ForecastBy tells what a program's forecast is made from.
type ForecastBy string

// The bases of a program's forecast.
const (
	ByPoints     ForecastBy = "points"
	ByMilestones ForecastBy = "milestones"
)

// Governing is the forecast that the page goes by.
func (f ProgramForecast) Governing() Forecast {
	if f.Governs == ByMilestones {
		return f.Latest
	}
	return f.Points
}

// ForecastProgram forecasts a program, its areas and its milestones as of the day a was judged at, with the chances of
// p.Deadlines in their order. h is the history a was made with. A positive allowance is the program's own setting in days; with 0
// each thing gets the default, but no more than its own length (docs/forecast.md#allowance).
func ForecastProgram(p Program, h History, a Assessment, allowance int) ProgramForecast {
	f := forecaster{program: p, assessment: a, allowance: float64(allowance), counts: countLines(p, h, a.Today)}
	for _, d := range p.Deadlines {
		f.deadlines = append(f.deadlines, d.Date)
	}
	result := ProgramForecast{
		AsOf: a.Today, Governs: ByPoints, Owners: a.OwnerFinish,
		OwnersFirst: a.Open > 0 && a.Open <= p.Rules.orDefault().EndgameOpen,
	}
	for _, m := range a.Milestones {
		result.Milestones = append(result.Milestones, f.milestone(m.Milestone))
	}
	weights := areaWeights(p, h, a)
	for i := range a.Areas {
		result.Areas = append(result.Areas, f.area(weights, i, result.Milestones))
	}
	result.Points = f.whole(result.Milestones)
	result.combine(f)
	return result
}

// forecaster is what the parts of a program's forecast share.
type forecaster struct {
	program    Program
	assessment Assessment
	allowance  float64
	deadlines  []Day
	counts     map[string]*countLine
}

// countLine is a milestone's count day by day: the highest done since the last correction.
type countLine struct {
	known  *Counts
	burnUp BurnUp
}

// countLines folds the history once for all milestones. What a sender's clock dated later happened today.
func countLines(p Program, h History, today Day) map[string]*countLine {
	lines := make(map[string]*countLine, len(p.Milestones))
	for _, m := range p.Milestones {
		lines[m.Key] = &countLine{}
	}
	for i := range h.Days {
		if line := lines[h.Days[i].Milestone]; line != nil {
			line.fold(&h.Days[i], today)
		}
	}
	return lines
}

func (l *countLine) fold(d *MilestoneDay, today Day) {
	l.known = d.carry(l.known)
	switch n := len(l.burnUp); {
	case l.known != nil:
		l.burnUp = append(l.burnUp, Sample{min(d.Day, today), float64(l.known.Done), float64(l.known.Total)})
	case n > 0: // withdrawn altogether
		l.burnUp = append(l.burnUp, Sample{min(d.Day, today), 0, l.burnUp[n-1].Total})
	}
}

// milestone forecasts one milestone from its counts. Where it was planned to start before its first report it starts then with
// nothing, as its points do.
func (f forecaster) milestone(m Milestone) Forecast {
	b := f.counts[m.Key].burnUp
	if len(b) > 0 && m.Start < b[0].Day {
		b = append(BurnUp{{m.Start, 0, b[0].Total}}, b...)
	}
	return f.series(b, m.Start, m.Due)
}

// area forecasts one area from its points, each day's out of the weight that the area then had.
func (f forecaster) area(weights [][]BasisPoints, index int, milestones []Forecast) Forecast {
	area := f.assessment.Areas[index]
	if area.Open == 0 && len(area.Milestones) > 0 {
		return f.over(pick(milestones, area.Milestones))
	}
	var b BurnUp
	for i, point := range f.assessment.Curve.Points {
		b = append(b, Sample{point.Day, float64(point.ByArea[index]), float64(weights[i][index])})
	}
	first, last := f.planned(area.Milestones)
	return f.series(b.open(), first, last)
}

// areaWeights is each area's weight at each point of the curve, as that day's weight set had it.
func areaWeights(p Program, h History, a Assessment) [][]BasisPoints {
	w := newWalk(p, h, a.Today)
	weights := make([][]BasisPoints, len(a.Curve.Points))
	for i, point := range a.Curve.Points {
		if i > 0 && point.Day < a.Today && !w.weighedAnew(a.Curve.Points[i-1].Day, point.Day) {
			weights[i] = weights[i-1]
			continue
		}
		weights[i] = make([]BasisPoints, len(a.Areas))
		set := w.weightsOn(point.Day).Weights
		for j, key := range w.keys {
			if w.areas[j] >= 0 {
				weights[i][w.areas[j]] += set[key]
			}
		}
	}
	return weights
}

// weighedAnew reports whether a weight set came into force after one day and by the end of another.
func (w *walk) weighedAnew(after, by Day) bool {
	return slices.ContainsFunc(w.weights, func(set WeightsFrom) bool { return set.From > after && set.From <= by })
}

// whole forecasts the program from its points.
func (f forecaster) whole(milestones []Forecast) Forecast {
	if f.assessment.Open == 0 && len(milestones) > 0 {
		return f.over(milestones)
	}
	var b BurnUp
	var all []int
	for _, point := range f.assessment.Curve.Points {
		b = append(b, Sample{point.Day, float64(point.Reported), float64(Whole)})
	}
	for i := range milestones {
		all = append(all, i)
	}
	_, last := f.planned(all)
	return f.series(b.open(), f.program.Start, last)
}

// open keeps a burn-up of points from reading as finished while a milestone is open whose weight rounds to nothing.
func (b BurnUp) open() BurnUp {
	if last := &b[len(b)-1]; last.Total > 0 {
		last.Total = max(last.Total, last.Done+1)
	}
	return b
}

// over is the forecast of what has nothing open: finished when the last of its milestones was.
func (f forecaster) over(milestones []Forecast) Forecast {
	finished := f.program.Start
	for _, m := range milestones {
		if m.Finished != nil {
			finished = max(finished, *m.Finished)
		}
	}
	return finishedForecast(f.assessment.Today, finished, f.deadlines)
}

// planned is the span that the plan gives some milestones.
func (f forecaster) planned(milestones []int) (start, due Day) {
	for n, i := range milestones {
		m := f.assessment.Milestones[i].Milestone
		if n == 0 {
			start, due = m.Start, m.Due
		}
		start, due = min(start, m.Start), max(due, m.Due)
	}
	return start, due
}

// series forecasts one burn-up of a thing that is planned from start to due.
func (f forecaster) series(b BurnUp, start, due Day) Forecast {
	settings := DefaultForecastSettings()
	if f.allowance > 0 {
		settings.Allowance = f.allowance
	} else {
		if len(b) > 0 {
			start = min(start, b[0].Day)
		}
		length := max(1, float64(due-start), float64(f.assessment.Today-start))
		settings.Allowance = min(settings.Allowance, length)
	}
	return ForecastSeries(b, f.assessment.Today, f.deadlines, settings)
}

func pick(forecasts []Forecast, indices []int) []Forecast {
	var some []Forecast
	for _, i := range indices {
		some = append(some, forecasts[i])
	}
	return some
}

// combine takes the latest of the open milestones and lets the later of the two forecasts govern.
func (r *ProgramForecast) combine(f forecaster) {
	r.Last = -1
	r.Latest = Forecast{AsOf: r.AsOf, Horizon: r.AsOf + ForecastHorizon, Method: ForecastMethod}
	for i, m := range r.Milestones {
		if !f.assessment.Milestones[i].Open {
			continue
		}
		if !m.HasDates() {
			r.Blind = append(r.Blind, i)
		} else if r.Last < 0 || m.Basis.Median > r.Milestones[r.Last].Basis.Median {
			r.Last = i
		}
		r.Latest.Meets = smaller(r.Latest.Meets, m.Meets)
	}
	switch {
	case f.assessment.Open == 0 && len(r.Milestones) > 0:
		r.Latest = r.Points
	case len(r.Milestones) == 0:
		r.Latest.Note, r.Latest.Meets = ForecastNoHistory, noChances(f.deadlines)
	case len(r.Blind) > 0:
		r.Latest.Note = ForecastPartBlind
	default:
		r.latest(f)
	}
}

// latest fills in the dates; every open milestone has its own.
func (r *ProgramForecast) latest(f forecaster) {
	r.Latest.Basis = r.Milestones[r.Last].Basis
	last := func(date func(Forecast) *Day) *Day {
		var latest *Day
		for i, m := range r.Milestones {
			if !f.assessment.Milestones[i].Open {
				continue
			}
			d := date(m)
			if d == nil {
				return nil
			}
			if latest == nil || *d > *latest {
				latest = d
			}
		}
		return latest
	}
	r.Latest.P10 = last(func(m Forecast) *Day { return m.P10 })
	r.Latest.P50 = last(func(m Forecast) *Day { return m.P50 })
	r.Latest.P80 = last(func(m Forecast) *Day { return m.P80 })
	r.Latest.P95 = last(func(m Forecast) *Day { return m.P95 })
	if r.Latest.P95 == nil {
		r.Latest.Note = ForecastFarAway
	}
	if !r.Points.HasDates() || r.Latest.Basis.Median > r.Points.Basis.Median {
		r.Governs = ByMilestones
	}
}

// smaller is the smaller chance of each deadline; one that cannot be said leaves the whole unsaid.
func smaller(a, b []Chance) []Chance {
	if a == nil {
		return append(a, b...)
	}
	for i := range b {
		if a[i].Meet != nil && (b[i].Meet == nil || *b[i].Meet < *a[i].Meet) {
			a[i] = b[i]
		}
	}
	return a
}
