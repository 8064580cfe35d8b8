package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// BindingModel is the form that lets another version of the deadline count; event_id and was are hidden.
type BindingModel struct {
	Frame
	Form
	Action, Back string
	Now          string // the one that counts now
	Choices      []Choice
	Was, EventID string
}

// NewBindingModel makes the form. was is the key of the deadline that counts now.
func NewBindingModel(f Frame, p metrics.Program, form Form, was, eventID string) BindingModel {
	w := words{f.Lang, p.Zone}
	m := BindingModel{Form: form, Action: f.Link(f.InProgram("/deadlines/binding")), Back: f.Link(f.InProgram("/deadlines")), Now: w.T(i18n.None), Was: was, EventID: eventID}
	for _, d := range p.Deadlines {
		if d.Key == was {
			m.Now = w.T(i18n.DeadlineReviewRow, w.deadlineDay(d), w.deadlineName(d))
		}
	}
	choices := []Choice{{Value: "", Text: w.T(i18n.ChooseOne)}}
	for _, d := range bindable(p) {
		choices = append(choices, Choice{Value: d.Key, Text: w.T(i18n.DeadlineReviewRow, w.deadlineDay(d), w.deadlineName(d))})
	}
	m.Choices = form.choices("deadline", choices...)
	m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.BindingTitle)))
	return m
}
