package metrics

import "time"

// reported is the exact share that counts say is done.
func (m Milestone) reported() ratio { return m.upTo(m.Progress.done()) }

// verified is the exact share that evidence supports, never more than what is reported now.
func (m Milestone) verified() ratio { return m.upTo(min(m.Verified, m.Progress.done())) }

// accepted is the exact share that a letter covers. After a reopening it covers only what is done.
func (m Milestone) accepted() ratio {
	if !m.Accepted {
		return ratio{}
	}
	return m.reported()
}

func (m Milestone) upTo(done int64) ratio {
	if m.Progress.Counts == nil {
		return ratio{}
	}
	return ratio{done, m.Progress.Counts.Total}
}

func (p Progress) done() int64 {
	if p.Counts == nil {
		return 0
	}
	return p.Counts.Done
}

// open reports whether something is left to do. It is a matter of counts: a milestone one record short of a billion is open
// even where its points print as its whole weight. One without a total has shown nothing and is open too.
func (m Milestone) open() bool {
	c := m.Progress.Counts
	return c == nil || c.Total == 0 || c.Done < c.Total
}

// reportDue is when silence becomes staleness: the promised moment if the sender made a promise, otherwise one cadence and the
// grace after the latest observation, or after the planned start of a milestone never heard of. Zero: no report is expected.
func (m Milestone) reportDue(zone *time.Location) time.Time {
	switch {
	case !m.open():
		return time.Time{}
	case m.Progress.NextDueAt != nil:
		return *m.Progress.NextDueAt
	case m.Cadence <= 0:
		return time.Time{}
	case m.Progress.Latest.IsZero():
		return m.Start.Start(zone).Add(m.Cadence + m.Grace)
	default:
		return m.Progress.Latest.At.Add(m.Cadence + m.Grace)
	}
}

// assessMilestone judges everything about a milestone but its points, which depend on the others.
func assessMilestone(p Program, m Milestone, at time.Time) MilestoneAssessment {
	today := DayOf(at, p.Zone)
	planned := p.planned(m, today)
	a := MilestoneAssessment{
		Milestone: m, Open: m.open(),
		Share: m.reported().share(), PlannedShare: planned.share(),
		Stalled:     m.stalled(today, p.Rules.orDefault()),
		Failing:     m.Progress.State == Failed || m.Progress.State == Aborted,
		Behind:      m.reported().less(planned),
		NotReported: m.Progress.Counts == nil,
		NoTotal:     m.Progress.Counts != nil && m.Progress.Counts.Total == 0,
		LastHeardAt: m.Progress.Latest.At, ReportDueAt: m.reportDue(p.Zone),
	}
	if due := a.ReportDueAt; !due.IsZero() && !at.Before(due) {
		a.Stale, a.StaleSince = true, due
	}
	if a.Open && today > m.Due {
		a.Overdue, a.OverdueDays = true, int(today-m.Due)
	}
	return a
}

// share is the ratio in basis points of the thing itself, truncated.
func (r ratio) share() BasisPoints { return newPart(Whole, r).units }
