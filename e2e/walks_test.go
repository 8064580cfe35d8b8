//go:build e2e

package e2e

import (
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
			p := ownDemo(t)
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

// ownDemo is a demo that a test may change as it likes.
func ownDemo(t *testing.T) *program {
	t.Helper()
	p, err := launch(dataDir(t), nil, "demo")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.stop(); err != nil {
			t.Error(err)
		}
	})
	return p
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

func (tb *tab) doesTheEngineersWork(how string) {
	tb.t.Helper()
	tb.savesAnUpdate()
	tb.proposes()
	tb.raises("Found by keyboard " + how)
	tb.closes("Solved by keyboard " + how)
	tb.addsEvidence("Shown by keyboard " + how)
	tb.reopens("Counted twice, by keyboard " + how)
	tb.decides()
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

func (tb *tab) raises(title string) {
	tb.t.Helper()
	tb.press(`main a[href*="/` + demo.Live + `/items/new"]`)
	tb.fill("title", title)
	tb.fill("waits_on", "Certificate authority")
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", title)
}

// proposes a correction that is too large for one person, on the milestone's own page.
func (tb *tab) proposes() {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/milestones/M2?lang=en")
	tb.press(`main a.button[href*="/update"]`)
	tb.fill("done", "1")
	tb.fill("reason", "Counted on paper")
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", "Counted on paper")
}

// closes the first of the blockers.
func (tb *tab) closes(how string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/items?lang=en")
	tb.press(`main a[href*="/close"]`)
	tb.fill("resolution", how)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText(notice, i18n.English.T(i18n.NoticeClosed))
}

func (tb *tab) addsEvidence(label string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/evidence?lang=en")
	tb.press(`main a[href*="/milestones/P3/evidence"]`)
	for _, field := range [][2]string{{"label", label}, {"observed_on", typed(time.Now().AddDate(0, 0, -2))}, {"link", "https://files.example/settled"}} {
		tb.fill(field[0], field[1])
	}
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", label)
}

// reopens a milestone that was reported as finished: little enough to need no second person.
func (tb *tab) reopens(reason string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/milestones/P2?lang=en")
	tb.press(`main a[href*="/reopen"]`)
	tb.fill("done", "1849000")
	tb.fill("reason", reason)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", reason)
}

// decides what another engineer proposed.
func (tb *tab) decides() {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/proposals/" + demo.LiveProposal + "?lang=en")
	tb.ticks("outcome")
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", "Approved")
}

// choosesDark changes the appearance by the form at the foot of every page.
func (tb *tab) choosesDark() {
	tb.t.Helper()
	tb.press(`.themes button[value="dark"]`)
	if theme := eval[string](tb, `document.documentElement.dataset.theme`); theme != "dark" {
		tb.t.Errorf("the page looks %q", theme)
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
