package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
)

// cardAt is the moment that cards of now are of.
func (s *site) cardAt() string { return s.clock.now().UTC().Format(time.RFC3339Nano) }

// A card that is used becomes a statement: with the figure that it showed, whoever reported what in between.
func TestUsedCardBecomesAStatement(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Compliance)
	at, event := s.cardAt(), s.server.newEventID()
	form := s.get("/programs/demo/share/card?lang=en&as_of="+url.QueryEscape(at), signedIn(session)).want(t, 200).body
	if !strings.Contains(form, "30% of the whole") {
		t.Fatalf("the card does not show 30%%: %s", form)
	}
	s.report(s.programID, 2) // the figure moves
	values := url.Values{"speaker": {"The director"}, "side": {"operator"}, "area": {""}, "as_of": {at}, "event_id": {event}}
	answer := s.send("POST", "/programs/demo/share/card", values.Encode(), asForm, signedIn(session)).want(t, http.StatusSeeOther)
	head := s.head()
	s.send("POST", "/programs/demo/share/card", values.Encode(), asForm, signedIn(session)).want(t, http.StatusSeeOther)
	if s.head() != head {
		t.Error("a second submit recorded a second statement")
	}
	shared := s.get(answer.Header.Get("Location"), signedIn(session)).want(t, 200).body
	if !strings.Contains(shared, "30%") || !strings.Contains(shared, `class="notice"`) {
		t.Error("what was filed is not shown again")
	}
	register := s.get("/programs/demo/statements?lang=en", signedIn(session)).want(t, 200).body
	for _, part := range []string{"The director", "statement card", "30%", "the whole program"} {
		if !strings.Contains(register, part) {
			t.Errorf("the register does not say %q", part)
		}
	}
}

func TestCardsOfAreasAndMistakes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Compliance)
	at, before := s.cardAt(), s.head()
	good := url.Values{"speaker": {"The director"}, "side": {"operator"}, "area": {"P"}, "as_of": {at}, "event_id": {s.server.newEventID()}}
	for name, c := range map[string]struct {
		field, value string
		want         int
	}{
		"no speaker": {"speaker", "", 422}, "no such side": {"side", "moon", 422}, "no such area": {"area", "Q", 404}, "of yesterday": {"as_of", "2024-03-01T00:00:00Z", 422},
		"of tomorrow": {"as_of", "2999-01-01T00:00:00Z", 422}, "no moment": {"as_of", "x", 422}, "no event": {"event_id", "x", 400},
	} {
		values := url.Values{}
		for key, v := range good {
			values[key] = v
		}
		values.Set(c.field, c.value)
		if a := s.send("POST", "/programs/demo/share/card", values.Encode(), asForm, signedIn(session)); a.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", name, a.StatusCode, c.want)
		}
	}
	if s.head() != before {
		t.Fatal("a mistake was recorded")
	}
	s.send("POST", "/programs/demo/share/card", good.Encode(), asForm, signedIn(session)).want(t, http.StatusSeeOther)
	if page := s.get("/programs/demo/statements?lang=en", signedIn(session)).body; !strings.Contains(page, "50% of the area Area P") {
		t.Error("the area's figure is not in the register")
	}
}

// The sheet and the card come as files, are kept by no shared cache and say which program and day they are of.
func TestSharedFiles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Regulator)
	for path, c := range map[string]struct{ kind, begins, name string }{
		"/programs/demo/summary.pdf?as_of=2024-01-08": {"application/pdf", "%PDF-", "demo-2024-01-08.pdf"}, "/programs/demo/share/card.svg": {"image/svg+xml", "<svg xmlns", ".svg"},
	} {
		a := s.get(path, signedIn(session)).want(t, 200)
		if a.Header.Get("Content-Type") != c.kind || !strings.HasPrefix(a.body, c.begins) || !strings.Contains(a.Header.Get("Content-Disposition"), c.name) {
			t.Errorf("%s: %v %.40q", path, a.Header, a.body)
		}
		if control := a.Header.Get("Cache-Control"); !strings.Contains(control, "private") {
			t.Errorf("%s: %s", path, control)
		}
	}
	s.get("/programs/demo/share/card.svg?area=Q", signedIn(session)).want(t, 404)
	s.get("/programs/other/summary.pdf", signedIn(session)).want(t, 404)
	page := s.get("/programs/demo/share", signedIn(session), func(r *http.Request) { r.Host = "tenggat.example.id" }).want(t, 200).body
	if !strings.Contains(page, "http://tenggat.example.id/programs/demo?as_of=") {
		t.Error("the link does not lead to where this reader asked")
	}
	if other := s.get("/programs/demo/share", signedIn(session)).body; strings.Contains(other, "tenggat.example.id") {
		t.Error("one reader's address was shown to another")
	}
}
