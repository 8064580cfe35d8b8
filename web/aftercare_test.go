package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres/storetest"
)

// dutyBound gives the program a legal duty that P1 serves, and a ladder of two steps.
func (s *site) dutyBound() {
	s.t.Helper()
	words := ledger.Text{ID: "Tertulis", EN: "Written"}
	facts := []ledger.Draft{
		storetest.Fact(ledger.KindDuty, ledger.Duty{Key: "L1", Text: words}),
		storetest.Fact(ledger.KindLadder, ledger.Ladder{LegalBasis: "50 (2)", Steps: []ledger.LadderStep{{Number: 1, Name: words}, {Number: 2, Name: words}}}),
	}
	facts = append(facts, storetest.Fact(ledger.KindMilestone, ledger.Milestone{
		Key: "P1", Area: "P", Name: words, Definition: words, Unit: "records", Layer: "back_end", PlannedStart: "2024-01-08", PlannedDue: "2024-03-29",
		CadenceSeconds: 86400, GraceSeconds: 3600, Duties: []string{"L1"},
	}))
	s.record(facts...)
}

func (s *site) record(drafts ...ledger.Draft) {
	s.t.Helper()
	for i := range drafts {
		drafts[i] = storetest.By("p-compliance", drafts[i])
	}
	if _, err := s.db.Writer().Append(s.t.Context(), s.programID, ledger.Unit{Drafts: drafts}); err != nil {
		s.t.Fatal(err)
	}
}

// planned plans an audit and returns its key.
func (s *site) planned() string {
	s.t.Helper()
	s.dutyBound()
	key := "audit-" + newID()[:12]
	s.record(storetest.Fact(ledger.KindAudit, ledger.Audit{Key: key, Trigger: "periodic", Duties: []string{"L1"}, Due: "2999-01-01"}))
	return key
}

func filled(values url.Values, pairs ...string) url.Values {
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

// aLetter are the fields of a form about a letter, reviewed already.
func aLetter(eventID string, pairs ...string) url.Values {
	return filled(url.Values{
		"event_id": {eventID}, "entry": {"1"}, "step": {"save"}, "letter_number": {"12/PDN"}, "letter_date": {"2024-01-09"}, "issuer": {"Ditjen PDN"}, "document": {"Map hijau"},
	}, pairs...)
}

func aPlan(eventID string) url.Values {
	return url.Values{"event_id": {eventID}, "entry": {"1"}, "duties_each": {"L1"}, "due": {"2999-01-01"}}
}

func aChange(eventID string) url.Values {
	return url.Values{"event_id": {eventID}, "entry": {"1"}, "duties_each": {"L1"}, "changed_on": {"2024-01-05"}, "change": {"A new service"}, "due": {""}}
}

func aResult(eventID, result string) url.Values {
	return url.Values{
		"event_id": {eventID}, "entry": {"1"}, "step": {"save"}, "result": {result}, "held_on": {"2024-01-09"}, "auditor": {"KAP Contoh"}, "finding": {"A call was found"}, "document": {"Map"},
	}
}

func (s *site) assessed() metrics.Assessment {
	s.t.Helper()
	state, err := s.db.Writer().ProgramState(s.t.Context(), s.programID, time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	return metrics.Assess(state.Program, state.History, time.Now())
}

// fill sends a form that may bring a document, without one.
func (s *site) fill(path string, fields url.Values, session string) answer {
	s.t.Helper()
	body, kind := anUpload(fields, "", "")
	return s.send("POST", path, body, header("Content-Type", kind), signedIn(session))
}

func wantAll(t *testing.T, body string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(body, word) {
			t.Errorf("the page does not say %q", word)
		}
	}
}

// A letter is reviewed before it is recorded, is recorded once, and is then read by everybody; a step without one is not taken.
func TestLettersAreRecorded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.dutyBound()
	officer, before := s.session(access.Compliance), s.head()
	const accept, sanction = "/programs/demo/acceptances/new", "/programs/demo/sanctions/new"
	s.get(accept, signedIn(s.session(access.Engineer))).want(t, http.StatusForbidden)
	letter := aLetter(s.server.newEventID(), "covers_each", "P1")
	letter.Del("step")
	review := s.fill(accept+"?lang=en", letter, officer).want(t, 200)
	wantAll(t, review.body, "Review before saving", "12/PDN", "9 January 2024", `name="covers_each" value="P1"`, `name="step" value="save"`)
	back := s.fill(accept, filled(letter, "step", "edit"), officer).want(t, 200)
	wantAll(t, back.body, `value="12/PDN"`, `name="letter_number"`)
	if s.head() != before {
		t.Fatal("a review recorded something")
	}
	for range 2 {
		s.fill(accept, filled(letter, "step", "save"), officer).want(t, http.StatusSeeOther)
	}
	s.fill(sanction, aLetter(s.server.newEventID(), "number", "1", "outcome", "take"), officer).want(t, http.StatusSeeOther)
	if s.head() != before+2 {
		t.Fatalf("head %d, want %d", s.head(), before+2)
	}
	page := s.get("/programs/demo/deadlines?lang=en", signedIn(s.session(access.Regulator))).want(t, 200)
	wantAll(t, page.body, "12/PDN", "Ditjen PDN", "Map hijau", "Highest step in force: 1. Written.", "Not taken", "No letter is on record.")
	if strings.Contains(page.body, sanction) {
		t.Error("a regulator is offered to record a step")
	}
	s.fill(sanction, aLetter(s.server.newEventID(), "number", "1", "outcome", "lift", "letter_date", "2024-01-10"), officer).want(t, http.StatusSeeOther)
	list := decode[lettersJSON](t, s.api("GET", "/api/v1/programs/demo/letters", "", bearing(s.token("read"))))
	if list.StandingStep != nil || len(list.Steps) != 2 || len(list.Steps[0].Letters) != 2 || list.Steps[0].Stands || len(list.Steps[1].Letters) != 0 || list.Acceptances[0].Milestones[0] != "P1" {
		t.Errorf("%+v", list)
	}
}

func TestLetterFormsMendInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.dutyBound()
	officer, before := s.session(access.Compliance), s.head()
	for _, c := range []struct{ path, field, value, wrong string }{
		{"acceptances/new", "letter_number", "", "letter_number"}, {"acceptances/new", "letter_date", "2999-01-01", "letter_date"}, {"acceptances/new", "letter_date", "soon", "letter_date"},
		{"acceptances/new", "issuer", " ", "issuer"}, {"acceptances/new", "document", "", "document"}, {"acceptances/new", "document", "http://plain.example/", "document"},
		{"acceptances/new", "document", "javascript://alert", "document"}, {"acceptances/new", "covers_each", "P999", "covers_each"},
		{"sanctions/new", "number", "3", "number"}, {"sanctions/new", "number", "", "number"}, {"sanctions/new", "outcome", "perhaps", "outcome"},
	} {
		form := aLetter(s.server.newEventID(), "covers_each", "P1")
		if strings.HasPrefix(c.path, "sanctions") {
			form = aLetter(s.server.newEventID(), "number", "1", "outcome", "take")
		}
		a := s.fill("/programs/demo/"+c.path, filled(form, c.field, c.value), officer).want(t, 422)
		if !strings.Contains(a.body, `id="`+c.wrong+`-error"`) {
			t.Errorf("%+v: no error at %s", c, c.wrong)
		}
	}
	if s.head() != before {
		t.Error("something was recorded")
	}
}

// A failed audit reopens the milestones of its duties, once; a change of a system makes a check due.
func TestAuditsReopenMilestonesOfTheirDuties(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	officer, engineer := s.session(access.Compliance), s.session(access.Engineer)
	page := s.get("/programs/demo/aftercare?lang=en", signedIn(officer)).want(t, 200)
	wantAll(t, page.body, "This program is not finished", "No duty is on record")
	s.dutyBound()
	s.post("/programs/demo/audits/new", aPlan(s.server.newEventID()), engineer).want(t, http.StatusForbidden)
	s.post("/programs/demo/audits/new", filled(aPlan(s.server.newEventID()), "duties_each", "L7"), officer).want(t, 422)
	none := aPlan(s.server.newEventID())
	none.Del("duties_each")
	s.post("/programs/demo/audits/new", none, officer).want(t, 422)
	s.post("/programs/demo/audits/new", aPlan(s.server.newEventID()), officer).want(t, http.StatusSeeOther)
	s.post("/programs/demo/audits/change", filled(aChange(s.server.newEventID()), "due", "2024-01-01"), engineer).want(t, 422)
	s.post("/programs/demo/audits/change", aChange(s.server.newEventID()), engineer).want(t, http.StatusSeeOther)
	audits := s.assessed().AfterCare.Audits
	if len(audits) != 2 || audits[0].Audit.Due.String() != "2024-01-19" {
		t.Fatalf("%+v", audits)
	}
	page = s.get("/programs/demo/items?lang=en", signedIn(officer)).want(t, 200)
	wantAll(t, page.body, "/programs/demo/aftercare?lang=en#audits")

	result := "/programs/demo/audits/" + audits[0].Audit.Key + "/result"
	s.get(result, signedIn(engineer)).want(t, http.StatusForbidden)
	s.get("/programs/demo/audits/none/result", signedIn(officer)).want(t, 404)
	wantAll(t, s.get(result+"?lang=en", signedIn(officer)).want(t, 200).body, "these milestones are reopened where they were reported: P1")
	form, before := aResult(s.server.newEventID(), "failed"), s.head()
	for range 2 {
		s.fill(result, form, officer).want(t, http.StatusSeeOther)
	}
	if s.head() != before+2 || s.doneOfP1() != 0 {
		t.Errorf("head %d after %d, done %d", s.head(), before, s.doneOfP1())
	}
	s.fill(result, aResult(s.server.newEventID(), "passed"), officer).want(t, http.StatusConflict)
	page = s.get("/programs/demo/aftercare?lang=en", signedIn(s.session(access.Regulator))).want(t, 200)
	wantAll(t, page.body, "Failed", "Held 9 January 2024 by KAP Contoh.", "A call was found", "System changed 5 January 2024: A new service", "/milestones/P1")
	care := decode[afterCareJSON](t, s.api("GET", "/api/v1/programs/demo/aftercare", "", bearing(s.token("read"))))
	if care.Begun || care.Overdue != 0 || len(care.Audits) != 2 || *care.Audits[1].Result != "failed" || care.Audits[0].Result != nil || care.Duties[0].Milestones[0] != "P1" {
		t.Errorf("%+v", care)
	}
}
