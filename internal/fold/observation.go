package fold

import (
	"encoding/json"
	"fmt"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// Numbered is an observation and the entry that holds it.
type Numbered struct {
	Observation metrics.Observation
	Entry       int64
}

// Observation reads what a report, correction or reopening entry observed, and of which milestone.
func Observation(e ledger.Entry) (metrics.Observation, string, error) {
	var body ledger.Report
	if err := json.Unmarshal(e.Body, &body); err != nil {
		return metrics.Observation{}, "", fmt.Errorf("entry %d: %w", e.Number, err)
	}
	return ObservationOf(body, e.Kind, e.Source, e.EventID, e.ObservedAt), body.Milestone, nil
}

// ObservationOf is Observation for a body that has not been recorded yet.
func ObservationOf(body ledger.Report, kind ledger.Kind, source, eventID string, observedAt time.Time) metrics.Observation {
	return metrics.Observation{
		Order:      metrics.Order{At: observedAt.UTC().Truncate(time.Microsecond), Key: source + "/" + eventID},
		Counts:     Counts(body.Done, body.Total, body.Failed, body.Skipped),
		Correction: kind.Corrects(), Reopening: kind == ledger.KindReopening,
		State: metrics.RunState(body.State), Run: body.RunID, NextDueAt: utc(body.NextDueAt),
	}
}

// Counts are nil unless both done and total were said.
func Counts(done, total, failed, skipped *int64) *metrics.Counts {
	if done == nil || total == nil {
		return nil
	}
	return &metrics.Counts{Done: *done, Total: *total, Failed: failed, Skipped: skipped}
}

// ForChart leaves of a day what charts and forecasts need: which observation brought its count is left out.
func ForChart(d metrics.MilestoneDay) metrics.MilestoneDay {
	d.Counted, d.Corrected.Key = metrics.Order{}, ""
	if d.Counts != nil {
		d.Counts = &metrics.Counts{Done: d.Counts.Done, Total: d.Counts.Total}
	}
	return d
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}
