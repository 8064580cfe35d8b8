package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
)

// receiptJSON acknowledges one report. It is sent only after the transaction that recorded the report has committed.
type receiptJSON struct {
	ID         string        `json:"id"`    // the sender's event id
	Entry      int64         `json:"entry"` // the number of the ledger entry
	LeafHash   ledger.Hash   `json:"leaf_hash"`
	RecordedAt string        `json:"recorded_at"`
	Effect     ledger.Effect `json:"effect"`
	Milestone  string        `json:"milestone"`
	Proposal   string        `json:"proposal,omitempty"` // its key, where a second person is needed
	Detail     string        `json:"detail,omitempty"`
	Receipt    string        `json:"receipt,omitempty"` // the signed promise that the entry stays; in a batch there is one for all
}

func newReceipt(l i18n.Lang, d ledger.Draft, receipt ledger.Receipt) receiptJSON {
	answer := receiptJSON{
		ID: d.EventID, Entry: receipt.Entry, LeafHash: receipt.LeafHash, RecordedAt: rfc3339(receipt.RecordedAt),
		Effect: receipt.Effect, Milestone: d.Milestone(), Proposal: receipt.Proposal,
	}
	switch receipt.Effect {
	case ledger.Proposed:
		answer.Detail = l.T(i18n.DetailProposed)
	case ledger.Stale:
		answer.Detail = l.T(i18n.DetailStale)
	case ledger.Duplicate:
		answer.Detail = l.T(i18n.DetailDuplicate)
		if receipt.Proposal != "" {
			answer.Detail = l.T(i18n.DetailProposedOnce)
		}
	}
	return answer
}

// status is 201 for what is new, 202 for what waits for a second person, and 200 for a repeat.
func (a receiptJSON) status() int {
	switch a.Effect {
	case ledger.Duplicate:
		return http.StatusOK
	case ledger.Proposed:
		return http.StatusAccepted
	}
	return http.StatusCreated
}

// location is where a report, or what became of it, can be read.
func (a receiptJSON) location(program, milestone string) string {
	if a.Proposal != "" {
		return fmt.Sprintf("/api/v1/programs/%s/milestones/%s/proposals", url.PathEscape(program), url.PathEscape(milestone))
	}
	return reportPath(program, milestone, a.Entry)
}

// postReport takes one report of the milestone in the path.
func (s *Server) postReport(r *request) error {
	body, err := readJSON(r, maxSingleBody)
	if err != nil {
		return err
	}
	var wrong []fieldError
	report := readReport(body, "", false, &wrong)
	agreeOnEventID(&report, idempotencyKey(r.Request().Header), "", &wrong)
	if len(wrong) > 0 {
		return &failure{kind: validationFailed, fields: wrong}
	}
	milestone := r.param("milestone")
	draft := report.draftOf(milestone, r.who.Actor())
	receipts, err := s.writer.Append(r.Request().Context(), r.program.ID, ledger.Unit{Drafts: []ledger.Draft{draft}})
	if err != nil {
		return milestoneInPath(err)
	}
	answer := newReceipt(r.lang, draft, receipts[0])
	answer.Receipt = s.promise(r, receipts)
	r.Response().Header().Set("Location", answer.location(r.program.Slug, milestone))
	return writeJSON(r, answer.status(), answer)
}

// milestoneInPath makes an unknown milestone what it is in an address: not found.
func milestoneInPath(err error) error {
	var refusal *ledger.Refusal
	if errors.As(err, &refusal) && refusal.Code == ledger.UnknownMilestone {
		return &failure{kind: notFound}
	}
	return err
}

func reportPath(program, milestone string, entry int64) string {
	return fmt.Sprintf("/api/v1/programs/%s/milestones/%s/reports/%d", url.PathEscape(program), url.PathEscape(milestone), entry)
}

// draftOf makes the report a draft by a sender.
func (b reportBody) draftOf(milestone, sender string) ledger.Draft {
	d := b.draft
	report := d.Body.(ledger.Report)
	report.Milestone = milestone
	d.Body, d.Source, d.Actor = report, sender, sender
	return d
}

// batchItem is one report of a batch: ready to be recorded, or why it is not.
type batchItem struct {
	draft   ledger.Draft
	failure *failure
	receipt ledger.Receipt
}

func (i *batchItem) refuse(f *failure) {
	if i.failure == nil {
		i.failure = f
	}
}

// postReports takes up to 1,000 reports. By itself each stands or falls alone; with atomic=true all do together.
func (s *Server) postReports(r *request) error {
	atomic, err := r.atomic()
	if err != nil {
		return err
	}
	body, err := readJSON(r, maxBatchBody)
	if err != nil {
		return err
	}
	items, err := r.readBatch(body)
	if err != nil {
		return err
	}
	if atomic {
		err = s.appendAll(r, items)
	} else {
		err = s.appendEach(r, items)
	}
	if err != nil {
		return err
	}
	answer := newBatchAnswer(r.lang, items)
	answer.Receipt = s.promise(r, acknowledged(items))
	return writeJSON(r, http.StatusOK, answer)
}

