package web

import (
	"net/http"
	"time"

	"tenggat/internal/i18n"
)

// problemKind is one way to fail that callers can tell apart: the problem type of RFC 9457.
type problemKind struct {
	slug   string // the last segment of its type URI
	status int
	title  i18n.Message
	text   i18n.Message // what is said where nothing more precise is known
}

// The kinds of problems. docs/api.md says of each what a client should do.
var (
	malformedRequest = problemKind{"malformed-request", http.StatusBadRequest, i18n.ProblemMalformed, i18n.JSONInvalid}
	unauthenticated  = problemKind{"unauthenticated", http.StatusUnauthorized, i18n.ProblemUnauthenticated, i18n.DetailUnauthenticated}
	forbidden        = problemKind{"forbidden", http.StatusForbidden, i18n.ForbiddenTitle, i18n.DetailRole}
	insufficient     = problemKind{"insufficient-scope", http.StatusForbidden, i18n.ProblemScope, i18n.DetailScope}
	crossOrigin      = problemKind{"cross-origin", http.StatusForbidden, i18n.ProblemCrossSite, i18n.DetailCrossSite}
	notFound         = problemKind{"not-found", http.StatusNotFound, i18n.ProblemNotFound, i18n.DetailNotFound}
	methodNotAllowed = problemKind{"method-not-allowed", http.StatusMethodNotAllowed, i18n.ProblemMethod, i18n.DetailMethod}
	eventIDReused    = problemKind{"event-id-reused", http.StatusConflict, i18n.ProblemConflict, i18n.DetailChanged}
	decreaseUncalled = problemKind{"decrease-needs-correction", http.StatusConflict, i18n.ProblemDecrease, i18n.ProblemDecrease}
	changedMeanwhile = problemKind{"changed-meanwhile", http.StatusConflict, i18n.ConflictTitle, i18n.DetailChanged}
	samePerson       = problemKind{"same-person", http.StatusForbidden, i18n.ProblemSamePerson, i18n.DetailSamePerson}
	erased           = problemKind{"erased", http.StatusGone, i18n.ProblemErased, i18n.DetailErased}
	outOfOrder       = problemKind{"recorded-out-of-order", http.StatusConflict, i18n.ProblemOutOfOrder, i18n.ProblemOutOfOrder}
	notSigned        = problemKind{"not-signed", http.StatusConflict, i18n.ProblemNotSigned, i18n.DetailNotSigned}
	tooLarge         = problemKind{"too-large", http.StatusRequestEntityTooLarge, i18n.ProblemTooLarge, i18n.ProblemTooLarge}
	unsupportedType  = problemKind{"unsupported-media-type", http.StatusUnsupportedMediaType, i18n.ProblemMediaType, i18n.DetailMediaType}
	misdirected      = problemKind{"misdirected", http.StatusMisdirectedRequest, i18n.ProblemMisdirected, i18n.DetailMisdirected}
	validationFailed = problemKind{"validation-failed", http.StatusUnprocessableEntity, i18n.ProblemValidation, i18n.ProblemValidation}
	rateLimited      = problemKind{"rate-limited", http.StatusTooManyRequests, i18n.ProblemRateLimited, i18n.SignInBusy}
	internalError    = problemKind{"internal", http.StatusInternalServerError, i18n.InternalTitle, i18n.InternalText}
	unavailable      = problemKind{"unavailable", http.StatusServiceUnavailable, i18n.UnavailableTitle, i18n.DetailUnknownOutcome}
)

// problemKinds lists them all, for what is behind each type URI.
var problemKinds = []problemKind{
	malformedRequest, unauthenticated, forbidden, insufficient, crossOrigin, notFound, methodNotAllowed, eventIDReused, decreaseUncalled,
	changedMeanwhile, samePerson, erased, outOfOrder, notSigned, tooLarge, unsupportedType, misdirected, validationFailed, rateLimited, internalError, unavailable,
}

func (k problemKind) typeURI() string { return "/problems/" + k.slug }

// failure is why a request was not done. It is the one error that says how it wants to be answered.
type failure struct {
	kind       problemKind
	heading    words // of the page; nil: its status has one
	detail     words
	fields     []fieldError
	retryAfter time.Duration // 0: not said
	cause      error         // for the log alone
}

// fieldError is what is wrong with one field of a request.
type fieldError struct {
	pointer string // RFC 6901, from the root of the body
	detail  words
}

func (f *failure) Error() string {
	text := f.kind.slug
	if f.detail != nil {
		text += ": " + f.detail.in(i18n.English)
	}
	for _, e := range f.fields {
		text += "; " + e.pointer + ": " + e.detail(i18n.English)
	}
	if f.cause != nil {
		text += ": " + f.cause.Error()
	}
	return text
}

func (f *failure) Unwrap() error { return f.cause }

// fail makes a failure with a sentence.
func fail(kind problemKind, m i18n.Message, args ...any) *failure {
	return &failure{kind: kind, detail: say(m, args...)}
}

// retryIn makes a failure that asks the caller to come back after some time, told in whole seconds.
func retryIn(kind problemKind, wait time.Duration) *failure {
	seconds := int64((wait + time.Second - 1) / time.Second)
	return &failure{kind: kind, detail: sayN(i18n.SignInTooMany, seconds), retryAfter: time.Duration(seconds) * time.Second}
}

// problem is the body of application/problem+json.
type problem struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail,omitempty"`
	Instance  string         `json:"instance,omitempty"`
	RequestID string         `json:"request_id,omitempty"`
	Errors    []problemField `json:"errors,omitempty"`
}

type problemField struct {
	Pointer string `json:"pointer"`
	Detail  string `json:"detail"`
}

// sentence says what went wrong; the cause stays in the log.
func (f *failure) sentence(l i18n.Lang) string {
	if f.detail == nil {
		return say(f.kind.text).in(l)
	}
	return f.detail(l)
}

// problem writes the failure for a program that reads it.
func (f *failure) problem(l i18n.Lang) problem {
	p := problem{Type: f.kind.typeURI(), Title: l.T(f.kind.title), Status: f.kind.status, Detail: f.sentence(l)}
	for _, e := range f.fields {
		p.Errors = append(p.Errors, problemField{e.pointer, e.detail.in(l)})
	}
	return p
}
