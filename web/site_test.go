package web

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
	"tenggat/internal/signer"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// site is a running server with two programs, "demo" and "other", on a database of its own.
type site struct {
	t         *testing.T
	url       string
	db        *postgres.DB
	server    *Server
	signer    *signer.Signer
	keys      string // folder of its key
	programID string
	logs      *logBuffer
	clock     *clock
}

// clock is the server's time; a test can move it.
type clock struct {
	mu  sync.Mutex
	add time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.add)
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add += d
}

type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func newSite(t *testing.T, change ...func(*Config)) *site {
	t.Helper()
	db := storetest.Open(t)
	id := storetest.Program(t, db, "demo")
	storetest.Program(t, db, "other")
	keys := filepath.Join(t.TempDir(), "keys")
	signs, err := signer.Open(t.Context(), signer.Config{Dir: keys, LogName: "tenggat.test", Writer: db.Writer(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	s := newSiteOn(t, db, append([]func(*Config){func(c *Config) { c.Signer = signs }}, change...)...)
	s.programID, s.signer, s.keys = id, signs, keys
	return s
}

// newSiteOn serves a store as it is.
func newSiteOn(t *testing.T, db *postgres.DB, change ...func(*Config)) *site {
	t.Helper()
	s := &site{t: t, db: db, logs: &logBuffer{}, clock: &clock{}}
	config := Config{
		Reader: s.db.Reader(), Writer: s.db.Writer(), Now: s.clock.now, Version: "test",
		Logger: slog.New(slog.NewJSONHandler(s.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, f := range change {
		f(&config)
	}
	var err error
	if s.server, err = New(config); err != nil {
		t.Fatal(err)
	}
	listening := httptest.NewUnstartedServer(nil)
	listening.Config = s.server.HTTPServer()
	listening.Start()
	t.Cleanup(func() {
		s.server.hub.close()
		listening.Close()
		if err := s.server.Finish(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	s.url = listening.URL
	return s
}

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

// with changes a request before it is sent.
type with func(*http.Request)

func header(name, value string) with { return func(r *http.Request) { r.Header.Set(name, value) } }

func bearing(token string) with { return header("Authorization", "Bearer "+token) }

func signedIn(session string) with {
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: sessionCookie, Value: session}) }
}

func asForm(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }

// send makes one request and follows no redirect. A body is sent as JSON unless a change says otherwise.
func (s *site) send(method, path, body string, changes ...with) answer {
	s.t.Helper()
	var sent io.Reader
	if body != "" {
		sent = strings.NewReader(body)
	}
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, sent)
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for _, change := range changes {
		change(request)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	var received io.Reader = response.Body
	if response.Header.Get("Content-Type") == "text/event-stream" {
		received = io.LimitReader(received, int64(len("retry: 5000\n\n"))) // it does not end by itself
	}
	content, err := io.ReadAll(received)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{response, string(content)}
}

func (s *site) get(path string, changes ...with) answer {
	s.t.Helper()
	return s.send("GET", path, "", changes...)
}

// decode reads the body as JSON.
func decode[T any](t *testing.T, a answer) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("status %d, not JSON: %v\n%.500s", a.StatusCode, err, a.body)
	}
	return v
}

func (a answer) want(t *testing.T, status int) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s: status %d, want %d\n%.800s", a.Request.Method, a.Request.URL.RequestURI(), a.StatusCode, status, a.body)
	}
	return a
}

// session signs a new account of the role in; it is a member of "demo".
func (s *site) session(role access.Role) string { return storetest.Account(s.t, s.db, role, "demo") }

// token is an API token for "demo".
func (s *site) token(scopes string, milestones ...string) string {
	return storetest.Token(s.t, s.db, "demo", strings.Split(scopes, " "), milestones...)
}

// head is the number of the last entry of "demo".
func (s *site) head() int64 {
	s.t.Helper()
	heads, err := s.db.Writer().ProgramHeads(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, h := range heads {
		if h.ID == s.programID {
			return h.Entry
		}
	}
	s.t.Fatal("no program demo")
	return 0
}

const reportsOfP1 = "/api/v1/programs/demo/milestones/P1/reports"

// observed is a time shortly before now, different for each minute.
func observed(minutesAgo int) string {
	return time.Now().Add(-time.Duration(minutesAgo) * time.Minute).UTC().Format(time.RFC3339)
}
