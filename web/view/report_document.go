package view

import (
	"slices"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/reports"
	"tenggat/internal/tables"
)

// ReportInput is what a progress report is made from: a program as it was known at the end of its period and before it, and what was
// recorded in between.
type ReportInput struct {
	Head        reports.Head
	Program     metrics.Program
	Assessment  metrics.Assessment
	Forecast    metrics.ProgramForecast
	Comparisons []metrics.Comparison // one for each of the program's statements
	Split       *metrics.ChangeSplit // what moved the headline in the period; nil: nothing was on record before it
	Changes     []RecordedChange     // in the ledger's order
	Cut         bool                 // there were more changes than these
}

// RecordedChange is an entry that changed what counts, or a count.
type RecordedChange struct {
	Entry                  int64
	RecordedAt, ObservedAt time.Time
	Kind                   string          // as in the ledger
	About                  string          // key of what it speaks of
	Counts                 *metrics.Counts // of a correction
	Reason                 metrics.Text
	Erased                 bool // there was one
	Actor                  string
}

// NewReport makes the document of a report: nine sections, in both languages.
func NewReport(in ReportInput) reports.Document {
	d := reports.Document{Head: in.Head}
	b := reportBuilder{in}
	d.Sections = []reports.Section{
		b.summary(), b.figures(), b.areas(), b.deadlines(), b.items(), b.statements(), b.evidence(), b.changes(), b.limitations(),
	}
	return d
}

type reportBuilder struct{ ReportInput }

// say is a paragraph; an empty one is left out.
func (b reportBuilder) say(paragraphs *[]tables.Cell, f func(words) string) {
	if c := inBoth(b.Program.Zone, f); c != nil {
		*paragraphs = append(*paragraphs, c)
	}
}

func (b reportBuilder) summary() reports.Section {
	s := reports.Section{Title: i18n.SectionSummary}
	a, p := b.Assessment, b.Program
	b.say(&s.Said, func(w words) string { return w.headline(a, p, b.Forecast) })
	b.say(&s.Said, func(w words) string {
		return w.T(i18n.ReportVerdict, w.verdictTag(a.Judgement.Verdict).Word, w.reason(a.Judgement.Reason, a.Curve.LastReport))
	})
	if o := a.Override; o != nil {
		b.say(&s.Said, func(w words) string {
			return w.T(i18n.ReportOverride, w.verdictTag(o.Verdict).Word, o.By, w.day(o.Until))
		})
	}
	if d := a.Binding(); d != nil {
		b.say(&s.Said, func(w words) string {
			return w.T(i18n.ReportDeadline, w.deadlineDay(d.Deadline), w.deadlineName(d.Deadline), w.DaysLeft(d.DaysLeft))
		})
	}
	b.say(&s.Said, func(w words) string { return w.rangeExplain(a) })
	b.say(&s.Said, func(w words) string {
		if a.HeadlineRange != nil {
			return w.T(i18n.ForecastSilent)
		}
		return w.forecastLead(b.Forecast.Governing())
	})
	b.say(&s.Said, b.change)
	return s
}

// change says what moved the headline in the period.
func (b reportBuilder) change(w words) string {
	c := b.Split
	if c == nil {
		return w.T(i18n.ReportNoBefore)
	}
	if c.ChangeParts == (metrics.ChangeParts{}) {
		return w.T(i18n.ChangeNone, w.day(b.Head.From-1))
	}
	return w.T(i18n.ReportChange, w.points(c.Before), w.points(c.After), w.signed(c.Work), w.signed(c.Scope), w.signed(c.Weights), w.signed(c.Corrections))
}

