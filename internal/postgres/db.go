// Package postgres is the only room that knows SQL: one read method per page, one write method per act.
//
// A Reader logs in as a role that can only select, and sees only the rows its credential opens; a Writer appends to ledgers
// and keeps accounts. All facts about a program go through Writer.Append.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	tenggatsql "tenggat/sql"
)

// readerQueries are what a Reader asks.
var readerQueries = []string{
	"show_credential", "open_session", "open_token", "open_feed", "news", "released", "program_state", "moment_days", "day_entries", "milestone_observations", "records",
	"job_days", "job_observations", "checkpoints", "tree_size", "tree_hashes", "open_streams",
	"stored_file", "file_chunk", "trail", "trail_plan", "reads",
	"program_list", "past_program_list", "program_outlines", "program_trails", "override_reasons",
	"ledger_head", "ledger_page", "ledger_checkpoints", "ledger_canonical",
	"progress_reports", "stored_report_files", "report_file", "report_texts", "changes",
}

// DB holds the two logins.
type DB struct {
	reader *Reader
	writer *Writer
}

// Config says how to reach the database.
type Config struct {
	AppDSN    string // a login that is, or takes on, tenggat_app
	ReaderDSN string // a login that is, or takes on, tenggat_reader; may point at a replica
	Logger    *slog.Logger
	MaxConns  int // per login; 0: 20
}

// Reader reads. It has no method that writes, and its login could not.
type Reader struct{ pool *pool }

// Writer appends to ledgers and keeps accounts, sessions and tokens.
type Writer struct {
	pool   *pool
	dsn    string // of the pool: for listening, which needs a connection of its own
	logger *slog.Logger
	queues queues
	bell   *bell
}

// Open connects both logins and refuses to go on with another schema than this program's, with a reader that could write,
// or with acknowledgements that would not be durable.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.MaxConns == 0 {
		c.MaxConns = 20
	}
	app, err := openPool(c.AppDSN, c.MaxConns)
	if err != nil {
		return nil, fmt.Errorf("application login: %w", err)
	}
	read, err := openPool(c.ReaderDSN, c.MaxConns)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("reader login: %w", err), app.db.Close())
	}
	db := &DB{reader: &Reader{pool: read}, writer: &Writer{pool: app, dsn: c.AppDSN, logger: c.Logger, bell: newBell(app, c.Logger)}}
	if err := db.check(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Reader is the read-only half.
func (db *DB) Reader() *Reader { return db.reader }

// Writer is the half that writes.
func (db *DB) Writer() *Writer { return db.writer }

// Close ends all connections, once other processes have been told of what was appended.
func (db *DB) Close() error {
	db.writer.bell.rest()
	return errors.Join(db.reader.pool.db.Close(), db.writer.pool.db.Close())
}

func (db *DB) check(ctx context.Context) error {
	if err := db.reader.checkSchema(ctx); err != nil {
		return err
	}
	if err := db.reader.pool.prepare(ctx, readerQueries); err != nil {
		return classify(ctx, err)
	}
	if err := db.writer.pool.prepare(ctx, tenggatsql.Names()); err != nil {
		return classify(ctx, err)
	}
	var couldWrite bool
	if err := db.reader.pool.db.GetContext(ctx, &couldWrite, query("reader_could_write")); err != nil { //nolint:forbidigo // one reading statement
		return classify(ctx, err)
	}
	if couldWrite {
		return errors.New("the reader's login could write or pass over row-level security: give it the role tenggat_reader and nothing else")
	}
	var durable string
	if err := db.writer.pool.db.GetContext(ctx, &durable, "SHOW synchronous_commit"); err != nil { //nolint:forbidigo // one reading statement
		return classify(ctx, err)
	}
	if durable == "off" {
		return errors.New("synchronous_commit is off: an acknowledged report could be lost; turn it on for the application's login")
	}
	return nil
}
