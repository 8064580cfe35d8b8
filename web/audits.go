package web

import (
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// The visible fields of the three forms about audits.
var (
	auditFields  = []string{"duties_each", "due"}
	changeFields = []string{"duties_each", "changed_on", "change", "due"}
	resultFields = []string{"result", "held_on", "auditor", "finding", "document"}
)

// planAudit is the form that plans a periodic audit.
var planAudit = act{
	fields: auditFields,
	page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
		return view.NewAuditPlanModel(r.formFrame(j), j.Program, form, eventID), true
	},
	draft: func(r *request, j judged, f *formReader, said sent) ledger.Draft {
		return ledger.Draft{Kind: ledger.KindAudit, Body: ledger.Audit{
			Key: "audit-" + said.key, Trigger: string(metrics.Periodic), Duties: f.duties(j.Program), Due: f.requiredDate("due"),
		}}
	},
	saved: toAfterCare("audit"),
}

// changeSystem is the form that records a change of a system, which makes a check due.
func (s *Server) changeSystem() act {
	return act{
		fields: changeFields,
		page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
			return view.NewAuditChangeModel(r.formFrame(j), j.Program, form, eventID), true
		},
		draft: func(r *request, j judged, f *formReader, said sent) ledger.Draft {
			body := ledger.Audit{Key: "audit-" + said.key, Trigger: string(metrics.SystemChange), Duties: f.duties(j.Program)}
			body.ChangedOn = f.pastDate("changed_on", f.requiredDate("changed_on"), metrics.DayOf(s.now(), r.program.Zone))
			change := f.text("change", true, ledger.MaxTextLength)
			body.Due = f.date("due")
			switch changed, err := metrics.ParseDay(body.ChangedOn); {
			case err != nil: // the field is refused already
			case body.Due == "":
				body.Due = j.Rules.RecheckDue(changed).String()
			case body.Due < body.ChangedOn && f.errorless("due"):
				f.refuse("due", i18n.AuditBeforeChange)
			}
			return ledger.Draft{Kind: ledger.KindAudit, Body: body, Texts: map[string]string{"change": change}}
		},
		saved: toAfterCare("audit"),
	}
}

// holdAudit is the form that records what an audit found. A failed one reopens milestones, in the same transaction.
func (s *Server) holdAudit() act {
	return act{
		fields: resultFields, document: true, review: true,
		page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
			return view.NewAuditResultModel(r.formFrame(j), j.Program, r.param("audit"), form, eventID, s.uploadsOf())
		},
		draft: func(r *request, j judged, f *formReader, said sent) ledger.Draft {
			i := slices.IndexFunc(j.Audits, func(a metrics.Audit) bool { return a.Key == r.param("audit") })
			planned := j.Audits[i] // page found it
			body := ledger.Audit{Key: planned.Key, Trigger: string(planned.Trigger), Duties: planned.Duties, Due: planned.Due.String(), Provenance: planned.Provenance}
			texts := map[string]string{}
			if planned.ChangedOn != nil {
				body.ChangedOn = planned.ChangedOn.String()
				texts["change"], texts["change_en"] = planned.Change.ID, planned.Change.EN
			}
			body.Result = f.choice("result", string(metrics.AuditPassed), string(metrics.AuditFailed))
			body.HeldOn = f.pastDate("held_on", f.requiredDate("held_on"), metrics.DayOf(s.now(), r.program.Zone))
			body.Auditor = f.line("auditor", true, maxOfficeLength)
			texts["finding"] = f.text("finding", true, ledger.MaxTextLength)
			body.Paper = f.paper(said)
			return ledger.Draft{Kind: ledger.KindAudit, Body: body, Texts: texts}
		},
		saved: toAfterCare("held"),
	}
}

// duties reads which of the program's legal duties an audit checks.
func (f *formReader) duties(p metrics.Program) []string {
	keys := make([]string, len(p.Duties))
	for i, d := range p.Duties {
		keys[i] = d.Key
	}
	ticked := f.ticks("duties_each", keys)
	if len(ticked) == 0 {
		f.refuse("duties_each", i18n.FormRequired)
	}
	return ticked
}

func toAfterCare(notice string) func(*request, ledger.Receipt) (string, string) {
	return func(r *request, _ ledger.Receipt) (string, string) {
		return view.ProgramPath(r.program.Slug) + "/aftercare", notice
	}
}

func (s *Server) getAuditPlan(r *request) error    { return planAudit.get(s, r) }
func (s *Server) postAuditPlan(r *request) error   { return planAudit.post(s, r) }
func (s *Server) getAuditChange(r *request) error  { return s.changeSystem().get(s, r) }
func (s *Server) postAuditChange(r *request) error { return s.changeSystem().post(s, r) }
func (s *Server) getAuditResult(r *request) error  { return s.holdAudit().get(s, r) }
func (s *Server) postAuditResult(r *request) error { return s.holdAudit().post(s, r) }
