package signer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"tenggat/internal/ledger"
)

// folder is where the key lies, and what was signed with it last: outside the database, so that nobody who rules the database can
// make the signer forget. In it are the key's file, a lock, and per program one checkpoint for each epoch.
type folder struct{ dir string }

const (
	// KeyFile is the name of the key's file.
	KeyFile  = "signing-key.json"
	lockFile = "lock"
)

// errOpen means that others than the folder's owner may read or write what nobody else should.
var errOpen = errors.New("is open to others")

// create makes the folder if it is missing.
func (f folder) create() error {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	return refuseOpen(f.dir, 0o022)
}

// refuseOpen is an error if a file's mode has one of the bits.
func refuseOpen(path string, bits fs.FileMode) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&bits != 0 {
		return fmt.Errorf("%s %w (mode %04o): run chmod go-rwx on it, and consider whether the key is still yours alone", path, errOpen, info.Mode().Perm())
	}
	return nil
}

// lockPoll is how often a lock that another process holds is asked for again.
const lockPoll = 20 * time.Millisecond

// lock makes sure that one process at a time signs, rotates or opens an epoch. The system frees it when the process ends.
func (f folder) lock(ctx context.Context) (unlock func(), err error) {
	file, err := os.OpenFile(filepath.Join(f.dir, lockFile), os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { _ = file.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errors.Join(err, file.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(fmt.Errorf("another process is signing: %w", context.Cause(ctx)), file.Close())
		case <-time.After(lockPoll):
		}
	}
}

// write puts a file in its place whole or not at all, and on the disk before it returns.
func (f folder) write(name string, content []byte) error {
	path := filepath.Join(f.dir, name)
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	draft, err := os.CreateTemp(dir, ".draft-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = draft.Write(content)
	err = errors.Join(err, draft.Sync(), draft.Close())
	if err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(draft.Name()))
	}
	return errors.Join(syncDir(dir), syncDir(f.dir))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// signed is what the signer remembers of a program.
type signed struct {
	Origin     ledger.Origin
	Checkpoint ledger.Checkpoint
	Note       string
}

func epochFile(programID string, epoch int64) string {
	return filepath.Join(programID, "epoch-"+strconv.FormatInt(epoch, 10)+".checkpoint")
}

// last is the checkpoint that was signed last for a program, in its newest epoch; nil if there is none.
func (f folder) last(programID string) (*signed, error) {
	files, err := os.ReadDir(filepath.Join(f.dir, programID))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	newest := int64(0)
	for _, file := range files {
		name, isEpoch := strings.CutPrefix(strings.TrimSuffix(file.Name(), ".checkpoint"), "epoch-")
		if n, err := strconv.ParseInt(name, 10, 64); isEpoch && err == nil {
			newest = max(newest, n)
		}
	}
	if newest == 0 {
		return nil, nil
	}
	note, err := os.ReadFile(filepath.Join(f.dir, epochFile(programID, newest)))
	if err != nil {
		return nil, err
	}
	return readSigned(string(note))
}

func readSigned(note string) (*signed, error) {
	c, err := ledger.ReadCheckpoint([]byte(note))
	if err != nil {
		return nil, err
	}
	origin, err := ledger.ParseOrigin(c.Origin)
	return &signed{origin, c, note}, err
}

// remember writes down what is about to be published. From then on nothing that contradicts it is signed.
func (f folder) remember(s signed) error {
	return f.write(epochFile(s.Origin.Program, s.Origin.Epoch), []byte(s.Note))
}
