package postgres_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

const (
	sari = "p-sari" // an engineer
	dewi = "p-dewi" // a compliance officer
)

// proposing makes a program whose rule is one point of the whole, with 50 of 100 done of P1 (weight 60).
func proposing(t testing.TB, db *postgres.DB, slug string) string {
	t.Helper()
	program := storetest.Program(t, db, slug)
	storetest.SecondPerson(t, db, program, slug, 100)
	mustAppend(t, db, program, storetest.Report("P1", "first", 1, 50, 100))
	return program
}

func decide(key, outcome, actor string) ledger.Draft {
	return storetest.By(actor, storetest.Fact(ledger.KindDecision, ledger.Decision{Proposal: key, Outcome: outcome}), "reason", "seen")
}

func done(t testing.TB, db *postgres.DB, program, key string) int64 {
	t.Helper()
	return milestone(state(t, db, program, time.Time{}), key).Progress.Counts.Done
}

func noDifference(t testing.TB, db *postgres.DB, program string) {
	t.Helper()
	if differences, err := db.Writer().Rebuild(t.Context(), program, true); err != nil || len(differences) > 0 {
		t.Errorf("rebuild: %v %v", differences, err)
	}
}

// What withdraws more than the rule changes nothing until a second person approves it; what withdraws less applies at once.
func TestCorrectionAboveTheRuleWaitsForASecondPerson(t *testing.T) {
	db := storetest.Open(t)
	program := proposing(t, db, "one")
	small := storetest.Correction("U1", "small", 2, 0, 100) // nothing was done of U1: it withdraws nothing
	if r := mustAppend(t, db, program, small); r.Effect != ledger.Applied {
		t.Fatalf("a correction that withdraws nothing: %+v", r)
	}
	// 60 points x 1/100 is 0.6, at most the rule; 60 x 2/100 is 1.2
	if r := mustAppend(t, db, program, storetest.Correction("P1", "within", 3, 49, 100)); r.Effect != ledger.Applied || done(t, db, program, "P1") != 49 {
		t.Fatalf("within the rule: %+v, done %d", r, done(t, db, program, "P1"))
	}
	before := state(t, db, program, time.Time{})
	above := storetest.Correction("P1", "above", 4, 40, 100)
	r := mustAppend(t, db, program, above)
	if r.Effect != ledger.Proposed || r.Proposal == "" || r.Entry != before.Entry+1 {
		t.Fatalf("above the rule: %+v", r)
	}
	after := state(t, db, program, time.Time{})
	if diff := cmp.Diff(before.Milestones, after.Milestones); diff != "" {
		t.Fatalf("a proposal changed a figure:\n%s", diff)
	}
	pending := after.Pending()
	if len(pending) != 1 || pending[0].Key != r.Proposal || pending[0].Points != 540 || pending[0].Limit != 100 || pending[0].Counts.Done != 40 || pending[0].Reason.EN != "counted twice" {
		t.Fatalf("%+v", pending)
	}
	if again := mustAppend(t, db, program, above); again.Effect != ledger.Duplicate || again.Entry != r.Entry || again.Proposal != r.Proposal {
		t.Fatalf("the same correction again: %+v", again)
	}
	other := storetest.Correction("P1", "above", 4, 39, 100)
	_, err := appendOne(t, db, program, other)
	wantRefusal(t, err, ledger.EventIDReused)

	_, err = appendOne(t, db, program, decide(r.Proposal, "approved", "job:loader"))
	wantRefusal(t, err, ledger.SamePerson)
	_, err = appendOne(t, db, program, decide(r.Proposal, "withdrawn", dewi))
	wantRefusal(t, err, ledger.NotOwn)
	_, err = appendOne(t, db, program, decide("proposal-none", "approved", dewi))
	wantRefusal(t, err, ledger.UnknownProposal)
	if done(t, db, program, "P1") != 49 {
		t.Fatal("a refused decision changed a figure")
	}
	approved := mustAppend(t, db, program, decide(r.Proposal, "approved", dewi))
	s := state(t, db, program, time.Time{})
	if m := milestone(s, "P1"); m.Progress.Counts.Done != 40 || m.CountedEntry != approved.Entry+1 {
		t.Fatalf("approved, and P1 is %+v", m.Progress)
	}
	if len(s.Pending()) != 0 || s.Proposals[0].Decision.Outcome != metrics.Approved || s.Proposals[0].Decision.By != dewi || s.Proposals[0].By != "job:loader" {
		t.Fatalf("%+v", s.Proposals)
	}
	for _, outcome := range []string{"approved", "refused"} {
		_, err = appendOne(t, db, program, decide(r.Proposal, outcome, sari))
		wantRefusal(t, err, ledger.AlreadyDecided)
	}
	if again := mustAppend(t, db, program, above); again.Effect != ledger.Duplicate || again.Proposal != r.Proposal {
		t.Fatalf("the same correction after its approval: %+v", again)
	}
	noDifference(t, db, program)
}

