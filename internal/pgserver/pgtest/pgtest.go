// Package pgtest gives tests a real PostgreSQL: one server for a whole run, and
// for each test a database of its own, cloned in milliseconds from a template
// that is prepared once.
//
// The command in the folder "with" starts a server for several test programs and
// names it in SocketVariable. Without it each test program that asks for a
// database starts its own. A package that uses Database has
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"tenggat/internal/pgserver"
)

// SocketVariable is the environment variable that names the socket folder of a
// server started for the whole run.
const SocketVariable = "TENGGAT_TEST_SOCKET"

// Main runs a package's tests, then stops the server if they started one, and
// ends the program with the tests' exit code.
func Main(m *testing.M) {
	shared.usable = true
	code := m.Run()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "pgtest:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

var shared runServer

// runServer is the server of this test program, found or started at first use.
type runServer struct {
	usable bool // there is a Main that will stop it
	once   sync.Once
	socket string
	err    error
	halt   func() error
}

func (r *runServer) start() (string, error) {
	r.once.Do(func() {
		if r.socket = os.Getenv(SocketVariable); r.socket != "" {
			return
		}
		if !r.usable {
			r.err = errors.New("the package needs func TestMain(m *testing.M) { pgtest.Main(m) }")
			return
		}
		var at Place
		at, r.halt, r.err = Start(context.Background())
		r.socket = at.Socket
	})
	return r.socket, r.err
}

func (r *runServer) stop() error {
	if r.halt == nil {
		return nil
	}
	return r.halt()
}

// Place is where tests run.
type Place struct {
	Socket string // the server's socket folder
	Temp   string // a folder for the tests' own files, which goes with the server's data
}

// Start starts a server whose data live only until stop is called. It trades
// safety on a crash for speed.
func Start(ctx context.Context) (at Place, stop func() error, err error) {
	sweep()
	dir, err := os.MkdirTemp(roomy(), prefix)
	if err != nil {
		return Place{}, nil, err
	}
	// Under root the server runs as another account, which must get through.
	if err := os.Chmod(dir, 0o711); err != nil { //nolint:gosec // passing through is all that 0711 allows
		return Place{}, nil, err
	}
	temp := filepath.Join(dir, "t")                                                   // short: sockets have their place in it
	if err := errors.Join(os.Mkdir(temp, 0o711), os.Chmod(temp, 0o711)); err != nil { //nolint:gosec // as above
		return Place{}, nil, errors.Join(err, os.RemoveAll(dir))
	}
	server, err := pgserver.Start(ctx, pgserver.Config{
		DataDir: dir,
		Logger:  slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		BinDir:  os.Getenv(pgserver.BinDirVariable),
		Tuning: map[string]string{
			"fsync": "off", "full_page_writes": "off",
			"max_connections": "300", "autovacuum": "off",
		},
	})
	if err != nil {
		return Place{}, nil, errors.Join(err, os.RemoveAll(dir))
	}
	stop = func() error {
		return errors.Join(server.Stop(context.Background()), os.RemoveAll(dir))
	}
	return Place{server.SocketDir(), temp}, stop, nil
}

const prefix = "tenggat-test-"

// memory is where Linux keeps files that never reach a disk.
const memory = "/dev/shm"

// enough bytes for what all tests of a run keep at the same time.
const enough = 4 << 30

// roomy is the folder for data: in memory where there is enough of it, else the usual one ("").
func roomy() string {
	var left syscall.Statfs_t
	if err := syscall.Statfs(memory, &left); err != nil || left.Bavail*uint64(left.Bsize) < enough { //nolint:gosec // a size is positive
		return ""
	}
	if err := syscall.Access(memory, 2|1); err != nil { // W_OK, X_OK
		return ""
	}
	return memory
}

// sweep removes the data of test programs that were killed. Their servers have
// ended, so their locks are free; a young folder may be one that is just being
// made.
func sweep() {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	inMemory, _ := filepath.Glob(filepath.Join(memory, prefix+"*"))
	for _, dir := range append(left, inMemory...) {
		info, err := os.Stat(dir)
		if err != nil || time.Since(info.ModTime()) < 10*time.Minute {
			continue
		}
		lock, err := os.Open(filepath.Join(dir, "postgres", "lock"))
		if err != nil {
			continue
		}
		if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			_ = os.RemoveAll(dir) // another sweep may be at it as well
		}
		lock.Close()
	}
}
