package postgres_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

func connect(t *testing.T, dsn string) *sqlx.DB {
	t.Helper()
	db, err := sqlx.Connect("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// The database itself refuses to change the ledger, whoever asks.
func TestLedgerRowsCannotBeChanged(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "one")
	mustAppend(t, db, program, storetest.Report("P1", "a", 1, 10, 100))
	for login, dsn := range map[string]string{"owner": dsns.Owner, "app": dsns.App, "reader": dsns.Reader} {
		conn := connect(t, dsn)
		for _, statement := range []string{
			"UPDATE ledger_entries SET kind = 'x'", "DELETE FROM ledger_entries", "TRUNCATE ledger_entries CASCADE",
		} {
			if _, err := conn.ExecContext(t.Context(), statement); err == nil {
				t.Errorf("%s may run %q", login, statement)
			}
		}
	}
	if s := state(t, db, program, time.Time{}); milestone(s, "P1").Progress.Counts.Done != 10 {
		t.Fatal("the ledger was changed")
	}
}

// The reader's login can write nothing and sees no secret, whatever it runs.
func TestReaderLogin(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	storetest.Program(t, db, "one")
	conn := connect(t, dsns.Reader)
	var tables []string
	if err := conn.Select(&tables, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"); err != nil {
		t.Fatal(err)
	}
	if len(tables) < 12 {
		t.Fatalf("only %d tables: %v", len(tables), tables)
	}
	for _, table := range tables {
		for _, statement := range []string{"INSERT INTO " + table + " DEFAULT VALUES", "DELETE FROM " + table, "TRUNCATE " + table} {
			escaped := "SET default_transaction_read_only = off; " + statement // READ ONLY alone is no boundary
			for _, s := range []string{statement, escaped} {
				if _, err := conn.ExecContext(t.Context(), s); err == nil {
					t.Errorf("the reader may run %q", s)
				}
			}
		}
	}
	for _, secret := range []string{"accounts", "sessions", "tokens", "memberships"} {
		var n int
		if err := conn.Get(&n, "SELECT count(*) FROM "+secret); err == nil {
			t.Errorf("the reader sees %s", secret)
		}
	}
	if _, err := conn.ExecContext(t.Context(), "CREATE TEMP TABLE x (y int)"); err == nil {
		t.Error("the reader may make tables")
	}
	for _, role := range []string{"tenggat_app", "tenggat_owner"} {
		if _, err := conn.ExecContext(t.Context(), "SET ROLE "+role); err == nil {
			t.Errorf("the reader may become %s", role)
		}
	}
	var unguarded []string
	if err := conn.Select(&unguarded, `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relrowsecurity
		  AND c.relname <> 'schema_changes' AND has_table_privilege(c.oid, 'SELECT')`); err != nil || len(unguarded) > 0 {
		t.Errorf("readable without row-level security: %v %v", unguarded, err)
	}
}

// Rows open to a live credential that is a member, and to nothing else.
func TestRowsOpenToTheirCredentialOnly(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	mine, theirs := storetest.Program(t, db, "mine"), storetest.Program(t, db, "theirs")
	regulator := storetest.Account(t, db, access.Regulator, "mine")
	token := storetest.Token(t, db, "mine", []string{"read"})
	for name, credential := range map[string]string{"session": regulator, "token": token} {
		if _, err := db.Reader().Program(t.Context(), credential, mine, time.Time{}); err != nil {
			t.Errorf("%s: own program: %v", name, err)
		}
		if _, err := db.Reader().Program(t.Context(), credential, theirs, time.Time{}); !errors.Is(err, postgres.ErrNotFound) {
			t.Errorf("%s: another program: %v, want not found", name, err)
		}
		if heads, outlines, err := db.Reader().List(t.Context(), credential, postgres.ListMoment{}, unknown); err != nil || len(heads) != 1 || len(outlines) != 1 || outlines[0].Key != "mine" {
			t.Errorf("%s: list of programs: %d %d %v", name, len(heads), len(outlines), err)
		}
		if records, err := db.Reader().Records(t.Context(), credential, theirs, "", time.Time{}, 0, 10); err != nil || len(records) != 0 {
			t.Errorf("%s: %d entries of another program, %v", name, len(records), err)
		}
	}
	conn := connect(t, dsns.Reader)
	for _, credential := range []string{"", "guessed", "x' OR true --"} {
		tx := conn.MustBegin()
		var n int
		if err := tx.Get(&n, "SELECT count(*) FROM ledger_entries WHERE set_config('tenggat.credential', $1, true) IS NOT NULL", credential); err != nil || n != 0 {
			t.Errorf("credential %q opens %d entries, %v", credential, n, err)
		}
		_ = tx.Rollback()
	}
}

// What ends a session or token ends it at once.
func TestCredentialsEnd(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	open := func(credential string) error {
		_, err := db.Reader().OpenSession(t.Context(), credential, "one")
		_, readErr := db.Reader().Program(t.Context(), credential, program, time.Time{})
		if (err == nil) != (readErr == nil) {
			t.Errorf("session says %v, rows say %v", err, readErr)
		}
		return err
	}
	signedOut := storetest.Account(t, db, access.Executive, "one")
	if err := open(signedOut); err != nil {
		t.Fatal(err)
	}
	if err := db.Writer().EndSession(t.Context(), access.HashToken(signedOut)); err != nil {
		t.Fatal(err)
	}
	if err := open(signedOut); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("after sign-out: %v", err)
	}

	disabled := storetest.Account(t, db, access.Engineer, "one")
	accounts, err := db.Writer().Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		if a.Role == access.Engineer {
			if err := db.Writer().DisableAccount(t.Context(), a.Email); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := open(disabled); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("after the account was disabled: %v", err)
	}

	left := storetest.Account(t, db, access.Executive, "one")
	accounts, _ = db.Writer().Accounts(t.Context())
	for _, a := range accounts {
		if a.Role == access.Executive {
			if err := db.Writer().SetMemberships(t.Context(), a.Email, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	if s, err := db.Reader().OpenSession(t.Context(), left, "one"); err != nil || s.Program != nil {
		t.Errorf("after the membership ended: %+v %v", s.Program, err)
	}

	token := storetest.Token(t, db, "one", []string{"report"})
	issued, err := db.Reader().OpenToken(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Writer().RevokeToken(t.Context(), issued.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Reader().OpenToken(t.Context(), token); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("after the token was revoked: %v", err)
	}
}

// A session is over when it was idle too long, and in any case after its time.
func TestSessionsRunOut(t *testing.T) {
	db := storetest.Open(t)
	storetest.Program(t, db, "one")
	storetest.Account(t, db, access.Executive, "one")
	accounts, err := db.Writer().Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		idle, absolute time.Duration
		live           bool
	}{"in use": {time.Hour, time.Hour, true}, "idle": {-time.Second, time.Hour, false}, "old": {time.Hour, -time.Second, false}} {
		token := access.NewSessionToken()
		if err := db.Writer().CreateSession(t.Context(), access.HashToken(token), accounts[0].ID, c.idle, c.absolute); err != nil {
			t.Fatal(err)
		}
		if err := db.Writer().TouchSession(t.Context(), access.HashToken(token), time.Hour); err != nil { // what is over stays over
			t.Fatal(err)
		}
		if _, err := db.Reader().OpenSession(t.Context(), token, "one"); (err == nil) != c.live {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A login with rights to write is not taken for a reader.
func TestOpenRefusesAReaderThatCouldWrite(t *testing.T) {
	_, dsns := storetest.OpenWithDSNs(t)
	for name, dsn := range map[string]string{"app": dsns.App, "owner": dsns.Owner} {
		if db, err := postgres.Open(t.Context(), postgres.Config{AppDSN: dsns.App, ReaderDSN: dsn}); err == nil {
			t.Errorf("%s was taken for a reader", name)
			_ = db.Close()
		}
	}
}

func TestOpenRefusesAnotherSchema(t *testing.T) {
	_, dsns := storetest.OpenWithDSNs(t)
	owner := connect(t, dsns.Owner)
	for name, change := range map[string]string{
		"newer": "INSERT INTO schema_changes (version_id, is_applied) VALUES (9999, true)",
		"older": "DELETE FROM schema_changes WHERE version_id > 0",
	} {
		tx := owner.MustBegin()
		tx.MustExec(change)
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		db, err := postgres.Open(t.Context(), postgres.Config{AppDSN: dsns.App, ReaderDSN: dsns.Reader})
		if !errors.Is(err, postgres.ErrSchema) {
			t.Errorf("%s schema: %v", name, err)
		}
		if err == nil {
			_ = db.Close()
		}
	}
}

func TestSchemaUpAtOnceAppliesOnce(t *testing.T) {
	_, dsns := storetest.OpenWithDSNs(t)
	results := make(chan error, 4)
	for range 4 {
		go func() {
			applied, err := postgres.SchemaUp(t.Context(), dsns.Owner)
			if err == nil && len(applied) > 0 {
				err = errors.New("a schema change was applied twice")
			}
			results <- err
		}()
	}
	for range 4 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
}
