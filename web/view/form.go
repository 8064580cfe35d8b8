package view

import (
	"github.com/a-h/templ"

	"tenggat/internal/i18n"
)

// Form is what any form carries back to the person when it was not accepted: what was typed, and what is wrong with it.
type Form struct {
	Values  map[string]string // as typed, by field name; passwords never
	Errors  []FieldError      // in the order of the fields
	Trouble string            // what is wrong with the whole, finished; "" for nothing
}

// FieldError is one thing to mend. Field is both the input's name and its id.
type FieldError struct {
	Field, Text string
}

// Failed reports whether there is anything to mend.
func (f Form) Failed() bool { return f.Trouble != "" || len(f.Errors) > 0 }

// Value is what was typed into a field.
func (f Form) Value(field string) string { return f.Values[field] }

func (f Form) errorOf(field string) string {
	for _, e := range f.Errors {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}

// aria ties a field to what describes it: its hint, if it has one, and its error.
func (f Form) aria(field string, hint bool) templ.Attributes {
	attributes, ids := templ.Attributes{}, ""
	if hint {
		ids = field + "-hint"
	}
	if f.errorOf(field) != "" {
		attributes["aria-invalid"] = "true"
		ids = join(ids, field+"-error")
	}
	if ids != "" {
		attributes["aria-describedby"] = ids
	}
	return attributes
}

func (f Form) summary(l i18n.Lang) string {
	if len(f.Errors) > 0 {
		return l.N(i18n.FormErrors, int64(len(f.Errors)))
	}
	return f.Trouble
}

// failing puts the form's trouble before the title, as a screen reader reads the title first.
func (f Form) failing(l i18n.Lang, title string) string {
	if f.Failed() {
		return f.summary(l) + " · " + title
	}
	return title
}

func scrollLabel(f Frame, label string) string { return f.t(i18n.ScrollableTable, label) }
