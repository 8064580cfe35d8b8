package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"tenggat/internal/ledger"
)

// writers is how many senders the goals about single reports have.
const writers = 16

// singleReports is goal W1: one report in one POST, durable, known again when it is repeated, hashed, rolled up.
func singleReports(ctx context.Context, l *lab) (results []result, err error) {
	s, err := l.site(ctx)
	if err != nil {
		return nil, err
	}
	p, err := newProgram(ctx, s.store.Writer(), "single")
	if err != nil {
		return nil, err
	}
	all, err := newSenders(ctx, s, p, writers)
	if err != nil {
		return nil, err
	}
	top, err := newCeiling(ctx, s, writers)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, top.close()) }()
	var posted, p99, stored, limit series
	post := func() error {
		took, err := load{addr: s.dash.addr, clients: writers, request: all.single, check: wants(201)}.run(ctx, l.seconds)
		posted, p99 = append(posted, took.rate()), append(p99, milliseconds(took.quantile(0.99)))
		return err
	}
	base := func() error {
		took, err := top.writeOne(ctx, l.seconds)
		limit = append(limit, took.rate())
		return err
	}
	direct := func() error {
		took, err := appendDirectly(ctx, s, p, l.seconds)
		stored = append(stored, took.rate())
		return err
	}
	err = interleave(l.rounds, func() error { return firstError(base(), direct()) }, post)
	against := "one statement"
	return []result{
		{Goal: "W1", What: "single POST, c=16", Unit: "/s", Measured: posted, Baseline: limit, Against: against, Limit: atLeast(0.6)},
		{Goal: "W1", What: "single POST, c=16", Unit: "/s", Measured: posted, Limit: atLeast(4000)},
		{Goal: "W1", What: "its p99", Unit: "ms", Measured: p99},
		{Goal: "W1", What: "the store alone, c=16", Unit: "/s", Measured: stored, Baseline: limit, Against: against},
	}, err
}

// appendDirectly appends single reports through the store of this process: what is left is the share of HTTP and JSON.
func appendDirectly(ctx context.Context, s *site, p program, limit time.Duration) (sample, error) {
	run, sent := rand.Text()[:8], make([]int64, writers)
	return repeat(ctx, writers, limit, func(i int) error {
		sent[i]++
		draft := p.report(i, fmt.Sprintf("%s-%d-%d", run, i, sent[i]), time.Now())
		_, err := s.store.Writer().Append(ctx, p.id, ledger.Unit{Drafts: []ledger.Draft{draft}})
		return err
	})
}

// report is a report of milestone i that says "alive": it agrees with every count.
func (p program) report(i int, eventID string, at time.Time) ledger.Draft {
	return ledger.Draft{
		Kind: ledger.KindReport, Source: "job:direct", EventID: eventID, Actor: "job:direct", ObservedAt: at,
		Body: ledger.Report{Milestone: p.milestones[i], State: "running"},
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
