package metrics

// Rates are how fast a thing must move, and how fast it did.
type Rates struct {
	Needed []*Rate // for each of Program.Deadlines; nil: its day has ended, or nothing is open
	Last14 *Rate   // in the last 14 days; nil: not one day has gone by
	Last28 *Rate   // in the last 28
}

// Rate is an amount over a number of days.
type Rate struct {
	Units  *int64      // in the milestone's unit; nil: an area or the program, or its total is not known
	Points BasisPoints // of the whole, at today's totals and weights
	Days   int         // at least 1
}

// PointsPerDay is in basis points of the whole.
func (r Rate) PointsPerDay() Ratio { return Ratio{int64(r.Points), int64(r.Days)} }

// UnitsPerDay is nil without Units.
func (r Rate) UnitsPerDay() *Ratio {
	if r.Units == nil {
		return nil
	}
	return &Ratio{*r.Units, int64(r.Days)}
}

// assessRates computes every rate. It needs the deadlines and the curve.
func (a *Assessment) assessRates(p Program, h History) {
	a.needRates()
	begun := h.firstDays()
	a.observeRates(p, 14, h.countsOn(a.Today-14), begun, func(r *Rates, rate *Rate) { r.Last14 = rate })
	a.observeRates(p, 28, h.countsOn(a.Today-28), begun, func(r *Rates, rate *Rate) { r.Last28 = rate })
}

func (a *Assessment) needRates() {
	for _, d := range a.Deadlines {
		days := max(1, d.DaysLeft) // on its own day the rest is due within the day
		need := func(r *Rates, open bool, units *int64, points BasisPoints) {
			var rate *Rate
			if open && !d.Passed {
				rate = &Rate{units, points, days}
			}
			r.Needed = append(r.Needed, rate)
		}
		for i := range a.Milestones {
			m := &a.Milestones[i]
			var units *int64
			if c := m.Milestone.Progress.Counts; c != nil && c.Total > 0 {
				left := c.Total - c.Done
				units = &left
			}
			need(&m.Rates, m.Open, units, m.Outstanding)
		}
		for i := range a.Areas {
			need(&a.Areas[i].Rates, a.Areas[i].Open > 0, nil, a.Areas[i].Outstanding)
		}
		need(&a.Rates, a.Open > 0, nil, a.Outstanding)
	}
}

// observeRates compares the counts of now with those of window days ago. The window is shorter for what began later. Points are
// what the same counts would have made then and make now, both with today's totals and weights, so only work and corrections move
// them, and milestones add up to areas and the program.
func (a *Assessment) observeRates(p Program, window int, then map[string]*Counts, begun map[string]Day, set func(*Rates, *Rate)) {
	parts := make([]part, len(p.Milestones))
	for i, m := range p.Milestones {
		if c := then[m.Key]; c != nil {
			total := m.reported().total
			parts[i] = newPart(m.Weight, ratio{min(c.Done, total), total})
		}
	}
	var moved BasisPoints
	byArea := make([]BasisPoints, len(a.Areas))
	points := apportion(parts, nil)
	for i := range a.Milestones {
		m := &a.Milestones[i]
		points[i] = m.Reported - points[i]
		moved += points[i]
		first := m.Milestone.Start
		if day, heard := begun[m.Milestone.Key]; heard {
			first = min(first, day)
		}
		units := m.Milestone.Progress.done()
		if c := then[m.Milestone.Key]; c != nil {
			units -= c.Done
		}
		set(&m.Rates, a.rate(window, first, &units, points[i]))
	}
	first := a.Curve.Points[0].Day
	for i, area := range a.Areas {
		for _, m := range area.Milestones {
			byArea[i] += points[m]
		}
		set(&a.Areas[i].Rates, a.rate(window, first, nil, byArea[i]))
	}
	set(&a.Rates, a.rate(window, first, nil, moved))
}

// rate is nil before one day has gone by.
func (a *Assessment) rate(window int, first Day, units *int64, points BasisPoints) *Rate {
	days := min(window, int(a.Today-first))
	if days < 1 {
		return nil
	}
	return &Rate{units, points, days}
}

// countsOn is the count of each milestone at the end of a day.
func (h History) countsOn(day Day) map[string]*Counts {
	counts := map[string]*Counts{}
	for _, d := range h.Days {
		if d.Day > day {
			break
		}
		counts[d.Milestone] = d.carry(counts[d.Milestone])
	}
	return counts
}

// firstDays is the first day on which each milestone was heard of.
func (h History) firstDays() map[string]Day {
	first := map[string]Day{}
	for _, d := range h.Days {
		if _, known := first[d.Milestone]; !known {
			first[d.Milestone] = d.Day
		}
	}
	return first
}
