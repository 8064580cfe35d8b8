package main

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"

	"tenggat/internal/pgserver"
	"tenggat/internal/postgres"
)

// site is a running dashboard with a private PostgreSQL of its own, and a store on that database to fill it with.
type site struct {
	data   string // data folder
	socket string
	dash   *process
	store  *postgres.DB
}

// tokenRate lifts the limit on one token's requests out of the way: it is not what is measured.
const tokenRate = "100000000"

func (l *lab) openSite(ctx context.Context, name string) (*site, error) {
	s := &site{data: filepath.Join(l.dir, name)}
	return s, s.start(ctx, l)
}

// start starts the dashboard, for the first time or again on the same data.
func (s *site) start(ctx context.Context, l *lab) (err error) {
	if s.dash, err = l.startDashboard(ctx, "--data", s.data, "--token-rate", tokenRate); err != nil {
		return err
	}
	if s.socket, err = pgserver.Socket(s.data); err != nil {
		return err
	}
	s.store, err = postgres.Open(ctx, postgres.Config{
		AppDSN: s.dsn(pgserver.RoleApp), ReaderDSN: s.dsn(pgserver.RoleReader), Logger: slog.New(slog.DiscardHandler), MaxConns: 8,
	})
	return err
}

func (s *site) dsn(role string) string { return pgserver.SocketDSN(s.socket, role) }

// inTransaction lends a transaction of the owner's on the site's database.
func (s *site) inTransaction(ctx context.Context, use func(*sql.Tx) error) error {
	return inTransaction(ctx, s.dsn(pgserver.RoleOwner), use)
}

func inTransaction(ctx context.Context, dsn string, use func(*sql.Tx) error) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := use(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// analyze does at once what PostgreSQL does by itself in time; in tests it never would.
func analyze(ctx context.Context, owner string) error {
	return inTransaction(ctx, owner, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "ANALYZE")
		return err
	})
}

func (s *site) close() error {
	var err error
	if s.store != nil {
		err = s.store.Close()
	}
	if s.dash != nil {
		err = errors.Join(err, s.dash.stop())
	}
	return err
}

// head is the number of the program's last entry.
func (s *site) head(ctx context.Context, p program) (entry int64, err error) {
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT entry_no FROM program_heads WHERE program_id = $1", p.id).Scan(&entry)
	})
	return entry, err
}
