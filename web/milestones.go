package web

import (
	"cmp"
	"context"
	"encoding/json"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/web/view"
)

// getTimeline is the plan and what became of it, on one axis.
func (s *Server) getTimeline(r *request) error {
	return s.sendPage(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		forecast := j.forecast()
		kept := metrics.ScoreForecasts(j.Forecasts, forecast.Points.Finished, j.assessment.Today)
		return view.TimelinePage(view.NewTimelineModel(f, j.Program, j.assessment, forecast, kept)), nil
	})
}

// getMilestones lists all milestones.
func (s *Server) getMilestones(r *request) error {
	return s.sendPage(r, []string{"area"}, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.MilestonesPage(view.NewMilestonesModel(f, j.Program, j.assessment)), nil
	})
}

// historyRows is how many observations one page of a milestone's history shows.
const historyRows = 25

// getMilestone is one milestone with a page of its history.
func (s *Server) getMilestone(r *request) error {
	before, err := r.number("before", 0, 1, ledger.MaxCount)
	if err != nil {
		return err
	}
	key, credential := r.param("milestone"), r.credential
	return s.sendPage(r, []string{"before"}, func(ctx context.Context, j judged, _ moment, f view.Frame) (component, error) {
		if _, err := j.milestone(key); err != nil { // before asking for a history: "" would be everybody's
			return nil, err
		}
		history, err := s.history(ctx, credential, j, key, before, historyRows)
		if err != nil {
			return nil, err
		}
		if f.Query.Get("notice") == "saved" {
			f.Notice = savedNotice(f, j, key, history)
		}
		model, _ := view.NewMilestoneModel(f, j.Program, j.assessment, j.forecast(), j.History, key, history)
		return view.MilestonePage(model), nil
	})
}

// history reads a page of a milestone's observations, of those that j knows.
func (s *Server) history(ctx context.Context, credential string, j judged, milestone string, before int64, most int) (view.HistoryPage, error) {
	records, err := s.reader.Records(ctx, credential, j.ID, milestone, j.known(), before, most+1)
	if err != nil {
		return view.HistoryPage{}, err
	}
	page := view.HistoryPage{Paged: before > 0}
	if len(records) > most {
		records = records[:most]
		page.Older = records[most-1].Number
	}
	for _, rec := range records {
		row, err := newHistoryRow(rec)
		if err != nil {
			return view.HistoryPage{}, err
		}
		page.Rows = append(page.Rows, row)
	}
	return page, nil
}

// newHistoryRow is one report as the history shows it.
func newHistoryRow(rec postgres.Record) (view.HistoryRow, error) {
	var body ledger.Report
	if err := json.Unmarshal(rec.Body, &body); err != nil {
		return view.HistoryRow{}, err
	}
	row := view.HistoryRow{
		Entry: rec.Number, Correction: rec.Kind == ledger.KindCorrection, Reopening: rec.Kind == ledger.KindReopening, Proposal: body.Proposal, ObservedAt: rec.ObservedAt, RecordedAt: rec.RecordedAt, Source: rec.Source,
		EventID: rec.EventID, Actor: rec.Actor, Imported: rec.Imported, State: metrics.RunState(body.State), Run: body.RunID,
		Text: cmp.Or(writtenText(rec.Texts, "reason"), writtenText(rec.Texts, "message")), Erased: len(rec.Erased()) > 0, Leaf: rec.LeafHash.String(),
	}
	if body.Done != nil && body.Total != nil {
		row.Counts = &metrics.Counts{Done: *body.Done, Total: *body.Total, Failed: body.Failed, Skipped: body.Skipped}
	}
	return row, nil
}

// writtenText is a free text and its translation; without one it stands in both languages as it was written.
func writtenText(texts map[string]string, field string) metrics.Text {
	return metrics.Text{ID: texts[field], EN: cmp.Or(texts[field+"_en"], texts[field])}
}

// savedNotice says what the newest observation changed.
func savedNotice(f view.Frame, j judged, key string, history view.HistoryPage) string {
	m, err := j.milestone(key)
	if err != nil || len(history.Rows) == 0 {
		return f.Notice
	}
	var before *metrics.Counts
	for _, row := range history.Rows[1:] {
		if row.Counts != nil {
			before = row.Counts
			break
		}
	}
	return view.UpdateSaved(f.Lang, j.Zone, m.Milestone, before, history.Rows[0].RecordedAt)
}
