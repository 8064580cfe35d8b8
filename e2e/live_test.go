//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"tenggat/internal/i18n"
)

// twoProcesses are two servers on one database, with the office's program and people.
func twoProcesses(t *testing.T) (one, two *program) {
	t.Helper()
	env := []string{"DATABASE_URL=" + bareDatabase(t)}
	command(t, env, "", "schema", "up").ok(t)
	one, two = launchFor(t, "", env, "serve"), launchFor(t, "", env, "serve")
	openOffice(t, one)
	return one, two
}

// liveOffice is an open overview of the office's program at one process, and a job that reports to the other.
type liveOffice struct {
	*tab
	job  visitor
	sent int
}

func openLive(t *testing.T) *liveOffice {
	t.Helper()
	one, two := twoProcesses(t)
	o := &liveOffice{job: visitor{program: one, token: issue(t, one, officeProgram, "loader").Token}}
	o.report(t, 10)
	o.tab = newTab(t, two).signedIn(reader(t, two)).open("/programs/" + officeProgram + "?lang=en")
	o.eventuallyOn(`document.getElementById("live-state").textContent !== ""`)
	return o
}

// report says how much of both milestones is done.
func (o *liveOffice) report(t *testing.T, done int) {
	t.Helper()
	for _, milestone := range []string{"U1", "P1"} {
		o.sent++
		body := fmt.Sprintf(`{"event_id":"live/%d","observed_at":%q,"done":%d,"total":100}`, o.sent, time.Now().UTC().Format(time.RFC3339Nano), done)
		o.job.report(t, officeProgram, milestone, body).want(t, http.StatusCreated)
	}
}

func percentShown(done int) string {
	return fmt.Sprintf(`document.querySelector(".key-number").textContent.includes("%d%%")`, done)
}

// A report taken by one process appears on a page that is open at another, without a hand being moved, and is announced. Nothing
// that the reader opened is closed again.
func TestOpenPageShowsNewReports(t *testing.T) {
	o := openLive(t)
	eval[bool](o.tab, `(document.querySelectorAll("main details")[0].open = true, window.kept = document.querySelector("h2"), true)`)
	began := time.Now()
	o.report(t, 20)
	o.eventuallyOn(percentShown(20))
	t.Logf("shown %s after the first of two reports was sent", time.Since(began).Round(10*time.Millisecond))
	if said := o.text("#live-status"); !strings.HasPrefix(said, "New data: ") || !strings.Contains(said, "20%") {
		t.Errorf("announced: %q", said)
	}
	if title := eval[string](o.tab, `document.title`); !strings.HasPrefix(title, "20%") {
		t.Errorf("the title still says %q", title)
	}
	if !eval[bool](o.tab, `document.querySelectorAll("main details")[0].open && window.kept.isConnected`) {
		t.Error("what had not changed was torn down, or a part was closed")
	}
}

// While somebody types, has scrolled or has marked words, nothing moves: the page only offers what is new.
func TestOpenPageMovesNothingUnderTheReader(t *testing.T) {
	o := openLive(t)
	done := 20
	for name, c := range map[string]struct{ begin, end string }{
		"scrolled":   {`(window.scrollTo(0, 600), true)`, `(window.scrollTo(0, 0), true)`},
		"marked":     {`(getSelection().selectAllChildren(document.querySelector("h1")), true)`, `(getSelection().removeAllRanges(), true)`},
		"in a field": {`(document.querySelector(".stepper details").open = true, document.querySelector(".stepper [type=date]").focus(), true)`, `(document.activeElement.blur(), true)`},
	} {
		t.Run(name, func(t *testing.T) {
			eval[bool](o.tab, c.begin)
			before, at := o.text(".key-number"), eval[float64](o.tab, `scrollY`)
			o.report(t, done)
			o.eventuallyOn(`!document.getElementById("live-show").hidden`)
			if got, now := o.text(".key-number"), eval[float64](o.tab, `scrollY`); got != before || now != at {
				t.Errorf("the page moved: %s at %v, before %s at %v", got, now, before, at)
			}
			if !eval[bool](o.tab, `(() => { const r = document.getElementById("live-show").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`) {
				t.Error("the offer is out of sight")
			}
			o.do(chromedp.Click(chromedp.CSS("#live-show")))
			o.eventuallyOn(percentShown(done))
			eval[bool](o.tab, c.end)
			done++
		})
	}
}

