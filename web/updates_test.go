package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
)

func TestEngineersBeginWithTheirUpdates(t *testing.T) {
	for _, role := range access.Roles() {
		want := "/"
		if role == access.Engineer {
			want = "/updates"
		}
		if got := home(role); got != want {
			t.Errorf("%s begins at %s, want %s", role, got, want)
		}
	}
}

func TestUpdatesLeadFromOneSavedValueToTheNext(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	engineer := signedIn(s.session(access.Engineer))
	page := s.send("GET", "/updates?lang=en", "", engineer)
	if page.StatusCode != http.StatusOK || !strings.Contains(page.body, `action="/programs/demo/milestones/P1/update`) {
		t.Fatalf("status %d, without the form of P1", page.StatusCode)
	}
	if strings.Contains(page.body, "/programs/other/") {
		t.Error("a program is listed that the engineer is no member of")
	}
	form := url.Values{"done": {"60"}, "total": {"100"}, "event_id": {s.server.newEventID()}, "entry": {fmt.Sprint(s.head())}, "then": {"list"}}
	saved := s.send("POST", "/programs/demo/milestones/P1/update", form.Encode(), asForm, engineer)
	if saved.StatusCode != http.StatusSeeOther || saved.Header.Get("Location") != "/updates?program=demo&saved=P1" {
		t.Fatalf("saving answers %d and leads to %s", saved.StatusCode, saved.Header.Get("Location"))
	}
	again := s.send("GET", saved.Header.Get("Location")+"&lang=en", "", engineer)
	if !strings.Contains(again.body, "P1 is now 60 of 100") {
		t.Error("the list does not say what was saved")
	}
	form = url.Values{"done": {"70"}, "total": {"100"}, "event_id": {s.server.newEventID()}, "entry": {fmt.Sprint(s.head())}, "then": {"next"}}
	next := s.send("POST", "/programs/demo/milestones/P1/update", form.Encode(), asForm, engineer).Header.Get("Location")
	if !strings.HasPrefix(next, "/programs/demo/milestones/") || strings.Contains(next, "/P1/") || !strings.HasSuffix(next, "/update?saved=P1") {
		t.Errorf("save and next leads to %s", next)
	}
}

func TestBlockerIsSavedAlongWithTheUpdateOrNeither(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	engineer := signedIn(s.session(access.Engineer))
	form := url.Values{"done": {"60"}, "total": {"100"}, "event_id": {s.server.newEventID()}, "entry": {fmt.Sprint(s.head())}, "title": {"No test data"}}
	before := s.head()
	half := s.send("POST", "/programs/demo/milestones/P1/update?lang=en", form.Encode(), asForm, engineer)
	if half.StatusCode != http.StatusUnprocessableEntity || s.head() != before {
		t.Fatalf("a blocker that waits on nobody: status %d, %d entries written", half.StatusCode, s.head()-before)
	}
	if !strings.Contains(half.body, i18n.English.T(i18n.FormRequired)) || !strings.Contains(half.body, `value="No test data"`) {
		t.Error("the form does not come back with what was typed and what is missing")
	}
	form.Set("waits_on", "Bank")
	for range 2 { // sending the same form twice says the same thing once
		if both := s.send("POST", "/programs/demo/milestones/P1/update", form.Encode(), asForm, engineer); both.StatusCode != http.StatusSeeOther {
			t.Fatalf("status %d: %s", both.StatusCode, both.body)
		}
	}
	if s.head() != before+2 {
		t.Errorf("%d entries were written, want a report and a blocker", s.head()-before)
	}
	if items := s.get("/programs/demo/items?lang=en", engineer); !strings.Contains(items.body, "No test data") {
		t.Error("the blocker is not among the outstanding items")
	}
}
