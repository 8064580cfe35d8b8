package view

import (
	"bytes"
	"context"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/static"
)

// sampleDays are moments of the case that differ in kind: nothing reported, in progress, declared complete, long past.
var sampleDays = []string{"2023-12-11", "2024-02-05", "2024-03-12", "2024-03-27", "2026-11-22"}

// samplePages are all pages, in the states they have, as role reads them.
func samplePages(t testing.TB, lang i18n.Lang, role access.Role) map[string]templ.Component {
	t.Helper()
	pages := map[string]templ.Component{}
	for _, iso := range sampleDays {
		p, h, a, days := tokopediaCase(t, iso)
		addProgramPages(pages, " "+iso, frameAt(lang, role, iso, p, a), p, h, a, days)
	}
	p, h, a, days := tokopediaCase(t, "2024-03-12")
	now := frame(lang, role, ProgramPath(p.Key), p, a)
	now.Notice = UpdateSaved(lang, wib, p.Milestones[0], nil, a.At)
	addProgramPages(pages, " now", now, p, h, a, days)
	if role == access.Engineer {
		addForms(pages, now, p, a)
		addRegisterForms(pages, now, p, a)
		addActForms(t, pages, now, p, a)
	}
	empty, assessed := emptyProgram()
	if role == access.Engineer {
		f := frame(lang, role, "/updates", metrics.Program{}, metrics.Assessment{})
		ids := func() string { return "form-1-00000000000000000000000000000000" }
		pages["updates"] = UpdatesPage(NewUpdatesModel(f, []Judged{{p, a}, {empty, assessed}}, p.Key, "P4", ids))
		pages["updates none"] = UpdatesPage(NewUpdatesModel(f, nil, "", "", ids))
	}
	addProgramPages(pages, " empty", frame(lang, role, ProgramPath(empty.Key), empty, assessed), empty, metrics.History{}, assessed, nil)
	addOutside(pages, frame(lang, role, "/", metrics.Program{}, metrics.Assessment{}), Judged{p, a}, Judged{empty, assessed})
	return pages
}

func frameAt(lang i18n.Lang, role access.Role, iso string, p metrics.Program, a metrics.Assessment) Frame {
	f := frame(lang, role, ProgramPath(p.Key), p, a)
	f.AsOf = &AsOf{At: a.At.In(wib), WholeDay: true}
	f.Query = url.Values{"as_of": {iso}, "lang": {lang.Tag()}}
	return f
}

func emptyProgram() (metrics.Program, metrics.Assessment) {
	p := metrics.Program{Key: "kosong", Name: metrics.Text{ID: "Program kosong", EN: "Empty program"}, Zone: wib, Start: metrics.NewDay(2024, time.March, 1)}
	return p, metrics.Assess(p, metrics.History{}, time.Date(2024, 3, 12, 9, 0, 0, 0, wib))
}

