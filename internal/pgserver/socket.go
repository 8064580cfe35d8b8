package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// The server has no TCP port; the number is only part of the socket's name.
const port = "5432"

const socketName = ".s.PGSQL." + port

// socketPrefix begins the name of every socket folder, so that a leftover one is
// known for ours.
const socketPrefix = "tenggat-pg-"

// longestSocket is how many bytes a socket's path may have.
func longestSocket() int {
	if runtime.GOOS == "linux" {
		return 107
	}
	return 103
}

// SocketDSN is the connection string (github.com/lib/pq) of the database
// Database for a role, over the socket in the given folder.
func SocketDSN(socketDir, role string) string {
	return DatabaseDSN(socketDir, role, Database)
}

// DatabaseDSN is SocketDSN for any database of the server.
func DatabaseDSN(socketDir, role, database string) string {
	return fmt.Sprintf("host=%s port=%s user=%s dbname=%s sslmode=disable",
		quoted(socketDir), port, quoted(role), quoted(database))
}

func quoted(value string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "'"
}

// Socket is the socket folder of the server that runs on a data folder, for a
// command beside a running dashboard. It is a *Problem when none runs.
func Socket(dataDir string) (string, error) {
	h, err := homeOf(dataDir)
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(h.socketFile())
	if errors.Is(err, fs.ErrNotExist) {
		return "", nobodyRuns(h, err)
	}
	if err != nil {
		return "", h.explain(err)
	}
	dir := strings.TrimSpace(string(text))
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "unix", filepath.Join(dir, socketName))
	if err != nil {
		return "", nobodyRuns(h, err)
	}
	return dir, conn.Close()
}

func nobodyRuns(h *home, err error) error {
	return &Problem{
		What: "no dashboard runs on the data folder " + filepath.Dir(h.dir),
		Hint: "start one, or name its data folder with --data",
		Err:  err,
	}
}

// makeSocketDir makes a fresh folder for the socket, for the account alone, in
// the first of the parents that is short enough for a socket's path and that the
// account can enter.
func makeSocketDir(parents []string, acc account, enterable func(string) error) (string, error) {
	var reasons []error
	for _, parent := range parents {
		dir, err := os.MkdirTemp(parent, socketPrefix)
		if err != nil {
			reasons = append(reasons, err)
			continue
		}
		if err = fitForSocket(dir, acc, enterable); err == nil {
			return dir, nil
		}
		reasons = append(reasons, err, os.Remove(dir))
	}
	return "", &Problem{
		What: "no temporary folder is fit for the server's socket",
		Hint: "set TMPDIR to a short path that every account can enter, such as /tmp",
		Err:  errors.Join(reasons...),
	}
}

func fitForSocket(dir string, acc account, enterable func(string) error) error {
	if n := len(filepath.Join(dir, socketName)); n > longestSocket() {
		return fmt.Errorf("%s is too long for a socket (%d bytes, at most %d)", dir, n, longestSocket())
	}
	if err := acc.ownPath(dir); err != nil {
		return err
	}
	return enterable(dir)
}

// removeSocketDir removes a socket folder and nothing else: a name that is not
// one of ours, or a folder with other things in it, stays.
func removeSocketDir(dir string) {
	if !filepath.IsAbs(dir) || !strings.HasPrefix(filepath.Base(dir), socketPrefix) {
		return
	}
	for _, name := range []string{socketName, socketName + ".lock", ""} {
		_ = os.Remove(filepath.Join(dir, name)) //nolint:gosec // the name was checked; and a leftover folder harms nobody
	}
}
