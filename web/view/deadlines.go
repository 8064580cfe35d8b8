package view

import (
	"slices"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// DeadlinesModel is every version of every deadline, each judged on its own.
type DeadlinesModel struct {
	Frame
	Lead         string
	Rows         []DeadlineVersion
	History      []DeadlineStep
	Bound        []BoundRow
	Letters      LettersModel
	AddHref      string // "" where nothing can be recorded
	OverrideHref string
	BindHref     string // "" where no other version could bind
}

// DeadlineVersion is one version with the rule's verdict and, while one is in force, a person's beside it.
type DeadlineVersion struct {
	DeadlineRow
	Entry    string
	Pace     string // SPI(t); "" where there is none
	Override *OverrideNote
}

// OverrideNote is a person's verdict beside the rule's.
type OverrideNote struct {
	Verdict     Tag
	Who, Reason string
}

// DeadlineStep is one of the regulator's dates after the other.
type DeadlineStep struct {
	Name, Text, Announced string
	Binding               bool
}

// BoundRow is a time during which one version counted.
type BoundRow struct {
	Name, From, To string
	Entries        string
	Reason         string
}

// NewDeadlinesModel makes the page.
func NewDeadlinesModel(f Frame, p metrics.Program, a metrics.Assessment) DeadlinesModel {
	w := words{f.Lang, p.Zone}
	m := DeadlinesModel{Lead: w.T(i18n.DeadlinesNoBinding), History: w.deadlineHistory(p), Bound: w.bindings(p), Letters: newLetters(f, w, p)}
	for i, row := range newDeadlineRows(f, w, a) {
		d := a.Deadlines[i]
		version := DeadlineVersion{DeadlineRow: row, Entry: w.T(i18n.DeadlineEntryNo, w.Int(d.Deadline.Entry)), Override: w.overrideNote(d.Override)}
		if d.Schedule != nil {
			if index, ok := d.Schedule.IndexHundredths(); ok {
				version.Pace = w.Decimal(index, 2)
			}
		}
		m.Rows = append(m.Rows, version)
	}
	state := w.T(i18n.DeadlinesNoBinding)
	if b := a.Binding(); b != nil {
		m.Lead = w.T(i18n.DeadlinesLead, w.deadlineDay(b.Deadline), w.deadlineName(b.Deadline), w.DaysLeft(b.DaysLeft))
		state = w.deadlineDay(b.Deadline)
	}
	if f.mayNow(access.SetDeadline) {
		m.AddHref, m.OverrideHref = f.Link(f.InProgram("/deadlines/new")), f.Link(f.InProgram("/override"))
		if len(bindable(p)) > 0 {
			m.BindHref = f.Link(f.InProgram("/deadlines/binding"))
		}
	}
	m.Frame = f.titled(state, f.t(i18n.DeadlinesTitle))
	return m
}

func (w words) overrideNote(o *metrics.Override) *OverrideNote {
	if o == nil {
		return nil
	}
	return &OverrideNote{w.verdictTag(o.Verdict), w.T(i18n.OverrideOf, o.By, w.day(o.Until)), w.written(o.Reason)}
}

// bindings tell which version counted when, the newest first.
func (w words) bindings(p metrics.Program) []BoundRow {
	var rows []BoundRow
	for _, b := range slices.Backward(p.Bindings) {
		row := BoundRow{Name: b.Deadline, From: w.at(b.From), To: w.T(i18n.BindingStill), Entries: w.T(i18n.DeadlineEntryNo, w.Int(b.Entry)), Reason: w.text(b.Reason)}
		for _, d := range p.Deadlines {
			if d.Key == b.Deadline {
				row.Name = w.T(i18n.DeadlineReviewRow, w.deadlineDay(d), w.deadlineName(d))
			}
		}
		if b.To != nil {
			row.To, row.Entries = w.at(*b.To), w.T(i18n.BindingEntries, w.Int(b.Entry), w.Int(b.ToEntry))
		}
		rows = append(rows, row)
	}
	return rows
}

// bindable are the regulator's deadlines that could come to count: all but the one that does.
func bindable(p metrics.Program) []metrics.Deadline {
	return slices.DeleteFunc(slices.Clone(p.Deadlines), func(d metrics.Deadline) bool { return d.Binding || d.Kind != metrics.Regulatory })
}

// deadlineHistory says how the regulator's date moved, in the order in which its versions were recorded.
func (w words) deadlineHistory(p metrics.Program) []DeadlineStep {
	var steps []DeadlineStep
	var before *metrics.Deadline
	for i := range p.Deadlines {
		d := &p.Deadlines[i]
		if d.Kind != metrics.Regulatory {
			continue
		}
		steps = append(steps, DeadlineStep{
			Name: w.deadlineName(*d), Text: w.deadlineMove(before, *d), Announced: w.T(i18n.DeadlineAnnounced, w.day(d.AnnouncedOn), d.AnnouncedBy), Binding: d.Binding,
		})
		before = d
	}
	return steps
}

func (w words) deadlineMove(before *metrics.Deadline, d metrics.Deadline) string {
	if before == nil {
		return w.T(i18n.DeadlineFirstSet, w.deadlineDay(d))
	}
	switch days := int64(d.Date - before.Date); {
	case days > 0:
		return w.N(i18n.DeadlineMovedLater, days, w.deadlineDay(d))
	case days < 0:
		return w.N(i18n.DeadlineMovedEarlier, -days, w.deadlineDay(d))
	}
	return w.T(i18n.DeadlineSameDay, w.deadlineDay(d))
}

// DeadlineModel is the form that records a deadline; event_id is hidden.
type DeadlineModel struct {
	Frame
	Form
	Action, Back    string
	Kinds, Bindings []Choice
	EventID         string
}

// NewDeadlineModel makes the form.
func NewDeadlineModel(f Frame, form Form, eventID string) DeadlineModel {
	m := DeadlineModel{Form: form, Action: f.Link(f.InProgram("/deadlines/new")), Back: f.Link(f.InProgram("/deadlines")), EventID: eventID}
	m.Kinds = form.choices("kind", Choice{string(metrics.Regulatory), f.t(i18n.DeadlineRegulatory), false}, Choice{string(metrics.ExpectedCompletion), f.t(i18n.DeadlineExpected), false})
	m.Bindings = form.choices("binding", Choice{"", f.t(i18n.ChooseOne), false}, Choice{"yes", f.t(i18n.Yes), false}, Choice{"no", f.t(i18n.No), false})
	m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.DeadlineAdd)))
	return m
}

