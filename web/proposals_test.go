package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres/storetest"
)

func aDecision(eventID, outcome string) url.Values {
	return url.Values{"event_id": {eventID}, "entry": {"1"}, "outcome": {outcome}, "reason": {"Checked with the job's log"}}
}

func aReopening(eventID string, entry int64, done string) url.Values {
	return url.Values{"event_id": {eventID}, "entry": {fmt.Sprint(entry)}, "done": {done}, "reason": {"The invoice link is missing"}}
}

// needsSecond makes every correction of more than a point of the whole in "demo" need a second person.
func (s *site) needsSecond() {
	s.t.Helper()
	storetest.SecondPerson(s.t, s.db, s.programID, "demo", 100)
}

// proposed makes a correction by a job wait for a second person, and returns its key.
func (s *site) proposed() string {
	s.t.Helper()
	s.needsSecond()
	more := storetest.By("job:loader", storetest.Report("U1", "", 0, 90, 100))
	less := storetest.By("job:loader", storetest.Report("U1", "", 0, 10, 100), "reason", "Counted twice")
	less.Kind, less.ObservedAt = ledger.KindCorrection, more.ObservedAt.Add(time.Millisecond)
	receipts, err := s.db.Writer().Append(s.t.Context(), s.programID, ledger.Unit{Drafts: []ledger.Draft{more, less}})
	if err != nil || receipts[1].Proposal == "" {
		s.t.Fatalf("%+v %v", receipts, err)
	}
	return receipts[1].Proposal
}

