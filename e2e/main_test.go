//go:build e2e

// Package e2e tests Tenggat from outside, as its users meet it: the built program, over HTTP, by its commands and in a real
// browser. It knows no handler and no table; it uses package i18n for the words that a page must show, and package demo for the
// accounts.
//
// Programs and the browser are started when the first test asks for them and serve all tests that do no harm to them:
//
//	demo     `dashboard demo`: the four demo programs; tests write to the live one only
//	office   `dashboard serve` on an empty data folder with the program of docs/program-file.md
//
// With -pictures (`make pictures`) pictures of every page and state are left in e2e/artifacts.
package e2e

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"tenggat/internal/pgserver/pgtest"
)

const artifacts = "artifacts"

// binary is the program under test, built once.
var binary string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(runTests(m))
}

func runTests(m *testing.M) (code int) {
	dir, err := tempDir()
	if err == nil {
		defer func() { _ = os.RemoveAll(dir) }()
		binary = filepath.Join(dir, "dashboard")
		err = build(binary)
	}
	if err == nil {
		err = os.MkdirAll(artifacts, 0o750)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		return 1
	}
	code = m.Run()
	if err := closeAll(); err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		code = max(code, 1)
	}
	return code
}

func build(path string) error {
	out, err := exec.Command("go", "build", "-buildvcs=false", "-o", path, "tenggat/cmd/dashboard").CombinedOutput()
	if err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// tempDir is a folder that the account of a private PostgreSQL can pass through: under root that is another account.
func tempDir() (string, error) {
	dir, err := os.MkdirTemp("", "tenggat-e2e-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o711) //nolint:gosec // passing through is all that 0711 allows
}

// closers stop what the tests share, the latest first.
var closers struct {
	mu   sync.Mutex
	list []func() error
}

func closeLater(f func() error) {
	closers.mu.Lock()
	defer closers.mu.Unlock()
	closers.list = append(closers.list, f)
}

func closeAll() (err error) {
	for i := len(closers.list) - 1; i >= 0; i-- {
		err = errors.Join(err, closers.list[i]())
	}
	return err
}

// shared starts a thing at first use and fails every test that asks for it if that did not work.
func shared[T any](start func() (T, error)) func(testing.TB) T {
	once := sync.OnceValues(start)
	return func(t testing.TB) T {
		t.Helper()
		thing, err := once()
		if err != nil {
			t.Fatal(err)
		}
		return thing
	}
}

// bareDatabase is a database of its own without any table, on the test run's PostgreSQL.
func bareDatabase(t *testing.T) string {
	t.Helper()
	if err := testSocket(); err != nil {
		t.Fatal(err)
	}
	return pgtest.Database(t, leaveBare).Owner
}

func leaveBare(string) error { return nil }

// testSocket makes sure that there is a PostgreSQL for tests: `make test` has one for the whole run.
var testSocket = sync.OnceValue(func() error {
	if os.Getenv(pgtest.SocketVariable) != "" {
		return nil
	}
	at, stop, err := pgtest.Start(background)
	if err != nil {
		return err
	}
	closeLater(stop)
	return os.Setenv(pgtest.SocketVariable, at.Socket)
})
