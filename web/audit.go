package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/tables"
	"tenggat/web/view"
)

const (
	trailRows    = 50     // of a page
	maxTrailFile = 50_000 // of a file, the newest of them
)

// trailFilters are the parameters that narrow the trail.
var trailFilters = []string{"from", "to", "actor", "kind", "milestone"}

// getAudit is a page of the audit trail, as known at as_of.
func (s *Server) getAudit(r *request) error {
	before, err := r.number("before", 0, 1, ledger.MaxCount)
	if err != nil {
		return err
	}
	filter, err := trailFilter(r.QueryParams(), r.program.Zone)
	if err != nil {
		return err
	}
	credential := r.credential
	return s.sendPage(r, append([]string{"before"}, trailFilters...), func(ctx context.Context, j judged, m moment, f view.Frame) (component, error) {
		page, err := s.trail(ctx, credential, j, m, filter, before)
		if err != nil {
			return nil, err
		}
		return view.AuditPage(view.NewTrailModel(f, j.Program, page)), nil
	})
}

// trailFilter reads what narrows the trail: days in the program's zone, the last one included.
func trailFilter(query url.Values, zone *time.Location) (postgres.TrailFilter, error) {
	f := postgres.TrailFilter{Milestone: query.Get("milestone"), Kind: ledger.Kind(query.Get("kind")), Source: query.Get("actor")}
	for _, text := range []string{f.Milestone, string(f.Kind), f.Source} {
		if len(text) > ledger.MaxIDLength || text != "" && !printable(text) {
			return f, fail(malformedRequest, i18n.DetailQuery, "actor")
		}
	}
	for name, set := range map[string]func(metrics.Day){
		"from": func(d metrics.Day) { f.From = d.Start(zone) }, "to": func(d metrics.Day) { f.To = d.End(zone) },
	} {
		text := query.Get(name)
		if text == "" {
			continue
		}
		day, err := metrics.ParseDay(text)
		if err != nil {
			return f, fail(malformedRequest, i18n.DetailQuery, name)
		}
		set(day)
	}
	return f, nil
}

// entriesTable is the trail as a file, newest first.
func entriesTable(t tableSource) (tables.Table, error) {
	filter, err := trailFilter(t.query, t.Zone)
	if err != nil {
		return tables.Table{}, err
	}
	entries, err := t.server.reader.Trail(t.ctx, t.credential, t.ID, filter, t.at, 0, maxTrailFile)
	rows := make([]view.TrailRow, len(entries))
	for i, e := range entries {
		rows[i] = newTrailRow(e)
	}
	return view.EntriesFile(t.Program, rows), err
}

func (s *Server) trail(ctx context.Context, credential string, j judged, m moment, filter postgres.TrailFilter, before int64) (view.TrailPage, error) {
	entries, err := s.reader.Trail(ctx, credential, j.ID, filter, m.asked, before, trailRows+1)
	if err != nil {
		return view.TrailPage{}, err
	}
	page := view.TrailPage{Paged: before > 0}
	if len(entries) > trailRows {
		entries = entries[:trailRows]
		page.Older = entries[trailRows-1].Number
	}
	for _, e := range entries {
		page.Rows = append(page.Rows, newTrailRow(e))
	}
	switch c, err := s.reader.Checkpoint(ctx, credential, j.ID, m.asked); {
	case err == nil:
		page.Signed, page.SignedAt = c.Size, c.SignedAt
	case !errors.Is(err, postgres.ErrNotFound):
		return view.TrailPage{}, err
	}
	return page, nil
}

// trailTexts are the free texts that say why or what, in the order in which one is shown.
var trailTexts = []string{"reason", "message", "title", "resolution", "words"}

func newTrailRow(e postgres.TrailEntry) view.TrailRow {
	row := view.TrailRow{
		Entry: e.Number, Kind: string(e.Kind), Actor: e.Actor, Imported: e.Imported, ObservedAt: e.ObservedAt, RecordedAt: e.RecordedAt, Body: e.Body, Leaf: e.LeafHash[:],
	}
	for _, field := range trailTexts {
		if _, had := e.TextHashes[field]; !had {
			continue
		}
		both := writtenText(e.Texts, field)
		if both == (metrics.Text{}) {
			row.Erased = true
		} else if row.Text == (metrics.Text{}) {
			row.Text = both
		}
	}
	var counts struct{ Done, Total *int64 }
	if e.Kind == ledger.KindReport || e.Kind == ledger.KindCorrection || e.Kind == ledger.KindReopening {
		_ = json.Unmarshal(e.Body, &counts) // a heartbeat has none
	}
	if counts.Done != nil && counts.Total != nil {
		row.Is = &metrics.Counts{Done: *counts.Done, Total: *counts.Total}
		if e.PriorDone != nil && e.PriorTotal != nil {
			row.Was = &metrics.Counts{Done: *e.PriorDone, Total: *e.PriorTotal}
		}
	}
	return row
}
