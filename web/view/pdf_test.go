package view_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tenggat/internal/i18n"
	"tenggat/web/pdf"
	"tenggat/web/view"
)

// sheet is a PDF as somebody finds it who reads it.
type sheet struct {
	text  string // in the order in which it was written, on one line
	pages int
}

func readSheet(t *testing.T, m view.SummaryModel) sheet {
	t.Helper()
	written, err := pdf.Summary(m)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sheet.pdf")
	if err := os.WriteFile(path, written, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", "-enc", "UTF-8", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v: `make test` installs what the tests need", err)
	}
	return sheet{onOneLine(string(text)), strings.Count(string(text), "\f")}
}

func onOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// screen is the text of the page's main part.
func screen(t *testing.T, m view.SummaryModel) string {
	t.Helper()
	var page bytes.Buffer
	if err := view.SummaryPage(m).Render(context.Background(), &page); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	var walk func(n *html.Node, within bool)
	walk = func(n *html.Node, within bool) {
		within = within || n.Type == html.ElementNode && n.Data == "main"
		if n.Type == html.TextNode && within {
			text.WriteString(n.Data + " ")
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child, within)
		}
	}
	walk(root, false)
	return onOneLine(text.String())
}

// number is a figure as both languages write it, with its sign.
var number = regexp.MustCompile(`[+−]?\d[\d.,]*`)

func numbers(text string) map[string]bool {
	set := map[string]bool{}
	for _, n := range number.FindAllString(text, -1) {
		set[strings.TrimRight(n, ".,")] = true
	}
	return set
}

// figures are all texts of the model that hold a number and must stand on paper.
func figures(m view.SummaryModel) []string {
	list := append([]string{m.Headline, m.Fresh, m.Percent, m.Range, m.Reason, m.Days, m.Deadline, m.Document, m.Outlook, m.Differs, m.Chart.Summary, m.Definition, m.More, m.Here}, m.Others...)
	list = append(list, m.Foot...)
	for _, measure := range m.Measures {
		list = append(list, measure.Name+" "+measure.Value)
	}
	for _, r := range append(slices.Clone(m.Areas.Rows), m.Areas.Total) {
		list = append(list, strings.Join([]string{r.Name, r.Share, r.Planned, r.Weight, r.Reported, r.Verified, r.Accepted, r.Left}, " "))
	}
	for _, r := range append(slices.Clone(m.Week.Rows), m.Week.Total) {
		list = append(list, r.Name, r.Whole)
	}
	for _, piece := range m.Week.Sentence {
		list = append(list, piece.Text)
	}
	for _, r := range m.Top {
		list = append(list, r.Name, r.Points, r.Due)
	}
	for _, l := range m.Chart.Keys {
		list = append(list, l.Text)
	}
	return list
}

// Every figure of the page stands on paper, and no figure on paper is missing on the page: in both languages, at every moment.
func TestPaperSaysWhatTheScreenSays(t *testing.T) {
	for _, lang := range i18n.Langs() {
		for name, m := range view.SampleSummaries(t, lang) {
			t.Run(lang.Tag()+" "+name, func(t *testing.T) {
				paper, shown := readSheet(t, m), screen(t, m)
				for _, figure := range figures(m) {
					if figure = onOneLine(figure); !strings.Contains(paper.text, figure) {
						t.Errorf("not on paper: %q\n%s", figure, paper.text)
					}
				}
				known := numbers(shown + " " + m.Program.Name + " " + i18n.English.T(i18n.SummaryPage, "1", "1") + " " + m.Demo)
				for n := range numbers(paper.text) {
					if !known[n] {
						t.Errorf("%s stands on paper and nowhere on the page", n)
					}
				}
				if paper.pages != 1 {
					t.Errorf("%d pages", paper.pages)
				}
				if unknown := pdf.Unknown(m); len(unknown) > 0 {
					t.Errorf("the chart has marks that web/pdf cannot draw: %q", unknown)
				}
			})
		}
	}
}

// The same model gives the same bytes, so that two people can compare what they hold.
func TestPaperIsReproducible(t *testing.T) {
	m := view.SampleSummaries(t, i18n.Indonesian)["2024-03-12"]
	one, err1 := pdf.Summary(m)
	two, err2 := pdf.Summary(m)
	if err1 != nil || err2 != nil || !bytes.Equal(one, two) {
		t.Errorf("two sheets of one model differ: %v %v", err1, err2)
	}
	if size := len(one); size > 100_000 {
		t.Errorf("%d bytes are much for a page", size)
	}
}

// Whatever people write as names, a sheet comes out, and it goes on over as many pages as it needs.
func TestPaperTakesAnyNames(t *testing.T) {
	m := view.SampleSummaries(t, i18n.English)["2024-03-12"]
	for name, text := range map[string]string{
		"long word": strings.Repeat("x", 300), "other scripts": "迁移 системы 🚀 नमस्ते", "marks": "a\u0301\u202eb\x00\tc", "blank": " ",
	} {
		t.Run(name, func(t *testing.T) {
			m := m
			m.Headline, m.Reason, m.Document = text, text, text
			m.Program.Name = text
			m.Areas.Rows = slices.Repeat([]view.AreaRow{{Name: text, Share: "1%", Planned: "1%", Weight: "1", Reported: "1", Verified: "0", Accepted: "0", Left: "0"}}, 60)
			m.Week.Rows = slices.Repeat([]view.WeekRow{{Name: text, Work: "+1", Scope: "0", Weights: "0", Corrections: "0", Whole: "+1"}}, 60)
			if pages := readSheet(t, m).pages; pages < 2 {
				t.Errorf("%d page for 120 rows", pages)
			}
		})
	}
}
