package view

import (
	"strconv"
	"strings"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// PaperCell is where the document behind a recorded act is: words, a link that leads elsewhere, a stored file, or both.
type PaperCell struct {
	Words, Link string // one of the two, or neither
	FileHref    string // "" where no file is stored
	Erased      string
}

func newPaperCell(f Frame, w words, p metrics.Paper) PaperCell {
	cell := PaperCell{Words: p.Document}
	if strings.HasPrefix(p.Document, "https://") {
		cell = PaperCell{Link: p.Document}
	}
	switch {
	case p.Erased:
		cell.Erased = w.T(i18n.FileErased)
	case p.File != "":
		cell.FileHref = f.Link(f.InProgram(FilePath(p.File)))
	}
	return cell
}

// LetterCells are what every act of a regulator is recorded with.
type LetterCells struct {
	Number, Date, Issuer string
	Paper                PaperCell
	Recorded, Entry      string
	Provenance           string // "" where nothing is to be said of it
}

func newLetterCells(f Frame, w words, l metrics.Letter) LetterCells {
	cells := LetterCells{
		Number: l.Number, Date: w.day(l.Date), Issuer: l.Issuer, Paper: newPaperCell(f, w, l.Paper),
		Recorded: w.T(i18n.EvidenceAddedBy, w.atMid(l.RecordedAt), w.actor(l.By)), Entry: w.T(i18n.DeadlineEntryNo, w.Int(l.Entry)),
	}
	if l.Provenance != "" {
		cells.Provenance = w.provenance(l.Provenance)
	}
	return cells
}

// LettersModel is what a program's regulator did by letter.
type LettersModel struct {
	Acceptances   []AcceptanceRow
	AcceptHref    string // "" where nothing can be recorded
	Basis, Source string // of the ladder; "" without one
	Standing      string
	Steps         []SanctionRow
	SanctionHref  string
}

// AcceptanceRow is a letter that accepts.
type AcceptanceRow struct {
	Covers string
	LetterCells
}

// SanctionRow is a letter on a step, or a step that no letter took.
type SanctionRow struct {
	Step, Note string
	State      Tag
	Letter     *LetterCells
}

func newLetters(f Frame, w words, p metrics.Program) LettersModel {
	m := LettersModel{}
	for _, a := range p.Acceptances {
		m.Acceptances = append(m.Acceptances, AcceptanceRow{w.covers(a), newLetterCells(f, w, a.Letter)})
	}
	if f.mayNow(access.RecordAcceptance) && len(p.Milestones) > 0 {
		m.AcceptHref = f.Link(f.InProgram("/acceptances/new"))
	}
	if p.Ladder == nil {
		return m
	}
	m.Basis, m.Standing = w.T(i18n.SanctionsBasis, p.Ladder.LegalBasis), w.T(i18n.SanctionsClear)
	if standing := p.StandingStep(); standing != nil {
		m.Standing = w.T(i18n.SanctionsStands, w.stepName(*p.Ladder, standing.Step))
	}
	for _, step := range p.Ladder.Steps {
		m.Steps = append(m.Steps, newSanctionRows(f, w, p, step)...)
	}
	if f.mayNow(access.RecordSanctionStep) {
		m.SanctionHref = f.Link(f.InProgram("/sanctions/new"))
	}
	return m
}

// newSanctionRows are one row a letter; a step that no letter took says so.
func newSanctionRows(f Frame, w words, p metrics.Program, step metrics.LadderStep) []SanctionRow {
	row := SanctionRow{Step: w.stepName(*p.Ladder, step.Number), Note: w.text(step.Note), State: Tag{"unknown", "ring", w.T(i18n.SanctionNotTaken)}}
	var rows []SanctionRow
	for _, s := range p.SanctionLetters(step.Number) {
		cells := newLetterCells(f, w, s.Letter)
		row.State, row.Letter = w.sanctionTag(s), &cells
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return []SanctionRow{row}
	}
	return rows
}

func (w words) sanctionTag(s metrics.SanctionStep) Tag {
	if s.Lifted {
		return Tag{"unknown", "square-check", w.T(i18n.SanctionLifted)}
	}
	return Tag{"late", "octagon-cross", w.T(i18n.SanctionTaken)}
}

// stepName is "1. written warning"; of a step that a later ladder does not have, its number alone.
func (w words) stepName(ladder metrics.Ladder, number int) string {
	for _, step := range ladder.Steps {
		if step.Number == number {
			return w.T(i18n.SanctionNumbered, strconv.Itoa(number), w.text(step.Name))
		}
	}
	return strconv.Itoa(number)
}

func (w words) covers(a metrics.Acceptance) string {
	if len(a.Milestones) == 0 {
		return w.T(i18n.AcceptanceWhole)
	}
	return strings.Join(a.Milestones, ", ")
}
