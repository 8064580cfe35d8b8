package main

import (
	"testing"

	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// Cost flat (goal R5), without a clock: a hundred times the entries, and the overview runs the same statements and touches no
// more of the database.
func TestOverviewCostDoesNotGrowWithEntries(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	// Both are there before either is measured: the tables of people and programs are then the same for both.
	few, many := fillProgram(t, db, "few", 100), fillProgram(t, db, "many", 10_000)
	session, err := signIn(t.Context(), db.Writer(), few.slug, many.slug)
	if err != nil {
		t.Fatal(err)
	}
	if err := analyze(t.Context(), dsns.Owner); err != nil {
		t.Fatal(err)
	}
	cheap, dear := costAt(t, dsns, session, few), costAt(t, dsns, session, many)
	t.Logf("100 entries: %+v; 10,000 entries: %+v", cheap, dear)
	if dear.statements != cheap.statements {
		t.Errorf("%d statements at 10,000 entries, %d at 100", dear.statements, cheap.statements)
	}
	if float64(dear.buffers) > 1.2*float64(cheap.buffers) {
		t.Errorf("%d buffers at 10,000 entries, %d at 100", dear.buffers, cheap.buffers)
	}
}

// reportingDays are so few that 100 reports reach every milestone on every one of them: what an overview draws is then the same
// for 10,000.
const reportingDays = 5

func fillProgram(t *testing.T, db *postgres.DB, slug string, entries int) program {
	t.Helper()
	p, err := newProgram(t.Context(), db.Writer(), slug)
	if err == nil {
		err = p.fill(t.Context(), db.Writer(), entries, reportingDays)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func costAt(t *testing.T, dsns pgtest.DSNs, session string, p program) pageCost {
	t.Helper()
	cost, err := costOfOverview(t.Context(), dsns.App, dsns.Reader, session, p)
	if err != nil {
		t.Fatal(err)
	}
	return cost
}