func addProgramPages(pages map[string]templ.Component, suffix string, f Frame, p metrics.Program, h metrics.History, a metrics.Assessment, days []metrics.RecordedDay) {
	base := ProgramPath(p.Key)
	f.Stepper = NewStepper(f, wib, days, a.Today)
	fc := metrics.ForecastProgram(p, h, a, 0)
	pages["overview"+suffix] = OverviewPage(NewOverviewModel(f, p, a, fc, ptr(metrics.SplitChange(metrics.Program{}, p))))
	f.Path = base + "/compare"
	pages["compare"+suffix] = ComparePage(NewCompareModel(f, Form{Values: map[string]string{"from": "2024-02-01", "to": "2024-03-01"}}, days, []SignedReport{{Number: 1, AsOf: a.At.AddDate(0, 0, -3)}}, Judged{Program: metrics.Program{Zone: wib}, Assessment: metrics.Assess(metrics.Program{Zone: wib}, metrics.History{}, a.At.AddDate(0, 0, -7))}, Judged{Program: p, Assessment: a}))
	f.Path = base + "/summary"
	pages["summary"+suffix] = SummaryPage(NewSummaryModel(f, p, a, fc, ptr(metrics.SplitChange(metrics.Program{}, p)), Rest{Base: "https://tenggat.example.id"}))
	f.Path = base + "/share"
	pages["share"+suffix] = SharePage(NewShareModel(f, p, a, fc, "https://tenggat.example.id"))
	f.Path = base + "/timeline"
	pages["timeline"+suffix] = TimelinePage(NewTimelineModel(f, p, a, fc, metrics.ScoreForecasts(sampleKept(a, fc), nil, a.Today)))
	f.Path = base + "/milestones"
	pages["milestones"+suffix] = MilestonesPage(NewMilestonesModel(f, p, a))
	f.Path = base + "/milestones/M3"
	if m, ok := NewMilestoneModel(f, p, a, fc, h, "M3", sampleHistory(a.At)); ok {
		pages["milestone"+suffix] = MilestonePage(m)
	}
	addRegister(pages, suffix, f, p, a)
	addActs(pages, suffix, f, p, a)
	addProgressReports(pages, suffix, f, p, h, a)
	f.Path = base + DayPath(a.Today)
	if figures, ok := metrics.FiguresOn(p, h, a.At, a.Today); ok {
		pages["day"+suffix] = DayPage(NewDayModel(f, p, a, figures))
	}
	f.Path = base + "/items"
	pages["items"+suffix] = ItemsPage(NewItemsModel(f, p, a))
	addJobs(pages, suffix, f, p, h, a)
	f.Path = base + "/method"
	pages["method"+suffix] = MethodPage(NewMethodModel(f, p, a, fc))
}

// sampleKept are forecasts as three earlier days would have kept them, the first without dates.
func sampleKept(a metrics.Assessment, fc metrics.ProgramForecast) []metrics.KeptForecast {
	g := fc.Governing()
	kept := []metrics.KeptForecast{{On: a.Today - 9}}
	for i := range metrics.Day(3) {
		if g.P80 != nil {
			kept = append(kept, metrics.KeptForecast{On: a.Today - 3 + i, P50: ptr(*g.P50 - 2*i), P80: ptr(*g.P80 + i), Meets: g.Meets})
		}
	}
	return kept
}

func sampleHistory(at time.Time) HistoryPage {
	return HistoryPage{Paged: true, Older: 12, Rows: []HistoryRow{
		{Entry: 31, Correction: true, ObservedAt: at, RecordedAt: at, Source: "p-abc", EventID: "1", Actor: "p-abc", Counts: &metrics.Counts{Done: 40, Total: 100}, Text: metrics.Text{ID: "salah hitung", EN: "salah hitung"}},
		{Entry: 29, ObservedAt: at, RecordedAt: at, Actor: "job:feed", Run: "r-12", State: metrics.Failed, Counts: &metrics.Counts{Done: 50, Total: 100, Failed: ptr(int64(2)), Skipped: ptr(int64(1))}},
		{Entry: 20, ObservedAt: at, RecordedAt: at, Actor: "import", Imported: true},
	}}
}

func addForms(pages map[string]templ.Component, f Frame, p metrics.Program, a metrics.Assessment) {
	failed := Form{Values: map[string]string{"done": "40", "total": "100", "note": "catatan"}, Errors: []FieldError{{"done", "Terlalu tinggi."}, {"reason", "Wajib."}}, Trouble: "Belum tersimpan."}
	fresh, _ := NewUpdateModel(f, p, a, "M3", Form{}, "event-1")
	pages["update fresh"] = UpdatePage(fresh)
	again, _ := NewUpdateModel(f, p, a, "M3", failed, "event-1")
	pages["update failed"] = UpdatePage(again)
	counted := p
	counted.Milestones = slices.Clone(p.Milestones)
	counted.Milestones[0].Unit = "records"
	records, _ := NewUpdateModel(f, counted, metrics.Assess(counted, metrics.History{}, a.At), "P1", Form{Values: map[string]string{}, Errors: []FieldError{{"total", "Wajib."}, {"note", "Terlalu panjang."}}}, "event-1")
	pages["update records"] = UpdatePage(records)
	lower, _ := NewConflictModel(f, p, a, "M3", failed, "event-1", "p-abc")
	pages["conflict lower"] = ConflictPage(lower)
	higher, _ := NewConflictModel(f, p, a, "M3", Form{Values: map[string]string{"done": "90", "total": "100"}}, "event-1", "job:feed")
	pages["conflict higher"] = ConflictPage(higher)
	pages["blocker fresh"] = BlockerPage(NewBlockerModel(f, p, Form{}, "event-2"))
	pages["blocker failed"] = BlockerPage(NewBlockerModel(f, p, Form{Values: map[string]string{"milestone": "P4"}, Errors: []FieldError{{"title", "Wajib."}, {"milestone", "Pilih."}, {"waits_on", "Wajib."}, {"due", "Tanggal."}}}, "event-2"))
	closing, _ := NewCloseModel(f, p, "O1", Form{Values: map[string]string{}, Errors: []FieldError{{"resolution", "Wajib."}}}, "event-3")
	pages["close"] = ClosePage(closing)
	shut := p
	shut.Items = slices.Clone(p.Items)
	shut.Items[0].Closed = true
	closed, _ := NewCloseModel(f, shut, "O1", Form{}, "event-3")
	pages["close closed"] = ClosePage(closed)
}

