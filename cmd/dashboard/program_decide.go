package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

type programDecideCommand struct {
	Program  string `arg:"" help:"Program (slug)."`
	Proposal string `arg:"" help:"Key of the correction or reopening that waits."`
	Outcome  string `arg:"" enum:"approved,refused,withdrawn" help:"The decision: ${enum}. Whoever made the proposal withdraws it; anybody else approves or refuses."`
	Reason   string `help:"Why; needed to refuse."`
	By       string `required:"" placeholder:"EMAIL" help:"The engineer or compliance officer who decided it."`
}

// Run settles a proposal.
func (p programDecideCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return inProgram(ctx, s, c, p.Program, p.By, access.DecideProposal, func(*postgres.DB, string, string) (ledger.Draft, error) {
		return ledger.Draft{Kind: ledger.KindDecision, Body: ledger.Decision{Proposal: p.Proposal, Outcome: p.Outcome}, Texts: given("reason", p.Reason)}, nil
	})
}

// letterFlags are what every act of a regulator is recorded with.
type letterFlags struct {
	Letter   string `required:"" help:"The letter's number."`
	Date     string `required:"" placeholder:"DATE" help:"The letter's date."`
	Issuer   string `required:"" help:"The office that issued it."`
	Document string `xor:"paper" required:"" help:"Where the letter is: words, or an https link."`
	File     string `type:"existingfile" xor:"paper" required:"" help:"The letter itself: a document."`
	By       string `required:"" placeholder:"EMAIL" help:"The compliance officer who records it."`
}

func (l letterFlags) letter(ctx context.Context, store *postgres.DB, programID string, limit int64) (ledger.Letter, error) {
	p, err := paper(ctx, store, programID, l.Document, l.File, limit)
	return ledger.Letter{LetterNumber: l.Letter, LetterDate: l.Date, Issuer: l.Issuer, Paper: p}, err
}

type programAcceptCommand struct {
	Program   string   `arg:"" help:"Program (slug)."`
	Milestone []string `help:"Milestone that the letter accepts; may be repeated. Without it, the whole program as it stands."`
	letterFlags
}

// Run records an acceptance.
func (p programAcceptCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return inProgram(ctx, s, c, p.Program, p.By, access.RecordAcceptance, func(store *postgres.DB, id, _ string) (ledger.Draft, error) {
		letter, err := p.letter(ctx, store, id, c.uploadLimit())
		return ledger.Draft{Kind: ledger.KindAcceptance, Body: ledger.Acceptance{Key: "acceptance-" + hexID(), Milestones: p.Milestone, Letter: letter}}, err
	})
}

type programSanctionCommand struct {
	Program string `arg:"" help:"Program (slug)."`
	Step    int64  `arg:"" help:"The step's number on the program's ladder."`
	Lift    bool   `help:"The letter lifts the step."`
	letterFlags
}

// Run records a step of the ladder.
func (p programSanctionCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return inProgram(ctx, s, c, p.Program, p.By, access.RecordSanctionStep, func(store *postgres.DB, id, _ string) (ledger.Draft, error) {
		letter, err := p.letter(ctx, store, id, c.uploadLimit())
		return ledger.Draft{Kind: ledger.KindSanctionStep, Body: ledger.SanctionStep{Key: "sanction-" + hexID(), Step: p.Step, Lifted: p.Lift, Letter: letter}}, err
	})
}

type programOverrideCommand struct {
	Program  string `arg:"" help:"Program (slug)."`
	Verdict  string `required:"" enum:"on_track,watch,forecast_late,cannot_be_assessed" help:"The verdict: ${enum}."`
	Until    string `required:"" placeholder:"DATE" help:"Its last day; it ends at 24:00 in the program's zone."`
	ByOffice string `required:"" name:"by-office" help:"The office that answers for it."`
	Reason   string `required:"" help:"Why."`
	Deadline string `placeholder:"KEY" help:"The deadline it speaks of. Without it, the binding one, whichever that is."`
	Withdraw bool   `help:"Withdraw it: the rule stands alone again."`
	By       string `required:"" placeholder:"EMAIL" help:"The compliance officer who records it."`
}

// Run records an override. The rule's own verdict stays beside it.
func (p programOverrideCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return inProgram(ctx, s, c, p.Program, p.By, access.SetDeadline, func(*postgres.DB, string, string) (ledger.Draft, error) {
		return ledger.Draft{
			Kind: ledger.KindOverride, Texts: given("reason", p.Reason),
			Body: ledger.Override{Deadline: p.Deadline, Verdict: p.Verdict, By: p.ByOffice, Until: p.Until, Withdrawn: p.Withdraw},
		}, nil
	})
}

// inProgram records the draft that make gives in a program's ledger, for a person whose role covers the action.
func inProgram(ctx context.Context, s *streams, c *settings, slug, by string, action access.Action, make func(store *postgres.DB, programID, actor string) (ledger.Draft, error)) error {
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		id, actor, err := whereAndWho(ctx, store, slug, by, action)
		if err != nil {
			return err
		}
		draft, err := make(store, id, actor)
		if err != nil {
			return err
		}
		receipts, err := record(ctx, store, id, actor, []ledger.Draft{draft})
		if err != nil {
			return err
		}
		return s.answer(map[string]any{"program": slug, "entry": receipts[0].Entry, "key": draft.Key()}, func(w io.Writer) {
			fmt.Fprintf(w, "Recorded as entry %d of %s: %s %s.\n", receipts[0].Entry, slug, draft.Kind, draft.Key())
		})
	})
}

// whereAndWho finds the program and the person.
func whereAndWho(ctx context.Context, store *postgres.DB, slug, by string, action access.Action) (programID, actor string, err error) {
	if actor, err = personWho(ctx, store, by, action); err != nil {
		return "", "", err
	}
	heads, err := programHeads(ctx, store, slug)
	if err != nil {
		return "", "", err
	}
	return heads[0].ID, actor, nil
}

// personWho is the pseudonym of an account whose role covers the action.
func personWho(ctx context.Context, store *postgres.DB, address string, action access.Action) (string, error) {
	email, err := access.NormalizeEmail(address)
	if err != nil {
		return "", fmt.Errorf("%q is not an e-mail address", address)
	}
	account, err := store.Writer().AccountByEmail(ctx, email)
	if err != nil {
		return "", fmt.Errorf("account %s: %w", email, err)
	}
	if !access.Can(account.Role, action) || account.DisabledAt != nil {
		return "", fmt.Errorf("account %s may not %s", email, action)
	}
	return account.Pseudonym, nil
}

// complianceOfficer is the pseudonym of an account that may say what a program is.
func complianceOfficer(ctx context.Context, store *postgres.DB, address string) (string, error) {
	return personWho(ctx, store, address, access.SetScope)
}

// said makes a draft a person's, now.
func said(actor string, d ledger.Draft) ledger.Draft {
	d.Source, d.Actor, d.EventID, d.ObservedAt = actor, actor, uuid.NewString(), time.Now()
	return d
}

// record appends drafts that a person decided, all or nothing.
func record(ctx context.Context, store *postgres.DB, programID, actor string, drafts []ledger.Draft) ([]ledger.Receipt, error) {
	if len(drafts) == 0 {
		return nil, nil
	}
	for i := range drafts {
		drafts[i] = said(actor, drafts[i])
	}
	return store.Writer().Append(ctx, programID, ledger.Unit{Drafts: drafts})
}
