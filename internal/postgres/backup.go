package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	tenggatsql "tenggat/sql"
)

// Snapshot is a state of the whole database that another session can read too, for as long as it is in use.
type Snapshot struct {
	ID       string // for pg_dump --snapshot
	Major    int    // of the server
	Schema   int64  // the newest schema change
	Programs []SnapshotProgram
}

// SnapshotProgram is how far a program had come.
type SnapshotProgram struct {
	ProgramHead
	Checkpoint string // the newest signed note; "": none
}

// Snapshot hands a state of the database to use. It is good until use returns.
func (w *Writer) Snapshot(ctx context.Context, use func(Snapshot) error) error {
	err := w.pool.transaction(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, func(t tx) error {
		var row struct {
			Snapshot string `db:"snapshot"`
			Waits    string `db:"waits"`
			Major    int    `db:"major"`
			Schema   int64  `db:"schema_version"`
		}
		if err := t.get(ctx, &row, "export_snapshot"); err != nil {
			return err
		}
		s := Snapshot{ID: row.Snapshot, Major: row.Major, Schema: row.Schema}
		heads, err := programHeads(ctx, t)
		if err != nil {
			return err
		}
		for _, h := range heads {
			c, err := oneCheckpoint(ctx, t, h.ID, time.Time{}, 0)
			if err != nil && !errors.Is(err, ErrNotFound) {
				return err
			}
			s.Programs = append(s.Programs, SnapshotProgram{h, c.Note})
		}
		return use(s)
	})
	return classify(ctx, err)
}

// ErrNotEmpty means that a database holds something already.
var ErrNotEmpty = errors.New("the database is not empty")

// PrepareRestore makes sure that the database at dsn is empty and has the roles that rights are given to, and tells the server's major
// version. dsn must log in as whoever is to own the tables.
func PrepareRestore(ctx context.Context, dsn string) (major int, err error) {
	db, err := sqlx.Open("postgres", dsn)
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	err = (&pool{db: db}).transaction(ctx, &sql.TxOptions{}, func(t tx) error {
		var row struct {
			Empty bool `db:"empty"`
			Major int  `db:"major"`
		}
		if err := t.GetContext(ctx, &row, query("database_is_empty")); err != nil {
			return err
		}
		if major = row.Major; !row.Empty {
			return ErrNotEmpty
		}
		if _, err := t.ExecContext(ctx, tenggatsql.Roles()); err != nil {
			return fmt.Errorf("making the roles: %w", err)
		}
		return nil
	})
	return major, classify(ctx, err)
}
