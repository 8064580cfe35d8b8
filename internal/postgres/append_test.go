package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func appendOne(t testing.TB, db *postgres.DB, program string, d ledger.Draft) (ledger.Receipt, error) {
	t.Helper()
	receipts, err := db.Writer().Append(t.Context(), program, ledger.Unit{Drafts: []ledger.Draft{d}})
	if err != nil {
		return ledger.Receipt{}, err
	}
	return receipts[0], nil
}

func mustAppend(t testing.TB, db *postgres.DB, program string, d ledger.Draft) ledger.Receipt {
	t.Helper()
	r, err := appendOne(t, db, program, d)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func state(t testing.TB, db *postgres.DB, program string, asOf time.Time) postgres.ProgramState {
	t.Helper()
	s, err := db.Writer().ProgramState(t.Context(), program, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func milestone(s postgres.ProgramState, key string) metrics.Milestone {
	i := slices.IndexFunc(s.Milestones, func(m metrics.Milestone) bool { return m.Key == key })
	return s.Milestones[i]
}

func wantRefusal(t *testing.T, err error, code ledger.Code) ledger.Refusal {
	t.Helper()
	var r *ledger.Refusal
	if !errors.As(err, &r) || r.Code != code {
		t.Fatalf("got %v, want a refusal %s", err, code)
	}
	return *r
}

func TestAppendNumbersWithoutGapsAndCountsOnce(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	head := state(t, db, program, time.Time{}).Entry

	first := mustAppend(t, db, program, storetest.Report("P1", "a", 1, 10, 100))
	if first.Entry != head+1 || first.Effect != ledger.Applied {
		t.Fatalf("first receipt: %+v, head was %d", first, head)
	}
	again := mustAppend(t, db, program, storetest.Report("P1", "a", 1, 10, 100))
	if again.Effect != ledger.Duplicate || again.Entry != first.Entry || !again.RecordedAt.Equal(first.RecordedAt) || again.LeafHash != first.LeafHash {
		t.Fatalf("the same report again: %+v, first was %+v", again, first)
	}
	_, err := appendOne(t, db, program, storetest.Report("P1", "a", 1, 11, 100))
	if r := wantRefusal(t, err, ledger.EventIDReused); r.KnownEntry != first.Entry {
		t.Fatalf("refusal points at entry %d, want %d", r.KnownEntry, first.Entry)
	}
	if s := state(t, db, program, time.Time{}); s.Entry != first.Entry || milestone(s, "P1").Progress.Counts.Done != 10 {
		t.Fatalf("head %d, done %v", s.Entry, milestone(s, "P1").Progress.Counts)
	}
}

func TestDecreaseNeedsACorrection(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	mustAppend(t, db, program, storetest.Report("P1", "a", 1, 50, 100))
	before := state(t, db, program, time.Time{})

	_, err := appendOne(t, db, program, storetest.Report("P1", "b", 2, 40, 100))
	if r := wantRefusal(t, err, ledger.DecreaseUncalled); r.KnownDone == nil || *r.KnownDone != 50 {
		t.Fatalf("refusal does not tell the count in force: %+v", r)
	}
	if diff := cmp.Diff(before.Entry, state(t, db, program, time.Time{}).Entry); diff != "" {
		t.Fatalf("a refused report left an entry: %s", diff)
	}
	without := storetest.Correction("P1", "c", 3, 40, 100)
	without.Texts = nil
	_, err = appendOne(t, db, program, without)
	wantRefusal(t, err, ledger.Required)

	mustAppend(t, db, program, storetest.Correction("P1", "c", 3, 40, 100))
	if done := milestone(state(t, db, program, time.Time{}), "P1").Progress.Counts.Done; done != 40 {
		t.Fatalf("done is %d after the correction, want 40", done)
	}
	if r := mustAppend(t, db, program, storetest.Report("P1", "d", 2, 45, 100)); r.Effect != ledger.Stale {
		t.Fatalf("a report observed before the correction: %s, want stale", r.Effect)
	}
	if done := milestone(state(t, db, program, time.Time{}), "P1").Progress.Counts.Done; done != 40 {
		t.Fatalf("done is %d, want 40", done)
	}
}

func TestUnitIsAllOrNothing(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	head := state(t, db, program, time.Time{}).Entry
	bad := storetest.Report("nowhere", "b", 2, 1, 2)
	_, err := db.Writer().Append(t.Context(), program, ledger.Unit{Drafts: []ledger.Draft{storetest.Report("P1", "a", 1, 10, 100), bad}})
	if r := wantRefusal(t, err, ledger.UnknownMilestone); r.Index != 1 {
		t.Fatalf("refusal names draft %d, want 1", r.Index)
	}
	if s := state(t, db, program, time.Time{}); s.Entry != head || milestone(s, "P1").Progress.Counts != nil {
		t.Fatal("half a unit was recorded")
	}
	outcomes, err := db.Writer().AppendEach(t.Context(), program, []ledger.Unit{
		{Drafts: []ledger.Draft{bad}}, {Drafts: []ledger.Draft{storetest.Report("P1", "a", 1, 10, 100)}},
	})
	if err != nil || outcomes[1].Err != nil || outcomes[1].Receipts[0].Entry != head+1 {
		t.Fatalf("the good unit beside a bad one: %+v %v", outcomes, err)
	}
	wantRefusal(t, outcomes[0].Err, ledger.UnknownMilestone)
}

// What one draft of a unit defines the next may report, and a refused unit defines nothing.
func TestDefinedAndReportedAtOnce(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	defined := storetest.Fact(ledger.KindMilestone, ledger.Milestone{
		Key: "P9", Area: "P", Name: ledger.Text{ID: "x", EN: "x"}, Definition: ledger.Text{ID: "x", EN: "x"}, Unit: "checks", Layer: "both",
		PlannedStart: "2024-01-08", PlannedDue: "2024-01-09", CadenceSeconds: 1,
	})
	bad := ledger.Unit{Drafts: []ledger.Draft{defined, storetest.Report("P9", "a", 1, 3, 2)}}
	good := ledger.Unit{Drafts: []ledger.Draft{defined, storetest.Report("P9", "b", 1, 1, 2)}}
	only := ledger.Unit{Drafts: []ledger.Draft{storetest.Report("P9", "c", 1, 1, 2)}}
	outcomes, err := db.Writer().AppendEach(t.Context(), program, []ledger.Unit{bad, only, good})
	if err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, outcomes[0].Err, ledger.DoneExceedsTotal)
	wantRefusal(t, outcomes[1].Err, ledger.UnknownMilestone)
	if outcomes[2].Err != nil {
		t.Fatal(outcomes[2].Err)
	}
}

// What only a refused unit said was never said: a later unit of the same transaction cannot refer to it.
func TestRefusedUnitLeavesNothingToReferTo(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	area := storetest.Fact(ledger.KindArea, ledger.Area{Key: "X", Name: ledger.Text{ID: "x", EN: "x"}})
	inArea := storetest.Fact(ledger.KindMilestone, ledger.Milestone{
		Key: "X1", Area: "X", Name: ledger.Text{ID: "x", EN: "x"}, Definition: ledger.Text{ID: "x", EN: "x"}, Unit: "checks", Layer: "both",
		PlannedStart: "2024-01-08", PlannedDue: "2024-01-09", CadenceSeconds: 1,
	})
	outcomes, err := db.Writer().AppendEach(t.Context(), program, []ledger.Unit{
		{Drafts: []ledger.Draft{area, storetest.Report("nowhere", "a", 1, 1, 2)}}, {Drafts: []ledger.Draft{inArea}},
	})
	if err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, outcomes[0].Err, ledger.UnknownMilestone)
	wantRefusal(t, outcomes[1].Err, ledger.UnknownArea)
}

func TestRefusals(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	head := state(t, db, program, time.Time{}).Entry
	with := func(change func(*ledger.Draft, *ledger.Report)) ledger.Draft {
		d := storetest.Report("P1", "x", 1, 1, 2)
		body := d.Body.(ledger.Report)
		change(&d, &body)
		d.Body = body
		return d
	}
	n := func(v int64) *int64 { return &v }
	for name, c := range map[string]struct {
		draft ledger.Draft
		code  ledger.Code
		field string
	}{
		"done over total":   {with(func(_ *ledger.Draft, r *ledger.Report) { r.Done = n(3) }), ledger.DoneExceedsTotal, "done"},
		"negative":          {with(func(_ *ledger.Draft, r *ledger.Report) { r.Done = n(-1) }), ledger.OutOfRange, "done"},
		"above 2^53-1":      {with(func(_ *ledger.Draft, r *ledger.Report) { r.Total = n(1 << 53) }), ledger.OutOfRange, "total"},
		"parts over total":  {with(func(_ *ledger.Draft, r *ledger.Report) { r.Failed, r.Skipped = n(1), n(1) }), ledger.PartsExceedTotal, "done"},
		"total alone":       {with(func(_ *ledger.Draft, r *ledger.Report) { r.Done = nil }), ledger.Required, "done"},
		"nothing said":      {with(func(_ *ledger.Draft, r *ledger.Report) { r.Done, r.Total = nil, nil }), ledger.Required, "done"},
		"other unit":        {with(func(_ *ledger.Draft, r *ledger.Report) { r.Unit = "merchants" }), ledger.UnitMismatch, "unit"},
		"unknown state":     {with(func(_ *ledger.Draft, r *ledger.Report) { r.State = "fine" }), ledger.InvalidValue, "state"},
		"future":            {with(func(d *ledger.Draft, _ *ledger.Report) { d.ObservedAt = time.Now().Add(6 * time.Minute) }), ledger.ObservedInFuture, "observed_at"},
		"slip of the year":  {with(func(d *ledger.Draft, _ *ledger.Report) { d.ObservedAt = storetest.Start.AddDate(-2, 0, 0) }), ledger.ObservedTooEarly, "observed_at"},
		"control in id":     {with(func(d *ledger.Draft, _ *ledger.Report) { d.EventID = "a\nb" }), ledger.InvalidValue, "event_id"},
		"bidi in id":        {with(func(d *ledger.Draft, _ *ledger.Report) { d.EventID = "a\u202eb" }), ledger.InvalidValue, "event_id"},
		"weights not whole": {storetest.Fact(ledger.KindWeights, ledger.Weights{Version: 2, BasisPoints: map[string]int64{"P1": 9999}}), ledger.WeightsNotWhole, "basis_points"},
		"weight of nothing": {storetest.Fact(ledger.KindWeights, ledger.Weights{Version: 2, BasisPoints: map[string]int64{"Q": 10000}}), ledger.UnknownMilestone, "basis_points"},
		"milestone of no area": {storetest.Fact(ledger.KindMilestone, ledger.Milestone{
			Key: "X", Area: "Q", Name: ledger.Text{ID: "x", EN: "x"}, Definition: ledger.Text{ID: "x", EN: "x"}, Unit: "checks", Layer: "both",
			PlannedStart: "2024-01-08", PlannedDue: "2024-01-09", CadenceSeconds: 1,
		}), ledger.UnknownArea, "area"},
		"another zone": {storetest.Fact(ledger.KindProgram, ledger.Program{Name: ledger.Text{ID: "x", EN: "x"}, Timezone: "UTC", Start: "2024-01-08"}), ledger.ZoneFixed, "timezone"},
		"blocker without party": {func() ledger.Draft {
			d := storetest.Fact(ledger.KindItem, ledger.Item{Key: "b", Kind: "blocker", OpenedOn: "2024-01-08"})
			d.Texts = map[string]string{"title": "x"}
			return d
		}(), ledger.Required, "waits_on"},
	} {
		_, err := appendOne(t, db, program, c.draft)
		var r *ledger.Refusal
		if !errors.As(err, &r) || r.Code != c.code || r.Field != c.field {
			t.Errorf("%s: got %v, want %s at %s", name, err, c.code, c.field)
		}
	}
	if now := state(t, db, program, time.Time{}).Entry; now != head {
		t.Fatalf("refused drafts moved the head from %d to %d", head, now)
	}
	if _, err := appendOne(t, db, "00000000-0000-4000-8000-000000000000", storetest.Report("P1", "x", 1, 1, 2)); !errors.Is(err, postgres.ErrNotFound) {
		t.Fatalf("unknown program: %v", err)
	}
}

// Whatever order reports arrive in, and however often each is repeated, the state is the same.
func TestAnyOrderAndRepeatsGiveTheSameState(t *testing.T) {
	db := storetest.Open(t)
	number := 0
	rapid.Check(t, func(rt *rapid.T) {
		count := rapid.IntRange(1, 12).Draw(rt, "reports")
		var inOrder []ledger.Draft
		done := map[string]int64{}
		for i := range count {
			key := rapid.SampledFrom([]string{"P1", "U1"}).Draw(rt, "milestone")
			done[key] += rapid.Int64Range(0, 20).Draw(rt, "more")
			d := storetest.Report(key, fmt.Sprintf("e%02d", i), i*400, done[key], 1000+rapid.Int64Range(0, 3).Draw(rt, "growth"))
			if rapid.IntRange(0, 4).Draw(rt, "kind") == 0 {
				d.Body = ledger.Report{Milestone: key, State: "running"}
			}
			inOrder = append(inOrder, d)
		}
		arrival := slices.Clone(inOrder)
		for range rapid.IntRange(0, 6).Draw(rt, "repeats") {
			arrival = append(arrival, inOrder[rapid.IntRange(0, count-1).Draw(rt, "again")])
		}
		seed := rapid.Uint64().Draw(rt, "shuffle")
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(arrival), func(i, j int) { arrival[i], arrival[j] = arrival[j], arrival[i] })

		number++
		want := storedState(t, db, fmt.Sprintf("sorted-%d", number), inOrder)
		got := storedState(t, db, fmt.Sprintf("shuffled-%d", number), arrival)
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatalf("the order of arrival changed the state:\n%s", diff)
		}
	})
}

