package postgres_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/pressly/goose/v3"
	"pgregory.net/rapid"

	"tenggat/internal/ledger"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
	tenggatsql "tenggat/sql"
)

// storedTree is a program's tree as the tables have it.
type storedTree struct {
	Canonical [][]byte
	Hashes    [][]byte
	Head      int64
	Edge      []byte
}

func readTree(t *testing.T, dsn, program string) (tree storedTree) {
	t.Helper()
	db := connect(t, dsn)
	if err := db.Select(&tree.Canonical, "SELECT canonical FROM ledger_entries WHERE program_id = $1 ORDER BY entry_no", program); err != nil {
		t.Fatal(err)
	}
	if err := db.Select(&tree.Hashes, "SELECT tree_hashes FROM ledger_entries WHERE program_id = $1 ORDER BY entry_no", program); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow("SELECT entry_no, tree_edge FROM program_heads WHERE program_id = $1", program).Scan(&tree.Head, &tree.Edge); err != nil {
		t.Fatal(err)
	}
	return tree
}

// mustGrow fails unless the tree is the one that its leaves make, entry by entry from 1.
func (s storedTree) mustGrow(t *testing.T) {
	t.Helper()
	var edge ledger.Edge
	for i, canonical := range s.Canonical {
		if e, err := ledger.Decode(canonical); err != nil || e.Number != int64(i+1) {
			t.Fatalf("row %d is entry %d, %v", i+1, e.Number, err)
		}
		if want := ledger.JoinHashes(edge.Append(ledger.LeafHash(canonical))); !bytes.Equal(s.Hashes[i], want) {
			t.Fatalf("entry %d has other hashes", i+1)
		}
	}
	if s.Head != edge.Size || !bytes.Equal(s.Edge, edge.Bytes()) {
		t.Fatalf("the head is at %d of %d entries, or its edge is another", s.Head, edge.Size)
	}
}

// Fifty writers in three processes, singly and in groups, with repeats and refusals among them: one tree, no gap.
func TestFiftyWritersGrowOneTree(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "busy")
	stores := []*postgres.DB{db}
	for range 2 {
		other, err := postgres.Open(t.Context(), postgres.Config{AppDSN: dsns.App, ReaderDSN: dsns.Reader, Logger: slog.New(slog.DiscardHandler), MaxConns: 5})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = other.Close() })
		stores = append(stores, other)
	}
	const writers, each = 50, 6
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				drafts := []ledger.Draft{storetest.Report([]string{"P1", "U1", "M1"}[w%3], fmt.Sprintf("%d-%d", w, i), 1, 1, 1000)}
				if i%3 == 1 {
					drafts = append(drafts, storetest.Report("P1", fmt.Sprintf("%d-%d-more", w, i), 1, 1, 1000))
				}
				units := []ledger.Unit{{Drafts: drafts}, {Drafts: drafts[:1]}, {Drafts: []ledger.Draft{storetest.Report("nowhere", "x", 1, 1, 1)}}}
				outcomes, err := stores[w%3].Writer().AppendEach(context.WithoutCancel(t.Context()), program, units)
				if err != nil || outcomes[0].Err != nil || outcomes[1].Receipts[0].Effect != ledger.Duplicate || outcomes[2].Err == nil {
					t.Errorf("%+v, %v", outcomes, err)
					return
				}
				if outcomes[0].Receipts[0].LeafHash != outcomes[1].Receipts[0].LeafHash {
					t.Error("a repeat has another leaf")
				}
			}
		})
	}
	wg.Wait()
	tree := readTree(t, dsns.Owner, program)
	tree.mustGrow(t)
	if want := int64(9 + writers*(each+2)); tree.Head != want {
		t.Fatalf("%d entries, want %d", tree.Head, want)
	}
	if differences, err := db.Writer().Rebuild(t.Context(), program, true); err != nil || len(differences) > 0 {
		t.Fatalf("%v, %v", differences, err)
	}
}

