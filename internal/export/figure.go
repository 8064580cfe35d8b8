package export

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tenggat/internal/bundle"
	"tenggat/internal/fold"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

// ErrNotSigned means that no checkpoint covers what was asked for yet. One is signed within minutes.
var ErrNotSigned = errors.New("no checkpoint covers it yet")

// Figure is a program's headline with the proof that the entries it rests on are in the ledger: as of a moment or, for the zero time,
// of the newest checkpoint. As of a moment it is the smallest checkpoint that covers it, so that the proof is the same for ever after.
// ErrNotSigned: there is none yet.
func Figure(ctx context.Context, l *postgres.Ledger, at time.Time) (bundle.Figure, error) {
	signed, state, err := signedState(ctx, l, at)
	if errors.Is(err, postgres.ErrNotFound) {
		return bundle.Figure{}, ErrNotSigned
	}
	if err != nil {
		return bundle.Figure{}, err
	}
	if at.IsZero() {
		at = signed.RecordedAt
	}
	f := bundle.Figure{
		Program: l.Program, Slug: l.Slug, Timezone: l.Zone.String(), AsOf: bundle.FormatTime(at), Entry: state.Entry,
		Sum: bundle.NewSum(state.Program, metrics.Assess(state.Program, state.History, at)), Checkpoint: signed.Note, Entries: []bundle.Proved{},
	}
	err = prove(ctx, l, &f, signed.Size)
	return f, err
}

// signedState is what was known at a moment and the checkpoint that covers it.
func signedState(ctx context.Context, l *postgres.Ledger, at time.Time) (c postgres.LedgerCheckpoint, state fold.State, err error) {
	if at.IsZero() {
		if c, err = l.Newest(ctx); err == nil {
			state, err = l.State(ctx, c.RecordedAt)
		}
		return c, state, err
	}
	if state, err = l.State(ctx, at); err != nil {
		return c, state, err
	}
	covering, err := l.Checkpoints(ctx, max(0, state.Entry-1), 1)
	if err == nil && len(covering) == 0 {
		err = ErrNotSigned
	}
	if err != nil {
		return c, state, err
	}
	return covering[0], state, nil
}

// prove adds the entries that a figure rests on and the way from each to the root.
func prove(ctx context.Context, l *postgres.Ledger, f *bundle.Figure, size int64) error {
	hashes := l.Hashes(ctx)
	numbers := f.RestsOn()
	entries, err := l.Canonical(ctx, numbers)
	if err != nil {
		return err
	}
	if len(entries) != len(numbers) {
		return fmt.Errorf("%d of the %d entries that the figure rests on are missing", len(numbers)-len(entries), len(numbers))
	}
	for i, number := range numbers {
		way, err := hashes.Inclusion(number, size)
		if err != nil {
			return err
		}
		proved := bundle.Proved{Canonical: string(entries[i]), Inclusion: make([]string, len(way))}
		for k, h := range way {
			proved.Inclusion[k] = h.String()
		}
		f.Entries = append(f.Entries, proved)
	}
	return nil
}