func (b reportBuilder) figures() reports.Section {
	s := reports.Section{Title: i18n.SectionFigures}
	p, a := b.Program, b.Assessment
	b.say(&s.Said, func(w words) string { return w.T(i18n.ReportFormula) })
	if set := p.WeightSet; set.Version > 0 {
		b.say(&s.Said, func(w words) string {
			return w.T(i18n.ReportWeights, w.Int(set.Version), w.at(set.RecordedAt), w.Int(set.Entry))
		})
	}
	type figure struct {
		name, definition i18n.Message
		points           metrics.BasisPoints
	}
	s.Tables = []tables.Table{
		tables.Make("figures", i18n.TableFigures, []tables.Field[figure]{
			col("figure", i18n.HeadFigure, func(f figure) tables.Cell { return fixed(f.name) }),
			colIn(tables.Points, "points", i18n.HeadPointsOf, func(f figure) tables.Cell { return hundredths(f.points) }),
			col("definition", i18n.HeadDefinition, func(f figure) tables.Cell { return fixed(f.definition) }),
		}, []figure{
			{i18n.MeasureReported, i18n.DefReported, a.Reported}, {i18n.MeasureVerified, i18n.DefVerified, a.Verified}, {i18n.MeasureAccepted, i18n.DefAccepted, a.Accepted},
			{i18n.Left, i18n.DefOutstanding, a.Outstanding}, {i18n.Plan, i18n.DefPlanned, a.Planned}, {i18n.Deviation, i18n.DefDeviation, a.Deviation},
		}),
		SumFile(p, a).Only("milestone", "name", "weight", "done", "total", "unit", "share", "reported", "verified", "accepted", "outstanding"),
	}
	return s
}

func (b reportBuilder) areas() reports.Section {
	return reports.Section{Title: i18n.SectionAreas, Tables: []tables.Table{
		AreasFile(b.Assessment).Only("area", "name", "share", "planned_share", "weight", "reported", "verified", "accepted", "outstanding"),
	}}
}

func (b reportBuilder) deadlines() reports.Section {
	s := reports.Section{Title: i18n.SectionDeadlines}
	b.say(&s.Said, func(w words) string {
		if len(b.Assessment.Deadlines) == 0 {
			return w.T(i18n.DeadlineNone)
		}
		return w.T(i18n.ReportOneBinds)
	})
	s.Tables = []tables.Table{
		DeadlinesFile(b.Program, b.Assessment).Only("deadline", "version", "kind", "date", "stated", "announced_on", "announced_by", "document", "days_left", "verdict", "reason", "override", "override_by"),
		BindingsFile(b.Program).Only("deadline", "from", "to", "reason", "entry"),
	}
	return s
}

func (b reportBuilder) items() reports.Section {
	s := reports.Section{Title: i18n.SectionItems}
	a := b.Assessment
	b.say(&s.Said, func(w words) string {
		if len(a.Items) == 0 {
			return w.T(i18n.ItemsEmpty, w.day(a.Today))
		}
		return w.N(i18n.ItemsSummary, int64(len(a.Items)), w.pts(a.Outstanding)) + " " + w.T(i18n.ItemsSumExact, w.pts(a.Outstanding), w.pts(a.Reported))
	})
	s.Tables = []tables.Table{
		ItemsFile(b.Program, a, "", "").Only("kind", "milestone", "name", "area", "outstanding", "since", "due", "overdue_days", "owner", "waits_on", "state"),
		recordedItems(b.Program),
	}
	return s
}

// recordedItems are the open items that people recorded, each with its own title.
func recordedItems(p metrics.Program) tables.Table {
	open := slices.DeleteFunc(slices.Clone(p.Items), func(i metrics.Item) bool { return i.Closed })
	return tables.Make("recorded-items", i18n.TableRecorded, []tables.Field[metrics.Item]{
		col("kind", i18n.ColumnKind, func(i metrics.Item) tables.Cell { return itemKindCell(p, metrics.ItemKind(i.Kind)) }),
		col("milestone", i18n.Milestone, func(i metrics.Item) tables.Cell { return tables.WordOf(i.Milestone) }),
		col("title", i18n.HeadName, func(i metrics.Item) tables.Cell { return written(i.Title) }),
		col("waits_on", i18n.ItemWaitsOn, func(i metrics.Item) tables.Cell { return named(i.WaitsOn) }),
		col("opened_on", i18n.HeadWaitsSince, func(i metrics.Item) tables.Cell { return tables.Date(i.OpenedOn) }),
		col("due", i18n.Due, func(i metrics.Item) tables.Cell { return tables.DateOf(i.Due) }),
		col("entry", i18n.ColumnEntry, func(i metrics.Item) tables.Cell { return entryNo(i.Entry) }),
	}, open)
}

