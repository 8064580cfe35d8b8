package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

type textCommand struct {
	Erase textEraseCommand `cmd:"" help:"Erase free text that was kept beside an entry, such as a name. The entry, its hash and the tree stay as they are."`
}

type textEraseCommand struct {
	Program string   `arg:"" help:"Program (slug)."`
	Entry   int64    `arg:"" help:"Number of the entry."`
	Field   []string `arg:"" optional:"" help:"Which of its texts: message, reason, title, words, speaker … Without any, all."`
	By      string   `required:"" placeholder:"EMAIL" help:"The compliance officer who decided it."`
}

// Run erases texts and records who did it, in one transaction. What is in older backups is beyond its reach.
func (e textEraseCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		actor, err := complianceOfficer(ctx, store, e.By)
		if err != nil {
			return err
		}
		heads, err := programHeads(ctx, store, e.Program)
		if err != nil {
			return err
		}
		kept, err := store.Writer().KeptTexts(ctx, heads[0].ID, e.Entry)
		if err != nil {
			return err
		}
		fields := slices.Sorted(slices.Values(e.Field))
		if len(fields) == 0 {
			fields = kept
		}
		for _, field := range fields {
			if !slices.Contains(kept, field) {
				return fmt.Errorf("entry %d of %s keeps no text %q; it keeps %s", e.Entry, e.Program, field, fieldList(kept))
			}
		}
		if len(fields) == 0 {
			return fmt.Errorf("entry %d of %s keeps no text", e.Entry, e.Program)
		}
		draft := ledger.Draft{Kind: ledger.KindErasure, Body: ledger.Erasure{Entry: e.Entry, Fields: slices.Compact(fields)}}
		receipts, err := record(ctx, store, heads[0].ID, actor, []ledger.Draft{draft})
		if err != nil {
			return err
		}
		answer := map[string]any{"program": e.Program, "erased_entry": e.Entry, "fields": fields, "entry": receipts[0].Entry}
		return s.answer(answer, func(w io.Writer) {
			fmt.Fprintf(w, "Erased %s of entry %d; entry %d says so. Backups made before still hold it.\n", fieldList(fields), e.Entry, receipts[0].Entry)
		})
	})
}

func fieldList(fields []string) string {
	if len(fields) == 0 {
		return "none"
	}
	return strings.Join(fields, ", ")
}
