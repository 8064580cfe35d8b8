package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"tenggat/internal/ledger"
)

// CreateProgram makes a program with an empty ledger and returns its id. timezone is an IANA name and stays fixed. ErrExists:
// the slug is taken.
func (w *Writer) CreateProgram(ctx context.Context, slug, timezone string) (id string, err error) {
	if _, err := time.LoadLocation(timezone); err != nil || timezone == "" || timezone == "Local" {
		return "", fmt.Errorf("time zone %q is unknown: use an IANA name such as Asia/Jakarta", timezone)
	}
	id = uuid.NewString()
	err = w.pool.write(ctx, func(t tx) error {
		if _, err := t.exec(ctx, "insert_program", id, slug, timezone); err != nil {
			return err
		}
		_, err := t.exec(ctx, "insert_head", id)
		return err
	})
	if isUniqueViolation(err) {
		return "", fmt.Errorf("program %s: %w", slug, ErrExists)
	}
	return id, err
}

// ProgramHeads lists every program with how far its ledger has come, by slug. It is for the command line: no credential is
// asked for, since whoever runs commands holds the database's login.
func (w *Writer) ProgramHeads(ctx context.Context) (heads []ProgramHead, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		heads, err = programHeads(ctx, t)
		return err
	})
	return heads, err
}

func programHeads(ctx context.Context, t tx) (heads []ProgramHead, err error) {
	var rows []struct {
		ID         string    `db:"id"`
		Slug       string    `db:"slug"`
		Timezone   string    `db:"timezone"`
		Entry      int64     `db:"entry_no"`
		RecordedAt time.Time `db:"recorded_at"`
	}
	if err := t.all(ctx, &rows, "program_heads"); err != nil {
		return nil, err
	}
	for _, r := range rows {
		zone, err := loadZone(r.Timezone)
		if err != nil {
			return nil, err
		}
		heads = append(heads, ProgramHead{r.ID, r.Slug, zone, r.Entry, r.RecordedAt.UTC(), time.Time{}})
	}
	return heads, nil
}

// ProgramState reads a program for the command line, as Reader.Program does for a credential.
func (w *Writer) ProgramState(ctx context.Context, programID string, asOf time.Time) (state ProgramState, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		state, err = readProgram(ctx, t, programID, asOf, true)
		return err
	})
	return state, err
}

// Changed returns those of the facts that differ from what the program's ledger says now, in the same order. It is how a
// definition can be applied again and again.
func (w *Writer) Changed(ctx context.Context, programID string, facts []ledger.Draft) (changed []ledger.Draft, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		var row programRow
		if err := t.get(ctx, &row, "program_state", programID, nil, false); err != nil {
			return err
		}
		said := map[string]json.RawMessage{}
		for _, f := range row.Facts { // in the ledger's order: the last body of a key stands
			said[string(f.Kind)+"/"+f.Key] = f.Body
		}
		for _, d := range facts {
			body, err := json.Marshal(d.Body)
			if err != nil {
				return err
			}
			same, err := sameJSON(body, said[string(d.Kind)+"/"+d.Key()])
			if err != nil {
				return err
			}
			if !same {
				changed = append(changed, d)
			}
		}
		return nil
	})
	return changed, err
}
