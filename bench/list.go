package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/pgserver"
)

// A page of the list shows a hundred programs, so a reader of a hundred has the same page to look at as one of a thousand.
const (
	manyPrograms = 1000
	fewPrograms  = 100
	listReports  = 200 // of each program, on ten days
	listDays     = 10
)

// programList is goal R6: a page of a hundred programs out of a thousand.
func programList(ctx context.Context, l *lab) ([]result, error) {
	s, err := l.site(ctx)
	if err != nil {
		return nil, err
	}
	l.note("R6: making %d programs", manyPrograms)
	programs, slugs, err := fillList(ctx, s)
	if err != nil {
		return nil, err
	}
	many, err := openList(ctx, s, slugs)
	if err != nil {
		return nil, err
	}
	few, err := openList(ctx, s, slugs[:fewPrograms])
	if err != nil {
		return nil, err
	}
	wire, err := many.gzipped(ctx)
	if err != nil {
		return nil, err
	}
	var warmMany, queriesMany, warmFew, queriesFew, changed, queriesChanged series
	err = interleave(l.rounds, many.page(ctx, l, always(many.request()), &warmMany, &queriesMany), few.page(ctx, l, always(few.request()), &warmFew, &queriesFew))
	if err != nil {
		return nil, err
	}
	fresh := many.afterReports(ctx, programs)
	if err := interleave(l.rounds, many.page(ctx, l, fresh, &changed, &queriesChanged), func() error { return nil }); err != nil {
		return nil, err
	}
	against := fmt.Sprintf("of %d", fewPrograms)
	return []result{
		{Goal: "R6", What: "CPU of a page of 100 of 1,000 programs, server and PostgreSQL", Unit: "ms", Measured: warmMany, Limit: atMost(25)},
		{Goal: "R6", What: "the same beside all of 100", Unit: "ms", Measured: warmMany, Baseline: warmFew, Against: against},
		{Goal: "R6", What: "of that PostgreSQL", Unit: "ms", Measured: queriesMany, Baseline: queriesFew, Against: against},
		{Goal: "R6", What: "CPU where a program changed before each page", Unit: "ms", Measured: changed},
		{Goal: "R6", What: "gzipped page", Unit: "KiB", Measured: series{float64(wire) / 1024}, Limit: atMost(40)},
	}, nil
}

// fillList makes the programs, each with reports of ten days.
func fillList(ctx context.Context, s *site) (programs []program, slugs []string, err error) {
	for i := range manyPrograms {
		p, err := newProgram(ctx, s.store.Writer(), fmt.Sprintf("list-%04d", i))
		if err != nil {
			return nil, nil, err
		}
		if err := p.fill(ctx, s.store.Writer(), listReports, listDays); err != nil {
			return nil, nil, err
		}
		programs, slugs = append(programs, p), append(slugs, p.slug)
	}
	return programs, slugs, analyze(ctx, s.dsn(pgserver.RoleOwner))
}

// list is somebody's list of programs.
type list struct {
	*flat
}

func openList(ctx context.Context, s *site, slugs []string) (*list, error) {
	session, err := signIn(ctx, s.store.Writer(), slugs...)
	return &list{&flat{warm: &warm{site: s, path: "/", session: session}}}, err
}

func (l *list) request(headers ...string) []byte {
	return getRequest(l.site.dash.addr, l.path, append(headers, cookie(l.session))...)
}

// gzipped is how many bytes of the page go over the wire.
func (l *list) gzipped(ctx context.Context) (int, error) {
	a, err := once(ctx, l.site.dash.addr, l.request("Accept-Encoding: gzip"))
	if err == nil {
		err = wants(200)(a)
	}
	return len(a.Body), err
}

// page is a round of one reader that notes the processor time each page took: in all, and in the backends that read.
func (l *list) page(ctx context.Context, lab *lab, request func(int) []byte, all, queries *series) func() error {
	addr := l.site.dash.addr
	return l.measured(ctx, lab, load{addr: addr, clients: 1, check: wants(200), request: request}, all, queries)
}

// afterReports adds a report to the next program before each request. What adding takes in this process does not count; nothing of
// it runs in the server.
func (l *list) afterReports(ctx context.Context, programs []program) func(int) []byte {
	var taken atomic.Int64
	request := l.request()
	return func(int) []byte {
		n := taken.Add(1)
		p := programs[int(n)%len(programs)]
		draft := p.report(0, fmt.Sprintf("list-%d", n), time.Now())
		if _, err := l.site.store.Writer().Append(ctx, p.id, ledger.Unit{Drafts: []ledger.Draft{draft}}); err != nil {
			return nil
		}
		return request
	}
}