func addOutside(pages map[string]templ.Component, f Frame, programs ...Judged) {
	at := time.Date(2024, 3, 12, 9, 0, 0, 0, wib)
	addLists(pages, f, programs)
	f.Query = url.Values{}
	f.Path = "/help"
	pages["help"] = HelpPage(NewHelpModel(f))
	f.Path = "/admin"
	pages["admin"] = AdminPage(NewAdminModel(f, []Account{
		{ID: "1", Email: "admin@contoh.id", Role: access.Admin, CreatedAt: at, Self: true},
		{ID: "2", Email: "eksekutif@contoh.id", Role: access.Executive, Programs: []string{"a", "b"}, CreatedAt: at},
		{ID: "3", Email: "lama@contoh.id", Role: access.Engineer, CreatedAt: at, DisabledAt: &at},
	}, []Token{
		{ID: "0190aabb-ccdd", Program: "a", Job: "feed", Scopes: []string{"report"}, Milestones: []string{"P1"}, ExpiresAt: at.Add(time.Hour)},
		{ID: "0190eeff-0011", Program: "a", Job: "feed", ExpiresAt: at},
		{ID: "0190eeff-2233", Program: "a", Job: "feed", ExpiresAt: at, RevokedAt: &at},
	}, wib, at))
	for _, status := range []int{400, 403, 404, 405, 409, 413, 418, 422, 429, 500, 503} {
		pages["error "+i18n.English.Int(int64(status))] = ErrorPage(NewErrorModel(f, status, "req-1", "perincian", "tiktok-tokopedia"))
	}
	f.Path, f.Role = "/sign-in", ""
	pages["sign-in"] = SignInPage(NewSignInModel(f, Form{}, "", nil))
	pages["sign-in failed"] = SignInPage(NewSignInModel(f, Form{Values: map[string]string{"email": "a@b.id"}, Trouble: "Tidak cocok."}, "/programs/x", []DemoAccount{{"Eksekutif", "a@b.id", "kata sandi"}}))
}

