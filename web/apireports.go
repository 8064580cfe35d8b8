package web

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

// Pages of a milestone's reports.
const (
	defaultPage = 50
	maxPage     = 200
)

// reportJSON is one recorded report, as its entry has it.
type reportJSON struct {
	Entry      int64           `json:"entry"`
	Kind       ledger.Kind     `json:"kind"` // report, correction
	ID         string          `json:"id"`
	Source     string          `json:"source"`
	Actor      string          `json:"actor"`
	ObservedAt string          `json:"observed_at"`
	RecordedAt string          `json:"recorded_at"`
	Imported   bool            `json:"imported"`
	LeafHash   ledger.Hash     `json:"leaf_hash"`
	Body       json.RawMessage `json:"body"`
	Message    string          `json:"message,omitempty"`
	Reason     string          `json:"reason,omitempty"`
	Erased     []string        `json:"erased_texts,omitempty"` // the fields of its free texts that were erased since
}

func newReportJSON(rec postgres.Record) reportJSON {
	return reportJSON{
		Entry: rec.Number, Kind: rec.Kind, ID: rec.EventID, Source: rec.Source, Actor: rec.Actor, ObservedAt: rfc3339(rec.ObservedAt),
		RecordedAt: rfc3339(rec.RecordedAt), Imported: rec.Imported, LeafHash: rec.LeafHash, Body: rec.Body,
		Message: rec.Texts["message"], Reason: rec.Texts["reason"], Erased: rec.Erased(),
	}
}

// getReportsJSON lists a milestone's reports, newest entry first, a page at a time.
func (s *Server) getReportsJSON(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	before, err := r.number("before", 0, 1, ledger.MaxCount)
	if err != nil {
		return err
	}
	limit, err := r.number("limit", defaultPage, 1, maxPage)
	if err != nil {
		return err
	}
	milestone := r.param("milestone")
	records, err := s.reader.Records(r.Request().Context(), r.credential, r.program.ID, milestone, m.asked, before, int(limit)+1)
	if err != nil {
		return err
	}
	answer := struct {
		Program   string       `json:"program"`
		Milestone string       `json:"milestone"`
		Reports   []reportJSON `json:"reports"`
		Next      *int64       `json:"next_before"` // null: this is the last page
	}{r.program.Slug, milestone, []reportJSON{}, nil}
	for _, rec := range records[:min(len(records), int(limit))] {
		answer.Reports = append(answer.Reports, newReportJSON(rec))
	}
	link := ""
	if len(records) > int(limit) {
		last := answer.Reports[limit-1].Entry
		answer.Next = &last
		query := r.queryOf("as_of")
		query.Set("before", strconv.FormatInt(last, 10))
		query.Set("limit", strconv.FormatInt(limit, 10))
		link = fmt.Sprintf(`<%s?%s>; rel="next"`, r.Request().URL.EscapedPath(), query.Encode())
	}
	if len(records) == 0 {
		if _, err := s.knownMilestone(r, m, milestone); err != nil {
			return err
		}
	}
	body, err := marshal(answer)
	if err != nil {
		return err
	}
	doc := newDocument("application/json", body, time.Time{})
	doc.link = link
	return send(r, doc)
}

// knownMilestone is the milestone's assessment, or not found.
func (s *Server) knownMilestone(r *request, m moment, key string) (*metrics.MilestoneAssessment, error) {
	j, err := s.judge(r.Request().Context(), r.credential, r.program.ID, m)
	if err != nil {
		return nil, err
	}
	return j.milestone(key)
}

// getReportJSON is one report: where the Location of a new one leads.
func (s *Server) getReportJSON(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	milestone := r.param("milestone")
	text := r.param("entry")
	entry, err := strconv.ParseInt(text, 10, 64)
	if err != nil || entry < 1 || entry > ledger.MaxCount || strconv.FormatInt(entry, 10) != text {
		return &failure{kind: notFound}
	}
	records, err := s.reader.Records(r.Request().Context(), r.credential, r.program.ID, milestone, m.asked, entry+1, 1)
	if err != nil {
		return err
	}
	if len(records) == 0 || records[0].Number != entry {
		return &failure{kind: notFound}
	}
	body, err := marshal(newReportJSON(records[0]))
	if err != nil {
		return err
	}
	return send(r, newDocument("application/json", body, time.Time{}))
}

// number reads a whole number from the query.
func (r *request) number(name string, otherwise, low, high int64) (int64, error) {
	text := r.QueryParam(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < low || n > high || strconv.FormatInt(n, 10) != text {
		return 0, fail(malformedRequest, i18n.DetailQuery, name)
	}
	return n, nil
}
