package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

type programApplyCommand struct {
	File string `arg:"" help:"The JSON file, or - for standard input."`
	By   string `required:"" placeholder:"EMAIL" help:"The compliance officer who decided it."`
}

// definition is a program file: who it is and everything that defines it.
type definition struct {
	Slug       string             `json:"slug"`
	Program    ledger.Program     `json:"program"`
	Duties     []ledger.Duty      `json:"duties"`
	Ladder     *ledger.Ladder     `json:"sanctions_ladder"`
	Areas      []ledger.Area      `json:"areas"`
	Milestones []ledger.Milestone `json:"milestones"`
	Weights    *ledger.Weights    `json:"weights"`
	Deadlines  []ledger.Deadline  `json:"deadlines"`
	Jobs       []ledger.Job       `json:"jobs"`
}

// facts are the definition's parts in an order in which each refers only to what stands before it.
func (d definition) facts() []ledger.Draft {
	drafts := []ledger.Draft{{Kind: ledger.KindProgram, Body: d.Program}}
	for _, x := range d.Duties {
		drafts = append(drafts, ledger.Draft{Kind: ledger.KindDuty, Body: x})
	}
	if d.Ladder != nil {
		drafts = append(drafts, ledger.Draft{Kind: ledger.KindLadder, Body: *d.Ladder})
	}
	for _, a := range d.Areas {
		drafts = append(drafts, ledger.Draft{Kind: ledger.KindArea, Body: a})
	}
	for _, m := range d.Milestones {
		drafts = append(drafts, ledger.Draft{Kind: ledger.KindMilestone, Body: m})
	}
	if d.Weights != nil {
		drafts = append(drafts, ledger.Draft{Kind: ledger.KindWeights, Body: *d.Weights})
	}
	for _, x := range d.Deadlines {
		drafts = append(drafts, ledger.Draft{Kind: ledger.KindDeadline, Body: x})
	}
	for _, j := range d.Jobs {
		drafts = append(drafts, ledger.Draft{Kind: ledger.KindJob, Body: j})
	}
	return drafts
}

// Run records what a program file changes.
func (p programApplyCommand) Run(ctx context.Context, s *streams, c *settings) error {
	def, err := readDefinition(p.File, s.in)
	if err != nil {
		return err
	}
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		actor, err := complianceOfficer(ctx, store, p.By)
		if err != nil {
			return err
		}
		id, err := store.Writer().CreateProgram(ctx, def.Slug, def.Program.Timezone)
		if errors.Is(err, postgres.ErrExists) {
			var heads []postgres.ProgramHead
			if heads, err = programHeads(ctx, store, def.Slug); err == nil {
				id = heads[0].ID
			}
		}
		if err != nil {
			return err
		}
		changed, err := store.Writer().Changed(ctx, id, def.facts())
		if err != nil {
			return err
		}
		receipts, err := record(ctx, store, id, actor, changed)
		if err != nil {
			return err
		}
		return s.answer(map[string]any{"program": def.Slug, "id": id, "recorded": len(receipts)}, func(w io.Writer) {
			fmt.Fprintf(w, "%s: %d facts recorded.\n", def.Slug, len(receipts))
		})
	})
}

func readDefinition(path string, stdin io.Reader) (definition, error) {
	var def definition
	r := stdin
	if path != "-" {
		file, err := os.Open(path) //nolint:gosec // the file that the person running the command named
		if err != nil {
			return def, err
		}
		defer func() { _ = file.Close() }()
		r = file
	}
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&def); err != nil {
		return def, fmt.Errorf("program file: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return def, errors.New("program file: there is more than one JSON value in it")
	}
	if def.Slug == "" {
		return def, errors.New("program file: slug is missing")
	}
	return def, nil
}
