//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tenggat/internal/access"
	"tenggat/internal/demo"
)

const theChart = "#chart-plot"

// The cross-hair goes from row to row of the data table by keyboard, shows and says what stands there, and goes away with Escape.
func TestCrossHairByKeyboard(t *testing.T) {
	tb := newTab(t, theDemo(t)).signedIn(as(t, access.Executive)).open("/programs/" + demo.Replay + "?as_of=2024-03-12&lang=en")
	rows := eval[[][]string](tb, `[...document.querySelectorAll("#chart-plot ~ .folds tr[data-x], figure:has(#chart-plot) tr[data-x]")].map(r => [...r.cells].map(c => c.textContent.trim()))`)
	if len(rows) < 5 {
		t.Fatalf("%d rows", len(rows))
	}
	wants := func(i int) {
		t.Helper()
		said := eval[string](tb, fmt.Sprintf(`document.querySelector(%q).getAttribute("aria-valuetext")`, theChart))
		shown := tb.text(".hair:not([hidden])")
		for _, cell := range rows[i] {
			if !strings.Contains(said, cell) || !strings.Contains(shown, cell) {
				t.Errorf("row %d: %q is said and %q shown, want %q in both", i, said, shown, cell)
			}
		}
	}
	tb.tabTo(theChart)
	wants(len(rows) - 1)
	tb.do(chromedp.KeyEvent(kb.ArrowLeft))
	wants(len(rows) - 2)
	tb.do(chromedp.KeyEvent(kb.Home))
	tb.do(chromedp.KeyEvent(kb.ArrowLeft))
	wants(0)
	tb.do(chromedp.KeyEvent(kb.ArrowRight))
	wants(1)
	tb.do(chromedp.KeyEvent(kb.Escape))
	if tb.count(".hair:not([hidden])") != 0 {
		t.Error("Escape leaves the cross-hair")
	}
	tb.inspect("overview.cross-hair")
}

// The pointer finds the nearest row, and the cross-hair stands where that row is drawn.
func TestCrossHairByPointer(t *testing.T) {
	tb := newTab(t, theDemo(t)).signedIn(as(t, access.Executive)).open("/programs/" + demo.Replay + "?as_of=2024-03-12&lang=id")
	for _, width := range []int64{320, 1280} {
		tb.do(chromedp.EmulateViewport(width, 900))
		got := eval[[]string](tb, `(() => {
			const plot = document.querySelector("#chart-plot"), row = [...plot.closest("figure").querySelectorAll("tr[data-x]")][4];
			plot.scrollIntoView();
			const frame = plot.getBoundingClientRect(), x = frame.left + frame.width * row.dataset.x / 100;
			plot.dispatchEvent(new PointerEvent("pointermove", {bubbles: true, clientX: x + 1, clientY: frame.top + 90}));
			const hair = document.querySelector(".hair"), note = hair.querySelector("dl").getBoundingClientRect();
			return [row.cells[0].textContent, hair.querySelector("dd").textContent, String(Math.abs(hair.getBoundingClientRect().left - x) < 2), String(note.left >= 0 && note.right <= innerWidth)];
		})()`)
		if got[0] != got[1] || got[2] != "true" || got[3] != "true" {
			t.Errorf("at %d px: row %q, shown %q, in its place: %s, in view: %s", width, got[0], got[1], got[2], got[3])
		}
		if wide := eval[int64](tb, `document.scrollingElement.scrollWidth`); wide > width {
			t.Errorf("the cross-hair widens the page to %d px", wide)
		}
	}
}

// Without script a chart is no control, and its table is there all the same.
func TestChartsWithoutScript(t *testing.T) {
	tb := newTab(t, theDemo(t)).signedIn(as(t, access.Executive)).withoutScript().open("/programs/" + demo.Replay + "?as_of=2024-03-12")
	if tb.count(".hair") != 0 || tb.count(`.plot[role="slider"]`) != 0 || tb.count("#chart-plot svg[role=img]") != 1 || tb.count("figure tr[data-x]") < 5 {
		t.Error("a control that does nothing, or no picture or table")
	}
}

// The overview is light: what it takes over the wire, with the script and without.
func TestOverviewIsLight(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/programs/" + demo.Replay + "?as_of=2024-03-12", "/programs/" + demo.Live, "/programs/" + demo.TaxNumbers, "/programs/" + demo.ChipCards} {
		for _, c := range []struct {
			script          bool
			bytes, requests int
		}{{false, 20_000, 4}, {true, 45_000, 5}} {
			tb := newTab(t, theDemo(t)).signedIn(as(t, access.Executive))
			if !c.script {
				tb.withoutScript()
			}
			tb.open(path)
			tb.eventuallyOn(`performance.getEntriesByType("navigation")[0].loadEventEnd > 0`)
			tb.mu.Lock()
			sizes := slices.Clone(tb.carried)
			tb.mu.Unlock()
			sum := 0
			for _, size := range sizes {
				sum += size
			}
			if sum > c.bytes || len(sizes) > c.requests || sum < 5_000 {
				t.Errorf("%s, script %v: %d bytes in %d requests (%v), want at most %d in %d", path, c.script, sum, len(sizes), sizes, c.bytes, c.requests)
			}
		}
	}
}
