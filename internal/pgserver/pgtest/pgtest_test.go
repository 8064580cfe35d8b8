package pgtest_test

import (
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"tenggat/internal/pgserver/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var prepared atomic.Int32

func withOneRow(ownerDSN string) error {
	prepared.Add(1)
	db, err := sql.Open("postgres", ownerDSN)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(`create table note (id int primary key);
		insert into note values (1);
		grant select, insert on note to tenggat_app;
		grant select on note to tenggat_reader`)
	return err
}

func open(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestEachTestHasItsOwnDatabase(t *testing.T) {
	for _, name := range []string{"one", "two", "three"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsns := pgtest.Database(t, withOneRow)
			if _, err := open(t, dsns.App).Exec(`insert into note values (2)`); err != nil {
				t.Fatal(err)
			}
			var n int
			if err := open(t, dsns.Reader).QueryRow(`select count(*) from note`).Scan(&n); err != nil || n != 2 {
				t.Errorf("the reader sees %d rows, %v; want 2", n, err)
			}
			if _, err := open(t, dsns.Reader).Exec(`insert into note values (3)`); err == nil {
				t.Error("the reader may write")
			}
			if _, err := open(t, dsns.App).Exec(`drop table note`); err == nil {
				t.Error("the application may drop a table")
			}
			if _, err := open(t, dsns.Owner).Exec(`alter table note add column text text`); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTemplateIsPreparedOnce(t *testing.T) {
	var wait sync.WaitGroup
	for range 6 {
		wait.Go(func() { pgtest.Database(t, withOneRow) })
	}
	wait.Wait()
	if n := prepared.Load(); n > 1 {
		t.Errorf("prepared %d times", n)
	}
}

func TestDatabaseIsDroppedAfterItsTest(t *testing.T) {
	var dsn string
	t.Run("inner", func(t *testing.T) {
		dsn = pgtest.Database(t, withOneRow).Owner
		db := open(t, dsn)
		if err := db.Ping(); err != nil { // and stays connected until the database is dropped
			t.Fatal(err)
		}
	})
	if err := open(t, dsn).Ping(); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("after the test: %v", err)
	}
}

// TestOneServerForSeveralPrograms runs this test program several times at once
// against one server, as the command with does.
func TestOneServerForSeveralPrograms(t *testing.T) {
	at, stop, err := pgtest.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	}()
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			cmd := exec.Command(os.Args[0], "-test.run=^TestEachTestHasItsOwnDatabase$", "-test.count=3")
			cmd.Env = append(os.Environ(), pgtest.SocketVariable+"="+at.Socket)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	wait.Wait()
}

// TestCommandWith has the command run shells that see the server and whose exit
// code becomes its own.
func TestCommandWith(t *testing.T) {
	program := t.TempDir() + "/with"
	if out, err := exec.Command("go", "build", "-o", program, "./with").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command(program, "sh", "-c", `test -S "$TENGGAT_TEST_SOCKET/.s.PGSQL.5432" && echo there`).CombinedOutput()
	if err != nil || string(out) != "there\n" {
		t.Errorf("%v %s", err, out)
	}
	var failed *exec.ExitError
	if err := exec.Command(program, "sh", "-c", "exit 7").Run(); !errors.As(err, &failed) || failed.ExitCode() != 7 {
		t.Errorf("the command's exit code became %v", err)
	}
}
