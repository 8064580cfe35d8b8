package web

import (
	"net/http"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
)

// maxNextDays is how far ahead a sender may promise its next report.
const maxNextDays = 31

// reportBody is one report as it came in, not yet judged against any ledger.
type reportBody struct {
	program   string // only in a batch
	milestone string // only in a batch
	draft     ledger.Draft
}

// readReport reads one report from JSON. It checks the form alone; what depends on the ledger is the ledger's to judge.
// wrong receives what is not right; if it received anything, the result must not be used.
func readReport(body jsonValue, pointer string, inBatch bool, wrong *[]fieldError) reportBody {
	f := readFields(body, pointer, wrong)
	var r reportBody
	if inBatch {
		f.require("program")
		f.require("milestone")
		r.program, r.milestone = f.identifier("program", ledger.MaxIDLength), f.identifier("milestone", ledger.MaxIDLength)
	}
	report := ledger.Report{
		Milestone: r.milestone,
		Done:      f.count("done"), Total: f.count("total"), Failed: f.count("failed"), Skipped: f.count("skipped"),
		Unit:  f.choice("unit", "records", "merchants", "checks", "percent"),
		RunID: f.identifier("run_id", ledger.MaxIDLength),
		State: f.choice("state", "running", "succeeded", "failed", "aborted"),
	}
	r.draft = ledger.Draft{Kind: ledger.KindReport, EventID: f.identifier("event_id", ledger.MaxIDLength), Texts: map[string]string{}}
	f.require("observed_at")
	r.draft.ObservedAt, _ = f.instant("observed_at")
	report.NextDueAt = readNextDue(f, r.draft.ObservedAt)
	if message := f.text("message", ledger.MaxTextLength); message != "" {
		r.draft.Texts["message"] = message
	}
	if reason, ok := readCorrection(f); ok {
		r.draft.Kind, r.draft.Texts["reason"] = ledger.KindCorrection, reason
	}
	f.end()
	checkCounts(f, r.draft.Kind)
	r.draft.Body = report
	return r
}

// readCorrection reads the member that makes a report a correction.
func readCorrection(f *fields) (reason string, is bool) {
	c := f.inner("correction")
	if c == nil {
		return "", false
	}
	c.require("reason")
	reason = c.text("reason", ledger.MaxTextLength)
	if c.has("reason") && strings.TrimSpace(reason) == "" {
		c.refuse("reason", i18n.JSONRequired)
	}
	c.end()
	return reason, true
}

// checkCounts knows which members need which others.
func checkCounts(f *fields, kind ledger.Kind) {
	hasDone, hasTotal := f.has("done"), f.has("total")
	switch {
	case hasDone && !hasTotal:
		f.refuse("total", i18n.JSONDoneWithTotal)
	case hasTotal && !hasDone:
		f.refuse("done", i18n.JSONDoneWithTotal)
	case !hasDone && kind == ledger.KindCorrection:
		f.refuse("correction", i18n.JSONNeedsCounts)
	case !hasDone && !f.has("state"):
		f.refuse("state", i18n.JSONNeedsState)
	}
	for _, part := range []string{"failed", "skipped"} {
		if !hasDone && f.has(part) {
			f.refuse(part, i18n.JSONNeedsCounts)
		}
	}
}

// readNextDue reads when the sender promises its next report, given as a time or as seconds after the observation.
func readNextDue(f *fields, observed time.Time) *time.Time {
	const longest = maxNextDays * 24 * time.Hour
	seconds := f.integer("next_report_seconds", 1, int64(longest/time.Second))
	due, stated := f.instant("next_report_due_at")
	switch {
	case seconds != nil && stated:
		f.refuse("next_report_due_at", i18n.JSONNextOnce)
	case seconds != nil:
		due = observed.Add(time.Duration(*seconds) * time.Second)
		return &due
	case stated && !observed.IsZero() && (due.Sub(observed) < time.Second || due.Sub(observed) > longest):
		f.refuse("next_report_due_at", i18n.JSONNextRange)
	case stated:
		return &due
	}
	return nil
}

// idempotencyKey reads the header. As a structured field it stands in quotation marks; most senders leave them out.
func idempotencyKey(h http.Header) string {
	key := strings.TrimSpace(h.Get("Idempotency-Key"))
	if len(key) >= 2 && key[0] == '"' && key[len(key)-1] == '"' {
		key = key[1 : len(key)-1]
	}
	return key
}

// agreeOnEventID settles which id a report goes by: the body's, the header's, or both if they are the same.
func agreeOnEventID(r *reportBody, header, pointer string, wrong *[]fieldError) {
	refuse := func(m i18n.Message, args ...any) {
		*wrong = append(*wrong, fieldError{pointer + "/event_id", say(m, args...)})
	}
	switch {
	case header == "" && r.draft.EventID == "":
		refuse(i18n.JSONEventID)
	case header != "" && r.draft.EventID != "" && header != r.draft.EventID:
		refuse(i18n.JSONEventIDs)
	case header != "" && (len(header) > ledger.MaxIDLength || !printable(header)):
		refuse(i18n.JSONPrintable)
	case header != "":
		r.draft.EventID = header
	}
}
