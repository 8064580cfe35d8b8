package metrics

import "time"

// DayFigures are a program's figures at the end of one day, as known now and weighed as that day weighed them: a point of the curve
// with the sum behind it, term by term. Terms and Unweighted add up to the whole, and Areas and the terms that belong to none do.
type DayFigures struct {
	Day Day
	Figures
	Weights    WeightsFrom // the set in force
	Unweighted BasisPoints // points of the whole that no milestone in scope carried
	Areas      []AreaFigures
	Terms      []DayTerm // the program's milestones in their order, then those that have left the scope since
}

// AreaFigures are one area's at the end of a day. Areas[i] belongs to Program.Areas[i].
type AreaFigures struct {
	Key    string
	Weight BasisPoints
	Share  BasisPoints // reported, of the area
	Figures
}

// DayTerm is one summand: weight x done / total.
type DayTerm struct {
	Key    string
	Area   int // index into Areas; -1: left the scope since, to which area it belonged is not kept
	Weight BasisPoints
	Counts *Counts // nil: no count was known
	Share  BasisPoints
	Figures
}

// FiguresOn are the figures at the end of day, as known now. ok is false before the program's first day and after today.
func FiguresOn(p Program, h History, at time.Time, day Day) (f DayFigures, ok bool) {
	w := newWalk(p, h, DayOf(at, p.Zone))
	if day < w.first || day > w.today {
		return DayFigures{}, false
	}
	return *w.figures(day), true
}

// figures folds everything up to the end of day.
func (w *walk) figures(day Day) *DayFigures {
	point := w.to(day)
	f := &DayFigures{Day: day, Weights: w.weightsOn(day), Unweighted: Whole}
	f.Figures = Figures{
		Reported: point.Reported, Verified: point.Verified, Accepted: point.Accepted, Outstanding: Whole - point.Reported,
		Planned: point.Planned, Deviation: point.Reported - point.Planned,
	}
	for _, area := range w.program.Areas {
		f.Areas = append(f.Areas, AreaFigures{Key: area.Key})
	}
	earned, verified, accepted := w.printed(day)
	planned := apportion(w.program.plannedParts(day), nil)
	shares := make([][]part, len(f.Areas))
	for i, key := range w.keys {
		if !w.inScope(key, day) {
			continue
		}
		term := DayTerm{Key: key, Area: w.areas[i], Weight: f.Weights.Weights[key], Counts: w.counts[key]}
		term.Figures = Figures{Reported: earned[i], Verified: verified[i], Accepted: accepted[i], Outstanding: term.Weight - earned[i]}
		if i < len(planned) {
			term.Planned = planned[i]
		}
		term.Deviation = term.Reported - term.Planned
		if c := term.Counts; c != nil {
			term.Share = ratio{c.Done, c.Total}.share()
			if term.Area >= 0 {
				shares[term.Area] = append(shares[term.Area], newPart(term.Weight*Whole, ratio{c.Done, c.Total}))
			}
		}
		f.add(term)
	}
	for i := range f.Areas {
		if a := &f.Areas[i]; a.Weight > 0 {
			a.Share = floorSum(shares[i]) / a.Weight
		}
	}
	return f
}

func (f *DayFigures) add(term DayTerm) {
	f.Terms = append(f.Terms, term)
	f.Unweighted -= term.Weight
	if term.Area >= 0 {
		a := &f.Areas[term.Area]
		a.Weight, a.Figures = a.Weight+term.Weight, a.Figures.plus(term.Figures)
	}
}
