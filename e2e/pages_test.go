//go:build e2e

package e2e

import (
	"cmp"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/i18n"
)

// samples are, for each route that answers with a page, the addresses it is looked at.
var samples = map[string][]string{
	"/sign-in": {"/sign-in"},
	"/help":    {"/help"},
	"/":        {"/"},
	"/admin":   {"/admin"},
	"/updates": {"/updates"},
	"/programs/:program": {
		"/programs/" + demo.Replay, "/programs/" + demo.Replay + "?as_of=2024-03-12", "/programs/" + demo.Replay + "?as_of=2023-12-12",
		"/programs/" + demo.Live, "/programs/" + demo.TaxNumbers, "/programs/" + demo.ChipCards,
	},
	"/programs/:program/compare":                        {"/programs/" + demo.Replay + "/compare?from=2024-02-23&to=2024-03-01&as_of=2024-03-12", "/programs/" + demo.Live + "/compare"},
	"/programs/:program/summary":                        {"/programs/" + demo.Replay + "/summary?as_of=2024-03-12", "/programs/" + demo.Live + "/summary"},
	"/programs/:program/share":                          {"/programs/" + demo.Replay + "/share?as_of=2024-03-12", "/programs/" + demo.ChipCards + "/share"},
	"/programs/:program/feeds":                          {"/programs/" + demo.Live + "/feeds"},
	"/public/:program":                                  {"/public/" + demo.Live},
	"/programs/:program/release":                        {"/programs/" + demo.Live + "/release"},
	"/programs/:program/release/withdraw":               {"/programs/" + demo.Live + "/release/withdraw"},
	"/programs/:program/share/card":                     {"/programs/" + demo.ChipCards + "/share/card?as_of=" + url.QueryEscape(ago(time.Second))},
	"/programs/:program/timeline":                       {"/programs/" + demo.Replay + "/timeline?as_of=2024-03-12", "/programs/" + demo.Live + "/timeline"},
	"/programs/:program/jobs":                           {"/programs/" + demo.Live + "/jobs"},
	"/programs/:program/jobs/:job":                      {"/programs/" + demo.Live + "/jobs/wallets"},
	"/programs/:program/method":                         {"/programs/" + demo.Replay + "/method?as_of=2024-03-12", "/programs/" + demo.ChipCards + "/method"},
	"/programs/:program/audit":                          {"/programs/" + demo.Replay + "/audit?as_of=2024-03-12", "/programs/" + demo.Live + "/audit?kind=report"},
	"/programs/:program/audit/reads":                    {"/programs/" + demo.Live + "/audit/reads"},
	"/programs/:program/days/:day":                      {"/programs/" + demo.Replay + "/days/2024-02-13?as_of=2024-03-12"},
	"/programs/:program/milestones":                     {"/programs/" + demo.Replay + "/milestones?as_of=2024-03-12", "/programs/" + demo.Live + "/milestones"},
	"/programs/:program/milestones/:milestone":          {"/programs/" + demo.Replay + "/milestones/P4?as_of=2024-03-12", "/programs/" + demo.Live + "/milestones/P1"},
	"/programs/:program/milestones/:milestone/update":   {"/programs/" + demo.Replay + "/milestones/P4/update", "/programs/" + demo.Live + "/milestones/U3/update"},
	"/programs/:program/evidence":                       {"/programs/" + demo.Live + "/evidence"},
	"/programs/:program/milestones/:milestone/evidence": {"/programs/" + demo.Live + "/milestones/P1/evidence"},
	"/programs/:program/milestones/:milestone/reopen":   {"/programs/" + demo.Live + "/milestones/P1/reopen"},
	"/programs/:program/proposals":                      {"/programs/" + demo.Live + "/proposals"},
	"/programs/:program/aftercare":                      {"/programs/" + demo.Replay + "/aftercare?as_of=2024-03-12", "/programs/" + demo.Live + "/aftercare"},
	"/programs/:program/acceptances/new":                {"/programs/" + demo.Live + "/acceptances/new"},
	"/programs/:program/sanctions/new":                  {"/programs/" + demo.Live + "/sanctions/new"},
	"/programs/:program/audits/new":                     {"/programs/" + demo.Live + "/audits/new"},
	"/programs/:program/audits/:audit/result":           {"/programs/" + demo.Live + "/audits/" + demo.LiveAudit + "/result"},
	"/programs/:program/evidence/:evidence/review":      {"/programs/" + demo.Live + "/evidence/" + demo.LiveEvidence + "/review"},
	"/programs/:program/proposals/:proposal":            {"/programs/" + demo.Live + "/proposals/" + demo.LiveProposal},
	"/programs/:program/audits/change":                  {"/programs/" + demo.Live + "/audits/change"},
	"/programs/:program/reports":                        {"/programs/" + demo.Replay + "/reports"},
	"/programs/:program/reports/new":                    {"/programs/" + demo.Live + "/reports/new"},
	"/programs/:program/reports/:number":                {"/programs/" + demo.Replay + "/reports/1"},
	"/programs/:program/checkpoints":                    {"/programs/" + demo.Replay + "/checkpoints?as_of=2024-03-12", "/programs/" + demo.Live + "/checkpoints"},
	"/programs/:program/statements":                     {"/programs/" + demo.Replay + "/statements?as_of=2024-03-18", "/programs/" + demo.Live + "/statements"},
	"/programs/:program/statements/new":                 {"/programs/" + demo.Replay + "/statements/new"},
	"/programs/:program/deadlines":                      {"/programs/" + demo.Replay + "/deadlines?as_of=2024-03-12", "/programs/" + demo.ChipCards + "/deadlines"},
	"/programs/:program/deadlines/new":                  {"/programs/" + demo.Live + "/deadlines/new"},
	"/programs/:program/deadlines/binding":              {"/programs/" + demo.Replay + "/deadlines/binding"},
	"/programs/:program/override":                       {"/programs/" + demo.Live + "/override"},
	"/programs/:program/items":                          {"/programs/" + demo.Replay + "/items?as_of=2024-03-12", "/programs/" + demo.Replay + "/items", "/programs/" + demo.Live + "/items"},
	"/programs/:program/items/new":                      {"/programs/" + demo.Live + "/items/new?milestone=M2"},
	"/programs/:program/items/:item/close":              {"/programs/" + demo.Live + "/items/B1/close"},
}

