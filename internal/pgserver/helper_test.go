package pgserver

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// helperVariable makes the test program behave as a dashboard on the data folder
// it names: it starts the server, says so and waits to be killed.
const helperVariable = "TENGGAT_PGSERVER_HELPER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperVariable); dir != "" {
		beDashboard(dir)
	}
	os.Exit(m.Run())
}

func beDashboard(dir string) {
	_, err := Start(context.Background(), config(dir))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("up")
	select {}
}

// config is the one of the tests: real settings, with the waiting for the disk
// switched off.
func config(dir string) Config {
	return Config{
		DataDir: dir,
		BinDir:  os.Getenv(BinDirVariable),
		Tuning:  map[string]string{"fsync": "off"},
	}
}

// dataDir is a folder that any account can reach. t.TempDir is closed to the
// account that the server runs as under root.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pgserver-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "data")
}

func start(t *testing.T, dir string) *Server {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s, err := Start(ctx, config(dir))
	if err != nil {
		t.Fatalf("Start: %v", err)
	}
	t.Cleanup(func() { stop(t, s) })
	return s
}

func stop(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Stop(context.Background()); err != nil {
		t.Errorf("Stop: %v", err)
	}
}

// startDashboard runs the test program as a dashboard and waits until its server
// is up. It is for the caller to kill.
func startDashboard(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperVariable+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	buf := make([]byte, 4096)
	n, _ := out.Read(buf)
	if said := strings.TrimSpace(string(buf[:n])); said != "up" {
		t.Fatalf("the other dashboard did not start: %s", said)
	}
	return cmd
}

// query runs one statement as the role and gives its one value as text.
func query(t *testing.T, dsn, statement string) (string, error) {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var value sql.NullString
	err = db.QueryRowContext(t.Context(), statement).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return value.String, err
}

func must(t *testing.T, dsn, statement string) string {
	t.Helper()
	value, err := query(t, dsn, statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return value
}

// wantProblem checks that err is a *Problem with a hint, whose text has every part.
func wantProblem(t *testing.T, err error, parts ...string) {
	t.Helper()
	var p *Problem
	if !errors.As(err, &p) {
		t.Fatalf("got %v (%T), want a *Problem", err, err)
	}
	if p.Hint == "" {
		t.Error("the problem has no hint")
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
}

func postmasterPid(t *testing.T, dir string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "postgres", "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// awaitGone waits until no process has the number. Somebody else's child may
// stay as a corpse for a while, which counts as gone.
func awaitGone(t *testing.T, pid int, cluster string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); servesCluster(t.Context(), pid, cluster); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("process %d is still there", pid)
		}
	}
}
