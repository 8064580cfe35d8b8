package web

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/release"
	"tenggat/internal/verify"
	"tenggat/web/view"
)

const (
	releasePath  = "/programs/demo/release"
	withdrawPath = "/programs/demo/release/withdraw"
	publicPath   = "/public/demo"
	badgePath    = "/public/demo/badge.svg"
	publicAPI    = "/api/v1/public/demo"
)

// aRelease are the fields of the form that releases figures of the moment, reviewed already.
func aRelease(s *site, parts ...string) url.Values {
	return url.Values{"event_id": {s.server.newEventID()}, "entry": {"1"}, "step": {"save"}, "moment": {s.cardAt()}, "parts_each": parts, "note": {""}, "note_en": {""}}
}

func aWithdrawal(s *site) url.Values {
	return url.Values{"event_id": {s.server.newEventID()}, "entry": {"1"}, "reason": {"A count was wrong"}}
}

// public releases everything that can be released, unless something is public.
func (s *site) public() {
	s.t.Helper()
	if s.get(publicPath).StatusCode == http.StatusOK {
		return
	}
	s.post(releasePath, aRelease(s, view.ReleaseParts()...), s.session(access.Compliance)).want(s.t, http.StatusSeeOther)
}

// Compliance sees what everybody will, then everybody sees it and nothing else, whatever is reported later, until it is withdrawn.
func TestWhatIsReleasedIsPublicAndNothingElse(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	officer, regulator := s.session(access.Compliance), s.session(access.Regulator)
	for _, path := range []string{publicPath, badgePath, publicAPI} {
		s.get(path).want(t, http.StatusNotFound)
	}
	form := hiddenFields(t, s.get(releasePath+"?lang=en", signedIn(officer)).want(t, 200))
	form["parts_each"], form["note"] = []string{string(release.Verdict), string(release.Areas)}, []string{"Tanpa pelatihan"}
	before := s.head()
	preview := s.post(releasePath+"?lang=en", form, officer).want(t, 200).body
	wantAll(t, preview, "30% of the whole", "Tanpa pelatihan", ">50%<", "12 April 2024")
	if s.head() != before || s.get(publicPath).StatusCode != http.StatusNotFound {
		t.Fatal("the preview released something")
	}
	s.report(s.programID, 2) // the figure moves between the preview and the release
	form.Set("step", "save")
	to := s.post(releasePath, form, officer).want(t, http.StatusSeeOther).Header.Get("Location")
	recorded := s.head()
	s.post(releasePath, form, officer).want(t, http.StatusSeeOther)
	if s.head() != recorded {
		t.Error("a second submit released a second time")
	}
	wantAll(t, s.get(to, signedIn(officer)).want(t, 200).body, publicPath, withdrawPath)

	page, data := s.get(publicPath+"?lang=en").want(t, 200), s.api(http.MethodGet, publicAPI, "").want(t, 200)
	wantAll(t, page.body, "30% of the whole", "Tanpa pelatihan", `lang="id"`, "12 April 2024", `property="og:description"`, `rel="canonical"`)
	if strings.Contains(page.body, noindex) || strings.Contains(page.body, "P1") || strings.Contains(page.body, "<script") {
		t.Errorf("the page is hidden, names a milestone or has script: %s", page.body)
	}
	if strings.Contains(data.body, `"milestones"`) || !strings.Contains(data.body, `"reported_basis_points":3000`) {
		t.Errorf("released: %s", data.body)
	}
	s.get(badgePath).want(t, http.StatusNotFound) // it was not chosen
	s.report(s.programID, 3)
	if again := s.get(publicAPI); again.body != data.body {
		t.Errorf("a later report changed what is public:\n%s\n%s", data.body, again.body)
	}

	s.post(releasePath, aRelease(s, view.ReleaseBadge), officer).want(t, http.StatusSeeOther)
	page = s.get(publicPath+"?lang=en").want(t, 200)
	if strings.Contains(page.body, ">50%<") || strings.Contains(page.body, "12 April 2024") || strings.Contains(page.body, "Tanpa pelatihan") {
		t.Errorf("parts of an earlier release are still public: %s", page.body)
	}
	badge := s.get(badgePath+"?lang=en").want(t, 200)
	if err := xml.Unmarshal([]byte(badge.body), new(any)); err != nil || badge.Header.Get("Content-Type") != svgType || badge.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("the badge: %v %v", err, badge.Header)
	}
	if again := s.get(badgePath+"?lang=en", header("If-None-Match", badge.Header.Get("ETag"))); again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %d", again.StatusCode)
	}

	s.post(withdrawPath, aWithdrawal(s), officer).want(t, http.StatusSeeOther)
	for _, path := range []string{publicPath, badgePath, publicAPI} {
		gone, never := s.get(path).want(t, http.StatusNotFound), s.get(strings.Replace(path, "/demo", "/none", 1)).want(t, http.StatusNotFound)
		if scrub(gone, "demo") != scrub(never, "none") {
			t.Errorf("a program whose release was withdrawn and none are told apart:\n%s\n%s", gone.body, never.body)
		}
	}
	s.get(withdrawPath, signedIn(officer)).want(t, http.StatusNotFound) // there is nothing left to withdraw
	wantAll(t, s.get("/programs/demo/audit?kind=release&lang=en", signedIn(regulator)).want(t, 200).body, "A count was wrong", "Release to the public")
	wantAll(t, s.get("/programs/demo/share?lang=en", signedIn(regulator)).want(t, 200).body, "The release was withdrawn")
}

