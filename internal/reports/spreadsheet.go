package reports

import (
	"bytes"
	"time"

	"github.com/xuri/excelize/v2"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// Spreadsheet is the report as XLSX: a first sheet with its head and its sentences, and one for each table. Cells have the types of their
// values; texts are stored as texts, so that none becomes a formula.
func Spreadsheet(d Document, content string, l i18n.Lang) ([]byte, error) {
	b := &book{File: excelize.NewFile(), lang: l, footer: "&8" + escapeFooter(Footer(d, content, l)) + "&R&8&P / &N"}
	defer func() { _ = b.Close() }() // nothing of it is on disk
	b.styles()
	b.front(d, content)
	for i, s := range d.Sections {
		for _, t := range s.Tables {
			b.table(i+1, t)
		}
	}
	if b.err != nil {
		return nil, b.err
	}
	var buf bytes.Buffer
	err := b.Write(&buf)
	return buf.Bytes(), err
}

// book remembers the first thing that went wrong.
type book struct {
	*excelize.File
	lang   i18n.Lang
	footer string
	err    error

	head, bold, wrap, number, date, clock int // styles
}

func (b *book) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) style(s excelize.Style) int {
	id, err := b.NewStyle(&s)
	b.try(err)
	return id
}

func (b *book) styles() {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	b.head = b.style(excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E4E9F4"}}})
	b.bold = b.style(excelize.Style{Font: &excelize.Font{Bold: true}})
	b.wrap = b.style(excelize.Style{Alignment: top})
	b.number = b.style(excelize.Style{CustomNumFmt: format("0.00"), Alignment: &excelize.Alignment{Vertical: "top"}})
	b.date = b.style(excelize.Style{CustomNumFmt: format("yyyy-mm-dd"), Alignment: &excelize.Alignment{Vertical: "top"}})
	b.clock = b.style(excelize.Style{CustomNumFmt: format("yyyy-mm-dd hh:mm:ss"), Alignment: &excelize.Alignment{Vertical: "top"}})
}

func format(code string) *string { return &code }

// sheet begins a sheet that prints on A4 across, as wide as the paper.
func (b *book) sheet(name string) {
	_, err := b.NewSheet(name)
	b.try(err)
	a4, landscape, wide, high, fit := 9, "landscape", 1, 0, true
	b.try(b.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high}))
	b.try(b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.try(b.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: b.footer}))
}

func cell(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row) // both count from 1
	return name
}

// front is the first sheet: names and values, then each section's sentences.
func (b *book) front(d Document, content string) {
	name := b.lang.T(i18n.ReportTitle)
	b.sheet(name)
	b.try(b.DeleteSheet("Sheet1"))
	b.try(b.SetColWidth(name, "A", "A", 34))
	b.try(b.SetColWidth(name, "B", "B", 110))
	row := 1
	for _, f := range Facts(d, content, b.lang) {
		b.try(b.SetCellStr(name, cell(1, row), f.Name))
		b.try(b.SetCellStyle(name, cell(1, row), cell(1, row), b.bold))
		b.try(b.SetCellStr(name, cell(2, row), f.Value))
		b.try(b.SetCellStyle(name, cell(2, row), cell(2, row), b.wrap))
		row++
	}
	for i, s := range d.Sections {
		row++
		b.try(b.SetCellStr(name, cell(1, row), b.lang.T(i18n.ReportSection, i+1, b.lang.T(s.Title))))
		b.try(b.SetCellStyle(name, cell(1, row), cell(1, row), b.bold))
		for _, p := range s.Said {
			b.put(name, cell(2, row), p)
			row++
		}
	}
}

// maxSheetName is Excel's.
const maxSheetName = 31

func (b *book) table(section int, t tables.Table) {
	name := b.lang.T(i18n.ReportSection, section, b.lang.T(t.Title))
	if runes := []rune(name); len(runes) > maxSheetName {
		name = string(runes[:maxSheetName])
	}
	b.sheet(name)
	for i, c := range t.Columns {
		b.try(b.SetCellStr(name, cell(i+1, 1), c.Heading(b.lang)))
	}
	b.try(b.SetCellStyle(name, cell(1, 1), cell(len(t.Columns), 1), b.head))
	b.try(b.SetColWidth(name, "A", columnName(len(t.Columns)), 18))
	b.try(b.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	row := 2
	for _, cells := range t.Rows {
		for i, c := range cells {
			b.put(name, cell(i+1, row), c)
		}
		row++
	}
	if totals := t.Totals(); totals != nil {
		for i, c := range totals {
			b.put(name, cell(i+1, row), c)
		}
		if totals[0] == nil {
			b.try(b.SetCellStr(name, cell(1, row), b.lang.T(i18n.Total)))
		}
		b.try(b.SetCellStyle(name, cell(1, row), cell(1, row), b.bold))
	}
}

func columnName(n int) string {
	name, _ := excelize.ColumnNumberToName(n)
	return name
}

// put writes a value with its type; instants are in UTC, as their headings say.
func (b *book) put(sheet, at string, c tables.Cell) {
	style := b.wrap
	switch v := c.(type) {
	case nil:
		return
	case tables.Word:
		b.try(b.SetCellStr(sheet, at, string(v)))
	case tables.Words:
		b.try(b.SetCellStr(sheet, at, b.lang.Pick(v.ID, v.EN)))
	case tables.Free:
		b.try(b.SetCellStr(sheet, at, b.lang.Pick(v.ID, v.EN)))
	case tables.Whole:
		b.try(b.SetCellInt(sheet, at, int64(v)))
	case tables.Hundredths:
		b.try(b.SetCellFloat(sheet, at, float64(v)/100, 2, 64))
		style = b.number
	case tables.Date:
		b.try(b.SetCellValue(sheet, at, metrics.Day(v).UTC()))
		style = b.date
	case tables.Time:
		b.try(b.SetCellValue(sheet, at, time.Time(v).UTC()))
		style = b.clock
	case tables.Yes:
		b.try(b.SetCellBool(sheet, at, bool(v)))
	}
	b.try(b.SetCellStyle(sheet, at, at, style))
}

// escapeFooter keeps an ampersand from beginning a field code.
func escapeFooter(s string) string {
	return string(bytes.ReplaceAll([]byte(s), []byte("&"), []byte("&&")))
}
