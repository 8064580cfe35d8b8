package postgres

import (
	"context"
	"fmt"
	"time"

	"tenggat/internal/ledger"
)

// Checkpoint is a signed head of a program's tree, as it was published.
type Checkpoint struct {
	ledger.Checkpoint
	Epoch      int64     // of the origin
	RecordedAt time.Time // of its last entry
	SignedAt   time.Time // by the database's clock
	Reason     SigningReason
	Note       string // the C2SP signed note, with the lines of witnesses
}

// SigningReason says why a checkpoint was signed.
type SigningReason string

// The reasons for signing.
const (
	SignedInterval SigningReason = "interval" // new entries, and some minutes have passed
	SignedDayEnd   SigningReason = "day_end"  // a day ended in the program's zone
	SignedRequest  SigningReason = "request"  // somebody asked
	SignedReport   SigningReason = "report"   // a report was frozen
	SignedStop     SigningReason = "stop"     // the program stopped
	SignedEpoch    SigningReason = "epoch"    // a new epoch began
)

// TreeHead is how far a program's tree has come.
type TreeHead struct {
	Edge       ledger.Edge
	RecordedAt time.Time
	DayEnd     int64 // the last entry recorded before today in the program's zone; 0: none
}

// TreeHead reads the head of a program's tree. ErrNotFound: no such program. ErrDamaged: it is no head of a tree.
func (w *Writer) TreeHead(ctx context.Context, programID string) (head TreeHead, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		var row struct {
			Entry      int64     `db:"entry_no"`
			RecordedAt time.Time `db:"recorded_at"`
			Edge       []byte    `db:"tree_edge"`
			DayEnd     int64     `db:"day_end"`
		}
		if err := t.get(ctx, &row, "tree_head", programID); err != nil {
			return err
		}
		edge, err := ledger.ParseEdge(row.Entry, row.Edge)
		if err != nil {
			return fmt.Errorf("program %s: %w: %w", programID, ErrDamaged, err)
		}
		head = TreeHead{edge, row.RecordedAt.UTC(), row.DayEnd}
		return nil
	})
	return head, err
}

// TreeHashes reads hashes of a program's tree.
func (w *Writer) TreeHashes(ctx context.Context, programID string) ledger.HashReader {
	return func(places []ledger.Place) (hashes []ledger.Hash, err error) {
		err = w.pool.write(ctx, func(t tx) error {
			hashes, err = readHashes(ctx, t, programID, places)
			return err
		})
		return hashes, err
	}
}

// readHashes reads the hashes at some places. It is an error if one of them is missing.
func readHashes(ctx context.Context, t tx, programID string, places []ledger.Place) ([]ledger.Hash, error) {
	entries, levels := make([]int64, len(places)), make([]int64, len(places))
	for i, p := range places {
		entries[i], levels[i] = p.Entry, int64(p.Level)
	}
	var rows []leafHash
	if err := t.all(ctx, &rows, "tree_hashes", programID, array(entries), array(levels)); err != nil {
		return nil, err
	}
	if len(rows) != len(places) {
		return nil, fmt.Errorf("%d of %d hashes of the tree are missing", len(places)-len(rows), len(places))
	}
	hashes := make([]ledger.Hash, len(rows))
	for i, row := range rows {
		hashes[i] = ledger.Hash(row)
	}
	return hashes, nil
}

// PublishCheckpoint stores a signed checkpoint and returns it as it is stored; one that the epoch has already stays as it is.
func (w *Writer) PublishCheckpoint(ctx context.Context, programID string, c Checkpoint) (stored Checkpoint, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		if _, err := t.exec(ctx, "insert_checkpoint", programID, c.Epoch, c.Size, c.Origin, c.Root[:], string(c.Reason), c.Note); err != nil {
			return err
		}
		stored, err = oneCheckpoint(ctx, t, programID, time.Time{}, c.Size)
		return err
	})
	return stored, err
}

// AddCosignature keeps a witness's line under a published checkpoint.
func (w *Writer) AddCosignature(ctx context.Context, programID string, c Checkpoint, line string) error {
	return w.pool.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "insert_cosignature", programID, c.Epoch, c.Size, line)
		return err
	})
}

// Checkpoint reads a program's newest checkpoint, or the newest of a size (0: any). ErrNotFound: there is none.
func (w *Writer) Checkpoint(ctx context.Context, programID string, size int64) (c Checkpoint, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		c, err = oneCheckpoint(ctx, t, programID, time.Time{}, size)
		return err
	})
	return c, err
}

// Checkpoints reads a page of a program's checkpoints, newest first, after leaving out skip.
func (w *Writer) Checkpoints(ctx context.Context, programID string, skip, limit int64) (list []Checkpoint, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		list, err = readCheckpoints(ctx, t, programID, time.Time{}, 0, skip, limit)
		return err
	})
	return list, err
}

// Checkpoint reads the newest checkpoint that had been signed at asOf, inclusive; the zero time means now. ErrNotFound: there was
// none, or the credential does not open the program.
func (r *Reader) Checkpoint(ctx context.Context, credential, programID string, asOf time.Time) (Checkpoint, error) {
	return r.CheckpointOf(ctx, credential, programID, asOf, 0)
}

