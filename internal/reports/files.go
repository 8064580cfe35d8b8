package reports

import (
	"fmt"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/tables"
)

// The names of a report's files. Tables are <table>.<language>.csv.
const (
	ContentName = "content.json" // the canonical content, whose SHA-256 is the report's
	StyleName   = "report.css"
)

// PageName is the report for reading and printing, in a language.
func PageName(l i18n.Lang) string { return "report." + l.Tag() + ".html" }

// SheetName is the report as a spreadsheet.
func SheetName(l i18n.Lang) string { return "report." + l.Tag() + ".xlsx" }

// TableName is one of its tables as CSV.
func TableName(table string, l i18n.Lang) string { return table + "." + l.Tag() + ".csv" }

// Page makes the report for reading, in a language; content is the SHA-256 of its content.
type Page func(d Document, content string, l i18n.Lang) ([]byte, error)

// Freeze makes every file of a report. style is the base of its style sheet, to which the lines for the margins are added.
func Freeze(d Document, style string, page Page) (Content, []File, error) {
	content, err := NewContent(d)
	if err != nil {
		return Content{}, nil, err
	}
	files := []File{
		{ContentName, "application/json", false, content.Canonical},
		{StyleName, "text/css; charset=utf-8", false, []byte(style + margins(d, content.SHA256))},
	}
	for _, l := range i18n.Langs() {
		html, err := page(d, content.SHA256, l)
		if err != nil {
			return Content{}, nil, err
		}
		sheet, err := Spreadsheet(d, content.SHA256, l)
		if err != nil {
			return Content{}, nil, err
		}
		files = append(files, File{PageName(l), "text/html; charset=utf-8", true, html},
			File{SheetName(l), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true, sheet})
		for _, s := range d.Sections {
			for _, t := range s.Tables {
				files = append(files, File{TableName(t.Name, l), tables.CSVType, t.Quotes(), t.CSV(l, d.origin())})
			}
		}
	}
	return content, files, nil
}

// origin is what the rows of the report's tables rest on.
func (h Head) origin() tables.Origin {
	o := tables.Origin{Program: h.Program, AsOf: tables.Time(h.AsOf), Entry: h.Entry}
	if h.Checkpoint != nil {
		o.Checkpoint = fmt.Sprintf("%d %s", h.Checkpoint.Size, h.Checkpoint.Root)
	}
	return o
}

// margins print at the foot of every page which report it is, of when, with what hash and checkpoint, and the page's number.
func margins(d Document, content string) string {
	var b strings.Builder
	for _, l := range i18n.Langs() {
		fmt.Fprintf(&b, "@page %s { @bottom-left { content: %s } @bottom-right { content: %s counter(page) \" / \" counter(pages) } }\n",
			l.Tag(), quoted(Footer(d, content, l)), quoted(l.T(i18n.ReportPage)+" "))
		fmt.Fprintf(&b, "@media print { html:lang(%s) body { page: %s } }\n", l.Tag(), l.Tag())
	}
	return b.String()
}

// Footer says which report a page is of.
func Footer(d Document, content string, l i18n.Lang) string {
	parts := []string{l.T(i18n.ReportNumber, l.Int(d.Number)), d.Program, l.T(i18n.AsOf, l.DateTimeShort(d.AsOf.In(d.Zone))), "SHA-256 " + content}
	if d.Checkpoint != nil {
		parts = append(parts, l.T(i18n.ReportCheckpoint, l.Int(d.Checkpoint.Size), d.Checkpoint.Root))
	}
	return strings.Join(parts, " · ")
}

// quoted is a CSS string.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}
