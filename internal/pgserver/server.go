// Package pgserver is the embedded default: a private PostgreSQL that the
// dashboard starts for itself when no database is configured, and stops when it
// ends. It finds the server's programs on the machine, makes a cluster in the
// data folder on the first start, and listens on a socket in a folder of its
// own, never on a TCP port. Data are never deleted.
//
// It knows nothing of the dashboard's tables; it only brings the server up with
// the three roles that share it. docs/operations.md is its guide for people.
package pgserver

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lib/pq"
)

// The private server's roles, and its one database.
const (
	// RoleOwner is initdb's superuser. Schema changes use it, and nothing else.
	RoleOwner = "tenggat_owner"
	// RoleApp writes what the schema changes allow it to.
	RoleApp = "tenggat_app"
	// RoleReader only selects.
	RoleReader = "tenggat_reader"
	// Database holds the dashboard's tables.
	Database = "tenggat"
)

// Config says where the private server lives. Only DataDir is needed.
type Config struct {
	DataDir string            // the dashboard's data folder; the server uses "postgres" inside it
	Logger  *slog.Logger      // where the server's own log goes; nil for nowhere
	BinDir  string            // folder of initdb and postgres; empty to search the machine
	Tuning  map[string]string // settings beyond our own, such as fsync=off in tests
}

// Server is a running private PostgreSQL.
type Server struct {
	home      *home
	process   *process
	socketDir string
	stopping  sync.Once
	stopped   chan struct{} // closed when Stop has been called
	stopErr   error
}

// Start makes the cluster if there is none, starts the server and returns when it
// answers and has its roles and database. After a crash that includes recovery,
// which may take a while; the end of ctx gives up. A failure that a person can
// do something about is a *Problem.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	h, err := homeOf(cfg.DataDir)
	if err != nil {
		return nil, err
	}
	acc, err := serverAccount(h.cluster())
	if err != nil {
		return nil, err
	}
	if err := h.create(acc); err != nil {
		return nil, err
	}
	if err := h.acquire(acc); err != nil {
		return nil, err
	}
	s := &Server{home: h, stopped: make(chan struct{})}
	if err := s.start(ctx, cfg, acc); err != nil {
		s.cleanUp()
		return nil, err
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, cfg Config, acc account) error {
	major, err := s.home.version()
	if err != nil {
		return err
	}
	bin, err := findBinaries(ctx, cfg.BinDir, major)
	if err != nil {
		return err
	}
	if err := acc.checkAccess(ctx, bin.postgres(), s.home.dir); err != nil {
		return err
	}
	if major == 0 {
		cfg.Logger.Info("making the data folder of a private PostgreSQL", "folder", s.home.cluster(), "version", bin.major)
		if err := initCluster(ctx, s.home, bin, acc, cfg.Tuning["fsync"] != "off"); err != nil {
			return err
		}
	}
	if err := clearStale(ctx, s.home.cluster(), cfg.Logger); err != nil {
		return err
	}
	if err := writeAccessRules(s.home.cluster(), acc); err != nil {
		return err
	}
	if err := s.openSocketDir(ctx, bin, acc); err != nil {
		return err
	}
	return s.bringUp(ctx, cfg, bin, acc)
}

// openSocketDir makes the socket's folder, and removes the one that a killed
// dashboard left.
func (s *Server) openSocketDir(ctx context.Context, bin binaries, acc account) error {
	if left, err := os.ReadFile(s.home.socketFile()); err == nil {
		removeSocketDir(strings.TrimSpace(string(left)))
	}
	enterable := func(dir string) error { return acc.checkAccess(ctx, bin.postgres(), dir) }
	dir, err := makeSocketDir([]string{os.TempDir(), "/tmp"}, acc, enterable)
	s.socketDir = dir
	return err
}