func TestRefusedAndWithdrawnProposalsChangeNothing(t *testing.T) {
	db := storetest.Open(t)
	program := proposing(t, db, "one")
	for i, outcome := range []string{"refused", "withdrawn"} {
		r := mustAppend(t, db, program, storetest.Correction("P1", outcome, 2+i, 0, 100))
		actor := map[string]string{"refused": dewi, "withdrawn": "job:loader"}[outcome]
		if outcome == "refused" {
			wordless := decide(r.Proposal, outcome, actor)
			wordless.Texts = nil
			_, err := appendOne(t, db, program, wordless)
			wantRefusal(t, err, ledger.Required)
		}
		mustAppend(t, db, program, decide(r.Proposal, outcome, actor))
		if done(t, db, program, "P1") != 50 {
			t.Fatalf("%s, and P1 changed", outcome)
		}
	}
	noDifference(t, db, program)
}

// Of an approval and a withdrawal at the same moment one wins, and the count is what the winner says.
func TestApprovalAndWithdrawalAtOnce(t *testing.T) {
	db := storetest.Open(t)
	for i := range 8 {
		program := proposing(t, db, fmt.Sprintf("race-%d", i))
		r := mustAppend(t, db, program, storetest.Correction("P1", "x", 2, 0, 100))
		outcomes := map[string]string{"approved": dewi, "withdrawn": "job:loader", "refused": sari}
		var mu sync.Mutex
		var won []string
		var wg sync.WaitGroup
		for outcome, actor := range outcomes {
			wg.Go(func() {
				_, err := db.Writer().Append(t.Context(), program, ledger.Unit{Drafts: []ledger.Draft{decide(r.Proposal, outcome, actor)}})
				mu.Lock()
				defer mu.Unlock()
				var refusal *ledger.Refusal
				switch {
				case err == nil:
					won = append(won, outcome)
				case !errors.As(err, &refusal) || refusal.Code != ledger.AlreadyDecided:
					t.Errorf("%s: %v", outcome, err)
				}
			})
		}
		wg.Wait()
		if len(won) != 1 {
			t.Fatalf("%v won", won)
		}
		want := map[string]int64{"approved": 0, "withdrawn": 50, "refused": 50}[won[0]]
		if got := done(t, db, program, "P1"); got != want {
			t.Errorf("%s won, done %d", won[0], got)
		}
		noDifference(t, db, program)
	}
}

// A reopening withdraws what evidence and letters said of the milestone, whatever is left of its count.
func TestReopeningWithdrawsEvidenceAndLetters(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	mustAppend(t, db, program, storetest.Report("P1", "a", 1, 100, 100))
	mustAppend(t, db, program, evidenceOf("P1", "e1", sari))
	_, err := appendOne(t, db, program, reviewOf("P1", "e1", 100, sari))
	wantRefusal(t, err, ledger.SamePerson)
	mustAppend(t, db, program, reviewOf("P1", "e1", 100, dewi))
	mustAppend(t, db, program, letterFor("L1", "P1"))
	if m := milestone(state(t, db, program, time.Time{}), "P1"); m.Verified != 100 || !m.Accepted || m.Undone {
		t.Fatalf("%+v", m)
	}
	whole := reopen("P1", 100, 100, sari)
	_, err = appendOne(t, db, program, whole)
	wantRefusal(t, err, ledger.InvalidValue)
	_, err = appendOne(t, db, program, reopen("U1", 0, 100, sari))
	wantRefusal(t, err, ledger.NothingToReopen)

	mustAppend(t, db, program, reopen("P1", 90, 100, sari))
	s := state(t, db, program, time.Time{})
	m := milestone(s, "P1")
	if m.Progress.Counts.Done != 90 || m.Verified != 0 || m.Accepted || !m.Undone || !s.Evidence[0].Void {
		t.Fatalf("%+v, void %v", m, s.Evidence[0].Void)
	}
	mustAppend(t, db, program, evidenceOf("P1", "e2", sari))
	mustAppend(t, db, program, reviewOf("P1", "e2", 90, dewi))
	mustAppend(t, db, program, letterFor("L2", "P1"))
	if m := milestone(state(t, db, program, time.Time{}), "P1"); m.Verified != 90 || !m.Accepted || m.Undone {
		t.Fatalf("judged anew: %+v", m)
	}
	noDifference(t, db, program)
}