// CheckpointOf is Checkpoint for one size of the tree, where the size was signed; 0 means any.
func (r *Reader) CheckpointOf(ctx context.Context, credential, programID string, asOf time.Time, size int64) (c Checkpoint, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		c, err = oneCheckpoint(ctx, t, programID, asOf, size)
		return err
	})
	return c, err
}

// Checkpoints reads a page of the checkpoints that had been signed at asOf (zero: now), newest first, after leaving out skip.
func (r *Reader) Checkpoints(ctx context.Context, credential, programID string, asOf time.Time, skip, limit int64) (list []Checkpoint, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		list, err = readCheckpoints(ctx, t, programID, asOf, 0, skip, limit)
		return err
	})
	return list, err
}

func oneCheckpoint(ctx context.Context, t tx, programID string, asOf time.Time, size int64) (Checkpoint, error) {
	list, err := readCheckpoints(ctx, t, programID, asOf, size, 0, 1)
	if err != nil {
		return Checkpoint{}, err
	}
	if len(list) == 0 {
		return Checkpoint{}, ErrNotFound
	}
	return list[0], nil
}

func readCheckpoints(ctx context.Context, t tx, programID string, asOf time.Time, size, skip, limit int64) ([]Checkpoint, error) {
	var rows []struct {
		Epoch        int64         `db:"epoch"`
		Origin       string        `db:"origin"`
		Size         int64         `db:"tree_size"`
		Root         leafHash      `db:"root"`
		RecordedAt   time.Time     `db:"recorded_at"`
		SignedAt     time.Time     `db:"signed_at"`
		Reason       SigningReason `db:"reason"`
		Note         string        `db:"note"`
		Cosignatures string        `db:"cosignatures"`
	}
	if err := t.all(ctx, &rows, "checkpoints", programID, moment(asOf), size, skip, limit); err != nil {
		return nil, err
	}
	list := make([]Checkpoint, len(rows))
	for i, r := range rows {
		list[i] = Checkpoint{
			Checkpoint: ledger.Checkpoint{Origin: r.Origin, Size: r.Size, Root: ledger.Hash(r.Root)}, Epoch: r.Epoch,
			RecordedAt: r.RecordedAt.UTC(), SignedAt: r.SignedAt.UTC(), Reason: r.Reason, Note: r.Note + r.Cosignatures,
		}
	}
	return list, nil
}

// Inclusion is a proof that an entry is in the tree of the first Size entries of a program.
type Inclusion struct {
	Entry int64
	Leaf  ledger.Hash
	Size  int64
	Root  ledger.Hash
	Proof []ledger.Hash
}

// Inclusion proves that an entry is in the tree of the first size entries; 0 means all there are. ErrNotFound: the program has no
// such tree, or the credential does not open it.
func (r *Reader) Inclusion(ctx context.Context, credential, programID string, entry, size int64) (proof Inclusion, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		if size, err = sizeWithin(ctx, t, programID, size); err != nil {
			return err
		}
		if entry < 1 || entry > size {
			return ErrNotFound
		}
		read := hashesWithin(ctx, t, programID)
		leaf, err := read([]ledger.Place{{Entry: entry}})
		if err != nil {
			return err
		}
		proof = Inclusion{Entry: entry, Leaf: leaf[0], Size: size}
		if proof.Root, err = read.Root(size); err != nil {
			return err
		}
		proof.Proof, err = read.Inclusion(entry, size)
		return err
	})
	return proof, err
}

// Root is the root of the tree of a program's first size entries. ErrNotFound: the program has no such tree, or the credential does
// not open it.
func (r *Reader) Root(ctx context.Context, credential, programID string, size int64) (root ledger.Hash, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		if size, err = sizeWithin(ctx, t, programID, size); err != nil {
			return err
		}
		root, err = hashesWithin(ctx, t, programID).Root(size)
		return err
	})
	return root, err
}

// Consistency is a proof that the tree of To entries begins with the tree of From entries.
type Consistency struct {
	From, To         int64
	FromRoot, ToRoot ledger.Hash
	Proof            []ledger.Hash
}

// Consistency proves that a program's tree of to entries (0: all there are) begins with its tree of from entries. ErrNotFound: the
// program has no such trees, or the credential does not open it.
func (r *Reader) Consistency(ctx context.Context, credential, programID string, from, to int64) (proof Consistency, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		if to, err = sizeWithin(ctx, t, programID, to); err != nil {
			return err
		}
		if from < 1 || from > to {
			return ErrNotFound
		}
		read := hashesWithin(ctx, t, programID)
		proof = Consistency{From: from, To: to}
		if proof.FromRoot, err = read.Root(from); err != nil {
			return err
		}
		if proof.ToRoot, err = read.Root(to); err != nil {
			return err
		}
		proof.Proof, err = read.Consistency(from, to)
		return err
	})
	return proof, err
}

// sizeWithin is size if the program's ledger has come so far, or all of it for 0.
func sizeWithin(ctx context.Context, t tx, programID string, size int64) (int64, error) {
	var row struct {
		Entry int64 `db:"entry_no"`
	}
	if err := t.get(ctx, &row, "tree_size", programID); err != nil {
		return 0, err
	}
	if size > row.Entry {
		return 0, ErrNotFound
	}
	if size == 0 {
		size = row.Entry
	}
	return size, nil
}

func hashesWithin(ctx context.Context, t tx, programID string) ledger.HashReader {
	return func(places []ledger.Place) ([]ledger.Hash, error) { return readHashes(ctx, t, programID, places) }
}
