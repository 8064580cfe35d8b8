package view

import (
	"strconv"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// BlockerModel is the form that raises a blocker: title, milestone, waits_on, due; event_id is hidden.
type BlockerModel struct {
	Frame
	Form
	Action, Back string
	Milestones   []Choice
	EventID      string
}

// NewBlockerModel makes the form. The query's milestone is chosen where the form has no choice yet.
func NewBlockerModel(f Frame, p metrics.Program, form Form, eventID string) BlockerModel {
	w := words{f.Lang, p.Zone}
	m := BlockerModel{Form: form, Action: f.Link(f.InProgram("/items/new")), Back: f.Link(f.InProgram("/items")), EventID: eventID}
	chosen := f.Query.Get("milestone")
	if form.Values != nil {
		chosen = form.Value("milestone")
	}
	m.Milestones = append(m.Milestones, Choice{"", w.T(i18n.WholeProgram), chosen == ""})
	for _, milestone := range p.Milestones {
		m.Milestones = append(m.Milestones, Choice{milestone.Key, milestone.Key + " " + w.text(milestone.Name), chosen == milestone.Key})
	}
	m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.BlockerRaise)))
	return m
}

// CloseModel is the form that closes an item: resolution; event_id and entry are hidden.
type CloseModel struct {
	Frame
	Form
	Action, Back   string
	Title, Detail  string
	Closed         bool // already: nothing is left to do
	EventID, Entry string
}

// NewCloseModel makes the form; ok is false if the program has no item with this key.
func NewCloseModel(f Frame, p metrics.Program, key string, form Form, eventID string) (m CloseModel, ok bool) {
	w := words{f.Lang, p.Zone}
	for _, item := range p.Items {
		if item.Key != key {
			continue
		}
		note := itemNotes(f, w, []metrics.Item{item})[0]
		m = CloseModel{
			Form: form, Action: f.Link(f.InProgram(closePath(key))), Back: f.Link(f.InProgram("/items")), Title: w.written(item.Title), Detail: note.Detail,
			Closed: item.Closed, EventID: eventID, Entry: strconv.FormatInt(p.Entry, 10),
		}
		m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.BlockerClose)))
		return m, true
	}
	return CloseModel{}, false
}
