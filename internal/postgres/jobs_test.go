package postgres_test

import (
	"database/sql"
	"strings"
	"testing"

	"tenggat/internal/postgres/storetest"
	tenggatsql "tenggat/sql"
)

// A job's page costs what it shows, however much the job has sent: its newest reports are read off an index, unsorted.
func TestJobsAreReadByIndex(t *testing.T) {
	_, dsns := storetest.OpenWithDSNs(t)
	db, err := sql.Open("postgres", dsns.App)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"); err != nil { // the table is empty
		t.Fatal(err)
	}
	statement := strings.NewReplacer("$1", "'7c9e6679-7425-40de-944b-e07fc1f90ae7'", "$2", "'job:loader'", "$3", "NULL", "$4", "200").
		Replace(tenggatsql.Query("job_observations"))
	rows, err := tx.Query("EXPLAIN " + statement)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(line + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan.String(), "ledger_entries_of_source") || strings.Contains(plan.String(), "Sort") {
		t.Errorf("the newest reports of a job are read by\n%s", plan.String())
	}
}
