package main

import (
	"context"
	"time"

	"tenggat/internal/pgserver"
)

// coldStart is goal S1: from the start of the program to the first overview, on a database that has its schema.
func coldStart(ctx context.Context, l *lab) ([]result, error) {
	w, err := openWarm(ctx, l, "start")
	if err != nil {
		return nil, err
	}
	w.close()
	var running, private series
	for range 2 * l.rounds {
		took, err := l.firstOverview(ctx, w, w.site.databaseFlags()...)
		if err != nil {
			return nil, err
		}
		running = append(running, milliseconds(took))
	}
	own, err := l.stoppedSite(ctx)
	if err != nil {
		return nil, err
	}
	for range l.rounds {
		took, err := l.firstOverview(ctx, own, "--data", own.site.data)
		if err != nil {
			return nil, err
		}
		private = append(private, milliseconds(took))
	}
	return []result{
		{Goal: "S1", What: "start to the first overview, PostgreSQL running", Unit: "ms", Measured: running, Limit: atMost(150)},
		{Goal: "S1", What: "the same, starting its private PostgreSQL as well", Unit: "ms", Measured: private},
	}, nil
}

// databaseFlags make another dashboard use the site's PostgreSQL.
func (s *site) databaseFlags() []string {
	return []string{"--database-url", s.dsn(pgserver.RoleApp), "--database-read-url", s.dsn(pgserver.RoleReader), "--token-rate", tokenRate}
}

// firstOverview starts a dashboard, asks it for the overview as soon as it listens, and stops it again.
func (l *lab) firstOverview(ctx context.Context, w *warm, args ...string) (time.Duration, error) {
	began := time.Now()
	p, err := l.startDashboard(ctx, args...)
	if err != nil {
		return 0, err
	}
	a, err := once(ctx, p.addr, getRequest(p.addr, w.path, cookie(w.session)))
	took := time.Since(began)
	if err == nil {
		err = wants(200)(a)
	}
	return took, firstError(err, p.stop())
}

// stoppedSite is a site with a program, stopped: what a restart finds.
func (l *lab) stoppedSite(ctx context.Context) (*warm, error) {
	s, err := l.openSite(ctx, "restarted")
	if err != nil {
		return nil, err
	}
	p, err := newProgram(ctx, s.store.Writer(), "restarted")
	if err != nil {
		return nil, err
	}
	if err := p.fill(ctx, s.store.Writer(), ordinary, historyDays); err != nil {
		return nil, err
	}
	session, err := signIn(ctx, s.store.Writer(), p.slug)
	return &warm{site: s, path: p.overview(), session: session}, firstError(err, s.close())
}
