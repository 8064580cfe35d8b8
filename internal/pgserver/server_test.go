package pgserver

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestFirstStartMakesRolesAndDatabase(t *testing.T) {
	t.Parallel()
	s := start(t, dataDir(t))
	for _, role := range []string{RoleOwner, RoleApp, RoleReader} {
		got := must(t, s.DSN(role), `select current_user || ' ' || current_database()`)
		if want := role + " " + Database; got != want {
			t.Errorf("connected as %q, want %q", got, want)
		}
	}
	settings := map[string]string{
		"fsync": "off", "synchronous_commit": "on", "listen_addresses": "", "data_checksums": "on",
		"server_encoding": "UTF8", "TimeZone": "UTC", "log_parameter_max_length": "0", "jit": "off",
	}
	for name, want := range settings {
		if got := must(t, s.DSN(RoleOwner), `select current_setting('`+name+`')`); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestFsyncIsOnByDefault(t *testing.T) {
	t.Parallel()
	cfg := config(dataDir(t))
	cfg.Tuning = nil
	s, err := Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer stop(t, s)
	if got := must(t, s.DSN(RoleApp), `select current_setting('fsync')`); got != "on" {
		t.Errorf("fsync is %q", got)
	}
}

func TestRolesMayNoMoreThanTheyShould(t *testing.T) {
	t.Parallel()
	s := start(t, dataDir(t))
	attributes := `select string_agg(rolname || rolsuper || rolbypassrls || rolcreaterole || rolcreatedb || rolreplication, ' ' order by rolname)
		from pg_roles where rolname in ('tenggat_app', 'tenggat_reader')`
	want := "tenggat_appfalsefalsefalsefalsefalse tenggat_readerfalsefalsefalsefalsefalse"
	if got := must(t, s.DSN(RoleOwner), attributes); got != want {
		t.Errorf("attributes: %s", got)
	}
	must(t, s.DSN(RoleOwner), `create table secret (n int)`)
	refused := map[string][]string{
		RoleReader: {
			`create temporary table t (n int)`, `create table t (n int)`, `select n from secret`,
			`select set_config('role', 'tenggat_app', false)`, `insert into secret values (1)`,
		},
		RoleApp: {
			`create temporary table t (n int)`, `create table t (n int)`, `select n from secret`,
			`select set_config('role', 'tenggat_owner', false)`,
		},
	}
	for role, statements := range refused {
		for _, statement := range statements {
			if _, err := query(t, s.DSN(role), statement); err == nil {
				t.Errorf("%s may %s", role, statement)
			}
		}
		for _, database := range []string{"postgres", "template1"} {
			if _, err := query(t, DatabaseDSN(s.SocketDir(), role, database), `select 1`); err == nil {
				t.Errorf("%s may connect to %s", role, database)
			}
		}
	}
	for name, want := range map[string]string{"default_transaction_read_only": "on", "statement_timeout": "15s"} {
		if got := must(t, s.DSN(RoleReader), `select current_setting('`+name+`')`); got != want {
			t.Errorf("the reader's %s is %q, want %q", name, got, want)
		}
	}
}

func TestNoTCPPort(t *testing.T) {
	t.Parallel()
	s := start(t, dataDir(t))
	if got := must(t, s.DSN(RoleOwner), `select count(*) from pg_catalog.pg_settings where name = 'listen_addresses' and setting <> ''`); got != "0" {
		t.Error("the server listens on an address")
	}
	info, err := os.Stat(s.SocketDir())
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the socket's folder has mode %v", info.Mode())
	}
	conn, err := net.Dial("unix", filepath.Join(s.SocketDir(), socketName))
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

func TestRestartKeepsData(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := start(t, dir)
	must(t, s.DSN(RoleOwner), `create table kept as select 42 as n`)
	first := s.SocketDir()
	stop(t, s)
	if err := s.Err(); err != nil {
		t.Errorf("Err after Stop: %v", err)
	}
	if _, err := os.Stat(first); err == nil {
		t.Errorf("the socket's folder %s is still there", first)
	}
	if got := must(t, start(t, dir).DSN(RoleOwner), `select n from kept`); got != "42" {
		t.Errorf("kept %q", got)
	}
}

func TestStopTwice(t *testing.T) {
	t.Parallel()
	s := start(t, dataDir(t))
	stop(t, s)
	stop(t, s)
}

func TestSecondInstanceIsRefused(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := start(t, dir)
	_, err := Start(t.Context(), config(dir))
	wantProblem(t, err, "another dashboard (process ", dir)
	must(t, s.DSN(RoleApp), `select 1`)
	if got, err := Socket(dir); err != nil || got != s.SocketDir() {
		t.Errorf("after the refusal Socket gives %q, %v", got, err)
	}
}

func TestSocketOfARunningServer(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	_, err := Socket(dir)
	wantProblem(t, err, "no dashboard runs on", dir)
	s := start(t, dir)
	socket, err := Socket(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := must(t, SocketDSN(socket, RoleApp), `select current_user`); got != RoleApp {
		t.Errorf("connected as %q", got)
	}
	stop(t, s)
	_, err = Socket(dir)
	wantProblem(t, err, "no dashboard runs on")
}

func TestSocketLeftByAKilledDashboardIsNotTakenForAServer(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	stop(t, start(t, dir))
	left := filepath.Join(dir, "postgres", "socket")
	if err := os.WriteFile(left, []byte("/tmp/tenggat-pg-gone\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Socket(dir)
	wantProblem(t, err, "no dashboard runs on")
}

func TestServerThatDiesIsReported(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := start(t, dir)
	if err := s.Err(); err != nil {
		t.Errorf("Err while running: %v", err)
	}
	if err := syscall.Kill(postmasterPid(t, dir), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-s.Done()
	wantProblem(t, s.Err(), "ended by itself", "killed")
}

func TestEndOfContextEndsTheStart(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := dataDir(t)
	if _, err := Start(ctx, config(dir)); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	start(t, dir) // and nothing is in the way of the next
}

func TestUnfinishedFirstStartIsSwept(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	half := filepath.Join(dir, "postgres", "init-half", "base")
	if err := os.MkdirAll(half, 0o700); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 { // as the start would have left them
		for _, path := range []string{dir, filepath.Join(dir, "postgres")} {
			if err := os.Chmod(path, 0o711); err != nil {
				t.Fatal(err)
			}
		}
	}
	start(t, dir)
	if left, _ := filepath.Glob(filepath.Join(dir, "postgres", "init-*")); len(left) > 0 {
		t.Errorf("still there: %v", left)
	}
}

func TestBadSettingShowsTheServersWords(t *testing.T) {
	t.Parallel()
	cfg := config(dataDir(t))
	cfg.Tuning["shared_buffers"] = "nonsense"
	_, err := Start(t.Context(), cfg)
	wantProblem(t, err, "did not start", "shared_buffers")
}

func TestLongTemporaryFolder(t *testing.T) {
	long := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	if err := os.Mkdir(long, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := dataDir(t)
	t.Setenv("TMPDIR", long)
	s := start(t, dir)
	if !strings.HasPrefix(s.SocketDir(), "/tmp/") {
		t.Errorf("the socket is in %s", s.SocketDir())
	}
	must(t, s.DSN(RoleApp), `select 1`)
}

func TestNoTemporaryFolderFitsASocket(t *testing.T) {
	t.Parallel()
	long := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	if err := os.Mkdir(long, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := makeSocketDir([]string{long}, account{}, func(string) error { return nil })
	wantProblem(t, err, "no temporary folder", "too long for a socket")
	if left, _ := filepath.Glob(filepath.Join(long, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
