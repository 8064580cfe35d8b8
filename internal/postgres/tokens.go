package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// NewToken is an API token to be issued. Only the hash of its secret is stored.
type NewToken struct {
	Hash        []byte
	ProgramSlug string
	Job         string
	Scopes      []string // report, read
	Milestones  []string // empty: all of the program
	ExpiresAt   time.Time
}

// TokenRow is an issued token without its secret.
type TokenRow struct {
	ID         string         `db:"id" json:"id"`
	Program    string         `db:"program" json:"program"` // slug
	Job        string         `db:"job" json:"job"`
	Scopes     pq.StringArray `db:"scopes" json:"scopes"`
	Milestones pq.StringArray `db:"milestones" json:"milestones"`
	CreatedAt  time.Time      `db:"created_at" json:"created_at"`
	ExpiresAt  time.Time      `db:"expires_at" json:"expires_at"`
	RevokedAt  *time.Time     `db:"revoked_at" json:"revoked_at,omitempty"`
}

// IssueToken stores a token. ErrNotFound: no such program.
func (w *Writer) IssueToken(ctx context.Context, n NewToken) (row TokenRow, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		return t.get(ctx, &row, "insert_token", uuid.NewString(), n.Hash, n.ProgramSlug, n.Job, array(n.Scopes), array(n.Milestones), n.ExpiresAt)
	})
	return row, err
}

// Tokens lists tokens, newest first: of one program, or of all for "".
func (w *Writer) Tokens(ctx context.Context, slug string) (rows []TokenRow, err error) {
	err = w.pool.write(ctx, func(t tx) error { return t.all(ctx, &rows, "tokens", slug) })
	return rows, err
}

// RevokeToken ends a token at once; revoking it again changes nothing. ErrNotFound: none such.
func (w *Writer) RevokeToken(ctx context.Context, id string) error {
	if _, err := uuid.Parse(id); err != nil {
		return ErrNotFound
	}
	return w.pool.write(ctx, func(t tx) error {
		n, err := t.exec(ctx, "revoke_token", id)
		if err == nil && n == 0 {
			return ErrNotFound
		}
		return err
	})
}
