package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tenggat/internal/pgserver"
)

// flatCost is goal R5: an overview costs the same however many entries its program has.
func flatCost(ctx context.Context, l *lab) ([]result, error) {
	few, err := openFlat(ctx, l, 10_000)
	if err != nil {
		return nil, err
	}
	many, err := openFlat(ctx, l, 1_000_000)
	if err != nil {
		return nil, err
	}
	var cpuFew, cpuMany, queriesFew, queriesMany series
	if err := interleave(l.rounds, few.page(ctx, l, &cpuFew, &queriesFew), many.page(ctx, l, &cpuMany, &queriesMany)); err != nil {
		return nil, err
	}
	a, err := few.cost(ctx)
	if err != nil {
		return nil, err
	}
	b, err := many.cost(ctx)
	against := "10^4"
	return []result{
		{Goal: "R5", What: "CPU of a cold overview at 10^6 entries, server and PostgreSQL", Unit: "ms", Measured: cpuMany, Baseline: cpuFew, Against: against, Limit: atMost(1.2)},
		{Goal: "R5", What: "of that PostgreSQL", Unit: "ms", Measured: queriesMany, Baseline: queriesFew, Against: against},
		{Goal: "R5", What: "its statements", Measured: series{float64(b.statements)}, Baseline: series{float64(a.statements)}, Against: against, Limit: atMost(1)},
		{Goal: "R5", What: "buffers they touch", Measured: series{float64(b.buffers)}, Baseline: series{float64(a.buffers)}, Against: against, Limit: atMost(1.2)},
	}, err
}

// flat is a program with a number of entries.
type flat struct {
	*warm
	program program
}

func openFlat(ctx context.Context, l *lab, entries int) (*flat, error) {
	s, err := l.site(ctx)
	if err != nil {
		return nil, err
	}
	p, err := newProgram(ctx, s.store.Writer(), fmt.Sprintf("flat-%d", entries))
	if err != nil {
		return nil, err
	}
	l.note("R5: appending %d entries", entries)
	began := time.Now()
	if err := p.fill(ctx, s.store.Writer(), entries, historyDays); err != nil {
		return nil, err
	}
	l.note("R5: that took %s", time.Since(began).Round(time.Second))
	session, err := signIn(ctx, s.store.Writer(), p.slug)
	return &flat{&warm{site: s, path: p.overview(), session: session}, p}, err
}

// page is a round of cold overviews that notes the processor time each took: in all, and in the backends that read.
func (f *flat) page(ctx context.Context, l *lab, all, queries *series) func() error {
	return f.measured(ctx, l, f.coldPages(1), all, queries)
}

// measured is a round of a load that notes the processor time each answer took.
func (f *flat) measured(ctx context.Context, l *lab, pages load, all, queries *series) func() error {
	return func() error {
		serverBefore, queriesBefore, err := f.cpu()
		if err != nil {
			return err
		}
		took, err := pages.run(ctx, l.seconds)
		if err != nil {
			return err
		}
		serverAfter, queriesAfter, err := f.cpu()
		each := float64(len(took.latencies))
		*all = append(*all, milliseconds(serverAfter-serverBefore+queriesAfter-queriesBefore)/each)
		*queries = append(*queries, milliseconds(queriesAfter-queriesBefore)/each)
		return err
	}
}

// cpu is what the server and its reading backends have used up to now.
func (f *flat) cpu() (server, queries time.Duration, err error) {
	backends, err := f.site.readers(pgserver.RoleReader)
	if err != nil {
		return 0, 0, err
	}
	server, err1 := cpuOf(f.site.dash.cmd.Process.Pid)
	queries, err2 := cpuOf(backends...)
	return server, queries, errors.Join(err1, err2)
}

func (f *flat) cost(ctx context.Context) (pageCost, error) {
	return costOfOverview(ctx, f.site.dsn(pgserver.RoleApp), f.site.dsn(pgserver.RoleReader), f.session, f.program)
}
