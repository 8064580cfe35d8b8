package metrics

import (
	"maps"
	"slices"
)

// newCurve folds the history into the line from the program's start to today: on every day on which something was observed or the
// weights changed, what was known to be done by its end, weighed as that day weighed it.
func newCurve(p Program, h History, today Day) Curve {
	w := newWalk(p, h, today)
	c := Curve{Plan: p.planLine(w.first), Stairs: len(p.Steps) > 0, Changes: h.Changes}
	for _, day := range w.days() {
		c.Points = append(c.Points, w.to(day))
	}
	c.Totals = w.totals
	if n := len(h.Days); n > 0 {
		last := min(h.Days[n-1].Day, today)
		c.LastReport, c.GapDays = &last, int(today-last)
	}
	return c
}

// walk goes through a program's days in order.
type walk struct {
	program Program
	today   Day
	first   Day
	pending []MilestoneDay // not yet folded
	weights []WeightsFrom
	keys    []string // the program's milestones in their order, then those that have left the scope
	areas   []int    // of each key the index of its area; -1: left the scope
	left    map[string]Day
	counts  map[string]*Counts
	totals  []TotalChange
	backing backing
}

func newWalk(p Program, h History, today Day) *walk {
	w := &walk{
		program: p, today: today, first: min(p.Start, today), pending: h.Days, weights: h.Weights,
		left: map[string]Day{}, counts: map[string]*Counts{}, backing: newBacking(h),
	}
	if len(h.Days) > 0 {
		w.first = min(w.first, h.Days[0].Day)
	}
	if len(w.weights) == 0 {
		w.weights = []WeightsFrom{p.currentWeights()}
	}
	for _, m := range p.Milestones {
		w.keys = append(w.keys, m.Key)
		w.areas = append(w.areas, slices.IndexFunc(p.Areas, func(a Area) bool { return a.Key == m.Area }))
	}
	w.addFormer(h)
	return w
}

func (p Program) currentWeights() WeightsFrom {
	weights := make(map[string]BasisPoints, len(p.Milestones))
	for _, m := range p.Milestones {
		weights[m.Key] = m.Weight
	}
	return WeightsFrom{From: p.Start, Weights: weights}
}

// addFormer takes in the milestones that once had a weight and are no longer in scope. They count until the day of the last
// change that names them, or until today if none does: days before that are not repainted.
func (w *walk) addFormer(h History) {
	former := map[string]bool{}
	for _, set := range w.weights {
		for key := range set.Weights {
			if !slices.Contains(w.keys, key) {
				former[key] = true
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(former)) {
		w.keys, w.areas = append(w.keys, key), append(w.areas, -1)
		w.left[key] = w.today
		for _, c := range h.Changes {
			if c.Kind == "milestone" && c.Key == key {
				w.left[key] = min(c.On, w.today)
			}
		}
	}
}

// days are those on which the line may bend, its two ends included. What was dated after today (a sender's clock may run ahead by
// a little) counts today.
func (w *walk) days() []Day {
	days := []Day{w.first, w.today}
	add := func(day Day) { days = append(days, min(max(day, w.first), w.today)) }
	for _, d := range w.pending {
		add(d.Day)
	}
	for _, set := range w.weights {
		add(set.From)
	}
	for _, day := range w.left {
		add(day)
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// to folds everything up to the end of day.
func (w *walk) to(day Day) CurvePoint {
	point := CurvePoint{Day: day, ByArea: make([]BasisPoints, len(w.program.Areas)), Planned: floorSum(w.program.plannedParts(day))}
	for len(w.pending) > 0 && (w.pending[0].Day <= day || day == w.today) {
		w.fold(w.pending[0])
		point.note(w.pending[0])
		w.pending = w.pending[1:]
	}
	earned, verified, accepted := w.printed(day)
	for i := range w.keys {
		point.Reported, point.Verified, point.Accepted = point.Reported+earned[i], point.Verified+verified[i], point.Accepted+accepted[i]
		if w.areas[i] >= 0 {
			point.ByArea[w.areas[i]] += earned[i]
		} else {
			point.OutOf += earned[i]
		}
	}
	return point
}

// printed are the points of each key at the end of day, once that day is folded.
func (w *walk) printed(day Day) (earned, verified, accepted []BasisPoints) {
	n := len(w.keys)
	earned, verified, accepted = apportion(w.parts(day, Counts.all), nil), make([]BasisPoints, n), make([]BasisPoints, n)
	w.backing.to(day, day == w.today)
	if w.backing.evidence() {
		verified = apportion(w.parts(day, w.backing.supported), earned)
	}
	if w.backing.letters() {
		accepted = apportion(w.parts(day, w.backing.covered), earned)
	}
	return earned, verified, accepted
}

// note keeps whose observation a point rests on.
func (p *CurvePoint) note(d MilestoneDay) {
	p.HasReport = true
	if !slices.Contains(p.Observed, d.Milestone) {
		p.Observed = append(p.Observed, d.Milestone)
	}
	if !d.Corrected.IsZero() && !slices.Contains(p.Corrected, d.Milestone) {
		p.Corrected = append(p.Corrected, d.Milestone)
	}
}

// fold carries a milestone's count over one more of its days, and notes where its total moved.
func (w *walk) fold(d MilestoneDay) {
	known := w.counts[d.Milestone]
	next := d.carry(known)
	w.counts[d.Milestone] = next
	w.backing.reopen(d.Milestone, d.Reopened)
	if known != nil && next != nil && known.Total != next.Total {
		w.totals = append(w.totals, TotalChange{min(d.Day, w.today), d.Milestone, known.Total, next.Total})
	}
}

// carry is the count after one more day: a correction starts it anew, otherwise the highest done stands.
func (d MilestoneDay) carry(known *Counts) *Counts {
	if !d.Corrected.IsZero() || d.Counts != nil && (known == nil || d.Counts.Done >= known.Done) {
		return d.Counts
	}
	return known
}

// parts are the exact values of each key's count, or of so much of it as counts.
func (w *walk) parts(day Day, counting func(c Counts, key string) int64) []part {
	weights := w.weightsOn(day).Weights
	parts := make([]part, len(w.keys))
	for i, key := range w.keys {
		if c := w.counts[key]; c != nil && w.inScope(key, day) {
			parts[i] = newPart(weights[key], ratio{counting(*c, key), c.Total})
		}
	}
	return parts
}

func (c Counts) all(string) int64 { return c.Done }

// inScope is false from the day on which a former milestone left.
func (w *walk) inScope(key string, day Day) bool {
	left, former := w.left[key]
	return !former || day < left
}

// weightsOn is the weight set in force at the end of day.
func (w *walk) weightsOn(day Day) WeightsFrom {
	after, _ := slices.BinarySearchFunc(w.weights, day, func(set WeightsFrom, day Day) int {
		if set.From <= day || day == w.today {
			return -1
		}
		return 1
	})
	return w.weights[max(0, after-1)]
}

// change is what moved from the end of day since to the last point of the curve.
func (c Curve) change(since Day) Change {
	last, then := c.Points[len(c.Points)-1], c.On(since)
	change := Change{Since: since, Total: last.Reported - then.Reported, OutOf: last.OutOf - then.OutOf}
	for i := range last.ByArea {
		change.Areas = append(change.Areas, last.ByArea[i]-then.ByArea[i])
	}
	return change
}
