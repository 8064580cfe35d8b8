package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// Difference says that a projection is not what the ledger gives.
type Difference struct {
	Table   string `json:"table"`
	Missing int    `json:"missing"` // rows the ledger gives and the table lacks
	Surplus int    `json:"surplus"` // rows the table has and the ledger does not give
}

var errCheckOnly = errors.New("check only")

// Rebuild derives a program's projections anew from its ledger and returns what was different. With checkOnly nothing is
// changed. Entries are checked on the way: numbers without gaps or tail, the tree from leaves to edge and at every checkpoint, and that
// everything beside an entry's bytes says what the bytes say. What is wrong with an entry is an error: no rebuild mends the ledger.
func (w *Writer) Rebuild(ctx context.Context, programID string, checkOnly bool) (differences []Difference, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		h, err := lockHead(ctx, t, programID)
		if err != nil {
			return err
		}
		before, err := projectionRows(ctx, t, programID)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "clear_projections", programID); err != nil {
			return err
		}
		refolded, err := refoldLedger(ctx, t, programID, h)
		if err != nil {
			return err
		}
		after, err := projectionRows(ctx, t, programID)
		if err != nil {
			return err
		}
		differences = compare(before, after)
		if refolded.revived > 0 {
			differences = append(differences, Difference{"entry_texts", 0, refolded.revived})
		}
		if checkOnly {
			return errCheckOnly // takes the transaction back
		}
		return nil
	})
	if errors.Is(err, errCheckOnly) {
		err = nil
	}
	return differences, err
}

// projectionRow is a row of a projection, by its digest.
type projectionRow struct {
	Table  string `db:"table"`
	Digest string `db:"digest"`
}

func projectionRows(ctx context.Context, t tx, programID string) (map[projectionRow]bool, error) {
	var rows []projectionRow
	if err := t.all(ctx, &rows, "projection_rows", programID); err != nil {
		return nil, err
	}
	set := make(map[projectionRow]bool, len(rows))
	for _, r := range rows {
		set[r] = true
	}
	return set, nil
}

func compare(before, after map[projectionRow]bool) []Difference {
	found := map[string]Difference{}
	for r := range after {
		if !before[r] {
			d := found[r.Table]
			found[r.Table] = Difference{r.Table, d.Missing + 1, d.Surplus}
		}
	}
	for r := range before {
		if !after[r] {
			d := found[r.Table]
			found[r.Table] = Difference{r.Table, d.Missing, d.Surplus + 1}
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b Difference) int { return cmp.Compare(a.Table, b.Table) })
}

// rebuildPage is how many entries are read at a time.
const rebuildPage = 5000

// replay goes through a ledger from its first entry on.
type replay struct {
	*folder
	tree    ledger.Edge
	signed  []signedRoot // checkpoints that are still ahead
	missing missingTexts
	revived int // texts that an entry says were erased and that were there nevertheless
}

// refoldLedger folds all entries, group by group as they were recorded, and checks them on the way.
func refoldLedger(ctx context.Context, t tx, programID string, h head) (*replay, error) {
	zone, err := loadZone(h.Timezone)
	if err != nil {
		return nil, err
	}
	r := &replay{folder: newFolder(ctx, t, programID, zone), missing: missingTexts{}}
	if err := t.all(ctx, &r.signed, "checkpoint_roots", programID); err != nil {
		return nil, err
	}
	for {
		var rows []storedEntry
		if err := t.all(ctx, &rows, "rebuild_entries", programID, r.tree.Size+1, rebuildPage); err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			break
		}
		for _, row := range rows {
			if err := r.entry(ctx, row); err != nil {
				return nil, err
			}
		}
	}
	if err := r.end(h); err != nil || r.tree.Size == 0 {
		return r, err
	}
	return r, r.flush(ctx)
}

// entry checks and folds the next entry.
func (r *replay) entry(ctx context.Context, row storedEntry) error {
	e, err := row.open(r.program, &r.tree)
	if err != nil {
		return err
	}
	if err := r.refold(ctx, e); err != nil {
		return err
	}
	r.edge = r.tree
	r.missing.note(e, row.Texts)
	if e.Kind == ledger.KindErasure {
		revived, err := r.missing.erased(ctx, r.tx, r.program, e)
		if err != nil {
			return err
		}
		r.revived += revived
	}
	r.signed, err = checkSigned(r.signed, r.tree)
	return err
}

// end checks what can be said when there is no further entry.
func (r *replay) end(h head) error {
	if r.tree.Size != h.Entry {
		return fmt.Errorf("the head is at entry %d and the last entry is %d", h.Entry, r.tree.Size)
	}
	if n := len(r.signed); n > 0 {
		return fmt.Errorf("a checkpoint of %d entries was signed and there are only %d", r.signed[n-1].Size, r.tree.Size)
	}
	return r.missing.check()
}

// signedRoot is what a published checkpoint says of the tree.
type signedRoot struct {
	Size     int64    `db:"tree_size"`
	Root     leafHash `db:"root"`
	AsSigned bool     `db:"as_signed"` // the row says what its note says
}

// checkSigned holds the tree against the checkpoint of its size, if there is one, and returns those that are still ahead.
func checkSigned(ahead []signedRoot, tree ledger.Edge) ([]signedRoot, error) {
	if len(ahead) == 0 || ahead[0].Size > tree.Size {
		return ahead, nil
	}
	if !ahead[0].AsSigned {
		return nil, fmt.Errorf("the checkpoint of %d entries does not say what its signed note says", tree.Size)
	}
	if ledger.Hash(ahead[0].Root) != tree.Root() {
		return nil, fmt.Errorf("the checkpoint of %d entries has another root than the ledger: an entry up to that one was changed after it was signed", tree.Size)
	}
	return ahead[1:], nil
}

// refold folds one entry; the first of a new group flushes the one before.
func (f *folder) refold(ctx context.Context, e ledger.Entry) error {
	if !e.RecordedAt.Equal(f.recordedAt) {
		if e.Number > 1 {
			if err := f.flush(ctx); err != nil {
				return err
			}
		}
		if e.RecordedAt.Before(f.recordedAt) {
			return fmt.Errorf("entry %d was recorded before the one ahead of it", e.Number)
		}
		f.begin(ctx, e.RecordedAt, e.Number)
	}
	if !e.Observes() {
		key, err := ledger.KeyOf(e)
		if err != nil {
			return err
		}
		f.addFact(e, key)
		return nil
	}
	o, milestone, err := fold.Observation(e)
	if err != nil {
		return err
	}
	effect, err := f.observe(milestone, o, e.Number)
	if err != nil {
		return err
	}
	if effect == metrics.Decrease {
		return fmt.Errorf("entry %d lowers the count without a correction", e.Number)
	}
	return f.FoldDay(milestone, o, e.Number)
}
