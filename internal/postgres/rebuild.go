package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

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
// changed. Entries are checked on the way: numbers without gaps or tail, the tree from leaves to edge, and that everything beside an
// entry's bytes says what the bytes say. What is wrong with an entry is an error: no rebuild mends the ledger.
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
		if err := refoldLedger(ctx, t, programID, h); err != nil {
			return err
		}
		after, err := projectionRows(ctx, t, programID)
		if err != nil {
			return err
		}
		if differences = compare(before, after); checkOnly {
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

// refoldLedger folds all entries, group by group as they were recorded.
func refoldLedger(ctx context.Context, t tx, programID string, h head) error {
	zone, err := time.LoadLocation(h.Timezone)
	if err != nil {
		return err
	}
	f := newFolder(ctx, t, programID, zone)
	var tree ledger.Edge
	for {
		var rows []storedEntry
		if err := t.all(ctx, &rows, "rebuild_entries", programID, tree.Size+1, rebuildPage); err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		for _, row := range rows {
			e, err := row.open(programID, &tree)
			if err != nil {
				return err
			}
			if err := f.refold(ctx, e); err != nil {
				return err
			}
			f.edge = tree
		}
	}
	switch {
	case tree.Size != h.Entry:
		return fmt.Errorf("the head is at entry %d and the last entry is %d", h.Entry, tree.Size)
	case tree.Size == 0:
		return nil
	}
	return f.flush(ctx)
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
