package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"tenggat/internal/ledger"
)

// Outcome is what became of one unit: its receipts, one per draft, or the reason it was refused.
type Outcome struct {
	Receipts []ledger.Receipt
	Err      error // *ledger.Refusal, ErrNotFound, ErrUnavailable
}

// Append records a unit in a program's ledger, all or nothing, and returns when it is durable. The error is a *ledger.Refusal
// (nothing was written), ErrNotFound (no such program) or ErrUnavailable (unknown: send it again under the same event ids).
func (w *Writer) Append(ctx context.Context, programID string, unit ledger.Unit) ([]ledger.Receipt, error) {
	outcomes, err := w.AppendEach(ctx, programID, []ledger.Unit{unit})
	if err != nil {
		return nil, err
	}
	return outcomes[0].Receipts, outcomes[0].Err
}

// AppendEach records units in one transaction, judging each by itself: a refused unit does not hold up the others.
func (w *Writer) AppendEach(ctx context.Context, programID string, units []ledger.Unit) ([]Outcome, error) {
	r := &request{units: units, done: make(chan struct{})}
	w.queues.of(programID).submit(r, func(group []*request) { w.appendGroup(programID, group) })
	select {
	case <-r.done:
		return r.outcomes, r.err
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, context.Cause(ctx))
	}
}

// AppendImported records units with a stated recording time, for facts that were known before this ledger was kept. The
// entries say that they were imported. recordedAt must lie after everything the ledger holds and not in the future.
func (w *Writer) AppendImported(ctx context.Context, programID string, recordedAt time.Time, units []ledger.Unit) (outcomes []Outcome, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		outcomes, err = appendUnits(ctx, t, programID, &recordedAt, units)
		return err
	})
	if err == nil {
		w.tell(programID, outcomes)
	}
	return outcomes, err
}

// tell rings for what was just committed, unless all of it was known before.
func (w *Writer) tell(programID string, outcomes []Outcome) {
	last := int64(0)
	for _, o := range outcomes {
		for _, r := range o.Receipts {
			if r.Effect != ledger.Duplicate {
				last = max(last, r.Entry)
			}
		}
	}
	if last > 0 {
		w.bell.ring(programID, last)
	}
}

// appendTimeout bounds one group's transaction. It does not hang on the senders' patience: they share it.
const appendTimeout = 20 * time.Second

// appendGroup commits the units of several senders in one transaction: one flush to disk acknowledges them all.
func (w *Writer) appendGroup(programID string, group []*request) {
	ctx, cancel := context.WithTimeout(context.Background(), appendTimeout)
	defer cancel()
	var units []ledger.Unit
	for _, r := range group {
		units = append(units, r.units...)
	}
	var outcomes []Outcome
	err := w.pool.write(ctx, func(t tx) (err error) {
		outcomes, err = appendUnits(ctx, t, programID, nil, units)
		return err
	})
	if err != nil && len(group) > 1 && !errors.Is(err, ErrUnavailable) {
		// One sender's data broke the statement: it must not take the others down.
		for _, r := range group {
			w.appendGroup(programID, []*request{r})
		}
		return
	}
	if err == nil {
		w.tell(programID, outcomes)
	}
	for _, r := range group {
		if r.err = err; err == nil {
			r.outcomes, outcomes = outcomes[:len(r.units)], outcomes[len(r.units):]
		}
		close(r.done)
	}
}

// request is one sender waiting for its units to be durable.
type request struct {
	units    []ledger.Unit
	outcomes []Outcome
	err      error
	done     chan struct{}
}

// queue gathers the requests for one program while a transaction runs; the next transaction takes them all.
type queue struct {
	mu      sync.Mutex
	waiting []*request
	running bool
}

// maxGroup is how many units one transaction takes, unless a single request has more.
const maxGroup = 512

func (q *queue) submit(r *request, commit func([]*request)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, r)
	if !q.running {
		q.running = true
		go q.drain(commit)
	}
}

func (q *queue) drain(commit func([]*request)) {
	for {
		group := q.take()
		if len(group) == 0 {
			return
		}
		commit(group)
	}
}

func (q *queue) take() []*request {
	q.mu.Lock()
	defer q.mu.Unlock()
	n, units := 0, 0
	for n < len(q.waiting) && (n == 0 || units+len(q.waiting[n].units) <= maxGroup) {
		units += len(q.waiting[n].units)
		n++
	}
	group := q.waiting[:n:n]
	q.waiting = q.waiting[n:]
	q.running = n > 0
	return group
}

// queues has one queue per program. Programs are few and never deleted, so neither are queues.
type queues struct {
	mu        sync.Mutex
	byProgram map[string]*queue
}

func (qs *queues) of(program string) *queue {
	qs.mu.Lock()
	defer qs.mu.Unlock()
	if qs.byProgram == nil {
		qs.byProgram = map[string]*queue{}
	}
	q, ok := qs.byProgram[program]
	if !ok {
		q = &queue{}
		qs.byProgram[program] = q
	}
	return q
}
