package postgres

import (
	"context"
	"database/sql"
	"time"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
)

// Ledger is a program's ledger, whole or as of a moment, in one snapshot of the database: entries, checkpoints and figures agree,
// however much is recorded while it is read.
type Ledger struct {
	Program string // UUID
	Slug    string
	Zone    *time.Location
	Entries int64     // how many there are
	ReadAt  time.Time // by the database's clock; or the moment

	tx     tx
	moment *time.Time // nil: now
}

// LedgerEntry is an entry as it is hashed, and what is kept beside it.
type LedgerEntry struct {
	Number     int64
	RecordedAt time.Time
	Canonical  []byte
	Leaf       ledger.Hash
	Texts      map[string]SaltedText
}

// SaltedText is a free text and the salt its entry's hash was made with.
type SaltedText struct {
	Salt    []byte
	Content string
}

// LedgerCheckpoint is a published checkpoint with the lines of witnesses.
type LedgerCheckpoint struct {
	Origin     string
	Size       int64
	RecordedAt time.Time // of the last entry
	Note       string
}

// Ledger hands the ledger of a program to use, as of a moment; the zero time means now. It is good until use returns. ErrNotFound: the
// credential does not open the program.
func (r *Reader) Ledger(ctx context.Context, credential, programID string, asOf time.Time, use func(*Ledger) error) error {
	return r.pool.read(ctx, credential, func(t tx) error { return useLedger(ctx, t, programID, moment(asOf), use) })
}

// Ledger is Reader.Ledger as of now, for the command line.
func (w *Writer) Ledger(ctx context.Context, programID string, use func(*Ledger) error) error {
	err := w.pool.transaction(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, func(t tx) error {
		return useLedger(ctx, t, programID, nil, use)
	})
	return classify(ctx, err)
}

func useLedger(ctx context.Context, t tx, programID string, at *time.Time, use func(*Ledger) error) error {
	var row struct {
		ID       string    `db:"id"`
		Slug     string    `db:"slug"`
		Timezone string    `db:"timezone"`
		Entries  int64     `db:"entries"`
		ReadAt   time.Time `db:"read_at"`
	}
	if err := t.get(ctx, &row, "ledger_head", programID, at); err != nil {
		return err
	}
	zone, err := loadZone(row.Timezone)
	if err != nil {
		return err
	}
	if at != nil {
		row.ReadAt = *at
	}
	return use(&Ledger{row.ID, row.Slug, zone, row.Entries, row.ReadAt.UTC(), t, at})
}

// ledgerPage is how many entries are read at a time: few enough to be handed on within the time that the database lets
// a transaction stand idle.
const ledgerPage = 1000

// Page reads the entries that follow a number, some at a time; none are left when there are none.
func (l *Ledger) Page(ctx context.Context, after int64) ([]LedgerEntry, error) {
	var rows []struct {
		Entry      int64       `db:"entry_no"`
		RecordedAt time.Time   `db:"recorded_at"`
		Canonical  []byte      `db:"canonical"`
		Leaf       leafHash    `db:"leaf"`
		Texts      storedTexts `db:"texts"`
	}
	if err := l.tx.all(ctx, &rows, "ledger_page", l.Program, l.moment, after, ledgerPage); err != nil {
		return nil, err
	}
	page := make([]LedgerEntry, len(rows))
	for i, r := range rows {
		page[i] = LedgerEntry{r.Entry, r.RecordedAt.UTC(), r.Canonical, ledger.Hash(r.Leaf), nil}
		for field, text := range r.Texts {
			if page[i].Texts == nil {
				page[i].Texts = map[string]SaltedText{}
			}
			page[i].Texts[field] = SaltedText(text)
		}
	}
	return page, nil
}

// Checkpoints reads the checkpoints of more entries than a size, at most limit at a time, the smallest first: those of the newest
// epoch, which are what the ledger goes by.
func (l *Ledger) Checkpoints(ctx context.Context, after, limit int64) ([]LedgerCheckpoint, error) {
	var rows []struct {
		Origin     string    `db:"origin"`
		Size       int64     `db:"tree_size"`
		RecordedAt time.Time `db:"recorded_at"`
		Note       string    `db:"note"`
	}
	if err := l.tx.all(ctx, &rows, "ledger_checkpoints", l.Program, l.moment, after, limit); err != nil {
		return nil, err
	}
	page := make([]LedgerCheckpoint, len(rows))
	for i, r := range rows {
		page[i] = LedgerCheckpoint{r.Origin, r.Size, r.RecordedAt.UTC(), r.Note}
	}
	return page, nil
}

// State is the program as its pages showed it at a moment, without the days that only charts need.
func (l *Ledger) State(ctx context.Context, at time.Time) (fold.State, error) {
	s, err := readProgram(ctx, l.tx, l.Program, at, false)
	return s.State, err
}

// Hashes reads the hashes of the tree.
func (l *Ledger) Hashes(ctx context.Context) ledger.HashReader {
	return hashesWithin(ctx, l.tx, l.Program)
}

// Newest is the checkpoint that the ledger goes by. ErrNotFound: nothing was signed yet.
func (l *Ledger) Newest(ctx context.Context) (LedgerCheckpoint, error) {
	at := time.Time{}
	if l.moment != nil {
		at = *l.moment
	}
	c, err := oneCheckpoint(ctx, l.tx, l.Program, at, 0)
	return LedgerCheckpoint{c.Origin, c.Size, c.RecordedAt, c.Note}, err
}

// Canonical reads the bytes of some entries, in the order of their numbers. Missing ones are left out.
func (l *Ledger) Canonical(ctx context.Context, numbers []int64) (canonical [][]byte, err error) {
	err = l.tx.all(ctx, &canonical, "ledger_canonical", l.Program, array(numbers))
	return canonical, err
}
