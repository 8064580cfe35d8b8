package view

import (
	"strconv"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// NewAcceptanceModel makes the form that records a letter of acceptance.
func NewAcceptanceModel(f Frame, p metrics.Program, form Form, eventID string, up Upload) ActModel {
	w := words{f.Lang, p.Zone}
	m := newLetterAct(f, w, p, form, eventID, "/acceptances/new")
	m.Heading, m.Intro, m.Save = w.T(i18n.AcceptanceAdd), w.T(i18n.AcceptanceIntro), w.T(i18n.AcceptanceAdd)
	var milestones []Choice
	for _, row := range p.Milestones {
		milestones = append(milestones, Choice{Value: row.Key, Text: w.milestoneName(row)})
	}
	if len(milestones) > 0 {
		m.Fields = []ActField{askTicks("covers_each", w.optional(i18n.AcceptanceWhich), "", milestones)}
	}
	m.Fields = append(m.Fields, letterQuestions(f, w, up)...)
	return m.titledAct(f)
}

// NewSanctionModel makes the form that records a letter which takes or lifts a step of the ladder.
func NewSanctionModel(f Frame, p metrics.Program, form Form, eventID string, up Upload) ActModel {
	w := words{f.Lang, p.Zone}
	m := newLetterAct(f, w, p, form, eventID, "/sanctions/new")
	m.Heading, m.Intro, m.Save = w.T(i18n.SanctionAdd), w.T(i18n.SanctionIntro), w.T(i18n.SanctionAdd)
	if p.Ladder == nil {
		m.Closed = w.T(i18n.SanctionsNone)
		return m.titledAct(f)
	}
	var steps []Choice
	for _, step := range p.Ladder.Steps {
		steps = append(steps, Choice{Value: strconv.Itoa(step.Number), Text: w.stepName(*p.Ladder, step.Number)})
	}
	m.Fields = append([]ActField{
		askOne("number", w.T(i18n.SanctionStep), "", steps),
		askOne("outcome", w.T(i18n.SanctionOutcome), "", []Choice{{Value: "take", Text: w.T(i18n.SanctionTakes)}, {Value: "lift", Text: w.T(i18n.SanctionLifts)}}),
	}, letterQuestions(f, w, up)...)
	return m.titledAct(f)
}

func newLetterAct(f Frame, w words, p metrics.Program, form Form, eventID, path string) ActModel {
	return ActModel{
		Form: form, Back: f.Link(f.InProgram("/deadlines")), BackText: w.T(i18n.DeadlinesTitle), Action: f.Link(f.InProgram(path)),
		Reviewed: true, EventID: eventID, Entry: strconv.FormatInt(p.Entry, 10),
	}
}

func letterQuestions(f Frame, w words, up Upload) []ActField {
	return []ActField{
		askLine("letter_number", w.T(i18n.LetterNumber), ""), askDate("letter_date", w.T(i18n.LetterDate), ""), askLine("issuer", w.T(i18n.LetterIssuer), w.T(i18n.LetterOffice)),
		askLine("document", w.T(i18n.PaperWords), w.T(i18n.PaperHint)), askFile(f, w.T(i18n.PaperFile), up),
	}
}
