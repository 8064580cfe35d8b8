package metrics

import "sort"

// Schedule says in time how far the earned points are: which day of the plan they stand for. docs/metrics.md#earned-schedule.
type Schedule struct {
	Earned   Ratio  // ES: the plan asks for what is earned by then, in periods from the plan's start
	Elapsed  int    // AT: periods gone by since, up to the one in which everything was earned
	Planned  int    // PD: periods until the plan asks for everything
	Variance Ratio  // SV(t) = ES - AT; negative: behind
	Index    *Ratio // SPI(t) = ES / AT; nil in period 0
}

// IndexHundredths is SPI(t) in hundredths, to the nearest; ok is false where there is none. What is below 1 never reads 1.00.
func (s Schedule) IndexHundredths() (hundredths int64, ok bool) {
	if s.Index == nil {
		return 0, false
	}
	hundredths = s.Index.Hundredths()
	if s.Index.belowOne() {
		hundredths = min(hundredths, 99)
	}
	return hundredths, true
}

// ScheduleByPlan measures against cumulative planned values, one for the end of each period, the first for the plan's start. They
// never fall. Nil: the plan asks for nothing or for everything at its start, or has not begun.
func ScheduleByPlan(planned []BasisPoints, earned BasisPoints, elapsed int) *Schedule {
	return scheduleBy(func(period int) BasisPoints { return planned[period] }, len(planned)-1, earned, elapsed)
}

// ScheduleByLine measures against a straight line from nothing at period 0 to all at the given period.
func ScheduleByLine(periods int, earned, all BasisPoints, elapsed int) *Schedule {
	if periods <= 0 || all <= 0 || elapsed < 0 {
		return nil
	}
	return newSchedule(Ratio{int64(periods) * int64(min(earned, all)), int64(all)}, periods, elapsed)
}

// scheduleBy finds C, the last period whose planned value is earned, and adds the part of the next that is earned too. Once all is
// earned ES is PD, however long the plan stays flat after it.
func scheduleBy(planned func(period int) BasisPoints, last int, earned BasisPoints, elapsed int) *Schedule {
	if last < 1 || elapsed < 0 {
		return nil
	}
	all := planned(last)
	periods := sort.Search(last, func(i int) bool { return planned(i) >= all })
	if periods == 0 {
		return nil // nothing is asked for, or everything at once: no time to measure in
	}
	if earned >= all {
		return newSchedule(Ratio{int64(periods), 1}, periods, elapsed)
	}
	next := sort.Search(last, func(i int) bool { return planned(i) > earned })
	if next == 0 {
		return newSchedule(Ratio{0, 1}, periods, elapsed)
	}
	before := planned(next - 1)
	step := int64(planned(next) - before)
	return newSchedule(Ratio{int64(next-1)*step + int64(earned-before), step}, periods, elapsed)
}

func newSchedule(earned Ratio, planned, elapsed int) *Schedule {
	s := &Schedule{Earned: earned, Elapsed: elapsed, Planned: planned, Variance: Ratio{earned.Num - int64(elapsed)*earned.Den, earned.Den}}
	if elapsed > 0 {
		s.Index = &Ratio{earned.Num, earned.Den * int64(elapsed)}
	}
	return s
}

// schedule measures against the program's own plan, from the program's start or the first planned day before it.
func (p Program) schedule(earned BasisPoints, until Day) *Schedule {
	first, last := p.planSpan()
	planned := func(period int) BasisPoints { return floorSum(p.plannedParts(first + Day(period))) }
	return scheduleBy(planned, int(last-first), earned, int(until-first))
}

// planSpan is the first and the last day on which the plan moves, the program's start included.
func (p Program) planSpan() (first, last Day) {
	first, last = p.Start, p.Start
	for _, s := range p.Steps {
		last = max(last, s.On)
	}
	if len(p.Steps) > 0 {
		return first, last
	}
	for _, m := range p.Milestones {
		first, last = min(first, m.Start), max(last, m.Due)
	}
	return first, last
}

// assessSchedule measures the program against its plan and each deadline. Time stops counting on the day everything was earned.
func (a *Assessment) assessSchedule(p Program) {
	until := a.Today
	if a.Open == 0 {
		until = a.Curve.standsSince()
	}
	a.Schedule = p.schedule(a.Reported, until)
	if len(p.Milestones) == 0 {
		return
	}
	for i := range a.Deadlines {
		d := &a.Deadlines[i]
		d.Schedule = ScheduleByLine(int(d.Deadline.Date-p.Start), a.Reported, Whole, int(until-p.Start))
	}
}

// standsSince is the day from which the line has stood where it stands now.
func (c Curve) standsSince() Day {
	since := len(c.Points) - 1
	for since > 0 && c.Points[since-1].Reported == c.Points[since].Reported {
		since--
	}
	return c.Points[since].Day
}
