package postgres_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

var sameZone = cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })

// replayed folds a program's ledger in memory and compares what is known after every group of entries with what the store says of
// that moment.
func replayed(t *rapid.T, db *postgres.DB, credential, program, slug string) {
	records, err := db.Reader().Records(t.Context(), credential, program, "", time.Time{}, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(records)
	alone := fold.NewLedger(program, storetest.Zone)
	for i, r := range records {
		if err := alone.Add(r.Entry, r.Texts); err != nil {
			t.Fatal(err)
		}
		if i+1 < len(records) && records[i+1].RecordedAt.Equal(r.RecordedAt) {
			continue
		}
		got, err := alone.State(slug)
		if err != nil {
			t.Fatal(err)
		}
		got.History.Days = alone.Days()
		want, err := db.Reader().Program(t.Context(), credential, program, r.RecordedAt)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.State, got, sameZone); diff != "" {
			t.Fatalf("after entry %d the ledger alone says otherwise:\n%s", r.Number, diff)
		}
	}
}

// The pages read projections; the offline verifier folds the ledger. Whatever was appended, both know the same at any moment.
func TestTheLedgerAloneGivesWhatTheStoreSays(t *testing.T) {
	db := storetest.Open(t)
	number := 0
	rapid.Check(t, func(rt *rapid.T) {
		number++
		slug := fmt.Sprintf("alone-%d", number)
		program := storetest.Program(t, db, slug)
		credential := storetest.Token(t, db, slug, []string{"read"})
		for i := range rapid.IntRange(1, 8).Draw(rt, "groups") {
			var units []ledger.Unit
			for k := range rapid.IntRange(1, 4).Draw(rt, "drafts") {
				units = append(units, ledger.Unit{Drafts: []ledger.Draft{anyDraft(rt, fmt.Sprintf("%d-%d", i, k))}})
			}
			if _, err := db.Writer().AppendEach(t.Context(), program, units); err != nil { // some units are refused: that is as it should be
				rt.Fatal(err)
			}
		}
		replayed(rt, db, credential, program, slug)
	})
}

// anyDraft draws a report, a correction, or a fact that changes what is judged.
func anyDraft(t *rapid.T, id string) ledger.Draft {
	minute := rapid.IntRange(0, 9000).Draw(t, "minute")
	milestone := rapid.SampledFrom([]string{"P1", "U1", "M1"}).Draw(t, "milestone")
	done := rapid.Int64Range(0, 100).Draw(t, "done")
	switch rapid.IntRange(0, 13).Draw(t, "kind") {
	case 0:
		return storetest.Correction(milestone, id, minute, done, 100)
	case 1:
		return storetest.Fact(ledger.KindWeights, ledger.Weights{Version: 2, BasisPoints: map[string]int64{"P1": 100 * done, "U1": 10000 - 100*done}})
	case 2:
		d := storetest.Fact(ledger.KindItem, ledger.Item{Key: "b", Kind: "blocker", Milestone: milestone, WaitsOn: ledger.Text{ID: "x", EN: "x"}, OpenedOn: "2024-02-01"})
		d.Texts = map[string]string{"title": "waiting " + id}
		return d
	case 3:
		return reviewOf(milestone, "e-"+milestone, done, dewi) // refused until there is such evidence
	case 4:
		return evidenceOf(milestone, "e-"+milestone, sari) // refused once there is
	case 5:
		d := storetest.Correction(milestone, id, minute, done/2, 100)
		d.Kind = ledger.KindReopening
		return d
	case 6:
		return letterFor("letter-"+id, milestone)
	default:
		return storetest.Report(milestone, id, minute, done, 100)
	}
}
