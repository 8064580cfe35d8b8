//go:build e2e

package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tenggat/internal/i18n"
)

// theBrowser is one Chromium for all tests. A missing tool is a failure: `make test` installs it.
var theBrowser = shared(func() (context.Context, error) {
	path, err := chromium()
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "tenggat-e2e-browser-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], //nolint:gocritic // the defaults are an array
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1280, 900), chromedp.UserDataDir(profile),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocator, release := chromedp.NewExecAllocator(background, options...)
	ctx, cancel := chromedp.NewContext(allocator)
	closeLater(func() error {
		err := chromedp.Cancel(ctx)
		cancel()
		release()
		return errors.Join(err, os.RemoveAll(profile))
	})
	return ctx, chromedp.Do(ctx)
})

func chromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium on this machine: `make test` installs what the browser tests need")
}

// tool is a file of the page checks, which npm installs.
func tool(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join("..", "node_modules", name)
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v: `make test` installs what the page checks need", err)
	}
	return path
}

// tab is a browser tab with cookies of its own.
type tab struct {
	t       testing.TB
	ctx     context.Context
	program *program
	mu      sync.Mutex
	trouble []string
	carried []int    // bytes over the wire of each request that has ended
	posted  []string // the paths of the forms that were sent
}

// newTab opens a tab on the program. What the browser complains about fails the test when it ends.
func newTab(t testing.TB, p *program) *tab {
	t.Helper()
	tb := &tab{t: t, program: p}
	ctx, cancel := chromedp.NewContext(theBrowser(t), chromedp.WithNewBrowserContext(), chromedp.WithListener(tb.listen))
	tb.ctx = ctx
	if err := chromedp.Do(ctx); err != nil { // a tab lives as long as the context of its first action
		t.Fatal(err)
	}
	t.Cleanup(func() {
		err := chromedp.Cancel(ctx)
		cancel()
		if err != nil {
			t.Errorf("closing a tab: %v", err)
		}
		tb.t = t
		tb.wantNoTrouble()
	})
	tb.do(chromedp.EmulateViewport(1280, 900))
	return tb
}

// wantNoTrouble fails the test for what the browser has complained about so far.
func (tb *tab) wantNoTrouble() {
	tb.t.Helper()
	tb.mu.Lock()
	defer tb.mu.Unlock()
	for _, s := range tb.trouble {
		tb.t.Error("the browser complains: " + s)
	}
	tb.trouble = nil
}

// listen notes breaches of the content security policy, scripts that failed, files of the page that are missing and requests to
// other hosts.
func (tb *tab) listen(event any) {
	text := ""
	switch e := event.(type) {
	case *log.EventEntryAdded:
		missing := e.Entry.Source == log.EntrySourceNetwork && (strings.Contains(e.Entry.URL, "/static/") || strings.HasSuffix(e.Entry.URL, ".ico"))
		other := e.Entry.Source != log.EntrySourceNetwork && e.Entry.Level == log.EntryLevelError
		if missing || other || e.Entry.Source == log.EntrySourceSecurity {
			text = fmt.Sprintf("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		path, ours := strings.CutPrefix(e.Request.URL, tb.program.url+"/")
		if !ours && strings.HasPrefix(path, "http") {
			text = "a request leaves the host: " + path
		}
		if ours && e.Request.Method == http.MethodPost {
			tb.mu.Lock()
			tb.posted = append(tb.posted, "/"+strings.SplitN(path, "?", 2)[0])
			tb.mu.Unlock()
		}
	case *network.EventLoadingFinished:
		tb.mu.Lock()
		tb.carried = append(tb.carried, int(e.EncodedDataLength))
		tb.mu.Unlock()
	case *runtime.EventExceptionThrown:
		text = "exception: " + e.ExceptionDetails.Text
	}
	if text != "" {
		tb.mu.Lock()
		defer tb.mu.Unlock()
		tb.trouble = append(tb.trouble, text)
	}
}

// posts are the paths of the forms that were sent so far.
func (tb *tab) posts() []string {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	return slices.Clone(tb.posted)
}

// signedIn gives the tab a visitor's session.
func (tb *tab) signedIn(v visitor) *tab {
	tb.t.Helper()
	yes := true
	run(tb, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, network.SetCookie, network.SetCookieParams{
			Name: sessionCookie, Value: v.session, URL: tb.program.url, Path: "/", Secure: &yes, HTTPOnly: &yes, SameSite: network.CookieSameSiteLax,
		})
		return chromedp.Void{}, err
	})
	return tb
}

// run carries out one action and gives its value.
func run[T any](tb *tab, action chromedp.Action[T]) T {
	tb.t.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		tb.t.Fatal(err)
	}
	return value
}

func (tb *tab) do(action chromedp.Action[chromedp.Void]) {
	tb.t.Helper()
	run(tb, action)
}