func (r *request) atomic() (bool, error) {
	switch r.QueryParam("atomic") {
	case "":
		return false, nil
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, fail(malformedRequest, i18n.DetailQuery, "atomic")
}

// readBatch reads the form of every report. The error is about the batch as a whole.
func (r *request) readBatch(body jsonValue) ([]batchItem, error) {
	var wrong []fieldError
	f := readFields(body, "", &wrong)
	f.require("reports")
	list, _ := f.member("reports", jsonArray, i18n.JSONArray)
	f.end()
	switch {
	case len(wrong) > 0:
		return nil, &failure{kind: validationFailed, fields: wrong}
	case len(list.items) > maxBatch:
		return nil, fail(tooLarge, i18n.DetailBatchSize, int64(maxBatch))
	case len(list.items) == 0:
		return nil, &failure{kind: validationFailed, fields: []fieldError{{"/reports", say(i18n.DetailBatchSize, int64(maxBatch))}}}
	}
	items := make([]batchItem, len(list.items))
	for i, value := range list.items {
		items[i] = r.readBatchItem(value, itemPointer(i))
	}
	return items, nil
}

func itemPointer(i int) string { return "/reports/" + strconv.Itoa(i) }

func (r *request) readBatchItem(value jsonValue, at string) batchItem {
	var item batchItem
	var wrong []fieldError
	report := readReport(value, at, true, &wrong)
	agreeOnEventID(&report, "", at, &wrong)
	switch {
	case len(wrong) > 0:
		item.refuse(&failure{kind: validationFailed, fields: wrong})
	case report.program != r.program.Slug:
		item.refuse(&failure{kind: notFound, fields: []fieldError{{at + "/program", say(i18n.JSONNoProgram)}}})
	case !r.who.Covers(r.program.ID, report.milestone):
		item.refuse(&failure{kind: insufficient, fields: []fieldError{{at + "/milestone", say(i18n.DetailScope)}}})
	default:
		item.draft = report.draftOf(report.milestone, r.who.Actor())
	}
	return item
}

// appendEach records what can be recorded, all in one transaction.
func (s *Server) appendEach(r *request, items []batchItem) error {
	var units []ledger.Unit
	var of []int // the item each unit came from
	for i := range items {
		if items[i].failure == nil {
			units, of = append(units, ledger.Unit{Drafts: []ledger.Draft{items[i].draft}}), append(of, i)
		}
	}
	if len(units) == 0 {
		return nil
	}
	outcomes, err := s.writer.AppendEach(r.Request().Context(), r.program.ID, units)
	if err != nil {
		return err
	}
	for n, outcome := range outcomes {
		item := &items[of[n]]
		if outcome.Err != nil {
			item.failure = itemFailure(outcome.Err, itemPointer(of[n]))
			continue
		}
		item.receipt = outcome.Receipts[0]
	}
	return nil
}

// appendAll records all or nothing; the answer to nothing points at every report whose form is wrong, or at the first that
// the ledger refuses.
func (s *Server) appendAll(r *request, items []batchItem) error {
	var whole *failure
	unit := ledger.Unit{}
	for _, item := range items {
		unit.Drafts = append(unit.Drafts, item.draft)
		switch {
		case item.failure == nil:
		case whole == nil:
			whole = &failure{kind: item.failure.kind, detail: say(i18n.DetailItem), fields: item.failure.fields}
		default:
			whole.fields = append(whole.fields, item.failure.fields...)
		}
	}
	if whole != nil {
		return whole
	}
	receipts, err := s.writer.Append(r.Request().Context(), r.program.ID, unit)
	var refusal *ledger.Refusal
	if errors.As(err, &refusal) {
		return refused(refusal, itemPointer(refusal.Index))
	}
	if err != nil {
		return err
	}
	for i := range items {
		items[i].receipt = receipts[i]
	}
	return nil
}

func itemFailure(err error, at string) *failure {
	var refusal *ledger.Refusal
	if errors.As(err, &refusal) {
		return refused(refusal, at)
	}
	return failureOf(err)
}

// batchAnswer says what became of each report, in the order they were sent.
type batchAnswer struct {
	Summary batchSummary  `json:"summary"`
	Results []batchResult `json:"results"`
	Receipt string        `json:"receipt,omitempty"` // one signed promise for everything that was acknowledged
}

type batchSummary struct {
	Received  int `json:"received"`
	Applied   int `json:"applied"`
	Duplicate int `json:"duplicate"`
	Stale     int `json:"stale"`
	Proposed  int `json:"proposed"`
	Rejected  int `json:"rejected"`
}

type batchResult struct {
	Index  int `json:"index"`
	Status int `json:"status"`
	*receiptJSON
	Problem *problem `json:"problem,omitempty"`
}

// acknowledged are the receipts of the reports that were taken, in the order they were sent.
func acknowledged(items []batchItem) []ledger.Receipt {
	var receipts []ledger.Receipt
	for _, item := range items {
		if item.failure == nil {
			receipts = append(receipts, item.receipt)
		}
	}
	return receipts
}

func newBatchAnswer(l i18n.Lang, items []batchItem) batchAnswer {
	answer := batchAnswer{Summary: batchSummary{Received: len(items)}, Results: make([]batchResult, len(items))}
	for i, item := range items {
		result := batchResult{Index: i}
		if item.failure != nil {
			p := item.failure.problem(l)
			result.Status, result.Problem = p.Status, &p
			answer.Summary.Rejected++
		} else {
			receipt := newReceipt(l, item.draft, item.receipt)
			result.Status, result.receiptJSON = receipt.status(), &receipt
			answer.Summary.count(receipt.Effect)
		}
		answer.Results[i] = result
	}
	return answer
}

func (s *batchSummary) count(e ledger.Effect) {
	switch e {
	case ledger.Applied:
		s.Applied++
	case ledger.Duplicate:
		s.Duplicate++
	case ledger.Stale:
		s.Stale++
	case ledger.Proposed:
		s.Proposed++
	}
}
