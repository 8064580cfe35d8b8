package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// readers is how many people read at once in the reading goals.
const readers = 16

// warm is a signed-in reader's overview of a program to which nothing is being added, beside a page of the same size that
// bare echo holds ready.
type warm struct {
	site    *site
	fixed   *process
	path    string
	session string
	size    int    // of the page, bytes
	etag    string // of the page
}

// openWarm fills a program, looks at its overview once, and starts the baseline.
func openWarm(ctx context.Context, l *lab, slug string) (*warm, error) {
	s, err := l.site(ctx)
	if err != nil {
		return nil, err
	}
	p, err := newProgram(ctx, s.store.Writer(), slug)
	if err != nil {
		return nil, err
	}
	if err := p.fill(ctx, s.store.Writer(), ordinary, historyDays); err != nil {
		return nil, err
	}
	w := &warm{site: s, path: p.overview()}
	if w.session, err = signIn(ctx, s.store.Writer(), slug); err != nil {
		return nil, err
	}
	if err := w.settle(ctx); err != nil {
		return nil, err
	}
	w.fixed, err = l.startFixedPage(ctx, w.size)
	return w, err
}

// settle looks at the page until it stays as it is: the first checkpoint is signed within ten seconds of a filling, and then it is on the
// page.
func (w *warm) settle(ctx context.Context) error {
	const still, looks = 12 * time.Second, 5
	for range looks {
		a, err := once(ctx, w.site.dash.addr, getRequest(w.site.dash.addr, w.path, cookie(w.session)))
		if err != nil {
			return err
		}
		if err := wants(200)(a); err != nil {
			return err
		}
		if etag := a.Header.Get("ETag"); etag == w.etag {
			return nil
		}
		w.size, w.etag = len(a.Body), a.Header.Get("ETag")
		time.Sleep(still)
	}
	return errors.New("the overview goes on changing")
}

// ordinary is how many reports a program has where their number is not the point.
const ordinary = 2000

func (w *warm) close() { w.fixed.kill() }

// page is the load of readers of the overview; headers are added to their requests.
func (w *warm) page(clients, status int, headers ...string) load {
	addr := w.site.dash.addr
	request := getRequest(addr, w.path, append(headers, cookie(w.session))...)
	return load{addr: addr, clients: clients, request: always(request), check: w.complete(status)}
}

// complete is a check that the whole page came, or nothing of it where nothing is wanted.
func (w *warm) complete(status int) func(answer) error {
	size := w.size
	if status == 304 {
		size = 0
	}
	return func(a answer) error {
		if a.Status != status || len(a.Body) != size {
			return fmt.Errorf("answered %d with %d bytes, not %d with %d", a.Status, len(a.Body), status, size)
		}
		return nil
	}
}

// fixedPage is the load of readers of the baseline's page.
func (w *warm) fixedPage(clients int) load {
	return load{addr: w.fixed.addr, clients: clients, request: always(getRequest(w.fixed.addr, "/")), check: w.complete(200)}
}

func always(request []byte) func(int) []byte { return func(int) []byte { return request } }

// warmOverview is goal R1: an overview that has not changed since it was last rendered.
func warmOverview(ctx context.Context, l *lab) ([]result, error) {
	w, err := openWarm(ctx, l, "warm")
	if err != nil {
		return nil, err
	}
	defer w.close()
	page, fixed, err := beside(ctx, l, w.page(readers, 200), w.fixedPage(readers))
	return []result{
		{Goal: "R1", What: fmt.Sprintf("unchanged overview of %d bytes, c=16", w.size), Unit: "/s", Measured: page.rate, Baseline: fixed.rate, Against: "fixed page", Limit: atLeast(0.30)},
		{Goal: "R1", What: "its p99", Unit: "ms", Measured: page.p99, Baseline: fixed.p99, Against: "fixed page", Limit: atMost(1.5)},
	}, err
}

// unchangedOverview is goal R2: the same for a browser that holds the page already.
func unchangedOverview(ctx context.Context, l *lab) ([]result, error) {
	w, err := openWarm(ctx, l, "unchanged")
	if err != nil {
		return nil, err
	}
	defer w.close()
	page, fixed, err := beside(ctx, l, w.page(readers, 304, "If-None-Match: "+w.etag), w.fixedPage(readers))
	return []result{
		{Goal: "R2", What: "overview the browser has (304, no body), c=16", Unit: "/s", Measured: page.rate, Baseline: fixed.rate, Against: "fixed page", Limit: atLeast(0.35)},
	}, err
}

// rounds are the figures of a load, round by round.
type rounds struct{ rate, p50, p99 series }

func (r *rounds) add(s sample) {
	r.rate = append(r.rate, s.rate())
	r.p50 = append(r.p50, milliseconds(s.quantile(0.5)))
	r.p99 = append(r.p99, milliseconds(s.quantile(0.99)))
}

// warmUp is how long a load runs before the first round, so that connections are open and statements planned.
const warmUp = time.Second

// beside runs a load and its baseline in turn.
func beside(ctx context.Context, l *lab, measured, baseline load) (m, b rounds, err error) {
	for _, of := range []load{baseline, measured} {
		if _, err := of.run(ctx, warmUp); err != nil {
			return m, b, err
		}
	}
	round := func(of load, into *rounds) func() error {
		return func() error {
			s, err := of.run(ctx, l.seconds)
			into.add(s)
			return err
		}
	}
	err = interleave(l.rounds, round(baseline, &b), round(measured, &m))
	return m, b, err
}
