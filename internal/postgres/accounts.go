package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tenggat/internal/access"
)

// ErrExists means that the name is taken.
var ErrExists = errors.New("exists already")

// Account is a person's account.
type Account struct {
	ID           string         `db:"id" json:"id"`
	Email        string         `db:"email" json:"email"` // normalised, see access
	Name         string         `db:"name" json:"name"`
	Role         access.Role    `db:"role" json:"role"`
	Pseudonym    string         `db:"pseudonym" json:"pseudonym"`
	PasswordHash string         `db:"password_hash" json:"-"`
	Failures     int            `db:"failures" json:"failures"` // consecutive failed sign-ins
	DisabledAt   *time.Time     `db:"disabled_at" json:"disabled_at,omitempty"`
	CreatedAt    time.Time      `db:"created_at" json:"created_at"`
	Programs     pq.StringArray `db:"programs" json:"programs"` // slugs
}

// Accounts lists all accounts by e-mail address.
func (w *Writer) Accounts(ctx context.Context) (list []Account, err error) {
	err = w.pool.write(ctx, func(t tx) error { return t.all(ctx, &list, "accounts", "") })
	return list, err
}

// AccountByEmail finds an account, disabled ones too. ErrNotFound: none.
func (w *Writer) AccountByEmail(ctx context.Context, email string) (a Account, err error) {
	if email == "" { // to the query it means all
		return Account{}, ErrNotFound
	}
	err = w.pool.write(ctx, func(t tx) error { return t.get(ctx, &a, "accounts", email) })
	return a, err
}

// CreateAccount stores a new account with a new id and pseudonym and makes it a member of a.Programs. ErrExists: the e-mail
// address is taken. ErrNotFound: no such program.
func (w *Writer) CreateAccount(ctx context.Context, a Account) (Account, error) {
	a.ID, a.Pseudonym = uuid.NewString(), access.NewPseudonym()
	err := w.pool.write(ctx, func(t tx) error {
		if _, err := t.exec(ctx, "insert_account", a.ID, a.Email, a.Name, a.Role, a.Pseudonym, a.PasswordHash); err != nil {
			return err
		}
		return setMemberships(ctx, t, a.Email, a.Programs)
	})
	if isUniqueViolation(err) {
		return Account{}, fmt.Errorf("account %s: %w", a.Email, ErrExists)
	}
	return a, err
}

// SetMemberships makes the account a member of exactly these programs.
func (w *Writer) SetMemberships(ctx context.Context, email string, slugs []string) error {
	return w.pool.write(ctx, func(t tx) error { return setMemberships(ctx, t, email, slugs) })
}

func setMemberships(ctx context.Context, t tx, email string, slugs []string) error {
	var missing []string
	if err := t.all(ctx, &missing, "missing_programs", array(slugs)); err != nil {
		return err
	}
	if len(missing) > 0 {
		return fmt.Errorf("program %s: %w", missing[0], ErrNotFound)
	}
	if _, err := t.exec(ctx, "delete_memberships", email, array(slugs)); err != nil {
		return err
	}
	_, err := t.exec(ctx, "insert_memberships", email, array(slugs))
	return err
}

// DisableAccount ends an account: its sessions are over at once and it cannot sign in. ErrNotFound: none such.
func (w *Writer) DisableAccount(ctx context.Context, email string) error {
	return w.pool.write(ctx, func(t tx) error {
		n, err := t.exec(ctx, "disable_account", email)
		if err == nil && n == 0 {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, "delete_sessions_of", email)
		return err
	})
}

// RecordSignIn counts consecutive failures; a success sets the count back.
func (w *Writer) RecordSignIn(ctx context.Context, accountID string, failed bool) error {
	return w.pool.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "record_sign_in", accountID, failed)
		return err
	})
}

// CreateSession stores a session by the hash of its token and sweeps sessions that are over.
func (w *Writer) CreateSession(ctx context.Context, tokenHash []byte, accountID string, idle, absolute time.Duration) error {
	return w.pool.write(ctx, func(t tx) error {
		if _, err := t.exec(ctx, "sweep_sessions"); err != nil {
			return err
		}
		_, err := t.exec(ctx, "insert_session", tokenHash, accountID, idle.Seconds(), absolute.Seconds())
		return err
	})
}

// TouchSession notes that a session was used, so that it stays open for idle from now.
func (w *Writer) TouchSession(ctx context.Context, tokenHash []byte, idle time.Duration) error {
	return w.pool.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "touch_session", tokenHash, idle.Seconds())
		return err
	})
}

// EndSession deletes a session. Ending one that is over already is no error.
func (w *Writer) EndSession(ctx context.Context, tokenHash []byte) error {
	return w.pool.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "delete_session", tokenHash)
		return err
	})
}
