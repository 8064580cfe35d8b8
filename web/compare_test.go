package web

import (
	"net/http"
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/postgres/storetest"
)

// Two days side by side: what was known at each, and a change that adds up; what cannot be compared is said and nothing typed is lost.
func TestCompare(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := signedIn(s.session(access.Regulator))
	today := s.clock.now().In(jakarta(t)).Format("2006-01-02")
	page := s.get("/programs/demo/compare?lang=en&from=2024-01-09", session).want(t, http.StatusOK).body
	for _, want := range []string{"From 9 January 2024", "was not on record", "Figures and verdicts", "+30", "count: entry no."} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for query, want := range map[string]string{
		"from=2024-02-01&to=2024-01-01": "must be before the second", "from=2024-02-01&to=2024-02-01": "must be before the second",
		"from=yesterday": "Write the date as", "to=2999-01-01": "the last that can be compared", "from=%3Cb%3E": "&lt;b&gt;",
		"as_of=2024-02-01&to=" + today: "the last that can be compared",
	} {
		if a := s.get("/programs/demo/compare?lang=en&"+query, session).want(t, http.StatusUnprocessableEntity); !strings.Contains(a.body, want) {
			t.Errorf("%s: the page does not say %q", query, want)
		}
	}
	s.get("/programs/demo/compare?as_of=2024-02-01", session).want(t, http.StatusOK)
}

// The list is narrowed, ordered and paged by its address; what cannot be read is refused.
func TestListOfPrograms(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	for _, slug := range []string{"alpha", "beta", "gamma"} {
		storetest.Program(t, db, slug)
	}
	s := newSiteOn(t, db)
	session := signedIn(storetest.Account(t, db, access.Executive, "alpha", "beta", "gamma"))
	for query, want := range map[string]int{
		"": 3, "q=BETA": 1, "q=kemendag": 3, "q=none": 0, "verdict=past_deadline": 3, "verdict=attention": 3, "verdict=accepted": 0, "due=30": 0,
		"stale=yes": 3, "mine=yes": 3, "sort=-name,deadline": 3, "view=table": 3, "q=gamma&view=table": 1,
	} {
		page := s.get("/?lang=en&"+query, session).want(t, http.StatusOK).body
		got := 0
		for _, slug := range []string{"alpha", "beta", "gamma"} {
			if strings.Contains(page, `href="/programs/`+slug) {
				got++
			}
		}
		if got != want {
			t.Errorf("%q shows %d programs, want %d", query, got, want)
		}
	}
	page := s.get("/?lang=en&sort=-name", session).want(t, http.StatusOK).body
	if strings.Index(page, "/programs/gamma") > strings.Index(page, "/programs/alpha") {
		t.Error("the order is not turned round")
	}
	for _, query := range []string{"verdict=x", "due=0", "due=x", "stale=no", "mine=1", "sort=size", "sort=name,name,name,name", "page=0", "q=" + strings.Repeat("x", 201)} {
		s.get("/?"+query, session).want(t, http.StatusBadRequest)
		s.get("/api/v1/programs?"+query, session).want(t, http.StatusBadRequest)
	}
	s.get("/?page=2", session).want(t, http.StatusNotFound)
	s.api("GET", "/api/v1/programs?verdict=attention&sort=-progress,name", "", session).want(t, http.StatusOK)
}

// What was put on record between two days is named, and what came before is not.
func TestCompareTellsWhatWasRecorded(t *testing.T) {
	t.Parallel()
	s, session := replayed(t)
	page := s.get(replayPath+"/compare?lang=en&from=2024-02-09&to=2024-02-24", signedIn(session)).want(t, http.StatusOK).body
	wantAll(t, page, "no longer binds", "Bisnis.com (press)", "says 75%", "open, due: 22 Mar 2024")
	records := s.table(replayPath+"/tables/compare-records.json?from=2024-02-09&to=2024-02-24", signedIn(session)).Rows
	if rows := strings.Count(page, "/statements?as_of=2024-02-24"); len(records) < 10 || rows != 18 {
		t.Errorf("%d records in the file, %d statements on the page", len(records), rows)
	}
	quiet := s.get(replayPath+"/compare?lang=en&from=2024-04-10&to=2024-05-01", signedIn(session)).want(t, http.StatusOK).body
	wantAll(t, quiet, "No deadline, item or statement was added")
	wantAll(t, s.get(replayPath+"/compare?lang=en", signedIn(session)).want(t, http.StatusOK).body, "Since the start")
}
