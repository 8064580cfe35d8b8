package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
)

type tokenCommand struct {
	Issue  tokenIssueCommand  `cmd:"" help:"Issue an API token to an integration job. It is shown this once."`
	List   tokenListCommand   `cmd:"" help:"List tokens without their secrets."`
	Revoke tokenRevokeCommand `cmd:"" help:"End a token at once."`
}

type tokenIssueCommand struct {
	Program   string        `arg:"" help:"Program (slug) the token is for."`
	Job       string        `required:"" help:"The integration job's key; its reports appear as job:KEY."`
	Milestone []string      `help:"Milestone the token may report; may be repeated. Without it, all of the program."`
	Scope     []string      `enum:"report,read" default:"report" help:"report, read, or report,read for both (default ${default})."`
	Expires   time.Duration `default:"2160h" help:"How long the token is good, at most 2160h (90 days, the default)."`
}

// Run issues a token.
func (t tokenIssueCommand) Run(ctx context.Context, s *streams, c *settings) error {
	now := time.Now()
	if err := access.ValidateExpiry(now, now.Add(t.Expires)); err != nil {
		return err
	}
	secret := access.NewAPIToken()
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		row, err := store.Writer().IssueToken(ctx, postgres.NewToken{
			Hash: access.HashToken(secret), ProgramSlug: t.Program, Job: t.Job, Scopes: t.Scope, Milestones: t.Milestone, ExpiresAt: now.Add(t.Expires),
		})
		if err != nil {
			return fmt.Errorf("program %s: %w", t.Program, err)
		}
		result := struct {
			postgres.TokenRow
			Token string `json:"token"`
		}{row, secret}
		return s.answer(result, func(w io.Writer) {
			fmt.Fprintf(w, "Token %s for job %s of %s, good until %s.\nShown this once: %s\n", row.ID, row.Job, row.Program, row.ExpiresAt.UTC().Format(time.RFC3339), secret)
		})
	})
}

type tokenListCommand struct {
	Program string `arg:"" optional:"" help:"Program (slug). Without it, all."`
}

// Run lists tokens.
func (t tokenListCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		tokens, err := store.Writer().Tokens(ctx, t.Program)
		if err != nil {
			return err
		}
		return s.answer(map[string]any{"tokens": tokens}, func(w io.Writer) {
			for _, row := range tokens {
				fmt.Fprintf(w, "%s %-20s %-20s %-12s %s %s\n", row.ID, row.Program, row.Job, strings.Join(row.Scopes, ","), strings.Join(row.Milestones, ","), tokenState(row))
			}
		})
	})
}

func tokenState(row postgres.TokenRow) string {
	switch {
	case row.RevokedAt != nil:
		return "revoked"
	case !row.ExpiresAt.After(time.Now()):
		return "expired"
	}
	return "good until " + row.ExpiresAt.UTC().Format(time.DateOnly)
}

type tokenRevokeCommand struct {
	ID string `arg:"" help:"The token's id, as listed."`
}

// Run revokes a token.
func (t tokenRevokeCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		if err := store.Writer().RevokeToken(ctx, t.ID); err != nil {
			return fmt.Errorf("token %s: %w", t.ID, err)
		}
		return s.answer(map[string]any{"id": t.ID, "revoked": true}, func(w io.Writer) { fmt.Fprintf(w, "Revoked %s.\n", t.ID) })
	})
}
