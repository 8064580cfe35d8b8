//go:build e2e

package e2e

import (
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/i18n"
)

// readPDF gives the text of a PDF and how many pages it has.
func readPDF(t *testing.T, name string, content []byte) (text string, pages int) {
	t.Helper()
	path := filepath.Join(artifacts, name+".pdf")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", "-enc", "UTF-8", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v: `make test` installs what the tests need", err)
	}
	return strings.Join(strings.Fields(string(out)), " "), strings.Count(string(out), "\f")
}

var figure = regexp.MustCompile(`[+−]?\d[\d.,]*`)

func figuresIn(text string) map[string]bool {
	set := map[string]bool{}
	for _, n := range figure.FindAllString(text, -1) {
		set[strings.TrimRight(n, ".,")] = true
	}
	return set
}

// summarySamples are summaries of programs that differ in size and state.
var summarySamples = map[string]string{
	"replay-2024-02-05": demo.Replay + "/summary?as_of=2024-02-05", "replay-2024-03-12": demo.Replay + "/summary?as_of=2024-03-12", "replay-now": demo.Replay + "/summary",
	"tax-numbers": demo.TaxNumbers + "/summary", "chip-cards": demo.ChipCards + "/summary", "live": demo.Live + "/summary?as_of=" + url.QueryEscape(ago(time.Second)), // its jobs go on
}

// The PDF of the summary is one page, in both languages, and each of its numbers stands on the page that people see; the numbers that
// matter most stand on the overview, too.
func TestSummaryOnPaper(t *testing.T) {
	executive := as(t, access.Executive)
	for name, path := range summarySamples {
		for _, l := range i18n.Langs() {
			t.Run(name+" "+l.Tag(), func(t *testing.T) {
				at := visit{path: "/programs/" + path}.inLang(l)
				file := executive.get(t, strings.Replace(at, "/summary", "/summary.pdf", 1)).want(t, http.StatusOK)
				paper, pages := readPDF(t, "summary."+name+"."+l.Tag(), []byte(file.body))
				if pages != 1 {
					t.Errorf("%d pages", pages)
				}
				page := executive.get(t, at).want(t, http.StatusOK).body
				known := figuresIn(words(page) + " 1")
				for n := range figuresIn(paper) {
					if !known[n] {
						t.Errorf("%s stands on paper and not on the page", n)
					}
				}
				overview := words(within(executive.get(t, strings.Replace(at, "/summary", "", 1)).body, "<main", "</main>"))
				for _, n := range []string{words(within(page, `<p class="key-number">`, "<small>")), words(within(page, `<p class="days">`, "</p>"))} {
					if !strings.Contains(paper, n) || !strings.Contains(overview, n) {
						t.Errorf("%q stands not on paper, or not on the overview", n)
					}
				}
			})
		}
	}
}

// The summary's page prints on one sheet of A4, too.
func TestSummaryPrintsOnOnePage(t *testing.T) {
	for _, l := range i18n.Langs() {
		tb := newTab(t, theDemo(t)).signedIn(as(t, access.Executive)).open(visit{path: "/programs/" + summarySamples["replay-2024-03-12"]}.inLang(l))
		if _, pages := readPDF(t, "summary.printed."+l.Tag(), tb.print()); pages != 1 {
			t.Errorf("%s: %d pages", l.Tag(), pages)
		}
	}
}

// A button copies the text; it says so, and what is on the clipboard is what is shown.
func TestCopyingAShareText(t *testing.T) {
	tb := newTab(t, theDemo(t)).signedIn(as(t, access.Executive)).open("/programs/" + demo.Replay + "/share?lang=en&as_of=2024-03-12")
	tb.eventuallyOn(`!document.querySelector("button[data-copy=text-en]").hidden`)
	eval[bool](tb, `(window.copied = "", navigator.clipboard.writeText = async (text) => { window.copied = text }, true)`)
	tb.do(chromedp.Click(chromedp.CSS(`button[data-copy="text-en"]`)))
	tb.eventuallyOn(`window.copied === document.getElementById("text-en").value && window.copied.length > 100`)
	tb.wantText(`button[data-copy="text-en"] + .copied`, i18n.English.T(i18n.Copied))
}
