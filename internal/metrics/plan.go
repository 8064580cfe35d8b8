package metrics

import "slices"

// planned is how much of a milestone the plan asks for at the end of day: the regulator's floor in force where the program has
// floors, otherwise a straight line by calendar days, nothing up to the planned start and everything from the due day on.
func (p Program) planned(m Milestone, day Day) ratio {
	if len(p.Steps) > 0 {
		return ratio{int64(p.floorOn(day)), int64(Whole)}
	}
	span := int64(m.Due) - int64(m.Start)
	elapsed := int64(day) - int64(m.Start)
	switch {
	case day >= m.Due:
		return ratio{1, 1}
	case elapsed <= 0:
		return ratio{0, 1}
	default:
		return ratio{elapsed, span}
	}
}

// floorOn is the highest floor set for day or earlier.
func (p Program) floorOn(day Day) BasisPoints {
	var floor BasisPoints
	for _, s := range p.Steps {
		if s.On <= day {
			floor = max(floor, s.Share)
		}
	}
	return floor
}

// plannedParts are the milestones' planned points at the end of day.
func (p Program) plannedParts(day Day) []part {
	parts := make([]part, len(p.Milestones))
	for i, m := range p.Milestones {
		parts[i] = newPart(m.Weight, p.planned(m, day))
	}
	return parts
}

// planLine is the corners of the plan from first to its end: between two of them it is straight, or flat if it is stairs.
func (p Program) planLine(first Day) []PlanPoint {
	corners := []Day{first}
	add := func(d Day) {
		if d > first {
			corners = append(corners, d)
		}
	}
	for _, s := range p.Steps {
		add(s.On)
	}
	if len(p.Steps) == 0 {
		for _, m := range p.Milestones {
			add(m.Start)
			add(m.Due)
		}
	}
	slices.Sort(corners)
	corners = slices.Compact(corners)
	line := make([]PlanPoint, len(corners))
	for i, day := range corners {
		line[i] = PlanPoint{day, floorSum(p.plannedParts(day))}
	}
	return line
}
