package postgres

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
)

// Feed is what the secret in a feed's address opens: one program, with the rights of the account that made it.
type Feed struct {
	ID        string
	Pseudonym string
	Role      access.Role
	UsedAt    time.Time // zero: never
	Program   ProgramHead
}

// OpenFeed looks a feed up. ErrNotFound: there is none, it was revoked, its account is disabled or no member any more.
func (r *Reader) OpenFeed(ctx context.Context, secret string) (Feed, error) {
	var row struct {
		ID         string       `db:"feed_id"`
		Pseudonym  string       `db:"pseudonym"`
		Role       access.Role  `db:"role"`
		UsedAt     sql.NullTime `db:"used_at"`
		ProgramID  string       `db:"program_id"`
		Slug       string       `db:"slug"`
		Timezone   string       `db:"timezone"`
		Entry      int64        `db:"entry_no"`
		RecordedAt time.Time    `db:"recorded_at"`
	}
	if err := r.one(ctx, &row, "open_feed", hash(secret)); err != nil {
		return Feed{}, err
	}
	zone, err := loadZone(row.Timezone)
	if err != nil {
		return Feed{}, err
	}
	return Feed{row.ID, row.Pseudonym, row.Role, row.UsedAt.Time, ProgramHead{ID: row.ProgramID, Slug: row.Slug, Zone: zone, Entry: row.Entry, RecordedAt: row.RecordedAt.UTC()}}, nil
}

// News reads the newest entries of some kinds, as known at asOf (zero: now), newest first.
func (r *Reader) News(ctx context.Context, credential, programID string, kinds []ledger.Kind, asOf time.Time, limit int) (records []Record, err error) {
	words := make([]string, len(kinds))
	for i, kind := range kinds {
		words[i] = string(kind)
	}
	err = r.pool.read(ctx, credential, func(t tx) error {
		records, err = readRecords(ctx, t, "news", programID, moment(asOf), array(words), limit)
		return err
	})
	return records, err
}

// FeedRow is a feed without its secret.
type FeedRow struct {
	CreatedAt time.Time  `db:"created_at"`
	UsedAt    *time.Time `db:"used_at"`
}

// FeedOf is the feed that an account has of a program. ErrNotFound: none.
func (w *Writer) FeedOf(ctx context.Context, accountID, programID string) (row FeedRow, err error) {
	err = w.pool.write(ctx, func(t tx) error { return t.get(ctx, &row, "feed_of", accountID, programID) })
	return row, err
}

// ReplaceFeed makes a feed in the place of the account's earlier one, which ends at once. Only the hash of its secret is stored.
func (w *Writer) ReplaceFeed(ctx context.Context, accountID, programID string, hash []byte) error {
	return w.pool.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "replace_feed", uuid.NewString(), hash, accountID, programID)
		return err
	})
}

// RevokeFeeds ends the account's feed of a program; without one it changes nothing.
func (w *Writer) RevokeFeeds(ctx context.Context, accountID, programID string) error {
	return w.pool.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "revoke_feeds", accountID, programID)
		return err
	})
}

// TouchFeed notes that a feed is in use.
func (w *Writer) TouchFeed(ctx context.Context, id string) error {
	return w.pool.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "touch_feed", id)
		return err
	})
}
