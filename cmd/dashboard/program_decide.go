package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

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

type programOverrideCommand struct {
	Program  string `arg:"" help:"Program (slug)."`
	Verdict  string `required:"" enum:"on_track,watch,late,cannot_be_assessed" help:"The verdict: ${enum}."`
	Until    string `required:"" placeholder:"DATE" help:"Its last day; it ends at 24:00 in the program's zone."`
	ByOffice string `required:"" name:"by-office" help:"The office that answers for it."`
	Reason   string `required:"" help:"Why."`
	Deadline string `placeholder:"KEY" help:"The deadline it speaks of. Without it, the binding one, whichever that is."`
	Withdraw bool   `help:"Withdraw it: the rule stands alone again."`
	By       string `required:"" placeholder:"EMAIL" help:"The compliance officer who records it."`
}

// Run records an override. The rule's own verdict stays beside it.
func (p programOverrideCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return recordFor(ctx, s, c, p.Program, p.By, ledger.Draft{
		Kind: ledger.KindOverride, Texts: map[string]string{"reason": p.Reason},
		Body: ledger.Override{Deadline: p.Deadline, Verdict: p.Verdict, By: p.ByOffice, Until: p.Until, Withdrawn: p.Withdraw},
	})
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
