package demo_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func load(t testing.TB, db *postgres.DB, now time.Time) demo.Found {
	t.Helper()
	found, err := demo.Load(t.Context(), db.Writer(), now, nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func loaded(t testing.TB) *postgres.DB {
	t.Helper()
	db := storetest.Open(t)
	if found := load(t, db, time.Now()); !found.Filled || len(found.Programs) != 4 {
		t.Fatalf("an empty database was not filled: %+v", found)
	}
	return db
}

func head(t testing.TB, db *postgres.DB, slug string) postgres.ProgramHead {
	t.Helper()
	heads, err := db.Writer().ProgramHeads(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(heads, func(h postgres.ProgramHead) bool { return h.Slug == slug })
	if i < 0 {
		t.Fatalf("no program %s", slug)
	}
	return heads[i]
}

func state(t testing.TB, db *postgres.DB, slug string, asOf time.Time) postgres.ProgramState {
	t.Helper()
	s, err := db.Writer().ProgramState(t.Context(), head(t, db, slug).ID, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// onDay is the program as known at the end of a day, judged then.
func onDay(t testing.TB, db *postgres.DB, slug, iso string) (postgres.ProgramState, metrics.Assessment) {
	t.Helper()
	d, err := metrics.ParseDay(iso)
	if err != nil {
		t.Fatal(err)
	}
	end := d.End(head(t, db, slug).Zone).Add(-time.Microsecond)
	s := state(t, db, slug, end)
	return s, metrics.Assess(s.Program, s.History, end)
}

// expected are the figures that the case file says must come out.
type expected struct {
	Deadlines []struct {
		ID       string
		Recorded string `json:"recorded_on"`
	}
	Reports []struct {
		On       string `json:"effective_on"`
		Expected struct {
			Overall float64
			Areas   map[string]float64 `json:"area_points"`
		}
	} `json:"progress_reports"`
	Statements   []struct{ ID string }
	Expectations struct {
		Checks []struct {
			AsOf      string `json:"as_of"`
			Overall   float64
			Left      float64  `json:"left_points"`
			Open      []string `json:"open_milestones"`
			Planned   float64
			Deadlines map[string]struct {
				DaysLeft int `json:"days_left"`
				Verdict  metrics.Verdict
			} `json:"by_deadline"`
		}
	}
}

func expectations(t testing.TB) (e expected) {
	t.Helper()
	raw, err := os.ReadFile("data/tokopedia-replay.json")
	if err == nil {
		err = json.Unmarshal(raw, &e)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func points(p float64) metrics.BasisPoints { return metrics.BasisPoints(math.Round(p * 100)) }

func TestReplayShowsThePublishedFigures(t *testing.T) {
	db := loaded(t)
	e := expectations(t)
	if len(e.Expectations.Checks) != 7 {
		t.Fatalf("%d expectations, want 7", len(e.Expectations.Checks))
	}
	for _, want := range e.Expectations.Checks {
		_, a := onDay(t, db, demo.Replay, want.AsOf)
		if a.Reported != points(want.Overall) || a.Outstanding != points(want.Left) {
			t.Errorf("%s: reported %d, left %d; want %v, %v", want.AsOf, a.Reported, a.Outstanding, want.Overall, want.Left)
		}
		if planned := math.Round(float64(a.Planned)/10) / 10; planned != want.Planned {
			t.Errorf("%s: planned %v, want %v", want.AsOf, planned, want.Planned)
		}
		var open []string
		for _, m := range a.Milestones {
			if m.Open {
				open = append(open, m.Milestone.Key)
			}
		}
		if !slices.Equal(open, want.Open) {
			t.Errorf("%s: open %v, want %v", want.AsOf, open, want.Open)
		}
		var known, wanted []string
		for _, d := range a.Deadlines {
			known = append(known, d.Deadline.Key)
			expected, given := want.Deadlines[d.Deadline.Key]
			if given && d.DaysLeft != expected.DaysLeft {
				t.Errorf("%s: %s has %d days left, want %d", want.AsOf, d.Deadline.Key, d.DaysLeft, expected.DaysLeft)
			}
			if expected.Verdict != "" && d.Judgement.Verdict != expected.Verdict {
				t.Errorf("%s: %s is %s, want %s", want.AsOf, d.Deadline.Key, d.Judgement.Verdict, expected.Verdict)
			}
		}
		for _, d := range e.Deadlines {
			if d.Recorded <= want.AsOf {
				wanted = append(wanted, d.ID)
			}
		}
		slices.Sort(known)
		slices.Sort(wanted)
		if !slices.Equal(known, wanted) {
			t.Errorf("%s: deadlines %v are known, want %v", want.AsOf, known, wanted)
		}
	}
}

func TestReplayReproducesEveryReport(t *testing.T) {
	db := loaded(t)
	for _, report := range expectations(t).Reports {
		_, a := onDay(t, db, demo.Replay, report.On)
		if a.Reported != points(report.Expected.Overall) {
			t.Errorf("%s: reported %d, want %v", report.On, a.Reported, report.Expected.Overall)
		}
		for _, area := range a.Areas {
			if area.Reported != points(report.Expected.Areas[area.Key]) {
				t.Errorf("%s: area %s has %d, want %v", report.On, area.Key, area.Reported, report.Expected.Areas[area.Key])
			}
		}
	}
}

// The working deadline changes as its versions become known; what somebody merely expects never binds.
func TestReplayBindsTheNewestVersion(t *testing.T) {
	db := loaded(t)
	for on, want := range map[string]string{"2024-02-05": "D1", "2024-02-13": "D2", "2024-03-01": "D2", "2024-03-12": "D3", "2024-03-27": "D3"} {
		_, a := onDay(t, db, demo.Replay, on)
		if b := a.Binding(); b == nil || b.Deadline.Key != want || b.Deadline.Document != "" {
			t.Errorf("%s: %+v binds, want %s without a document", on, b, want)
		}
	}
	s := state(t, db, demo.Replay, time.Time{})
	d1 := s.Deadlines[slices.IndexFunc(s.Deadlines, func(d metrics.Deadline) bool { return d.Key == "D1" })]
	if d1.Earliest == nil || d1.Earliest.String() != "2024-03-12" || d1.Date.String() != "2024-04-12" {
		t.Errorf("D1: %+v", d1)
	}
	for _, d := range s.Deadlines {
		if d.AnnouncedBy == "" || d.AnnouncedBy == "Isy Karim" || d.AnnouncedBy == "Nila Marita" {
			t.Errorf("%s was announced by %q, want an office", d.Key, d.AnnouncedBy)
		}
	}
}

func TestReplayHearsOfEveryMilestoneThatShouldHaveBegun(t *testing.T) {
	db := loaded(t)
	_, a := onDay(t, db, demo.Replay, "2024-03-12")
	var stale []string
	for _, m := range a.Milestones {
		if m.Stale {
			stale = append(stale, m.Milestone.Key)
		}
		if m.Milestone.Provenance != "invented" || m.Milestone.Definition.ID == "" || m.Milestone.Definition.EN == "" {
			t.Errorf("milestone %s: %+v", m.Milestone.Key, m.Milestone)
		}
	}
	if len(stale) > 0 { // what had not moved was said to be alive, or not begun, that day
		t.Errorf("stale %v", stale)
	}
	if a.Judgement.Verdict != metrics.Watch || a.Judgement.Reason.Code != metrics.ReasonBehindPlan {
		t.Errorf("judged %+v", a.Judgement)
	}
}

func TestReplayCountsNoItemTwice(t *testing.T) {
	db := loaded(t)
	for on, want := range map[string]struct{ rows, closed int }{"2024-03-12": {4, 0}, "2024-03-18": {3, 1}, "2024-03-27": {1, 3}} {
		_, a := onDay(t, db, demo.Replay, on)
		var sum metrics.BasisPoints
		for _, i := range a.Items {
			sum += i.Points
		}
		if sum != a.Outstanding || len(a.Items) != want.rows || len(a.ClosedItems) != want.closed {
			t.Errorf("%s: %d rows with %d points, %d closed; want %d rows with %d points, %d closed", on, len(a.Items), sum, len(a.ClosedItems), want.rows, a.Outstanding, want.closed)
		}
		if last := a.Items[len(a.Items)-1]; last.Kind != metrics.Unspecified || last.Counted {
			t.Errorf("%s: what nobody specified counts: %+v", on, last)
		}
	}
}

func TestStatementsKeepTheirBounds(t *testing.T) {
	db := loaded(t)
	s := state(t, db, demo.Replay, time.Time{})
	if want := len(expectations(t).Statements); len(s.Statements) != want {
		t.Fatalf("%d statements, want %d", len(s.Statements), want)
	}
	by := map[string]metrics.Statement{}
	for _, statement := range s.Statements {
		by[statement.Key] = statement
		if statement.Words.ID == "" || statement.Words.EN == "" || statement.Side == "" || statement.Source == "" || statement.StatedOn == nil && statement.PublishedOn == nil {
			t.Errorf("incomplete: %+v", statement)
		}
	}
	type claim struct {
		Kind        string
		Low, High   *metrics.BasisPoints
		Approximate bool
	}
	for key, want := range map[string]claim{
		"st-000-1": {"percent_done", new(metrics.BasisPoints(7500)), new(metrics.BasisPoints(7500)), false},
		"st-004-2": {"percent_done", new(metrics.BasisPoints(7000)), nil, true},                            // over 70
		"st-004-3": {"percent_left", new(metrics.BasisPoints(3330)), new(metrics.BasisPoints(3330)), true}, // a third left
		"st-001-4": {"percent_done", new(metrics.BasisPoints(8500)), new(metrics.BasisPoints(9000)), true}, // almost 90
		"st-001-5": {"percent_left", new(metrics.BasisPoints(1300)), new(metrics.BasisPoints(1300)), false},
		"st-003-2": {"area_pending", nil, nil, false}, // "100 percent as before" is no progress
	} {
		got := by[key]
		if diff := cmp.Diff(want, claim{got.Kind, got.Low, got.High, got.Approximate}); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
	if late := by["st-001-5"]; late.StatedOn != nil || late.PublishedOn.String() != "2024-03-12" || late.Side != "regulator" {
		t.Errorf("an undated quote got a date: %+v", late)
	}
	if early, _ := onDay(t, db, demo.Replay, "2024-02-11"); slices.ContainsFunc(early.Statements, func(s metrics.Statement) bool { return s.Key == "st-004-2" }) {
		t.Error("what was said on 5 February was known before it was printed on the 12th")
	}
}

// The register's judgements of the real case: like is compared with like, and only so.
func TestStatementsAreJudgedSensibly(t *testing.T) {
	db := loaded(t)
	s := state(t, db, demo.Replay, time.Time{})
	by := map[string]metrics.Comparison{}
	for _, c := range metrics.CompareStatements(s.Program, s.History, time.Now()) {
		by[c.Statement] = c
	}
	for key, want := range map[string]struct {
		judgement metrics.ClaimJudgement
		printed   bool
	}{
		"st-000-1": {metrics.ClaimAgrees, false},         // 75 % on 13 February
		"st-000-2": {metrics.ClaimAgrees, false},         // a quarter left
		"st-004-2": {metrics.ClaimAgrees, false},         // over 70 %
		"st-001-4": {metrics.ClaimAgrees, true},          // almost 90 %, known by its print date alone
		"st-001-5": {metrics.ClaimAgrees, true},          // 13 % left
		"st-P-4":   {metrics.ClaimDiffers, false},        // a headline's 100 %
		"st-P-5":   {metrics.ClaimAgrees, false},         // 87 in all
		"st-P-6":   {metrics.ClaimOtherUnit, false},      // the weight of payments read as its progress
		"st-004-3": {metrics.ClaimAnotherSubject, false}, // a third of the back end left
		"st-002-3": {metrics.ClaimAnotherSubject, true},  // data integration
		"st-P-2":   {metrics.ClaimAnotherSubject, false}, // provisions met
		"st-001-1": {metrics.ClaimNotJudged, false},      // nothing quantified
	} {
		if c := by[key]; c.Judgement != want.judgement || c.Printed != want.printed {
			t.Errorf("%s: %s, printed %v; want %s, %v (%+v)", key, c.Judgement, c.Printed, want.judgement, want.printed, c)
		}
	}
	if c := by["st-P-6"]; c.Fits != metrics.WeightOfArea || *c.Difference != -3000 {
		t.Errorf("the misread weight: %+v", c)
	}
	for _, c := range s.Statements {
		if (c.Low != nil || c.High != nil) && c.Scope == metrics.ScopeNotSaid {
			t.Errorf("%s does not say what it is a share of", c.Key)
		}
	}
}

func TestPublicPrograms(t *testing.T) {
	db := loaded(t)
	_, a := onDay(t, db, demo.TaxNumbers, "2024-03-31")
	if m := a.Milestones[0]; m.Milestone.Progress.Counts.Total != 73_575_966 || a.Reported != 9169 { // published as 91.7, which is rounded
		t.Errorf("NIK on 31 March: %+v, %d", m.Milestone.Progress.Counts, a.Reported)
	}
	if b := a.Binding(); b.Deadline.Document != "PMK 136/2023" || b.DaysLeft != 91 {
		t.Errorf("NIK is bound by %+v", b)
	}
	s, a := onDay(t, db, demo.ChipCards, "2021-04-01")
	if !a.Curve.Stairs || len(s.Steps) != 4 || a.Reported != 8200 || a.Planned != 8000 {
		t.Errorf("chip cards: reported %d, planned %d, steps %v", a.Reported, a.Planned, s.Steps)
	}
	for _, slug := range []string{demo.TaxNumbers, demo.ChipCards} {
		if s := state(t, db, slug, time.Time{}); s.Demo != "public" || s.Milestones[0].Provenance != "derived" || len(s.Items) != 1 {
			t.Errorf("%s: %+v", slug, s.Program)
		}
	}
}

// The press once printed more matched numbers than there are.
func TestMoreDoneThanThereAreIsRefused(t *testing.T) {
	db := loaded(t)
	_, err := db.Writer().Append(t.Context(), head(t, db, demo.TaxNumbers).ID, ledger.Unit{Drafts: []ledger.Draft{{
		Kind: ledger.KindReport, Source: "import", EventID: "misprint", Actor: "import", ObservedAt: time.Now(),
		Body: ledger.Report{Milestone: "A1", Done: new(int64(76_550_000)), Total: new(int64(76_520_000)), Unit: "records"},
	}}})
	var refusal *ledger.Refusal
	if !errors.As(err, &refusal) || refusal.Code != ledger.DoneExceedsTotal {
		t.Fatalf("got %v, want a refusal", err)
	}
}

func TestLiveProgramIsUnderWay(t *testing.T) {
	db := loaded(t)
	now := time.Now()
	s := state(t, db, demo.Live, time.Time{})
	a := metrics.Assess(s.Program, s.History, now)
	if a.Reported < 5500 || a.Reported > 6500 {
		t.Errorf("reported %d, want 55 to 65 points", a.Reported)
	}
	if b := a.Binding(); b == nil || b.DaysLeft != 45 || b.Judgement.Verdict != metrics.OnTrack || a.StaleWeight != 0 {
		t.Errorf("judged %+v, stale %d", b, a.StaleWeight)
	}
	if len(a.Deadlines) != 2 || a.Deadlines[0].DaysLeft != 20 {
		t.Errorf("deadlines %+v", a.Deadlines)
	}
	kinds := map[string]int{}
	for _, c := range s.History.Changes {
		kinds[c.Kind]++
	}
	if kinds["milestone"] != 1 || kinds["weights"] != 1 || len(s.History.Weights) != 2 {
		t.Errorf("changes %v", s.History.Changes)
	}
	blockers := 0
	for _, i := range s.Items {
		if i.Kind == "blocker" && i.WaitsOn.ID != "" && !i.Closed {
			blockers++
		}
	}
	if blockers != 2 || len(s.Milestones) != 8 || len(s.Areas) != 3 || len(s.Days) < 5 { // the stepper gets the days near the one shown
		t.Errorf("%d blockers, %d milestones, %d areas, %d recorded days", blockers, len(s.Milestones), len(s.Areas), len(s.Days))
	}
	if p1 := s.Milestones[0]; p1.Key != "P1" || p1.Progress.Base.IsZero() {
		t.Errorf("no correction: %+v", p1.Progress)
	}
}

// What waits for a second person is there to be looked at, and no sanction is on record that nobody reported.
func TestActsOfTheDemo(t *testing.T) {
	db := loaded(t)
	s := state(t, db, demo.Live, time.Time{})
	if pending := s.Pending(); len(pending) != 1 || pending[0].Key != demo.LiveProposal || pending[0].Milestone != "U2" {
		t.Errorf("%+v", pending)
	}
	states := map[metrics.EvidenceState]string{}
	for _, e := range s.Evidence {
		states[e.State()] = e.Key
	}
	if len(s.Evidence) != 2 || states[metrics.EvidenceWaits] != demo.LiveEvidence || states[metrics.EvidenceAccepted] == "" {
		t.Errorf("%v", states)
	}
	if len(s.Audits) != 2 || s.Audits[0].Key != demo.LiveAudit || s.Audits[0].Result != "" || len(s.Serving("L1")) != 3 {
		t.Errorf("%+v", s.Audits)
	}
	replay := state(t, db, demo.Replay, time.Time{})
	if replay.StandingStep() != nil || len(replay.Ladder.Steps) != 5 || replay.Ladder.Steps[0].Note.ID == "" || replay.Ladder.Steps[3].Note.ID == "" {
		t.Errorf("%+v", replay.Ladder)
	}
	if len(replay.Duties) != 5 || !replay.Duties[4].Advice || replay.Duties[0].Advice || len(replay.Serving("L2")) != 5 {
		t.Errorf("%+v", replay.Duties)
	}
}

// Whatever the time of day, the program is in good order when it was just loaded.
func TestLiveProgramIsLoadedAtAnyHour(t *testing.T) {
	for _, hoursAgo := range []int{0, 7, 13, 19} {
		db := storetest.Open(t)
		now := time.Now().Add(-time.Duration(hoursAgo) * time.Hour)
		load(t, db, now)
		s := state(t, db, demo.Live, time.Time{})
		if s.RecordedAt.After(now) {
			t.Errorf("%d hours ago: recorded at %s, after %s", hoursAgo, s.RecordedAt, now)
		}
		if a := metrics.Assess(s.Program, s.History, now); a.StaleWeight != 0 || a.Binding().DaysLeft != 45 {
			t.Errorf("%d hours ago: stale %d, days left %d", hoursAgo, a.StaleWeight, a.Binding().DaysLeft)
		}
	}
}

func TestEverythingIsImportedAndRebuildsTheSame(t *testing.T) {
	db := loaded(t)
	token := signIn(t, db, "executive@tenggat.example")
	for _, slug := range []string{demo.Replay, demo.TaxNumbers, demo.ChipCards, demo.Live} {
		h := head(t, db, slug)
		differences, err := db.Writer().Rebuild(t.Context(), h.ID, true)
		if err != nil || len(differences) != 0 {
			t.Errorf("%s: %v, %v", slug, differences, err)
		}
		records, err := db.Reader().Records(t.Context(), token, h.ID, "", time.Time{}, 0, 10_000)
		if err != nil || int64(len(records)) != h.Entry {
			t.Fatalf("%s: %d records of %d, %v", slug, len(records), h.Entry, err)
		}
		for _, r := range records {
			if !r.Imported {
				t.Fatalf("%s: entry %d is not marked as imported", slug, r.Number)
			}
		}
	}
}

func signIn(t testing.TB, db *postgres.DB, email string) string {
	t.Helper()
	a, err := db.Writer().AccountByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	token := access.NewSessionToken()
	idle, absolute := access.SessionLimits(a.Role)
	if err := db.Writer().CreateSession(t.Context(), access.HashToken(token), a.ID, idle, absolute); err != nil {
		t.Fatal(err)
	}
	return token
}

func TestAccounts(t *testing.T) {
	db := loaded(t)
	var roles []access.Role
	hasher := access.NewHasher()
	for _, a := range demo.Accounts() {
		roles = append(roles, a.Role)
		stored, err := db.Writer().AccountByEmail(t.Context(), a.Email)
		if err != nil {
			t.Fatal(err)
		}
		if ok, err := hasher.VerifyPassword(t.Context(), stored.PasswordHash, a.Password); !ok || err != nil {
			t.Errorf("%s cannot sign in: %v", a.Email, err)
		}
		want := slices.Sorted(slices.Values(a.Programs))
		if !slices.Equal([]string(stored.Programs), want) || stored.Role != a.Role {
			t.Errorf("%s is a member of %v as %s, want %v as %s", a.Email, stored.Programs, stored.Role, want, a.Role)
		}
	}
	if !slices.Equal(roles, access.Roles()) && len(roles) != len(access.Roles()) {
		t.Errorf("roles %v, want each of %v once", roles, access.Roles())
	}
	token := signIn(t, db, "regulator@tenggat.example")
	if _, err := db.Reader().Program(t.Context(), token, head(t, db, demo.TaxNumbers).ID, time.Time{}); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("the regulator reads another program: %v", err)
	}
}

func TestLoadingTwiceDoesNothing(t *testing.T) {
	db := loaded(t)
	before, err := db.Writer().ProgramHeads(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := load(t, db, time.Now().Add(48*time.Hour))
	if found.Filled {
		t.Error("a complete demo was filled again")
	}
	if diff := cmp.Diff(describe(before), describe(found.Programs)); diff != "" {
		t.Error(diff)
	}
}

func describe(heads []postgres.ProgramHead) (lines []string) {
	for _, h := range heads {
		lines = append(lines, fmt.Sprintln(h.ID, h.Slug, h.Entry, h.RecordedAt))
	}
	return lines
}

func TestLoadLeavesOtherProgramsAlone(t *testing.T) {
	db := storetest.Open(t)
	storetest.Program(t, db, "own")
	if found := load(t, db, time.Now()); found.Filled || len(found.Programs) != 1 {
		t.Errorf("a database in use was filled: %+v", found)
	}
}

// A start that was interrupted at any moment is completed by the next, to the very same ledgers.
func TestInterruptedLoadIsCompleted(t *testing.T) {
	whole := describeLengths(t, loaded(t))
	db := storetest.Open(t)
	now := time.Now()
	interrupted := 0
	for steps := int64(100); ; steps += 500 {
		ctx := newCountdown(t, steps)
		_, err := demo.Load(ctx, db.Writer(), now.Add(time.Duration(interrupted)*time.Second), nil)
		if err == nil {
			break
		}
		if ctx.Err() == nil {
			t.Fatal(err)
		}
		interrupted++
	}
	if interrupted < 3 {
		t.Errorf("interrupted %d times: too few to show anything", interrupted)
	}
	if diff := cmp.Diff(whole, describeLengths(t, db)); diff != "" {
		t.Error(diff)
	}
}

// countdown is a context that ends when it has been watched so many times.
type countdown struct {
	context.Context
	cancel context.CancelFunc
	left   atomic.Int64
}

func newCountdown(t testing.TB, steps int64) *countdown {
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	c := &countdown{Context: ctx, cancel: cancel}
	c.left.Store(steps)
	return c
}

func (c *countdown) Done() <-chan struct{} {
	if c.left.Add(-1) == 0 {
		c.cancel()
	}
	return c.Context.Done()
}

func describeLengths(t testing.TB, db *postgres.DB) map[string]int64 {
	t.Helper()
	lengths := map[string]int64{}
	for _, h := range load(t, db, time.Now()).Programs {
		lengths[h.Slug] = h.Entry
	}
	return lengths
}
