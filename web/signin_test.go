package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

// person makes an account with storetest's password and returns its address.
func (s *site) person(role access.Role) string {
	s.t.Helper()
	hash, err := access.NewHasher().HashPassword(s.t.Context(), storetest.Password)
	if err != nil {
		s.t.Fatal(err)
	}
	email := newID() + "@example.test"
	if _, err := s.db.Writer().CreateAccount(s.t.Context(), postgres.Account{Email: email, Name: "Somebody", Role: role, PasswordHash: hash, Programs: []string{"demo"}}); err != nil {
		s.t.Fatal(err)
	}
	return email
}

func (s *site) signIn(email, password, next string, changes ...with) answer {
	s.t.Helper()
	form := url.Values{"email": {email}, "password": {password}, "next": {next}}
	return s.send("POST", "/sign-in", form.Encode(), append([]with{asForm}, changes...)...)
}

func sessionOf(t *testing.T, a answer) *http.Cookie {
	t.Helper()
	for _, c := range a.Cookies() {
		if c.Name == sessionCookie {
			return c
		}
	}
	t.Fatalf("no session cookie in %v", a.Header)
	return nil
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	email := s.person(access.Regulator)
	a := s.signIn(strings.ToUpper(email), storetest.Password, "/programs/demo?as_of=2024-02-01").want(t, http.StatusSeeOther)
	if to := a.Header.Get("Location"); to != "/programs/demo?as_of=2024-02-01" {
		t.Errorf("led to %s", to)
	}
	c := sessionOf(t, a)
	if !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || len(c.Value) < 43 {
		t.Errorf("cookie %+v", c)
	}
	s.get("/programs/demo", signedIn(c.Value)).want(t, 200)

	// A second sign-in makes a new token and ends the one the browser came with.
	again := sessionOf(t, s.signIn(email, storetest.Password, "", signedIn(c.Value)).want(t, http.StatusSeeOther))
	if again.Value == c.Value {
		t.Error("the token was kept")
	}
	s.get("/programs/demo", signedIn(c.Value)).want(t, http.StatusSeeOther)
	s.get("/programs/demo", signedIn(again.Value)).want(t, 200)

	// A token planted beforehand does not become a session.
	planted := access.NewSessionToken()
	s.signIn(email, storetest.Password, "", signedIn(planted)).want(t, http.StatusSeeOther)
	s.get("/programs/demo", signedIn(planted)).want(t, http.StatusSeeOther)

	out := s.send("POST", "/sign-out", "", asForm, signedIn(again.Value)).want(t, http.StatusSeeOther)
	if gone := sessionOf(t, out); gone.MaxAge >= 0 || gone.Value != "" {
		t.Errorf("cookie after signing out: %+v", gone)
	}
	s.get("/programs/demo", signedIn(again.Value)).want(t, http.StatusSeeOther)
	s.get("/api/v1/programs", signedIn(again.Value)).want(t, http.StatusUnauthorized)
}

// TestSignInSaysTheSame: nobody learns whether an account exists.
func TestSignInSaysTheSame(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	known, disabled := s.person(access.Engineer), s.person(access.Engineer)
	if err := s.db.Writer().DisableAccount(t.Context(), disabled); err != nil {
		t.Fatal(err)
	}
	unknown := newID() + "@example.test"
	var pages []string
	for _, c := range []struct{ email, password string }{
		{known, "wrong horse battery staple"}, {unknown, "wrong horse battery staple"}, {disabled, storetest.Password}, {"no address", "x"}, {known, ""},
	} {
		a := s.signIn(c.email, c.password, "").want(t, http.StatusUnprocessableEntity)
		if len(a.Cookies()) > 0 {
			t.Errorf("%s got a cookie", c.email)
		}
		pages = append(pages, strings.ReplaceAll(a.body, c.email, ""))
		if strings.Contains(a.body, "wrong horse") || strings.Contains(a.body, storetest.Password) {
			t.Error("the password came back")
		}
	}
	for _, page := range pages[1:] {
		if page != pages[0] {
			t.Errorf("the answers differ:\n%s\n%s", pages[0], page)
		}
	}
	if strings.Contains(s.logs.String(), known) || strings.Contains(s.logs.String(), "horse") {
		t.Error("the log names an address or a password")
	}
	if err := s.server.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	account, err := s.db.Writer().AccountByEmail(t.Context(), known)
	if err != nil || account.Failures != 2 {
		t.Errorf("%d failures counted, %v", account.Failures, err)
	}
}

func TestSignInIsThrottled(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	email := s.person(access.Engineer)
	var limited answer
	for range 20 {
		limited = s.signIn(email, "wrong horse battery staple", "", header("X-Forwarded-For", newID()))
		if limited.StatusCode == http.StatusTooManyRequests {
			break
		}
	}
	limited.want(t, http.StatusTooManyRequests)
	if limited.Header.Get("Retry-After") == "" || !strings.Contains(limited.body, "<form") {
		t.Errorf("Retry-After %q", limited.Header.Get("Retry-After"))
	}
	s.signIn(email, storetest.Password, "").want(t, http.StatusTooManyRequests)
	other := s.person(access.Engineer)
	s.signIn(other, storetest.Password, "").want(t, http.StatusSeeOther) // nobody else waits
	s.clock.forward(time.Hour)
	s.signIn(email, storetest.Password, "").want(t, http.StatusSeeOther)
}

