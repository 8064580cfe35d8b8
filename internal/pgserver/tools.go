package pgserver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// Tools are PostgreSQL's client programs, which dump a database and put it back. They lie beside the server's own, or came with a
// package of clients.
type Tools struct {
	dir   string
	major int
}

// Major is their version.
func (t Tools) Major() int { return t.major }

// FindTools looks for pg_dump and pg_restore of a major version or later: in binDir if that is not "", then on the machine. Of several
// the oldest that will do is taken, which is the server's own where it is there. Without any it is a *Problem.
func FindTools(ctx context.Context, binDir string, atLeast int) (Tools, error) {
	dirs := searchPath(ctx)
	if binDir != "" {
		dirs = []string{binDir}
	}
	if path, err := exec.LookPath("pg_dump"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	var best Tools
	for _, dir := range dirs {
		t := Tools{dir: dir}
		if !executable(t.program("pg_dump")) || !executable(t.program("pg_restore")) {
			continue
		}
		if t.major = majorOf(ctx, t.program("pg_dump")); t.major >= atLeast && (best.major == 0 || t.major < best.major) {
			best = t
		}
	}
	if err := ctx.Err(); err != nil {
		return best, err
	}
	if best.major == 0 {
		return best, &Problem{
			What: fmt.Sprintf("no pg_dump and pg_restore of PostgreSQL %d or later found", atLeast),
			Hint: fmt.Sprintf("install the package postgresql-client-%d, or name their folder in %s", atLeast, BinDirVariable),
		}
	}
	return best, nil
}

func (t Tools) program(name string) string { return filepath.Join(t.dir, name) }

// Dump writes a database to out in PostgreSQL's custom format, as of a snapshot that another transaction has exported. The login must
// pass by row-level security, or the dump fails: rows are never left out in silence.
func (t Tools) Dump(ctx context.Context, dsn, snapshot string, out io.Writer) error {
	cmd := t.command(ctx, dsn, "pg_dump", "--format=custom", "--no-owner", "--no-password", "--lock-wait-timeout=30s", "--snapshot="+snapshot)
	cmd.Stdout = out
	return runTool(cmd)
}

// Restore reads what Dump wrote into an empty database, all of it or nothing. The login becomes the owner.
func (t Tools) Restore(ctx context.Context, dsn string, in io.Reader) error {
	cmd := t.command(ctx, dsn, "pg_restore", "--no-owner", "--no-password", "--exit-on-error", "--single-transaction")
	cmd.Stdin = in
	return runTool(cmd)
}

// command keeps a password off the command line, which others on the machine can read.
func (t Tools) command(ctx context.Context, dsn, name string, args ...string) *exec.Cmd {
	dsn, password := withoutPassword(dsn)
	cmd := exec.CommandContext(ctx, t.program(name), append(args, "--dbname="+dsn)...) //nolint:gosec // found where server programs are
	cmd.Env = os.Environ()
	if password != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+password)
	}
	return cmd
}

// passwordWord is the password in a connection string of words.
var passwordWord = regexp.MustCompile(`\bpassword\s*=\s*('(?:[^'\\]|\\.)*'|[^\s']+)`)

// withoutPassword takes the password out of a connection string in either of its two forms.
func withoutPassword(dsn string) (rest, password string) {
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		u, err := url.Parse(dsn)
		if err != nil || u.User == nil {
			return dsn, ""
		}
		password, _ = u.User.Password()
		u.User = url.User(u.User.Username())
		return u.String(), password
	}
	found := passwordWord.FindStringSubmatch(dsn)
	if found == nil {
		return dsn, ""
	}
	password = strings.NewReplacer(`\\`, `\`, `\'`, `'`).Replace(strings.Trim(found[1], "'"))
	return strings.TrimSpace(strings.Replace(dsn, found[0], "", 1)), password
}

// runTool runs a client program and puts what it complained of into the error.
func runTool(cmd *exec.Cmd) error {
	var said bytes.Buffer
	cmd.Stderr = &said
	err := cmd.Run()
	if err == nil {
		return nil
	}
	text := strings.TrimSpace(said.String())
	const most = 2000
	if len(text) > most {
		text = text[:most] + " …"
	}
	return errors.Join(fmt.Errorf("%s: %w", filepath.Base(cmd.Path), err), errors.New(text))
}
