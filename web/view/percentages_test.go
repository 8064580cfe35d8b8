package view

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
)

// percentShown finds a percentage in a text, and unitShown what it is a share of.
var (
	percentShown = regexp.MustCompile(`\d\s?%`)
	unitShown    = regexp.MustCompile(`%(, dinyatakan|, declared)? (dari|of the) ?`)
)

// A percentage of progress, on any page in any language, leads to its sum: it is a link, or its row or the head of its column has one.
// What is public stands for itself: its readers could not open the sum.
func TestPercentagesLeadToTheirSum(t *testing.T) {
	eachPercentage(t, func(name, text string, n *html.Node) {
		if !leadsToSum(n) && !strings.HasPrefix(name, i18n.Indonesian.Tag()+" public") && !strings.HasPrefix(name, i18n.English.Tag()+" public") {
			t.Errorf("%s: %q leads nowhere", name, text)
		}
	})
}

// No percentage is bare: it says what it is a share of, or its column or its axis does.
func TestNoPercentageIsBare(t *testing.T) {
	eachPercentage(t, func(name, text string, n *html.Node) {
		after := text + " " + following(n)
		if unitShown.MatchString(after) || strings.Contains(headOf(n), "% ") {
			return
		}
		t.Errorf("%s: %q does not say what it is a share of", name, text)
	})
	for _, lang := range i18n.Langs() {
		for name, component := range samplePages(t, lang, access.Executive) {
			p := parse(t, render(t, component))
			if title := textOf(p.all("title")[0]); percentShown.MatchString(title) && !unitShown.MatchString(title) {
				t.Errorf("%s: the title is %q", name, title)
			}
		}
	}
}

// Every link to a sum leads to one that is there.
func TestSumsThatAreLinkedExist(t *testing.T) {
	for _, lang := range i18n.Langs() {
		pages := samplePages(t, lang, access.Executive)
		for _, iso := range sampleDays {
			anchors := map[string]bool{}
			for _, n := range parse(t, render(t, pages["method "+iso])).elements {
				anchors[attr(n, "id")] = true
			}
			for name, component := range pages {
				if !strings.HasSuffix(name, " "+iso) {
					continue
				}
				for _, a := range parse(t, render(t, component)).all("a") {
					if _, anchor, found := strings.Cut(attr(a, "href"), "#"); found && isSum(a) && !anchors[anchor] {
						t.Errorf("%s: no %q on the method page", name, anchor)
					}
				}
			}
		}
	}
}

// eachPercentage visits the percentages that pages print of progress: not what people said, and not the sums themselves with the
// method's own numbers.
func eachPercentage(t *testing.T, visit func(name, text string, n *html.Node)) {
	t.Helper()
	seen := 0
	for _, lang := range i18n.Langs() {
		quoted := []string{lang.T(i18n.RegisterWords), lang.T(i18n.StatementValue), lang.T(i18n.ClaimsColumnDone), lang.T(i18n.StatementWords)}
		for name, component := range samplePages(t, lang, access.Executive) {
			if strings.HasPrefix(name, "method") || strings.HasPrefix(name, "help") || strings.HasPrefix(name, "day") ||
				strings.HasPrefix(name, "report review") { // which has a sum of its own
				continue
			}
			for n := range parse(t, render(t, component)).root.Descendants() {
				if n.Type != html.TextNode || !percentShown.MatchString(n.Data) || hiddenOrNamed(n) || inside(n, "title") || inside(n, "blockquote") || inside(n, "textarea") {
					continue
				}
				head := headOf(n)
				if contains(quoted, head) || inside(n, "forecast-title") || rowSays(n, lang.T(i18n.TrailStatement)) {
					continue
				}
				seen++
				visit(lang.Tag()+" "+name, strings.TrimSpace(n.Data), n)
			}
		}
	}
	if seen < 500 {
		t.Errorf("only %d percentages were seen", seen)
	}
}

// rowSays reports whether a cell of the text's row is just these words.
func rowSays(n *html.Node, words string) bool {
	for up := n; up != nil; up = up.Parent {
		if up.Data == "tr" {
			said := false
			walkNodes(up, func(cell *html.Node) { said = said || cell.Data == "td" && textOf(cell) == words })
			return said
		}
	}
	return false
}

func contains(list []string, text string) bool {
	for _, l := range list {
		if l == text {
			return true
		}
	}
	return false
}

// isSum reports whether a link leads to a sum.
func isSum(n *html.Node) bool {
	href := attr(n, "href")
	return n.Data == "a" && strings.Contains(href, "#") && (strings.Contains(href, "/method") || strings.Contains(href, "/days/"))
}

// leadsToSum looks for the link around the text, in its row, list item or paragraph, and in the head of its column.
func leadsToSum(n *html.Node) bool {
	found := false
	look := func(n *html.Node) { found = found || isSum(n) }
	for up := n; up != nil; up = up.Parent {
		look(up)
		switch up.Data {
		case "tr", "li", "p", "dd", "h1":
			walkNodes(up, look)
			if head := headNode(n); head != nil {
				walkNodes(head, look)
			}
			return found
		}
	}
	return found
}

// headNode is the head of the column in which a node stands; nil outside a table.
func headNode(n *html.Node) *html.Node {
	cell := n
	for cell != nil && cell.Data != "td" && cell.Data != "th" {
		cell = cell.Parent
	}
	if cell == nil {
		return nil
	}
	column := 0
	for s := cell.PrevSibling; s != nil; s = s.PrevSibling {
		if s.Type == html.ElementNode {
			column++
		}
	}
	table := cell
	for table.Data != "table" {
		table = table.Parent
	}
	var heads []*html.Node
	walkNodes(table, func(n *html.Node) {
		if n.Data == "th" && attr(n, "scope") == "col" {
			heads = append(heads, n)
		}
	})
	if column < len(heads) {
		return heads[column]
	}
	return nil
}

func headOf(n *html.Node) string {
	if head := headNode(n); head != nil {
		return textOf(head)
	}
	return ""
}

// following is the text right after a node within its paragraph.
func following(n *html.Node) string {
	for n.Parent != nil && n.Data != "p" && n.Data != "td" {
		for next := n.NextSibling; next != nil; next = next.NextSibling {
			if text := strings.TrimSpace(textOf(next)); text != "" {
				return text
			}
		}
		n = n.Parent
	}
	return ""
}

func walkNodes(n *html.Node, visit func(*html.Node)) {
	visit(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walkNodes(c, visit)
	}
}

// inside reports whether a node stands within an element of a name or a class, or one that is headed by an id.
func inside(n *html.Node, what string) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == what || attr(n, "aria-labelledby") == what || attr(n, "class") == what {
			return true
		}
	}
	return false
}
