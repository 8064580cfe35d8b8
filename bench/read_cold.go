package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"tenggat/internal/ledger"
)

// coldOverview is goal R3: an overview that nobody has rendered yet.
func coldOverview(ctx context.Context, l *lab) ([]result, error) {
	w, err := openWarm(ctx, l, "cold")
	if err != nil {
		return nil, err
	}
	defer w.close()
	page, fixed, err := beside(ctx, l, w.coldPages(readers), w.fixedPage(readers))
	if err != nil {
		return nil, err
	}
	alone, err := newDataEachTime(ctx, l)
	return []result{
		{Goal: "R3", What: "overview rendered for each request, c=16", Unit: "/s", Measured: page.rate, Baseline: fixed.rate, Against: "fixed page", Limit: atLeast(0.05)},
		{Goal: "R3", What: "overview after each new report, c=1, p50", Unit: "ms", Measured: alone, Limit: atMost(3)},
	}, err
}

// coldPages is the load of readers who each ask for a moment that nobody asked for before: all later than the last entry, so
// that each is the present page, read and rendered anew.
func (w *warm) coldPages(clients int) load {
	moments := &freshMoments{next: time.Now().Add(-time.Hour)}
	addr := w.site.dash.addr
	return load{addr: addr, clients: clients, check: wants(200), request: func(int) []byte {
		return getRequest(addr, w.path+"?as_of="+moments.take(), cookie(w.session))
	}}
}

// freshMoments are moments a microsecond apart.
type freshMoments struct {
	next  time.Time
	taken atomic.Int64
}

func (f *freshMoments) take() string {
	at := f.next.Add(time.Duration(f.taken.Add(1)) * time.Microsecond)
	return at.UTC().Format("2006-01-02T15:04:05.000000Z")
}

// newDataEachTime reads the present overview alone, each time after a report has been added, and gives the median
// milliseconds of each round. Adding is not timed.
func newDataEachTime(ctx context.Context, l *lab) (p50 series, err error) {
	s, err := l.site(ctx)
	if err != nil {
		return nil, err
	}
	p, err := newProgram(ctx, s.store.Writer(), "moving")
	if err != nil {
		return nil, err
	}
	if err := p.fill(ctx, s.store.Writer(), ordinary, historyDays); err != nil {
		return nil, err
	}
	session, err := signIn(ctx, s.store.Writer(), p.slug)
	if err != nil {
		return nil, err
	}
	reader, err := dial(ctx, s.dash.addr)
	if err != nil {
		return nil, err
	}
	defer reader.close()
	request := getRequest(s.dash.addr, p.overview(), cookie(session))
	for round := range l.rounds {
		var took sample
		for until := time.Now().Add(l.seconds); time.Now().Before(until); {
			draft := p.report(0, fmt.Sprintf("moving-%d-%d", round, len(took.latencies)), time.Now())
			if _, err := s.store.Writer().Append(ctx, p.id, ledger.Unit{Drafts: []ledger.Draft{draft}}); err != nil {
				return nil, err
			}
			began := time.Now()
			a, err := reader.do(request)
			if err == nil {
				err = wants(200)(a)
			}
			if err != nil {
				return nil, err
			}
			took.latencies = append(took.latencies, time.Since(began))
		}
		p50 = append(p50, milliseconds(took.sorted().quantile(0.5)))
	}
	return p50, nil
}
