package view

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/reports"
	"tenggat/internal/tables"
)

// ReportPageModel is a progress report as a page of its own, for reading and for paper. It is made once, when the report is signed.
type ReportPageModel struct {
	Lang     i18n.Lang
	Title    string
	Style    string // address of the style sheet that is frozen with it
	Facts    []reports.Fact
	Sections []ReportSection
	Footer   string
}

// ReportSection is a section in words.
type ReportSection struct {
	ID, Title string
	Said      [][]Piece
	Tables    []ShownTable
}

// ShownTable is a table in words.
type ShownTable struct {
	Title    string
	Headings []ShownCell
	Rows     [][]ShownCell
	Totals   []ShownCell // none where nothing is added up
}

// ShownCell is a value in words.
type ShownCell struct {
	Text  string
	Class string // num: to the right; hash: a long word that may break anywhere; words: needs room
}

// RenderReport makes the page of a report; content is the SHA-256 of its content. It is a reports.Page.
func RenderReport(d reports.Document, content string, l i18n.Lang) ([]byte, error) {
	var buf bytes.Buffer
	err := ReportPage(NewReportPageModel(d, content, l)).Render(context.Background(), &buf)
	return buf.Bytes(), err
}

// NewReportPageModel puts a report into words.
func NewReportPageModel(d reports.Document, content string, l i18n.Lang) ReportPageModel {
	m := ReportPageModel{
		Lang: l, Title: l.T(i18n.ReportNumber, l.Int(d.Number)) + " · " + l.Pick(d.Name.ID, d.Name.EN), Style: reports.StyleName,
		Facts: reports.Facts(d, content, l), Sections: ShownSections(d, l), Footer: reports.Footer(d, content, l),
	}
	return m
}

// figuresSection is where a report has its own sum.
const figuresSection = "section-2"

// ShownSections are a report's sections in words.
func ShownSections(d reports.Document, l i18n.Lang) []ReportSection {
	w := words{l, d.Zone}
	sections := make([]ReportSection, len(d.Sections))
	for i, s := range d.Sections {
		sections[i] = ReportSection{ID: "section-" + strconv.Itoa(i+1), Title: w.T(i18n.ReportSection, i+1, w.T(s.Title))}
		for _, p := range s.Said {
			sections[i].Said = append(sections[i].Said, linkPercentages(w.shown(p).Text, "#"+figuresSection))
		}
		for _, t := range s.Tables {
			if len(t.Rows) > 0 {
				sections[i].Tables = append(sections[i].Tables, w.shownTable(t))
			}
		}
	}
	return sections
}

func (w words) shownTable(t tables.Table) ShownTable {
	shown, totals := ShownTable{Title: w.T(t.Title)}, t.Totals()
	rows := make([][]ShownCell, len(t.Rows))
	for i, c := range t.Columns {
		class, empty := "", i > 0
		for _, row := range t.Rows {
			cell := w.shown(row[i])
			class, empty = max(class, cell.Class), empty && cell.Text == ""
		}
		if empty { // paper is narrow: what nobody filled is left out
			continue
		}
		shown.Headings = append(shown.Headings, ShownCell{c.Heading(w.Lang), class})
		for j, row := range t.Rows {
			rows[j] = append(rows[j], w.shown(row[i]))
		}
		if totals != nil {
			shown.Totals = append(shown.Totals, w.shown(totals[i]))
		}
	}
	shown.Rows = rows
	if totals != nil && shown.Totals[0].Text == "" {
		shown.Totals[0].Text = w.T(i18n.Total)
	}
	return shown
}

// A text that is longer than wordsFrom characters needs room; one without a space that is longer than hashFrom is no word.
const (
	wordsFrom = 16
	hashFrom  = 30
)

func shownText(text string) ShownCell {
	switch {
	case len(text) > hashFrom && !strings.Contains(text, " "):
		return ShownCell{text, "hash"}
	case len(text) > wordsFrom:
		return ShownCell{text, "words"}
	}
	return ShownCell{Text: text}
}

// shown puts a cell into words, in the program's zone.
func (w words) shown(c tables.Cell) ShownCell {
	switch v := c.(type) {
	case tables.Word:
		return shownText(string(v))
	case tables.Words:
		return shownText(w.text(metrics.Text(v)))
	case tables.Free:
		return shownText(w.text(metrics.Text(v)))
	case tables.Whole:
		return ShownCell{w.Int(int64(v)), "num"}
	case tables.Hundredths:
		return ShownCell{w.Decimal(int64(v), 2), "num"}
	case tables.Date:
		return ShownCell{Text: w.dayMid(metrics.Day(v))}
	case tables.Time:
		return ShownCell{Text: w.atMid(time.Time(v))}
	case tables.Yes:
		if v {
			return ShownCell{Text: w.T(i18n.Yes)}
		}
		return ShownCell{Text: w.T(i18n.No)}
	}
	return ShownCell{}
}
