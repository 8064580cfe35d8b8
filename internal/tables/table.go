package tables

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Unit says what the numbers of a column count. Its word stands in the column's label; the code is for programs.
type Unit string

// The units. Points are points of the whole program, of which there are 100; a percentage is of what the label says.
const (
	NoUnit  Unit = ""
	Points  Unit = "points"
	Percent Unit = "percent"
	Days    Unit = "days"
	Bytes   Unit = "bytes"
)

// Column is a table's column. Key names it for programs and never changes; Label is its heading, with the unit in it.
type Column struct {
	Key   string
	Label i18n.Message
	Of    metrics.Text // what Label is filled with, such as the name of an area; zero: nothing
	Unit  Unit
}

// Heading is the column's label in a language.
func (c Column) Heading(l i18n.Lang) string {
	if c.Of != (metrics.Text{}) {
		return l.T(c.Label, l.Pick(c.Of.ID, c.Of.EN))
	}
	return l.T(c.Label)
}

// Table is rows of cells under columns.
type Table struct {
	Name    string // of its file and in addresses: milestones, kept-forecasts
	Title   i18n.Message
	Columns []Column
	Rows    [][]Cell // each as long as Columns

	added []int // columns that are added up
}

// Only is the table with these of its columns, in this order.
func (t Table) Only(keys ...string) Table {
	narrow := Table{Name: t.Name, Title: t.Title, Rows: make([][]Cell, len(t.Rows))}
	for _, key := range keys {
		from := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == key })
		if slices.Contains(t.added, from) {
			narrow.added = append(narrow.added, len(narrow.Columns))
		}
		narrow.Columns = append(narrow.Columns, t.Columns[from])
		for i, row := range t.Rows {
			narrow.Rows[i] = append(narrow.Rows[i], row[from])
		}
	}
	return narrow
}

// Quotes reports whether texts of people stand in the table.
func (t Table) Quotes() bool {
	return slices.ContainsFunc(t.Rows, func(row []Cell) bool {
		return slices.ContainsFunc(row, func(c Cell) bool { _, free := c.(Free); return free })
	})
}

// Cell is one value: a Word, Words, Free, Whole, Hundredths, Date, Time, Yes, or nil where there is none.
type Cell any

// The kinds of cells.
type (
	Word       string       // one text in all languages: a key, a name, a document's number
	Words      metrics.Text // a text in both languages
	Free       metrics.Text // what a person wrote; it can be erased
	Whole      int64        // a whole number
	Hundredths int64        // a number of hundredths: 8750 is 87.5
	Date       metrics.Day
	Time       time.Time
	Yes        bool
)

// DateOf is a day that may be missing.
func DateOf(d *metrics.Day) Cell {
	if d == nil {
		return nil
	}
	return Date(*d)
}

// TimeOf is an instant that may be missing.
func TimeOf(t time.Time) Cell {
	if t.IsZero() {
		return nil
	}
	return Time(t)
}

// WholeOf is a whole number that may be missing.
func WholeOf(n *int64) Cell {
	if n == nil {
		return nil
	}
	return Whole(*n)
}

// FreeOf is a free text that may be missing.
func FreeOf(t metrics.Text) Cell {
	if t == (metrics.Text{}) {
		return nil
	}
	return Free(t)
}

// WordOf is a word that may be missing.
func WordOf[S ~string](s S) Cell {
	if s == "" {
		return nil
	}
	return Word(s)
}

// text writes a cell for a person's eye and a machine's: numbers with a point, dates and times as ISO 8601 and in UTC.
func text(c Cell, l i18n.Lang) string {
	switch v := c.(type) {
	case Word:
		return string(v)
	case Words:
		return l.Pick(v.ID, v.EN)
	case Free:
		return l.Pick(v.ID, v.EN)
	case Whole:
		return strconv.FormatInt(int64(v), 10)
	case Hundredths:
		return v.String()
	case Date:
		return metrics.Day(v).String()
	case Time:
		return v.String()
	case Yes:
		return strconv.FormatBool(bool(v))
	}
	return ""
}

// String writes the number exactly, without needless zeros: "87.5", "-6.3".
func (h Hundredths) String() string {
	sign, n := "", int64(h)
	if n < 0 {
		sign, n = "-", -n
	}
	fraction := strings.TrimRight(strconv.FormatInt(100+n%100, 10)[1:], "0")
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + strconv.FormatInt(n/100, 10) + fraction
}

// String writes the instant in UTC with the fraction it has.
func (t Time) String() string { return time.Time(t).UTC().Format(time.RFC3339Nano) }

// Stamp is the instant for a file's name: 20240312T090000Z.
func (t Time) Stamp() string { return time.Time(t).UTC().Format("20060102T150405Z") }
