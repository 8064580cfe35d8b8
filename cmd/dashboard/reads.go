package main

import (
	"context"
	"fmt"
	"io"

	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

type readsCommand struct {
	Purge readsPurgeCommand `cmd:"" help:"Delete what is noted of reads before a day. No entry of a ledger is touched."`
}

type readsPurgeCommand struct {
	Before string `required:"" placeholder:"DATE" help:"The first day that is kept, such as 2026-01-01, in each program's zone."`
}

// Run deletes old reads of all programs.
func (p readsPurgeCommand) Run(ctx context.Context, s *streams, c *settings) error {
	day, err := metrics.ParseDay(p.Before)
	if err != nil {
		return fmt.Errorf("--before %s: a date such as 2026-01-01 is needed", p.Before)
	}
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		deleted, err := store.Writer().PurgeReads(ctx, day)
		if err != nil {
			return err
		}
		return s.answer(map[string]any{"before": day.String(), "deleted": deleted}, func(w io.Writer) {
			fmt.Fprintf(w, "Deleted %d lines of reads from before %s.\n", deleted, day)
		})
	})
}
