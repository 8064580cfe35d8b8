package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
)

type userProgramsCommand struct {
	Email   string   `arg:"" help:"E-mail address of the account."`
	Program []string `help:"Program (slug) to see; may be repeated. All others are taken away; without it, every one."`
}

// Run sets which programs an account sees, from its next request on.
func (u userProgramsCommand) Run(ctx context.Context, s *streams, c *settings) error {
	email, err := access.NormalizeEmail(u.Email)
	if err != nil {
		return fmt.Errorf("%q is not an e-mail address", u.Email)
	}
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		if _, err := store.Writer().AccountByEmail(ctx, email); err != nil {
			return fmt.Errorf("account %s: %w", email, err)
		}
		if err := store.Writer().SetMemberships(ctx, email, u.Program); err != nil {
			return err
		}
		programs := append([]string{}, u.Program...)
		return s.answer(map[string]any{"email": email, "programs": programs}, func(w io.Writer) {
			fmt.Fprintf(w, "%s sees: %s\n", email, strings.Join(programs, ", "))
		})
	})
}
