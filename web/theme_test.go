package web

import (
	"net/http"
	"strings"
	"testing"

	"tenggat/internal/access"
)

func inTheme(theme string) with {
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: themeCookie, Value: theme}) }
}

// The chosen theme holds on every page from then on, and is forgotten again when the device shall decide.
func TestThemeIsKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.send("POST", "/theme", "theme=dark&back=%2Fprograms%2Fdemo%3Flang%3Den", asForm).want(t, http.StatusSeeOther)
	if to := a.Header.Get("Location"); to != "/programs/demo?lang=en" {
		t.Errorf("led back to %s", to)
	}
	if cookies := a.Cookies(); len(cookies) != 1 || cookies[0].Name != themeCookie || cookies[0].Value != "dark" {
		t.Errorf("kept as %v", cookies)
	}
	if page := s.get("/sign-in", inTheme("dark")).want(t, http.StatusOK).body; !strings.Contains(page, ` data-theme="dark"`) || !strings.Contains(page, `name="color-scheme" content="dark"`) {
		t.Errorf("the page does not know the theme: %.400s", page)
	}
	if forgotten := s.send("POST", "/theme", "theme=auto&back=/", asForm, inTheme("dark")).Header.Get("Set-Cookie"); !strings.Contains(forgotten, "Max-Age=0") {
		t.Errorf("the choice stays: %s", forgotten)
	}
}

// Two readers with the same role see the same page, each in the own theme.
func TestThemesShareNoStoredPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	session := s.session(access.Executive)
	plain := s.get("/programs/demo", signedIn(session)).want(t, http.StatusOK).body
	dark := s.get("/programs/demo", signedIn(session), inTheme("dark")).want(t, http.StatusOK).body
	if strings.Contains(plain, "data-theme") || !strings.Contains(dark, ` data-theme="dark"`) {
		t.Error("a reader got another's theme")
	}
}

func TestThemeLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, back := range []string{"https%3A%2F%2Fexample.org%2F", "%2F%2Fexample.org", "javascript:x", ""} {
		if to := s.send("POST", "/theme", "theme=light&back="+back, asForm).want(t, http.StatusSeeOther).Header.Get("Location"); to != "/" {
			t.Errorf("%s leads to %s", back, to)
		}
	}
	s.send("POST", "/theme", "theme=pink", asForm).want(t, http.StatusBadRequest)
	s.send("POST", "/theme", "theme=dark", asForm, header("Sec-Fetch-Site", "cross-site")).want(t, http.StatusForbidden)
}