// A reopening is measured by all that the milestone had earned.
func TestReopeningAboveTheRuleWaits(t *testing.T) {
	db := storetest.Open(t)
	program := proposing(t, db, "one")
	r := mustAppend(t, db, program, reopen("P1", 49, 100, sari))
	if p := state(t, db, program, time.Time{}).Pending(); r.Effect != ledger.Proposed || len(p) != 1 || !p[0].Reopening || p[0].Points != 3000 {
		t.Fatalf("%+v %+v", r, p)
	}
	mustAppend(t, db, program, decide(r.Proposal, "approved", dewi))
	if m := milestone(state(t, db, program, time.Time{}), "P1"); m.Progress.Counts.Done != 49 || m.Progress.Reopened.IsZero() {
		t.Fatalf("%+v", m.Progress)
	}
	noDifference(t, db, program)
}

func TestNobodySaysWhatOnlyFollows(t *testing.T) {
	db := storetest.Open(t)
	program := proposing(t, db, "one")
	forged := storetest.Correction("P1", "x", 2, 0, 100)
	body := forged.Body.(ledger.Report)
	body.Proposal = "proposal-1"
	forged.Body = body
	_, err := appendOne(t, db, program, forged)
	wantRefusal(t, err, ledger.InvalidValue)
	fromAudit := reopen("P1", 0, 100, dewi)
	body = fromAudit.Body.(ledger.Report)
	body.Audit = "A1"
	fromAudit.Body = body
	_, err = appendOne(t, db, program, fromAudit)
	wantRefusal(t, err, ledger.InvalidValue)
	proposal := storetest.Fact(ledger.KindProposal, ledger.Proposal{Key: "p", Kind: ledger.KindCorrection, Report: storetest.Correction("P1", "x", 2, 0, 100).Body.(ledger.Report), BasisPoints: 200, Limit: 100})
	proposal.Texts = map[string]string{"reason": "x"}
	_, err = appendOne(t, db, program, proposal)
	wantRefusal(t, err, ledger.InvalidValue)
}

// Several pieces of evidence each support so much of the count; they are not added up, and a refused one supports nothing.
func TestVerifiedIsTheMostThatOnePieceSupports(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	mustAppend(t, db, program, storetest.Report("P1", "a", 1, 80, 100))
	verified := func() int64 { return milestone(state(t, db, program, time.Time{}), "P1").Verified }
	for i, c := range []struct {
		supports int64
		accepted bool
		want     int64
	}{{30, true, 30}, {20, true, 30}, {0, false, 30}, {70, true, 70}} {
		key := fmt.Sprintf("e%d", i)
		mustAppend(t, db, program, evidenceOf("P1", key, sari))
		review := reviewOf("P1", key, c.supports, dewi)
		if !c.accepted {
			body := review.Body.(ledger.Review)
			body.Accepted = false
			review.Body = body
			review.Texts = map[string]string{"reason": "Another month"}
		}
		mustAppend(t, db, program, review)
		if got := verified(); got != c.want {
			t.Errorf("after %+v: %d", c, got)
		}
	}
	changed := reviewOf("P1", "e3", 0, "p-other-officer") // a mind may be changed
	body := changed.Body.(ledger.Review)
	body.Accepted = false
	changed.Body, changed.Texts = body, map[string]string{"reason": "Forged"}
	mustAppend(t, db, program, changed)
	if got := verified(); got != 30 {
		t.Errorf("after a review was taken back: %d", got)
	}
	_, err := appendOne(t, db, program, evidenceOf("P1", "e3", sari))
	wantRefusal(t, err, ledger.KeyTaken)
	noDifference(t, db, program)
}

