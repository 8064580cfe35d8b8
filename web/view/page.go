package view

import (
	"net/url"
	"strings"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Frame is what every page knows, whatever it shows. A page's NewXModel takes one and fills in Title.
type Frame struct {
	Lang        i18n.Lang
	Title       string                   // state first: "87% · Perlu perhatian · …"
	Path        string                   // of this page, without the query
	Query       url.Values               // of this request; as_of and lang live on in links
	Role        access.Role              // "" when signed out
	Theme       Theme                    // "" for the device's setting
	Program     *ProgramNav              // nil outside a program
	AsOf        *AsOf                    // nil: now
	Stepper     *Stepper                 // nil where there is no past to read
	Live        *Live                    // nil: the page does not change, or is a form
	Notice      string                   // what a saved form wants said, finished
	LinkPreview *LinkPreview             // nil: strangers, search engines and link previews learn nothing
	Static      func(name string) string // content-hashed address of a static file
}

// ProgramNav is what the frame says of the program a page belongs to.
type ProgramNav struct {
	Slug  string
	Name  string
	Demo  string // Program.Demo: "", "replay", "live", "public"
	Stale string // finished sentence of the stale banner; "" if the data are fresh
	Fresh string // finished: of when the data are

	Checkpoint string // finished sentence on the ledger's signed head; "" for none
}

// AsOf is the past moment a page is read at.
type AsOf struct {
	At       time.Time // in the program's zone; inclusive
	WholeDay bool      // a date was asked for: the state at its end
}

// LinkPreview is what chats and search engines show of a page that everybody may read.
type LinkPreview struct {
	Title, Description string
	Address            string // without a language
}

// NewProgramNav is the navigation of a program, with the stale banner where reports are missing.
func NewProgramNav(lang i18n.Lang, p metrics.Program, a metrics.Assessment) *ProgramNav {
	w := words{lang, p.Zone}
	return &ProgramNav{Slug: p.Key, Name: w.text(p.Name), Demo: p.Demo, Stale: w.stale(p, a), Fresh: w.freshness(p, a)}
}

// Link is an address inside Tenggat that keeps the moment and, where it was asked for in the address, the language.
func (f Frame) Link(path string) string { return f.LinkWith(path, "", "") }

// LinkWith is Link with one more parameter; a fragment in path stays at the end.
func (f Frame) LinkWith(path, key, value string) string {
	q := f.kept()
	if key != "" {
		q.Set(key, value)
	}
	return address(path, q)
}

// LinkNow leaves the past: the same page without its moment.
func (f Frame) LinkNow() string {
	return address(f.Path, without(f.Query, "as_of"))
}

// LinkHere is this very page again.
func (f Frame) LinkHere() string { return address(f.Path, without(f.Query, "notice")) }

// LinkAsOf is this page at another moment.
func (f Frame) LinkAsOf(moment string) string {
	q := without(f.Query, "as_of")
	q.Set("as_of", moment)
	return address(f.Path, q)
}

// LinkLang is this very place in another language.
func (f Frame) LinkLang(l i18n.Lang) string {
	q := without(f.Query, "lang")
	q.Set("lang", l.Tag())
	return address(f.Path, q)
}

// InProgram is the path of a page of the current program; rest begins with a slash or is empty.
func (f Frame) InProgram(rest string) string { return ProgramPath(f.Program.Slug) + rest }

// ProgramPath is the path of a program's overview.
func ProgramPath(slug string) string { return "/programs/" + url.PathEscape(slug) }

// MilestonePath is the path of a milestone below its program's.
func MilestonePath(key string) string { return "/milestones/" + url.PathEscape(key) }

// JobPath is the path of an integration job below its program's.
func JobPath(key string) string { return "/jobs/" + url.PathEscape(key) }

// Param is a value of the query that links keep; "" if there is none.
func (f Frame) Param(key string) string { return f.kept().Get(key) }

// Can reports whether the reader's role may do the action at all; controls for anything else are not shown.
func (f Frame) Can(a access.Action) bool { return access.Can(f.Role, a) }

// MayUpdate reports whether this page offers to write: only in the present.
func (f Frame) MayUpdate() bool { return f.AsOf == nil && f.Can(access.ReportProgress) }

// MayRaise is MayUpdate for blockers.
func (f Frame) MayRaise() bool { return f.AsOf == nil && f.Can(access.RaiseItem) }

func (f Frame) kept() url.Values {
	kept := url.Values{}
	for _, key := range []string{"as_of", "lang"} {
		if v := f.Query.Get(key); v != "" {
			kept.Set(key, v)
		}
	}
	return kept
}

func without(q url.Values, key string) url.Values {
	rest := url.Values{}
	for k, v := range q {
		if k != key {
			rest[k] = v
		}
	}
	return rest
}

// address joins path, query and the path's own fragment.
func address(path string, q url.Values) string {
	fragment := ""
	for i := range path {
		if path[i] == '#' {
			path, fragment = path[:i], path[i:]
			break
		}
	}
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path + fragment
}

// t shortens the calls in components.
func (f Frame) t(m i18n.Message, args ...any) string { return f.Lang.T(m, args...) }

// pageTitle is the text of the title element.
func (f Frame) pageTitle() string { return f.Title + " · " + f.t(i18n.ProductName) }

// titled is f with its title: the state first, then the page, then the program.
func (f Frame) titled(state, page string) Frame {
	f.Title = page
	if state != "" {
		f.Title = state + " · " + page
	}
	if f.Program != nil {
		f.Title += " · " + f.Program.Name
	}
	return f
}

// tab is an entry of the program's navigation.
type tab struct {
	Name, Href string
	Current    bool
	Apart      bool // begins another group: what stands, what it rests on, what is accounted for
}

func (f Frame) tabs() []tab {
	pages := []struct {
		rest  string
		name  i18n.Message
		apart bool
	}{
		{"", i18n.NavOverview, false}, {"/milestones", i18n.NavMilestones, false}, {"/items", i18n.TabItems, false}, {"/timeline", i18n.NavTimeline, false}, {"/compare", i18n.CompareTab, false},
		{"/statements", i18n.RegisterTab, true}, {"/deadlines", i18n.DeadlinesTab, false}, {"/evidence", i18n.EvidenceTab, false}, {"/reports", i18n.ReportsTab, false},
		{"/aftercare", i18n.AfterCareTab, false}, {"/jobs", i18n.JobsTab, false}, {"/method", i18n.TabMethod, true}, {"/audit", i18n.TrailTab, false}, {"/share", i18n.ShareTab, true},
	}
	tabs := make([]tab, 0, len(pages))
	for _, p := range pages {
		path := f.InProgram(p.rest)
		tabs = append(tabs, tab{f.t(p.name), f.Link(path), f.Path == path || p.rest != "" && strings.HasPrefix(f.Path, path+"/"), p.apart})
	}
	return tabs
}

// menuTitle names the page that is open, on the menu that leads to the others.
func (f Frame) menuTitle() string {
	for _, tab := range f.tabs() {
		if tab.Current {
			return f.t(i18n.MenuAt, tab.Name)
		}
	}
	return f.t(i18n.ProgramPages)
}

func (f Frame) roleName() string { return roleName(f.Lang, f.Role) }

func roleName(l i18n.Lang, r access.Role) string {
	switch r {
	case access.Executive:
		return l.T(i18n.RoleExecutive)
	case access.Regulator:
		return l.T(i18n.RoleRegulator)
	case access.Engineer:
		return l.T(i18n.RoleEngineer)
	case access.Compliance:
		return l.T(i18n.RoleCompliance)
	case access.Admin:
		return l.T(i18n.RoleAdmin)
	case access.Job:
		return l.T(i18n.RoleJob)
	}
	return string(r)
}

// asOfBanner says that the page shows the past.
func (f Frame) asOfBanner() string {
	at := f.Lang.DateTime(f.AsOf.At)
	if f.AsOf.WholeDay {
		at = f.t(i18n.EndOfDay, f.Lang.Date(f.AsOf.At))
	}
	return f.t(i18n.AsKnownThen, at)
}

// demoNote says what of the program is invented.
func (f Frame) demoNote() string { return demoNote(f.Lang, f.Program.Demo) }

func demoNote(l i18n.Lang, demo string) string {
	switch demo {
	case "":
		return ""
	case "live":
		return l.T(i18n.DemoLive)
	case "public":
		return l.T(i18n.DemoPublic)
	}
	return l.T(i18n.DemoReplay)
}

// LinkHome is the list of programs, in the present: programs differ in the moments they know.
func (f Frame) LinkHome() string {
	q := without(f.kept(), "as_of")
	return address("/", q)
}

// roleLine is the reader's role and, where it holds, that it can only read. Pages are shared by role, so no name is on them.
func (f Frame) roleLine() string {
	if f.Role.ReadOnly() {
		return f.roleName() + ", " + f.t(i18n.ReadOnlyMark)
	}
	return f.roleName()
}
