package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres/storetest"
)

// aStatement is the form that says: about 30 % were done, on a day after the seed's report.
func aStatement(eventID string) url.Values {
	return url.Values{
		"event_id": {eventID}, "speaker": {"Head of the directorate"}, "side": {"regulator"}, "kind": {"percent_done"}, "form": {"about"}, "number": {"30"}, "number_to": {""},
		"subject": {""}, "scope": {"program"}, "area": {""}, "stated_on": {"2024-01-09"}, "published_on": {""}, "published_unknown": {"yes"}, "source": {"A newspaper"}, "words": {"About thirty"},
	}
}

func aDeadline(eventID, key, binding, was string) url.Values {
	return url.Values{
		"event_id": {eventID}, "key": {key}, "kind": {"regulatory"}, "date": {"2999-05-31"}, "earliest": {""}, "stated": {"until the end of May"}, "announced_on": {"2024-02-01"},
		"announced_by": {"Directorate"}, "document": {""}, "binding": {binding}, "step": {"save"}, "was": {was},
	}
}

func aBinding(eventID, deadline, was string) url.Values {
	return url.Values{"event_id": {eventID}, "deadline": {deadline}, "was": {was}, "reason": {"The ministry confirmed it"}}
}

func anOverride(eventID, deadline string) url.Values {
	return url.Values{"event_id": {eventID}, "act": {"set"}, "deadline": {deadline}, "verdict": {"forecast_late"}, "by": {"Directorate"}, "until": {"2999-01-01"}, "reason": {"The audit is not booked"}}
}

// expectedIn makes sure that "demo" has a stated completion date with the key.
func (s *site) expectedIn(key, date string) {
	s.t.Helper()
	state, err := s.db.Writer().ProgramState(s.t.Context(), s.programID, s.clock.now())
	if err != nil {
		s.t.Fatal(err)
	}
	if slices.ContainsFunc(state.Deadlines, func(d metrics.Deadline) bool { return d.Key == key }) {
		return
	}
	body := ledger.Deadline{Key: key, Kind: "expected_completion", Date: date, Stated: ledger.Text{ID: "kelak", EN: "one day"}, AnnouncedOn: "2024-01-09", AnnouncedBy: "Operator"}
	if _, err := s.db.Writer().Append(s.t.Context(), s.programID, ledger.Unit{Drafts: []ledger.Draft{storetest.Fact(ledger.KindDeadline, body)}}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) statements() []metrics.Statement {
	s.t.Helper()
	state, err := s.db.Writer().ProgramState(s.t.Context(), s.programID, s.clock.now())
	if err != nil {
		s.t.Fatal(err)
	}
	return state.Statements
}

func (s *site) post(path string, form url.Values, session string) answer {
	s.t.Helper()
	return s.send("POST", path, form.Encode(), asForm, signedIn(session))
}

const (
	newStatement = "/programs/demo/statements/new"
	newDeadline  = "/programs/demo/deadlines/new"
	anyOverride  = "/programs/demo/override"
)

func TestComplianceRecordsAStatement(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session, before := s.session(access.Compliance), s.head()
	s.get(newStatement, signedIn(session)).want(t, 200)
	form := aStatement(s.server.newEventID())
	for range 2 { // a double submit records one
		s.post(newStatement, form, session).want(t, http.StatusSeeOther)
	}
	if s.head() != before+1 {
		t.Fatalf("head %d, want %d", s.head(), before+1)
	}
	said := s.statements()
	if len(said) != 1 || *said[0].Low != 3000 || *said[0].High != 3000 || !said[0].Approximate || said[0].PublishedOn != nil || said[0].Scope != metrics.ScopeProgram {
		t.Fatalf("%+v", said)
	}
	page := s.get("/programs/demo/statements?lang=en", signedIn(s.session(access.Regulator))).want(t, 200)
	for _, want := range []string{"about 30%", "30% of the whole", "Agrees", "Head of the directorate", "A newspaper", "About thirty", "published not known"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the register does not say %q", want)
		}
	}
	if strings.Contains(page.body, "/statements/new") {
		t.Error("a regulator is offered the form")
	}
	if a := s.get("/programs/demo/statements?lang=en&side=press", signedIn(session)).want(t, 200); strings.Contains(a.body, "About thirty") || !strings.Contains(a.body, "No statement matches") {
		t.Error("the filter by side lets everything through")
	}
	if a := s.get("/programs/demo/statements?lang=en&as_of=2024-01-08", signedIn(session)).want(t, 200); strings.Contains(a.body, "About thirty") {
		t.Error("it is known before it was recorded")
	}
}

