package postgres_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

func unknown(postgres.ProgramHead) bool { return false }

// listed reads the one program that a credential opens, as a list has it.
func listed(t *rapid.T, db *postgres.DB, credential string, moment postgres.ListMoment) postgres.Outline {
	_, outlines, err := db.Reader().List(t.Context(), credential, moment, unknown)
	if err != nil || len(outlines) != 1 {
		t.Fatalf("%d programs, %v", len(outlines), err)
	}
	return outlines[0]
}

// judgedAlike compares what a list says of a program with what its own pages say, at moments that differ in kind.
func judgedAlike(t *rapid.T, o postgres.Outline, s postgres.ProgramState) {
	if !o.HeardAt.Equal(s.HeardAt) {
		t.Fatalf("the list has heard at %s, the page at %s", o.HeardAt, s.HeardAt)
	}
	for _, at := range []time.Time{
		s.RecordedAt, storetest.Start.AddDate(0, 0, 3), storetest.Start.AddDate(0, 0, 60), storetest.Start.AddDate(0, 3, 20), storetest.Start.AddDate(2, 0, 0),
	} {
		short, long := metrics.AssessOutline(o.Program, o.HeardAt, at), metrics.Assess(s.Program, s.History, at)
		for name, pair := range map[string][2]any{
			"figures": {short.Figures, long.Figures}, "state": {short.State, long.State}, "verdict": {short.Judgement, long.Judgement},
			"override": {withoutReason(short.Override), withoutReason(long.Override)}, "range": {short.HeadlineRange, long.HeadlineRange},
			"stale": {short.StaleWeight, long.StaleWeight}, "open": {short.Open, long.Open}, "valid": {short.ValidUntil, long.ValidUntil},
			"deadlines": {dates(short), dates(long)},
		} {
			if diff := cmp.Diff(pair[1], pair[0]); diff != "" {
				t.Fatalf("at %s the list says another %s:\n%s", at, name, diff)
			}
		}
	}
}

func withoutReason(o *metrics.Override) *metrics.Override {
	if o == nil {
		return nil
	}
	short := *o
	short.Reason, short.Provenance = metrics.Text{}, ""
	return &short
}

// dates are the deadlines' judgements in words.
func dates(a metrics.Assessment) (list []string) {
	for _, d := range a.Deadlines {
		list = append(list, fmt.Sprint(d.Deadline.Key, d.Deadline.Date, d.Deadline.Binding, d.DaysLeft, d.Passed, d.Judgement.Verdict, d.Judgement.Reason.Code))
	}
	return list
}

// A list rests on outlines and newest states, a page on everything; whatever was appended, they agree at any moment.
func TestListSaysWhatThePagesSay(t *testing.T) {
	db := storetest.Open(t)
	number := 0
	rapid.Check(t, func(rt *rapid.T) {
		number++
		slug := fmt.Sprintf("listed-%d", number)
		program := storetest.Program(t, db, slug)
		credential := storetest.Token(t, db, slug, []string{"read"})
		var moments []time.Time
		for i := range rapid.IntRange(1, 8).Draw(rt, "groups") {
			unit := ledger.Unit{Drafts: []ledger.Draft{anyFact(rt, fmt.Sprintf("%d", i))}}
			if _, err := db.Writer().AppendEach(t.Context(), program, []ledger.Unit{unit}); err != nil {
				rt.Fatal(err)
			}
			s, err := db.Reader().Program(t.Context(), credential, program, time.Time{})
			if err != nil {
				rt.Fatal(err)
			}
			moments = append(moments, s.RecordedAt)
		}
		for _, at := range moments {
			s, err := db.Reader().Program(t.Context(), credential, program, at)
			if err != nil {
				rt.Fatal(err)
			}
			o := listed(rt, db, credential, postgres.ListMoment{At: at})
			if diff := cmp.Diff(s.Outline(), o.Program, sameZone, cmpopts.EquateEmpty()); diff != "" {
				rt.Fatalf("as of %s the outline is another:\n%s", at, diff)
			}
			judgedAlike(rt, o, s)
		}
	})
}

