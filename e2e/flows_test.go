//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/i18n"
)

// The milestones of the live program on which people report; no simulated job interferes.
const (
	byKeyboard = "/programs/" + demo.Live + "/milestones/U3"
	byTwo      = "/programs/" + demo.Live + "/milestones/M2"
)

const (
	submit  = `main form[method="post"] button[type="submit"]`
	notice  = `main [role="status"]`
	summary = `[role="alert"]`
)

// Somebody who has only a keyboard signs in and comes to the overview of the real case.
func TestSigningInByKeyboard(t *testing.T) {
	executive := account(t, access.Executive)
	tb := newTab(t, theDemo(t)).open("/")
	if tb.address().Path != "/sign-in" {
		t.Fatalf("a stranger is led to %s", tb.address())
	}
	tb.fill("email", executive.Email)
	tb.fill("password", "not the password")
	tb.press(submit)
	tb.wantStatus(http.StatusUnprocessableEntity)
	if tb.value("email") != executive.Email || tb.value("password") != "" {
		t.Errorf("after a refusal the form holds %q and a password: %t", tb.value("email"), tb.value("password") != "")
	}
	tb.inspect("sign-in.refused.id")

	tb.fill("password", executive.Password)
	tb.press(submit)
	if tb.address().Path != "/" {
		t.Fatalf("after signing in: %s: %s", tb.address(), tb.text("main"))
	}
	tb.press(`main a[href^="/programs/` + demo.Replay + `"]`)
	tb.wantStatus(http.StatusOK)
	tb.wantText(".key-number", "100%")
	tb.press(`a[rel="prev"]`)
	if tb.count(".stepper.past") != 1 {
		t.Error("the page does not say that it shows the past")
	}
	tb.press(`.masthead form button`)
	if tb.address().Path != "/sign-in" {
		t.Errorf("after signing out: %s", tb.address())
	}
}

// A signed-out reader who goes back sees nothing of what was there.
func TestSigningOutAndGoingBack(t *testing.T) {
	regulator := account(t, access.Regulator)
	p := theDemo(t)
	tb := newTab(t, p).signedIn(visitor{program: p, session: p.newSession(t, regulator.Email, regulator.Password)})
	tb.open("/programs/" + demo.Replay + "?as_of=2024-03-12")
	tb.wantText("h1", "87%")
	tb.follow(chromedp.Click(chromedp.CSS(`.masthead form button`)))
	if tb.address().Path != "/sign-in" {
		t.Fatalf("signing out leads to %s", tb.address())
	}
	before := tb.address().String()
	eval[bool](tb, `(setTimeout(() => history.back()), true)`)
	tb.eventuallyOn(fmt.Sprintf(`document.readyState === "complete" && location.href !== %q`, before))
	if shown := tb.text("body"); strings.Contains(shown, "87%") || tb.count(".key-number") > 0 || tb.count("#password") != 1 {
		t.Errorf("going back after signing out shows: %s", shown)
	}
}