// DeadlineReviewModel shows what would be recorded, and which date binds before and after.
type DeadlineReviewModel struct {
	Frame
	Form
	Action   string
	Moves    string
	Old, New string
	Facts    []ReviewFact
	Hidden   []Choice // what was typed, to be sent again
}

// ReviewFact is a name and a value.
type ReviewFact struct{ Name, Value string }

// NewDeadlineReviewModel makes the review of a form whose fields are right. was is the key of the deadline that binds now.
func NewDeadlineReviewModel(f Frame, p metrics.Program, binding bool, form Form, was, eventID string) DeadlineReviewModel {
	w := words{f.Lang, p.Zone}
	m := DeadlineReviewModel{Form: form, Action: f.Link(f.InProgram("/deadlines/new")), Old: w.T(i18n.None), Moves: w.T(i18n.DeadlineReviewKeeps)}
	for _, d := range p.Deadlines {
		if d.Key == was {
			m.Old = w.T(i18n.DeadlineReviewRow, w.deadlineDay(d), w.deadlineName(d))
		}
	}
	m.New = m.Old
	if binding {
		m.New, m.Moves = w.T(i18n.DeadlineReviewRow, w.isoDay(form.Value("date")), form.Value("key")), w.T(i18n.DeadlineReviewMoves)
	}
	m.Facts = w.deadlineFacts(form)
	for _, field := range []string{"key", "kind", "date", "earliest", "stated", "announced_on", "announced_by", "document", "binding"} {
		m.Hidden = append(m.Hidden, Choice{Value: field, Text: form.Value(field)})
	}
	m.Hidden = append(m.Hidden, Choice{Value: "event_id", Text: eventID}, Choice{Value: "was", Text: was})
	m.Frame = f.titled("", form.failing(f.Lang, f.t(i18n.DeadlineReview)))
	return m
}

func (w words) deadlineFacts(form Form) []ReviewFact {
	kind := i18n.DeadlineRegulatory
	if form.Value("kind") == string(metrics.ExpectedCompletion) {
		kind = i18n.DeadlineExpected
	}
	facts := []ReviewFact{
		{w.T(i18n.DeadlineKey), form.Value("key")}, {w.T(i18n.DeadlineKindLabel), w.T(kind)}, {w.T(i18n.DeadlineDate), w.isoDay(form.Value("date"))},
	}
	if earliest := form.Value("earliest"); earliest != "" {
		facts = append(facts, ReviewFact{w.T(i18n.DeadlineEarliest), w.isoDay(earliest)})
	}
	document := form.Value("document")
	if document == "" {
		document = w.T(i18n.NoDocument)
	}
	return append(facts, ReviewFact{w.T(i18n.DeadlineWords), form.Value("stated")}, ReviewFact{w.T(i18n.DeadlineAnnouncedDay), w.isoDay(form.Value("announced_on"))},
		ReviewFact{w.T(i18n.DeadlineOffice), form.Value("announced_by")}, ReviewFact{w.T(i18n.DeadlinePaper), document})
}

// isoDay writes a date as a form sends it.
func (w words) isoDay(iso string) string {
	d, err := metrics.ParseDay(iso)
	if err != nil {
		return iso
	}
	return w.day(d)
}
