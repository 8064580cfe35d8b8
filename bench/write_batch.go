package main

import (
	"context"
	"errors"
	"fmt"
)

// batchSenders is how many connections the goals about batches have.
const batchSenders = 4

// batches is goal W3: many reports in one POST.
func batches(ctx context.Context, l *lab) ([]result, error) {
	var results []result
	for _, b := range []struct {
		size        int
		share, rows limit
	}{{100, atLeast(0.5), atLeast(20_000)}, {1000, limit{}, atLeast(30_000)}} {
		posted, ceiling, err := batchesOf(ctx, l, b.size)
		if err != nil {
			return nil, err
		}
		what := fmt.Sprintf("batches of %d, c=4", b.size)
		results = append(results,
			result{Goal: "W3", What: what, Unit: "rows/s", Measured: posted, Baseline: ceiling, Against: fmt.Sprintf("unnest of %d", b.size), Limit: b.share},
			result{Goal: "W3", What: what, Unit: "rows/s", Measured: posted, Limit: b.rows})
	}
	return results, nil
}

func batchesOf(ctx context.Context, l *lab, size int) (posted, ceiling series, err error) {
	s, err := l.site(ctx)
	if err != nil {
		return nil, nil, err
	}
	p, err := newProgram(ctx, s.store.Writer(), fmt.Sprintf("batch-%d", size))
	if err != nil {
		return nil, nil, err
	}
	all, err := newSenders(ctx, s, p, batchSenders)
	if err != nil {
		return nil, nil, err
	}
	top, err := newCeiling(ctx, s, batchSenders)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, top.close()) }()
	err = interleave(l.rounds, func() error {
		took, err := top.writeMany(ctx, l.seconds, size)
		ceiling = append(ceiling, took.rate()*float64(size))
		return err
	}, func() error {
		batch := func(i int) []byte { return all.batch(i, size) }
		took, err := load{addr: s.dash.addr, clients: batchSenders, request: batch, check: allApplied(size)}.run(ctx, l.seconds)
		posted = append(posted, took.rate()*float64(size))
		return err
	})
	return posted, ceiling, err
}
