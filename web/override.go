package web

import (
	"errors"
	"net/http"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// overrideFields are the visible fields of the two forms about overrides: one sets, one withdraws.
var overrideFields = []string{"deadline", "verdict", "by", "until", "reason", "withdraw", "withdraw_reason"}

// getOverride shows the forms.
func (s *Server) getOverride(r *request) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	return s.showOverride(r, j, http.StatusOK, view.Form{Values: r.prefilled(overrideFields...)})
}

func (s *Server) showOverride(r *request, j judged, status int, form view.Form) error {
	return s.sendOnce(r, status, view.OverridePage(view.NewOverrideModel(r.formFrame(j), j.Program, j.assessment, form, s.newEventID())))
}

// postOverride records a person's verdict beside the rule's, or withdraws the one in force. The rule's own is never touched.
func (s *Server) postOverride(r *request) error {
	values, err := readForm(r, append(overrideFields, "event_id", "act")...)
	if err != nil {
		return err
	}
	eventID, act := values.Get("event_id"), values.Get("act")
	shown, ok := shownAt(eventID)
	if !ok || act != "set" && act != "withdraw" {
		return &failure{kind: malformedRequest}
	}
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	f := &formReader{lang: r.lang, values: values}
	var override ledger.Override
	var reason string
	if act == "set" {
		override, reason = readOverride(f, j.assessment)
	} else {
		override, reason = readWithdrawal(f, j.Program)
	}
	if len(f.wrong) == 0 {
		_, err = s.writer.Append(r.Request().Context(), r.program.ID, ledger.Unit{Drafts: []ledger.Draft{{
			Kind: ledger.KindOverride, Source: r.who.Actor(), Actor: r.who.Actor(), EventID: eventID, ObservedAt: shown, Body: override, Texts: map[string]string{"reason": reason},
		}}})
		var refusal *ledger.Refusal
		switch {
		case err == nil:
			return r.redirect(r.deadlinesPath(), r.noticed("saved"))
		case !errors.As(err, &refusal):
			return err
		}
		f.refuse(fieldOf(refusal, overrideFields), refusalText(refusal.Code))
	}
	return s.showOverride(r, j, http.StatusUnprocessableEntity, f.again(overrideFields...))
}

// readOverride reads a new override. One of a verdict that is a fact would have no effect, and is refused.
func readOverride(f *formReader, a metrics.Assessment) (ledger.Override, string) {
	o := ledger.Override{Deadline: f.line("deadline", false, ledger.MaxIDLength)}
	rule, known := ruleVerdict(a, o.Deadline)
	switch {
	case !known:
		f.refuse("deadline", i18n.FormChoice)
	case !rule.MayBeOverridden():
		f.refuse("deadline", i18n.FormVerdictIsFact)
	}
	o.Verdict = f.choice("verdict", string(metrics.OnTrack), string(metrics.Watch), string(metrics.Late), string(metrics.CannotBeAssessed))
	o.By, o.Until = f.line("by", true, maxOfficeLength), f.requiredDate("until")
	if o.Until != "" && o.Until < a.Today.String() && f.errorless("until") {
		f.refuse("until", i18n.FormDayGone)
	}
	return o, f.text("reason", true, ledger.MaxTextLength)
}

// maxOfficeLength bounds the name of an office so that it fits in any spelling.
const maxOfficeLength = 100

// ruleVerdict is the rule's own verdict on a deadline; "" is the binding one. Without any deadline the program's own is overridden.
func ruleVerdict(a metrics.Assessment, key string) (metrics.Verdict, bool) {
	if key == "" {
		return a.Judgement.Verdict, true
	}
	for _, d := range a.Deadlines {
		if d.Deadline.Key == key {
			return d.Judgement.Verdict, true
		}
	}
	return "", false
}

// readWithdrawal repeats the override that is withdrawn, and says why.
func readWithdrawal(f *formReader, p metrics.Program) (ledger.Override, string) {
	key := f.line("withdraw", false, ledger.MaxIDLength)
	withdrawn := ledger.Override{}
	for _, o := range p.Overrides { // in the order they were recorded: the last one stands
		if o.Deadline == key {
			withdrawn = ledger.Override{Deadline: key, Verdict: string(o.Verdict), By: o.By, Until: o.Until.String(), Withdrawn: true}
		}
	}
	if withdrawn.Verdict == "" {
		f.refuse("withdraw", i18n.FormNoOverride)
	}
	return withdrawn, f.text("withdraw_reason", true, ledger.MaxTextLength)
}
