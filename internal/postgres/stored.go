package postgres

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"time"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
)

// storedEntry is an entry as the ledger's table has it, with everything that stands beside its bytes.
type storedEntry struct {
	Canonical  []byte      `db:"canonical"`
	TreeHashes []byte      `db:"tree_hashes"`
	Kind       ledger.Kind `db:"kind"`
	Source     string      `db:"source"`
	EventID    string      `db:"event_id"`
	Milestone  string      `db:"milestone"`
	ObservedAt time.Time   `db:"observed_at"`
	RecordedAt time.Time   `db:"recorded_at"`
	Texts      storedTexts `db:"texts"`
}

// storedTexts scans the texts kept for an entry, by field.
type storedTexts map[string]struct {
	Salt    []byte `json:"salt"`
	Content string `json:"content"`
}

// Scan reads the column.
func (s *storedTexts) Scan(src any) error {
	type plain storedTexts
	return scanJSON(src, (*plain)(s))
}

// open reads the entry and holds everything beside its bytes against them: its number, the copies that indexes and pages by date
// go by, the texts, and the hashes of the tree, which edge is moved past.
func (s storedEntry) open(program string, edge *ledger.Edge) (ledger.Entry, error) {
	number := edge.Size + 1
	e, err := ledger.Decode(s.Canonical)
	if err != nil {
		return e, fmt.Errorf("entry %d: %w", number, err)
	}
	if e.Number != number || e.Program != program {
		return e, fmt.Errorf("entry %d: its bytes say entry %d of program %s", number, e.Number, e.Program)
	}
	if !bytes.Equal(ledger.JoinHashes(edge.Append(ledger.LeafHash(s.Canonical))), s.TreeHashes) {
		return e, fmt.Errorf("entry %d: its bytes do not have the hashes that are stored", number)
	}
	if err := s.checkCopies(e); err != nil {
		return e, fmt.Errorf("entry %d: %w", number, err)
	}
	for _, field := range slices.Sorted(maps.Keys(s.Texts)) {
		if text := s.Texts[field]; ledger.TextHash(text.Salt, text.Content) != e.TextHashes[field] {
			return e, fmt.Errorf("entry %d: its text %q is not the one that was recorded", number, field)
		}
	}
	return e, nil
}

// checkCopies compares the columns that repeat what the bytes say.
func (s storedEntry) checkCopies(e ledger.Entry) error {
	milestone := ""
	if e.Observes() {
		var err error
		if _, milestone, err = fold.Observation(e); err != nil {
			return err
		}
	}
	for _, c := range []struct {
		column string
		same   bool
	}{
		{"kind", s.Kind == e.Kind}, {"source", s.Source == e.Source}, {"event_id", s.EventID == e.EventID}, {"milestone", s.Milestone == milestone},
		{"observed_at", s.ObservedAt.Equal(e.ObservedAt)}, {"recorded_at", s.RecordedAt.Equal(e.RecordedAt)},
	} {
		if !c.same {
			return fmt.Errorf("the column %s does not say what its bytes say", c.column)
		}
	}
	return nil
}
