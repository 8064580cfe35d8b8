package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tenggat/internal/access"
)

func jakarta(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// through sends a request through the way in to a handler that does something unusual.
func (s *site) through(path string, handler echo.HandlerFunc) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	c := s.server.echo.NewContext(httptest.NewRequest("GET", path, nil), recorder)
	if err := s.server.enter(handler)(c); err != nil {
		s.t.Error(err)
	}
	return recorder
}

func TestServerErrorsTellNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const secret = "SELECT secret FROM somewhere"
	for name, handler := range map[string]echo.HandlerFunc{
		"error": func(echo.Context) error { return errors.New(secret) },
		"panic": func(echo.Context) error { panic(secret) },
	} {
		for _, path := range []string{"/programs/demo", "/api/v1/programs"} {
			a := s.through(path, handler)
			id := a.Header().Get("X-Request-Id")
			if a.Code != http.StatusInternalServerError || strings.Contains(a.Body.String(), "SELECT") || strings.Contains(a.Body.String(), ".go") {
				t.Errorf("%s %s: %d %s", name, path, a.Code, a.Body)
			}
			if !strings.Contains(a.Body.String(), id) || !strings.Contains(s.logs.String(), id) || !strings.Contains(s.logs.String(), secret) {
				t.Errorf("%s %s: answer and log are not joined by the id %s", name, path, id)
			}
		}
	}
}

// TestErrorPageAfterTimeout: an error page must not come out empty because the request's context is over.
func TestErrorPageAfterTimeout(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.through("/programs/demo", func(c echo.Context) error {
		ctx, cancel := context.WithCancel(c.Request().Context())
		cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return ctx.Err()
	})
	if a.Code != http.StatusServiceUnavailable || !strings.Contains(a.Body.String(), "<h1") || a.Header().Get("Retry-After") == "" {
		t.Errorf("%d %q", a.Code, a.Body)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ready := decode[readiness](t, s.get("/readyz").want(t, 200))
	if ready.Status != "ready" || ready.Schema.Found != ready.Schema.Wanted || ready.Schema.Found == 0 || ready.Version != "test" {
		t.Errorf("%+v", ready)
	}
	s.server.Drain()
	if ready := decode[readiness](t, s.get("/readyz").want(t, 503)); ready.Status != "draining" {
		t.Errorf("%+v", ready)
	}
	s.get("/livez").want(t, 200)
	s.get("/help").want(t, 200) // what still comes is still answered
}

func TestHosts(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *Config) { c.Hosts = []string{"127.0.0.1"}; c.BaseURL = "https://tenggat.example.id" })
	host := func(name string) with { return func(r *http.Request) { r.Host = name } }
	s.get("/help").want(t, 200)
	s.get("/help", host("tenggat.example.id")).want(t, 200)
	s.get("/livez", host("10.0.0.7")).want(t, 200) // a probe asks by address
	s.get("/help", host("evil.example")).want(t, http.StatusMisdirectedRequest)
	s.get("/help", host("tenggat.example.id"), header("X-Forwarded-Host", "evil.example")).want(t, 200)
}

func TestRequestID(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if id := s.get("/livez", header("X-Request-Id", "abc-1.2_3")).Header.Get("X-Request-Id"); id != "abc-1.2_3" {
		t.Errorf("a sane id came back as %q", id)
	}
	for _, bad := range []string{"a b", strings.Repeat("x", 65), "x\"y", "<script>"} {
		if id := s.get("/livez", header("X-Request-Id", bad)).Header.Get("X-Request-Id"); id == bad || len(id) != 32 {
			t.Errorf("%q came back as %q", bad, id)
		}
	}
}

func TestOneLogLineARequest(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	session := s.session(access.Regulator)
	before := strings.Count(s.logs.String(), "\n")
	s.get("/programs/demo?as_of=2024-01-01&secret=hunter2", signedIn(session)).want(t, 200)
	lines := strings.Split(strings.TrimSpace(s.logs.String()), "\n")[before:]
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, part := range []string{`"method":"GET"`, `"route":"/programs/:program"`, `"status":200`, `"who":"regulator"`, `"ms":`, `"id":`} {
		if !strings.Contains(lines[0], part) {
			t.Errorf("the line lacks %s: %s", part, lines[0])
		}
	}
	if strings.Contains(lines[0], "hunter2") || strings.Contains(lines[0], session) {
		t.Errorf("the line says too much: %s", lines[0])
	}
}

func TestProblemTypesLeadSomewhere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, k := range problemKinds {
		if p := decode[problem](t, s.get(k.typeURI()).want(t, 200)); p.Type != k.typeURI() || p.Title == "" || p.Status != k.status {
			t.Errorf("%+v", p)
		}
	}
	s.get("/problems/none").want(t, 404)
}

func TestAdmin(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	email := s.person(access.Admin)
	session := sessionOf(t, s.signIn(email, "correct horse battery staple", "")).Value
	token := s.token("report")
	page := s.get("/admin", signedIn(session)).want(t, 200)
	if !strings.Contains(page.body, email) || !strings.Contains(page.body, "loader") || strings.Contains(page.body, token) {
		t.Error("accounts or tokens are missing, or a token is shown")
	}
	own, err := s.db.Writer().AccountByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	s.send("POST", "/admin/accounts/"+own.ID+"/disable", "", asForm, signedIn(session)).want(t, http.StatusConflict)
	s.send("POST", "/admin/accounts/none/disable", "", asForm, signedIn(session)).want(t, http.StatusNotFound)
	s.send("POST", "/admin/tokens/none/revoke", "", asForm, signedIn(session)).want(t, http.StatusNotFound)

	engineer := s.person(access.Engineer)
	theirs := sessionOf(t, s.signIn(engineer, "correct horse battery staple", "")).Value
	account, err := s.db.Writer().AccountByEmail(t.Context(), engineer)
	if err != nil {
		t.Fatal(err)
	}
	s.send("POST", "/admin/accounts/"+account.ID+"/disable", "", asForm, signedIn(session)).want(t, http.StatusSeeOther)
	s.get("/programs/demo", signedIn(theirs)).want(t, http.StatusSeeOther)
	tokens, err := s.db.Writer().Tokens(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	s.get("/api/v1/programs/demo/milestones/P1", bearing(token)).want(t, 200)
	s.send("POST", "/admin/tokens/"+tokens[0].ID+"/revoke", "", asForm, signedIn(session)).want(t, http.StatusSeeOther)
	s.get("/api/v1/programs/demo/milestones/P1", bearing(token)).want(t, 401)
}
