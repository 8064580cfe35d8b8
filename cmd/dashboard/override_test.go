package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/metrics"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// A compliance officer sets a verdict beside the rule's and takes it back; nobody else can.
func TestProgramOverride(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	id := storetest.Program(t, db, "demo")
	for role, email := range map[access.Role]string{access.Compliance: "ani@example.test", access.Engineer: "budi@example.test"} {
		if _, err := db.Writer().CreateAccount(t.Context(), postgres.Account{Email: email, Name: "Somebody", Role: role, PasswordHash: "-", Programs: []string{"demo"}}); err != nil {
			t.Fatal(err)
		}
	}
	override := func(more ...string) error {
		args := append([]string{
			"program", "override", "demo", "--verdict", "forecast_late", "--until", "2999-01-01", "--by-office", "Directorate", "--reason", "The audit is not booked",
			"--database-url", dsns.Owner,
		}, more...)
		var out bytes.Buffer
		return run(t.Context(), args, strings.NewReader(""), &out, &out)
	}
	recorded := func() []metrics.Override {
		state, err := db.Writer().ProgramState(t.Context(), id, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return state.Overrides
	}
	for name, more := range map[string][]string{
		"an engineer": {"--by", "budi@example.test"}, "nobody": {"--by", "none@example.test"}, "another deadline": {"--by", "ani@example.test", "--deadline", "D7"},
		"a fact": {"--by", "ani@example.test", "--verdict", "accepted"}, "no day": {"--by", "ani@example.test", "--until", "soon"},
	} {
		if override(more...) == nil {
			t.Errorf("%s may override", name)
		}
	}
	if got := recorded(); len(got) != 0 {
		t.Fatalf("something was recorded: %+v", got)
	}
	if err := override("--by", "ani@example.test", "--deadline", "D1"); err != nil {
		t.Fatal(err)
	}
	got := recorded()
	if len(got) != 1 || got[0].Deadline != "D1" || got[0].Verdict != metrics.Late || got[0].By != "Directorate" || got[0].Reason.EN != "The audit is not booked" || got[0].Withdrawn {
		t.Fatalf("%+v", got)
	}
	if err := override("--by", "ani@example.test", "--deadline", "D1", "--withdraw"); err != nil {
		t.Fatal(err)
	}
	if got := recorded(); len(got) != 1 || !got[0].Withdrawn {
		t.Errorf("%+v", got)
	}
}
