package pgtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"reflect"
	"runtime"
	"testing"

	"github.com/lib/pq"

	"tenggat/internal/pgserver"
)

// DSNs are the connection strings of one test's database, one per role of
// package pgserver.
type DSNs struct {
	Owner, App, Reader string
}

// Template prepares a database that others are cloned from, such as by applying
// the schema changes. It gets the owner's connection string and must have closed
// its connections when it returns.
//
// A run calls it once: a template is known by the function's name, so two
// databases that differ need two named functions, not one closure that captures
// what differs.
type Template func(ownerDSN string) error

// Database makes a database for one test, a clone of the template, and drops it
// when the test ends. Connections still open then are cut.
func Database(t testing.TB, template Template) DSNs {
	t.Helper()
	socket, err := shared.start()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	name, err := clone(t.Context(), socket, template)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		err := asOwner(context.Background(), socket, func(conn *sql.Conn) error {
			return run(context.Background(), conn, `drop database %s with (force)`, name)
		})
		if err != nil {
			t.Errorf("pgtest: %v", err)
		}
	})
	return DSNs{
		Owner:  pgserver.DatabaseDSN(socket, pgserver.RoleOwner, name),
		App:    pgserver.DatabaseDSN(socket, pgserver.RoleApp, name),
		Reader: pgserver.DatabaseDSN(socket, pgserver.RoleReader, name),
	}
}

func clone(ctx context.Context, socket string, template Template) (string, error) {
	name := "test_" + rand.Text()
	err := asOwner(ctx, socket, func(conn *sql.Conn) error {
		source, err := prepared(ctx, conn, socket, template)
		if err != nil {
			return err
		}
		// The log strategy copies a small database faster, and drops it much faster.
		if err := run(ctx, conn, `create database %s template %s strategy wal_log`, name, source); err != nil {
			return err
		}
		return pgserver.Restrict(ctx, conn, name)
	})
	return name, err
}

// prepared gives the name of the template's database, made by whichever test
// program comes first; the others wait on the lock.
func prepared(ctx context.Context, conn *sql.Conn, socket string, template Template) (string, error) {
	sum := sha256.Sum256([]byte(runtime.FuncForPC(reflect.ValueOf(template).Pointer()).Name()))
	name := "template_" + hex.EncodeToString(sum[:8])
	if _, err := conn.ExecContext(ctx, `select pg_advisory_lock(hashtextextended($1, 0))`, name); err != nil {
		return "", err
	}
	// The connection is closed after use, which frees the lock on every path.
	var exists bool
	err := conn.QueryRowContext(ctx, `select exists (select from pg_database where datname = $1)`, name).Scan(&exists)
	if err == nil && !exists {
		err = makeTemplate(ctx, conn, socket, name, template)
	}
	if err != nil {
		return "", err
	}
	_, err = conn.ExecContext(ctx, `select pg_advisory_unlock(hashtextextended($1, 0))`, name)
	return name, err
}

// makeTemplate prepares under another name and renames, so that a test program
// that dies in between leaves no half-made template.
func makeTemplate(ctx context.Context, conn *sql.Conn, socket, name string, template Template) error {
	draft := name + "_draft"
	if err := run(ctx, conn, `drop database if exists %s with (force)`, draft); err != nil {
		return err
	}
	if err := run(ctx, conn, `create database %s strategy wal_log`, draft); err != nil {
		return err
	}
	if err := pgserver.Restrict(ctx, conn, draft); err != nil {
		return err
	}
	if err := template(pgserver.DatabaseDSN(socket, pgserver.RoleOwner, draft)); err != nil {
		return fmt.Errorf("preparing the template: %w", err)
	}
	return run(ctx, conn, `alter database %s rename to %s`, draft, name)
}

// asOwner lends a connection of its own to the database postgres.
func asOwner(ctx context.Context, socket string, use func(*sql.Conn) error) error {
	db, err := sql.Open("postgres", pgserver.DatabaseDSN(socket, pgserver.RoleOwner, "postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return use(conn)
}

// run executes a statement about databases by name, which takes no parameters
// and no transaction.
func run(ctx context.Context, conn *sql.Conn, statement string, names ...string) error {
	quoted := make([]any, len(names))
	for i, name := range names {
		quoted[i] = pq.QuoteIdentifier(name)
	}
	text := fmt.Sprintf(statement, quoted...)
	if _, err := conn.ExecContext(ctx, text); err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	return nil
}
