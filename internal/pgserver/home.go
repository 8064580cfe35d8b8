package pgserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// DefaultDataDir is where the dashboard keeps its data when nobody says:
// /var/lib/tenggat for root, otherwise tenggat under $XDG_DATA_HOME or
// ~/.local/share. Root's is outside root's home on purpose: the server runs as
// another account, which may not enter there.
func DefaultDataDir() string {
	if os.Geteuid() == 0 {
		return "/var/lib/tenggat"
	}
	// The XDG rules say that a relative path there is to be ignored.
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "tenggat")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		if me, err := user.Current(); err == nil {
			home = me.HomeDir
		}
	}
	return filepath.Join(home, ".local", "share", "tenggat")
}

// home is the folder "postgres" inside the data folder: the cluster in data/, a
// lock file, and the name of the socket folder while a server runs.
type home struct {
	dir  string // absolute
	lock *os.File
}

func homeOf(dataDir string) (*home, error) {
	dir, err := filepath.Abs(dataDir)
	if err != nil {
		return nil, err
	}
	return &home{dir: filepath.Join(dir, "postgres")}, nil
}

func (h *home) cluster() string    { return filepath.Join(h.dir, "data") }
func (h *home) lockFile() string   { return filepath.Join(h.dir, "lock") }
func (h *home) socketFile() string { return filepath.Join(h.dir, "socket") }

// create makes the folder. Under root it stays root's: the server's account may
// pass through to the cluster, which is all that it owns.
func (h *home) create(acc account) error {
	mode := fs.FileMode(0o700)
	if acc.switched {
		mode = 0o711
	}
	if err := os.MkdirAll(h.dir, mode); err != nil {
		return h.explain(err)
	}
	return nil
}

// acquire takes the lock that lets one dashboard at a time use the folder. The
// system frees it when the process ends, however it ends.
func (h *home) acquire(acc account) error {
	f, err := os.OpenFile(h.lockFile(), os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return h.explain(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		return &Problem{
			What: fmt.Sprintf("another dashboard%s uses %s", holder(f), filepath.Dir(h.dir)),
			Hint: "stop that one, or give this one a data folder of its own with --data",
			Err:  err,
		}
	}
	h.lock = f
	if err := f.Truncate(0); err != nil {
		return err
	}
	// The number is only for the sentence above; the lock itself is the system's.
	if _, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0); err != nil {
		return err
	}
	return acc.own(f)
}

func (h *home) release() {
	if h.lock != nil {
		h.lock.Close()
		h.lock = nil
	}
}

func holder(lock *os.File) string {
	buf := make([]byte, 20)
	n, _ := lock.ReadAt(buf, 0)
	if pid, err := strconv.Atoi(strings.TrimSpace(string(buf[:n]))); err == nil {
		return fmt.Sprintf(" (process %d)", pid)
	}
	return ""
}

// version is the major version of PostgreSQL that made the cluster; 0 when
// there is no cluster yet.
func (h *home) version() (int, error) {
	text, err := os.ReadFile(filepath.Join(h.cluster(), "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(h.cluster()); errors.Is(err, fs.ErrNotExist) {
			return 0, nil
		}
		return 0, &Problem{
			What: h.cluster() + " is there, but is not a PostgreSQL data folder",
			Hint: "nothing was touched; move it away, or choose another folder with --data",
		}
	}
	if err != nil {
		return 0, h.explain(err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, &Problem{
			What: fmt.Sprintf("cannot tell which PostgreSQL made %s (PG_VERSION says %q)", h.cluster(), text),
			Hint: "nothing was touched; restore the folder from a backup, " + useOwnDatabase,
		}
	}
	return major, nil
}

// explain turns a refusal by the file system into a sentence that names whose
// folder it is.
func (h *home) explain(err error) error {
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	dir := filepath.Dir(h.dir)
	return &Problem{
		What: fmt.Sprintf("this account may not use the data folder %s%s", dir, belongsTo(h.dir)),
		Hint: "run as that account, or choose another folder with --data",
		Err:  err,
	}
}

// belongsTo names the owner of the nearest part of the path that can be seen.
func belongsTo(path string) string {
	for ; ; path = filepath.Dir(path) {
		if info, err := os.Stat(path); err == nil {
			return fmt.Sprintf(", %s belongs to %s", path, userName(ownerOf(info)))
		}
		if path == filepath.Dir(path) {
			return ""
		}
	}
}

func ownerOf(info fs.FileInfo) uint32 { return info.Sys().(*syscall.Stat_t).Uid }

func userName(uid uint32) string {
	id := strconv.FormatUint(uint64(uid), 10)
	if u, err := user.LookupId(id); err == nil {
		return u.Username
	}
	return "user id " + id
}
