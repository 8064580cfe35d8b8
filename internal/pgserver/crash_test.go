package pgserver

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// dashboardWithRow is a dashboard in a process of its own whose database has a row
// that must survive.
func dashboardWithRow(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := startDashboard(t, dir)
	socket, err := Socket(dir)
	if err != nil {
		t.Fatal(err)
	}
	must(t, SocketDSN(socket, RoleOwner), `create table kept as select 42 as n`)
	return cmd
}

func wantRow(t *testing.T, s *Server) {
	t.Helper()
	if got := must(t, s.DSN(RoleOwner), `select n from kept`); got != "42" {
		t.Errorf("kept %q", got)
	}
}

func TestKilledDashboard(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	cmd := dashboardWithRow(t, dir)
	left, err := Socket(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	wantRow(t, start(t, dir)) // at once, while the old server may still be shutting down
	if _, err := os.Stat(left); err == nil {
		t.Errorf("the killed dashboard's socket folder %s is still there", left)
	}
}

func TestServerEndsWithItsDashboard(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	cmd := dashboardWithRow(t, dir)
	server := postmasterPid(t, dir)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	awaitGone(t, server, filepath.Join(dir, "postgres", "data"))
	wantRow(t, start(t, dir))
}

func TestKilledDashboardAndServer(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	cmd := dashboardWithRow(t, dir)
	server := postmasterPid(t, dir)
	// The dashboard is held still, so that it cannot tidy up after its server.
	if err := cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(server, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	wantRow(t, start(t, dir))
}

// An earlier server may outlive its dashboard where the kernel has no death
// signal. Here the server is started by hand, so that it does.
func TestServerLeftRunningIsStopped(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := start(t, dir)
	must(t, s.DSN(RoleOwner), `create table kept as select 42 as n`)
	stop(t, s)

	cluster := filepath.Join(dir, "postgres", "data")
	acc, err := serverAccount(cluster)
	if err != nil {
		t.Fatal(err)
	}
	bin, err := findBinaries(t.Context(), config(dir).BinDir, 0)
	if err != nil {
		t.Fatal(err)
	}
	left, err := launch(acc.command(context.Background(), bin.postgres(), serverArgs(cluster, cluster, nil)...), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = left.stop(context.Background()) })
	// PostgreSQL writes this line when it has begun to answer.
	for !fileSays(filepath.Join(cluster, "postmaster.pid"), "\nready") {
		select {
		case <-left.done:
			t.Fatal(left.failure())
		case <-time.After(10 * time.Millisecond):
		}
	}
	wantRow(t, start(t, dir))
	<-left.done
	if left.err != nil {
		t.Errorf("it did not end cleanly: %v", left.err)
	}
}

func fileSays(path, part string) bool {
	text, _ := os.ReadFile(path)
	return strings.Contains(string(text), part)
}

// stranger is a process that has nothing to do with PostgreSQL, of the account
// that the server runs as: PostgreSQL alone would take it for a rival.
func stranger(t *testing.T, acc account) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("sleep", "600")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: acc.credential()}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd
}

func TestStalePidOfAnotherProcess(t *testing.T) {
	t.Parallel()
	tests := map[string]func(t *testing.T, cmd *exec.Cmd){
		"reused": func(*testing.T, *exec.Cmd) {},
		// Killed and not waited for, it stays as a corpse that answers signals.
		"corpse": func(t *testing.T, cmd *exec.Cmd) {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		},
		"dead": func(t *testing.T, cmd *exec.Cmd) {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
		},
	}
	for name, prepare := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := dataDir(t)
			s := start(t, dir)
			must(t, s.DSN(RoleOwner), `create table kept as select 42 as n`)
			stop(t, s)

			cluster := filepath.Join(dir, "postgres", "data")
			acc, err := serverAccount(cluster)
			if err != nil {
				t.Fatal(err)
			}
			other := stranger(t, acc)
			prepare(t, other)
			text := strconv.Itoa(other.Process.Pid) + "\n" + cluster + "\n1700000000\n5432\n/tmp\n\n"
			pidFile := filepath.Join(cluster, "postmaster.pid")
			if err := os.WriteFile(pidFile, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := acc.ownPath(pidFile); err != nil {
				t.Fatal(err)
			}
			wantRow(t, start(t, dir))
			if name == "reused" && !alive(other.Process.Pid) {
				t.Error("a stranger's process was killed")
			}
		})
	}
}
