package view

import (
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// letterFields are the columns that every table of letters has; a row without a letter leaves them empty.
func letterFields[R any](letter func(R) *metrics.Letter) []tables.Field[R] {
	of := func(f func(metrics.Letter) tables.Cell) func(R) tables.Cell {
		return func(r R) tables.Cell {
			l := letter(r)
			if l == nil {
				return nil
			}
			return f(*l)
		}
	}
	return []tables.Field[R]{
		col("letter_number", i18n.LetterNumber, of(func(l metrics.Letter) tables.Cell { return tables.Word(l.Number) })),
		col("letter_date", i18n.LetterDate, of(func(l metrics.Letter) tables.Cell { return tables.Date(l.Date) })),
		col("issuer", i18n.LetterIssuer, of(func(l metrics.Letter) tables.Cell { return tables.Word(l.Issuer) })),
		col("document", i18n.ColumnDocument, of(func(l metrics.Letter) tables.Cell { return tables.WordOf(l.Paper.Document) })),
		col("file", i18n.HeadFile, of(func(l metrics.Letter) tables.Cell { return tables.WordOf(l.Paper.File) })),
		col("erased", i18n.HeadErased, of(func(l metrics.Letter) tables.Cell { return tables.Yes(l.Paper.Erased) })),
		col("by", i18n.By, of(func(l metrics.Letter) tables.Cell { return tables.WordOf(l.By) })),
		col("recorded_at", i18n.HeadRecordedAt, of(func(l metrics.Letter) tables.Cell { return tables.TimeOf(l.RecordedAt) })),
		col("provenance", i18n.HeadProvenance, of(func(l metrics.Letter) tables.Cell { return tables.WordOf(l.Provenance) })),
		col("entry", i18n.ColumnEntry, of(func(l metrics.Letter) tables.Cell { return entryNo(l.Entry) })),
	}
}

// AcceptancesFile is every letter that accepts, in the order of recording.
func AcceptancesFile(p metrics.Program) tables.Table {
	type row = metrics.Acceptance
	fields := []tables.Field[row]{
		col("acceptance", i18n.HeadKey, func(r row) tables.Cell { return tables.Word(r.Key) }),
		col("covers", i18n.AcceptanceCovers, func(r row) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.covers(r) })
		}),
	}
	return tables.Make("acceptances", i18n.Acceptances, append(fields, letterFields(func(r row) *metrics.Letter { return &r.Letter })...), p.Acceptances)
}

// stepLetter is a step of the ladder with one of its letters, or without any.
type stepLetter struct {
	metrics.LadderStep
	taken *metrics.SanctionStep
}

// SanctionsFile is every step of the ladder, those that no letter took included.
func SanctionsFile(p metrics.Program) tables.Table {
	var rows []stepLetter
	if p.Ladder != nil {
		for _, step := range p.Ladder.Steps {
			letters := p.SanctionLetters(step.Number)
			for i := range letters {
				rows = append(rows, stepLetter{step, &letters[i]})
			}
			if len(letters) == 0 {
				rows = append(rows, stepLetter{step, nil})
			}
		}
	}
	fields := []tables.Field[stepLetter]{
		col("step", i18n.HeadStepNumber, func(r stepLetter) tables.Cell { return tables.Whole(int64(r.Number)) }),
		col("name", i18n.SanctionStep, func(r stepLetter) tables.Cell { return named(r.Name) }),
		col("note", i18n.HeadNote, func(r stepLetter) tables.Cell { return named(r.Note) }),
		col("state", i18n.State, func(r stepLetter) tables.Cell {
			if r.taken == nil {
				return fixed(i18n.SanctionNotTaken)
			}
			return inBoth(p.Zone, func(w words) string { return w.sanctionTag(*r.taken).Word })
		}),
	}
	letter := func(r stepLetter) *metrics.Letter {
		if r.taken == nil {
			return nil
		}
		return &r.taken.Letter
	}
	return tables.Make("sanctions", i18n.Sanctions, append(fields, letterFields(letter)...), rows)
}

