package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"tenggat/internal/bundle"
	"tenggat/internal/export"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

type exportCommand struct {
	Program string `arg:"" help:"Program (slug)."`
	Figure  bool   `help:"Write one headline with its proof instead of the whole ledger."`
	AsOf    string `name:"as-of" placeholder:"DATE" help:"With --figure: the headline as known at the end of this day in the program's zone, instead of as of the newest checkpoint."`
	Out     string `short:"o" type:"path" placeholder:"FILE" help:"Write to this file, which must not be there yet; without it, to standard output."`
}

// Run writes a program's ledger, or one headline, for "dashboard verify".
func (e exportCommand) Run(ctx context.Context, s *streams, c *settings) error {
	if e.AsOf != "" && !e.Figure {
		return &usageError{errors.New("--as-of is for --figure: a ledger is exported whole")}
	}
	return withStore(ctx, s, c, func(store *postgres.DB) (err error) {
		heads, err := programHeads(ctx, store, e.Program)
		if err != nil {
			return err
		}
		keys, err := knownKeys(ctx, s, c, store, heads[0].ID)
		if err != nil {
			return err
		}
		out := s.out
		if e.Out != "" {
			file, err := os.OpenFile(e.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
			if err != nil {
				return err
			}
			out = file
			defer func() { err = errors.Join(err, file.Close()) }()
		}
		w := bufio.NewWriterSize(out, 64<<10)
		if err := store.Writer().Ledger(ctx, heads[0].ID, func(l *postgres.Ledger) error { return e.write(ctx, w, l, keys) }); err != nil {
			return err
		}
		return w.Flush()
	})
}

func (e exportCommand) write(ctx context.Context, w *bufio.Writer, l *postgres.Ledger, keys []string) error {
	if !e.Figure {
		return export.Ledger(ctx, w, l, keys)
	}
	at := time.Time{}
	if e.AsOf != "" {
		day, err := metrics.ParseDay(e.AsOf)
		if err != nil {
			return err
		}
		at = day.End(l.Zone).Add(-time.Microsecond)
	}
	f, err := export.Figure(ctx, l, at)
	if errors.Is(err, export.ErrNotSigned) {
		return fmt.Errorf("%w: \"dashboard checkpoint sign %s\" signs one now", err, l.Slug)
	}
	if err != nil {
		return err
	}
	return bundle.WriteFigure(w, f)
}

// knownKeys are a program's verifier keys where this process has the signing key, and none where it has not.
func knownKeys(ctx context.Context, s *streams, c *settings, store *postgres.DB, programID string) (keys []string, err error) {
	if c.keyDir() == "" {
		return nil, nil
	}
	logger, err := c.logger(s.err)
	if err != nil {
		return nil, err
	}
	signs, err := openSigner(ctx, c, store, logger)
	if err != nil {
		return nil, err
	}
	public, err := signs.PublicKeys(programID)
	for _, k := range public {
		keys = append(keys, k.Verifier)
	}
	return keys, err
}
