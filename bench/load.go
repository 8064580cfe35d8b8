package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"
)

// load is a closed loop over HTTP: each client sends its next request when it has the answer to its last.
type load struct {
	addr    string
	clients int
	request func(client int) []byte // the client's next request; nil ends the client
	check   func(answer) error      // of every answer; an error ends the run
}

// sample is what one round of a load saw.
type sample struct {
	elapsed   time.Duration
	latencies []time.Duration // ascending
}

// rate is requests a second.
func (s sample) rate() float64 { return float64(len(s.latencies)) / s.elapsed.Seconds() }

func (s sample) quantile(q float64) time.Duration { return quantile(s.latencies, q) }

// run sends until the time is over or no client has a request left.
func (l load) run(ctx context.Context, limit time.Duration) (sample, error) {
	clients, err := l.connect(ctx)
	if err != nil {
		return sample{}, err
	}
	defer closeAll(clients)
	return repeat(ctx, len(clients), limit, func(i int) error {
		request := l.request(i)
		if request == nil {
			return errDone
		}
		a, err := clients[i].do(request)
		if err != nil {
			return err
		}
		return l.check(a)
	})
}

func (l load) connect(ctx context.Context) (clients []*client, err error) {
	for range l.clients {
		c, err := dial(ctx, l.addr)
		if err != nil {
			closeAll(clients)
			return nil, err
		}
		clients = append(clients, c)
	}
	return clients, nil
}

func closeAll(clients []*client) {
	for _, c := range clients {
		c.close()
	}
}

// errDone is how a worker says that it has nothing left to do.
var errDone = errors.New("done")

// repeat has workers carry out act again and again until the time is over, and takes the time of each act. It is the loop of
// every load, over HTTP or straight to the database.
func repeat(ctx context.Context, workers int, limit time.Duration, act func(worker int) error) (sample, error) {
	took := make([][]time.Duration, workers)
	began := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for worker := range workers {
		group.Go(func() (err error) {
			took[worker], err = work(ctx, began.Add(limit), func() error { return act(worker) })
			return err
		})
	}
	err := group.Wait()
	return sample{elapsed: time.Since(began), latencies: slices.Concat(took...)}.sorted(), err
}

func work(ctx context.Context, until time.Time, act func() error) (took []time.Duration, err error) {
	for ctx.Err() == nil {
		began := time.Now()
		if began.After(until) {
			return took, nil
		}
		if err := act(); errors.Is(err, errDone) {
			return took, nil
		} else if err != nil {
			return took, err
		}
		took = append(took, time.Since(began))
	}
	return took, context.Cause(ctx)
}

// sorted is the sample with its latencies in ascending order.
func (s sample) sorted() sample {
	slices.Sort(s.latencies)
	return s
}
