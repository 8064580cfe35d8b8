package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// account is the operating-system account that the server runs as. PostgreSQL
// refuses to run as root, so under root it is another one; the dashboard itself
// keeps its own.
type account struct {
	name     string
	uid, gid uint32
	switched bool // the dashboard is root, and children change to this account
}

// serverAccount chooses it: ourselves, or under root the owner of an existing
// cluster, else postgres, else nobody.
func serverAccount(cluster string) (account, error) {
	if os.Geteuid() != 0 {
		return lookUp(user.LookupId, strconv.Itoa(os.Geteuid()), false)
	}
	if info, err := os.Stat(cluster); err == nil {
		return lookUp(user.LookupId, strconv.FormatUint(uint64(ownerOf(info)), 10), true)
	}
	acc, err := lookUp(user.Lookup, "postgres", true)
	if err != nil {
		acc, err = lookUp(user.Lookup, "nobody", true)
	}
	return acc, err
}

func lookUp(find func(string) (*user.User, error), key string, switched bool) (account, error) {
	u, err := find(key)
	if err != nil {
		return account{}, &Problem{
			What: "the system has no account for " + key + ", and PostgreSQL needs one with a name",
			Hint: "add it to the system's accounts, " + useOwnDatabase,
			Err:  err,
		}
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return account{}, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return account{}, err
	}
	return account{name: u.Username, uid: uint32(uid), gid: uint32(gid), switched: switched}, nil
}

// own gives an open file or folder to the account. Only root can, and needs to.
// It takes no path: in a folder of the account's, a path may by now be another
// file.
func (a account) own(f *os.File) error {
	if !a.switched {
		return nil
	}
	return f.Chown(int(a.uid), int(a.gid))
}

// ownPath is own for a path where nobody else writes.
func (a account) ownPath(path string) error {
	if !a.switched {
		return nil
	}
	return os.Lchown(path, int(a.uid), int(a.gid))
}

func (a account) credential() *syscall.Credential {
	if !a.switched {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

// command prepares a program of PostgreSQL to run as the account. It gets a
// short list of variables: PGPORT and its kin would change what the program
// does, and the dashboard's secrets are none of its business.
func (a account) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = "/"
	cmd.Env = []string{"LC_ALL=C", "TZ=UTC", "PATH=" + os.Getenv("PATH")}
	if path, ok := os.LookupEnv("LD_LIBRARY_PATH"); ok {
		cmd.Env = append(cmd.Env, "LD_LIBRARY_PATH="+path)
	}
	cmd.SysProcAttr = childAttributes(a.credential())
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// checkAccess proves that the account can run the program and enter the folder,
// because PostgreSQL's own words for a closed parent folder do not name it.
func (a account) checkAccess(ctx context.Context, program, dir string) error {
	if !a.switched {
		return nil
	}
	cmd := a.command(ctx, program, "--version")
	if _, err := runHeld(cmd); err != nil {
		return a.blocked(program, err, "install the system's own PostgreSQL, or name programs that everybody can run in "+BinDirVariable)
	}
	cmd = a.command(ctx, program, "--version")
	cmd.Dir = dir
	if _, err := runHeld(cmd); err != nil {
		return a.blocked(dir, err, fmt.Sprintf("choose a place outside it, such as --data %s, or let others pass with chmod o+x", DefaultDataDir()))
	}
	return nil
}

func (a account) blocked(path string, err error, hint string) error {
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return &Problem{
		What: fmt.Sprintf("PostgreSQL runs as the account %s, which may not enter %s", a.name, a.firstClosed(path)),
		Hint: hint,
		Err:  err,
	}
}

// firstClosed names the outermost part of the path whose mode keeps the account
// out, or the path itself when the modes do not show it.
func (a account) firstClosed(path string) string {
	closed := path
	for dir := path; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && !a.mayEnter(info) {
			closed = dir
		}
		if dir == filepath.Dir(dir) {
			return closed
		}
	}
}

func (a account) mayEnter(info fs.FileInfo) bool {
	stat := info.Sys().(*syscall.Stat_t)
	switch {
	case stat.Uid == a.uid:
		return info.Mode()&0o100 != 0
	case stat.Gid == a.gid:
		return info.Mode()&0o010 != 0
	default:
		return info.Mode()&0o001 != 0
	}
}
