package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
	"tenggat/internal/reports"
	"tenggat/static"
)

// visit is a request that lands, if the door opens.
type visit struct {
	path string
	body string
	kind string // content type of the body; "": what the door takes
	want int
}

// visits gives a good request for every route of the table.
func (s *site) visits(route Route) visit {
	s.t.Helper()
	v := visit{want: http.StatusOK}
	if strings.Contains(route.Path, ":number") {
		s.reported()
	}
	v.path = strings.NewReplacer(":program", "demo", ":milestone", "P1", ":entry", "10", ":table", tablesAt(route.Path)[0]+".csv", ":item", "blocker-1", ":day", "2024-01-09", ":job", jobOfToken, ":number", "1", ":rendering", "content.json", ":evidence", "evidence-1", ":file", seededSum, ":problem", "not-found",
		"/static/*", static.URL("css/tenggat.css")).Replace(route.Path)
	if route.Door == Feeds {
		v.path = strings.Replace(v.path, ":feed", s.subscribed(), 1)
	}
	if strings.Contains(route.Path, "/public/") || strings.HasSuffix(route.Path, "/release/withdraw") {
		s.public()
	}
	switch key := route.Method + " " + route.Path; key {
	case "POST /programs/:program/release":
		v.body, v.want = aRelease(s, "areas", "badge").Encode(), http.StatusSeeOther
	case "POST /programs/:program/release/withdraw":
		v.body, v.want = aWithdrawal(s).Encode(), http.StatusSeeOther
	case "POST /programs/:program/feeds/revoke":
		v.want = http.StatusSeeOther
	case "POST /sign-in":
		v.body, v.want = "email=nobody@example.test&password=not+the+right+one", http.StatusUnprocessableEntity
	case "POST /theme":
		v.body, v.want = "theme=dark&back=/help", http.StatusSeeOther
	case "POST /sign-out":
		v.body, v.want = "x", http.StatusSeeOther
	case "POST /programs/:program/milestones/:milestone/update":
		v.body, v.want = url.Values{"done": {"60"}, "total": {"100"}, "event_id": {s.server.newEventID()}, "entry": {fmt.Sprint(s.head())}}.Encode(), http.StatusSeeOther
	case "GET /programs/:program/proposals/:proposal":
		v.path = strings.Replace(v.path, ":proposal", s.proposed(), 1)
	case "POST /programs/:program/proposals/:proposal":
		v.path = strings.Replace(v.path, ":proposal", s.proposed(), 1)
		v.body, v.want = aDecision(s.server.newEventID(), "refused").Encode(), http.StatusSeeOther
	case "POST /programs/:program/milestones/:milestone/reopen":
		v.body, v.want = aReopening(s.server.newEventID(), s.head(), "0").Encode(), http.StatusSeeOther
	case "POST /programs/:program/milestones/:milestone/evidence":
		v.body, v.kind = anUpload(someEvidence(s.server.newEventID()), "log.csv", "day,calls\n"+newID())
		v.want = http.StatusSeeOther
	case "POST /programs/:program/evidence/:evidence/review":
		v.body, v.want = aReview(s.server.newEventID(), s.head()).Encode(), http.StatusSeeOther
	case "GET /programs/:program/audits/:audit/result":
		v.path = strings.Replace(v.path, ":audit", s.planned(), 1)
	case "POST /programs/:program/audits/:audit/result":
		v.path = strings.Replace(v.path, ":audit", s.planned(), 1)
		v.body, v.kind = anUpload(aResult(s.server.newEventID(), "passed"), "", "")
		v.want = http.StatusSeeOther
	case "POST /programs/:program/audits/new":
		s.dutyBound()
		v.body, v.want = aPlan(s.server.newEventID()).Encode(), http.StatusSeeOther
	case "POST /programs/:program/audits/change":
		s.dutyBound()
		v.body, v.want = aChange(s.server.newEventID()).Encode(), http.StatusSeeOther
	case "POST /programs/:program/acceptances/new":
		v.body, v.kind = anUpload(aLetter(s.server.newEventID(), "covers_each", "P1"), "", "")
		v.want = http.StatusSeeOther
	case "POST /programs/:program/sanctions/new":
		s.dutyBound()
		v.body, v.kind = anUpload(aLetter(s.server.newEventID(), "number", "1", "outcome", "take"), "", "")
		v.want = http.StatusSeeOther
	case "POST /programs/:program/items/new":
		v.body, v.want = url.Values{"title": {"No access"}, "waits_on": {"Kemendag"}, "event_id": {s.server.newEventID()}}.Encode(), http.StatusSeeOther
	case "POST /programs/:program/items/:item/close":
		v.body, v.want = url.Values{"resolution": {"Given"}, "event_id": {s.server.newEventID()}, "entry": {fmt.Sprint(s.head())}}.Encode(), http.StatusSeeOther
	case "POST /programs/:program/statements/new":
		v.body, v.want = aStatement(s.server.newEventID()).Encode(), http.StatusSeeOther
	case "POST /programs/:program/deadlines/new":
		v.body, v.want = aDeadline(s.server.newEventID(), "D-"+newID()[:8], "no", "D1").Encode(), http.StatusSeeOther
	case "POST /programs/:program/deadlines/binding":
		v.body, v.want = aBinding(s.server.newEventID(), "D1", "D1").Encode(), http.StatusSeeOther // as if sent twice: other routes count on D1
	case "POST /programs/:program/reports/new":
		v.body = s.aReport().Encode()
	case "GET /programs/:program/share/card":
		v.path += "?as_of=" + url.QueryEscape(s.cardAt())
	case "POST /programs/:program/share/card":
		v.body, v.want = url.Values{"speaker": {"The director"}, "side": {"operator"}, "as_of": {s.cardAt()}, "event_id": {s.server.newEventID()}}.Encode(), http.StatusSeeOther
	case "POST /programs/:program/override":
		s.expectedIn("T9", "2999-12-31")
		v.body, v.want = anOverride(s.server.newEventID(), "T9").Encode(), http.StatusSeeOther
	case "POST /admin/tokens/:token/revoke":
		s.token("read")
		tokens, err := s.db.Writer().Tokens(s.t.Context(), "demo")
		if err != nil {
			s.t.Fatal(err)
		}
		v.path, v.want = strings.Replace(v.path, ":token", tokens[0].ID, 1), http.StatusSeeOther
	case "POST /admin/accounts/:account/disable":
		v.path, v.want = strings.Replace(v.path, ":account", s.account(access.Executive).ID, 1), http.StatusSeeOther
	case "GET /api/v1/programs/:program/proofs/inclusion":
		v.path += "?entry=1"
	case "GET /api/v1/programs/:program/proofs/consistency":
		v.path += "?from=1"
	case "POST /api/v1/programs/:program/milestones/:milestone/reports":
		v.body, v.want = fmt.Sprintf(`{"event_id":%q,"observed_at":%q,"state":"running"}`, newID(), observed(1)), http.StatusCreated
	case "GET /api/v1/programs/:program/proof":
		s.sign()
	case "POST /api/v1/reports:batch":
		v.body = fmt.Sprintf(`{"reports":[{"program":"demo","milestone":"P1","event_id":%q,"observed_at":%q,"state":"running"}]}`, newID(), observed(1))
	}
	return v
}

