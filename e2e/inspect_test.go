//go:build e2e

package e2e

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axeSource is the accessibility checker. Evaluated by the debugger it is not held up by the page's content security policy.
var axeSource = sync.OnceValues(func() (string, error) {
	source, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
	return string(source), err
})

// runAxe gives one line for each violation of WCAG 2.2 A and AA and of good practice.
const runAxe = `axe.run(document, {
	runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}, resultTypes: ["violations"],
})` + lineEach

// runAxeOnLooks is runAxe with the rules that a page can break in another width or colour scheme alone.
const runAxeOnLooks = `axe.run(document, {
	runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]}, resultTypes: ["violations"],
})` + lineEach

const lineEach = `.then(r => r.violations.map(v => v.id + ": " + v.help + " at " + v.nodes.map(n => n.target.join(" ") + " (" + n.any.map(a => a.message).join("; ") + ")").join(", ")))`

// inspect checks what holds for all pages in each look: it can be read, and axe has nothing against it. Pictures get the name.
func (tb *tab) inspect(name string) {
	tb.t.Helper()
	axe := tb.axe()
	tb.eachLook(name, func(look string) {
		tb.wantReadable(look)
		axe(look)
	})
}

// eachLook looks at the page in the ways of its language, and then in the first of them again.
func (tb *tab) eachLook(name string, check func(look string)) {
	tb.t.Helper()
	looks := tb.looks()
	for _, l := range looks {
		tb.lookAt(l)
		check(name + "." + l.String())
	}
	tb.lookAt(looks[0])
}

// axe is a check by the accessibility checker: with all rules the first time, and from then on with those that can be broken in
// another look.
func (tb *tab) axe() func(look string) {
	tb.t.Helper()
	source, err := axeSource()
	if err != nil {
		tool(tb.t, "axe-core/axe.min.js")
		tb.t.Fatal(err)
	}
	eval[int](tb, source+";0")
	rules := runAxe
	return func(look string) {
		tb.t.Helper()
		for _, violation := range eval[[]string](tb, rules) {
			tb.t.Errorf("%s: axe: %s", look, violation)
		}
		rules = runAxeOnLooks
	}
}

// wantReadable looks at the page as it is: it has one heading of the first level, nothing sticks out of it, and the texts of charts
// can be read.
func (tb *tab) wantReadable(look string) {
	tb.t.Helper()
	if headings := tb.count("h1"); headings != 1 {
		tb.t.Errorf("%s: %d headings of the first level", look, headings)
	}
	if tooWide := eval[string](tb, widest); tooWide != "" {
		tb.t.Errorf("%s: the page is too wide: %s", look, tooWide)
	}
	tb.wantLegibleCharts(look)
	tb.screenshot(look)
}

// onPaper looks at the page as it is printed and, where pictures are asked for, in forced colours and without colour. What axe sees is the
// same there.
func (tb *tab) onPaper(name string) {
	tb.t.Helper()
	tb.do(chromedp.EmulateViewport(1280, 900))
	tb.media("print", "", "")
	tb.wantLegibleCharts(name + " on paper")
	tb.screenshot(name + ".print")
	tb.media("", "", "")
	if !*takePictures {
		return
	}
	tb.media("", "forced-colors", "active")
	tb.screenshot(name + ".forced")
	tb.media("", "", "")
	tb.vision(emulation.SetEmulatedVisionDeficiencyTypeAchromatopsia)
	tb.screenshot(name + ".grey")
	tb.vision(emulation.SetEmulatedVisionDeficiencyTypeNone)
}

// wantLegibleCharts measures every text of every chart as the browser has set it: none leaves its drawing, none covers another.
func (tb *tab) wantLegibleCharts(name string) {
	tb.t.Helper()
	for _, trouble := range eval[[]string](tb, illegible) {
		tb.t.Errorf("%s: %s", name, trouble)
	}
}

// illegible lists what is wrong with the texts of charts. Boxes are those of the letters, a little less than the line's height, and a
// pixel is allowed for rounding.
const illegible = `(() => {
	const found = [], slack = 1;
	for (const svg of document.querySelectorAll("svg.chart")) {
		const frame = svg.getBoundingClientRect();
		if (!frame.width) continue;
		const texts = [...svg.querySelectorAll("text")].filter(e => e.getClientRects().length).map(e => {
			const r = e.getBoundingClientRect(), trim = r.height * 0.12;
			return {text: e.textContent, left: r.left, right: r.right, top: r.top + trim, bottom: r.bottom - trim};
		});
		texts.forEach((a, i) => {
			if (a.left < frame.left - slack || a.right > frame.right + slack || a.top < frame.top - slack || a.bottom > frame.bottom + slack)
				found.push("the label “" + a.text + "” leaves its chart of " + Math.round(frame.width) + " px");
			for (const b of texts.slice(0, i))
				if (a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack)
					found.push("“" + a.text + "” covers “" + b.text + "” at " + Math.round(frame.width) + " px");
		});
	}
	return found;
})()`

// widest says how wide a page is that is wider than the screen, and names the elements that stick out of it on the right. In regions
// that scroll by themselves only what is positioned can do so.
const widest = `document.scrollingElement.scrollWidth <= innerWidth ? "" : document.scrollingElement.scrollWidth + " px: " + [...document.body.querySelectorAll("*")]
	.filter(e => e.getBoundingClientRect().right > innerWidth + 1 && (getComputedStyle(e).position === "absolute" || !e.parentElement.closest(".scroll")))
	.slice(0, 5).map(e => e.tagName + "." + (e.getAttribute("class") ?? "") + " " + (e.textContent ?? "").trim().slice(0, 40)).join(" | ")`

// fileName makes a name for artifacts of a path.
func fileName(path string) string {
	name := strings.NewReplacer("/programs/", "", "/", "-", "?", "-", "=", "", "&", "-").Replace(strings.TrimPrefix(path, "/programs"))
	if name = strings.Trim(name, "-"); name == "" {
		return "programs"
	}
	return name
}

func TestFileNames(t *testing.T) {
	for path, want := range map[string]string{
		"/": "programs", "/programs/live/items": "live-items", "/programs/live?as_of=2024-03-12&lang=en": "live-as_of2024-03-12-langen",
	} {
		if got := fileName(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