// otherAnswers are the routes for people that answer with something else than a page.
var otherAnswers = []string{"/livez", "/readyz", "/programs/:program/files/:file", "/programs/:program/reports/:number/:rendering",
	"/static/*", "/problems/:problem", "/api/v1/openapi.json", "/programs/:program/summary.pdf", "/programs/:program/share/card.svg", "/feeds/:feed/calendar.ics", "/feeds/:feed/news.atom", "/public/:program/badge.svg"}

// visit is a page as somebody sees it.
type visit struct {
	path   string
	role   access.Role // "": signed out
	status int
}

func (v visit) name() string {
	who := string(v.role)
	if who == "" {
		who = "stranger"
	}
	return fileName(v.path) + "." + who
}

func (v visit) visitor(t testing.TB) visitor {
	t.Helper()
	if v.role == "" {
		return visitor{program: theDemo(t)}
	}
	return as(t, v.role)
}

// inLang adds the language to the address.
func (v visit) inLang(l i18n.Lang) string {
	if strings.Contains(v.path, "?") {
		return v.path + "&lang=" + l.Tag()
	}
	return v.path + "?lang=" + l.Tag()
}

// visits are all pages for everybody who may see them, and the pages that say no. A new route without a sample is an error.
func visits(t *testing.T) []visit {
	t.Helper()
	var list []visit
	for _, r := range jsonOf[routesJSON](t, theDemo(t).run(t, "routes", "--json")).Routes {
		if r.Method != http.MethodGet || strings.HasPrefix(r.Path, "/api/") || strings.HasSuffix(r.Path, "/tables/:table") || slices.Contains(otherAnswers, r.Path) {
			continue
		}
		paths := samples[r.Path]
		if len(paths) == 0 {
			t.Errorf("no sample for the page %s: add one", r.Path)
		}
		for _, path := range paths {
			if r.Door == "public" {
				list = append(list, visit{path, "", http.StatusOK})
			}
			for _, role := range r.Roles {
				if strings.HasPrefix(path, "/programs/") && !isMember(t, access.Role(role), path) {
					continue
				}
				if path == "/" && access.Role(role) == access.Admin { // who has no programs is led to the accounts
					continue
				}
				list = append(list, visit{path, access.Role(role), http.StatusOK})
			}
		}
	}
	return append(list,
		visit{"/no-such-page", "", http.StatusNotFound},
		visit{"/programs/no-such-program", access.Executive, http.StatusNotFound},
		visit{"/programs/" + demo.Replay + "?as_of=yesterday", access.Executive, http.StatusBadRequest},
		visit{"/programs/" + demo.Replay + "?as_of=2999-01-01", access.Executive, http.StatusUnprocessableEntity},
		visit{"/admin", access.Regulator, http.StatusForbidden},
		visit{"/sign-in?notice=ended&next=/programs/" + demo.Replay, "", http.StatusOK},
		visit{"/programs/" + demo.Live + "/milestones/P1?notice=saved", access.Engineer, http.StatusOK},
	)
}

func isMember(t *testing.T, role access.Role, path string) bool {
	t.Helper()
	return slices.ContainsFunc(account(t, role).Programs, func(slug string) bool {
		rest, found := strings.CutPrefix(path, "/programs/"+slug)
		return found && (rest == "" || strings.ContainsAny(rest[:1], "/?"))
	})
}

