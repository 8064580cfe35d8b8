package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Judged is a program and what is to be said of it.
type Judged struct {
	Program    metrics.Program
	Assessment metrics.Assessment
}

// ProgramsModel is the list of the programs somebody may see.
type ProgramsModel struct {
	Frame
	Cards []ProgramCard
}

// ProgramCard is one program in the list.
type ProgramCard struct {
	Name, Href string
	Percent    string // "" while nothing was reported
	SumHref    string // what it adds up from
	RangeHref  string // how the upper end of a range comes about
	Declared   bool   // 100 % without the regulator's letter
	Range      string // "" unless the percentage is a range
	Measures   []Measure
	Verdict    Tag
	Beside     *Beside
	Deadline   string // "31 hari lagi · tenggat 12 April 2024"
	Age        string
	Regulator  string
	Demo       bool
}

// NewProgramsModel makes the list; it always stands in the present.
func NewProgramsModel(f Frame, programs []Judged) ProgramsModel {
	m := ProgramsModel{Frame: f.titled("", f.t(i18n.NavPrograms))}
	for _, j := range programs {
		m.Cards = append(m.Cards, newProgramCard(f, j.Program, j.Assessment))
	}
	return m
}

func newProgramCard(f Frame, p metrics.Program, a metrics.Assessment) ProgramCard {
	w := words{f.Lang, p.Zone}
	card := ProgramCard{
		Name: w.text(p.Name), Href: f.Link(ProgramPath(p.Key)), Percent: w.keyPercent(a), SumHref: f.Link(ProgramPath(p.Key) + "/method#sum"), RangeHref: f.Link(ProgramPath(p.Key) + "/method#range"), Range: w.rangeExplain(a),
		Declared: a.State == metrics.StateDeclaredComplete,
		Measures: w.measures(a.Figures), Verdict: w.verdictTag(a.Judgement.Verdict), Beside: w.beside(a.Override),
		Deadline: w.T(i18n.DeadlineNone), Age: w.freshness(p, a), Regulator: p.LeadRegulator, Demo: p.Demo != "",
	}
	switch d := a.Binding(); {
	case d != nil && a.Open == 0: // nothing waits for it any more
		card.Deadline = w.T(i18n.DeadlineWas, w.day(d.Deadline.Date))
	case d != nil:
		card.Deadline = w.T(i18n.DaysAndDeadline, w.DaysLeft(d.DaysLeft), w.day(d.Deadline.Date))
	}
	return card
}

// keyPercent is the headline figure, or "" while nothing was reported: no report is not 0%.
func (w words) keyPercent(a metrics.Assessment) string {
	if a.State == metrics.StateNoScope || a.State == metrics.StateNotStarted {
		return ""
	}
	if a.HeadlineRange != nil {
		return w.rangeText(*a.HeadlineRange)
	}
	return w.pct(a.Reported)
}

// freshness is when the data were recorded and how old the last observation is.
func (w words) freshness(p metrics.Program, a metrics.Assessment) string {
	if a.Curve.LastReport == nil || p.RecordedAt.IsZero() {
		return w.T(i18n.ReasonNoReport)
	}
	return w.T(i18n.DataOfAndAge, w.T(i18n.AsOf, w.atMid(p.RecordedAt)), w.T(i18n.DataAge, w.N(i18n.Days, int64(a.Curve.GapDays))))
}
