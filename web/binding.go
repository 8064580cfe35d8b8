package web

import (
	"errors"
	"net/http"
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// bindingFields are the visible fields of the form that lets another version of the deadline count.
var bindingFields = []string{"deadline", "reason"}

// getBinding shows the form.
func (s *Server) getBinding(r *request) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	return s.showBinding(r, j, http.StatusOK, view.Form{Values: r.prefilled(bindingFields...)})
}

func (s *Server) showBinding(r *request, j judged, status int, form view.Form) error {
	return s.sendOnce(r, status, view.BindingPage(view.NewBindingModel(r.formFrame(j), j.Program, form, bindingKey(j.Program), s.newEventID())))
}

// postBinding records that another version counts from now on: the same body once more, binding, with the reason beside it.
func (s *Server) postBinding(r *request) error {
	values, err := readForm(r, append(bindingFields, "event_id", "was")...)
	if err != nil {
		return err
	}
	eventID := values.Get("event_id")
	shown, ok := shownAt(eventID)
	if !ok {
		return &failure{kind: malformedRequest}
	}
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	was, now := values.Get("was"), bindingKey(j.Program)
	if now == values.Get("deadline") && now != "" { // the same form, sent twice
		return r.redirect(r.deadlinesPath(), r.noticed("saved"))
	}
	f := &formReader{lang: r.lang, values: values}
	d := readBinding(f, j.Program, was)
	reason := f.text("reason", true, ledger.MaxTextLength)
	switch {
	case len(f.wrong) > 0:
		return s.showBinding(r, j, http.StatusUnprocessableEntity, f.again(bindingFields...))
	case was != now:
		form := f.again(bindingFields...)
		form.Trouble = r.lang.T(i18n.DeadlineReviewStale)
		return s.showBinding(r, j, http.StatusConflict, form)
	}
	_, err = s.writer.Append(r.Request().Context(), r.program.ID, ledger.Unit{Drafts: []ledger.Draft{{
		Kind: ledger.KindDeadline, Source: r.who.Actor(), Actor: r.who.Actor(), EventID: eventID, ObservedAt: shown, Body: d, Texts: map[string]string{"reason": reason},
	}}})
	var refusal *ledger.Refusal
	switch {
	case err == nil:
		return r.redirect(r.deadlinesPath(), r.noticed("saved"))
	case !errors.As(err, &refusal):
		return err
	}
	f.refuse(fieldOf(refusal, bindingFields), refusalText(refusal.Code))
	return s.showBinding(r, j, http.StatusUnprocessableEntity, f.again(bindingFields...))
}

// readBinding repeats the deadline that was chosen, as one that binds in the place of another.
func readBinding(f *formReader, p metrics.Program, was string) ledger.Deadline {
	key := f.line("deadline", true, ledger.MaxIDLength)
	i := slices.IndexFunc(p.Deadlines, func(d metrics.Deadline) bool { return d.Key == key && d.Kind == metrics.Regulatory })
	if i < 0 {
		if f.errorless("deadline") {
			f.refuse("deadline", i18n.FormChoice)
		}
		return ledger.Deadline{}
	}
	d := p.Deadlines[i]
	again := ledger.Deadline{
		Key: d.Key, Version: d.Version, Kind: string(d.Kind), Date: d.Date.String(), Stated: ledger.Text(d.Stated), AnnouncedOn: d.AnnouncedOn.String(),
		AnnouncedBy: d.AnnouncedBy, Document: d.Document, Binding: true, Amends: was, Source: d.Source, Provenance: d.Provenance,
	}
	if d.Earliest != nil {
		again.Earliest = d.Earliest.String()
	}
	return again
}
