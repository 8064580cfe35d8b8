package forecasts

import (
	"fmt"
	"testing"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// program has been reporting for forty days up to now.
func program(t *testing.T, db *postgres.DB, until time.Time) string {
	t.Helper()
	id := storetest.Program(t, db, "one")
	for _, key := range []string{"P1", "U1", "M1"} {
		var drafts []ledger.Draft
		for day := range int64(40) {
			d := storetest.Report(key, fmt.Sprintf("%s-%d", key, day), 0, 10*day, 1000)
			d.ObservedAt = until.AddDate(0, 0, int(day)-39)
			drafts = append(drafts, d)
		}
		if _, err := db.Writer().Append(t.Context(), id, ledger.Unit{Drafts: drafts}); err != nil {
			t.Fatal(err)
		}
	}
	return id
}

func kept(t *testing.T, db *postgres.DB, id string) []metrics.KeptForecast {
	t.Helper()
	state, err := db.Writer().ProgramState(t.Context(), id, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return state.Forecasts
}

func TestOneForecastADay(t *testing.T) {
	db := storetest.Open(t)
	now := time.Now()
	id := program(t, db, now.Add(-time.Minute))
	for range 3 { // several processes, several hours
		if err := keepAll(t.Context(), db.Writer(), now); err != nil {
			t.Fatal(err)
		}
	}
	got := kept(t, db, id)
	if len(got) != 1 || got[0].P50 == nil || got[0].P80 == nil || *got[0].P80 < *got[0].P50 || len(got[0].Meets) != 1 {
		t.Fatalf("kept %+v", got)
	}
	state, err := db.Writer().ProgramState(t.Context(), id, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if got[0].On != metrics.DayOf(now, state.Zone) {
		t.Errorf("kept for %s", got[0].On)
	}
	if d, err := db.Writer().Rebuild(t.Context(), id, true); err != nil || len(d) > 0 {
		t.Errorf("rebuild: %v %v", d, err)
	}
}

func TestNothingIsKeptWhereNothingHonestCanBeSaid(t *testing.T) {
	db := storetest.Open(t)
	never := storetest.Program(t, db, "never")
	if err := keepAll(t.Context(), db.Writer(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if got := kept(t, db, never); len(got) != 0 {
		t.Errorf("a program that nobody reported has forecasts: %+v", got)
	}
	silent := program(t, db, time.Now().AddDate(0, -3, 0)) // reported, and then fell silent
	if err := keepAll(t.Context(), db.Writer(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if got := kept(t, db, silent); len(got) != 0 {
		t.Errorf("a program that cannot be assessed has forecasts: %+v", got)
	}
}
