//go:build e2e

package e2e

import (
	"net/http"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tenggat/internal/demo"
	"tenggat/internal/i18n"
)

func (tb *tab) doesTheOfficersWork(how string) {
	tb.t.Helper()
	tb.readsThePast()
	tb.filtersItems()
	tb.records("Said by keyboard " + how)
	tb.quotes("Spokesperson " + how)
	tb.reviews()
	tb.signsAReport("Directorate " + how)
	tb.announces("until the end of June, " + how)
	tb.binds("Bound by keyboard " + how)
	tb.overrides("Judged by keyboard " + how)
	tb.accepts("Letter by keyboard " + how)
	tb.sanctions("Warning by keyboard " + how)
	tb.audits("Found by keyboard " + how)
	tb.changesTheSystem("Changed by keyboard " + how)
	tb.subscribes()
	tb.releases("Released by keyboard " + how)
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
	tb.ticks("covers_each-P2")
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
	tb.ticks("duties_each")
	tb.fill("due", "01312099")
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.press(`main a[href*="/result"]`)
	tb.ticks("result")
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
	stranger, found := visitor{program: tb.program}, strings.Index(tb.value("calendar"), "/feeds/")
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
	stranger, public := visitor{program: tb.program}, "/public/"+demo.ChipCards
	stranger.get(tb.t, public).want(tb.t, http.StatusNotFound)
	tb.open("/programs/" + demo.ChipCards + "/share?lang=en")
	tb.press(`main a[href*="/release"]`)
	tb.ticks("parts_each-areas")
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

// quotes uses a card, which is filed as a statement.
func (tb *tab) quotes(speaker string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/share?lang=en")
	tb.press(`main a[href*="/share/card?"]`)
	tb.fill("speaker", speaker)
	tb.fill("side", "operator")
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.open("/programs/" + demo.Live + "/statements?lang=en")
	tb.wantText("main", speaker)
}

// reviews accepts the evidence that waits for it.
func (tb *tab) reviews() {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/evidence?lang=en")
	tb.press(`main a[href*="/` + demo.LiveEvidence + `/review"]`)
	tb.ticks("outcome")
	tb.fill("done", "1000")
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", "1,000")
}

// signsAReport after looking it through.
func (tb *tab) signsAReport(office string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/reports?lang=en")
	tb.press(`main a[href*="/reports/new"]`)
	tb.fill("office", office)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.ticks("confirm")
	tb.press(`main button[value="sign"]`)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", office)
}

func (tb *tab) announces(stated string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/deadlines?lang=en")
	tb.press(`main a[href*="/deadlines/new"]`)
	for _, field := range [][2]string{{"key", "D9"}, {"date", "06302099"}, {"stated", stated}, {"announced_on", typed(time.Now().AddDate(0, 0, -1))}, {"announced_by", "Directorate"}, {"document", "Letter 9"}, {"binding", "no"}} {
		tb.fill(field[0], field[1])
	}
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", stated)
}

// binds an earlier version.
func (tb *tab) binds(reason string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/deadlines?lang=en")
	tb.press(`main a[href*="/deadlines/binding"]`)
	tb.fill("deadline", "17 D")
	tb.fill("reason", reason)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", reason)
}

func (tb *tab) overrides(reason string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/deadlines?lang=en")
	tb.press(`main a[href*="/override"]`)
	for _, field := range [][2]string{{"verdict", "Needs"}, {"by", "Steering committee"}, {"until", typed(time.Now().AddDate(0, 0, 7))}, {"reason", reason}} {
		tb.fill(field[0], field[1])
	}
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", reason)
}

// sanctions records the first step of the ladder, which is shown once more before it is recorded.
func (tb *tab) sanctions(letter string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/deadlines?lang=en")
	tb.press(`main a[href*="/sanctions/new"]`)
	tb.ticks("number")
	tb.ticks("outcome")
	for _, field := range [][2]string{{"letter_number", letter}, {"letter_date", "03122024"}, {"issuer", "Directorate"}, {"document", "Red folder"}} {
		tb.fill(field[0], field[1])
	}
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main dl", letter)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", letter)
}

// changesTheSystem plans the audit that a change calls for.
func (tb *tab) changesTheSystem(change string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/aftercare?lang=en")
	tb.press(`main a[href*="/audits/change"]`)
	tb.ticks("duties_each")
	for _, field := range [][2]string{{"changed_on", typed(time.Now().AddDate(0, 0, -1))}, {"change", change}, {"due", "01312099"}} {
		tb.fill(field[0], field[1])
	}
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", change)
}

// doesTheAdminsWork ends a token and an account, and leaves.
func (tb *tab) doesTheAdminsWork() {
	tb.t.Helper()
	for _, deed := range []struct {
		button string
		says   i18n.Message
	}{{`main form[action*="/tokens/"] button`, i18n.NoticeRevoked}, {`main form[action*="/accounts/"] button`, i18n.NoticeDisabled}} {
		tb.press(deed.button)
		tb.wantStatus(http.StatusOK)
		tb.wantText(notice, i18n.English.T(deed.says))
	}
	tb.press(`.masthead form button`)
	tb.wantStatus(http.StatusOK)
	if at := tb.address().Path; at != "/sign-in" {
		tb.t.Errorf("signing out leads to %s", at)
	}
}
