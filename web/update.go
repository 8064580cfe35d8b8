package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/web/view"
)

// updateFields are the visible fields of the engineer's form; the last two raise a blocker along with it.
var updateFields = []string{"done", "total", "note", "reason", "title", "waits_on"}

// getUpdate shows the form with the counts in force.
func (s *Server) getUpdate(r *request) error {
	return s.showUpdate(r, http.StatusOK, view.Form{Values: r.prefilled(updateFields...)}, s.newEventID())
}

func (s *Server) showUpdate(r *request, status int, form view.Form, eventID string) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	key, frame := r.param("milestone"), r.formFrame(j)
	frame.Notice = j.savedOf(r)
	model, ok := view.NewUpdateModel(frame, j.Program, j.assessment, key, form, eventID)
	if !ok {
		return &failure{kind: notFound}
	}
	return s.sendOnce(r, status, view.UpdatePage(model))
}

// savedOf says what stands now of the milestone that was saved just before; "" if none was.
func (j *judged) savedOf(r *request) string {
	m, err := j.milestone(r.QueryParam("saved"))
	if err != nil {
		return ""
	}
	return view.SavedOf(r.lang, j.Zone, m.Milestone)
}

// judgeNow reads the program as it is, for pages that are about to change it.
func (s *Server) judgeNow(r *request) (judged, error) {
	return s.judge(r.Request().Context(), r.credential, r.program.ID, moment{})
}

func (r *request) formFrame(j judged) view.Frame {
	return withProgram(r.frame(r.queryOf("lang", "milestone")), moment{}, j)
}

// update is what an engineer says of a milestone.
type update struct {
	milestone    string
	eventID      string
	shownAt      time.Time
	entry        int64
	done, total  int64
	note, reason string
	blocker      string // what is in the way; "": nothing
	waitsOn      string
	then         string // where to go on: "next", "list", or "" for the milestone's page
}

// postUpdate records what the form says. Whatever is not accepted comes back with all that was typed.
func (s *Server) postUpdate(r *request) error {
	form, err := readForm(r, append(updateFields, "event_id", "entry", "then")...)
	if err != nil {
		return err
	}
	fields := &formReader{lang: r.lang, values: form}
	u, err := r.readUpdate(fields)
	if err != nil {
		return err
	}
	if len(fields.wrong) > 0 {
		return s.showUpdate(r, http.StatusUnprocessableEntity, fields.again(updateFields...), s.newEventID())
	}
	receipt, err := s.appendUpdate(r, u)
	var refusal *ledger.Refusal
	switch {
	case err == nil && receipt.Proposal != "":
		return r.redirect(r.milestonePath(u.milestone), r.noticed("proposed"))
	case err == nil:
		return s.goOn(r, u)
	case errors.Is(err, postgres.ErrUnavailable):
		return s.notSaved(r, u, fields, err)
	case !errors.As(err, &refusal):
		return err
	case refusal.Code == ledger.ChangedMeanwhile || refusal.Code == ledger.EventIDReused:
		return s.showConflict(r, u, refusal, form)
	}
	u.mend(fields, refusal)
	return s.showUpdate(r, http.StatusUnprocessableEntity, fields.again(updateFields...), s.newEventID())
}

// readUpdate reads the form. The error is about its hidden fields, which no person fills in.
func (r *request) readUpdate(f *formReader) (update, error) {
	u := update{eventID: f.values.Get("event_id"), done: f.number("done"), total: f.number("total")}
	u.note, u.reason = f.text("note", false, ledger.MaxTextLength), f.text("reason", false, ledger.MaxTextLength)
	if len(f.wrong) == 0 && u.done > u.total {
		f.refuse("done", i18n.FormDoneAbove, r.lang.Int(u.total))
	}
	blocked := f.values.Get("title") != "" || f.values.Get("waits_on") != ""
	u.blocker, u.waitsOn = f.text("title", blocked, ledger.MaxTextLength), f.line("waits_on", blocked, maxPartyLength)
	u.then = f.values.Get("then")
	var ok1, ok2 bool
	u.shownAt, ok1 = shownAt(u.eventID)
	u.entry, ok2 = f.entry()
	if !ok1 || !ok2 {
		return update{}, &failure{kind: malformedRequest}
	}
	u.milestone = r.param("milestone")
	return u, nil
}

// appendUpdate records the update as a report; if that would lower the count and a reason was given, as a correction. Sending
// the same form again tries the same and finds it recorded.
func (s *Server) appendUpdate(r *request, u update) (ledger.Receipt, error) {
	receipt, err := s.appendAs(r, u, ledger.KindReport)
	var refusal *ledger.Refusal
	if u.reason != "" && errors.As(err, &refusal) && (refusal.Code == ledger.DecreaseUncalled || refusal.Code == ledger.EventIDReused) {
		return s.appendAs(r, u, ledger.KindCorrection)
	}
	return receipt, err
}

