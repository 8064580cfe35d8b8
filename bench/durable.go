package main

import (
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"sync"
	"time"

	"tenggat/internal/pgserver"
)

// durability is goal W5: whatever is killed in the middle of a load, every report that was acknowledged is in the ledger
// afterwards, exactly once and as it was acknowledged; and a report whose answer was lost can be sent again.
func durability(ctx context.Context, l *lab) ([]result, error) {
	s, err := l.openSite(ctx, "killed")
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.close() }() // what matters was read before
	if err := s.mustBeDurable(ctx); err != nil {
		return nil, err
	}
	p, err := newProgram(ctx, s.store.Writer(), "killed")
	if err != nil {
		return nil, err
	}
	all, err := newSenders(ctx, s, p, writers)
	if err != nil {
		return nil, err
	}
	k := &killings{site: s, program: p, senders: all, acknowledged: map[string]receipt{}}
	for _, victim := range []struct {
		name string
		kill func(*site) error
	}{
		{"server", (*site).killServer}, {"PostgreSQL", (*site).killPostgres}, {"both", (*site).killBoth},
	} {
		l.note("W5: kill -9 of %s during load", victim.name)
		if err := k.once(ctx, l, victim.kill); err != nil {
			return nil, fmt.Errorf("after kill -9 of %s: %w", victim.name, err)
		}
	}
	lost := series{float64(k.lost)}
	return []result{
		{Goal: "W5", What: "acknowledged, then lost or changed by kill -9 (server, PostgreSQL, both)", Unit: fmt.Sprintf("of %d", len(k.acknowledged)), Measured: lost, Limit: atMost(0)},
		{Goal: "W5", What: "unanswered, sent again, not there exactly once", Unit: fmt.Sprintf("of %d", k.resent), Measured: series{float64(k.resentWrong)}, Limit: atMost(0)},
	}, nil
}

// mustBeDurable refuses to speak about durability on a server that does not flush.
func (s *site) mustBeDurable(ctx context.Context) error {
	var fsync, synchronous string
	err := inTransaction(ctx, s.dsn(pgserver.RoleApp), func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT current_setting('fsync'), current_setting('synchronous_commit')`).Scan(&fsync, &synchronous)
	})
	if err == nil && (fsync != "on" || synchronous != "on") {
		err = fmt.Errorf("fsync is %s and synchronous_commit is %s", fsync, synchronous)
	}
	return err
}

// killings counts over several kills of one site, on the same data all along.
type killings struct {
	site    *site
	program program
	senders *senders

	mu           sync.Mutex
	acknowledged map[string]receipt // by event id
	pending      [][]byte           // requests without an answer

	lost, resent, resentWrong int
}

// loadBeforeKill is long enough for many commits to be in flight when the kill comes.
const loadBeforeKill = 1500 * time.Millisecond

func (k *killings) once(ctx context.Context, l *lab, kill func(*site) error) error {
	k.senders.addr = k.site.dash.addr // another port after each start
	var wait sync.WaitGroup
	for i := range writers {
		wait.Go(func() { k.send(ctx, i) })
	}
	time.Sleep(loadBeforeKill)
	err := kill(k.site)
	wait.Wait()
	if err != nil {
		return err
	}
	if err := k.site.start(ctx, l); err != nil {
		return fmt.Errorf("starting again: %w", err)
	}
	if err := k.compare(ctx); err != nil {
		return err
	}
	return k.sendAgain(ctx)
}

// send reports until the connection breaks or the server says that it cannot.
func (k *killings) send(ctx context.Context, i int) {
	c, err := dial(ctx, k.senders.addr)
	if err != nil {
		return
	}
	defer c.close()
	for {
		request := k.senders.single(i)
		a, err := c.do(request)
		if err == nil && a.Status == 201 {
			if got, err := readReceipt(a); err == nil {
				k.mu.Lock()
				k.acknowledged[got.ID] = got
				k.mu.Unlock()
				continue
			}
		}
		k.mu.Lock()
		k.pending = append(k.pending, request)
		k.mu.Unlock()
		return
	}
}

// compare counts what was acknowledged and is not in the ledger as it was acknowledged.
func (k *killings) compare(ctx context.Context) error {
	stored, err := k.stored(ctx)
	if err != nil {
		return err
	}
	k.lost = 0
	for id, got := range k.acknowledged {
		if there := stored[id]; there.times != 1 || there.entry != got.Entry || there.leaf != got.Leaf {
			k.lost++
		}
	}
	return nil
}

type storedReport struct {
	times int
	entry int64
	leaf  string
}

// stored reads the ledger past the program: the table itself.
func (k *killings) stored(ctx context.Context) (map[string]storedReport, error) {
	found := map[string]storedReport{}
	err := k.site.inTransaction(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT event_id, entry_no, substr(tree_hashes, 1, 32) FROM ledger_entries WHERE program_id = $1 AND kind = 'report'", k.program.id)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			var entry int64
			var sum []byte
			if err := rows.Scan(&id, &entry, &sum); err != nil {
				return err
			}
			found[id] = storedReport{found[id].times + 1, entry, base64.StdEncoding.EncodeToString(sum)}
		}
		return rows.Err()
	})
	return found, err
}

// sendAgain sends what got no answer once more, as a job would, and looks that each is there exactly once.
func (k *killings) sendAgain(ctx context.Context) error {
	pending := k.pending
	k.pending = nil
	var receipts []receipt
	for _, request := range pending {
		a, err := once(ctx, k.site.dash.addr, request)
		if err != nil {
			return err
		}
		if err := wants(200, 201)(a); err != nil {
			return err
		}
		got, err := readReceipt(a)
		if err != nil {
			return err
		}
		receipts = append(receipts, got)
	}
	stored, err := k.stored(ctx)
	for _, got := range receipts {
		k.resent++
		k.acknowledged[got.ID] = got
		if there := stored[got.ID]; there.times != 1 || there.entry != got.Entry {
			k.resentWrong++
		}
	}
	return err
}
