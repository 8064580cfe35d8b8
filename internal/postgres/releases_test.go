package postgres_test

import (
	"errors"
	"testing"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

// releaseUpTo is a release of figures that rest on so many entries.
func releaseUpTo(entry int64, note string) ledger.Draft {
	d := storetest.By(dewi, storetest.Fact(ledger.KindRelease, ledger.Release{Figures: &ledger.PublicFigures{
		AsOf: "2024-01-10T00:00:00Z", Entry: entry, RecordedAt: "2024-01-10T00:00:00Z", Today: "2024-01-10", Name: ledger.Text{ID: "Contoh", EN: "Example"}, State: "in_progress",
		PublicPoints: ledger.PublicPoints{Outstanding: 10000},
	}}))
	d.Texts = map[string]string{"note": note}
	return d
}

// Anybody reads the newest release of a program and nothing of another; one that rests on entries that are not there is refused.
func TestReleasedIsReadWithoutACredential(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	storetest.Program(t, db, "two")
	head := mustAppend(t, db, program, storetest.Report("P1", "first", 1, 50, 100)).Entry
	gone := func(slug string) {
		t.Helper()
		if _, err := db.Reader().Released(t.Context(), slug); !errors.Is(err, postgres.ErrNotFound) {
			t.Errorf("released of %s: %v", slug, err)
		}
	}
	gone("one")
	_, err := db.Writer().Append(t.Context(), program, ledger.Unit{Drafts: []ledger.Draft{releaseUpTo(head+1, "too far")}})
	var refusal *ledger.Refusal
	if !errors.As(err, &refusal) || refusal.Field != "entry" {
		t.Fatalf("figures of entries to come: %v", err)
	}
	mustAppend(t, db, program, releaseUpTo(head, "as known"))
	r, err := db.Reader().Released(t.Context(), "one")
	if err != nil || r.PublicFigures.Entry != head || r.Note.EN != "as known" || r.Zone.String() != "Asia/Jakarta" {
		t.Fatalf("%+v %v", r, err)
	}
	gone("two")
	gone("none")
	noDifference(t, db, program)
	mustAppend(t, db, program, storetest.By(dewi, storetest.Fact(ledger.KindRelease, ledger.Release{Withdrawn: true}), "reason", "wrong"))
	gone("one")
}