// A letter for the whole program covers what was in scope then, and nothing that joins later.
func TestLetterCoversWhatItCouldKnow(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	mustAppend(t, db, program, letterFor("L1"))
	mustAppend(t, db, program, storetest.By(dewi, storetest.Fact(ledger.KindMilestone, ledger.Milestone{
		Key: "P9", Area: "P", Name: ledger.Text{ID: "x", EN: "x"}, Definition: ledger.Text{ID: "x", EN: "x"}, Unit: "checks", Layer: "both",
		PlannedStart: "2024-01-08", PlannedDue: "2024-01-09", CadenceSeconds: 1,
	})))
	s := state(t, db, program, time.Time{})
	if !milestone(s, "P1").Accepted || milestone(s, "P9").Accepted {
		t.Fatalf("P1 %v, P9 %v", milestone(s, "P1").Accepted, milestone(s, "P9").Accepted)
	}
}

// A failed audit reopens the milestones of its duties, and no other; it has one result.
func TestFailedAuditReopensItsArticle(t *testing.T) {
	db := storetest.Open(t)
	program := accepted(t, db, "one")
	if a := assess(t, db, program); a.State != metrics.StateAccepted || !a.AfterCare.Begun || len(a.AfterCare.Audits) != 1 {
		t.Fatalf("%s %+v", a.State, a.AfterCare)
	}
	failed := resultOf("A1", "failed", "L1")
	mustAppend(t, db, program, failed)
	s := state(t, db, program, time.Time{})
	if p1, u1 := milestone(s, "P1"), milestone(s, "U1"); p1.Accepted || p1.Progress.Counts.Done != 0 || !u1.Accepted || u1.Progress.Counts.Done != 100 {
		t.Fatalf("P1 %+v, U1 %+v", p1, u1)
	}
	if len(s.Pending()) != 0 {
		t.Fatalf("an audit's reopening waits: %+v", s.Pending())
	}
	a := assess(t, db, program)
	if a.State != metrics.StateReopened || a.Judgement.Verdict != metrics.PartlyReopened || a.Outstanding != 6000 || len(a.AfterCare.Reopened) != 1 || len(a.AfterCare.Held) != 1 {
		t.Fatalf("%s %s %d %+v", a.State, a.Judgement.Verdict, a.Outstanding, a.AfterCare)
	}
	for _, result := range []string{"passed", "failed", ""} {
		_, err := appendOne(t, db, program, resultOf("A1", result, "L1"))
		wantRefusal(t, err, ledger.AlreadyDecided)
	}
	mustAppend(t, db, program, storetest.By("job:loader", storetest.Report("P1", "again", 1, 100, 100)))
	if a := assess(t, db, program); a.State != metrics.StateReopened || a.Outstanding != 0 {
		t.Fatalf("done again, not accepted anew: %s", a.State)
	}
	mustAppend(t, db, program, letterFor("L2", "P1"))
	if a := assess(t, db, program); a.State != metrics.StateAccepted {
		t.Fatalf("accepted anew: %s", a.State)
	}
	noDifference(t, db, program)
}

func TestAuditKeepsWhatWasPlanned(t *testing.T) {
	db := storetest.Open(t)
	program := accepted(t, db, "one")
	_, err := appendOne(t, db, program, resultOf("A1", "passed", "L2"))
	wantRefusal(t, err, ledger.InvalidValue)
	_, err = appendOne(t, db, program, resultOf("A2", "passed", "L9"))
	wantRefusal(t, err, ledger.UnknownDuty)
	mustAppend(t, db, program, resultOf("A1", "passed", "L1"))
	if a := assess(t, db, program); a.State != metrics.StateAccepted || len(a.AfterCare.Audits) != 0 {
		t.Fatalf("%s %+v", a.State, a.AfterCare)
	}
}

