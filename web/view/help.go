package view

import "tenggat/internal/i18n"

// HelpModel explains the words of the pages in both languages.
type HelpModel struct {
	Frame
	Glossary []GlossaryRow
}

// GlossaryRow is one word in both languages and what it means, in the page's.
type GlossaryRow struct {
	Indonesian, English, Meaning string
}

// NewHelpModel makes the page.
func NewHelpModel(f Frame) HelpModel {
	m := HelpModel{Frame: f.titled("", f.t(i18n.NavHelp))}
	for _, g := range i18n.Glossary() {
		m.Glossary = append(m.Glossary, GlossaryRow{i18n.Indonesian.T(g.Word), i18n.English.T(g.Word), f.t(g.Meaning)})
	}
	return m
}
