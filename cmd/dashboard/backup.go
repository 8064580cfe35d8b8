package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tenggat/internal/backup"
	"tenggat/internal/pgserver"
	"tenggat/internal/postgres"
)

type backupCommand struct {
	File       string `arg:"" type:"path" help:"Archive to write; it must not be there yet. Only its owner may read it: it holds the signing key and everybody's password hash."`
	WithoutKey bool   `name:"without-key" help:"Leave the signing key out, for an archive that goes into other hands."`
}

// Run writes the database and the folder of the signing key into one archive.
func (b backupCommand) Run(ctx context.Context, s *streams, c *settings) error {
	logger, err := c.logger(s.err)
	if err != nil {
		return err
	}
	return withDatabase(ctx, s, c, func(d *database, store *postgres.DB) error {
		// The signer's memory before the database's state: what was signed up to then is in the database, so that the two agree.
		keys := map[string][]byte{}
		if c.keyDir() != "" && !b.WithoutKey {
			signs, err := openSigner(ctx, c, store, logger)
			if err != nil {
				return err
			}
			if keys, err = signs.Saved(ctx); err != nil {
				return err
			}
		}
		var m backup.Manifest
		err := store.Writer().Snapshot(ctx, func(snapshot postgres.Snapshot) (err error) {
			tools, err := pgserver.FindTools(ctx, c.PostgresBin, snapshot.Major)
			if err != nil {
				return err
			}
			m = newManifest(snapshot)
			return writeArchive(b.File, m, keys, func(out io.Writer) error { return tools.Dump(ctx, d.owner, snapshot.ID, out) })
		})
		if err != nil {
			return err
		}
		return s.answer(map[string]any{"file": b.File, "programs": m.Programs, "key": len(keys) > 0}, func(w io.Writer) {
			fmt.Fprintf(w, "%s holds the database", b.File)
			if len(keys) > 0 {
				fmt.Fprint(w, " and the signing key")
			}
			fmt.Fprintln(w, ".")
			for _, p := range m.Programs {
				fmt.Fprintf(w, "  %-24s %8d entries\n", p.Slug, p.Entries)
			}
		})
	})
}

func newManifest(s postgres.Snapshot) backup.Manifest {
	m := backup.Manifest{MadeAt: time.Now().UTC().Truncate(time.Second), Program: version(), Postgres: s.Major, Schema: s.Schema, Programs: []backup.Program{}}
	for _, p := range s.Programs {
		m.Programs = append(m.Programs, backup.Program{Slug: p.Slug, ID: p.ID, Entries: p.Entry, Checkpoint: p.Checkpoint})
	}
	return m
}

// writeArchive puts the archive in its place when all of it is on the disk, and never in the place of another.
func writeArchive(name string, m backup.Manifest, keys map[string][]byte, dump func(io.Writer) error) (err error) {
	if _, err := os.Lstat(name); err == nil {
		return fmt.Errorf("%s: %w", name, os.ErrExist)
	}
	dumped, err := os.CreateTemp(filepath.Dir(name), ".tenggat-dump-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(dumped.Name())) }()
	err = dump(dumped)
	size, seekErr := dumped.Seek(0, io.SeekEnd)
	if err = errors.Join(err, seekErr, dumped.Close()); err != nil {
		return err
	}
	contents := []backup.Content{{Name: backup.DumpName, Size: size, Open: func() (io.ReadCloser, error) { return os.Open(dumped.Name()) }}}
	for _, file := range slices.Sorted(maps.Keys(keys)) {
		contents = append(contents, backup.Bytes(backup.KeysPrefix+file, keys[file]))
	}
	draft, err := os.CreateTemp(filepath.Dir(name), ".tenggat-backup-*") // mode 0600
	if err != nil {
		return err
	}
	err = backup.Write(draft, m, contents)
	if err = errors.Join(err, draft.Sync(), draft.Close()); err == nil {
		err = os.Link(draft.Name(), name) // unlike a rename it takes nobody's place
	}
	return errors.Join(err, os.Remove(draft.Name()))
}