// The database holds to the second person whoever writes past the application. Each of these is raw SQL by the application's login.
func TestDatabaseRefusesTheSamePerson(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := proposing(t, db, "one")
	mustAppend(t, db, program, evidenceOf("P1", "e1", sari))
	pending := mustAppend(t, db, program, storetest.Correction("P1", "x", 2, 0, 100)).Proposal
	settled := mustAppend(t, db, program, storetest.Correction("P1", "y", 3, 0, 100)).Proposal
	mustAppend(t, db, program, decide(settled, "refused", dewi))
	head := state(t, db, program, time.Time{}).Entry
	app := connect(t, dsns.App)

	forge := func(change func(*ledger.Entry), kind ledger.Kind, body any, actor string) error {
		d := storetest.By(actor, storetest.Fact(kind, body))
		e, err := d.Entry(program, head+1, time.Now(), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		change(&e)
		canonical, err := e.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		leaf := ledger.LeafHash(canonical)
		tx := app.MustBegin()
		defer func() { _ = tx.Rollback() }()
		_, err = tx.Exec(`INSERT INTO ledger_entries (program_id, entry_no, kind, source, event_id, observed_at, recorded_at, canonical, tree_hashes)
			VALUES ($1, $2, $3, $4, $5, now(), now(), $6, $7)`, program, head+1, string(kind), e.Source, uuid.NewString(), canonical, leaf[:])
		return err
	}
	as := func(*ledger.Entry) {}
	review := ledger.Review{Milestone: "P1", EvidenceKey: "e1", Accepted: true, Done: 50, Evidence: "https://x.example/", ObservedOn: "2024-01-08"}
	nameless := review
	nameless.EvidenceKey = ""
	correction := storetest.Correction("P1", "z", 4, 0, 100).Body.(ledger.Report)
	fromRefused, fromPending := correction, correction
	fromRefused.Proposal, fromPending.Proposal = settled, pending
	file := ledger.Evidence{Key: "e2", Milestone: "P1", SHA256: strings.Repeat("ab", 32), Size: 3, MediaType: "text/plain", ObservedOn: "2024-01-08"}
	for name, c := range map[string]struct {
		kind   ledger.Kind
		body   any
		actor  string
		change func(*ledger.Entry)
		want   bool
	}{
		"another's evidence reviewed":         {ledger.KindReview, review, dewi, as, true},
		"own evidence reviewed":               {ledger.KindReview, review, sari, as, false},
		"a review of nothing":                 {ledger.KindReview, nameless, dewi, as, false},
		"another's proposal approved":         {ledger.KindDecision, ledger.Decision{Proposal: pending, Outcome: "approved"}, dewi, as, true},
		"own proposal approved":               {ledger.KindDecision, ledger.Decision{Proposal: pending, Outcome: "approved"}, "job:loader", as, false},
		"own proposal refused":                {ledger.KindDecision, ledger.Decision{Proposal: pending, Outcome: "refused"}, "job:loader", as, false},
		"own proposal withdrawn":              {ledger.KindDecision, ledger.Decision{Proposal: pending, Outcome: "withdrawn"}, "job:loader", as, true},
		"another's proposal withdrawn":        {ledger.KindDecision, ledger.Decision{Proposal: pending, Outcome: "withdrawn"}, dewi, as, false},
		"no proposal approved":                {ledger.KindDecision, ledger.Decision{Proposal: "none", Outcome: "approved"}, dewi, as, false},
		"a settled proposal approved":         {ledger.KindDecision, ledger.Decision{Proposal: settled, Outcome: "approved"}, sari, as, false},
		"a refused proposal carried out":      {ledger.KindCorrection, fromRefused, "job:loader", as, false},
		"a waiting proposal carried out":      {ledger.KindCorrection, fromPending, "job:loader", as, false},
		"a waiting proposal as reopening":     {ledger.KindReopening, fromPending, "job:loader", as, false},
		"a file that is not stored":           {ledger.KindEvidence, file, sari, as, false},
		"a review that calls itself a report": {ledger.KindReport, review, sari, func(e *ledger.Entry) { e.Kind = ledger.KindReview }, false},
		"and hides it": {ledger.KindReport, struct {
			ledger.Review
			Kind string `json:"kind"`
		}{review, "report"}, sari, func(e *ledger.Entry) { e.Kind = ledger.KindReview }, false},
		"a decision that calls itself an item": {ledger.KindItem, ledger.Decision{Proposal: pending, Outcome: "approved"}, "job:loader", func(e *ledger.Entry) { e.Kind = ledger.KindDecision }, false},
	} {
		if err := forge(c.change, c.kind, c.body, c.actor); (err == nil) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, statement := range []string{
		"ALTER TABLE ledger_entries DISABLE TRIGGER ledger_entries_second_person", "DROP TRIGGER ledger_entries_second_person ON ledger_entries",
		"SET session_replication_role = replica", "DROP FUNCTION guard_second_person() CASCADE",
	} {
		if _, err := app.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("the application's login may run %q", statement)
		}
	}
}

func evidenceOf(milestone, key, actor string) ledger.Draft {
	return storetest.By(actor, storetest.Fact(ledger.KindEvidence, ledger.Evidence{
		Key: key, Milestone: milestone, Link: "https://files.example/" + key, ObservedOn: "2024-01-08",
	}), "label", "Traffic log")
}

func reviewOf(milestone, key string, done int64, actor string) ledger.Draft {
	return storetest.By(actor, storetest.Fact(ledger.KindReview, ledger.Review{
		Milestone: milestone, EvidenceKey: key, Accepted: true, Done: done, Evidence: "https://files.example/" + key, ObservedOn: "2024-01-08",
	}))
}

func letterFor(key string, milestones ...string) ledger.Draft {
	return storetest.By(dewi, storetest.Fact(ledger.KindAcceptance, ledger.Acceptance{
		Key: key, Milestones: milestones, Letter: ledger.Letter{LetterNumber: key + "/PDN", LetterDate: "2024-04-02", Issuer: "Kemendag", Paper: ledger.Paper{Document: "On file"}},
	}))
}

func reopen(milestone string, done, total int64, actor string) ledger.Draft {
	d := storetest.By(actor, storetest.Report(milestone, "", 0, done, total), "reason", "The invoice link is missing")
	d.Kind = ledger.KindReopening
	return d
}

func resultOf(key, result string, duties ...string) ledger.Draft {
	a := ledger.Audit{Key: key, Trigger: "periodic", Duties: duties, Due: "2024-07-01", Result: result}
	if result == "" {
		return storetest.By(dewi, storetest.Fact(ledger.KindAudit, a))
	}
	a.HeldOn, a.Auditor, a.Paper = "2024-06-30", "Auditor", ledger.Paper{Document: "Report 1"}
	return storetest.By(dewi, storetest.Fact(ledger.KindAudit, a), "finding", "A call was found")
}

// accepted makes a finished program: duty L1 is P1's, L2 is U1's and M1's; all is done and accepted, and audit A1 of L1 is planned.
func accepted(t testing.TB, db *postgres.DB, slug string) string {
	t.Helper()
	program := storetest.Program(t, db, slug)
	storetest.SecondPerson(t, db, program, slug, 100)
	both := func(s string) ledger.Text { return ledger.Text{ID: s, EN: s} }
	var drafts []ledger.Draft
	for _, key := range []string{"L1", "L2"} {
		drafts = append(drafts, storetest.By(dewi, storetest.Fact(ledger.KindDuty, ledger.Duty{Key: key, Text: both("Duty " + key)})))
	}
	for i, m := range []struct{ key, area, unit, duty string }{{"P1", "P", "records", "L1"}, {"U1", "U", "records", "L2"}, {"M1", "M", "merchants", "L2"}} {
		drafts = append(drafts, storetest.By(dewi, storetest.Fact(ledger.KindMilestone, ledger.Milestone{
			Key: m.key, Area: m.area, Name: both("Milestone " + m.key), Definition: both("All moved"), Unit: m.unit, Layer: "back_end",
			PlannedStart: "2024-01-08", PlannedDue: "2024-03-29", CadenceSeconds: 86400, GraceSeconds: 3600, Position: i, Duties: []string{m.duty},
		})), storetest.Report(m.key, "all-"+m.key, 1, 100, 100))
	}
	drafts = append(drafts, letterFor("whole"), resultOf("A1", "", "L1"))
	if _, err := db.Writer().Append(t.Context(), program, ledger.Unit{Drafts: drafts}); err != nil {
		t.Fatal(err)
	}
	return program
}

func assess(t testing.TB, db *postgres.DB, program string) metrics.Assessment {
	t.Helper()
	s := state(t, db, program, time.Time{})
	return metrics.Assess(s.Program, s.History, time.Now())
}
