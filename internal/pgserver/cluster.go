package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// initCluster makes the cluster on the first start. initdb works in a folder of
// another name, renamed when it is complete: a start that is killed half-way
// leaves only a folder that the next one sweeps.
func initCluster(ctx context.Context, h *home, bin binaries, acc account, syncing bool) error {
	if err := sweepUnfinished(h.dir); err != nil {
		return err
	}
	work, err := os.MkdirTemp(h.dir, unfinished)
	if err != nil {
		return err
	}
	if err := acc.ownPath(work); err != nil {
		return err
	}
	if out, err := runHeld(acc.command(ctx, bin.initdb(), initdbArgs(work, syncing)...)); err != nil {
		return &Problem{
			What: "initdb could not make the data folder",
			Hint: "see its words for the reason; nothing is left behind, " + useOwnDatabase,
			Err:  fmt.Errorf("%w: %s", err, strings.TrimSpace(out)),
		}
	}
	if err := os.Rename(work, h.cluster()); err != nil {
		return err
	}
	return syncFolder(h.dir)
}

const unfinished = "init-"

// initdbArgs asks for checksums, a locale that every Linux has and that sorts
// the same on all of them, and no way in: the start writes the rules of access.
func initdbArgs(dir string, syncing bool) []string {
	locale := "C.UTF-8"
	if runtime.GOOS == "darwin" {
		locale = "C" // macOS has no C.UTF-8
	}
	args := []string{
		"-D", dir, "-U", RoleOwner, "-A", "reject", "-E", "UTF8", "--locale=" + locale,
		"-k", "--wal-segsize=1", "--no-instructions",
	}
	if !syncing {
		args = append(args, "--no-sync")
	}
	return args
}

// sweepUnfinished removes what killed first starts left. None of it was ever a
// cluster in use: those are called data.
func sweepUnfinished(dir string) error {
	left, err := filepath.Glob(filepath.Join(dir, unfinished+"*"))
	if err != nil {
		return err
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// writeAccessRules says who may connect: over the socket only, as the kernel
// vouches for it, the account that runs the dashboard as any of the three roles
// and the account that runs the server as the owner. It is written at every
// start because the same folder may be used by another account next time.
func writeAccessRules(cluster string, acc account) error {
	me, err := user.LookupId(strconv.Itoa(os.Geteuid()))
	if err != nil {
		return err
	}
	var ident strings.Builder
	for _, role := range []string{RoleOwner, RoleApp, RoleReader} {
		fmt.Fprintf(&ident, "tenggat \"%s\" %s\n", me.Username, role)
	}
	if acc.name != me.Username {
		fmt.Fprintf(&ident, "tenggat \"%s\" %s\n", acc.name, RoleOwner)
	}
	files := map[string]string{
		"pg_hba.conf":   "local all all peer map=tenggat\n",
		"pg_ident.conf": ident.String(),
	}
	for name, text := range files {
		path := filepath.Join(cluster, name)
		if err := replaceFile(path, text, acc); err != nil {
			return err
		}
	}
	return nil
}

// replaceFile writes a small file so that a reader sees the old or the new one.
// The folder may be the server account's: root must not write through a link
// that somebody put there, so the new file is always a fresh one.
func replaceFile(path, text string, acc account) error {
	next := path + ".new"
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, acc.own(f), f.Close()); err != nil {
		return err
	}
	return os.Rename(next, path)
}
