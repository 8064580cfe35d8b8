package view

import (
	"net/url"
	"strings"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// AfterCareModel is the life of a program after its acceptance: duties, audits and what they reopened.
type AfterCareModel struct {
	Frame
	Lead        []string
	NotYet      bool // it is not finished
	Reopened    []NamedLink
	Audits      []AuditRow
	Duties      []DutyRow
	LettersHref string
	PlanHref    string // "" where none can be planned
	ChangeHref  string
}

// AuditRow is one audit in words.
type AuditRow struct {
	Name, Change, Due string
	State             Tag
	Result            []string
	Paper             *PaperCell
	Milestones        []NamedLink
	ResultHref        string // "" where none can be recorded
}

// DutyRow is one legal duty.
type DutyRow struct {
	Key, Text, Article, Standing, Source string
	Milestones                           []NamedLink
}

// NewAfterCareModel makes the page.
func NewAfterCareModel(f Frame, p metrics.Program, a metrics.Assessment) AfterCareModel {
	w := words{f.Lang, p.Zone}
	m := AfterCareModel{Lead: w.afterCareLead(a.AfterCare), NotYet: !a.AfterCare.Begun, LettersHref: f.Link(f.InProgram("/deadlines") + "#acceptances")}
	for _, i := range a.AfterCare.Reopened {
		m.Reopened = append(m.Reopened, w.milestoneLink(f, a.Milestones[i].Milestone))
	}
	for _, audit := range a.AfterCare.Audits {
		m.Audits = append(m.Audits, newAuditRow(f, w, p, audit.Audit, w.auditDue(audit)))
	}
	for _, audit := range a.AfterCare.Held {
		m.Audits = append(m.Audits, newAuditRow(f, w, p, audit, w.auditResult(audit.Result)))
	}
	for _, d := range p.Duties {
		m.Duties = append(m.Duties, newDutyRow(f, w, p, d))
	}
	if f.mayNow(access.RecordAudit) {
		m.PlanHref = f.Link(f.InProgram("/audits/new"))
	}
	if f.mayNow(access.RecordChange) {
		m.ChangeHref = f.Link(f.InProgram("/audits/change"))
	}
	m.Frame = f.titled("", f.t(i18n.AfterCare))
	return m
}

// afterCareLead says whether the time after the end has begun, and what falls due.
func (w words) afterCareLead(c metrics.AfterCare) []string {
	var lead []string
	if !c.Begun {
		lead = append(lead, w.T(i18n.AfterCareNotYet))
	}
	if n := c.Overdue(); n > 0 {
		lead = append(lead, w.N(i18n.AfterCareOverdue, int64(n)))
	}
	switch next := c.Next(); {
	case next != nil:
		lead = append(lead, w.T(i18n.AfterCareNext, w.day(next.Audit.Due), w.DaysLeft(next.DaysLeft)))
	case c.Begun:
		lead = append(lead, w.T(i18n.AfterCareQuiet))
	}
	return lead
}

func newAuditRow(f Frame, w words, p metrics.Program, a metrics.Audit, state Tag) AuditRow {
	row := AuditRow{Name: w.auditName(a), Due: w.day(a.Due), State: state, Milestones: w.serving(f, p, a.Duties...)}
	if a.ChangedOn != nil {
		row.Change = w.T(i18n.AuditChangedOn, w.day(*a.ChangedOn), w.written(a.Change))
	}
	if a.Result == "" {
		if f.mayNow(access.RecordAudit) {
			row.ResultHref = f.Link(f.InProgram(auditPath(a.Key)))
		}
		return row
	}
	paper := newPaperCell(f, w, a.Paper)
	row.Paper = &paper
	if a.HeldOn != nil {
		row.Result = append(row.Result, w.T(i18n.AuditHeld, w.day(*a.HeldOn), a.Auditor))
	}
	row.Result = append(row.Result, w.written(a.Finding))
	return row
}

func newDutyRow(f Frame, w words, p metrics.Program, d metrics.Duty) DutyRow {
	row := DutyRow{Key: d.Key, Text: w.text(d.Text), Article: d.Article, Standing: w.dutyStanding(d), Source: d.Source, Milestones: w.serving(f, p, d.Key)}
	if d.Provenance != "" {
		row.Standing += " (" + w.provenance(d.Provenance) + ")"
	}
	return row
}

func (w words) dutyStanding(d metrics.Duty) string {
	if d.Advice {
		return w.T(i18n.DutyAdvice)
	}
	return w.T(i18n.DutyDemanded)
}

func (w words) serving(f Frame, p metrics.Program, duties ...string) []NamedLink {
	var links []NamedLink
	for _, i := range p.Serving(duties...) {
		links = append(links, w.milestoneLink(f, p.Milestones[i]))
	}
	return links
}

func (w words) milestoneLink(f Frame, m metrics.Milestone) NamedLink {
	return NamedLink{w.milestoneName(m), f.Link(f.InProgram(MilestonePath(m.Key)))}
}

// auditDue is how a planned audit stands.
func (w words) auditDue(a metrics.AuditDate) Tag {
	if a.OverdueDays > 0 {
		return Tag{"late", "octagon-cross", w.T(i18n.AuditOverdue) + ", " + w.DaysLeft(a.DaysLeft)}
	}
	return Tag{"unknown", "half", w.T(i18n.AuditPlanned) + ", " + w.DaysLeft(a.DaysLeft)}
}

func (w words) auditResult(r metrics.AuditResult) Tag {
	if r == metrics.AuditPassed {
		return Tag{"done", "square-check", w.T(i18n.AuditPassed)}
	}
	return Tag{"late", "octagon-cross", w.T(i18n.AuditFailed)}
}

// auditName says what an audit checks, and why.
func (w words) auditName(a metrics.Audit) string {
	duties := strings.Join(a.Duties, ", ")
	if a.Trigger == metrics.SystemChange {
		return w.T(i18n.AuditRecheck, duties)
	}
	return w.T(i18n.AuditPeriodic, duties)
}

func auditPath(key string) string { return "/audits/" + url.PathEscape(key) + "/result" }