type comparable struct {
	Progress map[string]metrics.Progress
	Days     []metrics.MilestoneDay
}

func storedState(t testing.TB, db *postgres.DB, slug string, drafts []ledger.Draft) comparable {
	t.Helper()
	program := storetest.Program(t, db, slug)
	for _, d := range drafts {
		mustAppend(t, db, program, d)
	}
	s := state(t, db, program, time.Time{})
	c := comparable{map[string]metrics.Progress{}, s.History.Days}
	for _, m := range s.Milestones {
		c.Progress[m.Key] = m.Progress
	}
	differences, err := db.Writer().Rebuild(t.Context(), program, true)
	if err != nil || len(differences) > 0 {
		t.Fatalf("rebuild: %v %v", differences, err)
	}
	return c
}

func TestLateContradictionAndLateCorrectionFoldHistoryAnew(t *testing.T) {
	db := storetest.Open(t)
	arrivals := [][]ledger.Draft{
		{storetest.Report("P1", "b", 20, 30, 100), storetest.Report("P1", "a", 10, 50, 100), storetest.Report("P1", "c", 30, 60, 100)},
		{storetest.Report("P1", "c", 30, 60, 100), storetest.Correction("P1", "x", 15, 5, 100), storetest.Report("P1", "a", 10, 50, 100)},
		{storetest.Report("P1", "d", 40, 60, 100), storetest.Correction("P1", "x", 15, 5, 100), storetest.Correction("P1", "y", 12, 70, 100)},
	}
	want := []int64{60, 60, 60}
	for i, drafts := range arrivals {
		c := storedState(t, db, fmt.Sprintf("late-%d", i), drafts)
		if got := c.Progress["P1"].Counts.Done; got != want[i] {
			t.Errorf("arrival %d: done %d, want %d", i, got, want[i])
		}
	}
}

