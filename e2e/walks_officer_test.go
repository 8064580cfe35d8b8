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
	yesterday, nextWeek := typed(time.Now().AddDate(0, 0, -1)), typed(time.Now().AddDate(0, 0, 7))
	letter := func(number string) [][2]string {
		return [][2]string{{"letter_number", number}, {"letter_date", "03122024"}, {"issuer", "Directorate"}, {"document", "Green folder"}}
	}
	tb.readsThePast()
	tb.filtersItems()
	tb.does(
		deed{page: "/statements", link: "/statements/new", says: "Said " + how, fields: [][2]string{
			{"speaker", "Head of the directorate"}, {"side", "regulator"}, {"number", "30"}, {"stated_on", "03122024"}, {"published_on", "03122024"}, {"source", "A newspaper"}, {"words", "Said " + how},
		}},
		deed{page: "/share", link: "/share/card?", fields: [][2]string{{"speaker", "Spokesperson"}, {"side", "operator"}}, says: i18n.English.T(i18n.CardFiled)},
		deed{page: "/evidence", link: "/" + demo.LiveEvidence + "/review", fields: [][2]string{{"outcome", " "}, {"done", "1000"}}, says: "1,000"},
		deed{page: "/deadlines", link: "/deadlines/new", says: "until June, " + how, fields: [][2]string{
			{"key", "D9"}, {"date", "06302099"}, {"stated", "until June, " + how}, {"announced_on", yesterday}, {"announced_by", "Directorate"}, {"document", "Letter 9"}, {"binding", "no"},
		}},
		deed{page: "/deadlines", link: "/deadlines/binding", fields: [][2]string{{"deadline", "17 D"}, {"reason", "Bound " + how}}, says: "Bound " + how},
		deed{page: "/deadlines", link: "/override", says: "Judged " + how, fields: [][2]string{
			{"verdict", "Needs"}, {"by", "Steering committee"}, {"until", nextWeek}, {"reason", "Judged " + how},
		}},
		deed{page: "/deadlines", link: "/acceptances/new", fields: append([][2]string{{"covers_each-P2", " "}}, letter("Letter "+how)...), again: true, says: "Letter " + how, in: "#acceptances"},
		deed{page: "/deadlines", link: "/sanctions/new", fields: append([][2]string{{"number", " "}, {"outcome", " "}}, letter("Warning "+how)...), again: true, says: "Warning " + how},
		deed{page: "/aftercare", link: "/audits/new", fields: [][2]string{{"duties_each", " "}, {"due", "01312099"}}, says: "31 January 2099"},
		deed{page: "/aftercare", link: "/result", again: true, says: "Seen " + how, in: "#audits", fields: [][2]string{
			{"result", " "}, {"held_on", "03122024"}, {"auditor", "Audit firm"}, {"finding", "Seen " + how}, {"document", "Blue folder"},
		}},
		deed{page: "/aftercare", link: "/audits/change", says: "Changed " + how, fields: [][2]string{
			{"duties_each", " "}, {"changed_on", yesterday}, {"change", "Changed " + how}, {"due", "02282099"},
		}},
	)
	tb.signsAReport("Directorate " + how)
	tb.subscribes()
	tb.releases("Released " + how)
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

// signsAReport after looking it through.
func (tb *tab) signsAReport(office string) {
	tb.t.Helper()
	tb.open("/programs/" + demo.Live + "/reports?lang=en")
	tb.press(`main a[href*="/reports/new"]`)
	tb.fill("to", typed(time.Now().AddDate(0, 0, -1))) // a day that is over: the jobs report on meanwhile
	tb.fill("office", office)
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.ticks("confirm")
	tb.press(`main button[value="sign"]`)
	tb.wantStatus(http.StatusOK)
	tb.wantText("main", office)
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
