package postgres

import (
	"context"
	"time"

	"tenggat/internal/ledger"
)

// TrailFilter narrows the audit trail; zero values narrow nothing.
type TrailFilter struct {
	Milestone string
	Kind      ledger.Kind
	Source    string    // who vouches for the entry: a person's pseudonym, "job:<key>", an import
	From, To  time.Time // recorded from, and before
}

// TrailEntry is an entry of the audit trail.
type TrailEntry struct {
	Record
	PriorDone  *int64 // of a report: the count that stood before it; nil: none did
	PriorTotal *int64
}

// Trail reads a page of a program's audit trail, newest first, as known at asOf (zero: now), with numbers below before (0: from the
// newest). Pages stay what they are as the ledger grows.
func (r *Reader) Trail(ctx context.Context, credential, programID string, f TrailFilter, asOf time.Time, before int64, limit int) (entries []TrailEntry, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		var plan string
		if err := t.get(ctx, &plan, "trail_plan"); err != nil {
			return err
		}
		var rows []struct {
			Canonical  []byte   `db:"canonical"`
			Leaf       leafHash `db:"leaf_hash"`
			Texts      jsonMap  `db:"texts"`
			PriorDone  *int64   `db:"prior_done"`
			PriorTotal *int64   `db:"prior_total"`
		}
		if err := t.all(ctx, &rows, "trail", programID, moment(asOf), before, limit, f.Milestone, string(f.Kind), f.Source, moment(f.From), moment(f.To)); err != nil {
			return err
		}
		for _, row := range rows {
			e, err := ledger.Decode(row.Canonical)
			if err != nil {
				return err
			}
			entries = append(entries, TrailEntry{Record{e, ledger.Hash(row.Leaf), row.Texts}, row.PriorDone, row.PriorTotal})
		}
		return nil
	})
	return entries, err
}