func TestStatementsKeepTheirForm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Compliance)
	for _, c := range []struct {
		set  []string
		want string
	}{
		{[]string{"kind", "percent_left", "form", "exact", "number", "13"}, "13% left"},
		{[]string{"form", "at_least", "number", "70"}, "at least 70%"},
		{[]string{"form", "at_most", "number", "87,25"}, "at most 87.25%"},
		{[]string{"form", "between", "number", "85.5", "number_to", "90"}, "85.5% to 90%"},
		{[]string{"kind", "other", "number", ""}, "no figure"},
	} {
		form := aStatement(s.server.newEventID())
		for i := 0; i < len(c.set); i += 2 {
			form.Set(c.set[i], c.set[i+1])
		}
		s.post(newStatement, form, session).want(t, http.StatusSeeOther)
		if page := s.get("/programs/demo/statements?lang=en", signedIn(session)); !strings.Contains(page.body, c.want) {
			t.Errorf("%v is not shown as %q", c.set, c.want)
		}
	}
}

func TestStatementFormMendsInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session, before := s.session(access.Compliance), s.head()
	for name, c := range map[string]struct {
		field, value, wrong string
	}{
		"nobody": {"speaker", "", "speaker"}, "no side": {"side", "", "side"}, "another side": {"side", "enemy", "side"}, "no number": {"number", "", "number"},
		"letters": {"number", "8O", "number"}, "three decimals": {"number", "87.125", "number"}, "above 100": {"number", "100.01", "number"}, "below 0": {"number", "-1", "number"},
		"a second number": {"number_to", "90", "number_to"}, "no order": {"form", "between", "number_to"}, "another scope": {"scope", "all", "scope"},
		"no area": {"scope", "area", "area"}, "an area too many": {"area", "P", "area"}, "tomorrow": {"stated_on", "2999-01-01", "stated_on"}, "no day": {"stated_on", "", "stated_on"},
		"a day and unknown": {"published_on", "2024-01-10", "published_on"}, "not a day": {"stated_on", "soon", "stated_on"}, "no source": {"source", " ", "source"},
		"no words": {"words", "", "words"}, "an article": {"words", strings.Repeat("x", maxWordsLength+1), "words"}, "a line end": {"speaker", "a\nb", "speaker"},
	} {
		form := aStatement(s.server.newEventID())
		form.Set(c.field, c.value)
		a := s.post(newStatement, form, session)
		if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="`+c.wrong+`-error"`) || !strings.Contains(a.body, "error-summary") {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
		if c.field != "source" && !strings.Contains(a.body, "A newspaper") {
			t.Errorf("%s: what was typed is lost", name)
		}
	}
	unknown := aStatement(s.server.newEventID())
	unknown.Set("scope", "area")
	unknown.Set("area", "X")
	s.post(newStatement, unknown, session).want(t, 422)
	early := aStatement(s.server.newEventID())
	early.Del("published_unknown")
	early.Set("published_on", "2024-01-08")
	s.post(newStatement, early, session).want(t, 422)
	s.post(newStatement, url.Values{"event_id": {"x"}}, session).want(t, 400)
	more := aStatement(s.server.newEventID())
	more.Set("provenance", "article")
	s.post(newStatement, more, session).want(t, 422)
	if s.head() != before {
		t.Error("something was written")
	}
}

func TestComplianceChangesTheBindingDeadline(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session, before := s.session(access.Compliance), s.head()
	form := aDeadline(s.server.newEventID(), "D2", "yes", "")
	form.Del("step")
	form.Del("was")
	review := s.post(newDeadline, form, session).want(t, 200)
	for _, want := range []string{"12 April 2024", "31 Mei 2999", `name="was" value="D1"`, "belum ada dokumen"} {
		if !strings.Contains(review.body, want) {
			t.Errorf("the review does not say %q", want)
		}
	}
	if s.head() != before {
		t.Fatal("a review wrote something")
	}
	form.Set("step", "edit")
	if a := s.post(newDeadline, form, session).want(t, 200); !strings.Contains(a.body, `value="until the end of May"`) {
		t.Error("what was typed is lost on the way back")
	}
	form.Set("step", "save")
	form.Set("was", "T1")
	s.post(newDeadline, form, session).want(t, http.StatusConflict)
	form.Set("was", "D1")
	for range 2 {
		s.post(newDeadline, form, session).want(t, http.StatusSeeOther)
	}
	if s.head() != before+1 {
		t.Fatalf("head %d, want %d", s.head(), before+1)
	}
	for _, path := range []string{"/programs/demo", "/programs/demo/deadlines"} {
		if a := s.get(path, signedIn(s.session(access.Executive))).want(t, 200); !strings.Contains(a.body, "31 Mei 2999") {
			t.Errorf("%s does not show the new binding date", path)
		}
	}
	page := s.get("/programs/demo/deadlines?lang=en", signedIn(session)).want(t, 200)
	for _, want := range []string{"The binding deadline: 31 May 2999 (version 2)", "earlier version", "until the end of May", "no document on record", "Directorate", "12 April 2024"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// A version that is on record can come to count, and the one before it again; each time is an entry, and the page says from when to when.
func TestComplianceTakesAnotherVersionUp(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	const path = "/programs/demo/deadlines/binding"
	session := s.session(access.Compliance)
	s.post(newDeadline, aDeadline(s.server.newEventID(), "D2", "no", "D1"), session).want(t, http.StatusSeeOther)
	before := s.head()
	if form := s.get(path+"?lang=en", signedIn(session)).want(t, 200); !strings.Contains(form.body, `value="D2"`) || strings.Contains(form.body, `<option value="D1"`) {
		t.Error("the form offers the wrong versions")
	}
	for name, c := range map[string]struct {
		field, value string
		status       int
	}{
		"no reason": {"reason", " ", 422}, "none chosen": {"deadline", "", 422}, "unknown": {"deadline", "D9", 422}, "another binds meanwhile": {"was", "D9", 409}, "odd id": {"event_id", "x", 400},
	} {
		form := aBinding(s.server.newEventID(), "D2", "D1")
		form.Set(c.field, c.value)
		if a := s.post(path, form, session).want(t, c.status); c.status != 400 && !strings.Contains(a.body, "The ministry confirmed it") && c.field != "reason" {
			t.Errorf("%s: what was typed is lost", name)
		}
	}
	if s.head() != before {
		t.Fatal("something was written")
	}
	form := aBinding(s.server.newEventID(), "D2", "D1")
	for range 2 {
		s.post(path, form, session).want(t, http.StatusSeeOther)
	}
	if s.head() != before+1 {
		t.Fatalf("head %d, want %d", s.head(), before+1)
	}
	s.post(path, aBinding(s.server.newEventID(), "D1", "D2"), session).want(t, http.StatusSeeOther)
	page := s.get("/programs/demo/deadlines?lang=en", signedIn(s.session(access.Regulator))).want(t, 200)
	for _, want := range []string{"Which version was binding when", "entries no. " + fmt.Sprint(before+1) + " to no. " + fmt.Sprint(before+2), "entry no. " + fmt.Sprint(before+2), "The ministry confirmed it", "The binding deadline: 12 April 2024"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	got := decode[summaryJSON](t, s.api("GET", "/api/v1/programs/demo/summary", "", bearing(s.token("read"))).want(t, 200)).Bindings
	if len(got) != 3 || got[0].Deadline != "D1" || got[1].Deadline != "D2" || *got[1].ToEntry != before+2 || got[2].To != nil || got[2].Deadline != "D1" {
		t.Errorf("%+v", got)
	}
}

func TestDeadlineFormMendsInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session, before := s.session(access.Compliance), s.head()
	for name, c := range map[string]struct{ field, value, wrong string }{
		"a key in use": {"key", "D1", "key"}, "no key": {"key", "", "key"}, "another kind": {"kind", "wish", "kind"}, "no date": {"date", "", "date"}, "not a date": {"date", "May", "date"},
		"a range the wrong way": {"earliest", "2999-06-01", "earliest"}, "no words": {"stated", "", "stated"}, "announced tomorrow": {"announced_on", "2999-01-01", "announced_on"},
		"nobody": {"announced_by", "", "announced_by"}, "binding or not": {"binding", "", "binding"}, "a hope that binds": {"kind", "expected_completion", "binding"},
	} {
		form := aDeadline(s.server.newEventID(), "D2", "yes", "D1")
		form.Set(c.field, c.value)
		if a := s.post(newDeadline, form, session); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="`+c.wrong+`-error"`) {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	if s.head() != before {
		t.Error("something was written")
	}
}

