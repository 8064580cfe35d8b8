package pgserver

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"

	"github.com/lib/pq"
)

//go:embed roles.sql
var rolesSQL string

// prepare makes sure that the roles and the database exist, over a connection of
// the owner to the database postgres.
func prepare(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to roll back
	if _, err := tx.ExecContext(ctx, rolesSQL); err != nil {
		return fmt.Errorf("pgserver: roles: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("pgserver: roles: %w", err)
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var exists bool
	err = conn.QueryRowContext(ctx, `select exists (select from pg_database where datname = $1)`, Database).Scan(&exists)
	if err != nil {
		return fmt.Errorf("pgserver: looking for the database: %w", err)
	}
	if !exists {
		// PostgreSQL makes no database inside a transaction. A repeat would fail, not double.
		if _, err := conn.ExecContext(ctx, `create database `+pq.QuoteIdentifier(Database)); err != nil {
			return fmt.Errorf("pgserver: making the database: %w", err)
		}
	}
	return Restrict(ctx, conn, Database)
}

// Restrict leaves a database to its owner and to the roles RoleApp and
// RoleReader, which may connect: PostgreSQL by default lets everybody connect to
// it and make temporary tables there. conn is the owner's.
func Restrict(ctx context.Context, conn *sql.Conn, database string) error {
	name := pq.QuoteIdentifier(database)
	//nolint:gosec // the name is quoted, and names take no parameters
	statement := fmt.Sprintf(`revoke all on database %s from public; grant connect on database %[1]s to %s, %s`,
		name, RoleApp, RoleReader)
	if _, err := conn.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("pgserver: who may connect to %s: %w", database, err)
	}
	return nil
}