func (s *site) doneOfP1() int64 {
	s.t.Helper()
	state, err := s.db.Writer().ProgramState(s.t.Context(), s.programID, time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	return state.Milestones[0].Progress.Counts.Done
}

// An engineer's correction above the rule becomes a proposal, is shown as such wherever the milestone stands, and applies once somebody
// else approves it. The engineer cannot.
func TestCorrectionAboveTheRuleTakesASecondPerson(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.needsSecond()
	engineer, other := s.session(access.Engineer), s.session(access.Engineer)
	form := url.Values{"done": {"10"}, "total": {"100"}, "event_id": {s.server.newEventID()}, "entry": {fmt.Sprint(s.head())}, "reason": {"Counted twice"}}
	const update = "/programs/demo/milestones/P1/update"
	before := s.head()
	for range 2 { // a double submit proposes once
		if a := s.post(update, form, engineer).want(t, http.StatusSeeOther); !strings.Contains(a.Header.Get("Location"), "notice=proposed") {
			t.Errorf("led to %s", a.Header.Get("Location"))
		}
	}
	if s.head() != before+1 || s.doneOfP1() != 50 {
		t.Fatalf("head %d after %d, done %d", s.head(), before, s.doneOfP1())
	}
	key := s.pending()[0].Key
	for _, path := range []string{"/programs/demo/milestones/P1?lang=en", "/programs/demo/items?lang=en", "/programs/demo?lang=en", "/programs/demo/proposals?lang=en"} {
		page := s.get(path, signedIn(s.session(access.Regulator))).want(t, 200)
		if !strings.Contains(page.body, "second person") || strings.Contains(page.body, "/proposals/"+key) {
			t.Errorf("%s does not say that a correction waits, or offers a regulator to decide it", path)
		}
	}
	decide := "/programs/demo/proposals/" + key
	if page := s.get(decide+"?lang=en", signedIn(engineer)).want(t, 200); strings.Contains(page.body, `value="approved"`) || !strings.Contains(page.body, `value="withdrawn"`) {
		t.Error("the proposer is offered more than to withdraw")
	}
	s.post(decide, aDecision(s.server.newEventID(), "approved"), engineer).want(t, http.StatusForbidden)
	s.post(decide, aDecision(s.server.newEventID(), "withdrawn"), other).want(t, http.StatusForbidden)
	wordless := aDecision(s.server.newEventID(), "refused")
	wordless.Set("reason", "")
	if a := s.post(decide, wordless, other).want(t, 422); !strings.Contains(a.body, `id="reason-error"`) {
		t.Error("refused without a reason")
	}
	s.post("/programs/demo/proposals/none", aDecision(s.server.newEventID(), "approved"), other).want(t, 404)
	if s.head() != before+1 {
		t.Fatal("something was written")
	}
	approve := aDecision(s.server.newEventID(), "approved")
	for range 2 {
		s.post(decide, approve, other).want(t, http.StatusSeeOther)
	}
	if s.doneOfP1() != 10 || len(s.pending()) != 0 {
		t.Errorf("approved: done %d, pending %v", s.doneOfP1(), s.pending())
	}
	s.post(decide, aDecision(s.server.newEventID(), "refused"), s.session(access.Compliance)).want(t, http.StatusConflict)
	page := s.get("/programs/demo/milestones/P1?lang=en", signedIn(engineer)).want(t, 200)
	if !strings.Contains(page.body, "Proposed by ") || !strings.Contains(page.body, ", approved by ") {
		t.Error("the history does not name both")
	}
}

func (s *site) pending() []metrics.Proposal {
	s.t.Helper()
	state, err := s.db.Writer().ProgramState(s.t.Context(), s.programID, time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	return state.Pending()
}

// A job's correction above the rule is answered 202, again 200, and its decision can be read where Location leads.
func TestJobsCorrectionAboveTheRule(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.needsSecond()
	token, at := s.token("report", "P1"), observed(1)
	body := fmt.Sprintf(`{"event_id":"c-1","observed_at":%q,"done":10,"total":100,"correction":{"reason":"Counted twice"}}`, at)
	first := s.api("POST", reportsOfP1, body, bearing(token)).want(t, http.StatusAccepted)
	receipt := decode[receiptJSON](t, first)
	if receipt.Effect != ledger.Proposed || receipt.Proposal == "" || receipt.Detail == "" || s.doneOfP1() != 50 {
		t.Fatalf("%+v, done %d", receipt, s.doneOfP1())
	}
	again := decode[receiptJSON](t, s.api("POST", reportsOfP1, body, bearing(token)).want(t, http.StatusOK))
	if again.Entry != receipt.Entry || again.Proposal != receipt.Proposal || again.Effect != ledger.Duplicate {
		t.Errorf("%+v", again)
	}
	s.api("POST", reportsOfP1, strings.Replace(body, `"done":10`, `"done":11`, 1), bearing(token)).want(t, http.StatusConflict)
	outcome := func() *decisionJSON {
		list := decode[struct{ Proposals []proposalJSON }](t, s.api("GET", first.Header.Get("Location"), "", bearing(token)).want(t, 200))
		if len(list.Proposals) != 1 || list.Proposals[0].Key != receipt.Proposal || list.Proposals[0].Points != 2400 {
			t.Fatalf("%+v", list)
		}
		return list.Proposals[0].Decision
	}
	if d := outcome(); d != nil {
		t.Errorf("decided already: %+v", d)
	}
	s.api("GET", "/api/v1/programs/demo/proposals", "", bearing(token)).want(t, http.StatusForbidden) // the token covers one milestone
	s.api("GET", "/api/v1/programs/demo/proposals", "", bearing(s.token("read"))).want(t, 200)
	s.post("/programs/demo/proposals/"+receipt.Proposal, aDecision(s.server.newEventID(), "refused"), s.session(access.Compliance)).want(t, http.StatusSeeOther)
	if d := outcome(); d == nil || d.Outcome != metrics.RefusedByPeer || d.Reason.EN == "" || s.doneOfP1() != 50 {
		t.Errorf("%+v, done %d", d, s.doneOfP1())
	}
	batch := fmt.Sprintf(`{"reports":[{"program":"demo","milestone":"P1","event_id":"b-1","observed_at":%q,"done":60,"total":100},
		{"program":"demo","milestone":"P1","event_id":"b-2","observed_at":%q,"done":5,"total":100,"correction":{"reason":"x"}}]}`, at, at)
	answer := decode[struct {
		Summary batchSummary
		Results []struct {
			Status   int
			Proposal string
		}
	}](t, s.api("POST", "/api/v1/reports:batch", batch, bearing(token)).want(t, 200))
	if answer.Summary.Applied != 1 || answer.Summary.Proposed != 1 || answer.Results[1].Status != http.StatusAccepted || answer.Results[1].Proposal == "" {
		t.Errorf("%+v", answer)
	}
}

// Of an approval and a withdrawal sent at once one is saved, and the other is told so.
func TestApprovalAndWithdrawalSentAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.needsSecond()
	proposer, second := s.session(access.Engineer), s.session(access.Compliance)
	for range 5 {
		s.post("/programs/demo/milestones/P1/update", url.Values{"done": {"90"}, "total": {"100"}, "event_id": {s.server.newEventID()}, "entry": {fmt.Sprint(s.head())}}, proposer).want(t, 303)
		form := url.Values{"done": {"10"}, "total": {"100"}, "event_id": {s.server.newEventID()}, "entry": {fmt.Sprint(s.head())}, "reason": {"Counted twice"}}
		s.post("/programs/demo/milestones/P1/update", form, proposer).want(t, 303)
		path := "/programs/demo/proposals/" + s.pending()[0].Key
		statuses := make(chan int, 2)
		var wg sync.WaitGroup
		wg.Go(func() { statuses <- s.post(path, aDecision(s.server.newEventID(), "approved"), second).StatusCode })
		wg.Go(func() { statuses <- s.post(path, aDecision(s.server.newEventID(), "withdrawn"), proposer).StatusCode })
		wg.Wait()
		if a, b := <-statuses, <-statuses; a+b != http.StatusSeeOther+http.StatusConflict {
			t.Fatalf("answered %d and %d", a, b)
		}
		if len(s.pending()) != 0 {
			t.Fatal("still pending")
		}
	}
}

// Reopening withdraws a milestone, with a reason; above the rule it waits, and it is named in what moved the headline.
func TestReopeningAMilestone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session, before := s.session(access.Engineer), s.head()
	const reopen = "/programs/demo/milestones/P1/reopen"
	s.get(reopen, signedIn(session)).want(t, 200)
	for name, c := range map[string]struct{ field, value string }{"no count": {"done", ""}, "all of it": {"done", "100"}, "no reason": {"reason", " "}, "below 0": {"done", "-1"}} {
		form := aReopening(s.server.newEventID(), before, "0")
		form.Set(c.field, c.value)
		if a := s.post(reopen, form, session).want(t, 422); !strings.Contains(a.body, `id="`+c.field+`-error"`) {
			t.Errorf("%s: no error at %s", name, c.field)
		}
	}
	s.post("/programs/demo/milestones/U1/reopen", aReopening(s.server.newEventID(), before, "0"), session).want(t, 422)
	if s.head() != before {
		t.Fatal("something was written")
	}
	if a := s.post(reopen, aReopening(s.server.newEventID(), before, "20"), session).want(t, 303); !strings.Contains(a.Header.Get("Location"), "notice=reopened") || s.doneOfP1() != 20 {
		t.Errorf("led to %s, done %d", a.Header.Get("Location"), s.doneOfP1())
	}
	s.post(reopen, aReopening(s.server.newEventID(), before, "0"), session).want(t, http.StatusConflict) // written before the first one was seen
	s.needsSecond()
	if a := s.post(reopen, aReopening(s.server.newEventID(), s.head(), "19"), session).want(t, 303); !strings.Contains(a.Header.Get("Location"), "notice=proposed") || s.doneOfP1() != 20 {
		t.Errorf("led to %s, done %d", a.Header.Get("Location"), s.doneOfP1())
	}
	page := s.get("/programs/demo/milestones/P1?lang=en", signedIn(session)).want(t, 200)
	for _, want := range []string{"Reopening", "The invoice link is missing", "Waits for a second person"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	reports := s.api("GET", reportsOfP1, "", bearing(s.token("read"))).want(t, 200)
	if !strings.Contains(reports.body, `"kind":"reopening"`) {
		t.Error("the API does not list the reopening")
	}
}
