package metrics

import "time"

// Assess judges a program at one moment. h is the history up to the same entry as p; at is now, or the last microsecond of a day
// looked back at. It reads no clock and is deterministic.
func Assess(p Program, h History, at time.Time) Assessment {
	a := Assessment{At: at, Today: DayOf(at, p.Zone)}
	a.assessMilestones(p)
	a.assessAreas(p)
	a.assessAfterCare(p)
	a.assessProgram(p)
	a.judgeDeadlines(p)
	a.Items, a.ClosedItems = outstandingItems(p, a), closedItems(p)
	a.Curve = newCurve(p, h, a.Today)
	a.LastWeek = a.Curve.change(a.Today - 7)
	a.assessSchedule(p)
	a.assessRates(p, h)
	return a
}

// assessMilestones judges each milestone and prints its points beside those of the others.
func (a *Assessment) assessMilestones(p Program) {
	n := len(p.Milestones)
	reported, verified, accepted := make([]part, n), make([]part, n), make([]part, n)
	a.Milestones = make([]MilestoneAssessment, n)
	evidence := p.evidenceCounts()
	for i, m := range p.Milestones {
		a.Milestones[i] = assessMilestone(p, m, a.At)
		a.Milestones[i].Evidence = evidence[m.Key]
		a.Missing.add(a.Milestones[i])
		reported[i], verified[i], accepted[i] = newPart(m.Weight, m.reported()), newPart(m.Weight, m.verified()), newPart(m.Weight, m.accepted())
	}
	earned := apportion(reported, nil)
	supported, covered := apportion(verified, earned), apportion(accepted, earned)
	planned := apportion(p.plannedParts(a.Today), nil)
	for i, m := range p.Milestones {
		a.Milestones[i].Figures = Figures{
			Reported: earned[i], Verified: supported[i], Accepted: covered[i], Outstanding: m.Weight - earned[i],
			Planned: planned[i], Deviation: earned[i] - planned[i],
		}
	}
}

// assessAreas adds the milestones up. An area's share is computed from exact parts, so that it reads 100 % only when the area's
// weight is earned in full.
func (a *Assessment) assessAreas(p Program) {
	a.Areas = make([]AreaAssessment, len(p.Areas))
	for i, area := range p.Areas {
		s := AreaAssessment{Key: area.Key, Name: area.Name}
		var done, planned []part
		for j, m := range a.Milestones {
			if m.Milestone.Area != area.Key {
				continue
			}
			s.Milestones = append(s.Milestones, j)
			s.Weight += m.Milestone.Weight
			s.Figures = s.Figures.plus(m.Figures)
			s.Open += rank(m.Open)
			done = append(done, newPart(m.Milestone.Weight*Whole, m.Milestone.reported()))
			planned = append(planned, newPart(m.Milestone.Weight*Whole, p.planned(m.Milestone, a.Today)))
		}
		if s.Weight > 0 {
			s.Share, s.PlannedShare = floorSum(done)/s.Weight, floorSum(planned)/s.Weight
		}
		a.Areas[i] = s
	}
}

// plus adds figures of two disjoint things.
func (f Figures) plus(g Figures) Figures {
	return Figures{
		f.Reported + g.Reported, f.Verified + g.Verified, f.Accepted + g.Accepted, f.Outstanding + g.Outstanding,
		f.Planned + g.Planned, f.Deviation + g.Deviation,
	}
}

// assessProgram adds everything up, counts what is open and stale, and finds until when this stands.
func (a *Assessment) assessProgram(p Program) {
	a.Unweighted = Whole
	a.ValidUntil = a.Today.End(p.Zone)
	heard, accepted := false, true
	for _, m := range a.Milestones {
		a.Figures = a.Figures.plus(m.Figures)
		a.Unweighted -= m.Milestone.Weight
		a.Open += rank(m.Open)
		heard = heard || !m.LastHeardAt.IsZero()
		accepted = accepted && m.Milestone.Accepted
		if m.LastHeardAt.After(a.LastHeardAt) {
			a.LastHeardAt = m.LastHeardAt
		}
		if m.Stale {
			a.StaleWeight += m.Milestone.Weight
		} else if due := m.ReportDueAt; !due.IsZero() && due.Before(a.ValidUntil) {
			a.ValidUntil = due
		}
	}
	a.Outstanding += a.Unweighted
	a.HeadlineRange = a.headlineRange(p.Rules.orDefault().StaleShare)
	a.OwnerFinish = a.ownerFinish()
	switch {
	case len(a.Milestones) == 0:
		a.State = StateNoScope
	case a.Open == 0 && accepted:
		a.State = StateAccepted
	case a.AfterCare.Begun:
		a.State = StateReopened
	case a.Open == 0:
		a.State = StateDeclaredComplete
	case heard:
		a.State = StateInProgress
	default:
		a.State = StateNotStarted
	}
}

// headlineRange is nil while at most limit of the weight is stale.
func (a *Assessment) headlineRange(limit BasisPoints) *Range {
	if a.StaleWeight <= limit {
		return nil
	}
	r := &Range{Low: a.Reported, High: a.Reported}
	for _, m := range a.Milestones {
		if m.Stale {
			r.High += m.Outstanding
		}
	}
	return r
}

// ownerFinish is the latest due date among open milestones, unless all of them are behind us.
func (a *Assessment) ownerFinish() OwnerFinish {
	if a.Open == 0 {
		return OwnerFinish{}
	}
	var latest *Day
	for _, m := range a.Milestones {
		if due := m.Milestone.Due; m.Open && (latest == nil || due > *latest) {
			latest = &due
		}
	}
	if *latest < a.Today {
		return OwnerFinish{Unknown: true}
	}
	return OwnerFinish{Day: latest}
}

// judgeDeadlines judges every version of every deadline, and the program by the one that counts.
func (a *Assessment) judgeDeadlines(p Program) {
	s := standing{
		at: a.At, zone: p.Zone, state: a.State, figures: a.Figures, stale: a.StaleWeight, finish: a.OwnerFinish, rules: p.Rules.orDefault(),
	}
	a.Deadlines = make([]DeadlineAssessment, len(p.Deadlines))
	for i, d := range p.Deadlines {
		a.Deadlines[i] = s.assess(d)
		a.Deadlines[i].Override = p.override(d.Key, d.Binding, a.Deadlines[i].Judgement.Verdict, a.Today)
	}
	if binding := a.Binding(); binding != nil {
		a.Judgement, a.Override = binding.Judgement, binding.Override
	} else {
		a.Judgement = s.judge(nil)
		a.Override = p.override("", true, a.Judgement.Verdict, a.Today)
	}
}
