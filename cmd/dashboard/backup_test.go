package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tenggat/internal/ledger"
	"tenggat/internal/pgserver"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

// office is a database with one program, and the folder of the key that signs for it.
type office struct {
	*testing.T
	dir, keys, url string
	db             *postgres.DB
	program        string
	reports        int
}

func newOffice(t *testing.T) *office {
	o := &office{T: t, dir: t.TempDir()}
	db, dsns := storetest.OpenWithDSNs(t)
	o.db, o.url, o.keys = db, dsns.Owner, filepath.Join(o.dir, "keys")
	o.program = storetest.Program(t, db, "demo")
	return o
}

// bare is an empty database.
func bare(t *testing.T) string {
	return pgtest.Database(t, func(string) error { return nil }).Owner
}

// run runs a command on a database with a folder of keys.
func (o *office) run(url, keys string, args ...string) (string, error) {
	o.Helper()
	var out bytes.Buffer
	err := run(o.Context(), append(args, "--database-url", url, "--keys", keys), strings.NewReader(""), &out, &out)
	return out.String(), err
}

func (o *office) must(args ...string) string {
	o.Helper()
	out, err := o.run(o.url, o.keys, args...)
	if err != nil {
		o.Fatalf("%v: %v\n%s", args, err, out)
	}
	return out
}

func (o *office) report(n int) {
	o.Helper()
	for range n {
		o.reports++
		d := storetest.Report("P1", fmt.Sprint("r", o.reports), o.reports, int64(o.reports), 1000)
		d.Texts = map[string]string{"message": "batch"}
		if _, err := o.db.Writer().Append(o.Context(), o.program, ledger.Unit{Drafts: []ledger.Draft{d}}); err != nil {
			o.Fatal(err)
		}
	}
}

func (o *office) file(name string) string { return filepath.Join(o.dir, name) }

// The rehearsal: a backup, more entries and checkpoints, a newer backup, and a machine that is lost.
func TestBackupAndRestore(t *testing.T) {
	o := newOffice(t)
	o.report(5)
	o.must("checkpoint", "sign")
	o.must("backup", o.file("old.tar"))
	o.report(3)
	newest := o.must("checkpoint", "sign")
	o.must("backup", o.file("new.tar"))
	if err := os.WriteFile(o.file("published.note"), []byte(strings.TrimSuffix(newest, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}

	t.Run("the archive is its owner's alone, and takes nobody's place", func(t *testing.T) {
		info, err := os.Stat(o.file("new.tar"))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info.Mode(), err)
		}
		if out, err := o.run(o.url, o.keys, "backup", o.file("new.tar")); err == nil {
			t.Errorf("written over another:\n%s", out)
		}
		left, err := filepath.Glob(filepath.Join(o.dir, ".tenggat-*"))
		if err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	})
	t.Run("everything is lost but the newest backup", func(t *testing.T) {
		url, keys := bare(t), filepath.Join(t.TempDir(), "keys")
		out, err := o.run(url, keys, "restore", o.file("new.tar"), "--checkpoint", o.file("published.note"))
		if err != nil || !strings.Contains(out, "demo: 17 entries, verified") {
			t.Fatalf("%v\n%s", err, out)
		}
		info, err := os.Stat(filepath.Join(keys, "signing-key.json"))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info, err)
		}
		if out, err := o.run(url, keys, "checkpoint", "sign"); err != nil {
			t.Errorf("signing goes on: %v\n%s", err, out)
		}
		if out, err := o.run(url, keys, "restore", o.file("new.tar")); err == nil || !strings.Contains(err.Error(), "not empty") {
			t.Errorf("put into a database that is not empty: %v\n%s", err, out)
		}
	})
	t.Run("the database is lost, the folder of the key is not, and the backup is old", func(t *testing.T) {
		url := bare(t)
		out, err := o.run(url, o.keys, "restore", o.file("old.tar"))
		if err == nil || !strings.Contains(out, "NOTHING WILL BE SIGNED: a checkpoint of 17 entries was signed") || !strings.Contains(out, "demo: 14 entries, verified") {
			t.Fatalf("%v\n%s", err, out)
		}
		if out, err := o.run(url, o.keys, "checkpoint", "sign"); err == nil || !strings.Contains(err.Error(), "17 entries was signed") {
			t.Errorf("signed past what was signed: %v\n%s", err, out)
		}
	})
	t.Run("all is lost, the backup is old, and somebody kept the newest checkpoint", func(t *testing.T) {
		url, keys := bare(t), filepath.Join(t.TempDir(), "keys")
		out, err := o.run(url, keys, "restore", o.file("old.tar"), "--checkpoint", o.file("published.note"))
		if err == nil || !strings.Contains(out, "NOTHING WILL BE SIGNED") || !strings.Contains(out, "covers 17 entries, but only 14 are here") {
			t.Fatalf("%v\n%s", err, out)
		}
		if out, err := o.run(url, keys, "checkpoint", "sign"); err == nil {
			t.Errorf("signed past what was signed:\n%s", out)
		}
	})
	t.Run("another's key is in the folder", func(t *testing.T) {
		other := newOffice(t)
		other.must("checkpoint", "sign")
		if out, err := o.run(bare(t), other.keys, "restore", o.file("new.tar")); err == nil || !strings.Contains(err.Error(), "key of another log") {
			t.Errorf("%v\n%s", err, out)
		}
	})
	t.Run("without the key", func(t *testing.T) {
		o.must("backup", "--without-key", o.file("bare.tar"))
		url := bare(t)
		out, err := o.run(url, filepath.Join(t.TempDir(), "keys"), "restore", o.file("bare.tar"))
		if err != nil || !strings.Contains(out, "not verified") {
			t.Errorf("%v\n%s", err, out)
		}
	})
	t.Run("a damaged archive touches nothing", func(t *testing.T) {
		raw, err := os.ReadFile(o.file("new.tar"))
		if err != nil {
			t.Fatal(err)
		}
		raw[len(raw)/2] ^= 1
		if err := os.WriteFile(o.file("damaged.tar"), raw, 0o600); err != nil {
			t.Fatal(err)
		}
		url := bare(t)
		if out, err := o.run(url, filepath.Join(t.TempDir(), "keys"), "restore", o.file("damaged.tar")); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%v\n%s", err, out)
		}
		if _, err := postgres.PrepareRestore(t.Context(), url); err != nil {
			t.Errorf("something was put into the database: %v", err)
		}
	})
}

// Row-level security must not cut a backup in silence: a login that it applies to gets none.
func TestBackupBehindRowLevelSecurityFails(t *testing.T) {
	o := newOffice(t)
	tools, err := pgserver.FindTools(t.Context(), "", 15)
	if err != nil {
		t.Fatal(err)
	}
	dsns := strings.NewReplacer(pgserver.RoleOwner, pgserver.RoleApp).Replace(o.url)
	err = o.db.Writer().Snapshot(t.Context(), func(s postgres.Snapshot) error { return tools.Dump(t.Context(), dsns, s.ID, io.Discard) })
	if err == nil || !strings.Contains(err.Error(), "pg_dump") {
		t.Errorf("%v: a login behind row-level security was given a backup", err)
	}
}