// bringUp runs the program and waits for it. Backends of a killed server may
// hold its shared memory for a moment longer, so that refusal is tried again.
func (s *Server) bringUp(ctx context.Context, cfg Config, bin binaries, acc account) error {
	patience := time.Now().Add(30 * time.Second)
	for {
		err := s.tryUp(ctx, cfg, bin, acc)
		if err == nil || !strings.Contains(err.Error(), "is still in use") || time.Now().After(patience) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (s *Server) tryUp(ctx context.Context, cfg Config, bin binaries, acc account) error {
	// The server outlives ctx, which bounds the start alone.
	cmd := acc.command(context.WithoutCancel(ctx), bin.postgres(), serverArgs(s.home.cluster(), s.socketDir, cfg.Tuning)...)
	p, err := launch(cmd, cfg.Logger)
	if err != nil {
		return fmt.Errorf("pgserver: starting %s: %w", bin.postgres(), err)
	}
	s.process = p
	if err := s.settle(ctx, acc); err != nil {
		return errors.Join(err, p.stop(ctx))
	}
	return nil
}

// settle waits until the server answers, prepares it and tells where it is.
func (s *Server) settle(ctx context.Context, acc account) error {
	db, err := sql.Open("postgres", DatabaseDSN(s.socketDir, RoleOwner, "postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	if err := s.awaitAnswer(ctx, db); err != nil {
		return err
	}
	if err := prepare(ctx, db); err != nil {
		return err
	}
	return replaceFile(s.home.socketFile(), s.socketDir+"\n", acc)
}

func (s *Server) awaitAnswer(ctx context.Context, db *sql.DB) error {
	for {
		err := db.PingContext(ctx)
		if err == nil {
			return nil
		}
		if refusal := (*pq.Error)(nil); errors.As(err, &refusal) && refusal.Code.Class() == "28" {
			return fmt.Errorf("pgserver: the server does not let its own dashboard in: %w", err)
		}
		select {
		case <-s.process.done:
			return &Problem{
				What: "the private PostgreSQL did not start",
				Hint: "its last words say why; no data were changed, " + useOwnDatabase,
				Err:  s.process.failure(),
			}
		case <-ctx.Done():
			return fmt.Errorf("pgserver: waiting for the server to answer: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// serverArgs is the server's command line: our settings, then cfg.Tuning, which
// wins. fsync and synchronous_commit stay on, as PostgreSQL has them.
func serverArgs(cluster, socketDir string, tuning map[string]string) []string {
	settings := map[string]string{
		"listen_addresses":        "", // no TCP port
		"unix_socket_permissions": "0700",
		"cluster_name":            "tenggat",
		"timezone":                "UTC",
		"log_timezone":            "UTC",
		"log_line_prefix":         "",
		// Values and failed statements may hold personal data: none reach the log.
		"log_error_verbosity":      "terse",
		"log_min_error_statement":  "panic",
		"log_parameter_max_length": "0",
		// initdb takes 64 times a segment for this, and ours are small.
		"max_wal_size": "1GB",
		// Statements here take milliseconds; to compile one takes tens of them, for each connection anew.
		"jit": "off",
	}
	maps.Copy(settings, tuning)
	args := []string{"-D", cluster, "-k", socketDir, "-p", port}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		args = append(args, "-c", name+"="+settings[name])
	}
	return args
}

// DSN is the connection string (github.com/lib/pq) for one of the three roles.
func (s *Server) DSN(role string) string { return SocketDSN(s.socketDir, role) }

// SocketDir is the folder of the server's socket, an absolute path.
func (s *Server) SocketDir() string { return s.socketDir }

// Done is closed when the server has ended: by itself (then Err says how) or
// because of Stop.
func (s *Server) Done() <-chan struct{} { return s.process.done }

// Err tells why the server ended by itself; nil while it runs and after Stop.
func (s *Server) Err() error {
	select {
	case <-s.stopped:
		return nil
	default:
	}
	select {
	case <-s.process.done:
		return &Problem{
			What: "the private PostgreSQL ended by itself",
			Hint: "start the dashboard again: committed data are kept; the last words say why",
			Err:  s.process.failure(),
		}
	default:
		return nil
	}
}

// Stop ends the server cleanly and frees the data folder. It takes milliseconds;
// the end of ctx makes it more forceful, and committed data are kept even then.
// Later calls give the first one's answer.
func (s *Server) Stop(ctx context.Context) error {
	s.stopping.Do(func() {
		close(s.stopped)
		s.stopErr = s.process.stop(ctx)
		s.cleanUp()
	})
	return s.stopErr
}

// cleanUp removes what belongs to one run and frees the lock.
func (s *Server) cleanUp() {
	if s.socketDir != "" {
		removeSocketDir(filepath.Clean(s.socketDir))
		_ = os.Remove(s.home.socketFile()) // a stale one is seen through by Socket
	}
	s.home.release()
}
