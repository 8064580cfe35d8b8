//go:build e2e

package e2e

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/i18n"
)

// Everybody's tasks from the sign-in on, by keyboard alone, with and without scripts.
func TestEveryTaskByKeyboard(t *testing.T) {
	t.Parallel()
	for how, prepare := range map[string]func(*tab) *tab{
		"with script":    func(tb *tab) *tab { return tb },
		"without script": (*tab).withoutScript,
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			start := func(role access.Role) *tab {
				a, tb := account(t, role), prepare(newTab(t, theDemo(t))).open("/sign-in?lang=en")
				tb.fill("email", a.Email)
				tb.fill("password", a.Password)
				tb.press(submit)
				tb.wantStatus(http.StatusOK)
				return tb
			}
			engineer := start(access.Engineer)
			engineer.savesAnUpdate()
			engineer.raises("Found by keyboard " + how)
			officer := start(access.Compliance)
			officer.readsThePast()
			officer.filtersItems()
			officer.records("Said by keyboard " + how)
			officer.accepts("Letter by keyboard " + how)
			officer.audits("Found by keyboard " + how)
			officer.subscribes()
			officer.releases("Released by keyboard " + how)
		})
	}
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

// readsThePast goes to a date that is typed.
func (tb *tab) readsThePast() {
	tb.t.Helper()
	tb.press(`main a[href^="/programs/` + demo.Replay + `"]`)
	tb.wantText(".key-number", "100%")
	tb.tabTo(".stepper summary")
	tb.do(chromedp.KeyEvent(kb.Enter))
	tb.fill("as_of", "03122024") // the browser's own order: month, day, year
	tb.press(".stepper-more form button")
	if on := tb.address().Query().Get("as_of"); on != "2024-03-12" {
		tb.t.Fatalf("the typed date leads to %q", on)
	}
	tb.wantText("h1", "87%")
}

func (tb *tab) filtersItems() {
	tb.t.Helper()
	tb.press(`main a.action[href*="/items"]`)
	before := tb.count("main .stack-rows tbody tr")
	tb.fill("area", eval[string](tb, `document.getElementById("area").options[1].text`))
	tb.press(`main .inline-form button`)
	after, asked := tb.count("main .stack-rows tbody tr"), tb.address().Query()
	if asked.Get("area") == "" || asked.Get("as_of") != "2024-03-12" || after == 0 || after >= before {
		tb.t.Errorf("the filter leads to %s, with %d of %d rows", tb.address(), after, before)
	}
}

func (tb *tab) records(words string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/statements")
	tb.press(`main a[href*="/statements/new"]`)
	for _, field := range [][2]string{{"speaker", "Head of the directorate"}, {"side", "regulator"}, {"number", "30"}, {"stated_on", "03122024"}, {"published_on", "03122024"}, {"source", "A newspaper"}, {"words", words}} {
		tb.fill(field[0], field[1])
	}
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", words)
}

// accepts records a letter, which is shown once more before it is recorded.
func (tb *tab) accepts(number string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/deadlines")
	tb.press(`main a[href*="/acceptances/new"]`)
	tb.tabTo("#covers_each-P2")
	tb.do(chromedp.KeyEvent(" "))
	for _, field := range [][2]string{{"letter_number", number}, {"letter_date", "03122024"}, {"issuer", "Directorate"}, {"document", "Green folder"}} {
		tb.fill(field[0], field[1])
	}
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main dl", number)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("#acceptances", number)
}

// audits plans an audit and records a result of the one that falls due first.
func (tb *tab) audits(finding string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/aftercare")
	tb.press(`main a[href*="/audits/new"]`)
	tb.tabTo("#duties_each")
	tb.do(chromedp.KeyEvent(" "))
	tb.fill("due", "01312099")
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.press(`main a[href*="/result"]`)
	tb.tabTo("#result")
	tb.do(chromedp.KeyEvent(" "))
	for _, field := range [][2]string{{"held_on", "03122024"}, {"auditor", "Audit firm"}, {"finding", finding}, {"document", "Blue folder"}} {
		tb.fill(field[0], field[1])
	}
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main dl", finding)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("#audits", finding)
}

// subscribes makes the addresses of the feeds, fetches one as a calendar does, and revokes them.
func (tb *tab) subscribes() {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/share?lang=en")
	tb.press(`main a[href*="/feeds"]`)
	tb.press(`main form[action*="/feeds"] button`)
	tb.wantStatus(http.StatusOK)
	stranger, found := visitor{program: theDemo(tb.t)}, strings.Index(tb.value("calendar"), "/feeds/")
	if found < 0 {
		tb.t.Fatalf("the calendar's address is %q", tb.value("calendar"))
	}
	address := tb.value("calendar")[found:]
	if body := stranger.get(tb.t, address).want(tb.t, http.StatusOK).body; !strings.Contains(body, "BEGIN:VEVENT") {
		tb.t.Errorf("no event in %s", body)
	}
	tb.press(`main form[action*="/feeds/revoke"] button`)
	tb.wantStatus(http.StatusOK)
	tb.wantText(notice, i18n.English.T(i18n.NoticeRevokedF))
	stranger.get(tb.t, address).want(tb.t, http.StatusNotFound)
}

// releases makes figures public with a note, which everybody then reads, and withdraws them, after which nobody does.
func (tb *tab) releases(note string) {
	tb.t.Helper()
	stranger, public := visitor{program: theDemo(tb.t)}, "/public/"+demo.ChipCards
	stranger.get(tb.t, public).want(tb.t, http.StatusNotFound)
	tb.open("/programs/" + demo.ChipCards + "/share?lang=en")
	tb.press(`main a[href*="/release"]`)
	tb.tabTo("#parts_each-areas")
	tb.do(chromedp.KeyEvent(" "))
	tb.fill("note", note)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main .panel", note)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText(notice, i18n.English.T(i18n.NoticeReleased))
	if body := stranger.get(tb.t, public).want(tb.t, http.StatusOK).body; !strings.Contains(body, note) {
		tb.t.Errorf("the public page does not say %q", note)
	}
	tb.press(`main a[href*="/release/withdraw"]`)
	tb.fill("reason", note)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText(notice, i18n.English.T(i18n.NoticeWithdrawn))
	stranger.get(tb.t, public).want(tb.t, http.StatusNotFound)
}
