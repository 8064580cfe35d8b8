package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

type programCommand struct {
	List  programListCommand  `cmd:"" help:"List programs and how far their ledgers have come."`
	Apply programApplyCommand `cmd:"" help:"Define a program, or change its definition, from a JSON file (docs/program-file.md). Only what differs is recorded."`
	Show  programShowCommand  `cmd:"" help:"Show a program's figures."`

	Evidence programEvidenceCommand `cmd:"" help:"Add a document or a link that supports a milestone."`
	Review   programReviewCommand   `cmd:"" help:"Record a compliance officer's judgement of a piece of evidence."`
	Erase    programEraseCommand    `cmd:"" help:"Erase a stored document's content; its SHA-256 stays."`
	Decide   programDecideCommand   `cmd:"" help:"Approve, refuse or withdraw a correction or reopening that waits for a second person."`
	Accept   programAcceptCommand   `cmd:"" help:"Record the regulator's letter that accepts milestones, or the whole program."`
	Sanction programSanctionCommand `cmd:"" help:"Record a step of the sanctions ladder that the regulator took or lifted."`
	Audit    programAuditCommand    `cmd:"" help:"Plan audits after the end, and record system changes and results."`
	Override programOverrideCommand `cmd:"" help:"Set a person's verdict beside the rule's for a time, or withdraw it."`
}

type programListCommand struct{}

// Run lists programs.
func (programListCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		heads, err := store.Writer().ProgramHeads(ctx)
		if err != nil {
			return err
		}
		type row struct {
			Slug       string    `json:"slug"`
			ID         string    `json:"id"`
			Timezone   string    `json:"timezone"`
			Entries    int64     `json:"entries"`
			RecordedAt time.Time `json:"recorded_at,omitzero"`
		}
		rows := []row{}
		for _, h := range heads {
			rows = append(rows, row{h.Slug, h.ID, h.Zone.String(), h.Entry, h.RecordedAt})
		}
		return s.answer(map[string]any{"programs": rows}, func(w io.Writer) {
			for _, r := range rows {
				fmt.Fprintf(w, "%-24s %8d entries  %s\n", r.Slug, r.Entries, r.Timezone)
			}
		})
	})
}

type programShowCommand struct {
	Program string `arg:"" help:"Program (slug)."`
	AsOf    string `name:"as-of" placeholder:"DATE" help:"Show it as known at the end of this day in the program's zone."`
}

// Run shows figures.
func (p programShowCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		heads, err := programHeads(ctx, store, p.Program)
		if err != nil {
			return err
		}
		at, asOf := time.Now(), time.Time{}
		if p.AsOf != "" {
			day, err := metrics.ParseDay(p.AsOf)
			if err != nil {
				return err
			}
			asOf = day.End(heads[0].Zone).Add(-time.Microsecond)
			at = asOf
		}
		state, err := store.Writer().ProgramState(ctx, heads[0].ID, asOf)
		if err != nil {
			return err
		}
		a := metrics.Assess(state.Program, state.History, at)
		result := map[string]any{
			"program": p.Program, "as_of": at, "entry": state.Entry, "state": a.State, "verdict": a.Judgement.Verdict,
			"reported_basis_points": a.Reported, "verified_basis_points": a.Verified, "accepted_basis_points": a.Accepted, "outstanding_basis_points": a.Outstanding,
		}
		return s.answer(result, func(w io.Writer) {
			fmt.Fprintf(w, "%s as of %s, entry %d: %s\nreported %s, verified %s, accepted %s, outstanding %s points of the whole\n", p.Program,
				at.In(state.Zone).Format(time.DateTime+" MST"), state.Entry, a.Judgement.Verdict, points(a.Reported), points(a.Verified), points(a.Accepted), points(a.Outstanding))
		})
	})
}

func points(bp metrics.BasisPoints) string { return fmt.Sprintf("%d.%02d", bp/100, bp%100) }
