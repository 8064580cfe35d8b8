package pgserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// process is the running postgres program.
type process struct {
	cmd  *exec.Cmd
	log  *serverLog
	done chan struct{} // closed when the program has ended
	err  error         // how it ended; read after done
}

// launch starts the program and watches it. Start and Wait share one goroutine
// that keeps its thread until the program has ended: the kernel's death signal
// belongs to the thread that started the child, not to the whole dashboard.
func launch(cmd *exec.Cmd, logger *slog.Logger) (*process, error) {
	p := &process{cmd: cmd, log: &serverLog{logger: logger}, done: make(chan struct{})}
	cmd.Stderr = p.log
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		p.err = cmd.Wait()
		close(p.done)
	}()
	return p, <-started
}

// runHeld runs a short program to its end and gives what it printed, holding
// the thread for the reason given at launch.
func runHeld(cmd *exec.Cmd) (string, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// stop ends the program: first PostgreSQL's fast shutdown, then its immediate
// one, then the kernel's. All three keep committed data. The end of ctx only
// shortens the first.
func (p *process) stop(ctx context.Context) error {
	fast, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if p.signal(fast, syscall.SIGINT) {
		return nil
	}
	for _, sig := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGKILL} {
		patience, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		ended := p.signal(patience, sig)
		cancel()
		if ended {
			return nil
		}
	}
	return errors.New("pgserver: the server does not end, not even by SIGKILL")
}

// signal sends sig and reports whether the program ended before ctx did.
func (p *process) signal(ctx context.Context, sig syscall.Signal) bool {
	_ = p.cmd.Process.Signal(sig) // an error means that it has ended already
	select {
	case <-p.done:
		return true
	case <-ctx.Done():
		return false
	}
}

// failure tells how the program ended, with the last lines it wrote. It is for
// the time after done.
func (p *process) failure() error {
	ending := p.err
	if ending == nil {
		ending = errors.New("ended without an error")
	}
	return fmt.Errorf("%s: %w; its last words:\n%s", p.cmd.Path, ending, strings.Join(p.log.last(), "\n"))
}