// An engineer updates a milestone by keyboard alone, with and without scripts.
func TestUpdatingAMilestone(t *testing.T) {
	for _, how := range []string{"with script", "without script"} {
		t.Run(how, func(t *testing.T) {
			tb := newTab(t, theDemo(t)).signedIn(as(t, access.Engineer))
			if how == "without script" {
				tb.withoutScript()
			}
			tb.open(byKeyboard + "?lang=en")
			tb.press(`main a.button[href*="/update"]`)
			next := number(t, tb.value("done")) + 1
			tb.fill("done", strconv.Itoa(next))
			tb.fill("note", "Counted by hand "+how)
			tb.press(submit)
			tb.wantStatus(http.StatusOK)
			if tb.address().Path != byKeyboard {
				t.Fatalf("after saving: %s: %s", tb.address(), tb.text("main"))
			}
			tb.wantText(notice, strconv.Itoa(next))
			tb.wantText("#history tbody tr", strconv.Itoa(next))
			tb.wantText("#history tbody tr", "Counted by hand "+how)
			tb.follow(chromedp.Reload())
			tb.wantText("#history tbody tr", strconv.Itoa(next))
		})
	}
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A lower value without a reason comes back with all that was typed; with one it is recorded as a correction.
func TestLoweringAValue(t *testing.T) {
	tb := newTab(t, theDemo(t)).signedIn(as(t, access.Engineer)).open(byKeyboard + "/update?lang=en")
	lower, total := number(t, tb.value("done"))-1, tb.value("total")
	tb.fill("done", strconv.Itoa(lower))
	tb.fill("note", "Counted <again> & \"again\"")
	tb.press(submit)
	tb.wantStatus(http.StatusUnprocessableEntity)
	tb.wantText(summary, "reason")
	if tb.value("done") != strconv.Itoa(lower) || tb.value("total") != total || tb.value("note") != "Counted <again> & \"again\"" {
		t.Errorf("the form has forgotten: done %q, total %q, note %q", tb.value("done"), tb.value("total"), tb.value("note"))
	}
	tb.inspect("update.lower.en")

	tb.follow(chromedp.Navigate(tb.program.url + byKeyboard + "/update?lang=en"))
	tb.fill("done", strconv.Itoa(lower))
	tb.fill("reason", "One check was counted twice")
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText(notice, strconv.Itoa(lower))
	tb.wantText("#history tbody tr", "One check was counted twice")
	tb.wantText("#history tbody tr", i18n.English.T(i18n.MilestoneCorrection))
}

// What cannot be: the form says which field, leads to it, and keeps what was typed.
func TestMistakesInTheForm(t *testing.T) {
	tb := newTab(t, theDemo(t)).signedIn(as(t, access.Engineer))
	for _, wrong := range []string{"", "abc", "-1", "1e3", "99999", "1.5"} {
		tb.open(byTwo + "/update?lang=en")
		eval[bool](tb, fmt.Sprintf(`(document.getElementById("done").value = %q, true)`, wrong))
		tb.follow(chromedp.Click(chromedp.CSS(submit)))
		tb.wantStatus(http.StatusUnprocessableEntity)
		if tb.value("done") != wrong {
			t.Errorf("%q has become %q", wrong, tb.value("done"))
		}
		if href := eval[string](tb, `document.querySelector('[role="alert"] a').hash`); href != "#done" {
			t.Errorf("%q: the summary leads to %q", wrong, href)
		}
		if described := eval[string](tb, `document.getElementById("done").getAttribute("aria-describedby")`); !strings.Contains(described, "done-error") {
			t.Errorf("%q: the field is described by %q", wrong, described)
		}
	}
}

// Two engineers open the same form. The second sees both values and decides.
func TestConflict(t *testing.T) {
	p, engineer := theDemo(t), as(t, access.Engineer)
	first, second := newTab(t, p).signedIn(engineer), newTab(t, p).signedIn(engineer)
	first.open(byTwo + "/update?lang=en")
	second.open(byTwo + "/update?lang=en")
	done := number(t, first.value("done"))

	first.fill("done", strconv.Itoa(done+1))
	first.press(submit)
	first.wantStatus(http.StatusOK)

	second.fill("done", strconv.Itoa(done+3))
	second.fill("note", "My own count")
	second.press(submit)
	second.wantStatus(http.StatusConflict)
	for _, part := range []string{strconv.Itoa(done + 1), strconv.Itoa(done + 3), "My own count"} {
		second.wantText("main", part)
	}
	second.inspect("conflict.en")
	second.press(submit)
	second.wantStatus(http.StatusOK)
	second.wantText(notice, strconv.Itoa(done+3))
	second.wantText("#history tbody tr", "My own count")
}

// The same form sent twice has one effect.
func TestDoubleSubmit(t *testing.T) {
	engineer := as(t, access.Engineer)
	page := engineer.get(t, byKeyboard+"/update?lang=en").want(t, http.StatusOK).body
	field := func(name string) string { return within(within(page, ` name="`+name+`"`, ">"), `value="`, `"`) }
	form := url.Values{"event_id": {field("event_id")}, "entry": {field("entry")}, "total": {field("total")}, "done": {strconv.Itoa(number(t, field("done")) + 1)}, "note": {"Sent twice"}}
	for range 2 {
		engineer.post(t, byKeyboard+"/update", form).want(t, http.StatusSeeOther)
	}
	if times := strings.Count(engineer.get(t, byKeyboard).want(t, http.StatusOK).body, "Sent twice"); times != 1 {
		t.Errorf("the update stands in the history %d times", times)
	}
}

// An engineer raises a blocker, which is then among the outstanding items, and closes it, after which it is among the closed.
func TestRaisingAndClosingABlocker(t *testing.T) {
	const title = "The test certificate has run out"
	tb := newTab(t, theDemo(t)).signedIn(as(t, access.Engineer)).open("/programs/" + demo.Live + "/items?lang=en")
	tb.press(`main a[href*="/items/new"]`)
	tb.press(submit)
	tb.wantStatus(http.StatusUnprocessableEntity)
	tb.inspect("blocker.refused.en")

	tb.fill("title", title)
	tb.tabTo("#milestone")
	tb.do(chromedp.KeyEvent("P3"))
	tb.fill("waits_on", "Certificate authority")
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText(notice, i18n.English.T(i18n.NoticeRaised))
	tb.wantText("main table", title)
	tb.wantText("main table", "Certificate authority")

	// By its address: a page that is live puts new elements in the place of the old ones.
	mine := eval[string](tb, fmt.Sprintf(`[...document.querySelectorAll('main a[href*="/close"]')].find(a => a.closest("span, li").innerText.includes(%q)).getAttribute("href")`, title))
	tb.press(fmt.Sprintf(`main a[href=%q]`, mine))
	tb.wantText("main", title)
	tb.press(submit)
	tb.wantStatus(http.StatusUnprocessableEntity)
	tb.inspect("close.refused.en")
	tb.fill("resolution", "A new certificate was issued")
	tb.press(submit)
	tb.wantStatus(http.StatusOK)
	tb.wantText(notice, i18n.English.T(i18n.NoticeClosed))
	if open := tb.text("main .table"); strings.Contains(open, title) {
		t.Errorf("the closed blocker is still outstanding: %s", open)
	}
	closed := eval[string](tb, `document.querySelector("main details").textContent`)
	if !strings.Contains(closed, title) || !strings.Contains(closed, "A new certificate was issued") {
		t.Errorf("the closed items: %s", closed)
	}
}

// The language switch stays on the page and at its moment, and is kept.
func TestSwitchingTheLanguage(t *testing.T) {
	tb := newTab(t, theDemo(t)).signedIn(as(t, access.Executive)).open("/programs/" + demo.Replay + "/items?as_of=2024-03-12")
	tb.wantText("h1", i18n.Indonesian.T(i18n.ItemsTitle))
	for _, l := range []i18n.Lang{i18n.English, i18n.Indonesian, i18n.English} {
		tb.press(`.languages a[lang="` + l.Tag() + `"]`)
		at := tb.address()
		if at.Path != "/programs/"+demo.Replay+"/items" || at.Query().Get("as_of") != "2024-03-12" || eval[string](tb, `document.documentElement.lang`) != l.Tag() {
			t.Fatalf("switching to %s leads to %s", l.Name(), at)
		}
		tb.wantText("h1", l.T(i18n.ItemsTitle))
	}
	tb.open("/programs/" + demo.Replay + "/milestones")
	tb.wantText("h1", i18n.English.T(i18n.MilestonesTitle))
}

// A regulator reads its programs, finds nothing on any page that writes, its own session and feeds aside, and is refused where it is tried
// anyway.
func TestRegulatorOnlyReads(t *testing.T) {
	regulator := as(t, access.Regulator)
	for _, v := range visits(t) {
		if v.role != access.Regulator || v.status != http.StatusOK {
			continue
		}
		page := regulator.get(t, v.path).want(t, http.StatusOK).body
		for _, form := range strings.Split(page, "<form")[1:] {
			tag, _, _ := strings.Cut(form, ">")
			if !strings.Contains(tag, `method="get"`) && !strings.Contains(tag, `action="/sign-out"`) && !strings.Contains(tag, `action="/theme"`) && !strings.Contains(tag, "/feeds") {
				t.Errorf("%s has a form that writes: <form%.200s", v.path, form)
			}
		}
		for _, part := range []string{"/update", "/items/new", "/close ", "/statements/new", "/deadlines/new", "/override"} {
			if strings.Contains(offers(page)+" ", part) {
				t.Errorf("%s leads to %s", v.path, part)
			}
		}
	}
	entry := func() string { return regulator.get(t, "/api/v1/programs/"+demo.Replay).want(t, http.StatusOK).body }
	before := entry()
	for _, r := range jsonOf[routesJSON](t, theDemo(t).run(t, "routes", "--json")).Routes {
		if r.Method == http.MethodGet || slices.Contains(r.Roles, string(access.Regulator)) || r.Door == "public" {
			continue
		}
		path := strings.NewReplacer(":program", demo.Replay, ":milestone", "P4", ":item", "B1", ":token", "x", ":account", "x").Replace(r.Path)
		if a := regulator.post(t, path, url.Values{"done": {"100"}, "total": {"100"}}); a.StatusCode != http.StatusForbidden && a.StatusCode != http.StatusUnauthorized {
			t.Errorf("POST %s: status %d", path, a.StatusCode)
		}
	}
	if after := entry(); after != before {
		t.Errorf("a regulator has changed the program:\n%s\n%s", before, after)
	}
}

// A program that one is no member of cannot be told from one that does not exist.
func TestForeignProgramIsNotFound(t *testing.T) {
	regulator := as(t, access.Regulator)
	if list := regulator.get(t, "/").want(t, http.StatusOK).body; strings.Contains(list, demo.TaxNumbers) {
		t.Error("the list names a program of others")
	}
	as(t, access.Executive).get(t, "/programs/"+demo.TaxNumbers).want(t, http.StatusOK)
	for _, rest := range []string{"", "/timeline", "/milestones", "/milestones/A1", "/items", "/method"} {
		foreign := regulator.get(t, "/programs/"+demo.TaxNumbers+rest).want(t, http.StatusNotFound).body
		unknown := regulator.get(t, "/programs/no-such-program"+rest).want(t, http.StatusNotFound).body
		if a, b := withoutReference(foreign, demo.TaxNumbers), withoutReference(unknown, "no-such-program"); a != b {
			t.Errorf("%s: the two pages differ:\n%s\n%s", rest, a, b)
		}
	}
	regulator.get(t, "/api/v1/programs/"+demo.TaxNumbers+"/summary").want(t, http.StatusNotFound)
}

// withoutReference drops what is different each time: the request's id, and the address that was asked for.
func withoutReference(page, slug string) string {
	id := within(page, "<code>", "</code>")
	return strings.ReplaceAll(strings.ReplaceAll(page, id, ""), slug, "")
}

// A session that ended while a form was being filled in: after signing in again the input is there.
func TestInputSurvivesTheSession(t *testing.T) {
	engineer, p := account(t, access.Engineer), theDemo(t)
	v := visitor{program: p, session: p.newSession(t, engineer.Email, engineer.Password)}
	tb := newTab(t, p).signedIn(v).open(byTwo + "/update?lang=en")
	v.post(t, "/sign-out", nil).want(t, http.StatusSeeOther)
	tb.fill("note", "Typed before the session ended")
	tb.press(submit)
	if tb.address().Path != "/sign-in" {
		t.Fatalf("without a session: %s", tb.address())
	}
	tb.fill("email", engineer.Email)
	tb.fill("password", engineer.Password)
	tb.press(submit)
	if tb.address().Path != byTwo+"/update" || tb.value("note") != "Typed before the session ended" {
		t.Errorf("after signing in again: %s: %s", tb.address(), tb.text("main"))
	}
}
