package web

import (
	"errors"
	"net/http"
	"net/url"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/web/view"
)

// act is a form that records one entry: which fields it has, how it looks, what it says, and where it leads.
type act struct {
	fields   []string                                            // the visible ones, a document's aside
	document bool                                                // it may bring one
	review   bool                                                // what was typed is shown once more before it is recorded
	judge    func(r *request, values url.Values) (judged, error) // of which moment the program is; nil: of now
	page     func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool)
	draft    func(r *request, j judged, f *formReader, said sent) ledger.Draft
	expect   func(r *request, entry int64) *ledger.Expectation // nil: whatever came meanwhile is no matter
	saved    func(r *request, receipt ledger.Receipt) (path string, notice string)
}

// sent is what a form brings beside its visible fields.
type sent struct {
	key    string // for the thing that the entry makes; from the form's event id, so that a double submit makes one
	stored postgres.File
}

// get shows the form.
func (a act) get(s *Server, r *request) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	return a.show(s, r, j, http.StatusOK, view.Form{Values: r.prefilled(a.fields...)}, s.newEventID())
}

func (a act) show(s *Server, r *request, j judged, status int, form view.Form, eventID string) error {
	model, ok := a.page(r, j, form, eventID)
	if !ok {
		return &failure{kind: notFound}
	}
	return s.sendOnce(r, status, view.ActPage(model))
}

// post records what the form says. Whatever is not accepted comes back with all that was typed, and without asking for the document
// again.
func (a act) post(s *Server, r *request) error {
	if a.document {
		defer r.allow(uploadTimeout)()
	}
	values, up, err := a.read(s, r)
	if err != nil {
		return err
	}
	defer up.close()
	f := &formReader{lang: r.lang, values: values}
	eventID := values.Get("event_id")
	shown, ok1 := shownAt(eventID)
	entry, ok2 := f.entry()
	if !ok1 || !ok2 {
		return &failure{kind: malformedRequest}
	}
	j, err := a.judged(s, r, values)
	if err != nil {
		return err
	}
	if _, ok := a.page(r, j, view.Form{}, ""); !ok { // nothing is stored for what is not there
		return &failure{kind: notFound}
	}
	said := sent{key: eventID[len(eventID)-12:]}
	if said.stored, err = s.keepUpload(r.Request().Context(), f, up, r.program.ID); err != nil {
		return err
	}
	draft := a.draft(r, j, f, said)
	if len(f.wrong) > 0 {
		return a.show(s, r, j, uploadStatus(up), f.againWith(said.stored, a.fields...), s.newEventID())
	}
	if form := f.againWith(said.stored, a.fields...); a.review && values.Get("step") == "edit" {
		return a.show(s, r, j, http.StatusOK, form, s.newEventID())
	} else if a.review && values.Get("step") != "save" {
		model, _ := a.page(r, j, form, eventID)
		return s.sendOnce(r, http.StatusOK, view.ActReviewPage(model))
	}
	draft.Source, draft.Actor, draft.EventID, draft.ObservedAt = r.who.Actor(), r.who.Actor(), eventID, shown
	unit := ledger.Unit{Drafts: []ledger.Draft{draft}}
	if a.expect != nil {
		unit.Expect = a.expect(r, entry)
	}
	receipts, err := s.writer.Append(r.Request().Context(), r.program.ID, unit)
	if err == nil {
		path, notice := a.saved(r, receipts[0])
		return r.redirect(path, r.noticed(notice))
	}
	return a.refused(s, r, j, f, said, eventID, err)
}

// judged is the program as the form speaks of it.
func (a act) judged(s *Server, r *request, values url.Values) (judged, error) {
	if a.judge != nil {
		return a.judge(r, values)
	}
	return s.judgeNow(r)
}

// read takes the form in, with a document or without.
func (a act) read(s *Server, r *request) (url.Values, *upload, error) {
	names := append([]string{"event_id", "entry", "step"}, a.fields...)
	if !a.document {
		values, err := readForm(r, names...)
		return values, &upload{values: values}, err
	}
	up, err := s.readUpload(r, names...)
	if err != nil {
		return nil, nil, err
	}
	return up.values, up, nil
}

// refused brings the form back with what the ledger, or the database, has to say.
func (a act) refused(s *Server, r *request, j judged, f *formReader, said sent, eventID string, err error) error {
	var refusal *ledger.Refusal
	if errors.Is(err, postgres.ErrUnavailable) { // nobody knows whether it was recorded: sending the same again is safe
		form := f.againWith(said.stored, a.fields...)
		form.Trouble = r.lang.T(i18n.UnknownOutcome)
		setRetryAfter(r, failureOf(err))
		s.logger.Error("act perhaps not saved", "id", r.id, "error", err)
		return a.show(s, r, j, http.StatusServiceUnavailable, form, eventID)
	}
	if !errors.As(err, &refusal) {
		return err
	}
	status, trouble := http.StatusConflict, ""
	switch refusal.Code {
	case ledger.SamePerson, ledger.NotOwn:
		status, trouble = http.StatusForbidden, r.lang.T(i18n.DetailSamePerson)
	case ledger.AlreadyDecided:
		trouble = say(i18n.DetailDecided, refusal.KnownEntry).in(r.lang)
	case ledger.ChangedMeanwhile, ledger.EventIDReused, ledger.KeyTaken:
		trouble = say(i18n.DetailChanged, refusal.KnownEntry).in(r.lang)
	case ledger.UnknownFile:
		status = http.StatusUnprocessableEntity
		f.refuse(formFile, i18n.FileGone)
	default:
		status = http.StatusUnprocessableEntity
		f.refuse(fieldOf(refusal, a.fields), refusalText(refusal.Code))
	}
	form := f.againWith(said.stored, a.fields...)
	form.Trouble = trouble
	return a.show(s, r, j, status, form, s.newEventID())
}