// tablesAt are the names of the tables that a path can end in, sorted.
func tablesAt(path string) []string {
	names := []string{"programs"}
	switch {
	case strings.Contains(path, ":milestone"):
		names = slices.Collect(maps.Keys(milestoneTables))
	case strings.Contains(path, ":job"):
		names = slices.Collect(maps.Keys(jobTables))
	case strings.Contains(path, ":number"):
		names = slices.Collect(maps.Keys(reportTables))
	case strings.Contains(path, ":day"):
		names = slices.Collect(maps.Keys(dayTables))
	case strings.Contains(path, "/audit/"):
		names = slices.Collect(maps.Keys(auditTables))
	case strings.Contains(path, ":program"):
		names = slices.Collect(maps.Keys(programTables))
	}
	slices.Sort(names)
	return names
}

// account makes a new account that is a member of "demo".
func (s *site) account(role access.Role) postgres.Account {
	s.t.Helper()
	a, err := s.db.Writer().CreateAccount(s.t.Context(), postgres.Account{Email: newID() + "@example.test", Name: "Somebody", Role: role, PasswordHash: "-", Programs: []string{"demo"}})
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

// seed gives "demo" and "other" a report (entry 10), a blocker, a job, a document that supports P1, and a checkpoint each.
func (s *site) seed() {
	s.t.Helper()
	heads, err := s.db.Writer().ProgramHeads(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, h := range heads {
		blocker := storetest.Fact(ledger.KindItem, ledger.Item{Key: "blocker-1", Kind: "blocker", Milestone: "P1", WaitsOn: ledger.Text{ID: "Bank", EN: "Bank"}, OpenedOn: "2024-01-08"})
		blocker.Texts = map[string]string{"title": "No test data"}
		job := storetest.Fact(ledger.KindJob, ledger.Job{Key: jobOfToken, Name: ledger.Text{ID: "Muat", EN: "Load"}, Milestones: []string{"P1"}, CadenceSeconds: 86400})
		evidence := storetest.By("p-sari", storetest.Fact(ledger.KindEvidence, ledger.Evidence{
			Key: "evidence-1", Milestone: "P1", SHA256: seededSum, Size: int64(len(seededFile)), MediaType: "text/csv", ObservedOn: "2024-01-08",
		}), "label", "Traffic log")
		stored := postgres.File{SHA256: seededSum, Size: int64(len(seededFile)), MediaType: "text/csv", Name: "lalu lintas.csv"}
		if err := s.db.Writer().StoreFile(s.t.Context(), h.ID, stored, strings.NewReader(seededFile)); err != nil {
			s.t.Fatal(err)
		}
		unit := ledger.Unit{Drafts: []ledger.Draft{storetest.Report("P1", "seed", 1, 50, 100), blocker, job, evidence}}
		if _, err := s.db.Writer().Append(s.t.Context(), h.ID, unit); err != nil {
			s.t.Fatal(err)
		}
		if s.signer == nil {
			continue
		}
		if _, err := s.signer.Sign(s.t.Context(), h.ID, postgres.SignedRequest); err != nil {
			s.t.Fatal(err)
		}
	}
}

// reported signs a report of "demo", unless there is one.
func (s *site) reported() {
	s.t.Helper()
	signed, err := s.db.Writer().ProgressReports(s.t.Context(), s.programID, time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	if len(signed) > 0 {
		return
	}
	today := metrics.DayOf(time.Now(), wib)
	_, err = SignReport(s.t.Context(), s.db.Writer(), nil, ReportOrder{
		ProgramID: s.programID, From: today, To: today, AsOf: ReportMoment(today, wib, time.Now()), EventID: newID(),
		Signer: reports.Signer{Name: "Test", Office: "Kepatuhan", Pseudonym: "p-test", At: time.Now()},
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) visit(route Route, changes ...with) answer {
	s.t.Helper()
	v := s.visits(route)
	return s.knock(route, v, changes...)
}

func (s *site) knock(route Route, v visit, changes ...with) answer {
	if v.kind != "" {
		changes = append([]with{header("Content-Type", v.kind)}, changes...)
	} else if route.Method == "POST" && route.Door != Jobs {
		changes = append([]with{asForm}, changes...)
	}
	return s.send(route.Method, v.path, v.body, changes...)
}

// isAPIRoute tells doors that answer programs from pages.
func isAPIRoute(route Route) bool { return strings.HasPrefix(route.Path, "/api/") }

// TestEveryRoleAtEveryDoor walks the whole table: whoever may gets what the door is for, whoever may not is refused and
// nothing is written.
func TestEveryRoleAtEveryDoor(t *testing.T) {
	if testing.Short() {
		t.Skip("no zone opens a door")
	}
	s := newSite(t)
	s.seed()
	for _, role := range access.Roles() {
		session := s.session(role)
		for _, route := range Routes() {
			if route.Path == "/sign-out" {
				continue // ends the session; TestSignInAndOut has it
			}
			t.Run(string(role)+" "+route.Method+" "+route.Path, func(t *testing.T) {
				v, before := s.visits(route), s.head()
				a := s.knock(route, v, signedIn(session))
				may := route.Door == Public || route.Door == Feeds || slices.Contains(route.Roles(), role)
				switch {
				case route.Door == Jobs:
					a.want(t, http.StatusUnauthorized)
				case !may:
					a.want(t, http.StatusForbidden)
				case route.Path == "/" && role == access.Admin:
					a.want(t, http.StatusSeeOther)
				default:
					a.want(t, v.want)
					landed(t, route, a)
				}
				if !may && s.head() != before {
					t.Error("something was written")
				}
			})
		}
	}
}

// landed checks that an opened door leads to something.
func landed(t *testing.T, route Route, a answer) {
	t.Helper()
	switch kind := a.Header.Get("Content-Type"); {
	case a.StatusCode == http.StatusSeeOther:
		if to := a.Header.Get("Location"); route.Writes && !strings.Contains(to, "notice=") {
			t.Errorf("redirected to %s", to)
		}
	case kind == "application/json":
		if !json.Valid([]byte(a.body)) || len(a.body) < 10 {
			t.Errorf("JSON: %.200s", a.body)
		}
	case strings.Contains(route.Path, ":file"):
		if a.body != seededFile {
			t.Errorf("another file: %.100q", a.body)
		}
	case strings.HasPrefix(kind, "text/html"):
		if strings.Count(a.body, "<h1") != 1 || !strings.Contains(a.body, "</html>") {
			t.Errorf("page without one heading: %.500s", a.body)
		}
		if route.inProgram() && !strings.Contains(a.body, "Program demo") {
			t.Error("the page does not name its program")
		}
	}
}

// TestRegulatorAndExecutiveWriteNothing says in so many words what the walk above implies.
func TestRegulatorAndExecutiveWriteNothing(t *testing.T) {
	t.Parallel()
	for _, role := range []access.Role{access.Regulator, access.Executive} {
		for _, route := range Routes() {
			if route.Writes && slices.Contains(route.Roles(), role) {
				t.Errorf("%s may %s %s", role, route.Method, route.Path)
			}
		}
	}
	s := newSite(t)
	s.seed()
	s.expectedIn("T9", "2999-12-31")
	s.reported()
	for _, role := range []access.Role{access.Regulator, access.Executive} {
		session := s.session(role)
		for _, route := range Routes() {
			for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
				if route.Door == Public || route.Path == "/sign-out" || strings.Contains(route.Path, "/feeds") {
					continue // what a reader has of their own, as they have a session
				}
				v := s.visits(route) // which may put on record what the visit needs
				before := s.head()
				a := s.send(method, v.path, "x=1", asForm, signedIn(session), header("X-HTTP-Method-Override", "POST"))
				if a.StatusCode != 403 && a.StatusCode != 405 && a.StatusCode != 401 {
					t.Errorf("%s %s %s: %d", role, method, v.path, a.StatusCode)
				}
				if s.head() != before {
					t.Errorf("%s %s %s wrote", role, method, v.path)
				}
			}
		}
	}
}

func TestNobodyAndStrangers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	engineer := s.session(access.Engineer)
	for _, route := range Routes() {
		t.Run(route.Method+" "+route.Path, func(t *testing.T) {
			v, before := s.visits(route), s.head()
			a := s.knock(route, v)
			switch {
			case route.Door == Public, route.Door == Feeds:
				a.want(t, v.want)
			case isAPIRoute(route):
				a.want(t, http.StatusUnauthorized)
			default:
				a.want(t, http.StatusSeeOther)
				if to := a.Header.Get("Location"); !strings.HasPrefix(to, "/sign-in") {
					t.Errorf("led to %s", to)
				}
			}
			if route.inProgram() && route.Door != Jobs && slices.Contains(route.Roles(), access.Engineer) {
				foreign, none := v, v
				foreign.path = strings.Replace(v.path, "/demo", "/other", 1)
				none.path = strings.Replace(v.path, "/demo", "/none", 1)
				one, two := s.knock(route, foreign, signedIn(engineer)).want(t, 404), s.knock(route, none, signedIn(engineer)).want(t, 404)
				if scrub(one, "other") != scrub(two, "none") {
					t.Errorf("a foreign program and none are told apart:\n%s\n%s", one.body, two.body)
				}
			}
			if route.Door != Public && route.Door != Feeds && s.head() != before {
				t.Error("something was written")
			}
		})
	}
}

// scrub takes out what differs in any two answers: the request's id and its path.
func scrub(a answer, slug string) string {
	return strings.NewReplacer(a.Header.Get("X-Request-Id"), "", "/"+slug, "", "%2F"+slug, "").Replace(a.body)
}

// TestHeadersEverywhere: every answer, errors included, bears the headers that keep browsers out of trouble.
func TestHeadersEverywhere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Engineer)
	var answers []answer
	for _, route := range Routes() {
		if route.Path != "/sign-out" {
			answers = append(answers, s.visit(route), s.visit(route, signedIn(session)), s.visit(route, bearing(s.token("read report"))))
		}
	}
	answers = append(answers, s.get("/nowhere"), s.get("/api/v1/nowhere"), s.send("TRACE", "/", ""), s.send("OPTIONS", "/programs/demo", ""),
		s.send("DELETE", "/api/v1/programs", ""), s.get("/static/css/tenggat.css"), s.get("/static/css/"), s.get("/static/"),
		s.send("POST", "/sign-in", "x", asForm, header("Sec-Fetch-Site", "cross-site")), s.send("POST", "/sign-in", "email=%ff", asForm))
	for _, a := range answers {
		for name, part := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "Strict-Transport-Security": "max-age=31536000", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "-origin",
			"Permissions-Policy": "camera=()", "X-Request-Id": "", "Cache-Control": "",
		} {
			if value := a.Header.Get(name); value == "" || !strings.Contains(value, part) {
				t.Errorf("%s %s (%d): %s is %q", a.Request.Method, a.Request.URL, a.StatusCode, name, value)
			}
		}
		public := strings.Contains(a.Request.URL.Path, "/public/") && a.StatusCode == http.StatusOK
		if shared := a.Header.Get("Cross-Origin-Resource-Policy") == "cross-origin"; shared != public {
			t.Errorf("other sites may show %s: %v", a.Request.URL, shared)
		}
		if strings.Contains(a.Header.Get("Content-Type"), "html") && strings.Contains(a.body, " style=") {
			t.Errorf("%s has a style attribute", a.Request.URL)
		}
		if a.Header.Get("Server") != "" || a.Header.Get("X-Powered-By") != "" {
			t.Errorf("%s names its maker", a.Request.URL)
		}
	}
}