// anyFact is anyDraft, or something else that a list rests on.
func anyFact(t *rapid.T, id string) ledger.Draft {
	milestone := rapid.SampledFrom([]string{"P1", "U1", "M1"}).Draw(t, "of")
	both := func(s string) ledger.Text { return ledger.Text{ID: s + " (id)", EN: s} }
	switch rapid.IntRange(0, 8).Draw(t, "fact") {
	case 0:
		return storetest.Fact(ledger.KindMilestone, ledger.Milestone{
			Key: milestone, Area: milestone[:1], Name: both("New " + id), Definition: both("All moved"), Unit: "records", Layer: "both",
			PlannedStart: "2024-01-15", PlannedDue: "2024-04-20", CadenceSeconds: 3600, GraceSeconds: 60, Retired: rapid.Bool().Draw(t, "retired"),
		})
	case 1:
		d := storetest.Fact(ledger.KindOverride, ledger.Override{Verdict: "watch", By: "compliance", Until: "2024-03-15", Withdrawn: rapid.Bool().Draw(t, "withdrawn")})
		d.Texts = map[string]string{"reason": "held up " + id}
		return d
	case 2:
		return letterFor("A"+id, milestone)
	case 3:
		return storetest.Fact(ledger.KindDeadline, ledger.Deadline{
			Key: "D" + id, Version: 2, Kind: "regulatory", Date: "2024-06-30", Stated: both("later"), AnnouncedOn: "2024-02-01", AnnouncedBy: "Kemendag", Binding: rapid.Bool().Draw(t, "binding"),
		})
	case 4:
		return storetest.Fact(ledger.KindProgram, ledger.Program{
			Name: both("Other " + id), Aliases: []string{"also " + id}, Timezone: "Asia/Jakarta", Start: "2024-01-08", LeadRegulator: "Kemendag", Operators: []string{"A", "B"},
			Steps: []ledger.PlanStep{{On: "2024-02-01", Percent: 30}},
		})
	}
	return anyDraft(t, id)
}

// What was recorded before outlines were kept has none; it is read in full, and says the same.
func TestListWithoutOutlines(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "old")
	mustAppend(t, db, program, storetest.Report("P1", "a", 10, 40, 100))
	credential := storetest.Token(t, db, "old", []string{"read"})
	list := func() (outlines []postgres.Outline) {
		_, outlines, err := db.Reader().List(t.Context(), credential, postgres.ListMoment{}, unknown)
		if err != nil {
			t.Fatal(err)
		}
		return outlines
	}
	kept := list()
	owner := connect(t, dsns.Owner)
	if _, err := owner.ExecContext(t.Context(), "DELETE FROM program_outlines"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(kept, list(), sameZone, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("without an outline:\n%s", diff)
	}
	found, err := db.Writer().Rebuild(t.Context(), program, true)
	if err != nil || len(found) != 1 || found[0].Table != "program_outlines" {
		t.Errorf("rebuild finds %+v, %v", found, err)
	}
	if _, err := db.Writer().Rebuild(t.Context(), program, false); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(kept, list(), sameZone); diff != "" {
		t.Errorf("rebuilt:\n%s", diff)
	}
}

