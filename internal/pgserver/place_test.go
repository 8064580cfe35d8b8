package pgserver

import (
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree lists a folder's files with their modes, times and contents.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		files[path] = info.Mode().String() + userName(ownerOf(info))
		if d.Type().IsRegular() {
			text, err := os.ReadFile(path)
			files[path] += info.ModTime().String() + string(text)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestDataOfAnotherMajorAreNotTouched(t *testing.T) {
	for _, major := range []string{"14", "99"} {
		t.Run(major, func(t *testing.T) {
			dir := dataDir(t)
			stop(t, start(t, dir))
			cluster := filepath.Join(dir, "postgres", "data")
			if err := os.WriteFile(filepath.Join(cluster, "PG_VERSION"), []byte(major+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			before := tree(t, cluster)
			_, err := Start(t.Context(), config(dir))
			wantProblem(t, err, "was made by PostgreSQL "+major, "this machine has", "nothing was touched", "pg_dump")
			if diff := cmp.Diff(before, tree(t, cluster)); diff != "" {
				t.Errorf("the data folder has changed:\n%s", diff)
			}
		})
	}
}

func TestFolderThatIsNoClusterIsNotTouched(t *testing.T) {
	dir := dataDir(t)
	cluster := filepath.Join(dir, "postgres", "data")
	if err := os.MkdirAll(cluster, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cluster, "letter.txt"), []byte("dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := tree(t, cluster)
	_, err := Start(t.Context(), config(dir))
	wantProblem(t, err, cluster, "not a PostgreSQL data folder", "nothing was touched")
	if diff := cmp.Diff(before, tree(t, cluster)); diff != "" {
		t.Errorf("the folder has changed:\n%s", diff)
	}
}

func TestNoBinaries(t *testing.T) {
	cfg := config(dataDir(t))
	cfg.BinDir = t.TempDir()
	_, err := Start(t.Context(), cfg)
	wantProblem(t, err, "no server programs of PostgreSQL 15 or later", cfg.BinDir, BinDirVariable)
}

func TestChooseBinaries(t *testing.T) {
	found := []binaries{{"/path", 15}, {"/a", 14}, {"/b", 17}, {"/c", 16}, {"/d", 17}}
	tests := []struct {
		name     string
		found    []binaries
		want     int
		override string
		dir      string
		says     []string
	}{
		{name: "the newest, the first of equals", found: found, dir: "/b"},
		{name: "the one that made the data", found: found, want: 15, dir: "/path"},
		{name: "none at all", says: []string{"no PostgreSQL server binaries found", "setup.sh", BinDirVariable, "DATABASE_URL"}},
		{name: "too old", found: found[1:2], says: []string{"no PostgreSQL server binaries found", "only version 14"}},
		{name: "data of a version that is not here", found: found, want: 18, says: []string{"made by PostgreSQL 18", "has 14, 15, 16, 17"}},
		{name: "data of a version that is too old", found: found, want: 14, says: []string{"made by PostgreSQL 14", "pg_dump"}},
		{name: "data, and nothing installed", want: 15, says: []string{"made by PostgreSQL 15", "has none"}},
		{name: "an override without them", override: "/x", says: []string{"/x", BinDirVariable}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := choose(test.found, test.want, test.override)
			if test.says != nil {
				wantProblem(t, err, test.says...)
				return
			}
			if err != nil || got.dir != test.dir {
				t.Errorf("chose %q, %v; want %q", got.dir, err, test.dir)
			}
		})
	}
}

// Under root the server's account cannot pass through a closed folder; anybody
// else's own closed folder is no hindrance.
func TestClosedParentFolder(t *testing.T) {
	closed := t.TempDir()
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(closed, "data")
	if os.Geteuid() != 0 {
		must(t, start(t, dir).DSN(RoleApp), `select 1`)
		return
	}
	_, err := Start(t.Context(), config(dir))
	wantProblem(t, err, "which may not enter", "--data /var/lib/tenggat", "permission denied")
	if left, _ := filepath.Glob(filepath.Join(dir, "postgres", "*")); len(left) != 1 {
		t.Errorf("left behind: %v", left) // the lock alone
	}
}

// The npm-packaged programs may lie in root's home.
func TestClosedFolderOfPrograms(t *testing.T) {
	if os.Geteuid() != 0 {
		acc := account{name: "nobody", switched: true}
		err := acc.blocked("/closed/postgres", fs.ErrPermission, "hint")
		wantProblem(t, err, "runs as the account nobody, which may not enter /closed/postgres")
		return
	}
	bin, err := findBinaries(t.Context(), config("").BinDir, 0)
	if err != nil {
		t.Fatal(err)
	}
	closed := t.TempDir()
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{bin.initdb(), bin.postgres()} {
		if err := os.Symlink(program, filepath.Join(closed, filepath.Base(program))); err != nil {
			t.Fatal(err)
		}
	}
	cfg := config(dataDir(t))
	cfg.BinDir = closed
	_, err = Start(t.Context(), cfg)
	wantProblem(t, err, "which may not enter", BinDirVariable, "permission denied")
}

func TestFirstClosedIsTheOutermost(t *testing.T) {
	outer := dataDir(t)
	inner := filepath.Join(outer, "inner")
	if err := os.MkdirAll(inner, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := (account{uid: 4_000_000, gid: 4_000_000}).firstClosed(inner); got != outer {
		t.Errorf("named %s, want %s", got, outer)
	}
}

// Somebody else's data folder is refused with the owner's name. Under root the
// other one is the account daemon; otherwise the folder is closed to ourselves.
func TestForeignDataNameTheirOwner(t *testing.T) {
	dir := dataDir(t)
	stop(t, start(t, dir))
	home := filepath.Join(dir, "postgres")
	owner := func() string {
		info, err := os.Stat(home)
		if err != nil {
			t.Fatal(err)
		}
		return userName(ownerOf(info))
	}()
	if os.Geteuid() != 0 {
		if err := os.Chmod(home, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(home, 0o700) })
		_, err := Start(t.Context(), config(dir))
		wantProblem(t, err, "may not use the data folder", "belongs to "+owner)
		_, err = Socket(dir)
		wantProblem(t, err, "may not use the data folder", "belongs to "+owner)
		return
	}
	out := asDaemon(t, dir)
	for _, part := range []string{"may not use the data folder", "belongs to " + owner} {
		if !strings.Contains(out, part) {
			t.Errorf("%q does not say %q", out, part)
		}
	}
}

// Under root the cluster belongs to another account, and a link that it leaves
// where root writes must not be followed.
func TestLinksInTheClusterAreNotFollowed(t *testing.T) {
	dir := dataDir(t)
	stop(t, start(t, dir))
	victim := filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(victim, []byte("untouched"), 0o600); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, "postgres")
	for _, name := range []string{"data/pg_hba.conf.new", "data/pg_ident.conf.new", "socket.new", "socket"} {
		if err := os.Symlink(victim, filepath.Join(home, name)); err != nil {
			t.Fatal(err)
		}
	}
	stop(t, start(t, dir))
	lock := filepath.Join(home, "lock")
	if err := os.Remove(lock); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(victim, lock); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(t.Context(), config(dir)); err == nil {
		t.Error("started on a lock that is a link")
	}
	if text, err := os.ReadFile(victim); err != nil || string(text) != "untouched" {
		t.Errorf("the file behind the links says %q, %v", text, err)
	}
}

// asDaemon runs the test program as a dashboard of the account daemon, which
// every system has and which never runs the server.
func asDaemon(t *testing.T, dir string) string {
	t.Helper()
	daemon, err := user.Lookup("daemon")
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(daemon.Uid)
	gid, _ := strconv.Atoi(daemon.Gid)
	program, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(filepath.Dir(dir), "dashboard") // where anybody can run it
	if err := os.WriteFile(copied, program, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(copied)
	cmd.Env = append(os.Environ(), helperVariable+"="+dir)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Error("the dashboard of daemon has started")
	}
	return string(out)
}

func TestDefaultDataDir(t *testing.T) {
	t.Setenv("HOME", "/home/sari")
	t.Setenv("XDG_DATA_HOME", "/srv/sari")
	if os.Geteuid() == 0 {
		if got := DefaultDataDir(); got != "/var/lib/tenggat" {
			t.Errorf("root's is %s", got)
		}
		return
	}
	for xdg, want := range map[string]string{
		"/srv/sari": "/srv/sari/tenggat",
		"relative":  "/home/sari/.local/share/tenggat",
		"":          "/home/sari/.local/share/tenggat",
	} {
		t.Setenv("XDG_DATA_HOME", xdg)
		if got := DefaultDataDir(); got != want {
			t.Errorf("with XDG_DATA_HOME=%q it is %s, want %s", xdg, got, want)
		}
	}
}
