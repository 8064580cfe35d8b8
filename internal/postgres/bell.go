package postgres

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"
)

// channel is what processes on one database tell each other on. A message is a program's id and its last entry.
const channel = "tenggat_ledgers"

// bell tells every process on the database that ledgers moved, after they have: NOTIFY inside the append would make all
// programs' commits wait for one lock of the whole database, each until the one before is on disk. So it rings in a transaction
// of its own, at most once in ringEvery however much is appended. A ring that is lost costs a page some seconds, not its truth:
// listeners look at the heads by themselves too.
type bell struct {
	pool   *pool
	logger *slog.Logger

	mu      sync.Mutex
	moved   map[string]int64 // programs that nobody has been told of, and their last entry
	ringing bool
	hurry   chan struct{} // closed: the last ones are told without a pause
	closing sync.Once     // of hurry
	done    sync.Cond     // of mu: when ringing has become false
}

const (
	ringEvery   = 100 * time.Millisecond
	ringTimeout = 5 * time.Second
)

func newBell(p *pool, logger *slog.Logger) *bell {
	b := &bell{pool: p, logger: logger, moved: map[string]int64{}, hurry: make(chan struct{})}
	b.done.L = &b.mu
	return b
}

// ring says that a ledger has come to an entry. It returns at once.
func (b *bell) ring(program string, entry int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.moved[program] = max(entry, b.moved[program])
	if !b.ringing {
		b.ringing = true
		go b.run()
	}
}

// run tells what there is to tell, first at once and then in intervals, until there is nothing more.
func (b *bell) run() {
	for {
		messages := b.take()
		if messages == nil {
			return
		}
		b.tell(messages)
		select {
		case <-time.After(ringEvery):
		case <-b.hurry:
		}
	}
}

func (b *bell) take() (messages []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for program, entry := range b.moved {
		messages = append(messages, message(program, entry))
	}
	clear(b.moved)
	if messages == nil {
		b.ringing = false
		b.done.Broadcast()
	}
	return messages
}

func (b *bell) tell(messages []string) {
	ctx, cancel := context.WithTimeout(context.Background(), ringTimeout)
	defer cancel()
	err := b.pool.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "ring_bell", array(messages))
		return err
	})
	if err != nil {
		b.logger.Warn("other processes were not told that ledgers moved; they will see it a little later", "error", err)
	}
}

// rest waits until everything is told. Nothing is appended any more when it is called.
func (b *bell) rest() {
	b.closing.Do(func() { close(b.hurry) })
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.ringing {
		b.done.Wait()
	}
}

func message(program string, entry int64) string { return program + " " + strconv.FormatInt(entry, 10) }

// parseMessage reads what another process told. ok is false for anything else that somebody sent on the channel.
func parseMessage(text string) (program string, entry int64, ok bool) {
	program, number, found := strings.Cut(text, " ")
	entry, err := strconv.ParseInt(number, 10, 64)
	return program, entry, found && err == nil
}