// A day is the end of that day in the program's own zone, whatever zone anybody else is in.
func TestListOfADayIsCutByEachZone(t *testing.T) {
	db := storetest.Open(t)
	slugs := []string{"jakarta", "kiribati"}
	ids := map[string]string{}
	for i, zone := range []string{"Asia/Jakarta", "Pacific/Kiritimati"} {
		id, err := db.Writer().CreateProgram(t.Context(), slugs[i], zone)
		if err != nil {
			t.Fatal(err)
		}
		ids[id] = slugs[i]
		for day, hour := range []int{9, 15} { // 15:00 UTC is 22:00 in Jakarta and 05:00 of the next day on Kiritimati
			at := time.Date(2024, 3, 1+day, hour, 0, 0, 0, time.UTC)
			unit := ledger.Unit{Drafts: []ledger.Draft{storetest.Fact(ledger.KindArea, ledger.Area{Key: fmt.Sprint("A", day), Name: ledger.Text{ID: "x", EN: "x"}})}}
			if _, err := db.Writer().AppendImported(t.Context(), id, at, []ledger.Unit{unit}); err != nil {
				t.Fatal(err)
			}
		}
	}
	credential := storetest.Account(t, db, "regulator", slugs...)
	day := metrics.NewDay(2024, 3, 2)
	heads, outlines, err := db.Reader().List(t.Context(), credential, postgres.ListMoment{Day: &day}, unknown)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int64{}
	for _, h := range heads {
		got[h.Slug] = h.Entry
	}
	if want := map[string]int64{"jakarta": 2, "kiribati": 1}; !cmp.Equal(got, want) || len(outlines) != 2 {
		t.Errorf("entries %v, want %v", got, want)
	}
	if _, again, err := db.Reader().List(t.Context(), credential, postgres.ListMoment{}, func(h postgres.ProgramHead) bool { return h.Slug == "jakarta" }); err != nil || len(again) != 1 || ids[again[0].ID] != "kiribati" {
		t.Errorf("what is known is read again: %d outlines, %v", len(again), err)
	}
}

func TestTrailsTellWhatWasKnownThen(t *testing.T) {
	db := storetest.Open(t)
	id, err := db.Writer().CreateProgram(t.Context(), "trail", "Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	other := storetest.Program(t, db, "other")
	record := func(day int, drafts ...ledger.Draft) {
		t.Helper()
		outcomes, err := db.Writer().AppendImported(t.Context(), id, storetest.Start.AddDate(0, 0, day), []ledger.Unit{{Drafts: drafts}})
		if err != nil || outcomes[0].Err != nil {
			t.Fatal(err, outcomes)
		}
	}
	text := ledger.Text{ID: "x", EN: "x"}
	milestone := func(key string) ledger.Draft {
		return storetest.Fact(ledger.KindMilestone, ledger.Milestone{Key: key, Area: "A", Name: text, Definition: text, Unit: "records", Layer: "both", PlannedStart: "2024-01-08", PlannedDue: "2024-03-01", CadenceSeconds: 86400})
	}
	record(0, storetest.Fact(ledger.KindProgram, ledger.Program{Name: text, Timezone: "Asia/Jakarta", Start: "2024-01-08"}), storetest.Fact(ledger.KindArea, ledger.Area{Key: "A", Name: text}),
		milestone("a"), milestone("b"), storetest.Fact(ledger.KindWeights, ledger.Weights{Version: 1, BasisPoints: map[string]int64{"a": 6000, "b": 4000}}))
	record(2, storetest.Report("a", "1", 1440, 50, 100))
	record(5, storetest.Fact(ledger.KindWeights, ledger.Weights{Version: 2, BasisPoints: map[string]int64{"a": 2000, "b": 8000}}))
	record(7, storetest.Correction("a", "2", 5*1440, 46, 100)) // little enough for one person
	credential := storetest.Token(t, db, "trail", []string{"read"})
	start := metrics.NewDay(2024, 1, 8)
	var asked []postgres.PastDay
	for _, d := range []metrics.Day{-1, 0, 2, 4, 5, 6, 7, 30} {
		asked = append(asked, postgres.PastDay{ProgramID: id, Day: start + d})
	}
	asked = append(asked, postgres.PastDay{ProgramID: other, Day: start + 400})
	trails, err := db.Reader().Trails(t.Context(), credential, asked)
	if err != nil {
		t.Fatal(err)
	}
	got := map[metrics.Day]metrics.BasisPoints{}
	for d, points := range trails {
		if d.ProgramID != id {
			t.Errorf("a foreign program's trail: %d", points)
		}
		got[d.Day-start] = points
	}
	if want := map[metrics.Day]metrics.BasisPoints{0: 0, 2: 3000, 4: 3000, 5: 1000, 6: 1000, 7: 920, 30: 920}; !cmp.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