func (s *Server) appendAs(r *request, u update, kind ledger.Kind) (ledger.Receipt, error) {
	texts := map[string]string{}
	if u.note != "" {
		texts["message"] = u.note
	}
	if kind == ledger.KindCorrection {
		texts["reason"] = u.reason
	}
	draft := ledger.Draft{
		Kind: kind, Source: r.who.Actor(), Actor: r.who.Actor(), EventID: u.eventID, ObservedAt: u.shownAt, Texts: texts,
		Body: ledger.Report{Milestone: u.milestone, Done: &u.done, Total: &u.total},
	}
	unit := ledger.Unit{Drafts: []ledger.Draft{draft}, Expect: &ledger.Expectation{Milestone: u.milestone, Entry: u.entry}}
	if u.blocker != "" {
		unit.Drafts = append(unit.Drafts, r.blockerOf(u))
	}
	receipts, err := s.writer.Append(r.Request().Context(), r.program.ID, unit)
	if err != nil {
		return ledger.Receipt{}, err
	}
	return receipts[0], nil
}

// blockerOf is what stands in the way of the milestone, by the same form. Its event id follows from the form's.
func (r *request) blockerOf(u update) ledger.Draft {
	return r.itemDraft(r.newBlocker(u.eventID, u.shownAt, u.milestone, u.waitsOn), u.eventID+"-blocker", u.shownAt, map[string]string{"title": u.blocker})
}

// goOn leads on from a saved update.
func (s *Server) goOn(r *request, u update) error {
	query := r.queryOf("lang")
	query.Set("saved", u.milestone)
	switch u.then {
	case "list":
		query.Set("program", r.program.Slug)
		return r.redirect("/updates", query)
	case "next":
		j, err := s.judgeNow(r)
		if err != nil {
			return err
		}
		if i := metrics.NextInWorklist(j.assessment, u.milestone); i >= 0 {
			return r.redirect(r.milestonePath(j.assessment.Milestones[i].Milestone.Key)+"/update", query)
		}
	}
	return r.redirect(r.milestonePath(u.milestone), r.noticed("saved"))
}

// mend words a ledger's refusal for the field it is about.
func (u update) mend(f *formReader, r *ledger.Refusal) {
	switch r.Code {
	case ledger.DecreaseUncalled:
		f.refuse("reason", i18n.FormReason)
	case ledger.DoneExceedsTotal, ledger.PartsExceedTotal:
		f.refuse("done", i18n.FormDoneAbove, f.lang.Int(u.total))
	default:
		f.refuse("done", refusalText(r.Code))
	}
}

// notSaved brings the form back, under the same event id, when nobody knows whether it was stored: sending it again is safe.
func (s *Server) notSaved(r *request, u update, f *formReader, err error) error {
	form := f.again(updateFields...)
	form.Trouble = r.lang.T(i18n.UnknownOutcome)
	setRetryAfter(r, failureOf(err))
	if s.showUpdate(r, http.StatusServiceUnavailable, form, u.eventID) != nil {
		return err // nothing can be read either
	}
	s.logger.Error("update perhaps not saved", "id", r.id, "error", err)
	return nil
}

// showConflict puts what stands now beside what was typed.
func (s *Server) showConflict(r *request, u update, refusal *ledger.Refusal, form url.Values) error {
	j, err := s.judgeNow(r)
	if err != nil {
		return err
	}
	by, err := s.actorOf(r.Request().Context(), r, u.milestone, refusal.KnownEntry)
	if err != nil {
		return err
	}
	model, ok := view.NewConflictModel(r.formFrame(j), j.Program, j.assessment, u.milestone, view.Form{Values: typed(form, updateFields...)}, s.newEventID(), by)
	if !ok {
		return &failure{kind: notFound}
	}
	return s.sendOnce(r, http.StatusConflict, view.ConflictPage(model))
}

// actorOf is who made an entry.
func (s *Server) actorOf(ctx context.Context, r *request, milestone string, entry int64) (string, error) {
	records, err := s.reader.Records(ctx, r.credential, r.program.ID, milestone, time.Time{}, entry+1, 1)
	if err != nil || len(records) == 0 {
		return "", err
	}
	return records[0].Actor, nil
}

func (r *request) milestonePath(key string) string {
	return view.ProgramPath(r.program.Slug) + view.MilestonePath(key)
}