func TestManyWritersNumberWithoutGaps(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "busy")
	head := state(t, db, program, time.Time{}).Entry
	const writers, each = 16, 20
	var mu sync.Mutex
	seen := map[int64]bool{}
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				key := []string{"P1", "U1", "M1"}[w%3]
				d := storetest.Report(key, fmt.Sprintf("%d-%d", w, i), 1, 1, 1000)
				receipts, err := db.Writer().Append(context.WithoutCancel(t.Context()), program, ledger.Unit{Drafts: []ledger.Draft{d}})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if seen[receipts[0].Entry] {
					t.Errorf("number %d given twice", receipts[0].Entry)
				}
				seen[receipts[0].Entry] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if s := state(t, db, program, time.Time{}); s.Entry != head+writers*each || len(seen) != writers*each {
		t.Fatalf("head %d after %d entries from %d", s.Entry, len(seen), head)
	}
}

func TestOptimisticLock(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	seen := mustAppend(t, db, program, storetest.Report("P1", "a", 1, 10, 100)).Entry
	mustAppend(t, db, program, storetest.Report("U1", "b", 2, 10, 100))
	alive := storetest.Report("P1", "c", 3, 0, 0)
	alive.Body = ledger.Report{Milestone: "P1", State: "running"}
	mustAppend(t, db, program, alive)
	expect := func(d ledger.Draft, entry int64) error {
		_, err := db.Writer().Append(t.Context(), program, ledger.Unit{Drafts: []ledger.Draft{d}, Expect: &ledger.Expectation{Milestone: "P1", Entry: entry}})
		return err
	}
	if err := expect(storetest.Report("P1", "d", 4, 20, 100), seen); err != nil {
		t.Fatalf("another milestone's report and a sign of life are no conflict: %v", err)
	}
	if r := wantRefusal(t, expect(storetest.Report("P1", "e", 5, 30, 100), seen), ledger.ChangedMeanwhile); *r.KnownDone != 20 {
		t.Fatalf("refusal shows %d, want 20", *r.KnownDone)
	}
}