// addLists adds the list of programs in its shapes: cards, a page of a long table, narrowed to nothing, empty, of the past.
func addLists(pages map[string]templ.Component, f Frame, programs []Judged) {
	var all []metrics.Listed
	for _, p := range programs {
		all = append(all, metrics.Listed{Program: p.Program, Assessment: p.Assessment, Trail: []metrics.TrailPoint{{Day: p.Program.Start, Reported: 0}, {Day: p.Program.Start + 30, Reported: 4000}, {Day: p.Assessment.Today, Reported: p.Assessment.Reported}}})
	}
	list := func(name string, query url.Values, l ProgramList) {
		f.Query = query
		l.At, l.Page, l.Pages = programs[0].Assessment.At.In(wib), max(1, l.Page), max(1, l.Pages)
		pages["programs "+name] = ProgramsPage(NewProgramsModel(f, l))
	}
	full := ProgramList{Programs: all, Matching: len(all)}
	full.Count(all)
	list("cards", url.Values{}, full)
	long := full
	long.Page, long.Pages, long.Matching, long.Total = 2, 3, 240, 300
	list("table", url.Values{"view": {"table"}, "sort": {"-progress,name"}, "verdict": {"watch"}, "due": {"45"}, "stale": {"yes"}, "mine": {"yes"}, "q": {"kemen<dag"}, "page": {"2"}, "lang": {"en"}}, long)
	none := ProgramList{Total: 2, Verdicts: full.Verdicts}
	list("no match", url.Values{"q": {"x"}}, none)
	list("none", url.Values{}, ProgramList{})
	f.AsOf = &AsOf{At: programs[0].Assessment.At.In(wib), WholeDay: true}
	list("not yet", url.Values{"as_of": {"2024-03-12"}}, ProgramList{Unrecorded: 3})
	list("past", url.Values{"as_of": {"2024-03-12"}}, ProgramList{Programs: all, Matching: len(all), Total: len(all), Unrecorded: 1, Verdicts: full.Verdicts})
}

func render(t testing.TB, c templ.Component) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := c.Render(context.Background(), &buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// page is a parsed page and what can be asked of it.
type page struct {
	root     *html.Node
	elements []*html.Node
}

func parse(t testing.TB, raw []byte) page {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	p := page{root: root}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			p.elements = append(p.elements, n)
		}
	}
	return p
}

func (p page) all(names ...string) []*html.Node {
	var found []*html.Node
	for _, n := range p.elements {
		if slices.Contains(names, n.Data) {
			found = append(found, n)
		}
	}
	return found
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func eachPage(t *testing.T, roles []access.Role, check func(t *testing.T, raw []byte, p page)) {
	for _, role := range roles {
		for _, lang := range i18n.Langs() {
			pages := samplePages(t, lang, role)
			for _, name := range slices.Sorted(maps.Keys(pages)) {
				t.Run(string(role)+"/"+lang.Tag()+"/"+name, func(t *testing.T) {
					raw := render(t, pages[name])
					check(t, raw, parse(t, raw))
				})
			}
		}
	}
}

var someRoles = []access.Role{access.Engineer, access.Regulator}

func TestPagesHaveOneHeadingAndNoSkippedLevel(t *testing.T) {
	eachPage(t, someRoles, func(t *testing.T, _ []byte, p page) {
		if n := len(p.all("h1")); n != 1 {
			t.Errorf("%d h1", n)
		}
		level := byte('0')
		for _, h := range p.all("h1", "h2", "h3", "h4") {
			if textOf(h) == "" {
				t.Errorf("an empty %s", h.Data)
			}
			if h.Data[1] > level+1 {
				t.Errorf("%s %q follows h%c", h.Data, textOf(h), level)
			}
			level = h.Data[1]
		}
		for _, landmark := range []string{"header", "main", "footer"} {
			if len(p.all(landmark)) != 1 {
				t.Errorf("%d %s", len(p.all(landmark)), landmark)
			}
		}
		for _, n := range p.all("nav") {
			if attr(n, "aria-label") == "" {
				t.Error("a nav without a name")
			}
		}
	})
}

func TestPagesObeyTheContentSecurityPolicy(t *testing.T) {
	eachPage(t, someRoles, func(t *testing.T, _ []byte, p page) {
		for _, n := range p.elements {
			if n.Data == "script" && (attr(n, "src") != static.URL("js/tenggat.js") || textOf(n) != "") || n.Data == "style" || n.Data == "base" || n.Data == "iframe" {
				t.Errorf("a %s element", n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.Contains(strings.ToLower(a.Val), "javascript:") {
					t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
				}
			}
		}
	})
}

func TestPagesTieTheirParts(t *testing.T) {
	eachPage(t, someRoles, func(t *testing.T, _ []byte, p page) {
		ids := map[string]bool{}
		for _, n := range p.elements {
			if id := attr(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("two elements with the id %q", id)
				}
				ids[id] = true
			}
		}
		labelled := map[string]bool{}
		for _, l := range p.all("label") {
			labelled[attr(l, "for")] = true
		}
		for _, n := range p.all("input", "select", "textarea") {
			if attr(n, "type") != "hidden" && !labelled[attr(n, "id")] && attr(n, "aria-label") == "" {
				t.Errorf("no label for the field %q", attr(n, "name"))
			}
			// In a list of forms each field's id goes on after its name; what is wrong there is shown on the form's own page.
			if id, name := attr(n, "id"), attr(n, "name"); attr(n, "type") != "hidden" && id != name && !strings.HasPrefix(id, name+"-") {
				t.Errorf("the field %q has the id %q: error links would miss it", name, id)
			}
		}
		for _, n := range p.elements {
			for _, key := range []string{"aria-labelledby", "aria-describedby", "for"} {
				for _, id := range strings.Fields(attr(n, key)) {
					if !ids[id] {
						t.Errorf("%s of <%s> names %q, which is not there", key, n.Data, id)
					}
				}
				if has(n, key) && attr(n, key) == "" {
					t.Errorf("<%s> has an empty %s", n.Data, key)
				}
			}
			if href := attr(n, "href"); strings.HasPrefix(href, "#") && !ids[href[1:]] {
				t.Errorf("a link to %s, which is not there", href)
			}
		}
	})
}

func TestPagesDrawingsAreNamedOrHidden(t *testing.T) {
	eachPage(t, someRoles, func(t *testing.T, _ []byte, p page) {
		for _, n := range p.all("svg") {
			if !hiddenOrNamed(n) {
				t.Errorf("an svg of class %q without a name", attr(n, "class"))
			}
			for d := range n.Descendants() {
				if d.Type == html.ElementNode && d.Data == "title" {
					t.Error("a title inside an svg becomes a tooltip")
				}
			}
		}
	})
}

// hiddenOrNamed: the element, or one that it lies in, is hidden from assistive technology or a picture with a name.
func hiddenOrNamed(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if attr(n, "aria-hidden") == "true" || attr(n, "role") == "img" && attr(n, "aria-labelledby") != "" && attr(n, "aria-describedby") != "" {
			return true
		}
	}
	return false
}

