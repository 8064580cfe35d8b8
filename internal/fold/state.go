// Package fold turns the entries of a ledger into what metrics judges: the program that facts describe, and of each milestone
// how far it is and what was observed day by day. It knows no database and no clock.
//
// Appending, rebuilding, the pages and the offline verifier all fold with this package, so that they cannot differ.
package fold

import (
	"cmp"
	"encoding/json"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// State is a program as known at one moment, with what its charts need.
type State struct {
	metrics.Program
	History   metrics.History
	Forecasts []metrics.KeptForecast // one a day at most, in the order of their days
}

// Fact is what one entry says about a thing that is not a report: the program itself, an area, a milestone, weights …
type Fact struct {
	Kind       ledger.Kind       `json:"kind"`
	Key        string            `json:"key"` // what facts about the same thing have in common; see ledger.KeyOf
	Entry      int64             `json:"entry_no"`
	Actor      string            `json:"actor"`
	ObservedAt time.Time         `json:"observed_at"`
	RecordedAt time.Time         `json:"recorded_at"`
	Body       json.RawMessage   `json:"body"`
	Texts      map[string]string `json:"texts,omitempty"` // free text by field; erased texts are missing
}

// Text is a free text and its translation; without one it stands in both languages as it was written.
func (f Fact) Text(field string) metrics.Text {
	written := f.Texts[field]
	return metrics.Text{ID: written, EN: cmp.Or(f.Texts[field+"_en"], written)}
}

// keepsVersions reports whether every fact of a kind counts, not only the newest of its key: pages show which thresholds, scope,
// weights, deadline and evidence held when. program_state.sql names the same kinds.
func keepsVersions(kind ledger.Kind) bool {
	switch kind {
	case ledger.KindProgram, ledger.KindMilestone, ledger.KindWeights, ledger.KindDeadline, ledger.KindReview:
		return true
	}
	return false
}
