package tables

import (
	"encoding/json"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Data is the table as it is written in JSON: rows are objects with the columns' keys.
type Data struct {
	Table   string           `json:"table"`
	Title   metrics.Text     `json:"title"`
	Columns []DataColumn     `json:"columns"`
	Rows    []map[string]any `json:"rows"`
	Totals  map[string]any   `json:"totals"` // null: nothing is added up
}

// DataColumn describes the values that rows have under Key.
type DataColumn struct {
	Key   string       `json:"key"`
	Label metrics.Text `json:"label"`
	Unit  Unit         `json:"unit"` // "": none
}

// Both is a message in both languages.
func Both(m i18n.Message, args ...any) metrics.Text {
	return metrics.Text{ID: i18n.Indonesian.T(m, args...), EN: i18n.English.T(m, args...)}
}

// Data is the table for JSON. free says what stands in the place of a text that a person wrote; nil: the text itself.
func (t Table) Data(free func(metrics.Text) any) Data {
	d := Data{Table: t.Name, Title: Both(t.Title), Columns: []DataColumn{}, Rows: make([]map[string]any, 0, len(t.Rows))}
	for _, c := range t.Columns {
		d.Columns = append(d.Columns, DataColumn{c.Key, metrics.Text{ID: c.Heading(i18n.Indonesian), EN: c.Heading(i18n.English)}, c.Unit})
	}
	for _, row := range t.Rows {
		d.Rows = append(d.Rows, t.object(row, free))
	}
	if totals := t.Totals(); totals != nil {
		d.Totals = t.object(totals, free)
	}
	return d
}

func (t Table) object(row []Cell, free func(metrics.Text) any) map[string]any {
	o := make(map[string]any, len(row))
	for i, c := range row {
		o[t.Columns[i].Key] = Value(c, free)
	}
	return o
}

// Value is a cell for JSON; free is as for Data.
func Value(c Cell, free func(metrics.Text) any) any {
	switch v := c.(type) {
	case Word:
		return string(v)
	case Words:
		return metrics.Text(v)
	case Free:
		if free != nil {
			return free(metrics.Text(v))
		}
		return metrics.Text(v)
	case Whole:
		return int64(v)
	case Hundredths:
		return json.Number(v.String())
	case Yes:
		return bool(v)
	case Date, Time:
		return text(c, i18n.Indonesian)
	}
	return nil
}
