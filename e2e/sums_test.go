//go:build e2e

package e2e

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tenggat/internal/access"
	"tenggat/internal/demo"
	"tenggat/internal/i18n"
)

// sumDays are the days on which every percentage is followed to its sum.
var sumDays = []string{"2024-02-13", "2024-03-01", "2024-03-12", "2024-03-18", "2024-03-27", "2024-04-03"}

// Whoever follows a percentage, on any page on any day in either language, finds the same percentage made term by term: the sum of
// its own moment, not today's.
func TestEveryPercentageIsItsSum(t *testing.T) {
	reader := as(t, access.Regulator)
	for _, lang := range i18n.Langs() {
		s := sums{t: t, reader: reader, lang: lang, pages: map[string]*html.Node{}}
		for _, day := range sumDays {
			for _, page := range []string{"", "/timeline", "/milestones", "/milestones/P4", "/milestones/M3", "/items", "/statements", "/deadlines", "/method"} {
				for _, wrong := range s.follow("/programs/" + demo.Replay + page + "?as_of=" + day + "&lang=" + lang.Tag()) {
					t.Error(wrong)
				}
			}
		}
		s.followNow("/?lang=" + lang.Tag())
		s.followNow("/programs/" + demo.Live + "?lang=" + lang.Tag())
		if s.checked < 400 {
			t.Errorf("%s: only %d percentages were followed", lang.Tag(), s.checked)
		}
	}
}

// sums follows percentages and keeps the pages it has seen.
type sums struct {
	t       *testing.T
	reader  visitor
	lang    i18n.Lang
	pages   map[string]*html.Node
	checked int
}

func (s *sums) page(path string) *html.Node {
	s.t.Helper()
	if s.pages[path] == nil {
		root, err := html.Parse(strings.NewReader(s.reader.get(s.t, path).want(s.t, http.StatusOK).body))
		if err != nil {
			s.t.Fatal(err)
		}
		s.pages[path] = root
	}
	return s.pages[path]
}

var linkedPercentage = regexp.MustCompile(`^([\d.,]+)%`)

// followNow follows the percentages of a page that goes on. A report may come between the page and the sum, so what does not agree is
// read once more.
func (s *sums) followNow(path string) {
	s.t.Helper()
	eventually(s.t, "the percentages of "+path+" are their sums", func() bool {
		s.pages = map[string]*html.Node{}
		wrong := s.follow(path)
		for _, w := range wrong {
			s.t.Log(w)
		}
		return len(wrong) == 0
	})
}

// follow says which percentages of a page are not the sum that they lead to.
func (s *sums) follow(path string) (wrong []string) {
	s.t.Helper()
	for a := range s.page(path).Descendants() {
		if a.Data != "a" {
			continue
		}
		shown := linkedPercentage.FindStringSubmatch(plain(a))
		target, err := url.Parse(value(a, "href"))
		if shown == nil || err != nil || target.Fragment == "" || target.Fragment == "plan" {
			continue
		}
		anchor := target.Fragment
		target.Fragment = ""
		s.checked++
		if made := s.made(target.String(), anchor); made != s.number(shown[1]) {
			wrong = append(wrong, fmt.Sprintf("%s: %q leads to %s#%s, which makes %v", path, plain(a), target, anchor, made))
		}
	}
	return wrong
}

// made is the percentage that a sum comes to, cut off at a tenth as percentages are.
func (s *sums) made(path, anchor string) float64 {
	s.t.Helper()
	var found *html.Node
	for n := range s.page(path).Descendants() {
		if value(n, "id") == anchor {
			found = n
		}
	}
	if found == nil {
		s.t.Errorf("%s has no %q", path, anchor)
		return math.NaN()
	}
	switch {
	case anchor == "sum":
		const reported = 5
		return math.Floor(s.number(plain(cells(find(found, "tfoot"))[reported]))*10+1e-6) / 10
	case anchor == "range": // "… the upper bound is 87.5 points."
		numbers := regexp.MustCompile(`[\d.,]*\d`).FindAllString(plain(found), -1)
		return math.Ceil(s.number(numbers[len(numbers)-1])*10-1e-6) / 10
	case strings.HasPrefix(anchor, "area-"):
		_, share, _ := strings.Cut(plain(cells(found)[0]), ", ")
		return s.number(linkedPercentage.FindStringSubmatch(strings.TrimLeft(share, "dinyatkeclr, "))[1])
	case strings.HasPrefix(anchor, "milestone-"):
		const share = 3
		return s.number(linkedPercentage.FindStringSubmatch(plain(cells(found)[share]))[1])
	}
	s.t.Errorf("%s#%s is no sum", path, anchor)
	return math.NaN()
}

// number reads a number as the language writes it.
func (s *sums) number(text string) float64 {
	s.t.Helper()
	if s.lang == i18n.Indonesian {
		text = strings.NewReplacer(".", "", ",", ".").Replace(text)
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil {
		s.t.Fatal(fmt.Errorf("%q: %w", text, err))
	}
	return n
}

func plain(n *html.Node) string {
	text := ""
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text += d.Data
		}
	}
	return strings.Join(strings.Fields(text), " ")
}

func value(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func find(n *html.Node, name string) *html.Node {
	for d := range n.Descendants() {
		if d.Data == name {
			return d
		}
	}
	return n
}

func cells(n *html.Node) []*html.Node {
	var list []*html.Node
	for d := range n.Descendants() {
		if d.Data == "td" || d.Data == "th" {
			list = append(list, d)
		}
	}
	return list
}
