package postgres_test

import (
	"errors"
	"testing"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres/storetest"
)

func erasure(entry int64, fields ...string) ledger.Draft {
	return storetest.Fact(ledger.KindErasure, ledger.Erasure{Entry: entry, Fields: fields})
}

// Erasing a text takes it and its salt away, leaves the entry and the tree as they are, and says who did it.
func TestErasedTextLeavesTheTree(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "one")
	mustAppend(t, db, program, storetest.Report("P1", "a", 1, 20, 100))
	correction := storetest.Correction("P1", "b", 2, 10, 100)
	correction.Texts["message"] = "Budi counted twice"
	entry := mustAppend(t, db, program, correction).Entry
	before := readTree(t, dsns.Owner, program)

	mustAppend(t, db, program, erasure(entry, "message"))
	after := readTree(t, dsns.Owner, program)
	after.mustGrow(t)
	if string(after.Canonical[entry-1]) != string(before.Canonical[entry-1]) || string(after.Hashes[entry-1]) != string(before.Hashes[entry-1]) {
		t.Error("the entry changed with its text")
	}
	records, err := db.Reader().Records(t.Context(), storetest.Token(t, db, "one", []string{"read"}), program, "P1", time.Time{}, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if texts := records[0].Texts; len(texts) != 1 || texts["reason"] != "counted twice" || len(records[0].TextHashes) != 2 {
		t.Errorf("kept %v", texts)
	}
	if differences, err := db.Writer().Rebuild(t.Context(), program, true); err != nil || len(differences) > 0 {
		t.Errorf("%v, %v", differences, err)
	}
	// The sender who repeats the report is told that it is known, whatever became of its text.
	if again := mustAppend(t, db, program, correction); again.Effect != ledger.Duplicate || again.Entry != entry {
		t.Errorf("%+v", again)
	}
	var count int
	if err := connect(t, dsns.Owner).Get(&count, "SELECT count(*) FROM entry_texts WHERE content LIKE '%Budi%'"); err != nil || count != 0 {
		t.Errorf("the text is there %d times, %v", count, err)
	}
	for name, d := range map[string]ledger.Draft{
		"erased before": erasure(entry, "message"), "no such text": erasure(entry, "title"), "no such entry": erasure(999, "message"),
	} {
		_, err := db.Writer().Append(t.Context(), program, ledger.Unit{Drafts: []ledger.Draft{d}})
		var refusal *ledger.Refusal
		if !errors.As(err, &refusal) || refusal.Code != ledger.UnknownText {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A restored backup brings erased texts back; rebuilding erases them again.
func TestRebuildErasesWhatCameBack(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "one")
	entry := mustAppend(t, db, program, storetest.Correction("P1", "b", 2, 10, 100)).Entry
	owner := connect(t, dsns.Owner)
	owner.MustExec("CREATE TABLE backup AS TABLE entry_texts")
	mustAppend(t, db, program, erasure(entry, "reason"))
	owner.MustExec("INSERT INTO entry_texts SELECT * FROM backup")
	if d, err := db.Writer().Rebuild(t.Context(), program, true); err != nil || len(d) != 1 || d[0].Table != "entry_texts" || d[0].Surplus != 1 {
		t.Fatalf("%v, %v", d, err)
	}
	if _, err := db.Writer().Rebuild(t.Context(), program, false); err != nil {
		t.Fatal(err)
	}
	if kept, err := db.Writer().KeptTexts(t.Context(), program, entry); err != nil || len(kept) != 0 {
		t.Errorf("kept %v, %v", kept, err)
	}
	if d, err := db.Writer().Rebuild(t.Context(), program, true); err != nil || len(d) > 0 {
		t.Errorf("%v, %v", d, err)
	}
}
