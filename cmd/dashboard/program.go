package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/google/uuid"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

type programCommand struct {
	List   programListCommand   `cmd:"" help:"List programs and how far their ledgers have come."`
	Apply  programApplyCommand  `cmd:"" help:"Define a program, or change its definition, from a JSON file (docs/program-file.md). Only what differs is recorded."`
	Show   programShowCommand   `cmd:"" help:"Show a program's figures."`
	Review programReviewCommand `cmd:"" help:"Record a compliance officer's judgement of a milestone's evidence."`
	Accept programAcceptCommand `cmd:"" help:"Record the regulator's letter that accepts milestones, or the whole program."`
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

type programApplyCommand struct {
	File string `arg:"" help:"The JSON file, or - for standard input."`
	By   string `required:"" placeholder:"EMAIL" help:"The compliance officer who decided it."`
}

// definition is a program file: who it is and everything that defines it.
type definition struct {
	Slug       string             `json:"slug"`
	Program    ledger.Program     `json:"program"`
	Areas      []ledger.Area      `json:"areas"`
	Milestones []ledger.Milestone `json:"milestones"`
	Weights    *ledger.Weights    `json:"weights"`
	Deadlines  []ledger.Deadline  `json:"deadlines"`
	Jobs       []ledger.Job       `json:"jobs"`
}

// facts are the definition's parts in an order in which each refers only to what stands before it.
func (d definition) facts() []ledger.Draft {
	drafts := []ledger.Draft{{Kind: ledger.KindProgram, Body: d.Program}}
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
	if def.Slug == "" {
		return def, errors.New("program file: slug is missing")
	}
	return def, nil
}

// complianceOfficer is the pseudonym of an account that may decide such things.
func complianceOfficer(ctx context.Context, store *postgres.DB, address string) (string, error) {
	email, err := access.NormalizeEmail(address)
	if err != nil {
		return "", fmt.Errorf("%q is not an e-mail address", address)
	}
	account, err := store.Writer().AccountByEmail(ctx, email)
	if err != nil {
		return "", fmt.Errorf("account %s: %w", email, err)
	}
	if account.Role != access.Compliance || account.DisabledAt != nil {
		return "", fmt.Errorf("account %s is not a compliance officer's", email)
	}
	return account.Pseudonym, nil
}

// record appends drafts that a person decided, all or nothing.
func record(ctx context.Context, store *postgres.DB, programID, actor string, drafts []ledger.Draft) ([]ledger.Receipt, error) {
	if len(drafts) == 0 {
		return nil, nil
	}
	for i := range drafts {
		drafts[i].Source, drafts[i].Actor, drafts[i].EventID, drafts[i].ObservedAt = actor, actor, uuid.NewString(), time.Now()
	}
	return store.Writer().Append(ctx, programID, ledger.Unit{Drafts: drafts})
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

type programReviewCommand struct {
	Program    string `arg:"" help:"Program (slug)."`
	Milestone  string `arg:"" help:"Milestone key."`
	Done       int64  `required:"" help:"How much of the milestone's count the evidence supports."`
	Evidence   string `required:"" help:"The evidence: an https link, or the SHA-256 of a file."`
	ObservedOn string `required:"" name:"observed-on" placeholder:"DATE" help:"The evidence's own date."`
	Refuse     bool   `help:"The evidence is refused."`
	Reason     string `help:"Why; needed with --refuse."`
	By         string `required:"" placeholder:"EMAIL" help:"The compliance officer who judged it."`
}

// Run records a review.
func (p programReviewCommand) Run(ctx context.Context, s *streams, c *settings) error {
	if p.Refuse && p.Reason == "" {
		return &usageError{errors.New("--refuse needs --reason")}
	}
	draft := ledger.Draft{Kind: ledger.KindReview, Body: ledger.Review{
		Milestone: p.Milestone, Accepted: !p.Refuse, Done: p.Done, Evidence: p.Evidence, ObservedOn: p.ObservedOn,
	}}
	if p.Reason != "" {
		draft.Texts = map[string]string{"reason": p.Reason}
	}
	return recordFor(ctx, s, c, p.Program, p.By, draft)
}

type programAcceptCommand struct {
	Program   string   `arg:"" help:"Program (slug)."`
	Letter    string   `required:"" help:"The letter's number."`
	Date      string   `required:"" placeholder:"DATE" help:"The letter's date."`
	Issuer    string   `required:"" help:"The office that issued it."`
	Document  string   `required:"" help:"The document: an https link, or the SHA-256 of a file."`
	Milestone []string `help:"Milestone that the letter accepts; may be repeated. Without it, the whole program."`
	By        string   `required:"" placeholder:"EMAIL" help:"The compliance officer who records it."`
}

// Run records an acceptance.
func (p programAcceptCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return recordFor(ctx, s, c, p.Program, p.By, ledger.Draft{Kind: ledger.KindAcceptance, Body: ledger.Acceptance{
		Key: p.Letter, Milestones: p.Milestone, LetterNumber: p.Letter, LetterDate: p.Date, Issuer: p.Issuer, Document: p.Document,
	}})
}

// recordFor records one draft in a program's ledger for a compliance officer.
func recordFor(ctx context.Context, s *streams, c *settings, slug, by string, draft ledger.Draft) error {
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		actor, err := complianceOfficer(ctx, store, by)
		if err != nil {
			return err
		}
		heads, err := programHeads(ctx, store, slug)
		if err != nil {
			return err
		}
		receipts, err := record(ctx, store, heads[0].ID, actor, []ledger.Draft{draft})
		if err != nil {
			return err
		}
		return s.answer(map[string]any{"program": slug, "entry": receipts[0].Entry}, func(w io.Writer) {
			fmt.Fprintf(w, "Recorded as entry %d of %s.\n", receipts[0].Entry, slug)
		})
	})
}
