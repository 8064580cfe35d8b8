package view

import (
	"strconv"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// NewAuditPlanModel makes the form that plans a periodic audit.
func NewAuditPlanModel(f Frame, p metrics.Program, form Form, eventID string) ActModel {
	w := words{f.Lang, p.Zone}
	m := newAuditAct(f, w, p, form, eventID, "/audits/new")
	m.Heading, m.Intro, m.Save = w.T(i18n.AuditPlan), w.T(i18n.AuditPlanIntro), w.T(i18n.AuditPlanSave)
	m.Fields = []ActField{w.askDuties(p), askDate("due", w.T(i18n.AuditDue), "")}
	return m.titledAct(f)
}

// NewAuditChangeModel makes the form that records a change of a system.
func NewAuditChangeModel(f Frame, p metrics.Program, form Form, eventID string) ActModel {
	w := words{f.Lang, p.Zone}
	m := newAuditAct(f, w, p, form, eventID, "/audits/change")
	m.Heading, m.Intro, m.Save = w.T(i18n.AuditChange), w.T(i18n.AuditChangeIntro, strconv.Itoa(p.Rules.RecheckDays)), w.T(i18n.AuditChangeSave)
	m.Fields = []ActField{
		w.askDuties(p), askDate("changed_on", w.T(i18n.AuditChangeDay), ""), askText("change", w.T(i18n.AuditChangeWhat), ""), askDate("due", w.optional(i18n.AuditDueOptional), ""),
	}
	return m.titledAct(f)
}

// newAuditAct is a form about duties; a program without any has nothing to audit.
func newAuditAct(f Frame, w words, p metrics.Program, form Form, eventID, path string) ActModel {
	m := ActModel{
		Form: form, Back: f.Link(f.InProgram("/aftercare")), BackText: w.T(i18n.AfterCare), Action: f.Link(f.InProgram(path)),
		EventID: eventID, Entry: strconv.FormatInt(p.Entry, 10),
	}
	if len(p.Duties) == 0 {
		m.Closed = w.T(i18n.AuditNoDuties)
	}
	return m
}

func (w words) askDuties(p metrics.Program) ActField {
	var duties []Choice
	for _, d := range p.Duties {
		duties = append(duties, Choice{Value: d.Key, Text: d.Key + " " + w.text(d.Text)})
	}
	return askTicks("duties_each", w.T(i18n.AuditDuties), "", duties)
}

// NewAuditResultModel makes the form that records what an audit found; ok is false if the program has no such audit.
func NewAuditResultModel(f Frame, p metrics.Program, key string, form Form, eventID string, up Upload) (m ActModel, ok bool) {
	w := words{f.Lang, p.Zone}
	for _, a := range p.Audits {
		if a.Key != key {
			continue
		}
		m = newAuditAct(f, w, p, form, eventID, auditPath(key))
		m.Heading, m.Intro, m.Save = w.T(i18n.AuditHold), w.T(i18n.AuditHoldIntro, w.servingNames(p, a)), w.T(i18n.AuditHoldSave)
		m.Closed, m.Reviewed = "", true
		if a.Result != "" {
			m.Closed = w.T(i18n.AuditHoldSettled)
		}
		m.Facts = []ActFact{{Name: w.T(i18n.Audits), Value: w.auditName(a)}, {Name: w.T(i18n.AuditDue), Value: w.day(a.Due)}}
		if a.ChangedOn != nil {
			m.Facts = append(m.Facts, ActFact{Name: w.T(i18n.HeadChange), Value: w.T(i18n.AuditChangedOn, w.day(*a.ChangedOn), w.written(a.Change))})
		}
		m.Fields = []ActField{
			askOne("result", w.T(i18n.AuditResult), "", []Choice{{Value: string(metrics.AuditPassed), Text: w.T(i18n.AuditPassed)}, {Value: string(metrics.AuditFailed), Text: w.T(i18n.AuditFailed)}}),
			askDate("held_on", w.T(i18n.AuditHeldOn), ""), askLine("auditor", w.T(i18n.AuditAuditor), w.T(i18n.AuditAuditorHint)), askText("finding", w.T(i18n.AuditFinding), ""),
			askLine("document", w.T(i18n.PaperWords), w.T(i18n.PaperHint)), askFile(f, w.T(i18n.AuditReport), up),
		}
		return m.titledAct(f), true
	}
	return ActModel{}, false
}

func (w words) servingNames(p metrics.Program, a metrics.Audit) string {
	var keys []string
	for _, i := range p.Serving(a.Duties...) {
		keys = append(keys, p.Milestones[i].Key)
	}
	if len(keys) == 0 {
		return w.T(i18n.None)
	}
	return strings.Join(keys, ", ")
}
