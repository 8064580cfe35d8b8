package view

import (
	"tenggat/internal/access"
	"tenggat/internal/i18n"
)

// HelpModel explains the words of the pages in both languages.
type HelpModel struct {
	Frame
	Roles    []RoleRow
	Glossary []GlossaryRow
}

// RoleRow is a role and what it may do.
type RoleRow struct{ Name, Reads, Writes string }

// roleRights says in words what access grants.
var roleRights = []struct {
	role          access.Role
	reads, writes i18n.Message
}{
	{access.Executive, i18n.HelpReadsPrograms, i18n.HelpNothing},
	{access.Regulator, i18n.HelpReadsAll, i18n.HelpNothing},
	{access.Engineer, i18n.HelpReadsPrograms, i18n.HelpWritesEngineer},
	{access.Compliance, i18n.HelpReadsAll, i18n.HelpWritesCompliance},
	{access.Admin, i18n.HelpReadsAdmin, i18n.HelpWritesAdmin},
	{access.Job, i18n.HelpReadsJob, i18n.HelpWritesJob},
}

// GlossaryRow is one word in both languages and what it means, in the page's.
type GlossaryRow struct {
	Indonesian, English, Meaning string
}

// NewHelpModel makes the page.
func NewHelpModel(f Frame) HelpModel {
	m := HelpModel{Frame: f.titled("", f.t(i18n.NavHelp))}
	for _, r := range roleRights {
		m.Roles = append(m.Roles, RoleRow{roleName(f.Lang, r.role), f.t(r.reads), f.t(r.writes)})
	}
	for _, g := range i18n.Glossary() {
		m.Glossary = append(m.Glossary, GlossaryRow{i18n.Indonesian.T(g.Word), i18n.English.T(g.Word), f.t(g.Meaning)})
	}
	return m
}
