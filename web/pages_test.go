package web

import (
	"compress/gzip"
	"fmt"
	escaped "html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tenggat/internal/access"
)

func TestPageIsKeptUntilSomethingChanges(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session, token := s.session(access.Executive), s.token("report")
	first := s.get("/programs/demo", signedIn(session)).want(t, 200)
	etag := first.Header.Get("ETag")
	if etag == "" || strings.HasPrefix(etag, "W/") || first.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("ETag %q, Cache-Control %q", etag, first.Header.Get("Cache-Control"))
	}
	same := s.get("/programs/demo", signedIn(session), header("If-None-Match", etag)).want(t, http.StatusNotModified)
	if same.body != "" || same.Header.Get("ETag") != etag {
		t.Errorf("304 with %d bytes, ETag %q", len(same.body), same.Header.Get("ETag"))
	}
	s.get("/programs/demo?utm=x", signedIn(s.session(access.Executive)), header("If-None-Match", `"x", W/`+etag)).want(t, http.StatusNotModified)

	// Other roles, languages and moments are other pages.
	for name, a := range map[string]answer{
		"engineer": s.get("/programs/demo", signedIn(s.session(access.Engineer)), header("If-None-Match", etag)),
		"English":  s.get("/programs/demo?lang=en", signedIn(session), header("If-None-Match", etag)),
		"the past": s.get("/programs/demo?as_of=2024-01-09", signedIn(session), header("If-None-Match", etag)),
	} {
		if a.StatusCode != 200 {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}

	// A new report shows at once.
	body := fmt.Sprintf(`{"event_id":"a","observed_at":%q,"done":70,"total":100}`, observed(1))
	s.send("POST", reportsOfP1, body, bearing(token)).want(t, 201)
	fresh := s.get("/programs/demo", signedIn(session), header("If-None-Match", etag)).want(t, 200)
	if !strings.Contains(fresh.body, ">42%<") || strings.Contains(first.body, ">42%<") {
		t.Error("70 % of 60 points is not shown")
	}
}

func TestRevokedSessionSeesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Executive)
	etag := s.get("/programs/demo", signedIn(session)).want(t, 200).Header.Get("ETag")
	if err := s.db.Writer().EndSession(t.Context(), access.HashToken(session)); err != nil {
		t.Fatal(err)
	}
	for _, a := range []answer{s.get("/programs/demo", signedIn(session)), s.get("/programs/demo", signedIn(session), header("If-None-Match", etag))} {
		a.want(t, http.StatusSeeOther)
		if strings.Contains(a.body, "Program demo") || a.Header.Get("ETag") != "" {
			t.Error("it still sees something")
		}
	}
	// Neither does somebody who is no member any more.
	member := s.person(access.Engineer)
	signed := sessionOf(t, s.signIn(member, "correct horse battery staple", "")).Value
	s.get("/programs/demo", signedIn(signed)).want(t, 200)
	if err := s.db.Writer().SetMemberships(t.Context(), member, nil); err != nil {
		t.Fatal(err)
	}
	s.get("/programs/demo", signedIn(signed)).want(t, http.StatusNotFound)
	if err := s.db.Writer().DisableAccount(t.Context(), member); err != nil {
		t.Fatal(err)
	}
	s.get("/programs/demo", signedIn(signed)).want(t, http.StatusSeeOther)
}

func TestGzip(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Executive)
	plain := s.get("/programs/demo", signedIn(session), header("Accept-Encoding", "identity")).want(t, 200)
	packed := s.get("/programs/demo", signedIn(session), header("Accept-Encoding", "br, gzip")).want(t, 200)
	if packed.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(packed.Header.Get("Vary"), "Accept-Encoding") {
		t.Fatalf("%v", packed.Header)
	}
	r, err := gzip.NewReader(strings.NewReader(packed.body))
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := io.ReadAll(r)
	if err != nil || string(unpacked) != plain.body {
		t.Errorf("the gzipped page is another one: %v", err)
	}
	if plain.Header.Get("ETag") == packed.Header.Get("ETag") {
		t.Error("two codings share a strong ETag")
	}
	s.get("/programs/demo", signedIn(session), header("Accept-Encoding", "gzip"), header("If-None-Match", packed.Header.Get("ETag"))).want(t, 304)
	if a := s.get("/programs/demo", signedIn(session), header("Accept-Encoding", "gzip;q=0")); a.Header.Get("Content-Encoding") != "" {
		t.Error("gzip was refused, and sent")
	}
}