// Every page for every role: accessible, and readable at 320 px, in light and dark. A page is looked at in both languages; what a
// further role has beside it in one. Pages of two roles that lead to the same places from their main part differ in the frame alone,
// and one of them is looked at.
func TestPages(t *testing.T) {
	seen := map[string]bool{}
	looked := map[string]bool{} // the addresses that some role was looked at
	rounds := map[access.Role][]pageLook{}
	for _, v := range visits(t) {
		_, main, _ := strings.Cut(v.visitor(t).get(t, v.path).want(t, v.status).body, "<main")
		key := v.path + " " + offers(main)
		if seen[key] {
			continue
		}
		seen[key] = true
		langs := i18n.Langs()
		if looked[v.path] && !*takePictures {
			langs = langs[:1]
		}
		looked[v.path] = true
		rounds[v.role] = append(rounds[v.role], pageLook{v, langs})
	}
	const longest = 10 // as many pages share a tab, which takes a while to open
	for role, looks := range rounds {
		for round := range slices.Chunk(looks, longest) {
			t.Run(cmp.Or(string(role), "stranger"), func(t *testing.T) {
				t.Parallel()
				tb := newTab(t, theDemo(t))
				if role != "" {
					tb.signedIn(as(t, role))
				}
				for _, l := range round {
					t.Run(l.name(), func(t *testing.T) { l.look(t, tb) })
				}
			})
		}
	}
}

// pageLook is a page and the languages it is looked at in.
type pageLook struct {
	visit
	langs []i18n.Lang
}

// look looks at the page in a tab that was signed in for it.
func (p pageLook) look(t *testing.T, tb *tab) {
	tb.t = t
	defer tb.wantNoTrouble()
	for _, l := range p.langs {
		tb.open(p.inLang(l))
		tb.wantStatus(p.status)
		if got := eval[string](tb, `document.documentElement.lang`); got != l.Tag() {
			t.Errorf("the page is in %q, want %q", got, l.Tag())
		}
		name := p.name() + "." + l.Tag()
		if l != i18n.Indonesian { // what axe sees does not depend on the language, nor does paper
			tb.eachLook(name, tb.wantReadable)
			continue
		}
		tb.inspect(name)
		tb.onPaper(name)
	}
}

var leadsTo = regexp.MustCompile(`(?:href|action)="([^"?#]*)`)

// offers are all the places that a page leads to.
func offers(page string) string {
	var places []string
	for _, found := range leadsTo.FindAllStringSubmatch(page, -1) {
		places = append(places, found[1])
	}
	slices.Sort(places)
	return strings.Join(slices.Compact(places), " ")
}

// Every page is valid HTML, as the W3C's checker sees it: all pages in one run of it.
func TestHTMLIsValid(t *testing.T) {
	t.Parallel()
	jar := tool(t, "vnu-jar/build/dist/vnu.jar")
	if _, err := exec.LookPath("java"); err != nil {
		t.Fatalf("%v: `make test` installs what the page checks need", err)
	}
	dir := t.TempDir()
	for _, v := range visits(t) {
		for _, l := range i18n.Langs() {
			a := v.visitor(t).get(t, v.inLang(l)).want(t, v.status)
			if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
				t.Errorf("%s is no page but %s", v.path, a.Header.Get("Content-Type"))
			}
			writePage(t, dir, v.name()+"."+l.Tag(), a.body)
		}
	}
	writePage(t, dir, "sign-in.refused", visitor{program: theDemo(t)}.post(t, "/sign-in", url.Values{"email": {"a<b>@x"}, "password": {"x"}}).want(t, http.StatusUnprocessableEntity).body)
	out, err := exec.CommandContext(t.Context(), "java", "-jar", jar, "--errors-only", "--format", "gnu", dir).CombinedOutput() //nolint:gosec // our own arguments
	if err != nil {
		t.Errorf("%v\n%s", err, strings.ReplaceAll(string(out), "file:"+dir, ""))
	}
}

func writePage(t *testing.T, dir, name, body string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name+".html"), []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A page is made for whoever asked and kept by nobody else, but for what is public; its parts come from the program alone.
func TestHeadersOfPages(t *testing.T) {
	t.Parallel()
	for _, v := range visits(t) {
		a := v.visitor(t).get(t, v.path).want(t, v.status)
		cache, kept := a.Header.Get("Cache-Control"), strings.HasPrefix(v.path, "/public/")
		if own := strings.Contains(cache, "private") || strings.Contains(cache, "no-store"); own == kept {
			t.Errorf("%s: Cache-Control: %s", v.name(), cache)
		}
		if policy := a.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: Content-Security-Policy: %s", v.name(), policy)
		}
		if strings.Count(a.body, "<script") != strings.Count(a.body, `<script type="module" src="/static/js/tenggat.`) {
			t.Errorf("%s: a script beside the one of the program", v.name())
		}
		for _, inline := range []string{"<style", ` style="`, ` onclick="`, "javascript:"} {
			if strings.Contains(a.body, inline) {
				t.Errorf("%s: %s in the page", v.name(), inline)
			}
		}
		if title := words(within(a.body, "<title>", "</title>")); len(title) < 10 {
			t.Errorf("%s: the title is %q", v.name(), title)
		}
	}
}