func (b reportBuilder) statements() reports.Section {
	s := reports.Section{Title: i18n.SectionStatements}
	b.say(&s.Said, func(w words) string {
		if len(b.Program.Statements) == 0 {
			return w.T(i18n.StatementsNone)
		}
		return w.claimCounts(joinClaims(b.Program, b.Comparisons)) + " " + w.T(i18n.ReportNotEquated)
	})
	s.Tables = []tables.Table{
		StatementsFile(b.Program, b.Comparisons, "", "").Only("stated_on", "published_on", "side", "speaker", "value", "subject", "computed", "computed_of", "difference", "judgement", "source"),
	}
	return s
}

func (b reportBuilder) evidence() reports.Section {
	s := reports.Section{Title: i18n.SectionEvidence}
	p := b.Program
	counts := map[metrics.EvidenceState]int64{}
	for _, e := range p.Evidence {
		counts[e.State()]++
	}
	b.say(&s.Said, func(w words) string {
		return w.T(i18n.ReportEvidenceSum, w.Int(int64(len(p.Evidence))), w.Int(counts[metrics.EvidenceAccepted]), w.Int(counts[metrics.EvidenceRefused]), w.Int(counts[metrics.EvidenceWaits]))
	})
	b.keys(&s.Said, i18n.ReportUnevidenced, func(m stone) bool { return !m.Open && m.Verified < m.Reported })
	if len(p.Acceptances) == 0 {
		b.say(&s.Said, func(w words) string { return w.T(i18n.ReportNoLetters) })
	}
	s.Tables = []tables.Table{
		evidenceTable(p), lettersTable(p), sanctionsTable(p),
	}
	return s
}

// keys names the milestones for which something holds; none is no sentence.
func (b reportBuilder) keys(paragraphs *[]tables.Cell, sentence i18n.Plural, holds func(stone) bool) {
	var keys []string
	for _, m := range b.Assessment.Milestones {
		if holds(m) {
			keys = append(keys, m.Milestone.Key)
		}
	}
	if len(keys) > 0 {
		b.say(paragraphs, func(w words) string { return w.N(sentence, int64(len(keys)), strings.Join(keys, ", ")) })
	}
}

// evidenceStates are the words for what became of a piece of evidence.
var evidenceStates = map[metrics.EvidenceState]i18n.Message{
	metrics.EvidenceWaits: i18n.ReportEvidenceWaits, metrics.EvidenceAccepted: i18n.ReportEvidenceAccepted,
	metrics.EvidenceRefused: i18n.ReportEvidenceRefused, metrics.EvidenceVoid: i18n.ReportEvidenceVoid,
}

