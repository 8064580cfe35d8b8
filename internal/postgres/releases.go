package postgres

import (
	"cmp"
	"context"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// Released is what everybody may read of a program.
type Released struct {
	ledger.PublicFigures
	Badge      bool
	Note       metrics.Text // for the public; empty: none was given, or it was erased
	Zone       *time.Location
	Entry      int64 // that released it
	RecordedAt time.Time
}

// Released reads what everybody may read of the program slug. ErrNotFound: there is no such program, nothing of it was released, or the
// release was withdrawn; which of them is not told.
func (r *Reader) Released(ctx context.Context, slug string) (Released, error) {
	var row struct {
		Timezone   string    `db:"timezone"`
		Entry      int64     `db:"entry_no"`
		RecordedAt time.Time `db:"recorded_at"`
		Body       []byte    `db:"body"`
		Texts      jsonMap   `db:"texts"`
	}
	if err := r.one(ctx, &row, "released", slug); err != nil {
		return Released{}, err
	}
	var body ledger.Release
	if err := unmarshal(row.Body, &body); err != nil {
		return Released{}, err
	}
	if body.Withdrawn || body.Figures == nil {
		return Released{}, ErrNotFound
	}
	zone, err := loadZone(row.Timezone)
	note := metrics.Text{ID: row.Texts["note"], EN: cmp.Or(row.Texts["note_en"], row.Texts["note"])}
	return Released{*body.Figures, body.Badge, note, zone, row.Entry, row.RecordedAt.UTC()}, err
}
