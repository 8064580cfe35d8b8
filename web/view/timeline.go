package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// TimelineModel is the program over time: milestones as lanes and as a list, every deadline version, every statement.
type TimelineModel struct {
	Frame
	Summary    string
	Empty      string // "" unless there is no milestone
	Lanes      LanesFigure
	Milestones []MilestoneRow
	Deadlines  []DeadlineRow
	Statements []StatementRow // the newest
	Pace       PaceModel
	Kept       KeptModel
}

// DeadlineRow is one version of a deadline, judged on its own.
type DeadlineRow struct {
	Name, Day   string
	Kind        string
	Stated      string
	AnnouncedOn string
	AnnouncedBy string
	Document    string
	Left        string
	Binding     bool
	Verdict     Tag
	Beside      *Beside
	Reason      string
	RuleHref    string
	Provenance  string
}

// statementsShown is how many statements stand on the timeline; the register has them all.
const statementsShown = 8

// NewTimelineModel makes the page; kept tells how earlier forecasts held.
func NewTimelineModel(f Frame, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast, kept metrics.ForecastRecord) TimelineModel {
	w := words{f.Lang, p.Zone}
	m := TimelineModel{
		Frame: f.titled(w.stateWords(a), f.t(i18n.TimelineTitle)), Lanes: newLanesFigure(w, p, a, fc), Milestones: newMilestoneRows(f, w, p, a),
		Deadlines: newDeadlineRows(f, w, a),
		Pace:      newPace(f, w, a), Kept: newKept(w, p, fc, kept),
	}
	statements := newStatementRows(w, newestFirst(p.Statements))
	newest := min(statementsShown, len(statements))
	m.Statements = statements[:newest]
	if len(a.Milestones) == 0 {
		m.Empty = w.T(i18n.TimelineEmpty, w.day(a.Today))
	}
	deadline := w.T(i18n.None)
	if b := a.Binding(); b != nil {
		deadline = w.day(b.Deadline.Date)
	}
	m.Summary = w.T(i18n.TimelineSummary, w.Int(int64(len(a.Milestones)-a.Open)), w.Int(int64(len(a.Milestones))), deadline)
	return m
}

func newDeadlineRows(f Frame, w words, a metrics.Assessment) []DeadlineRow {
	rows := make([]DeadlineRow, 0, len(a.Deadlines))
	for _, d := range a.Deadlines {
		row := DeadlineRow{
			Name: w.deadlineName(d.Deadline), Day: w.deadlineDay(d.Deadline), Kind: w.deadlineKind(d.Deadline), Stated: w.text(d.Deadline.Stated),
			AnnouncedOn: w.dayMid(d.Deadline.AnnouncedOn), AnnouncedBy: d.Deadline.AnnouncedBy, Document: d.Deadline.Document, Left: w.DaysLeft(d.DaysLeft),
			Binding: d.Deadline.Binding, Verdict: w.verdictTag(d.Judgement.Verdict), Beside: w.beside(d.Override), Reason: w.reason(d.Judgement.Reason, a.Curve.LastReport),
			RuleHref: ruleHref(f, d.Judgement.Reason.Code), Provenance: w.provenance(d.Deadline.Provenance),
		}
		if row.Document == "" {
			row.Document = w.T(i18n.NoDocument)
		}
		rows = append(rows, row)
	}
	return rows
}

func (w words) deadlineKind(d metrics.Deadline) string {
	switch {
	case d.Binding:
		return w.T(i18n.DeadlineBinding)
	case d.Kind == metrics.ExpectedCompletion:
		return w.T(i18n.DeadlineExpected)
	}
	return w.T(i18n.DeadlineEarlier)
}
