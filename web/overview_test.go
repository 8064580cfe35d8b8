package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/postgres/storetest"
)

// A program whose scope grew offers the line of its initial scope; one whose did not, does not.
func TestInitialScopeIsOffered(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := signedIn(s.session(access.Executive))
	if page := s.get("/programs/demo", session).want(t, http.StatusOK).body; strings.Contains(page, "scope=initial") {
		t.Error("offered although nothing grew")
	}
	s.record(storetest.Report("P1", "grown", 3, 60, 200))
	wantAll(t, s.get("/programs/demo?lang=en", session).want(t, http.StatusOK).body, "scope=initial", "Show by the initial scope")
	wantAll(t, s.get("/programs/demo?lang=en&scope=initial", session).want(t, http.StatusOK).body, "36% of the work of that time", "18% of the whole", "Hide the initial scope")
	if last := s.lastDay(session); last["initial_scope"] != 36.0 || last["reported"] != 18.0 {
		t.Errorf("the file says %v by the initial scope and %v by the record", last["initial_scope"], last["reported"])
	}
	s.get("/programs/demo?scope=moon", session).want(t, http.StatusBadRequest)
}

// The chart says in the words of whoever corrected why a count was lowered.
func TestOverviewSaysWhyACountWasLowered(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	correction := storetest.Correction("P1", "lower", 3, 40, 100)
	correction.Texts = map[string]string{"reason": "Counted twice by the loader"}
	s.record(correction)
	page := s.get("/programs/demo?lang=en", signedIn(s.session(access.Executive))).want(t, http.StatusOK).body
	if n := strings.Count(page, "Counted twice by the loader"); n < 2 {
		t.Errorf("the reason stands %d times on the page", n)
	}
	last := s.lastDay(signedIn(s.session(access.Executive)))
	if why := fmt.Sprint(last["reason"]); last["corrected"] != "P1" || last["initial_scope"] != nil || !strings.Contains(why, "Counted twice by the loader") {
		t.Errorf("the file says %v", last)
	}
}

// lastDay is the last row of the chart's file.
func (s *site) lastDay(reader func(*http.Request)) map[string]any {
	s.t.Helper()
	rows := decode[tableJSON](s.t, s.get("/api/v1/programs/demo/tables/progress.json", reader).want(s.t, http.StatusOK)).Rows
	return rows[len(rows)-1]
}
