package demo

import (
	"context"
	"errors"
	"fmt"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
)

// Account is a demo account with its password in plain, for the start banner.
type Account struct {
	Email    string
	Password string
	Name     string
	Role     access.Role
	Programs []string // slugs
}

// Accounts lists the demo accounts, one per role. The regulator is no member of one program, so that "another program is not
// found" can be tried; the administrator runs accounts and sees no program.
func Accounts() []Account {
	return []Account{
		{"executive@tenggat.example", "kopi tubruk di teras", "Rani Contoh", access.Executive, slugs()},
		{"regulator@tenggat.example", "lampu biru di dermaga", "Bima Contoh", access.Regulator, []string{Replay, ChipCards, Live}},
		{"engineer@tenggat.example", "kabel merah dan obeng", "Sari Contoh", access.Engineer, slugs()},
		{"compliance@tenggat.example", "stempel basah map hijau", "Dewi Contoh", access.Compliance, slugs()},
		{"admin@tenggat.example", "kunci gudang nomor tujuh", "Agus Contoh", access.Admin, nil},
	}
}

func createAccounts(ctx context.Context, w *postgres.Writer) error {
	hasher := access.NewHasher()
	for _, a := range Accounts() {
		hash, err := hasher.HashPassword(ctx, a.Password)
		if err != nil {
			return fmt.Errorf("demo account %s: %w", a.Email, err)
		}
		_, err = w.CreateAccount(ctx, postgres.Account{Email: a.Email, Name: a.Name, Role: a.Role, PasswordHash: hash, Programs: a.Programs})
		if err != nil && !errors.Is(err, postgres.ErrExists) {
			return fmt.Errorf("demo account %s: %w", a.Email, err)
		}
	}
	return nil
}
