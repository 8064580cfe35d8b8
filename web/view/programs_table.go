package view

import (
	"strings"

	"github.com/a-h/templ"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// ProgramTable is the list with a row for each program.
type ProgramTable struct {
	Caption string
	Columns []SortColumn
	Rows    []ProgramCard
}

// SortColumn is a heading that orders the table by its column.
type SortColumn struct {
	Text, Href string // Href is "" for a column that orders nothing
	Sorted     string // "ascending", "descending" or ""
}

func newProgramTable(f Frame, l ProgramList, rows []ProgramCard) *ProgramTable {
	t := &ProgramTable{Caption: f.t(i18n.ListCaption), Rows: rows}
	for _, c := range []struct {
		text i18n.Message
		by   metrics.SortBy
	}{{i18n.Program, metrics.ByName}, {i18n.ListProgress, metrics.ByProgress}, {i18n.Verdict, metrics.ByVerdict}, {i18n.Deadline, metrics.ByDeadline}, {i18n.ListNews, metrics.ByAge}} {
		t.Columns = append(t.Columns, f.sortColumn(l.Selection.Order, f.t(c.text), c.by))
	}
	return t
}

// sortColumn leads to the order by this column first, then by what was first so far. What leads already is turned round.
func (f Frame) sortColumn(order []metrics.SortKey, text string, by metrics.SortBy) SortColumn {
	c := SortColumn{Text: text}
	if len(order) == 0 {
		order = []metrics.SortKey{{By: metrics.ByVerdict}}
	}
	first := metrics.SortKey{By: by}
	if order[0].By == by {
		c.Sorted = "ascending"
		if order[0].Reverse {
			c.Sorted = "descending"
		}
		first.Reverse = !order[0].Reverse
		order = order[1:]
	}
	keys := []string{sortText(first)}
	for _, k := range order {
		if k.By != by && len(keys) < 2 {
			keys = append(keys, sortText(k))
		}
	}
	c.Href = f.linkSet("sort", strings.Join(keys, ","))
	return c
}

func sortText(k metrics.SortKey) string {
	if k.Reverse {
		return "-" + string(k.By)
	}
	return string(k.By)
}

// sortedAttributes tells assistive technology by which column a table is ordered.
func sortedAttributes(c SortColumn) templ.Attributes {
	if c.Sorted == "" {
		return nil
	}
	return templ.Attributes{"aria-sort": c.Sorted}
}
