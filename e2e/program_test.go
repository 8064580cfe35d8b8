//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// background is for what outlives a single test.
var background = context.Background()

// patience bounds everything that is waited for. Nothing takes nearly as long; it only ends a test that hangs.
const patience = 60 * time.Second

// program is a dashboard that runs, or ran.
type program struct {
	url    string
	data   string // its data folder; "" with a DATABASE_URL
	env    []string
	cmd    *exec.Cmd
	out    *output
	log    *output // standard error
	ended  chan struct{}
	endErr error

	mu       sync.Mutex
	sessions map[string]string // by e-mail
}

// output collects what a process writes.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// environment is ours without what configures Tenggat, so that a test says all of it.
func environment(more ...string) []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "DATABASE_") || strings.HasPrefix(v, "TENGGAT_") && !strings.HasPrefix(v, "TENGGAT_POSTGRES_BIN")
	})
	return append(env, more...)
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// launch starts a dashboard command that serves and waits until it has printed its address.
func launch(data string, env []string, args ...string) (*program, error) {
	p := &program{data: data, env: env, out: &output{}, log: &output{}, ended: make(chan struct{}), sessions: map[string]string{}}
	p.cmd = exec.Command(binary, slices.Concat(args, []string{"--addr", "127.0.0.1:0"}, p.where())...)
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = environment(env...), p.out, p.log
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		p.endErr = p.cmd.Wait()
		close(p.ended)
	}()
	for deadline := time.Now().Add(patience); ; {
		if p.url = address.FindString(p.out.String()); p.url != "" {
			return p, nil
		}
		select {
		case <-p.ended:
			return nil, fmt.Errorf("dashboard %s: %w\n%s%s", strings.Join(args, " "), p.endErr, p.out, p.log)
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return nil, errors.Join(fmt.Errorf("dashboard %s printed no address\n%s%s", strings.Join(args, " "), p.out, p.log), p.stop())
		}
	}
}

// where are the flags by which a command finds the program's data.
func (p *program) where() []string {
	if p.data == "" {
		return nil
	}
	return []string{"--data", p.data}
}

// stop ends the program as an operator does. It must end by itself, with exit code 0 and no secret in its log.
func (p *program) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("the program had ended before: %w\n%s", err, p.log)
	}
	return p.wait()
}

func (p *program) wait() error {
	select {
	case <-p.ended:
	case <-time.After(patience):
		return errors.Join(errors.New("the program does not end"), p.cmd.Process.Kill())
	}
	if p.endErr != nil {
		return fmt.Errorf("the program ended with %w\n%s", p.endErr, p.log)
	}
	return leaks(p.log.String())
}

// serve runs `dashboard serve` on a data folder until the test ends.
func serve(t *testing.T, data string, args ...string) *program {
	t.Helper()
	return launchFor(t, data, nil, append([]string{"serve"}, args...)...)
}

// launchFor is launch until the test ends, unless the test has ended the program by then.
func launchFor(t *testing.T, data string, env []string, args ...string) *program {
	t.Helper()
	p, err := launch(data, env, args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		select {
		case <-p.ended: // the test ended it
		default:
			if err := p.stop(); err != nil {
				t.Error(err)
			}
		}
	})
	return p
}

// dataDir is a fresh data folder for one test.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := tempDir()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// outcome is how a command ended.
type outcome struct {
	args     []string
	code     int
	out, err string
}

// run carries out one command beside the program, in its environment.
func (p *program) run(t testing.TB, args ...string) outcome {
	t.Helper()
	return p.runWith(t, "", args...)
}

func (p *program) runWith(t testing.TB, stdin string, args ...string) outcome {
	t.Helper()
	return command(t, p.env, stdin, append(args, p.where()...)...)
}

// command runs the program under test to its end.
func command(t testing.TB, env []string, stdin string, args ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(background, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	var out, stderr bytes.Buffer
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = environment(env...), strings.NewReader(stdin), &out, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
		t.Fatalf("dashboard %s: %v\n%s", strings.Join(args, " "), errors.Join(err, ctx.Err()), &stderr)
	}
	if err := leaks(stderr.String()); err != nil {
		t.Errorf("dashboard %s: %v", strings.Join(args, " "), err)
	}
	return outcome{args, cmd.ProcessState.ExitCode(), out.String(), stderr.String()}
}

// ok is the command's output; it must have succeeded.
func (o outcome) ok(t testing.TB) string {
	t.Helper()
	if o.code != 0 {
		t.Fatalf("dashboard %s: exit code %d\n%s%s", strings.Join(o.args, " "), o.code, o.out, o.err)
	}
	return o.out
}

// fails is what the command complained; it must have failed with the code.
func (o outcome) fails(t testing.TB, code int) string {
	t.Helper()
	if o.code != code {
		t.Fatalf("dashboard %s: exit code %d, want %d\n%s%s", strings.Join(o.args, " "), o.code, code, o.out, o.err)
	}
	return o.err
}

// jsonOf decodes the output of a command that was given --json.
func jsonOf[T any](t testing.TB, o outcome) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(o.ok(t)), &v); err != nil {
		t.Fatalf("dashboard %s: %v\n%s", strings.Join(o.args, " "), err, o.out)
	}
	return v
}

// secrets are all that must stand in no log: what tests were given, and what would announce a secret.
var secrets = struct {
	mu   sync.Mutex
	list []string
}{list: []string{"tenggat_job_", "__Host-tenggat=", "Bearer ", "$argon2"}}

func keepSecret(s string) string {
	secrets.mu.Lock()
	defer secrets.mu.Unlock()
	secrets.list = append(secrets.list, s)
	return s
}

// leaks reports a secret in a log, without repeating it.
func leaks(log string) error {
	secrets.mu.Lock()
	defer secrets.mu.Unlock()
	for _, secret := range secrets.list {
		if i := strings.Index(log, secret); secret != "" && i >= 0 {
			line := log[strings.LastIndexByte(log[:i], '\n')+1 : i]
			return fmt.Errorf("a secret stands in the log, after %q", line)
		}
	}
	return nil
}

// office is an installation without demo: the program of docs/program-file.md and two people, see openOffice.
var office = shared(func() (*program, error) {
	dir, err := tempDir()
	if err != nil {
		return nil, err
	}
	p, err := launch(dir, nil, "serve")
	if err != nil {
		return nil, err
	}
	closeLater(func() error { return errors.Join(p.stop(), os.RemoveAll(dir)) })
	return p, nil
})

// exampleFile is the program file that the documentation shows, on disk.
func exampleFile(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../docs/program-file.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "```json\n")
	example, _, found := strings.Cut(after, "```")
	if !found {
		t.Fatal("docs/program-file.md shows no JSON")
	}
	path := filepath.Join(t.TempDir(), "program.json")
	if err := os.WriteFile(path, []byte(example), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