func evidenceTable(p metrics.Program) tables.Table {
	type piece = metrics.Evidence
	review := func(f func(metrics.Review) tables.Cell) func(piece) tables.Cell {
		return func(e piece) tables.Cell {
			if e.Review == nil {
				return nil
			}
			return f(*e.Review)
		}
	}
	return tables.Make("evidence", i18n.SectionEvidence, []tables.Field[piece]{
		col("milestone", i18n.Milestone, func(e piece) tables.Cell { return tables.Word(e.Milestone) }),
		col("label", i18n.ReportEvidenceLabel, func(e piece) tables.Cell { return written(e.Label) }),
		col("observed_on", i18n.ReportEvidenceDate, func(e piece) tables.Cell { return tables.Date(e.ObservedOn) }),
		col("sha256", i18n.ReportFileHash, func(e piece) tables.Cell { return tables.WordOf(e.SHA256) }),
		col("link", i18n.ReportEvidenceLink, func(e piece) tables.Cell { return tables.WordOf(e.Link) }),
		col("state", i18n.State, func(e piece) tables.Cell { return fixed(evidenceStates[e.State()]) }),
		col("supports", i18n.ReportEvidenceSupports, review(func(r metrics.Review) tables.Cell { return tables.Whole(r.Done) })),
		col("by", i18n.ReportEvidenceBy, func(e piece) tables.Cell { return tables.WordOf(e.By) }),
		col("reviewed_by", i18n.ReportEvidenceReviewer, review(func(r metrics.Review) tables.Cell { return tables.WordOf(r.By) })),
		col("reason", i18n.Reason, review(func(r metrics.Review) tables.Cell { return tables.FreeOf(r.Reason) })),
		col("entry", i18n.ColumnEntry, func(e piece) tables.Cell { return entryNo(e.Entry) }),
	}, p.Evidence)
}

func lettersTable(p metrics.Program) tables.Table {
	type letter = metrics.Acceptance
	return tables.Make("letters", i18n.TableLetters, []tables.Field[letter]{
		col("number", i18n.HeadLetter, func(l letter) tables.Cell { return tables.Word(l.Number) }),
		col("date", i18n.HeadLetterDate, func(l letter) tables.Cell { return tables.Date(l.Date) }),
		col("issuer", i18n.HeadIssuer, func(l letter) tables.Cell { return tables.Word(l.Issuer) }),
		col("covers", i18n.HeadCovers, func(l letter) tables.Cell {
			if len(l.Milestones) == 0 {
				return fixed(i18n.WholeProgram)
			}
			return tables.Word(strings.Join(l.Milestones, ", "))
		}),
		col("document", i18n.ColumnDocument, func(l letter) tables.Cell { return tables.WordOf(l.Paper.Document) }),
		col("sha256", i18n.HeadHash, func(l letter) tables.Cell { return tables.WordOf(l.Paper.File) }),
		col("entry", i18n.ColumnEntry, func(l letter) tables.Cell { return entryNo(l.Entry) }),
	}, p.Acceptances)
}

func sanctionsTable(p metrics.Program) tables.Table {
	type step = metrics.SanctionStep
	return tables.Make("sanction-steps", i18n.TableSanctions, []tables.Field[step]{
		col("step", i18n.HeadStep, func(s step) tables.Cell { return tables.Whole(s.Step) }),
		col("lifted", i18n.HeadLifted, func(s step) tables.Cell { return tables.Yes(s.Lifted) }),
		col("number", i18n.HeadLetter, func(s step) tables.Cell { return tables.Word(s.Number) }),
		col("date", i18n.HeadLetterDate, func(s step) tables.Cell { return tables.Date(s.Date) }),
		col("issuer", i18n.HeadIssuer, func(s step) tables.Cell { return tables.Word(s.Issuer) }),
		col("document", i18n.ColumnDocument, func(s step) tables.Cell { return tables.WordOf(s.Paper.Document) }),
		col("entry", i18n.ColumnEntry, func(s step) tables.Cell { return entryNo(s.Entry) }),
	}, p.Sanctions)
}

func (b reportBuilder) changes() reports.Section {
	s := reports.Section{Title: i18n.SectionChanges}
	b.say(&s.Said, b.change)
	if len(b.Changes) == 0 {
		b.say(&s.Said, func(w words) string { return w.T(i18n.ReportNoChanges) })
	}
	if b.Cut {
		b.say(&s.Said, func(w words) string { return w.T(i18n.ReportCut) })
	}
	s.Tables = []tables.Table{splitTable("period-change", i18n.TablePeriodChange, b.Split), changesTable(b.Program, b.Changes)}
	return s
}

