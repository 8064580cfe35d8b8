package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// lab is what all goals of a run share.
type lab struct {
	dir     string // temporary; removed at the end
	binary  string // the dashboard
	rounds  int
	seconds time.Duration // of one round
	notes   io.Writer     // what is going on

	shared *site
}

// newLab makes a folder for the run and builds the dashboard, unless a built one was given.
func newLab(ctx context.Context, binary string, rounds int, seconds time.Duration, notes io.Writer) (*lab, error) {
	dir, err := os.MkdirTemp("", "tenggat-bench-")
	if err != nil {
		return nil, err
	}
	l := &lab{dir: dir, binary: binary, rounds: rounds, seconds: seconds, notes: notes}
	// Under root PostgreSQL runs as another account, which must get through.
	if err := os.Chmod(dir, 0o711); err != nil {
		return nil, errors.Join(err, l.close())
	}
	if l.binary == "" {
		l.binary = filepath.Join(dir, "dashboard")
		if out, err := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", l.binary, "tenggat/cmd/dashboard").CombinedOutput(); err != nil {
			return nil, errors.Join(fmt.Errorf("building the dashboard: %w\n%s", err, out), l.close())
		}
	}
	return l, nil
}

// site is the dashboard with its database that most goals are measured on, started at first use.
func (l *lab) site(ctx context.Context) (*site, error) {
	if l.shared != nil {
		return l.shared, nil
	}
	l.note("starting the dashboard and its PostgreSQL")
	s, err := l.openSite(ctx, "shared")
	l.shared = s
	return s, err
}

// note tells the person who waits what is going on.
func (l *lab) note(format string, args ...any) {
	_, _ = fmt.Fprintf(l.notes, "bench: "+format+"\n", args...) // a run does not depend on being watched
}

// close stops what runs and removes everything.
func (l *lab) close() error {
	var err error
	if l.shared != nil {
		err = l.shared.close()
	}
	return errors.Join(err, os.RemoveAll(l.dir))
}