func TestPagesTablesCanBeReadAndReached(t *testing.T) {
	eachPage(t, someRoles, func(t *testing.T, _ []byte, p page) {
		for _, table := range p.all("table") {
			region := table.Parent
			if attr(region, "role") != "region" || attr(region, "tabindex") != "0" || attr(region, "aria-label") == "" {
				t.Error("a table outside a focusable, named region")
			}
			columns := 0
			for n := range table.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				if n.Data == "th" && attr(n, "scope") == "" {
					t.Errorf("th %q without a scope", textOf(n))
				}
				if n.Data == "tr" {
					cells := 0
					for c := range n.ChildNodes() {
						if c.Type == html.ElementNode {
							span := 1
							if wide, err := strconv.Atoi(attr(c, "colspan")); err == nil {
								span = wide
							}
							cells += span
						}
					}
					if columns == 0 {
						columns = cells
					}
					if cells != columns {
						t.Errorf("a row of %d cells in a table of %d columns", cells, columns)
					}
				}
			}
		}
	})
}

// pageRoutes are all pages there are; a link must lead to one of them. "*" stands for one key.
var pageRoutes = routesOf(
	"/tables/programs.csv", "/tables/programs.json", "/programs/*/reports", "/programs/*/reports/new", "/programs/*/reports/*", "/programs/*/reports/*/*", "/programs/*/reports/*/tables/*", "/programs/*/tables/*", "/programs/*/milestones/*/tables/*", "/programs/*/jobs/*/tables/*", "/programs/*/days/*/tables/*",
	"/", "/sign-in", "/help", "/admin", "/updates",
	"/programs/*",
	"/programs/*/timeline", "/programs/*/compare",
	"/programs/*/days/*",
	"/programs/*/audit",
	"/programs/*/milestones",
	"/programs/*/milestones/*",
	"/programs/*/milestones/*/update",
	"/programs/*/items",
	"/programs/*/items/new",
	"/programs/*/items/*/close",
	"/programs/*/statements",
	"/programs/*/statements/new",
	"/programs/*/deadlines",
	"/programs/*/deadlines/new",
	"/programs/*/deadlines/binding",
	"/programs/*/override",
	"/programs/*/method",
	"/programs/*/summary",
	"/programs/*/summary.pdf",
	"/programs/*/share",
	"/programs/*/share/card",
	"/programs/*/share/card.svg",
	"/programs/*/release", "/programs/*/release/withdraw",
	"/public/*", "/api/v1/public/*",
	"/programs/*/jobs",
	"/programs/*/jobs/*",
	"/programs/*/checkpoints",
	"/api/v1/programs/*/checkpoint",
	"/api/v1/programs/*/proof",
	"/api/v1/programs/*/ledger",
	"/programs/*/evidence",
	"/programs/*/evidence/*/review",
	"/programs/*/milestones/*/evidence",
	"/programs/*/milestones/*/reopen",
	"/programs/*/files/*",
	"/programs/*/audit/reads",
	"/programs/*/feeds",
	"/programs/*/proposals",
	"/programs/*/aftercare",
	"/programs/*/audits/new",
	"/programs/*/audits/change",
	"/programs/*/audits/*/result",
	"/programs/*/acceptances/new",
	"/programs/*/sanctions/new",
	"/programs/*/proposals/*",
)