// DutiesFile is what the articles of the law demand.
func DutiesFile(p metrics.Program) tables.Table {
	type row = metrics.Duty
	return tables.Make("duties", i18n.Duties, []tables.Field[row]{
		col("duty", i18n.HeadKey, func(r row) tables.Cell { return tables.Word(r.Key) }),
		col("text", i18n.DutyText, func(r row) tables.Cell { return named(r.Text) }),
		col("article", i18n.DutyArticle, func(r row) tables.Cell { return tables.WordOf(r.Article) }),
		col("standing", i18n.DutyStanding, func(r row) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.dutyStanding(r) })
		}),
		col("milestones", i18n.DutyMilestones, func(r row) tables.Cell { return servingCell(p, r.Key) }),
		col("source", i18n.Source, func(r row) tables.Cell { return tables.WordOf(r.Source) }),
		col("provenance", i18n.HeadProvenance, func(r row) tables.Cell { return tables.WordOf(r.Provenance) }),
		col("entry", i18n.ColumnEntry, func(r row) tables.Cell { return entryNo(r.Entry) }),
	}, p.Duties)
}

func servingCell(p metrics.Program, duties ...string) tables.Cell {
	var keys []string
	for _, i := range p.Serving(duties...) {
		keys = append(keys, p.Milestones[i].Key)
	}
	return tables.WordOf(strings.Join(keys, ", "))
}

// AuditsFile is every audit: those not held by due date, then results, newest first.
func AuditsFile(p metrics.Program, a metrics.Assessment) tables.Table {
	rows := append([]metrics.AuditDate{}, a.AfterCare.Audits...)
	for _, held := range a.AfterCare.Held {
		rows = append(rows, metrics.AuditDate{Audit: held})
	}
	type row = metrics.AuditDate
	return tables.Make("audits", i18n.Audits, []tables.Field[row]{
		col("audit", i18n.HeadKey, func(r row) tables.Cell { return tables.Word(r.Audit.Key) }),
		col("name", i18n.AuditTriggerColumn, func(r row) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.auditName(r.Audit) })
		}),
		col("duties", i18n.AuditDuties, func(r row) tables.Cell { return tables.Word(strings.Join(r.Audit.Duties, ", ")) }),
		col("milestones", i18n.AuditMilestones, func(r row) tables.Cell { return servingCell(p, r.Audit.Duties...) }),
		col("changed_on", i18n.HeadChangedOn, func(r row) tables.Cell { return tables.DateOf(r.Audit.ChangedOn) }),
		col("change", i18n.HeadChange, func(r row) tables.Cell { return tables.FreeOf(r.Audit.Change) }),
		col("due", i18n.AuditDue, func(r row) tables.Cell { return tables.Date(r.Audit.Due) }),
		col("overdue_days", i18n.HeadOverdue, func(r row) tables.Cell { return tables.Whole(int64(r.OverdueDays)) }),
		col("result", i18n.AuditResult, func(r row) tables.Cell {
			return inBoth(p.Zone, func(w words) string {
				if r.Audit.Result == "" {
					return w.T(i18n.AuditPlanned)
				}
				return w.auditResult(r.Audit.Result).Word
			})
		}),
		col("held_on", i18n.AuditHeldOn, func(r row) tables.Cell { return tables.DateOf(r.Audit.HeldOn) }),
		col("auditor", i18n.AuditAuditor, func(r row) tables.Cell { return tables.WordOf(r.Audit.Auditor) }),
		col("finding", i18n.AuditFinding, func(r row) tables.Cell { return tables.FreeOf(r.Audit.Finding) }),
		col("document", i18n.ColumnDocument, func(r row) tables.Cell { return tables.WordOf(r.Audit.Paper.Document) }),
		col("file", i18n.HeadFile, func(r row) tables.Cell { return tables.WordOf(r.Audit.Paper.File) }),
		col("by", i18n.By, func(r row) tables.Cell { return tables.WordOf(r.Audit.By) }),
		col("recorded_at", i18n.HeadRecordedAt, func(r row) tables.Cell { return tables.TimeOf(r.Audit.RecordedAt) }),
		col("entry", i18n.ColumnEntry, func(r row) tables.Cell { return entryNo(r.Audit.Entry) }),
	}, rows)
}
