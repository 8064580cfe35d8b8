package view

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"tenggat/internal/i18n"
)

// ActModel is a form that records one act. Its fields are data, so that all such forms look and behave alike.
type ActModel struct {
	Frame
	Form
	Heading, Intro string
	Back, BackText string
	Action         string
	Facts          []ActFact // what the act is about
	Closed         string    // why nothing can be sent; "" if it can
	Fields         []ActField
	Save           string
	Danger         bool
	Reviewed       bool            // what was typed is shown once more before it is recorded
	Preview        templ.Component // what the act will make, shown before it is recorded; nil: the facts say all
	EventID, Entry string
}

// Upload says what documents a form may bring: of at most Limit bytes, with names that end as Accept lists.
type Upload struct {
	Limit  int64
	Accept string
}

// ActFact is a name and a value, which may be a link.
type ActFact struct {
	Name, Value, Href string
}

// ActField is one question of an act's form.
type ActField struct {
	kind              string
	Name, Label, Hint string
	Choices           []Choice
	Accept            string // of a file
}

func askLine(name, label, hint string) ActField {
	return ActField{kind: "line", Name: name, Label: label, Hint: hint}
}

func askText(name, label, hint string) ActField {
	return ActField{kind: "text", Name: name, Label: label, Hint: hint}
}

func askDate(name, label, hint string) ActField {
	return ActField{kind: "date", Name: name, Label: label, Hint: hint}
}

func askCount(name, label, hint string) ActField {
	return ActField{kind: "count", Name: name, Label: label, Hint: hint}
}

// askOne asks for one of several answers, all of them in sight.
func askOne(name, label, hint string, choices []Choice) ActField {
	return ActField{kind: "one", Name: name, Label: label, Hint: hint, Choices: choices}
}

// askTicks asks for any number of answers; its name ends in _each.
func askTicks(name, label, hint string, choices []Choice) ActField {
	return ActField{kind: "ticks", Name: name, Label: label, Hint: hint, Choices: choices}
}

// carry sends a value back unasked.
func carry(name string) ActField { return ActField{kind: "hidden", Name: name} }

// askFile asks for a document.
func askFile(f Frame, label string, up Upload) ActField {
	return ActField{kind: "file", Name: "file", Label: label, Hint: f.t(i18n.FileHint, f.Lang.Size(up.Limit)), Accept: up.Accept}
}

// titledAct finishes the frame, and chooses what was chosen before.
func (m ActModel) titledAct(f Frame) ActModel {
	m.Frame = f.titled("", m.failing(f.Lang, m.Heading))
	for i, field := range m.Fields {
		chosen := strings.Split(m.Value(field.Name), "\n")
		for k := range field.Choices {
			for _, value := range chosen {
				m.Fields[i].Choices[k].Selected = m.Fields[i].Choices[k].Selected || value == field.Choices[k].Value && m.Values != nil
			}
		}
	}
	return m
}

// enctype is how the form is sent.
func (m ActModel) enctype() string {
	if slices.ContainsFunc(m.Fields, func(f ActField) bool { return f.kind == "file" }) {
		return "multipart/form-data"
	}
	return "application/x-www-form-urlencoded"
}

// id is a choice's own id; the first bears the field's, which the error summary leads to.
func (f ActField) id(i int) string {
	if i == 0 {
		return f.Name
	}
	return f.Name + "-" + f.Choices[i].Value
}
