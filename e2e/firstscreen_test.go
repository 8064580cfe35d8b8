//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/i18n"
)

// answers are what an overview says in its first screen, where it has anything to say: of when, how far, the verdict and why, the days
// left or that there is no deadline, and the range of the forecast.
var answers = []string{".as-of", ".answer .key-number, .answer-figure .lead", ".answer-verdict .tag", ".answer-verdict .reason", ".answer-deadline .days, .answer-deadline .strong, .answer-deadline .lead", ".answer-outlook p"}

// below names the answers that are missing or end below the screen. The forecast is missing where there is none.
const below = `(selectors => selectors.flatMap(s => {
	const e = document.querySelector(s);
	if (!e) return s.includes("outlook") ? [] : [s + " is missing"];
	const r = e.getBoundingClientRect();
	return r.height > 0 && r.bottom <= innerHeight ? [] : [s + " ends at " + Math.round(r.bottom) + " px"];
}))(["%s"])`

// On a phone the overview answers without a finger moved, at every stage of a program.
func TestOverviewAnswersInTheFirstScreen(t *testing.T) {
	look := func(t *testing.T, tb *tab, path string) {
		t.Helper()
		for _, l := range i18n.Langs() {
			tb.open(visit{path: path}.inLang(l))
			for _, width := range []int64{320, 360} {
				tb.do(chromedp.EmulateViewport(width, 740))
				for _, trouble := range eval[[]string](tb, fmt.Sprintf(below, strings.Join(answers, `","`))) {
					t.Errorf("%s, %s, %d px: %s", path, l.Tag(), width, trouble)
				}
			}
		}
	}
	replay := "/programs/" + demo.Replay
	tb := newTab(t, theDemo(t)).signedIn(as(t, access.Executive))
	for _, path := range []string{replay + "?as_of=2024-02-13", replay + "?as_of=2024-03-12", replay + "?as_of=2024-03-27", replay} {
		look(t, tb, path)
	}
	p, v := untold(t)
	look(t, newTab(t, p).signedIn(v), "/programs/untold")
}

// untold is the office's program under another name, about which nobody has reported anything, and somebody who may read it.
func untold(t *testing.T) (*program, visitor) {
	t.Helper()
	const email = "pembaca@kantor.example"
	p := opened(t)
	text, err := os.ReadFile(exampleFile(t))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "untold.json")
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), officeProgram, "untold", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	p.run(t, "program", "apply", path, "--by", officeChief).ok(t)
	if !strings.Contains(p.run(t, "user", "list").ok(t), email) {
		p.runWith(t, keepSecret(officePass)+"\n", "user", "add", email, "--name", "Pembaca", "--role", "executive", "--program", "untold", "--password-stdin").ok(t)
	}
	return p, p.signedIn(t, email, officePass)
}
