package main

import (
	"context"
	"fmt"
	"io"

	"tenggat/internal/postgres"
)

type rebuildCommand struct {
	Check   bool   `help:"Change nothing; fail if anything differs."`
	Program string `arg:"" optional:"" help:"Program (slug). Without it, all."`
}

type rebuilt struct {
	Program     string                `json:"program"`
	Entries     int64                 `json:"entries"`
	Differences []postgres.Difference `json:"differences"`
}

// Run rebuilds or checks projections.
func (r rebuildCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		heads, err := programHeads(ctx, store, r.Program)
		if err != nil {
			return err
		}
		var results []rebuilt
		different := false
		for _, h := range heads {
			d, err := store.Writer().Rebuild(ctx, h.ID, r.Check)
			if err != nil {
				return fmt.Errorf("program %s: %w", h.Slug, err)
			}
			different = different || len(d) > 0
			results = append(results, rebuilt{h.Slug, h.Entry, append([]postgres.Difference{}, d...)})
		}
		err = s.answer(map[string]any{"programs": results}, func(w io.Writer) { printRebuilt(w, results) })
		if err == nil && r.Check && different {
			err = fmt.Errorf("projections differ from their ledgers; \"dashboard rebuild\" derives them anew")
		}
		return err
	})
}

func printRebuilt(w io.Writer, results []rebuilt) {
	for _, r := range results {
		fmt.Fprintf(w, "%s: %d entries, ", r.Program, r.Entries)
		if len(r.Differences) == 0 {
			fmt.Fprintln(w, "no difference")
			continue
		}
		for _, d := range r.Differences {
			fmt.Fprintf(w, "%s has %d rows missing and %d too many; ", d.Table, d.Missing, d.Surplus)
		}
		fmt.Fprintln(w)
	}
}

// programHeads is one program by slug, or all for "".
func programHeads(ctx context.Context, store *postgres.DB, slug string) ([]postgres.ProgramHead, error) {
	heads, err := store.Writer().ProgramHeads(ctx)
	if err != nil || slug == "" {
		return heads, err
	}
	for _, h := range heads {
		if h.Slug == slug {
			return []postgres.ProgramHead{h}, nil
		}
	}
	return nil, fmt.Errorf("program %s: %w", slug, postgres.ErrNotFound)
}
