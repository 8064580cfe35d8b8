//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"tenggat/internal/i18n"
)

// Every part in every state, in both languages: accessible, legible at every width between a phone and a wall, in light, dark, forced
// colours, grey and on paper.
func TestStyleguide(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Langs() {
		tb := newTab(t, theDemo(t)).open("/styleguide?lang=" + l.Tag())
		tb.wantStatus(http.StatusOK)
		name := "styleguide." + l.Tag()
		tb.inspect(name)
		for _, width := range []int64{320, 360, 460, 559, 640, 768, 1024, 1280, 1600} {
			tb.do(chromedp.EmulateViewport(width, 900))
			tb.wantLegibleCharts(fmt.Sprintf("%s at %d px", name, width))
		}
		tb.onPaper(name)
	}
}

// With the widest letters that a reader may choose the texts of charts are no wider than the server reckons.
func TestTextsAreNoWiderThanReckoned(t *testing.T) {
	tb := newTab(t, theDemo(t)).open("/styleguide?lang=en")
	tb.do(chromedp.EmulateViewport(320, 900))
	tb.wantLegibleCharts("with the fonts of this machine")
	wide := eval[bool](tb, `document.fonts.check("13px 'DejaVu Sans'")`)
	eval[int](tb, `(() => { for (const t of document.querySelectorAll("svg.chart text")) t.style.fontFamily = "'DejaVu Sans', Verdana"; return 0 })()`)
	if wide {
		tb.wantLegibleCharts("with wide letters")
	}
}

// media makes the page look as for a medium, or for a reader with a preference; empty ends it.
func (tb *tab) media(medium, feature, value string) {
	tb.t.Helper()
	p := emulation.SetEmulatedMediaParams{Media: medium}
	if feature != "" {
		p.Features = []*emulation.MediaFeature{{Name: feature, Value: value}}
	}
	run(tb, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, p)
		return chromedp.Void{}, err
	})
}

// vision shows the page as somebody with another eyesight sees it.
func (tb *tab) vision(kind emulation.SetEmulatedVisionDeficiencyType) {
	tb.t.Helper()
	run(tb, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedVisionDeficiency, emulation.SetEmulatedVisionDeficiencyParams{Type: kind})
		return chromedp.Void{}, err
	})
}
