package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// process is a server that a run has started: the dashboard, or a baseline.
type process struct {
	cmd    *exec.Cmd
	addr   string        // HOST:PORT
	ended  chan struct{} // closed when it has ended
	stderr string        // file with what it logged
}

var announced = regexp.MustCompile(`listens on http://(\S+)`)

// startTimeout bounds the wait for a server's address. The first start of a private PostgreSQL makes its cluster.
const startTimeout = 2 * time.Minute

// launch starts a command and waits until it has printed its address.
func (l *lab) launch(cmd *exec.Cmd) (*process, error) {
	log, err := os.CreateTemp(l.dir, filepath.Base(cmd.Path)+"-*.log")
	if err != nil {
		return nil, err
	}
	defer log.Close()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = log
	// Ctrl-C ends the run, and the run ends its servers; should it die, the kernel ends them.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, ended: make(chan struct{}), stderr: log.Name()}
	address := make(chan string, 1)
	go p.watch(stdout, address)
	return p, p.awaitAddress(address)
}

// watch reads what the process prints until it has ended.
func (p *process) watch(stdout io.Reader, address chan<- string) {
	defer close(p.ended)
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		if found := announced.FindStringSubmatch(lines.Text()); found != nil {
			address <- strings.TrimRight(found[1], "/")
		}
	}
	_ = p.cmd.Wait() // how it ended matters only to whom asked for it
}

func (p *process) awaitAddress(address <-chan string) error {
	select {
	case p.addr = <-address:
		return nil
	case <-p.ended:
		log, _ := os.ReadFile(p.stderr)
		return fmt.Errorf("%s ended before it listened: %s", p.cmd.Path, log)
	case <-time.After(startTimeout):
		p.kill()
		return fmt.Errorf("%s printed no address in %s", p.cmd.Path, startTimeout)
	}
}

// stop asks the process to end and waits for it.
func (p *process) stop() error {
	select {
	case <-p.ended:
		return nil
	default:
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
		return nil
	case <-time.After(patience):
		p.kill()
		return fmt.Errorf("%s did not end in %s", p.cmd.Path, patience)
	}
}

// kill ends the process as a power cut would end it, without a chance to finish anything.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // an error means that it has ended already
	<-p.ended
}

// startDashboard runs the dashboard on a free port.
func (l *lab) startDashboard(ctx context.Context, args ...string) (*process, error) {
	args = append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)
	return l.launch(exec.CommandContext(ctx, l.binary, args...))
}
