package signer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"tenggat/internal/ledger"
)

// Check holds a program's ledger against everything that was signed of it, and signs nothing. The error is a *Refusal where the ledger
// is something else, and nothing will be signed.
func (s *Signer) Check(ctx context.Context, programID string) error {
	err := s.locked(ctx, func(ring keyring) error {
		_, _, err := session{s, ring, programID}.agreed(ctx)
		return err
	})
	s.note(programID, err)
	return err
}

// Saved are the files of the folder, by their names within it: the key, and what was signed last for each program. They are of one
// moment.
func (s *Signer) Saved(ctx context.Context) (files map[string][]byte, err error) {
	err = s.locked(ctx, func(keyring) error {
		files, err = s.folder.files()
		return err
	})
	return files, err
}

func (f folder) files() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, pattern := range []string{KeyFile, filepath.Join("*", "epoch-*.checkpoint")} {
		found, err := filepath.Glob(filepath.Join(f.dir, pattern))
		if err != nil {
			return nil, err
		}
		for _, path := range found {
			name, err := filepath.Rel(f.dir, path)
			if err != nil {
				return nil, err
			}
			if files[filepath.ToSlash(name)], err = os.ReadFile(path); err != nil { //nolint:gosec // in the folder of the key
				return nil, err
			}
		}
	}
	return files, nil
}

// ErrOtherLog means that a folder holds the key of another log than the one that was saved.
var ErrOtherLog = errors.New("the folder holds the key of another log")

// Restore puts saved files into a folder. What is there stays: a folder that outlived its database knows better than a backup what was
// signed last. It reports whether there was a key already.
func Restore(dir string, files map[string][]byte) (kept bool, err error) {
	f := folder{dir}
	if err := f.create(); err != nil {
		return false, err
	}
	there, err := readKeyring(f)
	if kept = err == nil; kept {
		if err := there.holds(files[KeyFile]); err != nil {
			return kept, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	for name, content := range files {
		if name == KeyFile && kept {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			continue
		}
		if err := f.write(filepath.FromSlash(name), content); err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// holds is ErrOtherLog unless every saved key is among those of the ring.
func (r keyring) holds(saved []byte) error {
	var other keyring
	if err := json.Unmarshal(saved, &other); err != nil {
		return fmt.Errorf("saved key: %w", err)
	}
	for _, k := range other.Keys {
		if r.Log != other.Log || !slices.ContainsFunc(r.Keys, func(own keyPair) bool { return bytes.Equal(own.Seed, k.Seed) }) {
			return fmt.Errorf("%w: it is called %s, the saved one %s", ErrOtherLog, r.Log, other.Log)
		}
	}
	return nil
}

// Remember takes in a checkpoint that was published before, as whoever kept it gives it back: from then on nothing that contradicts it
// is signed. It is an error unless one of the folder's keys signed it for this log. What is older than what the folder knows changes
// nothing.
func (s *Signer) Remember(ctx context.Context, note []byte) error {
	return s.locked(ctx, func(ring keyring) error {
		given, err := readSigned(string(note))
		if err != nil {
			return err
		}
		verifiers, err := ring.verifiers(given.Checkpoint.Origin)
		if err != nil {
			return err
		}
		if _, err := ledger.OpenCheckpoint(note, verifiers...); err != nil {
			return err
		}
		if given.Origin.Log != ring.Log {
			return fmt.Errorf("%w: it is called %s", ErrOtherLog, ring.Log)
		}
		last, err := s.folder.last(given.Origin.Program)
		if err != nil {
			return err
		}
		if last != nil && (given.Origin.Epoch < last.Origin.Epoch || given.Origin.Epoch == last.Origin.Epoch && given.Checkpoint.Size <= last.Checkpoint.Size) {
			return nil
		}
		return s.folder.remember(*given)
	})
}