func TestRoutesAsJSON(t *testing.T) {
	body, err := json.Marshal(Routes())
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Method, Path, Door string
		Roles              []string
		Writes             bool
	}
	if err := json.Unmarshal(body, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != len(routes) {
		t.Fatalf("%d routes", len(list))
	}
	for _, r := range list {
		if r.Method == "" || r.Path == "" || r.Door == "" {
			t.Errorf("incomplete: %+v", r)
		}
		if r.Path == "/programs/:program" && !slices.Equal(r.Roles, []string{"executive", "regulator", "engineer", "compliance"}) {
			t.Errorf("roles of the overview: %v", r.Roles)
		}
	}
}

// TestEchoHasNoOtherDoors: nothing is open that the table does not name.
func TestEchoHasNoOtherDoors(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	known := map[string]bool{}
	for _, route := range Routes() {
		known[route.Method+" "+route.Path] = true
		if route.Method == "GET" {
			known["HEAD "+route.Path] = true
		}
	}
	for _, r := range s.server.echo.Routes() {
		if key := r.Method + " " + strings.ReplaceAll(r.Path, `\:`, ":"); !known[key] {
			t.Errorf("%s is open but in no table", key)
		}
	}
}

func TestOddAddresses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Engineer)
	for path, want := range map[string][]int{
		"/programs/demo/": {404}, "//programs/demo": {404}, "/Programs/demo": {404}, "/%70rograms/demo": {404}, "/programs/demo;x=1": {404},
		"/programs/demo%00": {404}, "/programs/%64emo": {200}, "/programs/..%2fdemo": {404}, "/programs/demo/milestones/P1%2f": {404},
		"/programs/demo/milestones/%ff": {404}, "/programs/demo/milestones/" + strings.Repeat("x", 200): {404}, "/programs/demo/page.css": {404},
		"/static/../server.go": {404, 400}, "/static/%2e%2e/server.go": {404}, "/programs/demo/items/no/close": {404},
		"/programs/demo?utm=1": {200}, "/programs/demo?as_of=x": {400}, "/programs/demo?as_of=2999-01-01": {422}, "/programs/demo?as_of=2020-01-01": {200},
		"/programs/demo?as_of=9999-12-31T23:59:59Z": {422}, "/programs/demo/milestones/P1?before=0": {400}, "/programs/demo/milestones/P1?before=x": {400},
		"/" + strings.Repeat("x", 19_000): {404, 431, 414},
	} {
		a := s.get(path, signedIn(session))
		if !slices.Contains(want, a.StatusCode) {
			t.Errorf("%.80s: %d, want %v", path, a.StatusCode, want)
		}
	}
	s.send("HEAD", "/programs/demo", "", signedIn(session)).want(t, 200)
	if a := s.send("HEAD", "/programs/demo", "", signedIn(session)); a.body != "" {
		t.Error("HEAD has a body")
	}
	s.send("HEAD", reportsOfP1, "", bearing(s.token("report"))).want(t, 200)
}