// What is public is checked against the ledger by whoever may take that away.
func TestWhatIsPublicIsVerified(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.public()
	s.report(s.programID, 2)
	s.sign()
	data := s.api(http.MethodGet, publicAPI, "").want(t, 200).body // everything that can be released
	bundle := s.get("/api/v1/programs/demo/ledger", signedIn(s.session(access.Regulator))).want(t, 200).body
	check := func(saved string) verify.Report {
		return verify.Bundle(strings.NewReader(bundle), verify.Request{Keys: []note.Verifier{s.verifier()}, Figures: []verify.File{{Name: "public", Data: []byte(saved)}}})
	}
	if r := check(data); r.Verdict != verify.Verified || r.FilesMatched != 1 {
		t.Errorf("%s %+v", r.Verdict, r.Findings)
	}
	for was, claimed := range map[string]string{
		`"reported_basis_points":3000`: `"reported_basis_points":8700`, `"verdict":"`: `"verdict":"not_`, `"share_basis_points":5000`: `"share_basis_points":9000`,
	} {
		edited := strings.Replace(data, was, claimed, 1)
		if r := check(edited); edited == data || r.Verdict != verify.Contradicted {
			t.Errorf("%s in the place of %s: %s", claimed, was, r.Verdict)
		}
	}
}

func TestReleasesWithMistakes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	officer, before := s.session(access.Compliance), s.head()
	for name, c := range map[string]struct {
		field, value string
		want         int
	}{
		"no such part": {"parts_each", "everything", 422}, "a note in English alone": {"note_en", "Without training", 422}, "of last year": {"moment", "2024-03-01T00:00:00Z", 422},
		"of tomorrow": {"moment", "2999-01-01T00:00:00Z", 422}, "no moment": {"moment", "", 422}, "no event": {"event_id", "x", 400}, "a long note": {"note", strings.Repeat("x", ledger.MaxTextLength+1), 422},
	} {
		form := aRelease(s)
		form.Set(c.field, c.value)
		s.post(releasePath, form, officer).want(t, c.want)
		if s.head() != before {
			t.Fatalf("%s: something was recorded", name)
		}
	}
	empty := aWithdrawal(s)
	empty.Set("reason", " ")
	s.post(withdrawPath, empty, officer).want(t, http.StatusNotFound)
	s.public()
	s.post(withdrawPath, empty, officer).want(t, http.StatusUnprocessableEntity)
	s.get(publicPath).want(t, 200)
}

// Whoever shows no credential learns neither a program's name nor a figure, released or not, but on the addresses for everybody.
func TestStrangersLearnOnlyWhatIsPublic(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	s.public()
	name := s.assessedName()
	for _, route := range Routes() {
		if route.Method != http.MethodGet || route.Door == Feeds || strings.HasPrefix(route.Path, "/static") {
			continue
		}
		a := s.visit(route)
		says := strings.Contains(a.body, name) || strings.Contains(a.body, "30%") || strings.Contains(a.body, `:3000`) || strings.Contains(a.body, "og:")
		if public := strings.Contains(route.Path, "/public/"); says != public {
			t.Errorf("%s: names program or figure: %v (%d)", route.Path, says, a.StatusCode)
		}
	}
}

func (s *site) assessedName() string {
	s.t.Helper()
	state, err := s.db.Writer().ProgramState(s.t.Context(), s.programID, time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	return state.Name.ID
}
