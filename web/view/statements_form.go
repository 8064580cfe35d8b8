package view

import (
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// StatementModel is the form that records a statement; event_id is hidden.
type StatementModel struct {
	Frame
	Form
	Action, Back                       string
	Sides, Kinds, Forms, Scopes, Areas []Choice
	EventID                            string
}

// StatementSides are the sides a statement can come from.
func StatementSides() []string { return slices.Clone(statementSides) }

// NewStatementModel makes the form.
func NewStatementModel(f Frame, p metrics.Program, form Form, eventID string) StatementModel {
	w := words{f.Lang, p.Zone}
	m := StatementModel{Form: form, Action: f.Link(f.InProgram("/statements/new")), Back: f.Link(f.InProgram("/statements")), EventID: eventID}
	m.Sides = form.choices("side", Choice{"", w.T(i18n.ChooseOne), false})
	for _, side := range statementSides {
		m.Sides = append(m.Sides, Choice{side, w.side(side), form.Value("side") == side})
	}
	m.Kinds = form.choices("kind", Choice{"percent_done", w.T(i18n.StatementDone), false}, Choice{percentLeft, w.T(i18n.StatementRest), false}, Choice{"other", w.T(i18n.StatementOther), false})
	m.Forms = form.choices("form", Choice{"exact", w.T(i18n.FormExact), false}, Choice{"about", w.T(i18n.FormAbout), false}, Choice{"at_least", w.T(i18n.FormAtLeast), false},
		Choice{"at_most", w.T(i18n.FormAtMost), false}, Choice{"between", w.T(i18n.FormRange), false})
	m.Scopes = form.choices("scope", Choice{"", w.T(i18n.ScopeChoiceUnsaid), false}, Choice{"program", w.T(i18n.ScopeChoiceProgram), false},
		Choice{"area", w.T(i18n.ScopeChoiceArea), false}, Choice{"other", w.T(i18n.ScopeChoiceOther), false})
	m.Areas = form.choices("area", Choice{"", w.T(i18n.None), false})
	for _, a := range p.Areas {
		m.Areas = append(m.Areas, Choice{a.Key, w.text(a.Name), form.Value("area") == a.Key})
	}
	m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.RegisterAdd)))
	return m
}

// choices marks the one that was chosen.
func (f Form) choices(field string, offered ...Choice) []Choice {
	for i := range offered {
		offered[i].Selected = f.Value(field) == offered[i].Value
	}
	return offered
}