// Corrections and reopenings as well: senders that send a refused report again end in the same state, whoever came first.
func TestAnyOrderWithCorrectionsAndReopenings(t *testing.T) {
	db := storetest.Open(t)
	number := 0
	rapid.Check(t, func(rt *rapid.T) {
		count := rapid.IntRange(2, 9).Draw(rt, "observations")
		done := int64(0)
		inOrder := []ledger.Draft{storetest.Report("P1", "e00", 0, done, 1000)}
		for i := 1; i < count; i++ {
			id := fmt.Sprintf("e%02d", i)
			switch rapid.IntRange(0, 3).Draw(rt, "kind") {
			case 0:
				done = rapid.Int64Range(0, done).Draw(rt, "corrected")
				inOrder = append(inOrder, storetest.Correction("P1", id, i*300, done, 1000))
			case 1:
				done = rapid.Int64Range(0, done).Draw(rt, "reopened")
				d := storetest.Correction("P1", id, i*300, done, 1000)
				d.Kind = ledger.KindReopening
				inOrder = append(inOrder, d)
			default:
				done += rapid.Int64Range(0, 99).Draw(rt, "more")
				inOrder = append(inOrder, storetest.Report("P1", id, i*300, done, 1000))
			}
		}
		number++
		want := settledState(t, db, fmt.Sprintf("in-order-%d", number), inOrder)
		seed := rapid.Uint64().Draw(rt, "shuffle")
		arrival := slices.Clone(inOrder)
		rand.New(rand.NewPCG(seed, 2)).Shuffle(len(arrival), func(i, j int) { arrival[i], arrival[j] = arrival[j], arrival[i] })
		got := settledState(t, db, fmt.Sprintf("any-order-%d", number), arrival)
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatalf("the order of arrival changed the state:\n%s", diff)
		}
	})
}

// settledState sends what was refused again until all is recorded.
func settledState(t testing.TB, db *postgres.DB, slug string, drafts []ledger.Draft) comparable {
	t.Helper()
	program := storetest.Program(t, db, slug)
	for range len(drafts) {
		var refused []ledger.Draft
		for _, d := range drafts {
			if _, err := appendOne(t, db, program, d); err != nil {
				refused = append(refused, d)
			}
		}
		drafts = refused
	}
	if len(drafts) > 0 {
		t.Fatalf("never recorded: %+v", drafts)
	}
	s := state(t, db, program, time.Time{})
	noDifference(t, db, program)
	p := milestone(s, "P1").Progress
	return comparable{map[string]metrics.Progress{"P1": p}, s.History.Days}
}
