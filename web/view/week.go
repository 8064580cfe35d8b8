package view

import (
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// WeekModel is what moved the headline since a week ago: work, scope, weights and corrections, of each area and together. Its
// rows and columns add up exactly.
type WeekModel struct {
	Title    string
	Sentence []Piece // each percentage leads to the sum of its moment, as it was known then
	Caption  string
	Rows     []WeekRow // none when nothing moved
	Total    WeekRow
	Href     string // how the change is split
}

// WeekRow is one area's part of the change, or the whole.
type WeekRow struct {
	Name, Work, Scope, Weights, Corrections, Whole string
}

// newWeek tells a change since the end of a day; split is nil where there was no program on that day.
func newWeek(f Frame, w words, since metrics.Day, split *metrics.ChangeSplit) WeekModel {
	m := WeekModel{Title: w.T(i18n.WeekTitle, w.day(since)), Href: f.Link(f.InProgram("/method#split"))}
	if split == nil {
		m.Sentence = []Piece{{Text: w.T(i18n.WeekNoState)}}
		return m
	}
	if len(split.Milestones) == 0 && split.ChangeParts == (metrics.ChangeParts{}) {
		m.Sentence = []Piece{{Text: w.T(i18n.ChangeNone, w.day(since))}}
		return m
	}
	m.Sentence = linkPercentages(w.weekSentence(*split), sumThenHref(f, since), sumHref(f, "sum"))
	m.Caption = w.T(i18n.WeekCaption, w.day(since))
	for _, area := range split.Areas {
		name := w.text(area.Name)
		if name == "" {
			name = w.T(i18n.AreaWithoutName)
		}
		m.Rows = append(m.Rows, w.weekRow(name, area.ChangeParts))
	}
	m.Total = w.weekRow(w.T(i18n.Total), split.ChangeParts)
	return m
}

func (w words) weekRow(name string, c metrics.ChangeParts) WeekRow {
	return WeekRow{name, w.signed(c.Work), w.signed(c.Scope), w.signed(c.Weights), w.signed(c.Corrections), w.signed(c.Total())}
}

// weekSentence names the parts that moved anything, and what was reopened.
func (w words) weekSentence(s metrics.ChangeSplit) string {
	var parts []string
	for _, p := range []struct {
		name   i18n.Message
		points metrics.BasisPoints
	}{{i18n.ChangeWork, s.Work}, {i18n.ChangeScope, s.Scope}, {i18n.ChangeWeights, s.Weights}, {i18n.ChangeCorrections, s.Corrections}} {
		if p.points != 0 {
			parts = append(parts, w.T(i18n.WeekPart, strings.ToLower(w.T(p.name)), w.signed(p.points)))
		}
	}
	if len(parts) == 0 {
		parts = []string{w.T(i18n.WeekPart, strings.ToLower(w.T(i18n.WeekWhole)), w.signed(0))}
	}
	sentence := w.T(i18n.WeekSentence, w.ofWhole(w.pct(s.Before)), w.ofWhole(w.pct(s.After)), strings.Join(parts, ", "))
	var reopened []string
	for _, m := range s.Milestones {
		if m.Reopened && m.After != nil {
			reopened = append(reopened, w.milestoneName(*m.After))
		}
	}
	if len(reopened) > 0 {
		sentence = join(sentence, w.T(i18n.WeekReopened, strings.Join(reopened, ", ")))
	}
	return sentence
}