// Any grouping of appends gives the tree of its leaves.
func TestAnyGroupingGivesTheTreeOfItsLeaves(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		program := storetest.Program(t, db, fmt.Sprintf("p%d", n))
		event := 0
		for _, size := range rapid.SliceOfN(rapid.IntRange(1, 9), 0, 5).Draw(r, "groups") {
			var units []ledger.Unit
			for range size {
				event++
				units = append(units, ledger.Unit{Drafts: []ledger.Draft{storetest.Report("P1", fmt.Sprint(event), 1, 1, 1000)}})
			}
			if _, err := db.Writer().AppendEach(t.Context(), program, units); err != nil {
				r.Fatal(err)
			}
		}
		readTree(t, dsns.Owner, program).mustGrow(t)
	})
}

// firstSchema prepares a database as it was before there was a tree.
func firstSchema(dsn string) error {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	p, err := goose.NewProvider(goose.DialectPostgres, db, tenggatsql.Schema(), goose.WithTableName("schema_changes"), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = p.UpTo(context.Background(), 1)
	return err
}

// A database from before the tree has all of it after the schema change, and goes on from there.
func TestSchemaChangeLaysTheTreeOverOldLedgers(t *testing.T) {
	dsns := pgtest.Database(t, firstSchema)
	owner := connect(t, dsns.Owner)
	programs := map[string]int{uuid.NewString(): 37, uuid.NewString(): 64, uuid.NewString(): 1, uuid.NewString(): 0}
	for program, entries := range programs {
		owner.MustExec("INSERT INTO programs (id, slug, timezone) VALUES ($1, $2, 'Asia/Jakarta')", program, "p"+program[:8])
		owner.MustExec("INSERT INTO program_heads (program_id, entry_no, recorded_at) VALUES ($1, $2, $3)", program, entries, storetest.Start)
		for i := range entries {
			e, err := storetest.Report("P1", fmt.Sprint(i), i, 1, 10).Entry(program, int64(i+1), storetest.Start, false, nil)
			if err != nil {
				t.Fatal(err)
			}
			canonical, err := e.Canonical()
			if err != nil {
				t.Fatal(err)
			}
			owner.MustExec(`INSERT INTO ledger_entries (program_id, entry_no, kind, source, event_id, milestone, observed_at, recorded_at, canonical, sha256)
				VALUES ($1, $2, 'report', $3, $4, 'P1', $5, $6, $7, sha256($7))`, program, e.Number, e.Source, e.EventID, e.ObservedAt, e.RecordedAt, canonical)
		}
	}
	if _, err := postgres.SchemaUp(t.Context(), dsns.Owner); err != nil {
		t.Fatal(err)
	}
	for program, entries := range programs {
		tree := readTree(t, dsns.Owner, program)
		tree.mustGrow(t)
		if int(tree.Head) != entries {
			t.Errorf("%d entries, want %d", tree.Head, entries)
		}
	}
	if _, err := owner.Exec("DELETE FROM ledger_entries"); err == nil {
		t.Error("the schema change left the ledger open to changes")
	}
	db, err := postgres.Open(t.Context(), postgres.Config{AppDSN: dsns.App, ReaderDSN: dsns.Reader, Logger: slog.New(slog.DiscardHandler), MaxConns: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for program := range programs {
		draft := storetest.Fact(ledger.KindArea, ledger.Area{Key: "P", Name: ledger.Text{ID: "P", EN: "P"}})
		if _, err := db.Writer().Append(t.Context(), program, ledger.Unit{Drafts: []ledger.Draft{draft}}); err != nil {
			t.Fatal(err)
		}
		readTree(t, dsns.Owner, program).mustGrow(t)
	}
}

// A receipt and a record carry the leaf that the tree has.
func TestRecordsCarryTheirLeaf(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "one")
	receipt := mustAppend(t, db, program, storetest.Report("P1", "a", 1, 10, 100))
	records, err := db.Reader().Records(t.Context(), storetest.Token(t, db, "one", []string{"read"}), program, "P1", time.Time{}, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	tree := readTree(t, dsns.Owner, program)
	want := ledger.LeafHash(tree.Canonical[receipt.Entry-1])
	if diff := cmp.Diff([]ledger.Hash{want, want}, []ledger.Hash{receipt.LeafHash, records[0].LeafHash}); diff != "" {
		t.Error(diff)
	}
}
