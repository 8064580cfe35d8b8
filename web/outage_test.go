package web

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

// wire stands between the program and its database and can be cut.
type wire struct {
	listener net.Listener
	mu       sync.Mutex
	open     []net.Conn
}

// newWire makes a socket folder that leads to the server in another.
func newWire(t *testing.T, to string) (folder string, w *wire) {
	t.Helper()
	folder, err := os.MkdirTemp("", "wire") // t.TempDir's names can be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	sockets, err := filepath.Glob(filepath.Join(to, ".s.PGSQL.[0-9]*[0-9]"))
	if err != nil || len(sockets) != 1 {
		t.Fatalf("sockets %v, %v", sockets, err)
	}
	listener, err := net.Listen("unix", filepath.Join(folder, filepath.Base(sockets[0])))
	if err != nil {
		t.Fatal(err)
	}
	w = &wire{listener: listener}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("unix", sockets[0])
			if err != nil {
				_ = near.Close()
				continue
			}
			w.mu.Lock()
			w.open = append(w.open, near, far)
			w.mu.Unlock()
			for _, pair := range [][2]net.Conn{{near, far}, {far, near}} {
				go func() { _, _ = io.Copy(pair[0], pair[1]); _ = pair[0].Close() }()
			}
		}
	}()
	t.Cleanup(w.cut)
	return folder, w
}

func (w *wire) cut() {
	_ = w.listener.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.open {
		_ = c.Close()
	}
}

func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	db, dsns := storetest.OpenWithDSNs(t)
	storetest.Program(t, db, "demo")
	host := regexp.MustCompile(`host='([^']*)'`)
	folder, wire := newWire(t, host.FindStringSubmatch(dsns.App)[1])
	through := func(dsn string) string { return host.ReplaceAllString(dsn, "host='"+folder+"'") }
	cuttable, err := postgres.Open(t.Context(), postgres.Config{AppDSN: through(dsns.App), ReaderDSN: through(dsns.Reader), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cuttable.Close() })

	s := newSiteOn(t, cuttable)
	session, token := storetest.Account(t, db, access.Engineer, "demo"), storetest.Token(t, db, "demo", []string{"report", "read"})
	s.get("/programs/demo", signedIn(session)).want(t, 200)
	s.get("/readyz").want(t, 200)
	fields := hiddenFields(t, s.get(updateP1, signedIn(session)))
	wire.cut()

	page := s.get("/programs/demo", signedIn(session)).want(t, http.StatusServiceUnavailable)
	if page.Header.Get("Retry-After") == "" || strings.Contains(page.body, "Program demo") {
		t.Error("no Retry-After, or a page that nobody was let in to")
	}
	p := decode[problem](t, s.api("POST", reportsOfP1, `{"event_id":"x","observed_at":"`+observed(1)+`","state":"running"}`, bearing(token)).want(t, http.StatusServiceUnavailable))
	if p.Type != "/problems/unavailable" || p.Detail == "" || strings.Contains(p.Detail, "sql") {
		t.Errorf("%+v", p)
	}
	s.submit(updateP1, fields, session, "done", "1", "total", "2").want(t, http.StatusServiceUnavailable)
	s.send("POST", "/sign-in", "email=a%40example.test&password=x", asForm).want(t, http.StatusServiceUnavailable)
	s.get("/livez").want(t, 200)
	s.get("/help").want(t, 200)
	ready := decode[readiness](t, s.get("/readyz").want(t, http.StatusServiceUnavailable))
	if ready.Status != "not_ready" || ready.Database != "unavailable" {
		t.Errorf("%+v", ready)
	}
}
