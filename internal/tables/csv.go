package tables

import (
	"bytes"
	"encoding/csv"
	"strings"

	"tenggat/internal/i18n"
)

// Origin says of which program and moment a table is. In CSV it stands at the end of every row: a file has no room for it that is
// still a table, and rows of several files can be put together.
type Origin struct {
	Program    string
	AsOf       Time
	Entry      int64  // the last entry known then
	Checkpoint string // "size root" of the newest checkpoint that was signed by then; "" before the first
	Filter     string // "area=P"; "" for all rows
}

func (o Origin) cells() []Cell {
	return []Cell{Word(o.Program), o.AsOf, Whole(o.Entry), Word(o.Checkpoint), Word(o.Filter)}
}

var originColumns = []Column{
	{Key: "program", Label: i18n.Program}, {Key: "as_of", Label: i18n.TableAsOf}, {Key: "entry", Label: i18n.ColumnEntry},
	{Key: "checkpoint", Label: i18n.TableCheckpoint}, {Key: "filter", Label: i18n.TableFilter},
}

// CSVType is the media type of what CSV writes.
const CSVType = "text/csv; charset=utf-8; header=present"

// CSV writes the table as RFC 4180 has it, in UTF-8: one line of headings, then the rows. What the page adds up is left to whoever
// reads it, so that nothing is counted twice.
func (t Table) CSV(l i18n.Lang, o Origin) []byte {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.UseCRLF = true
	line := make([]string, 0, len(t.Columns)+len(originColumns))
	for _, c := range append(t.Columns[:len(t.Columns):len(t.Columns)], originColumns...) {
		line = append(line, harmless(c.Heading(l)))
	}
	_ = w.Write(line) // a bytes.Buffer takes everything
	end := o.cells()
	for _, row := range t.Rows {
		line = line[:0]
		for _, c := range append(row[:len(row):len(row)], end...) {
			line = append(line, csvField(c, l))
		}
		_ = w.Write(line)
	}
	w.Flush()
	return buf.Bytes()
}

// csvField is a cell as a field. Numbers and dates stay what they are, negative ones too; texts are kept from being formulas.
func csvField(c Cell, l i18n.Lang) string {
	switch c.(type) {
	case Word, Words, Free:
		return harmless(text(c, l))
	}
	return text(c, l)
}

// formulaStarts are the characters with which a spreadsheet takes a text for a formula, and their full-width twins.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// harmless puts an apostrophe before a text that a spreadsheet would take for a formula.
func harmless(s string) string {
	if start := strings.TrimLeft(s, " \u00a0\u3000\ufeff"); start != "" && strings.ContainsRune(formulaStarts, []rune(start)[0]) {
		return "'" + s
	}
	return s
}
