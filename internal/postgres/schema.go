package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	_ "github.com/lib/pq" // registers the driver "postgres"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	tenggatsql "tenggat/sql"
)

// schemaTable records which schema changes a database has had.
const schemaTable = "schema_changes"

// SchemaChange is one numbered change of the schema.
type SchemaChange struct {
	Version   int64     `json:"version"`
	Name      string    `json:"name"`
	Applied   bool      `json:"applied"`
	AppliedAt time.Time `json:"applied_at,omitzero"`
}

// SchemaUp applies every schema change that the database at dsn has not had. dsn must log in as the owner. Processes that
// start at once wait for each other: a change is applied once.
func SchemaUp(ctx context.Context, dsn string) (applied []SchemaChange, err error) {
	err = withProvider(dsn, func(p *goose.Provider) error {
		results, err := p.Up(ctx)
		for _, r := range results {
			if r.Error == nil {
				applied = append(applied, SchemaChange{Version: r.Source.Version, Name: r.Source.Path, Applied: true})
			}
		}
		return err
	})
	return applied, err
}

// SchemaStatus lists every schema change this program knows and whether the database at dsn has had it.
func SchemaStatus(ctx context.Context, dsn string) (changes []SchemaChange, err error) {
	err = withProvider(dsn, func(p *goose.Provider) error {
		status, err := p.Status(ctx)
		for _, s := range status {
			changes = append(changes, SchemaChange{
				Version: s.Source.Version, Name: s.Source.Path, Applied: s.State == goose.StateApplied, AppliedAt: s.AppliedAt,
			})
		}
		return err
	})
	return changes, err
}

func withProvider(dsn string, f func(*goose.Provider) error) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, tenggatsql.Schema(), goose.WithSessionLocker(locker),
		goose.WithTableName(schemaTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	return f(p)
}

// wantedSchema is the newest schema change this program knows.
func wantedSchema() (int64, error) {
	p, err := goose.NewProvider(goose.DialectPostgres, new(sql.DB), tenggatsql.Schema(), goose.WithTableName(schemaTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return 0, err
	}
	sources := p.ListSources()
	return sources[len(sources)-1].Version, nil
}

// SchemaState is the schema version found in the database and the one this program wants. Found is 0 for an empty database.
func (r *Reader) SchemaState(ctx context.Context) (found, wanted int64, err error) {
	if wanted, err = wantedSchema(); err != nil {
		return 0, 0, err
	}
	err = r.pool.db.GetContext(ctx, &found, query("schema_version")) //nolint:forbidigo // one reading statement, before any is prepared
	if isUndefinedTable(err) {
		return 0, wanted, nil
	}
	return found, wanted, classify(ctx, err)
}

// ErrSchema means that the database's schema is not the one this program was built for.
var ErrSchema = errors.New("schema version")

func (r *Reader) checkSchema(ctx context.Context) error {
	found, wanted, err := r.SchemaState(ctx)
	switch {
	case isUndefinedRole(err):
		return fmt.Errorf("%w: the database has not been set up (%w): run \"dashboard schema up\" with the owner's login", ErrSchema, err)
	case err != nil:
		return err
	case found < wanted:
		return fmt.Errorf("%w: the database is at %d, this program needs %d: run \"dashboard schema up\" with the owner's login", ErrSchema, found, wanted)
	case found > wanted:
		return fmt.Errorf("%w: the database is at %d, this program knows only %d: run a newer program", ErrSchema, found, wanted)
	}
	return nil
}