var hidden = regexp.MustCompile(`type="hidden" name="(event_id|entry|moment)" value="([^"]*)"`)

// hiddenFields reads what a form carries besides what people type.
func hiddenFields(t *testing.T, a answer) url.Values {
	t.Helper()
	fields := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(a.body, -1) {
		fields.Set(m[1], escaped.UnescapeString(m[2]))
	}
	if fields.Get("event_id") == "" {
		t.Fatalf("no event id in %.2000s", a.body)
	}
	return fields
}

func (s *site) submit(path string, fields url.Values, session string, more ...string) answer {
	s.t.Helper()
	form := url.Values{}
	for k, v := range fields {
		form[k] = v
	}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return s.send("POST", path, form.Encode(), asForm, signedIn(session))
}

const updateP1 = "/programs/demo/milestones/P1/update"

func TestUpdate(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Engineer)
	form := s.get(updateP1, signedIn(session)).want(t, 200)
	if !strings.Contains(form.body, `name="done"`) || !strings.Contains(form.body, `value="50"`) {
		t.Error("the form does not show the count in force")
	}
	fields := hiddenFields(t, form)
	saved := s.submit(updateP1, fields, session, "done", "60", "total", "100", "note", "checked").want(t, http.StatusSeeOther)
	head := s.head()
	to := saved.Header.Get("Location")
	page := s.get(to, signedIn(session)).want(t, 200)
	if !strings.Contains(page.body, `role="status"`) || !strings.Contains(page.body, "60 dari 100") || !strings.Contains(page.body, "checked") {
		t.Errorf("behind %s: %.3000s", to, page.body)
	}
	// The same form again has the same effect.
	s.submit(updateP1, fields, session, "done", "60", "total", "100", "note", "checked").want(t, http.StatusSeeOther)
	if s.head() != head {
		t.Error("a double submit was recorded twice")
	}
	// The same form with other numbers is not the same.
	s.submit(updateP1, fields, session, "done", "61", "total", "100").want(t, http.StatusConflict)
}

func TestUpdateLowerNeedsReason(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Engineer)
	fields, before := hiddenFields(t, s.get(updateP1, signedIn(session))), s.head()
	again := s.submit(updateP1, fields, session, "done", "40", "total", "100", "note", "my <b>note</b>").want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(again.body, `value="40"`) || !strings.Contains(again.body, "my &lt;b&gt;note&lt;/b&gt;") || !strings.Contains(again.body, "reason-error") {
		t.Errorf("the input is not kept: %.3000s", again.body)
	}
	if s.head() != before {
		t.Error("something was written")
	}
	fields = hiddenFields(t, again)
	for range 2 { // and twice is once
		s.submit(updateP1, fields, session, "done", "40", "total", "100", "reason", "counted twice").want(t, http.StatusSeeOther)
	}
	if s.head() != before+1 {
		t.Errorf("head %d, want %d", s.head(), before+1)
	}
	page := s.get("/programs/demo/milestones/P1", signedIn(session)).want(t, 200)
	if !strings.Contains(page.body, "counted twice") || !strings.Contains(page.body, "40 dari 100") {
		t.Error("the correction is not shown")
	}
}

func TestUpdateMendsInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Engineer)
	fields, before := hiddenFields(t, s.get(updateP1, signedIn(session))), s.head()
	for name, done := range map[string]string{"empty": "", "letters": "x", "fraction": "1.5", "exponent": "1e2", "negative": "-1", "above total": "101", "huge": "99999999999999999999", "NUL": "\x00"} {
		a := s.submit(updateP1, fields, session, "done", done, "total", "100", "note", "kept note")
		if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "kept note") || !strings.Contains(a.body, "done-error") {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	s.submit(updateP1, fields, session, "done", "60", "total", "100", "note", strings.Repeat("x", 2001)).want(t, 422)
	s.submit(updateP1, fields, session, "done", "60", "total", "100", "role", "admin").want(t, 422)
	s.submit(updateP1, url.Values{"event_id": {"x"}, "entry": {"1"}}, session, "done", "60", "total", "100").want(t, 400)
	s.submit("/programs/demo/milestones/none/update", fields, session, "done", "60", "total", "100").want(t, 404)
	s.get("/programs/demo/milestones/none/update", signedIn(session)).want(t, 404)
	s.get("/programs/demo/milestones/none", signedIn(session)).want(t, 404)
	if s.head() != before {
		t.Error("something was written")
	}
}

// TestTwoEngineersOneMilestone: one is saved, the other sees both values and chooses.
func TestTwoEngineersOneMilestone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	one, two := s.session(access.Engineer), s.session(access.Engineer)
	fieldsOne, fieldsTwo := hiddenFields(t, s.get(updateP1, signedIn(one))), hiddenFields(t, s.get(updateP1, signedIn(two)))
	s.submit(updateP1, fieldsOne, one, "done", "60", "total", "100").want(t, http.StatusSeeOther)
	conflict := s.submit(updateP1, fieldsTwo, two, "done", "70", "total", "100", "note", "mine").want(t, http.StatusConflict)
	for _, part := range []string{"60 dari 100", "70 dari 100", "mine"} {
		if !strings.Contains(conflict.body, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	s.submit(updateP1, hiddenFields(t, conflict), two, "done", "70", "total", "100", "note", "mine", "reason", "").want(t, http.StatusSeeOther)
	if page := s.get("/programs/demo/milestones/P1", signedIn(one)); !strings.Contains(page.body, "70 dari 100") {
		t.Error("the choice is not shown")
	}
}

func TestSessionEndedWhileTyping(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	email := s.person(access.Engineer)
	session := sessionOf(t, s.signIn(email, "correct horse battery staple", "")).Value
	fields := hiddenFields(t, s.get(updateP1, signedIn(session)))
	if err := s.db.Writer().EndSession(t.Context(), access.HashToken(session)); err != nil {
		t.Fatal(err)
	}
	a := s.submit(updateP1, fields, session, "done", "66", "total", "100", "note", "long thought").want(t, http.StatusSeeOther)
	to, err := url.Parse(a.Header.Get("Location"))
	if err != nil || to.Path != "/sign-in" {
		t.Fatalf("led to %s", a.Header.Get("Location"))
	}
	if page := s.get(a.Header.Get("Location")).want(t, 200); !strings.Contains(page.body, "isian Anda disimpan") {
		t.Error("the page does not say that the input is kept")
	}
	back := s.signIn(email, "correct horse battery staple", to.Query().Get("next")).want(t, http.StatusSeeOther)
	form := s.get(back.Header.Get("Location"), signedIn(sessionOf(t, back).Value)).want(t, 200)
	if !strings.Contains(form.body, `value="66"`) || !strings.Contains(form.body, "long thought") {
		t.Errorf("the input is gone: %.2000s", form.body)
	}
}

func TestBlocker(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Engineer)
	const raise = "/programs/demo/items/new"
	fields, before := hiddenFields(t, s.get(raise+"?milestone=U1", signedIn(session)).want(t, 200)), s.head()
	for name, more := range map[string][]string{
		"no title": {"waits_on", "Bank"}, "waits on nobody": {"title", "x"}, "no such milestone": {"title", "x", "waits_on", "Bank", "milestone", "none"},
		"no date": {"title", "x", "waits_on", "Bank", "due", "soon"}, "line end": {"title", "x", "waits_on", "a\nb"},
	} {
		if a := s.submit(raise, fields, session, more...); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "-error") {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	if s.head() != before {
		t.Error("something was written")
	}
	var to string
	for range 2 {
		to = s.submit(raise, fields, session, "title", "No certificate", "waits_on", "Bank", "milestone", "U1", "due", "2030-01-01").want(t, http.StatusSeeOther).Header.Get("Location")
	}
	if s.head() != before+1 {
		t.Errorf("head %d, want %d", s.head(), before+1)
	}
	page := s.get(to, signedIn(session)).want(t, 200)
	if !strings.Contains(page.body, "No certificate") || !strings.Contains(page.body, `role="status"`) {
		t.Error("the blocker is not shown")
	}
	match := regexp.MustCompile(`/programs/demo/items/(blocker-[0-9a-f]{12})/close`).FindString(page.body)
	if match == "" {
		t.Fatal("no way to close it")
	}
	form := s.get(match, signedIn(session)).want(t, 200)
	closing := hiddenFields(t, form)
	s.submit(match, closing, session, "resolution", " ").want(t, http.StatusUnprocessableEntity)
	for range 2 {
		s.submit(match, closing, session, "resolution", "It came").want(t, http.StatusSeeOther)
	}
	if s.head() != before+2 {
		t.Errorf("head %d, want %d", s.head(), before+2)
	}
	if page := s.get("/programs/demo/items", signedIn(session)); !strings.Contains(page.body, "It came") {
		t.Error("the resolution is not shown")
	}
	// Closing what somebody closed meanwhile.
	s.submit(match, url.Values{"event_id": {s.server.newEventID()}, "entry": closing["entry"]}, session, "resolution", "Me too").want(t, http.StatusConflict)
}

func TestHistoryHasPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, session := s.token("report read"), s.session(access.Regulator)
	var items []string
	for i := range 60 {
		items = append(items, fmt.Sprintf(`{"program":"demo","milestone":"P1","event_id":"e%d","observed_at":%q,"done":%d,"total":100}`, i, observed(100-i), i))
	}
	s.send("POST", "/api/v1/reports:batch", `{"reports":[`+strings.Join(items, ",")+`]}`, bearing(token)).want(t, 200)
	older := regexp.MustCompile(`/programs/demo/milestones/P1\?before=(\d+)"`)
	var befores []string
	for path := "/programs/demo/milestones/P1"; path != "" && len(befores) < 9; {
		next := ""
		for _, link := range older.FindAllStringSubmatch(s.get(path, signedIn(session)).want(t, 200).body, -1) {
			if !slices.Contains(befores, link[1]) {
				next = "/programs/demo/milestones/P1?before=" + link[1]
				befores = append(befores, link[1])
			}
		}
		path = next
	}
	if want := []string{"45", "20"}; !slices.Equal(befores, want) { // entries 10 to 69, 25 on a page
		t.Errorf("pages below entries %v, want %v", befores, want)
	}

	entries := map[int64]bool{}
	for path := reportsOfP1 + "?limit=25"; path != "" && len(entries) < 100; {
		a := s.api("GET", path, "", bearing(token)).want(t, 200)
		for _, r := range decode[struct{ Reports []reportJSON }](t, a).Reports {
			entries[r.Entry] = true
		}
		link := a.Header.Get("Link")
		path = strings.TrimPrefix(strings.TrimSuffix(link, `>; rel="next"`), "<")
	}
	if len(entries) != 60 {
		t.Errorf("%d entries", len(entries))
	}
	s.api("GET", reportsOfP1+"?limit=0", "", bearing(token)).want(t, 400)
	s.api("GET", reportsOfP1+"?limit=201", "", bearing(token)).want(t, 400)
	s.api("GET", "/api/v1/programs/demo/milestones/U1/reports", "", bearing(token)).want(t, 200)
	s.api("GET", "/api/v1/programs/demo/milestones/none/reports", "", bearing(token)).want(t, 404)
	s.api("GET", reportsOfP1+"/1", "", bearing(token)).want(t, 404) // an entry, but no report
	s.api("GET", reportsOfP1+"/99999", "", bearing(token)).want(t, 404)
}

