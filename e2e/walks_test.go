//go:build e2e

package e2e

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/i18n"
)

// Everybody's tasks from the sign-in on, by keyboard alone, with and without scripts: every form of the program is sent.
func TestEveryTaskByKeyboard(t *testing.T) {
	t.Parallel()
	for how, prepare := range map[string]func(*tab) *tab{
		"with script":    func(tb *tab) *tab { return tb },
		"without script": (*tab).withoutScript,
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			p := launchFor(t, dataDir(t), nil, "demo") // one of its own, to change as it likes
			var tabs []*tab
			start := func(role access.Role) *tab {
				a, tb := account(t, role), prepare(newTab(t, p)).open("/sign-in?lang=en")
				tb.fill("email", a.Email)
				tb.fill("password", a.Password)
				tb.press(submit)
				tb.wantStatus(http.StatusOK)
				tabs = append(tabs, tb)
				return tb
			}
			start(access.Engineer).doesTheEngineersWork(how)
			start(access.Compliance).doesTheOfficersWork(how)
			start(access.Admin).doesTheAdminsWork()
			wantEveryFormSent(t, p, tabs)
		})
	}
}

var parameter = regexp.MustCompile(`:[a-z]+`)

// wantEveryFormSent holds the forms that the tabs sent against the table of routes.
func wantEveryFormSent(t *testing.T, p *program, tabs []*tab) {
	t.Helper()
	for _, route := range jsonOf[routesJSON](t, p.run(t, "routes", "--json")).Routes {
		if route.Method != http.MethodPost || strings.HasPrefix(route.Path, "/api/") {
			continue
		}
		pattern := regexp.MustCompile("^" + parameter.ReplaceAllString(route.Path, "[^/]+") + "$")
		if !slices.ContainsFunc(tabs, func(tb *tab) bool { return slices.ContainsFunc(tb.posts(), pattern.MatchString) }) {
			t.Errorf("nobody has walked to %s", route.Path)
		}
	}
}

// deed is a form that somebody comes to by a link on a page of the live program, fills in and sends.
type deed struct {
	page   string      // below the program
	link   string      // part of the address that leads to the form
	fields [][2]string // what is typed, by the field's id; a space ticks a box
	again  bool        // it is shown once more before it is recorded
	says   string      // on the page that follows
	in     string      // the part of that page; "": anywhere in it
}

func (tb *tab) does(deeds ...deed) {
	tb.t.Helper()
	for _, d := range deeds {
		tb.open("/programs/" + demo.Live + d.page + "?lang=en")
		tb.press(`main a[href*="` + d.link + `"]`)
		for _, field := range d.fields {
			if field[1] == " " {
				tb.ticks(field[0])
			} else {
				tb.fill(field[0], field[1])
			}
		}
		tb.press(submit)
		tb.wantStatus(http.StatusOK)
		if d.again {
			tb.wantText("main dl", d.says)
			tb.press(submit)
			tb.wantStatus(http.StatusOK)
		}
		tb.wantText(cmp.Or(d.in, "main"), d.says)
	}
}

// ticks chooses a box or a button of a group.
func (tb *tab) ticks(id string) {
	tb.t.Helper()
	tb.tabTo("#" + id)
	tb.do(chromedp.KeyEvent(" "))
}

// typed is a day as it is typed into the browser's own field: month, day, year.
func typed(day time.Time) string { return day.Format("01022006") }

func (tb *tab) doesTheEngineersWork(how string) {
	tb.t.Helper()
	const p2finished = "1849000" // a little less than is on record: a reopening that needs no second person
	tb.savesAnUpdate()
	tb.does(
		deed{page: "/milestones/M2", link: "/update", fields: [][2]string{{"done", "1"}, {"reason", "Counted " + how}}, says: "Counted " + how},
		deed{page: "/items", link: "/items/new", fields: [][2]string{{"title", "Found " + how}, {"waits_on", "Certificate authority"}}, says: "Found " + how},
		deed{page: "/items", link: "/close", fields: [][2]string{{"resolution", "Solved " + how}}, says: i18n.English.T(i18n.NoticeClosed)},
		deed{page: "/evidence", link: "/milestones/P3/evidence", says: "Shown " + how, fields: [][2]string{
			{"label", "Shown " + how}, {"observed_on", typed(time.Now().AddDate(0, 0, -2))}, {"link", "https://files.example/settled"},
		}},
		deed{page: "/milestones/P2", link: "/reopen", fields: [][2]string{{"done", p2finished}, {"reason", "Twice " + how}}, says: "Twice " + how},
		deed{page: "/proposals", link: "/proposals/" + demo.LiveProposal, fields: [][2]string{{"outcome", " "}}, says: "Approved"},
	)
	tb.choosesDark()
}

// savesAnUpdate takes three interactions after the sign-in: to the field, the number, Enter.
func (tb *tab) savesAnUpdate() {
	tb.t.Helper()
	const field = "done-" + demo.Live + "-U3"
	if at := tb.address().Path; at != "/updates" || !eval[bool](tb, `document.activeElement.name === "done"`) {
		tb.t.Errorf("an engineer who has signed in is at %s, and in no field for a value", at)
	}
	next := strconv.Itoa(eval[int](tb, `Number(document.getElementById("`+field+`").value)`) + 1)
	tb.tabTo("#" + field)
	tb.do(chromedp.KeyEvent(next))
	tb.follow(chromedp.KeyEvent(kb.Enter))
	tb.wantStatus(http.StatusOK)
	tb.wantText(notice, next)
	if at := tb.address().Path; at != "/updates" || !eval[bool](tb, `document.activeElement.name === "done"`) {
		tb.t.Errorf("after saving: at %s, and not in the next field", at)
	}
}

// choosesDark changes the appearance by the form at the foot of every page.
func (tb *tab) choosesDark() {
	tb.t.Helper()
	tb.press(`.themes button[value="dark"]`)
	if theme := eval[string](tb, `document.documentElement.dataset.theme`); theme != "dark" {
		tb.t.Errorf("the page looks %q", theme)
	}
}
