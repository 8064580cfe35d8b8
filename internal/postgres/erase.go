package postgres

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tenggat/internal/ledger"
)

// KeptTexts lists the fields of the free texts that are kept beside an entry.
func (w *Writer) KeptTexts(ctx context.Context, programID string, entry int64) (fields []string, err error) {
	err = w.pool.write(ctx, func(t tx) error { return t.all(ctx, &fields, "kept_texts", programID, entry) })
	return fields, err
}

// erasable refuses to erase what is not there: no such entry, no such text, or erased before.
func (j *judge) erasable(ctx context.Context, e ledger.Erasure) (*ledger.Refusal, error) {
	var kept []string
	if err := j.fold.tx.all(ctx, &kept, "kept_texts", j.fold.program, e.Entry); err != nil {
		return nil, err
	}
	for _, field := range e.Fields {
		if !slices.Contains(kept, field) {
			return &ledger.Refusal{Code: ledger.UnknownText, Field: "fields", KnownEntry: e.Entry}, nil
		}
	}
	return nil, nil
}

// erase carries out the erasures among new entries.
func (j *judge) erase(ctx context.Context) error {
	for _, a := range j.accepted {
		if a.entry.Kind != ledger.KindErasure {
			continue
		}
		var e ledger.Erasure
		if err := unmarshal(a.entry.Body, &e); err != nil {
			return err
		}
		for _, statement := range []string{"erase_report_texts", "erase_texts"} {
			if _, err := j.fold.tx.exec(ctx, statement, j.fold.program, e.Entry, array(e.Fields)); err != nil {
				return err
			}
		}
	}
	return nil
}

// missingTexts are the texts that entries speak of and that are not kept, by entry, until an erasure accounts for them.
type missingTexts map[int64][]string

// note compares what an entry says with what is kept beside it.
func (m missingTexts) note(e ledger.Entry, kept storedTexts) {
	for field := range e.TextHashes {
		if _, is := kept[field]; !is {
			m[e.Number] = append(m[e.Number], field)
		}
	}
}

// erased takes an erasure into account and erases what came back, as it does when a backup from before it was restored.
// It returns how many texts these were.
func (m missingTexts) erased(ctx context.Context, t tx, program string, entry ledger.Entry) (int, error) {
	var e ledger.Erasure
	if err := unmarshal(entry.Body, &e); err != nil {
		return 0, err
	}
	m[e.Entry] = slices.DeleteFunc(m[e.Entry], func(field string) bool { return slices.Contains(e.Fields, field) })
	if len(m[e.Entry]) == 0 {
		delete(m, e.Entry)
	}
	n, err := t.exec(ctx, "erase_texts", program, e.Entry, array(e.Fields))
	return int(n), err
}

// check is an error for texts that nobody recorded to have erased.
func (m missingTexts) check() error {
	for _, entry := range slices.Sorted(maps.Keys(m)) {
		slices.Sort(m[entry])
		return fmt.Errorf("entry %d: its text %s is gone, and no erasure was recorded", entry, strings.Join(m[entry], ", "))
	}
	return nil
}