func TestSummaryAsOf(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	token := s.token("read")
	now := decode[summaryJSON](t, s.api("GET", "/api/v1/programs/demo/summary", "", bearing(token)).want(t, 200))
	if now.Reported != 3000 || now.Outstanding != 7000 || now.Entry != s.head() || len(now.Areas) != 3 || len(now.Deadlines) != 1 || now.WeightSet.Version != 1 {
		t.Errorf("%+v", now)
	}
	if d := now.Deadlines[0]; d.Verdict != "past_deadline" || d.DaysLeft >= 0 || !d.Binding {
		t.Errorf("%+v", d)
	}
	before := decode[summaryJSON](t, s.api("GET", "/api/v1/programs/demo/summary?as_of=2020-01-01", "", bearing(token)).want(t, 200))
	if before.Entry != 0 || before.State != "no_scope" || before.RecordedAt != nil || before.Reported != 0 {
		t.Errorf("before the first entry: %+v", before)
	}
	today := s.clock.now().In(jakarta(t)).Format("2006-01-02")
	same := decode[summaryJSON](t, s.api("GET", "/api/v1/programs/demo/summary?as_of="+today, "", bearing(token)).want(t, 200))
	if same.Reported != now.Reported || same.Entry != now.Entry {
		t.Errorf("today: %+v", same)
	}
	at := url.QueryEscape(*now.RecordedAt)
	if then := decode[summaryJSON](t, s.api("GET", "/api/v1/programs/demo/summary?as_of="+at, "", bearing(token)).want(t, 200)); then.Entry != now.Entry {
		t.Errorf("at the moment of the entry itself: %+v", then)
	}
	for as, want := range map[string]int{"2999-01-01": 422, "9999-12-31T00:00:00Z": 422, "x": 400, "2024-13-01": 400, "2024-01-01T00:00:00": 400, "1704067200": 400} {
		s.api("GET", "/api/v1/programs/demo/summary?as_of="+as, "", bearing(token)).want(t, want)
	}
	a := s.api("GET", "/api/v1/programs/demo/summary", "", bearing(token))
	s.api("GET", "/api/v1/programs/demo/summary", "", bearing(token), header("If-None-Match", a.Header.Get("ETag"))).want(t, 304)
	for _, path := range []string{"/api/v1/programs", "/api/v1/programs/demo", "/api/v1/programs/demo/items", "/api/v1/programs/demo/milestones", "/api/v1/programs/demo/milestones/P1", reportsOfP1, reportsOfP1 + "/10"} {
		s.api("GET", path, "", bearing(token)).want(t, 200)
		s.api("GET", path, "", signedIn(s.session(access.Regulator))).want(t, 200)
	}
}

// The list of programs can be read as of a past moment too; what was not on record then is not on it.
func TestProgramsAsOf(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Executive)
	if now := s.get("/", signedIn(session)).want(t, 200); !strings.Contains(now.body, `href="/programs/demo"`) {
		t.Error("the program is not on the list")
	}
	past := s.get("/?as_of=2024-01-09&lang=en", signedIn(session)).want(t, 200)
	if strings.Contains(past.body, "/programs/demo") || !strings.Contains(past.body, "9 January 2024") {
		t.Error("the list as of a past day shows a later program, or does not say its day")
	}
	s.get("/?as_of=yesterday", signedIn(session)).want(t, http.StatusBadRequest)
	wantAll(t, s.get("/?as_of=2999-01-01&lang=en", signedIn(session)).want(t, http.StatusUnprocessableEntity).body, "There is no such state yet", "has not come yet")
}
