package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// temper is what is odd about a job.
type temper int

const (
	steady  temper = iota
	failing        // a run of it fails now and then
	silent         // it falls silent now and then
)

// A run is so many reports long; a failing run ends with so many failed ones. A job that is silent now and then is so every other
// run, a failing one fails every other run.
const (
	runLength   = 24
	failedParts = 4
)

// simulatedJob is one job at work.
type simulatedJob struct {
	Simulator
	key     string
	temper  temper
	program string
	baseURL string

	secret  string
	expires time.Time
	runs    int
	feeds   []*feed   // the open milestones it works on
	last    time.Time // when it last worked
	mute    bool      // its last report did not get through, and that was said
}

// run does one run after another until ctx ends.
func (j *simulatedJob) run(ctx context.Context) {
	j.last = time.Now()
	for ctx.Err() == nil {
		if err := j.oneRun(ctx); err != nil {
			j.complain(ctx, err)
		}
		j.runs++
		if j.temper == silent && j.runs%2 == 1 {
			j.pause(ctx, silence*j.Every)
		}
		j.pause(ctx, j.Every)
	}
}

// oneRun begins where the ledger stands and sends its reports, one milestone after the other.
func (j *simulatedJob) oneRun(ctx context.Context) error {
	if err := j.renewToken(ctx); err != nil {
		return err
	}
	if err := j.lookUp(ctx); err != nil {
		return err
	}
	if len(j.feeds) == 0 {
		return errors.New("nothing left to report")
	}
	id := fmt.Sprintf("%s-%s", j.key, time.Now().UTC().Format("20060102T150405.000"))
	fails := j.temper == failing && j.runs%2 == 0
	for n := range runLength {
		j.pause(ctx, j.Every)
		if ctx.Err() != nil {
			return nil
		}
		broken := fails && n >= runLength-failedParts
		if err := j.report(ctx, n, id, broken); err != nil {
			return err
		}
		j.recovered(ctx)
	}
	return nil
}

// lookUp reads from the ledger where the job's open milestones stand: a run begins there, whoever reported last. Where that is
// where the run before ended, its unfinished record is kept, or a small milestone would never move.
func (j *simulatedJob) lookUp(ctx context.Context) error {
	state, err := j.Writer.ProgramState(ctx, j.program, time.Time{})
	if err != nil {
		return err
	}
	before := j.feeds
	j.feeds = nil
	for _, m := range state.Milestones {
		c := m.Progress.Counts
		if !slices.Contains(milestonesOf(j.key), m.Key) || c == nil || c.Done >= c.Total {
			continue
		}
		f := &feed{milestone: m.Key, unit: m.Unit, total: c.Total, done: float64(c.Done)}
		for _, b := range before {
			if b.milestone == f.milestone && int64(b.done) == c.Done {
				f.done = b.done
			}
		}
		j.feeds = append(j.feeds, f)
	}
	return nil
}

// report works since the last report, on all of the job's milestones, and reports one of them.
func (j *simulatedJob) report(ctx context.Context, n int, run string, broken bool) error {
	now := time.Now()
	if spent := now.Sub(j.last); !broken {
		for _, f := range j.feeds {
			f.work(min(spent, promised*j.Every)) // a pause is no work
		}
	}
	j.last = now
	f := j.feeds[n%len(j.feeds)]
	body := reportBody{
		EventID: fmt.Sprintf("%s-%d", run, n), ObservedAt: now.UTC(), Done: int64(f.done), Total: f.total, Unit: f.unit, RunID: run, State: "running",
		NextSeconds: max(1, int64(promised*j.Every/time.Second)),
	}
	if broken {
		body.State, body.Message, body.Failed = "failed", failureMessage, min(3, body.Total-body.Done)
	}
	return j.send(ctx, f.milestone, body)
}

func (j *simulatedJob) renewToken(ctx context.Context) (err error) {
	if time.Until(j.expires) > tokenRenewal {
		return nil
	}
	j.secret, j.expires, err = j.issueToken(ctx, j.key)
	return err
}

// complain says once that a job cannot report, and not again until it could.
func (j *simulatedJob) complain(ctx context.Context, err error) {
	if ctx.Err() == nil && !j.mute {
		j.mute = true
		j.Logger.WarnContext(ctx, "a simulated job cannot report", "job", j.key, "error", err)
	}
}

func (j *simulatedJob) recovered(ctx context.Context) {
	if j.mute {
		j.mute = false
		j.Logger.InfoContext(ctx, "a simulated job reports again", "job", j.key)
	}
}

// pause waits about d, a third more or less, or until ctx ends.
func (j *simulatedJob) pause(ctx context.Context, d time.Duration) {
	wait(ctx, time.Duration(float64(d)*(2+2*rand.Float64())/3)) //nolint:gosec // jitter, not a secret
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
