package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// OverrideModel are the two forms about overrides; event_id and act are hidden.
type OverrideModel struct {
	Frame
	Form
	Action, Back string
	Deadlines    []Choice
	Verdicts     []Choice
	InForce      []Choice // those that can be withdrawn
	EventID      string
}

// NewOverrideModel makes the forms.
func NewOverrideModel(f Frame, p metrics.Program, a metrics.Assessment, form Form, eventID string) OverrideModel {
	w := words{f.Lang, p.Zone}
	m := OverrideModel{Form: form, Action: f.Link(f.InProgram("/override")), Back: f.Link(f.InProgram("/deadlines")), EventID: eventID}
	m.Deadlines = []Choice{{Value: "", Text: w.T(i18n.OverrideBinding)}}
	for _, d := range a.Deadlines {
		name := w.T(i18n.DeadlineReviewRow, w.deadlineDay(d.Deadline), w.deadlineName(d.Deadline))
		m.Deadlines = append(m.Deadlines, Choice{Value: d.Deadline.Key, Text: name})
		if d.Override != nil {
			m.InForce = append(m.InForce, Choice{Value: d.Override.Deadline, Text: w.T(i18n.ClaimRowLabel, name, w.verdictTag(d.Override.Verdict).Word)})
		}
	}
	if a.Override != nil && a.Binding() == nil {
		m.InForce = append(m.InForce, Choice{Value: "", Text: w.verdictTag(a.Override.Verdict).Word})
	}
	m.Deadlines, m.InForce = form.choices("deadline", m.Deadlines...), form.choices("withdraw", m.InForce...)
	m.Verdicts = []Choice{{Value: "", Text: w.T(i18n.ChooseOne)}}
	for _, v := range []metrics.Verdict{metrics.OnTrack, metrics.Watch, metrics.Late, metrics.CannotBeAssessed} {
		m.Verdicts = append(m.Verdicts, Choice{Value: string(v), Text: w.verdictTag(v).Word})
	}
	m.Verdicts = form.choices("verdict", m.Verdicts...)
	m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.OverrideTitle)))
	return m
}
