package metrics

import "time"

// Outline leaves of a program what a list of programs is judged by and shows. Words of people, definitions, items and statements
// are not in it, nor is any history.
func (p Program) Outline() Program {
	o := Program{
		ID: p.ID, Key: p.Key, Name: p.Name, Aliases: p.Aliases, Zone: p.Zone, Start: p.Start, LegalBasis: p.LegalBasis, LeadRegulator: p.LeadRegulator,
		Operators: p.Operators, Demo: p.Demo, Steps: p.Steps, Rules: p.Rules, Areas: p.Areas,
		Entry: p.Entry, RecordedAt: p.RecordedAt,
	}
	for _, m := range p.Milestones {
		o.Milestones = append(o.Milestones, Milestone{
			Key: m.Key, Area: m.Area, Weight: m.Weight, Start: m.Start, Due: m.Due, Cadence: m.Cadence, Grace: m.Grace,
			Progress: m.Progress.outline(), Verified: m.Verified, Accepted: m.Accepted, Undone: m.Undone,
		})
	}
	for _, d := range p.Deadlines {
		o.Deadlines = append(o.Deadlines, Deadline{
			Key: d.Key, Version: d.Version, Kind: d.Kind, Earliest: d.Earliest, Date: d.Date, Document: d.Document, Binding: d.Binding,
		})
	}
	for _, v := range p.Overrides {
		v.Reason, v.Provenance = Text{}, ""
		o.Overrides = append(o.Overrides, v)
	}
	return o
}

// outline keeps what a figure and its age rest on.
func (p Progress) outline() Progress {
	o := Progress{Latest: Order{At: p.Latest.At}, NextDueAt: p.NextDueAt}
	if c := p.Counts; c != nil {
		o.Counts = &Counts{Done: c.Done, Total: c.Total}
	}
	return o
}

// AssessOutline judges an outline at one moment as Assess judges the program: figures, state, deadlines and verdict are the same, to the
// last basis point. What needs a history or is told of parts stays empty, save for how old the news is: heard is when anything
// was last observed, zero if never.
func AssessOutline(p Program, heard, at time.Time) Assessment {
	a := Assessment{At: at, Today: DayOf(at, p.Zone)}
	a.assessMilestones(p)
	a.assessAfterCare(p)
	a.assessProgram(p)
	a.judgeDeadlines(p)
	if !heard.IsZero() {
		last := min(DayOf(heard, p.Zone), a.Today)
		a.Curve.LastReport, a.Curve.GapDays = &last, int(a.Today-last)
	}
	return a
}

// Earned is Figures.Reported of milestones of which only weights and counts are known; both are in the same order, and a count is nil
// where none was reported.
func Earned(weights []BasisPoints, counts []*Counts) BasisPoints {
	parts := make([]part, len(weights))
	for i, c := range counts {
		if c != nil {
			parts[i] = newPart(weights[i], ratio{c.Done, c.Total})
		}
	}
	return floorSum(parts)
}
