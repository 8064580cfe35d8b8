package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// News is one thing that Watch tells.
type News struct {
	Program string // the id of a program whose ledger grew; "": it is about Hearing
	Entry   int64  // how far it has come at least
	Hearing bool   // only without Program: whether appends are heard of from now on. What came before may have been missed
}

// How the ear to the other processes is kept.
const (
	reconnectFirst  = 200 * time.Millisecond
	reconnectLast   = 5 * time.Second
	proveEvery      = 30 * time.Second // how often it is tried whether what is told is heard
	proveWithin     = 3 * time.Second
	listenAgain     = time.Second      // after it no longer is
	listenMuchLater = 30 * time.Second // after it never was
)

// Watch tells of every append to any ledger, in whatever process, until ctx ends. It never blocks on the database: when it cannot
// hear, it says so and goes on trying. hear is called from one goroutine and must return soon.
//
// Whether it hears is proved and not believed: behind a pooler that lends connections for a transaction, LISTEN succeeds and
// nothing is ever delivered. So it tells itself something through the same database and waits for it to arrive.
func (w *Writer) Watch(ctx context.Context, hear func(News)) {
	for warned := false; ctx.Err() == nil; {
		wait := listenAgain
		proved := w.listen(ctx, hear)
		if !proved {
			wait = listenMuchLater
		}
		if !proved && !warned && ctx.Err() == nil {
			w.logger.Warn("appends by other processes are not heard of, so open pages look for them: LISTEN needs a direct connection, not one through a transaction pooler")
		}
		warned = !proved
		hear(News{Hearing: false})
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// listen keeps one ear until a proof fails or ctx ends. proved says whether it has ever heard itself.
func (w *Writer) listen(ctx context.Context, hear func(News)) (proved bool) {
	listener := pq.NewListener(w.dsn, reconnectFirst, reconnectLast, nil)
	defer func() { go func() { _ = listener.Close() }() }() // on a frozen connection it waits for the network to give up
	listening := make(chan error, 1)
	go func() { listening <- listener.Listen(channel) }() // waits for the first connection, however long that takes

	e := ear{writer: w, hear: hear, prove: stoppedTimer(), late: stoppedTimer()}
	defer e.prove.Stop()
	defer e.late.Stop()
	for {
		select {
		case <-ctx.Done():
			return e.proved
		case err := <-listening:
			if err != nil {
				return false
			}
			e.prove.Reset(0)
		case n, open := <-listener.Notify:
			if !open {
				return e.proved
			}
			e.notice(n)
		case <-e.prove.C:
			e.tellItself(ctx)
		case <-e.late.C:
			return e.proved
		}
	}
}

func stoppedTimer() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// ear is one listener and what it has proved.
type ear struct {
	writer  *Writer
	hear    func(News)
	nonce   string      // what it told itself and has not heard yet
	prove   *time.Timer // when to tell itself again
	late    *time.Timer // when to give up waiting for it
	hearing bool
	proved  bool
}

// notice takes what was delivered; nil: the connection was lost and is back, and what was told meanwhile is gone.
func (e *ear) notice(n *pq.Notification) {
	if n == nil {
		e.nonce = ""
		e.late.Stop()
		e.deaf()
		e.prove.Reset(0)
		return
	}
	if n.Extra == e.nonce && e.nonce != "" {
		e.nonce = ""
		e.late.Stop()
		e.prove.Reset(proveEvery)
		if !e.hearing {
			e.hearing, e.proved = true, true
			e.hear(News{Hearing: true})
		}
		return
	}
	if program, entry, ok := parseMessage(n.Extra); ok {
		e.hear(News{Program: program, Entry: entry})
	}
}

func (e *ear) deaf() {
	if e.hearing {
		e.hearing = false
		e.hear(News{Hearing: false})
	}
}

// tellItself sends a word that no other process knows. If it could not be sent nothing is proved either way, and it is tried again.
func (e *ear) tellItself(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, proveWithin)
	defer cancel()
	nonce := uuid.NewString()
	err := e.writer.pool.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "ring_bell", array([]string{nonce}))
		return err
	})
	if err != nil {
		e.deaf()
		e.prove.Reset(proveWithin)
		return
	}
	e.nonce = nonce
	e.late.Reset(proveWithin)
}
