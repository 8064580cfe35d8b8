package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// DayModel is the sum of one day looked back at, term by term. Every percentage of that day leads here.
type DayModel struct {
	Frame
	Day     metrics.Day
	Heading string
	Lead    string
	Known   string // as known when, and by which weights
	Plan    string // what the plan asked for by then
	TermsTable
	ThenHref string // the sum as it was known on that day itself; "" where nothing was on record yet
	PlanHref string
}

// NewDayModel makes the page of one day's figures.
func NewDayModel(f Frame, p metrics.Program, a metrics.Assessment, d metrics.DayFigures) DayModel {
	w := words{f.Lang, p.Zone}
	share := w.ofWhole(w.share(d.Reported, d.Accepted == metrics.Whole))
	m := DayModel{
		Day:     d.Day,
		Heading: w.T(i18n.DayTitle, w.day(d.Day)), Lead: w.T(i18n.DayLead, w.day(d.Day), share, w.points(d.Verified), w.points(d.Accepted)),
		Known:    w.N(i18n.DayKnown, p.Entry),
		Plan:     w.T(i18n.DayPlan, w.points(d.Planned), w.signed(d.Deviation)),
		PlanHref: sumHref(f, "plan"),
	}
	if d.Weights.Entry > 0 {
		m.Known = join(m.Known, w.T(i18n.DayWeights, w.Int(d.Weights.Version), w.Int(d.Weights.Entry)))
	}
	if d.Day < a.Today && d.Day >= p.Start {
		m.ThenHref = sumThenHref(f, d.Day)
	}
	m.terms(f, w, p, d)
	m.Frame = f.titled(share, m.Heading)
	return m
}

// terms groups the day's summands by area; what has left the scope since stands at the end.
func (m *DayModel) terms(f Frame, w words, p metrics.Program, d metrics.DayFigures) {
	for i, area := range d.Areas {
		m.Groups = append(m.Groups, w.termGroup(area.Key, p.Areas[i].Name, area.Weight, area.Share, area.Figures))
	}
	left := TermGroup{}
	for i, t := range d.Terms {
		group := &left
		if t.Area >= 0 {
			group = &m.Groups[t.Area]
		}
		var milestone *metrics.Milestone
		if i < len(p.Milestones) {
			milestone = &p.Milestones[i]
		}
		group.Terms = append(group.Terms, w.dayTerm(f, t, milestone))
	}
	if len(left.Terms) > 0 {
		m.Groups = append(m.Groups, left)
	}
	m.close(w, d.Unweighted, d.Figures)
}

// dayTerm is one summand of a day; milestone is nil where it has left the scope since.
func (w words) dayTerm(f Frame, t metrics.DayTerm, milestone *metrics.Milestone) Term {
	term := w.sumTerm(w.T(i18n.DayLeft, t.Key), t.Figures, t.Weight)
	unit := ""
	if milestone != nil {
		path := f.InProgram(MilestonePath(t.Key))
		term.Name, term.Href, term.EntryHref = w.milestoneName(*milestone), f.Link(path), f.Link(path+"#history")
		term.ID, unit = milestoneAnchor(t.Key), milestone.Unit
	}
	term.Done, term.Term, term.Share = w.counts(t.Counts, unit), w.multiplied(t.Weight, t.Counts), w.share(t.Share, t.Accepted == t.Weight)
	if t.Counts != nil && t.Counts.Total == 0 {
		term.Share = w.T(i18n.NoTotalShare)
	}
	return term
}
