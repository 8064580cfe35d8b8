package tables

import "tenggat/internal/i18n"

// Field is a column and how its cell is read from a row's subject.
type Field[R any] struct {
	Column
	Added bool // the page adds it up: a column of Whole or Hundredths
	Cell  func(R) Cell
}

// Make makes a table with a row for each subject.
func Make[R any](name string, title i18n.Message, fields []Field[R], subjects []R) Table {
	t := Table{Name: name, Title: title, Columns: make([]Column, len(fields)), Rows: make([][]Cell, len(subjects))}
	for i, f := range fields {
		t.Columns[i] = f.Column
	}
	for i, s := range subjects {
		row := make([]Cell, len(fields))
		for j, f := range fields {
			row[j] = f.Cell(s)
		}
		t.Rows[i] = row
	}
	for j, f := range fields {
		if f.Added {
			t.added = append(t.added, j)
		}
	}
	return t
}

// Line adds a row that belongs to no subject, by its columns' keys.
func (t *Table) Line(cells map[string]Cell) {
	row := make([]Cell, len(t.Columns))
	for i, c := range t.Columns {
		row[i] = cells[c.Key]
	}
	t.Rows = append(t.Rows, row)
}

// Totals are what the page adds up below the rows, a cell for each column; nil where it adds up nothing.
func (t Table) Totals() []Cell {
	if len(t.added) == 0 {
		return nil
	}
	totals := make([]Cell, len(t.Columns))
	for _, i := range t.added {
		totals[i] = t.sum(i)
	}
	return totals
}

func (t Table) sum(column int) Cell {
	whole, hundredths, isWhole := Whole(0), Hundredths(0), false
	for _, row := range t.Rows {
		switch v := row[column].(type) {
		case Whole:
			whole, isWhole = whole+v, true
		case Hundredths:
			hundredths += v
		}
	}
	if isWhole {
		return whole
	}
	return hundredths
}