// eval is the value of an expression on the page.
func eval[T any](tb *tab, expression string) T {
	tb.t.Helper()
	return run(tb, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// open goes to a path of the program.
func (tb *tab) open(path string) *tab {
	tb.t.Helper()
	tb.do(chromedp.Navigate(tb.program.url + path))
	return tb
}

// follow does what leads to another page and waits until that is there.
func (tb *tab) follow(action chromedp.Action[chromedp.Void]) {
	tb.t.Helper()
	run(tb, chromedp.WaitEvent(page.LoadEventFired, nil, action))
}

// status is the HTTP status of the page.
func (tb *tab) status() int {
	tb.t.Helper()
	return eval[int](tb, `performance.getEntriesByType("navigation")[0].responseStatus`)
}

// address is the page's path with its query.
func (tb *tab) address() *url.URL {
	tb.t.Helper()
	u, err := url.Parse(eval[string](tb, `location.href`))
	if err != nil {
		tb.t.Fatal(err)
	}
	return u
}

// text is what stands in the first element that matches, on one line; "" if there is none.
func (tb *tab) text(selector string) string {
	tb.t.Helper()
	return eval[string](tb, fmt.Sprintf(`(document.querySelector(%q)?.innerText ?? "").replace(/\s+/g, " ").trim()`, selector))
}

// count is how many elements match.
func (tb *tab) count(selector string) int {
	tb.t.Helper()
	return eval[int](tb, fmt.Sprintf(`document.querySelectorAll(%q).length`, selector))
}

// value is what stands in a field.
func (tb *tab) value(id string) string {
	tb.t.Helper()
	return eval[string](tb, fmt.Sprintf(`document.getElementById(%q).value`, id))
}

// wantStatus and wantText end the test where the page is not the one that was expected.
func (tb *tab) wantStatus(status int) {
	tb.t.Helper()
	if got := tb.status(); got != status {
		tb.t.Fatalf("%s: status %d, want %d: %s", tb.address(), got, status, tb.text("main"))
	}
}

func (tb *tab) wantText(selector, part string) {
	tb.t.Helper()
	if got := tb.text(selector); !strings.Contains(got, part) {
		tb.t.Fatalf("%s: %s says %q, want %q in it", tb.address(), selector, got, part)
	}
}

// tabTo presses the tab key until the first element that matches has the focus, which must be visible there.
func (tb *tab) tabTo(selector string) {
	tb.t.Helper()
	const furthest = 200
	for range furthest {
		tb.do(chromedp.KeyEvent(kb.Tab))
		if !eval[bool](tb, fmt.Sprintf(`document.activeElement === document.querySelector(%q)`, selector)) {
			continue
		}
		if !eval[bool](tb, focusShows) {
			tb.t.Errorf("%s: nothing shows that %s has the focus", tb.address(), selector)
		}
		return
	}
	tb.t.Fatalf("%s: the tab key does not lead to %s", tb.address(), selector)
}

// focusShows: the element is in view and has an outline or a shadow.
const focusShows = `(() => {
	const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
	const drawn = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none";
	return drawn && r.bottom > 0 && r.top < innerHeight;
})()`

// fill goes to a field by the tab key, which selects what stands in it, and types.
func (tb *tab) fill(id, text string) {
	tb.t.Helper()
	tb.tabTo("#" + id)
	tb.do(chromedp.KeyEvent(text))
}

// press goes to a link or button by the tab key and presses Enter.
func (tb *tab) press(selector string) {
	tb.t.Helper()
	tb.tabTo(selector)
	tb.follow(chromedp.KeyEvent(kb.Enter))
}

// withoutScript switches scripts off in the pages opened from now on.
func (tb *tab) withoutScript() *tab {
	tb.t.Helper()
	run(tb, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	})
	return tb
}

// look is a way to look at a page.
type look struct {
	width int64
	dark  bool
}

// looks are the ways in which the page is looked at. Colours do not depend on the width, nor either on the language: the two looks of a
// language are those that the other does not have. With -pictures every page is looked at in all of them.
func (tb *tab) looks() []look {
	tb.t.Helper()
	language, known := i18n.Parse(eval[string](tb, `document.documentElement.lang`))
	switch {
	case !known:
		tb.t.Error("the page is in none of our languages")
		fallthrough
	case *takePictures:
		return []look{{1280, false}, {1280, true}, {768, false}, {768, true}, {320, false}, {320, true}}
	case language == i18n.English:
		return []look{{1280, true}, {320, false}}
	default:
		return []look{{1280, false}, {320, true}}
	}
}

func (l look) String() string {
	if l.dark {
		return fmt.Sprintf("%d.dark", l.width)
	}
	return fmt.Sprintf("%d.light", l.width)
}

// lookAt sets width and colour scheme without loading the page again.
func (tb *tab) lookAt(l look) {
	tb.t.Helper()
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	tb.do(chromedp.EmulateViewport(l.width, 900))
	run(tb, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return chromedp.Void{}, err
	})
}

// screenshot leaves a picture of the whole page in the artifacts, if pictures are asked for.
func (tb *tab) screenshot(name string) {
	tb.t.Helper()
	if !*takePictures {
		return
	}
	const quality = 100 // PNG
	if err := os.WriteFile(filepath.Join(artifacts, name+".png"), run(tb, chromedp.FullScreenshot(quality)), 0o600); err != nil {
		tb.t.Fatal(err)
	}
}

// print gives the page as it would be printed.
func (tb *tab) print() []byte {
	tb.t.Helper()
	return run(tb, chromedp.PrintToPDF(func(p *page.PrintToPDFParams) {
		yes := true
		p.PreferCSSPageSize, p.PrintBackground = &yes, &yes
	}))
}

// eventuallyOn waits until an expression is true on the page, through whatever pages it goes meanwhile.
func (tb *tab) eventuallyOn(expression string) {
	tb.t.Helper()
	eventually(tb.t, expression, func() bool {
		ctx, cancel := context.WithTimeout(tb.ctx, time.Second)
		defer cancel()
		come, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		return err == nil && come
	})
}