func TestSignInRefusesCrossSite(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	email := s.person(access.Engineer)
	for name, change := range map[string]with{
		"cross-site":  header("Sec-Fetch-Site", "cross-site"),
		"same-site":   header("Sec-Fetch-Site", "same-site"),
		"foreign":     header("Origin", "https://evil.example"),
		"null origin": header("Origin", "null"),
	} {
		a := s.signIn(email, storetest.Password, "", change).want(t, http.StatusForbidden)
		if len(a.Cookies()) > 0 {
			t.Errorf("%s: a session was made", name)
		}
	}
	s.signIn(email, storetest.Password, "", header("Sec-Fetch-Site", "same-origin"), header("Origin", s.url)).want(t, http.StatusSeeOther)
}

func TestNextStaysHere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	email := s.person(access.Engineer)
	for _, next := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "/sign-out", "/\t/evil.example", "///evil.example", "\x00/x", "/%0d%0aX:1\r\n"} {
		if to := s.signIn(email, storetest.Password, next).want(t, http.StatusSeeOther).Header.Get("Location"); to != "/" && to != localPath(to) {
			t.Errorf("next=%q led to %s", next, to)
		}
		if got := localPath(next); got != "" && got[0] != '/' {
			t.Errorf("localPath(%q) = %q", next, got)
		}
	}
	if localPath("//evil.example") != "" || localPath("/\\evil.example") != "" || localPath("/a?b=c#d") != "/a?b=c#d" {
		t.Error("localPath")
	}
}

func TestUnknownFieldsAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	email := s.person(access.Engineer)
	for _, extra := range []string{"&role=admin", "&email=x", "&admin=true"} {
		form := url.Values{"email": {email}, "password": {storetest.Password}}.Encode() + extra
		s.send("POST", "/sign-in", form, asForm).want(t, http.StatusUnprocessableEntity)
	}
	s.send("POST", "/sign-in", "email=x&password="+strings.Repeat("x", maxFormBody), asForm).want(t, http.StatusRequestEntityTooLarge)
	s.send("POST", "/sign-in", `{"email":"x"}`).want(t, http.StatusUnsupportedMediaType)
}

func TestSessionIsProlongedAtMostOnceAMinute(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	session := s.session(access.Engineer)
	seen := func() time.Time {
		if err := s.server.Finish(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, err := s.db.Reader().OpenSession(t.Context(), session, "")
		if err != nil {
			t.Fatal(err)
		}
		return got.SeenAt
	}
	first := seen()
	s.get("/programs/demo", signedIn(session)).want(t, 200)
	if !seen().Equal(first) {
		t.Error("written down within a minute")
	}
	s.clock.forward(2 * time.Minute)
	s.get("/programs/demo", signedIn(session)).want(t, 200)
	if !seen().After(first) {
		t.Error("not written down after two minutes")
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	session := s.session(access.Executive)
	tag := func(changes ...with) string {
		body := s.get("/programs/demo", append(changes, signedIn(session))...).want(t, 200).body
		_, rest, _ := strings.Cut(body, `<html lang="`)
		lang, _, _ := strings.Cut(rest, `"`)
		return lang
	}
	if got := tag(header("Accept-Language", "en-US,en;q=0.9")); got != "id" {
		t.Errorf("without a choice: %s", got)
	}
	switched := s.get("/programs/demo?lang=en", signedIn(session)).want(t, 200)
	if !strings.Contains(switched.body, `<html lang="en"`) {
		t.Error("?lang=en is not English")
	}
	var kept string
	for _, c := range switched.Cookies() {
		if c.Name == languageCookie {
			kept = c.Value
		}
	}
	if kept != "en" {
		t.Errorf("cookie %q", kept)
	}
	if got := tag(func(r *http.Request) { r.AddCookie(&http.Cookie{Name: languageCookie, Value: kept}) }); got != "en" {
		t.Errorf("with the cookie: %s", got)
	}
	if got := tag(func(r *http.Request) { r.AddCookie(&http.Cookie{Name: languageCookie, Value: "xx"}) }); got != "id" {
		t.Errorf("with a made-up cookie: %s", got)
	}
	// Errors speak the reader's language, and programs choose with Accept-Language.
	if body := s.get("/nowhere?lang=en").body; !strings.Contains(body, "Page not found") {
		t.Errorf("%.300s", body)
	}
	if p := decode[problem](t, s.get("/api/v1/nowhere", header("Accept-Language", "en"))); p.Title != "Not found" {
		t.Errorf("%+v", p)
	}
}