func TestOverrideStandsBesideTheRule(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.expectedIn("T9", "2999-12-31")
	session := s.session(access.Compliance)
	s.post(anyOverride, anOverride(s.server.newEventID(), "T9"), session).want(t, http.StatusSeeOther)
	page := s.get("/programs/demo/deadlines?lang=en", signedIn(s.session(access.Regulator))).want(t, 200)
	for _, want := range []string{"Forecast late", "Override by Directorate, until 1 January 2999", "The audit is not booked", "By the rule", "Cannot be assessed"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	before := s.head()
	for name, c := range map[string]struct{ field, value, wrong string }{
		"a fact": {"deadline", "", "deadline"}, "another deadline": {"deadline", "D7", "deadline"}, "no verdict": {"verdict", "", "verdict"}, "a fact as verdict": {"verdict", "accepted", "verdict"},
		"nobody": {"by", "", "by"}, "no end": {"until", "", "until"}, "an end that has passed": {"until", "2024-01-01", "until"}, "no reason": {"reason", "", "reason"},
	} {
		form := anOverride(s.server.newEventID(), "T9")
		form.Set(c.field, c.value)
		if a := s.post(anyOverride, form, session); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="`+c.wrong+`-error"`) {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	withdraw := url.Values{"event_id": {s.server.newEventID()}, "act": {"withdraw"}, "withdraw": {"T9"}, "withdraw_reason": {""}}
	s.post(anyOverride, withdraw, session).want(t, 422)
	if s.head() != before {
		t.Fatal("something was written")
	}
	withdraw.Set("withdraw_reason", "It is booked")
	s.post(anyOverride, withdraw, session).want(t, http.StatusSeeOther)
	if a := s.get("/programs/demo/deadlines?lang=en", signedIn(session)); strings.Contains(a.body, "Override by Directorate") {
		t.Error("it stands although it was withdrawn")
	}
	withdraw.Set("event_id", s.server.newEventID())
	withdraw.Set("withdraw", "D1")
	s.post(anyOverride, withdraw, session).want(t, 422)
	s.post(anyOverride, url.Values{"event_id": {s.server.newEventID()}, "act": {"erase"}}, session).want(t, 400)
}

// TestOnlyComplianceDecides: whoever else asks is refused, and nothing is written.
func TestOnlyComplianceDecides(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.expectedIn("T9", "2999-12-31")
	before := s.head()
	for _, role := range []access.Role{access.Regulator, access.Executive, access.Engineer, access.Admin} {
		session := s.session(role)
		for path, form := range map[string]url.Values{
			newStatement: aStatement(s.server.newEventID()), newDeadline: aDeadline(s.server.newEventID(), "D2", "yes", "D1"), anyOverride: anOverride(s.server.newEventID(), "T9"),
		} {
			s.post(path, form, session).want(t, http.StatusForbidden)
			s.get(path, signedIn(session)).want(t, http.StatusForbidden)
		}
	}
	if s.head() != before {
		t.Error("something was written")
	}
}

func TestParsePercent(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "87": 8700, "87.5": 8750, "87,5": 8750, "87,25": 8725, "33.3": 3330, "100": 10000, "100.00": 10000, "007": 700} {
		if got, ok := parsePercent(text); !ok || got != want {
			t.Errorf("%q: %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", ".", ",5", "87.", "87.125", "100.01", "101", "1000", "-1", "+1", "1e1", "8 7", "87%", "1.5.2", "1,5,2", "1,5.2", "٣", "0x1"} {
		if got, ok := parsePercent(text); ok {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}

// FuzzParsePercent: whatever is read is within the whole and reads the same when it is written again.
func FuzzParsePercent(f *testing.F) {
	for _, seed := range []string{"87", "87,5", "100.00", "0.01", "x", "99.999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, ok := parsePercent(text)
		if !ok {
			return
		}
		if n < 0 || n > int64(metrics.Whole) {
			t.Fatalf("%q is %d", text, n)
		}
		if again, ok := parsePercent(strings.ReplaceAll(text, ",", ".")); !ok || again != n {
			t.Errorf("%q is %d with a comma and %d with a point", text, n, again)
		}
	})
}
