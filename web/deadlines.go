package web

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// getDeadlines is every version of every deadline, each judged on its own.
func (s *Server) getDeadlines(r *request) error {
	return s.sendPage(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.DeadlinesPage(view.NewDeadlinesModel(f, j.Program, j.assessment)), nil
	})
}

// deadlineFields are the visible fields of the form that records a deadline.
var deadlineFields = []string{"key", "kind", "date", "earliest", "stated", "announced_on", "announced_by", "document", "binding"}

// getDeadline shows the form.
func (s *Server) getDeadline(r *request) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	return s.showDeadline(r, j, http.StatusOK, view.Form{Values: r.prefilled(deadlineFields...)})
}

func (s *Server) showDeadline(r *request, j judged, status int, form view.Form) error {
	return s.sendOnce(r, status, view.DeadlinePage(view.NewDeadlineModel(r.formFrame(j), form, s.newEventID())))
}

// postDeadline takes the form in two steps: what was typed comes back for review beside the date that binds now, and is recorded
// when it is sent again with the step "save". If another date has come to bind meanwhile, the review is shown once more.
func (s *Server) postDeadline(r *request) error {
	values, err := readForm(r, append(deadlineFields, "event_id", "step", "was")...)
	if err != nil {
		return err
	}
	eventID := values.Get("event_id")
	if _, ok := shownAt(eventID); !ok {
		return &failure{kind: malformedRequest}
	}
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	f := &formReader{lang: r.lang, values: values}
	d := readDeadline(f, metrics.DayOf(s.now(), r.program.Zone))
	if recorded(j.Program, d) { // the same form, sent twice
		return r.redirect(r.deadlinesPath(), r.noticed("saved"))
	}
	if slices.ContainsFunc(j.Deadlines, func(known metrics.Deadline) bool { return known.Key == d.Key }) {
		f.refuse("key", i18n.FormKeyTaken)
	}
	switch {
	case len(f.wrong) > 0:
		return s.showDeadline(r, j, http.StatusUnprocessableEntity, f.again(deadlineFields...))
	case values.Get("step") == "edit":
		return s.showDeadline(r, j, http.StatusOK, f.again(deadlineFields...))
	case values.Get("step") != "save":
		return s.reviewDeadline(r, j, http.StatusOK, d, f.again(deadlineFields...), eventID)
	case values.Get("was") != bindingKey(j.Program):
		form := f.again(deadlineFields...)
		form.Trouble = r.lang.T(i18n.DeadlineReviewStale)
		return s.reviewDeadline(r, j, http.StatusConflict, d, form, eventID)
	}
	return s.saveDeadline(r, j, d, f, eventID)
}

func (s *Server) reviewDeadline(r *request, j judged, status int, d ledger.Deadline, form view.Form, eventID string) error {
	return s.sendOnce(r, status, view.DeadlineReviewPage(view.NewDeadlineReviewModel(r.formFrame(j), j.Program, d.Binding, form, bindingKey(j.Program), eventID)))
}

func (s *Server) saveDeadline(r *request, j judged, d ledger.Deadline, f *formReader, eventID string) error {
	if d.Kind == string(metrics.Regulatory) {
		d.Version = nextVersion(j.Program)
	}
	if d.Binding {
		d.Amends = bindingKey(j.Program)
	}
	shown, _ := shownAt(eventID)
	_, err := s.writer.Append(r.Request().Context(), r.program.ID, ledger.Unit{Drafts: []ledger.Draft{{
		Kind: ledger.KindDeadline, Source: r.who.Actor(), Actor: r.who.Actor(), EventID: eventID, ObservedAt: shown, Body: d,
	}}})
	var refusal *ledger.Refusal
	switch {
	case err == nil:
		return r.redirect(r.deadlinesPath(), r.noticed("saved"))
	case !errors.As(err, &refusal):
		return err
	}
	f.refuse(fieldOf(refusal, deadlineFields), refusalText(refusal.Code))
	return s.showDeadline(r, j, http.StatusUnprocessableEntity, f.again(deadlineFields...))
}

// readDeadline reads the form in the order of its fields. What was stated is kept as it was written, in both languages.
func readDeadline(f *formReader, today metrics.Day) ledger.Deadline {
	d := ledger.Deadline{
		Key: f.line("key", true, maxDeadlineKey), Kind: f.choice("kind", string(metrics.Regulatory), string(metrics.ExpectedCompletion)),
		Date: f.requiredDate("date"), Earliest: f.date("earliest"),
	}
	if d.Earliest > d.Date && f.errorless("date") {
		f.refuse("earliest", i18n.FormEarliestLater)
	}
	stated := f.line("stated", true, maxPartyLength)
	d.Stated = ledger.Text{ID: stated, EN: stated}
	d.AnnouncedOn = f.pastDate("announced_on", f.requiredDate("announced_on"), today)
	d.AnnouncedBy, d.Document = f.line("announced_by", true, maxPartyLength), f.line("document", false, maxPartyLength)
	d.Binding = f.choice("binding", "yes", "no") == "yes"
	if d.Binding && d.Kind == string(metrics.ExpectedCompletion) {
		f.refuse("binding", i18n.FormBindingExpected)
	}
	return d
}

// maxDeadlineKey keeps keys short: they stand in table rows.
const maxDeadlineKey = 20

// recorded reports whether the program knows this very deadline already.
func recorded(p metrics.Program, d ledger.Deadline) bool {
	return slices.ContainsFunc(p.Deadlines, func(known metrics.Deadline) bool {
		earliest := ""
		if known.Earliest != nil {
			earliest = known.Earliest.String()
		}
		return known.Key == d.Key && string(known.Kind) == d.Kind && known.Date.String() == d.Date && earliest == d.Earliest && known.Stated == metrics.Text(d.Stated) &&
			known.AnnouncedOn.String() == d.AnnouncedOn && known.AnnouncedBy == d.AnnouncedBy && known.Document == d.Document && known.Binding == d.Binding
	})
}

// bindingKey is the key of the deadline that counts; "": none does.
func bindingKey(p metrics.Program) string {
	for _, d := range p.Deadlines {
		if d.Binding {
			return d.Key
		}
	}
	return ""
}

// nextVersion numbers the regulator's dates in the order they are recorded.
func nextVersion(p metrics.Program) int64 {
	version := int64(1)
	for _, d := range p.Deadlines {
		version = max(version, d.Version+1)
	}
	return version
}

func (r *request) deadlinesPath() string { return view.ProgramPath(r.program.Slug) + "/deadlines" }
