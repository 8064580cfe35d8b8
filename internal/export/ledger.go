// Package export writes what outsiders take away to check: a program's whole ledger, or one headline with its proof. What it writes is
// read by internal/verify, and docs/verify.md describes it.
package export

import (
	"context"
	"io"

	"tenggat/internal/bundle"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

// Ledger writes a whole ledger, entry by entry: it holds a page of it at a time. keys are the verifier keys of its log, as far as they
// are known here. An error may leave part of the file written; the part has no end, so that nobody takes it for the whole.
func Ledger(ctx context.Context, out io.Writer, l *postgres.Ledger, keys []string) error {
	x := &ledgerExport{ledger: l}
	if err := x.fill(ctx); err != nil {
		return err
	}
	w, err := bundle.NewWriter(out, bundle.Header{
		Program: l.Program, Slug: l.Slug, Timezone: l.Zone.String(), Origin: x.origin(), Keys: keys, Entries: l.Entries, ExportedAt: bundle.FormatTime(l.ReadAt),
	})
	if err != nil {
		return err
	}
	x.out = w
	if err := x.entries(ctx); err != nil {
		return err
	}
	for len(x.ahead) > 0 { // of more entries than there are: that is for the verifier to say
		if err := x.checkpoint(ctx); err != nil {
			return err
		}
	}
	return w.Close()
}

// ledgerExport goes through entries and checkpoints side by side.
type ledgerExport struct {
	ledger *postgres.Ledger
	out    *bundle.Writer
	ahead  []postgres.LedgerCheckpoint // those that come next, while there are any at least two, or the last one
	last   int64                       // size of the last of them
	all    bool                        // there are none behind them
}

func (x *ledgerExport) origin() string {
	if len(x.ahead) == 0 {
		return ""
	}
	return x.ahead[0].Origin
}

func (x *ledgerExport) entries(ctx context.Context) error {
	for last := int64(0); ; {
		page, err := x.ledger.Page(ctx, last)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, e := range page {
			for len(x.ahead) > 0 && x.ahead[0].Size < e.Number { // the entries it covers are written
				if err := x.checkpoint(ctx); err != nil {
					return err
				}
			}
			if err := x.out.Entry(bundle.Entry{Canonical: string(e.Canonical), Leaf: e.Leaf.String(), Texts: texts(e.Texts)}); err != nil {
				return err
			}
			last = e.Number
		}
	}
}

func texts(kept map[string]postgres.SaltedText) map[string]bundle.Text {
	if len(kept) == 0 {
		return nil
	}
	out := make(map[string]bundle.Text, len(kept))
	for field, t := range kept {
		out[field] = bundle.Text{Salt: t.Salt, Text: t.Content}
	}
	return out
}

// checkpoint writes the next one: with figures, if it is the last of its day.
func (x *ledgerExport) checkpoint(ctx context.Context) error {
	next := x.ahead[0]
	x.ahead = x.ahead[1:]
	if err := x.fill(ctx); err != nil {
		return err
	}
	line := bundle.Checkpoint{Note: next.Note}
	day := metrics.DayOf(next.RecordedAt, x.ledger.Zone)
	if len(x.ahead) == 0 || metrics.DayOf(x.ahead[0].RecordedAt, x.ledger.Zone) != day {
		state, err := x.ledger.State(ctx, next.RecordedAt)
		if err != nil {
			return err
		}
		f := bundle.NewFigures(state.Program, metrics.Assess(state.Program, state.History, next.RecordedAt))
		line.Figures = &f
	}
	return x.out.Checkpoint(line)
}

// checkpointPage is how many checkpoints are read at a time.
const checkpointPage = 1000

// fill reads on, so that it is known of the next checkpoint what follows it.
func (x *ledgerExport) fill(ctx context.Context) error {
	if len(x.ahead) > 1 || x.all {
		return nil
	}
	page, err := x.ledger.Checkpoints(ctx, x.last, checkpointPage)
	if err != nil {
		return err
	}
	x.ahead, x.all = append(x.ahead, page...), len(page) == 0
	if n := len(x.ahead); n > 0 {
		x.last = x.ahead[n-1].Size
	}
	return nil
}
