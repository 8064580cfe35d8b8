package main

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

// crowd is how many clients the memory goal has at once.
const crowd = 64

// settle is how long the server is left alone before its idle memory is read.
const settle = 5 * time.Second

// memory is goal S2: resident memory of the server, idle after its first page, and at most under a crowd that reads pages old
// and new and reports.
func memory(ctx context.Context, l *lab) ([]result, error) {
	w, err := openWarm(ctx, l, "memory")
	if err != nil {
		return nil, err
	}
	w.close()
	dash, err := l.startDashboard(ctx, w.site.databaseFlags()...)
	if err != nil {
		return nil, err
	}
	defer dash.kill()
	served := *w.site
	served.dash = dash
	w.site = &served
	first, err := once(ctx, dash.addr, getRequest(dash.addr, w.path, cookie(w.session)))
	if err != nil {
		return nil, err
	}
	if err := wants(200)(first); err != nil {
		return nil, err
	}
	time.Sleep(settle)
	idle, err := memoryOf(dash.cmd.Process.Pid, "VmRSS")
	if err != nil {
		return nil, err
	}
	if err := w.crowd(ctx, l); err != nil {
		return nil, err
	}
	most, err := memoryOf(dash.cmd.Process.Pid, "VmHWM")
	return []result{
		{Goal: "S2", What: "resident memory, idle", Unit: "MiB", Measured: series{idle}, Limit: atMost(30)},
		{Goal: "S2", What: "the most at c=64", Unit: "MiB", Measured: series{most}, Limit: atMost(100)},
	}, err
}

// crowd has half of the clients read the page as it is, a quarter read pages that must be rendered, and a quarter report.
func (w *warm) crowd(ctx context.Context, l *lab) error {
	p, err := newProgram(ctx, w.site.store.Writer(), "crowd")
	if err != nil {
		return err
	}
	jobs, err := newSenders(ctx, w.site, p, crowd/4)
	if err != nil {
		return err
	}
	reports := load{addr: w.site.dash.addr, clients: crowd / 4, request: jobs.single, check: wants(201)}
	group, ctx := errgroup.WithContext(ctx)
	for _, part := range []load{w.page(crowd/2, 200), w.coldPages(crowd / 4), reports} {
		group.Go(func() error {
			_, err := part.run(ctx, time.Duration(l.rounds)*l.seconds)
			return err
		})
	}
	return group.Wait()
}