// postRoutes are all places a form may post to.
var postRoutes = routesOf(
	"/programs/*/reports/new",
	"/sign-in", "/sign-out", "/theme",
	"/admin/accounts/*/disable",
	"/admin/tokens/*/revoke",
	"/programs/*/milestones/*/update",
	"/programs/*/items/new",
	"/programs/*/items/*/close",
	"/programs/*/statements/new",
	"/programs/*/deadlines/new",
	"/programs/*/deadlines/binding",
	"/programs/*/override",
	"/programs/*/milestones/*/evidence",
	"/programs/*/milestones/*/reopen",
	"/programs/*/evidence/*/review",
	"/programs/*/proposals/*",
	"/programs/*/audits/new",
	"/programs/*/audits/change",
	"/programs/*/audits/*/result",
	"/programs/*/acceptances/new",
	"/programs/*/sanctions/new",
	"/programs/*/share/card",
	"/programs/*/feeds", "/programs/*/feeds/revoke",
	"/programs/*/release", "/programs/*/release/withdraw",
)

func routesOf(paths ...string) *regexp.Regexp {
	return regexp.MustCompile("^(" + strings.ReplaceAll(strings.Join(paths, "|"), "*", "[^/]+") + ")$")
}

func TestPagesLinkToPagesThatExist(t *testing.T) {
	eachPage(t, someRoles, func(t *testing.T, _ []byte, p page) {
		for _, n := range p.all("a") {
			u, err := url.Parse(attr(n, "href"))
			if err == nil && u.Scheme == "https" && attr(n, "rel") == "noopener noreferrer" { // evidence that lies elsewhere
				continue
			}
			if err != nil || u.Host != "" || u.Scheme != "" {
				t.Errorf("the link %q leaves the site", attr(n, "href"))
				continue
			}
			if u.Path != "" && !pageRoutes.MatchString(u.EscapedPath()) {
				t.Errorf("no page %s", u.Path)
			}
			if textOf(n) == "" {
				t.Errorf("the link to %s has no text", u.Path)
			}
		}
		for _, n := range p.all("form") {
			action, _ := url.Parse(attr(n, "action"))
			switch attr(n, "method") {
			case "get":
				if !pageRoutes.MatchString(action.EscapedPath()) {
					t.Errorf("a form asks for %s", action)
				}
			case "post":
				if !postRoutes.MatchString(action.EscapedPath()) {
					t.Errorf("a form posts to %s", action)
				}
			default:
				t.Errorf("a form of method %q", attr(n, "method"))
			}
		}
	})
}

