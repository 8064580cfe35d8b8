package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
)

type userCommand struct {
	Add      userAddCommand      `cmd:"" help:"Add an account. Without --password-stdin a password is made up and printed once."`
	List     userListCommand     `cmd:"" help:"List accounts."`
	Programs userProgramsCommand `cmd:"" help:"Set which programs an account sees."`
	Disable  userDisableCommand  `cmd:"" help:"End an account: its sessions are over at once."`
}

type userAddCommand struct {
	Email         string   `arg:"" help:"E-mail address to sign in with."`
	Name          string   `required:"" help:"The person's name, shown to administrators only."`
	Role          string   `required:"" enum:"executive,regulator,engineer,compliance,admin" help:"executive, regulator, engineer, compliance or admin."`
	Program       []string `help:"Program (slug) to see; may be repeated."`
	PasswordStdin bool     `help:"Read the password from the first line of standard input."`
}

// Run adds an account.
func (u userAddCommand) Run(ctx context.Context, s *streams, c *settings) error {
	email, err := access.NormalizeEmail(u.Email)
	if err != nil {
		return fmt.Errorf("%q is not an e-mail address", u.Email)
	}
	password := rand.Text()
	if u.PasswordStdin {
		if password, err = firstLine(s.in); err != nil {
			return err
		}
	}
	hash, err := access.NewHasher().HashPassword(ctx, password)
	if err != nil {
		return err
	}
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		account, err := store.Writer().CreateAccount(ctx, postgres.Account{
			Email: email, Name: u.Name, Role: access.Role(u.Role), PasswordHash: hash, Programs: u.Program,
		})
		if err != nil {
			return err
		}
		result := map[string]any{"id": account.ID, "email": account.Email, "role": account.Role, "programs": account.Programs}
		if !u.PasswordStdin {
			result["password"] = password
		}
		return s.answer(result, func(w io.Writer) {
			fmt.Fprintf(w, "Added %s (%s).\n", account.Email, account.Role)
			if !u.PasswordStdin {
				fmt.Fprintf(w, "Password, shown this once: %s\n", password)
			}
		})
	})
}

func firstLine(r io.Reader) (string, error) {
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

type userListCommand struct{}

// Run lists accounts.
func (userListCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		accounts, err := store.Writer().Accounts(ctx)
		if err != nil {
			return err
		}
		return s.answer(map[string]any{"accounts": accounts}, func(w io.Writer) {
			for _, a := range accounts {
				note := ""
				if a.DisabledAt != nil {
					note = " (disabled)"
				}
				fmt.Fprintf(w, "%-36s %-11s %s%s\n", a.Email, a.Role, strings.Join(a.Programs, ", "), note)
			}
		})
	})
}

type userDisableCommand struct {
	Email string `arg:"" help:"E-mail address of the account."`
}

// Run disables an account.
func (u userDisableCommand) Run(ctx context.Context, s *streams, c *settings) error {
	email, err := access.NormalizeEmail(u.Email)
	if err != nil {
		return fmt.Errorf("%q is not an e-mail address", u.Email)
	}
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		if err := store.Writer().DisableAccount(ctx, email); err != nil {
			return fmt.Errorf("account %s: %w", email, err)
		}
		return s.answer(map[string]any{"email": email, "disabled": true}, func(w io.Writer) { fmt.Fprintf(w, "Disabled %s.\n", email) })
	})
}
