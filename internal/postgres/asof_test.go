package postgres_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres/storetest"
)

// A moment reads the same later as it did then, also in the middle of a day that went on.
func TestThePastIsNeverRepainted(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	type shot struct {
		at    time.Time
		state any
	}
	var shots []shot
	take := func() {
		s := state(t, db, program, time.Time{})
		s.Days = nil // the stepper lists every day there is, later ones too
		shots = append(shots, shot{s.RecordedAt, s})
	}
	take()
	for _, d := range []ledger.Draft{
		storetest.Report("P1", "a", 10, 10, 100),
		storetest.Report("P1", "b", 3000, 20, 100),
		storetest.Report("P1", "late", 1500, 15, 100), // an earlier day than what is known
		storetest.Report("U1", "c", 20, 5, 50),
		storetest.Correction("P1", "d", 4000, 12, 100),
		storetest.Report("P1", "contradicts", 5, 90, 100), // before the correction: history only
		storetest.Fact(ledger.KindWeights, ledger.Weights{Version: 2, BasisPoints: map[string]int64{"P1": 5000, "U1": 3500, "M1": 1500}}),
		storetest.Report("M1", "e", 5000, 15, 15),
	} {
		mustAppend(t, db, program, d)
		take()
	}
	for _, s := range shots {
		again := state(t, db, program, s.at)
		again.Days = nil
		if diff := cmp.Diff(s.state, any(again), cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
			t.Errorf("as of %s:\n%s", s.at, diff)
		}
	}
	before := state(t, db, program, shots[0].at.Add(-time.Hour))
	if before.Entry != 0 || len(before.Milestones) != 0 {
		t.Errorf("before the first entry: entry %d, %d milestones", before.Entry, len(before.Milestones))
	}
}

func TestImportedEntriesKeepTheirTimes(t *testing.T) {
	db := storetest.Open(t)
	id, err := db.Writer().CreateProgram(t.Context(), "past", "Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	area := storetest.Fact(ledger.KindArea, ledger.Area{Key: "P", Name: ledger.Text{ID: "x", EN: "x"}})
	at := time.Date(2024, 2, 5, 2, 0, 0, 0, time.UTC)
	if _, err := db.Writer().AppendImported(t.Context(), id, at, []ledger.Unit{{Drafts: []ledger.Draft{area}}}); err != nil {
		t.Fatal(err)
	}
	if s := state(t, db, id, at); s.Entry != 1 || !s.RecordedAt.Equal(at) {
		t.Fatalf("entry %d recorded at %s", s.Entry, s.RecordedAt)
	}
	area.EventID = "second"
	_, err = db.Writer().AppendImported(t.Context(), id, at.Add(-time.Second), []ledger.Unit{{Drafts: []ledger.Draft{area}}})
	wantRefusal(t, err, ledger.RecordedOutOfOrder)
	_, err = db.Writer().AppendImported(t.Context(), id, time.Now().Add(time.Hour), []ledger.Unit{{Drafts: []ledger.Draft{area}}})
	wantRefusal(t, err, ledger.RecordedOutOfOrder)
}

func TestRebuildFindsAndMendsDifferences(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "one")
	mustAppend(t, db, program, storetest.Report("P1", "a", 1, 10, 100))
	if d, err := db.Writer().Rebuild(t.Context(), program, true); err != nil || len(d) != 0 {
		t.Fatalf("a fresh program: %v %v", d, err)
	}
	owner := connect(t, dsns.Owner)
	tx := owner.MustBegin()
	tx.MustExec("UPDATE milestone_states SET done = 99 WHERE milestone = 'P1'")
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	d, err := db.Writer().Rebuild(t.Context(), program, true)
	if err != nil || len(d) != 1 || d[0].Table != "milestone_states" || d[0].Missing != 1 || d[0].Surplus != 1 {
		t.Fatalf("an edited projection: %v %v", d, err)
	}
	if _, err := db.Writer().Rebuild(t.Context(), program, false); err != nil {
		t.Fatal(err)
	}
	if done := milestone(state(t, db, program, time.Time{}), "P1").Progress.Counts.Done; done != 10 {
		t.Fatalf("done is %d after rebuilding, want 10", done)
	}
}
