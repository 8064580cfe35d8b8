package web

import (
	"net/http"
	"strings"
	"testing"

	"tenggat/internal/access"
)

// What crawlers can get asks not to be found, feeds included; pages for readers need not say so, for a crawler is led to the sign-in.
func TestCrawlersFindOnlyWhatIsReleased(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Compliance)
	calendar, news := s.subscribe(session)
	for _, route := range Routes() {
		if route.Method != http.MethodGet || strings.HasPrefix(route.Path, "/api/") {
			continue
		}
		a := s.visit(route)
		hidden, released := strings.Contains(a.body, noindex), route.Path == "/public/:program"
		if strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") && hidden == released {
			t.Errorf("%s (%d) asks not to be found: %v", route.Path, a.StatusCode, hidden)
		}
		if route.Door == People && a.StatusCode != http.StatusSeeOther {
			t.Errorf("%s answers a stranger with %d", route.Path, a.StatusCode)
		}
		if route.Door == Feeds && a.Header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s refuses a crawler without asking it to forget", route.Path)
		}
	}
	for _, address := range []string{calendar, news} {
		if a := s.get(address).want(t, http.StatusOK); a.Header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s may be found by searching", address)
		}
	}
	if page := s.get("/programs/demo", signedIn(session)).want(t, http.StatusOK); strings.Contains(page.body, noindex) {
		t.Error("the overview speaks to crawlers that never see it")
	}
}

const noindex = `<meta name="robots" content="noindex">`