func changesTable(p metrics.Program, changes []RecordedChange) tables.Table {
	count := func(of func(metrics.Counts) *int64) func(RecordedChange) tables.Cell {
		return func(c RecordedChange) tables.Cell {
			if c.Counts == nil {
				return nil
			}
			return tables.WholeOf(of(*c.Counts))
		}
	}
	return tables.Make("changes", i18n.TableChanges, []tables.Field[RecordedChange]{
		col("entry", i18n.ColumnEntry, func(c RecordedChange) tables.Cell { return tables.Whole(c.Entry) }),
		col("recorded_at", i18n.HeadRecordedAt, func(c RecordedChange) tables.Cell { return tables.Time(c.RecordedAt) }),
		col("observed_at", i18n.HeadObservedAt, func(c RecordedChange) tables.Cell { return tables.Time(c.ObservedAt) }),
		col("kind", i18n.ColumnKind, func(c RecordedChange) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.changeKind(c.Kind) })
		}),
		col("about", i18n.HeadAbout, func(c RecordedChange) tables.Cell { return tables.WordOf(c.About) }),
		col("done", i18n.HeadDone, count(countDone)), col("total", i18n.HeadTotal, count(countTotal)),
		col("reason", i18n.Reason, func(c RecordedChange) tables.Cell {
			if c.Erased {
				return fixed(i18n.TextErased)
			}
			return tables.FreeOf(c.Reason)
		}),
		col("actor", i18n.HeadActor, func(c RecordedChange) tables.Cell { return tables.Word(c.Actor) }),
	}, changes)
}

// changeKind names a kind as the audit trail does.
func (w words) changeKind(kind string) string {
	if i := slices.IndexFunc(trailKinds, func(k trailKind) bool { return k.kind == kind }); i >= 0 {
		return w.T(trailKinds[i].name)
	}
	return kind
}

// ReportKinds are the kinds of entries that a report lists as changes: what counts, and counts that were lowered.
func ReportKinds() []string {
	return []string{
		"program", "area", "milestone", "weights", "deadline", "override", "correction", "reopening", "proposal", "decision", "acceptance", "sanction_step",
		"erasure", "file_erasure",
	}
}

func (b reportBuilder) limitations() reports.Section {
	s := reports.Section{Title: i18n.SectionLimitations}
	p, a := b.Program, b.Assessment
	b.say(&s.Said, func(w words) string { return w.T(i18n.LimitTrue) })
	if gap := a.Reported - a.Verified; gap > 0 {
		b.say(&s.Said, func(w words) string { return w.T(i18n.LimitUnverified, w.pts(gap)) })
	}
	if gap := a.Reported - a.Accepted; gap > 0 {
		b.say(&s.Said, func(w words) string { return w.T(i18n.LimitUnaccepted, w.pts(gap)) })
	}
	b.keys(&s.Said, i18n.LimitMissing, func(m stone) bool { return m.Stale })
	b.keys(&s.Said, i18n.LimitUnreported, func(m stone) bool { return m.NotReported })
	b.count(&s.Said, i18n.LimitUndated, int64(len(slices.DeleteFunc(slices.Clone(p.Statements), func(s metrics.Statement) bool { return s.StatedOn != nil }))))
	b.count(&s.Said, i18n.LimitNoDocument, int64(len(slices.DeleteFunc(slices.Clone(p.Deadlines), func(d metrics.Deadline) bool { return d.Document != "" }))))
	b.count(&s.Said, i18n.LimitUnspecified, countUnspecified(a.Items))
	b.say(&s.Said, func(w words) string { return w.T(i18n.LimitForecast) })
	b.say(&s.Said, func(w words) string { return w.T(i18n.LimitTexts) })
	if p.Demo != "" {
		b.say(&s.Said, func(w words) string { return demoNote(w.Lang, p.Demo) })
	}
	return s
}

func (b reportBuilder) count(paragraphs *[]tables.Cell, sentence i18n.Plural, n int64) {
	if n > 0 {
		b.say(paragraphs, func(w words) string { return w.N(sentence, n) })
	}
}