func TestPagesOfThePastKeepTheirMoment(t *testing.T) {
	p, a, days := tokopedia(t, "2024-03-12")
	pages := map[string]templ.Component{}
	addProgramPages(pages, "", frameAt(i18n.English, access.Engineer, "2024-03-12", p, a), p, metrics.History{}, a, days)
	for name, component := range pages {
		for _, n := range parse(t, render(t, component)).all("a") {
			u, _ := url.Parse(attr(n, "href"))
			leaves := inStepper(n) || name == "compare" && strings.Contains(textOf(n), "%") || inside(n, "week-title") && strings.Contains(textOf(n), "%") || u.Path == "/" || u.Path == "" || u.Host != ""
			if got := u.Query().Get("as_of"); !leaves && got != "2024-03-12" {
				t.Errorf("%s: the link %q %s has as_of %q", name, textOf(n), u, got)
			}
		}
	}
}

func inStepper(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == "nav" && strings.HasPrefix(attr(n, "class"), "stepper") {
			return true
		}
	}
	return false
}

func TestReadersSeeNothingThatWrites(t *testing.T) {
	writes := regexp.MustCompile(`/update|/items/new|/close|/disable|/revoke|/milestones/[^/]+/evidence|/review|/reopen|/proposals/|/audits/|/acceptances/|/sanctions/`)
	for _, role := range []access.Role{access.Regulator, access.Executive} {
		for name, component := range samplePages(t, i18n.English, role) {
			if name == "admin" || strings.HasPrefix(name, "feeds") { // a reader's own addresses are no fact
				continue
			}
			p := parse(t, render(t, component))
			for _, n := range p.all("a") {
				if writes.MatchString(attr(n, "href")) {
					t.Errorf("%s sees %s on %s", role, attr(n, "href"), name)
				}
			}
			for _, n := range p.all("form") {
				if action := attr(n, "action"); attr(n, "method") == "post" && !slices.Contains([]string{"/sign-out", "/sign-in", "/theme"}, action) {
					t.Errorf("%s may post to %s on %s", role, action, name)
				}
			}
		}
	}
}

func TestEngineersAreOfferedTheirActsInThePresentOnly(t *testing.T) {
	pages := samplePages(t, i18n.English, access.Engineer)
	for name, want := range map[string]bool{"milestone now": true, "milestone 2024-03-12": false, "items now": true, "items 2024-03-12": false} {
		got := strings.Contains(string(render(t, pages[name])), `class="button`) && regexp.MustCompile(`href="[^"]*(/update|/items/new)`).Match(render(t, pages[name]))
		if got != want {
			t.Errorf("%s offers to write: %v, want %v", name, got, want)
		}
	}
}

func TestPagesAreWrittenInTheirLanguage(t *testing.T) {
	eachPage(t, someRoles, func(t *testing.T, raw []byte, p page) {
		if lang := attr(p.all("html")[0], "lang"); lang != "id" && lang != "en" {
			t.Errorf("lang %q", lang)
		}
		if title := textOf(p.all("title")[0]); title == "" || !strings.HasSuffix(title, "Tenggat") {
			t.Errorf("title %q", title)
		}
		for _, wrong := range []string{"%!", "<nil>", "NaN", "%s", "0xc0"} {
			if bytes.Contains(raw, []byte(wrong)) {
				t.Errorf("the page contains %q", wrong)
			}
		}
	})
	english, indonesian := samplePages(t, i18n.English, access.Engineer), samplePages(t, i18n.Indonesian, access.Engineer)
	for name := range english {
		if bytes.Equal(render(t, english[name]), render(t, indonesian[name])) {
			t.Errorf("%s is the same in both languages", name)
		}
	}
}

func TestPagesShowTheRoleAndNeverAName(t *testing.T) {
	p := parse(t, render(t, samplePages(t, i18n.English, access.Regulator)["programs cards"]))
	for _, n := range p.elements {
		if attr(n, "class") == "role" {
			if got := textOf(n); got != "Regulator, read only" {
				t.Errorf("the header says %q", got)
			}
			return
		}
	}
	t.Error("no role in the header")
}

func TestOverviewIsSmall(t *testing.T) {
	raw := render(t, samplePages(t, i18n.Indonesian, access.Executive)["overview 2024-03-12"])
	if len(raw) > 48<<10 {
		t.Errorf("%d bytes before compression", len(raw))
	}
}