// What is said of new data, or offered, takes no room on the page, on a phone or on a desk: the page begins where it did.
func TestNewsTakesNoRoom(t *testing.T) {
	o := openLive(t)
	done := 40
	o.report(t, done)
	o.eventuallyOn(percentShown(done))
	const begins = `document.getElementById("content").offsetTop + " " + document.getElementById("live").offsetHeight`
	for _, width := range []int64{320, 768, 1280} {
		o.do(chromedp.EmulateViewport(width, 900))
		o.open("/programs/" + officeProgram + "?lang=en")
		before := eval[string](o.tab, begins)
		done++
		o.report(t, done)
		o.eventuallyOn(percentShown(done) + ` && document.getElementById("live-status").textContent !== ""`)
		if now := eval[string](o.tab, begins); now != before {
			t.Errorf("at %d px: the news has moved the page from %s to %s", width, before, now)
		}
		eval[bool](o.tab, `(document.querySelector(".stepper details").open = true, document.querySelector(".stepper [type=date]").focus(), true)`)
		before = eval[string](o.tab, begins)
		done++
		o.report(t, done)
		o.eventuallyOn(`!document.getElementById("live-show").hidden`)
		if now := eval[string](o.tab, begins); now != before {
			t.Errorf("at %d px: the offer has moved the page from %s to %s", width, before, now)
		}
		o.inspect(fmt.Sprintf("overview.offer.%d", width))
	}
}

// Paused, a page stays as it is, in the next page too, until it is resumed.
func TestPausing(t *testing.T) {
	o := openLive(t)
	o.do(chromedp.Click(chromedp.CSS("#live-pause")))
	o.wantText("#live", i18n.English.T(i18n.LivePaused))
	o.report(t, 20)
	o.open("/programs/" + officeProgram + "?lang=en")
	o.wantText("#live", i18n.English.T(i18n.LivePaused))
	o.report(t, 30)
	time.Sleep(3 * time.Second)
	o.wantText(".key-number", "20%")
	o.do(chromedp.Click(chromedp.CSS("#live-pause")))
	o.eventuallyOn(percentShown(30))
}

// A page whose session has ended says so and stops; one whose server went says when its data are of.
func TestOpenPageThatLosesItsSession(t *testing.T) {
	o := openLive(t)
	visitor{program: o.program, session: o.program.sessions[officeReader]}.post(t, "/sign-out", nil).want(t, http.StatusSeeOther)
	delete(o.program.sessions, officeReader)
	o.eventuallyOn(fmt.Sprintf(`document.getElementById("live-status").textContent === %q`, i18n.English.T(i18n.LiveSignedOut)))
	if o.count("#live-pause:not([hidden])") > 0 || o.count("#live-reload:not([hidden])") != 1 {
		t.Error("the page offers to pause what is over, or no way to sign in again")
	}
}

// The page with its script weighs little.
func TestWeightOfALivePage(t *testing.T) {
	o := openLive(t)
	run(o.tab, func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		return chromedp.Void{}, err
	})
	o.open("/programs/" + officeProgram)
	sizes := eval[[]string](o.tab, `[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].filter(e => e.initiatorType !== "eventsource").map(e => e.name + " " + e.transferSize)`)
	sum := 0
	for _, s := range sizes {
		n, err := strconv.Atoi(s[strings.LastIndexByte(s, ' ')+1:])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	t.Logf("%d bytes: %v", sum, sizes)
	if sum == 0 || sum > 45_000 {
		t.Errorf("%d bytes over the wire, want at most 45,000: %v", sum, sizes)
	}
}
