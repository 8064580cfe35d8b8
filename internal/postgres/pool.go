package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	tenggatsql "tenggat/sql"
)

func query(name string) string { return tenggatsql.Query(name) }

// pool is one login's connections and the statements prepared for them.
type pool struct {
	db       *sqlx.DB
	prepared map[string]*sqlx.Stmt // never written after prepare
}

func openPool(dsn string, conns int) (*pool, error) {
	db, err := sqlx.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxLifetime(30 * time.Minute)
	return &pool{db: db, prepared: map[string]*sqlx.Stmt{}}, nil
}

// prepare prepares queries by name, before anything else is asked of the pool: preparing needs a connection of its own, and
// transactions that each hold one and wait for another would wait for ever. Later uses save a round trip.
func (p *pool) prepare(ctx context.Context, names []string) error {
	for _, name := range names {
		s, err := p.db.PreparexContext(ctx, query(name)) //nolint:forbidigo // preparing runs nothing
		if err != nil {
			return fmt.Errorf("prepare %s: %w", name, err)
		}
		p.prepared[name] = s
	}
	return nil
}

// stmt is the prepared statement of queries/<name>.sql.
func (p *pool) stmt(name string) (*sqlx.Stmt, error) {
	s, ok := p.prepared[name]
	if !ok {
		return nil, fmt.Errorf("query %s is not prepared for this login", name)
	}
	return s, nil
}

// tx is a transaction that runs queries by name.
type tx struct {
	*sqlx.Tx
	pool *pool
}

func (t tx) get(ctx context.Context, dest any, name string, args ...any) error {
	s, err := t.pool.stmt(name)
	if err != nil {
		return err
	}
	return t.StmtxContext(ctx, s).GetContext(ctx, dest, args...)
}

func (t tx) all(ctx context.Context, dest any, name string, args ...any) error {
	s, err := t.pool.stmt(name)
	if err != nil {
		return err
	}
	return t.StmtxContext(ctx, s).SelectContext(ctx, dest, args...)
}

func (t tx) exec(ctx context.Context, name string, args ...any) (int64, error) {
	s, err := t.pool.stmt(name)
	if err != nil {
		return 0, err
	}
	res, err := t.StmtxContext(ctx, s).ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// maxRaces is how often a transaction that lost a race (serialization, deadlock) is tried.
const maxRaces = 3

// write runs f in one explicit transaction. It is the only door to a write: without a transaction the driver can execute a
// statement twice when the connection drops before the answer. A COMMIT that fails has an unknown outcome, so it is
// ErrUnavailable, and whoever sent it tries again under the same unique key.
func (p *pool) write(ctx context.Context, f func(tx) error) error {
	var err error
	for range maxRaces {
		if err = p.writeOnce(ctx, f); !lostRace(err) {
			break
		}
	}
	return classify(ctx, err)
}

func (p *pool) writeOnce(ctx context.Context, f func(tx) error) error {
	return p.transaction(ctx, &sql.TxOptions{}, f)
}

// read runs f in one snapshot that cannot write, with the credential that opens rows to it.
func (p *pool) read(ctx context.Context, credential string, f func(tx) error) error {
	err := p.transaction(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, func(t tx) error {
		var set string
		if err := t.get(ctx, &set, "show_credential", credential); err != nil {
			return err
		}
		return f(t)
	})
	return classify(ctx, err)
}

func (p *pool) transaction(ctx context.Context, opts *sql.TxOptions, f func(tx) error) error {
	begun, err := p.db.BeginTxx(ctx, opts)
	if err != nil {
		return fmt.Errorf("%w: begin: %w", ErrUnavailable, err)
	}
	if err := f(tx{begun, p}); err != nil {
		_ = begun.Rollback() // the first error is the one that matters
		return err
	}
	if err := begun.Commit(); err != nil {
		return fmt.Errorf("%w: commit: %w", ErrUnavailable, err)
	}
	return nil
}
