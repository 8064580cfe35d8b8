package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

// listener is a client that has a stream open.
type listener struct {
	t      *testing.T
	lines  chan string // closed when the stream ends
	cancel context.CancelFunc
}

// listen opens a stream at the server's address.
func listen(t *testing.T, url, path string, changes ...with) *listener {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range changes {
		change(request)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	if kind := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || kind != "text/event-stream" {
		body, _ := io.ReadAll(response.Body)
		t.Fatalf("%s: %d %s\n%.500s", path, response.StatusCode, kind, body)
	}
	if response.Header.Get("X-Accel-Buffering") != "no" || !strings.Contains(response.Header.Get("Cache-Control"), "no-transform") {
		t.Errorf("a proxy may hold the stream back: %v", response.Header)
	}
	l := &listener{t: t, lines: make(chan string, 1000), cancel: cancel}
	go func() {
		defer response.Body.Close()
		defer close(l.lines)
		for scanner := bufio.NewScanner(response.Body); scanner.Scan(); {
			l.lines <- scanner.Text()
		}
	}()
	t.Cleanup(cancel)
	return l
}

// await reads on until a line begins so; "" waits for the end of the stream.
func (l *listener) await(prefix string) string {
	l.t.Helper()
	for patience := time.After(20 * time.Second); ; {
		select {
		case line, open := <-l.lines:
			if !open && prefix == "" {
				return ""
			}
			if !open {
				l.t.Fatalf("the stream ended before %q", prefix)
			}
			if prefix != "" && strings.HasPrefix(line, prefix) {
				return line
			}
		case <-patience:
			l.t.Fatalf("no %q within 20 s", prefix)
		}
	}
}

// silent checks that no event has come so far.
func (l *listener) silent() {
	l.t.Helper()
	for {
		select {
		case line, open := <-l.lines:
			if !open || strings.HasPrefix(line, "data:") || strings.HasPrefix(line, "event:") {
				l.t.Fatalf("told %q, open %t", line, open)
			}
		default:
			return
		}
	}
}

func version(n int64) string { return fmt.Sprintf(`data: {"version":%d}`, n) }

// report appends a report to a program and returns its entry.
func (s *site) report(programID string, minute int) int64 {
	s.t.Helper()
	d := storetest.Report("U1", newID(), minute, int64(minute), 1000)
	receipts, err := s.db.Writer().Append(s.t.Context(), programID, ledger.Unit{Drafts: []ledger.Draft{d}})
	if err != nil {
		s.t.Fatal(err)
	}
	return receipts[0].Entry
}

// TestOpenPagesHearOfReports: a page is told at once what it has not, then each new entry, and nothing of other programs. What an
// interrupted client missed it is told when it comes back.
func TestOpenPagesHearOfReports(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.watch()
	other := s.programOf("other")
	session := s.session(access.Regulator)
	one := listen(t, s.url, "/api/v1/programs/demo/stream", signedIn(session))
	one.await(version(s.head()))
	upToDate := listen(t, s.url, fmt.Sprintf("/api/v1/programs/demo/stream?after=%d", s.head()), signedIn(session))
	job := listen(t, s.url, "/api/v1/programs/demo/stream", bearing(s.token("read")))
	all := listen(t, s.url, "/api/v1/stream", signedIn(storetest.Account(t, s.db, access.Executive, "demo", "other")))
	all.await("data:")

	before := s.head()
	s.report(other, 1)
	all.await("data:")
	upToDate.silent()
	entry := s.report(s.programID, 1)
	for _, l := range []*listener{one, upToDate, job} {
		l.await(version(entry))
	}
	all.await("data:")
	one.cancel()
	entry = s.report(s.programID, 2)
	again := listen(t, s.url, fmt.Sprintf("/api/v1/programs/demo/stream?after=%d", before), signedIn(session), header("Last-Event-ID", fmt.Sprint(entry-1)))
	again.await("id: " + fmt.Sprint(entry))
	again.await(version(entry))
}

// watch listens as the program does when it serves.
func (s *site) watch() {
	ctx, stop := context.WithCancel(context.WithoutCancel(s.t.Context()))
	ended := make(chan struct{})
	go func() { defer close(ended); s.server.Watch(ctx) }()
	s.t.Cleanup(func() { stop(); <-ended })
}

// programOf is the id of a program.
func (s *site) programOf(slug string) string {
	s.t.Helper()
	heads, err := s.db.Writer().ProgramHeads(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, h := range heads {
		if h.Slug == slug {
			return h.ID
		}
	}
	s.t.Fatalf("no program %s", slug)
	return ""
}

// Two server processes on one database: a page open at one hears of a report that the other took.
func TestReportsReachPagesOfOtherProcesses(t *testing.T) {
	t.Parallel()
	db, dsns := storetest.OpenWithDSNs(t)
	id := storetest.Program(t, db, "demo")
	here := newSiteOn(t, db)
	here.programID = id
	second, err := postgres.Open(t.Context(), postgres.Config{AppDSN: dsns.App, ReaderDSN: dsns.Reader, Logger: slog.New(slog.DiscardHandler), MaxConns: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = second.Close() })
	there := newSiteOn(t, second)
	there.watch()
	page := listen(t, there.url, "/api/v1/programs/demo/stream", signedIn(here.session(access.Executive)))
	page.await("data:")
	a := here.send("POST", reportsOfP1, fmt.Sprintf(`{"event_id":"e1","observed_at":%q,"done":5,"total":10}`, observed(1)), bearing(here.token("report"))).want(t, 201)
	page.await(version(int64(decode[map[string]any](t, a)["entry"].(float64))))
}

// Nobody tells this server anything: it looks by itself, and pages hear all the same.
func TestWithoutAListenerPagesHearByLooking(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	l := listen(t, s.url, "/api/v1/programs/demo/stream", signedIn(s.session(access.Executive)))
	l.await("data:")
	l.await(version(s.report(s.programID, 1)))
}

// A stream is let go once its session, its membership or its token has ended.
func TestStreamsEndWithTheirCredential(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	signedOut, left := s.session(access.Engineer), s.session(access.Regulator)
	token := s.token("read")
	streams := []*listener{
		listen(t, s.url, "/api/v1/programs/demo/stream", signedIn(signedOut)), listen(t, s.url, "/api/v1/stream", signedIn(signedOut)),
		listen(t, s.url, "/api/v1/programs/demo/stream", signedIn(left)), listen(t, s.url, "/api/v1/programs/demo/stream", bearing(token)),
	}
	stays := listen(t, s.url, "/api/v1/programs/demo/stream", signedIn(s.session(access.Compliance)))
	for _, l := range append(streams, stays) {
		l.await("data:")
	}
	s.send("POST", "/sign-out", "x", asForm, signedIn(signedOut)).want(t, 303)
	accounts, err := s.db.Writer().Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		if a.Role == access.Regulator {
			if err := s.db.Writer().SetMemberships(t.Context(), a.Email, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	tokens, err := s.db.Writer().Tokens(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.db.Writer().RevokeToken(t.Context(), tokens[0].ID); err != nil {
		t.Fatal(err)
	}
	for _, l := range streams {
		l.await("event: end")
		l.await(`data: {"reason":"credential"}`)
		l.await("")
	}
	stays.silent()
}

// The server's limits are for answers that end: a stream outlives them.
func TestStreamsOutliveTheServersTimeouts(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	short := s.server.HTTPServer()
	short.ReadTimeout, short.WriteTimeout = 200*time.Millisecond, 200*time.Millisecond
	listening := httptest.NewUnstartedServer(nil)
	listening.Config = short
	listening.Start()
	t.Cleanup(func() { s.server.hub.close(); listening.Close() })
	l := listen(t, listening.URL, "/api/v1/programs/demo/stream", signedIn(s.session(access.Executive)))
	l.await("data:")
	time.Sleep(time.Second)
	l.await(version(s.report(s.programID, 1)))
}

// A client that takes nothing is let go instead of being waited for.
func TestSlowClientsAreLetGo(t *testing.T) {
	refused := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		e, chunk := eventWriter{w: w, control: http.NewResponseController(w), patience: 100 * time.Millisecond}, strings.Repeat(":", 1<<16)
		for range 2000 { // far more than the buffers between the two take
			if err := e.send(chunk); err != nil {
				refused <- err
				return
			}
		}
		refused <- nil
	}))
	t.Cleanup(server.Close)
	response, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if <-refused == nil {
		t.Error("the server went on writing to a client that reads nothing")
	}
}

// Shutting down ends streams at once, so that it does not wait for them, and takes no new ones.
func TestShutdownEndsStreams(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	session := s.session(access.Executive)
	l := listen(t, s.url, "/api/v1/programs/demo/stream", signedIn(session))
	l.await("data:")
	server := s.server.HTTPServer()
	done := make(chan error, 1)
	go func() { done <- server.Shutdown(t.Context()) }()
	l.await(`data: {"reason":"server"}`)
	l.await("")
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if a := s.get("/api/v1/programs/demo/stream", signedIn(session)); a.StatusCode != 503 || a.Header.Get("Retry-After") == "" {
		t.Errorf("after shutdown: %d", a.StatusCode)
	}
}

// Streams are bounded: one holder cannot take them all, and they take no place among the requests at work.
func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	greedy, other := s.session(access.Executive), s.session(access.Regulator)
	for range maxPerHolder {
		listen(t, s.url, "/api/v1/programs/demo/stream", signedIn(greedy)).await("data:")
	}
	s.get("/api/v1/programs/demo/stream", signedIn(greedy)).want(t, http.StatusTooManyRequests)
	listen(t, s.url, "/api/v1/programs/demo/stream", signedIn(other)).await("data:")
	if at := len(s.server.slots); at != 0 {
		t.Errorf("%d requests are at work", at)
	}
	s.server.hub.mu.Lock()
	defer s.server.hub.mu.Unlock()
	if n := len(s.server.hub.streams); n != maxPerHolder+1 {
		t.Errorf("%d streams", n)
	}
}

func TestStreamDoors(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	session := s.session(access.Engineer)
	for path, want := range map[string]int{
		"/api/v1/programs/other/stream": 404, "/api/v1/programs/none/stream": 404, "/api/v1/programs/demo/stream?after=x": 400, "/api/v1/programs/demo/stream?after=-1": 400,
		"/api/v1/programs/demo/stream?after=99999999999999999999": 400,
	} {
		s.get(path, signedIn(session)).want(t, want)
	}
	s.get("/api/v1/programs/demo/stream").want(t, 401)
	s.get("/api/v1/programs/demo/stream", bearing(s.token("report"))).want(t, 403)
	s.get("/api/v1/stream", bearing(s.token("read", "P1"))).want(t, 403)
	s.get("/api/v1/stream", signedIn(s.session(access.Admin))).want(t, 403)
	s.send("HEAD", "/api/v1/programs/demo/stream", "", signedIn(session)).want(t, 200)
}

// A page that refreshes itself, or holds a stream, keeps no session alive.
func TestRefreshingIsNoUseOfTheSession(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	session := s.session(access.Engineer)
	seen := func() time.Time {
		t.Helper()
		opened, err := s.db.Reader().OpenSession(t.Context(), session, "demo")
		if err != nil {
			t.Fatal(err)
		}
		return opened.SeenAt
	}
	before := seen()
	s.clock.forward(2 * touchEvery)
	s.get("/programs/demo", signedIn(session), header(refreshHeader, "1")).want(t, 200)
	listen(t, s.url, "/api/v1/programs/demo/stream", signedIn(session)).await("data:")
	s.server.later.Wait()
	if !seen().Equal(before) {
		t.Error("the session was prolonged by a page that nobody used")
	}
	s.get("/programs/demo", signedIn(session)).want(t, 200)
	s.server.later.Wait()
	if seen().Equal(before) {
		t.Error("the session was not prolonged by its holder")
	}
}

// Only pages that show the present say that they keep themselves up to date; the past and forms do not change.
func TestLivePages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Engineer)
	for path, want := range map[string]bool{
		"/": true, "/programs/demo": true, "/programs/demo/items": true, "/programs/demo/milestones/P1": true, "/programs/demo?as_of=2024-03-01": false,
		"/?as_of=2024-03-01": false, "/programs/demo/milestones/P1/update": false, "/programs/demo/items/new": false, "/help": false, "/sign-in": false,
	} {
		body := s.get(path, signedIn(session)).want(t, 200).body
		if got := strings.Contains(body, `id="live"`); got != want {
			t.Errorf("%s is live: %t", path, got)
		}
		if want && !strings.Contains(body, fmt.Sprintf("data-version=%q", fmt.Sprint(s.head()))) {
			t.Errorf("%s does not say its version", path)
		}
	}
}
