package web

import (
	"encoding/xml"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

const feedsPath = "/programs/demo/feeds"

var feedAddress = regexp.MustCompile(`/feeds/tenggat_feed_[0-9A-Za-z]{30}/(calendar\.ics|news\.atom)\?lang=(id|en)`)

// subscribe makes the account's addresses, and gives those of the calendar and of the news.
func (s *site) subscribe(session string) (calendar, news string) {
	s.t.Helper()
	page := s.send("POST", feedsPath+"?lang=en", "", asForm, signedIn(session)).want(s.t, 200).body
	found := feedAddress.FindAllString(page, -1)
	if len(found) != 2 {
		s.t.Fatalf("the page shows %q", found)
	}
	return found[0], found[1]
}

// subscribed is the secret of a new account's feed.
func (s *site) subscribed() string {
	s.t.Helper()
	secret := access.NewFeedSecret()
	if err := s.db.Writer().ReplaceFeed(s.t.Context(), s.account(access.Executive).ID, s.programID, access.HashToken(secret)); err != nil {
		s.t.Fatal(err)
	}
	return secret
}

// readCalendar reads a calendar as calendar programs do, its events by their UID.
func readCalendar(t *testing.T, body string) map[string]*ics.VEvent {
	t.Helper()
	c, err := ics.ParseCalendar(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	events := map[string]*ics.VEvent{}
	for _, e := range c.Events() {
		if events[e.Id()] != nil {
			t.Errorf("two events %s", e.Id())
		}
		events[e.Id()] = e
	}
	return events
}

// Deadlines, planned dates and audits as a calendar program reads them: whole days, and a replaced deadline cancelled under its old UID.
func TestCalendarFeed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	audit := s.planned()
	calendar, _ := s.subscribe(s.session(access.Executive))
	a := s.get(calendar).want(t, 200)
	if kind := a.Header.Get("Content-Type"); kind != calendarType {
		t.Errorf("type %s", kind)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(a.body, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	events := readCalendar(t, a.body)
	deadline := events["deadline-D1@demo.tenggat"]
	if deadline == nil || deadline.GetProperty(ics.ComponentPropertyDtStart).Value != "20240412" || deadline.GetProperty(ics.ComponentPropertyDtEnd).Value != "20240413" {
		t.Fatalf("the deadline in\n%s", a.body)
	}
	if got := deadline.GetProperty(ics.ComponentPropertyStatus).Value; got != "CONFIRMED" {
		t.Errorf("status %s", got)
	}
	for _, uid := range []string{"milestone-P1@demo.tenggat", "milestone-M1@demo.tenggat", "audit-" + audit + "@demo.tenggat"} {
		if events[uid] == nil {
			t.Errorf("no event %s", uid)
		}
	}
	if again := s.get(calendar, header("If-None-Match", a.Header.Get("ETag"))); again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %d", again.StatusCode)
	}
	later := ledger.Deadline{Key: "D2", Version: 2, Kind: "regulatory", Date: "2024-05-01", Stated: ledger.Text{ID: "x", EN: "x"}, AnnouncedOn: "2024-01-09", AnnouncedBy: "Kemendag", Binding: true, Amends: "D1"}
	s.record(storetest.Fact(ledger.KindDeadline, later))
	events = readCalendar(t, s.get(calendar).want(t, 200).body)
	if old := events["deadline-D1@demo.tenggat"].GetProperty(ics.ComponentPropertyStatus).Value; old != "CANCELLED" {
		t.Errorf("the replaced deadline is %s", old)
	}
	if now := events["deadline-D2@demo.tenggat"]; now == nil || now.GetProperty(ics.ComponentPropertyStatus).Value != "CONFIRMED" {
		t.Error("the new deadline is missing")
	}
}

// The acts on record as a news reader reads them, the newest first, each under an id that stays.
func TestNewsFeed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Regulator)
	_, news := s.subscribe(session)
	type entry struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Content string `xml:"content"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	}
	type feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Updated string   `xml:"updated"`
		Entries []entry  `xml:"entry"`
	}
	read := func() (f feed) {
		a := s.get(news).want(t, 200)
		if kind := a.Header.Get("Content-Type"); kind != atomType {
			t.Errorf("type %s", kind)
		}
		if err := xml.Unmarshal([]byte(a.body), &f); err != nil {
			t.Fatalf("%v\n%s", err, a.body)
		}
		return f
	}
	before := read()
	seen := map[string]bool{}
	for i, e := range before.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || seen[e.ID] || e.Title == "" || !strings.HasPrefix(e.Link.Href, s.url+"/programs/demo") || i > 0 && e.Updated > before.Entries[i-1].Updated {
			t.Errorf("%d. %+v (%v)", i, e, err)
		}
		seen[e.ID] = true
	}
	s.record(storetest.Correction("P1", "lower", 10, 20, 100))
	after := read()
	if len(after.Entries) != len(before.Entries)+1 || !strings.Contains(after.Entries[0].Content, "counted twice") || after.ID != before.ID || seen[after.Entries[0].ID] {
		t.Errorf("after a correction: %+v", after.Entries)
	}
	for _, e := range after.Entries[1:] {
		if !seen[e.ID] {
			t.Errorf("%s had another id", e.Title)
		}
	}
}

// An address stops when it is replaced or revoked, when its account is disabled or leaves the program, and nobody else's does.
func TestAddressesOfFeedsEnd(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session, other := s.session(access.Executive), s.session(access.Regulator)
	first, _ := s.subscribe(session)
	theirs, _ := s.subscribe(other)
	second, news := s.subscribe(session)
	s.get(first).want(t, 404)
	s.get(second).want(t, 200)
	s.get(news).want(t, 200)
	page := s.get(feedsPath+"?lang=en", signedIn(session)).want(t, 200).body
	if strings.Contains(page, "tenggat_feed_") || !strings.Contains(page, "Your address was made") {
		t.Error("the page shows the secret again, or does not know of it")
	}
	s.send("POST", feedsPath+"/revoke", "", asForm, signedIn(session)).want(t, 303)
	s.get(second).want(t, 404)
	s.get(news).want(t, 404)
	s.get(theirs).want(t, 200)
	s.get(strings.Replace(theirs, "tenggat_feed_", "tenggat_feed_x", 1)).want(t, 404)
	s.get("/feeds/nothing/calendar.ics").want(t, 404)

	account := s.account(access.Executive)
	secret := access.NewFeedSecret()
	if err := s.db.Writer().ReplaceFeed(t.Context(), account.ID, s.programID, access.HashToken(secret)); err != nil {
		t.Fatal(err)
	}
	s.get("/feeds/"+secret+"/calendar.ics").want(t, 200)
	if err := s.db.Writer().DisableAccount(t.Context(), account.Email); err != nil {
		t.Fatal(err)
	}
	s.get("/feeds/"+secret+"/calendar.ics").want(t, 404)
}

// A read by a regulator's calendar is noted like any other, under an address without the secret; nor is it in the log.
func TestFeedsAreNotedWithoutTheirSecret(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	calendar, _ := s.subscribe(s.session(access.Regulator))
	s.get(calendar).want(t, 200)
	if err := s.server.readLog.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	var noted []postgres.Read
	noted, err := s.server.reader.Reads(t.Context(), s.session(access.Regulator), s.programID, time.Time{}, 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, read := range noted {
		found = found || read.Path == "/programs/demo/feeds/calendar.ics"
		if strings.Contains(read.Path, "tenggat_feed_") {
			t.Errorf("noted as %s", read.Path)
		}
	}
	if !found {
		t.Errorf("noted: %+v", noted)
	}
	if strings.Contains(s.logs.String(), "tenggat_feed_") {
		t.Error("the secret is in the log")
	}
}
