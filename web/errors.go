package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

// retryAfterOutage is what clients are told to wait when the database is away.
const retryAfterOutage = 2 * time.Second

// failureOf turns any error into the failure that is answered. What is not known is an internal error.
func failureOf(err error) *failure {
	var known *failure
	var refusal *ledger.Refusal
	var bad *malformed
	var large *http.MaxBytesError
	var routing *echo.HTTPError
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &refusal):
		return refused(refusal, "")
	case errors.As(err, &bad):
		return &failure{kind: malformedRequest, detail: say(bad.reason), fields: []fieldError{{bad.pointer, say(bad.reason)}}}
	case errors.As(err, &large):
		return fail(tooLarge, i18n.DetailTooLarge, large.Limit)
	case errors.Is(err, postgres.ErrNotFound):
		return &failure{kind: notFound}
	case errors.Is(err, access.ErrBusy):
		return retryIn(unavailable, time.Second)
	case errors.Is(err, postgres.ErrUnavailable), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &failure{kind: unavailable, retryAfter: retryAfterOutage, cause: err}
	case errors.As(err, &routing) && routing.Code == http.StatusNotFound:
		return &failure{kind: notFound}
	case errors.As(err, &routing) && routing.Code == http.StatusMethodNotAllowed:
		return &failure{kind: methodNotAllowed}
	}
	return &failure{kind: internalError, cause: err}
}

// refusalTexts are the words for each reason a ledger has to refuse a draft.
var refusalTexts = map[ledger.Code]i18n.Message{
	ledger.UnknownMilestone: i18n.JSONNoMilestone,
	ledger.UnknownReport:    i18n.ReportUnknown,
	ledger.Required:         i18n.JSONRequired,
	ledger.DoneExceedsTotal: i18n.JSONDoneAbove,
	ledger.PartsExceedTotal: i18n.JSONPartsAbove,
	ledger.UnitMismatch:     i18n.JSONUnitDiffers,
	ledger.ObservedInFuture: i18n.JSONFuture,
	ledger.ObservedTooEarly: i18n.JSONTooEarly,
}

func refusalText(c ledger.Code) i18n.Message {
	if text, known := refusalTexts[c]; known {
		return text
	}
	return i18n.JSONInvalid
}

// pointers are the fields of a draft that stand elsewhere in a report's JSON.
var pointers = map[string]string{"": "", "reason": "/correction/reason", "next_due_at": "/next_report_due_at"}

// refused words a ledger's refusal of a report; at is the report's own pointer within the body.
func refused(r *ledger.Refusal, at string) *failure {
	pointer, elsewhere := pointers[r.Field]
	if !elsewhere {
		pointer = "/" + r.Field
	}
	f := &failure{kind: validationFailed}
	switch r.Code {
	case ledger.EventIDReused:
		f = fail(eventIDReused, i18n.DetailSameEntry, r.KnownEntry)
	case ledger.DecreaseUncalled:
		f = &failure{kind: decreaseUncalled, detail: howToCorrect(r)}
	case ledger.ChangedMeanwhile:
		f = fail(changedMeanwhile, i18n.DetailChanged, r.KnownEntry)
	case ledger.SamePerson, ledger.NotOwn:
		f = &failure{kind: samePerson}
	case ledger.RecordedOutOfOrder:
		f = &failure{kind: outOfOrder}
	}
	what := f.detail
	if what == nil {
		what = say(refusalText(r.Code))
	}
	f.fields = []fieldError{{at + pointer, what}}
	return f
}

// howToCorrect says what stands and what to send instead.
func howToCorrect(r *ledger.Refusal) words {
	done, total := int64(0), int64(0)
	if r.KnownDone != nil && r.KnownTotal != nil {
		done, total = *r.KnownDone, *r.KnownTotal
	}
	return say(i18n.DetailDecreaseHow, done, total, r.KnownAt, r.KnownEntry, `"correction": {"reason": "…"}`)
}

// answerError is the one place where an error becomes an answer.
func (s *Server) answerError(r *request, err error) {
	if r.Response().Committed {
		return // too late; the log line has it
	}
	f := failureOf(err)
	h := r.Response().Header()
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	setRetryAfter(r, f)
	switch {
	case r.isAPI():
		s.answerProblem(r, f)
	case f.kind.status == http.StatusUnauthorized && r.route != nil && r.route.Door == People:
		s.askToSignIn(r)
	default:
		s.answerErrorPage(r, f)
	}
}

func setRetryAfter(r *request, f *failure) {
	if f.retryAfter > 0 {
		r.Response().Header().Set("Retry-After", strconv.FormatInt(int64(f.retryAfter/time.Second), 10))
	}
}

func (s *Server) answerProblem(r *request, f *failure) {
	if f.kind.status == http.StatusUnauthorized {
		r.Response().Header().Set("WWW-Authenticate", `Bearer realm="tenggat"`)
	}
	p := f.problem(r.lang)
	p.Instance, p.RequestID = r.Request().URL.Path, r.id
	body, err := marshal(p)
	if err != nil {
		body = []byte("{}")
	}
	r.Response().Header().Set("Content-Language", r.lang.Tag())
	_ = r.Blob(f.kind.status, "application/problem+json", body) // the client has gone; nobody is left to tell
}

// answerErrorPage renders the page before it sends a status, and never under the request's own context: templ refuses to
// render on one that is over, which would come out as an empty page.
func (s *Server) answerErrorPage(r *request, f *failure) {
	page, err := renderHTML(r.Request().Context(), s.errorPage(r, f))
	if err != nil {
		s.logger.Error("error page", "id", r.id, "error", err)
		_ = r.String(f.kind.status, f.sentence(r.lang)+"\n"+r.id+"\n")
		return
	}
	_ = r.Blob(f.kind.status, html, page)
}
