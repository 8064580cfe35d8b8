package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// replays is goal W4: a report that is known already is answered faster than a new one is taken, with the same receipt, and
// has no second effect.
func replays(ctx context.Context, l *lab) ([]result, error) {
	s, err := l.site(ctx)
	if err != nil {
		return nil, err
	}
	p, err := newProgram(ctx, s.store.Writer(), "replay")
	if err != nil {
		return nil, err
	}
	all, err := newSenders(ctx, s, p, writers)
	if err != nil {
		return nil, err
	}
	var fresh, known series
	var last *recording
	err = interleave(l.rounds, func() error {
		last = newRecording()
		took, err := load{addr: s.dash.addr, clients: writers, request: last.requests(all.single), check: last.acknowledge}.run(ctx, l.seconds)
		fresh = append(fresh, took.rate())
		return err
	}, func() error {
		took, err := last.replay(ctx, s, p)
		known = append(known, took.rate())
		return err
	})
	return []result{{Goal: "W4", What: "known again, c=16", Unit: "/s", Measured: known, Baseline: fresh, Against: "new", Limit: atLeast(1.3)}}, err
}

// recording is what senders sent and which receipts they got.
type recording struct {
	mu       sync.Mutex
	sent     [writers][][]byte
	receipts map[string]receipt
}

func newRecording() *recording { return &recording{receipts: map[string]receipt{}} }

// requests notes every request that next makes.
func (r *recording) requests(next func(int) []byte) func(int) []byte {
	return func(i int) []byte {
		request := next(i)
		r.sent[i] = append(r.sent[i], request)
		return request
	}
}

// acknowledge notes the receipt of a report.
func (r *recording) acknowledge(a answer) error {
	if err := wants(201, 200)(a); err != nil {
		return err
	}
	got, err := readReceipt(a)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.receipts[got.ID] = got
	return nil
}

// replay sends everything once more. It is an error if anything comes of it but the same receipt.
func (r *recording) replay(ctx context.Context, s *site, p program) (sample, error) {
	before, err := s.head(ctx, p)
	if err != nil {
		return sample{}, err
	}
	var next [writers]int
	again := func(i int) []byte {
		if next[i] == len(r.sent[i]) {
			return nil
		}
		next[i]++
		return r.sent[i][next[i]-1]
	}
	took, err := load{addr: s.dash.addr, clients: writers, request: again, check: r.sameReceipt}.run(ctx, time.Minute)
	if err != nil {
		return took, err
	}
	after, err := s.head(ctx, p)
	if err == nil && after != before {
		err = fmt.Errorf("replaying moved the ledger from entry %d to %d", before, after)
	}
	return took, err
}

func (r *recording) sameReceipt(a answer) error {
	if err := wants(200)(a); err != nil {
		return err
	}
	again, err := readReceipt(a)
	if err != nil {
		return err
	}
	r.mu.Lock()
	first := r.receipts[again.ID]
	r.mu.Unlock()
	if again.Effect != "duplicate" || again.Entry != first.Entry || again.Leaf != first.Leaf {
		return fmt.Errorf("a repeat was answered %+v, the first time %+v", again, first)
	}
	return nil
}
