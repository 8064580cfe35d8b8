package view

import (
	"slices"
	"strconv"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// MilestonesModel is the table of all milestones.
type MilestonesModel struct {
	Frame
	Summary string
	Empty   string
	Rows    []MilestoneRow
	Weight  string
	Left    string

	Reported, Verified, Accepted string
}

// MilestoneRow is one milestone in a table. Share is of the milestone; weight, earned and left are points of the whole.
type MilestoneRow struct {
	Key, Name, Href, Area      string
	Start, Due, Plan, Finished string
	Overdue                    string
	Weight, Left               string
	Reported                   string
	Verified, Accepted         string
	Share, SumHref             string // the share leads to its sum
	Counts                     string
	State                      Tag
	Flags                      []Tag
}

// NewMilestonesModel makes the table.
func NewMilestonesModel(f Frame, p metrics.Program, a metrics.Assessment) MilestonesModel {
	w := words{f.Lang, p.Zone}
	m := MilestonesModel{
		Frame: f.titled(w.stateWords(a), f.t(i18n.MilestonesTitle)), Rows: newMilestoneRows(f, w, p, a),
		Reported: w.pts(a.Reported), Verified: w.pts(a.Verified), Accepted: w.pts(a.Accepted), Left: w.pts(a.Outstanding), Weight: w.pts(a.Reported + a.Outstanding),
		Summary: w.T(i18n.MilestonesSummary, w.Int(int64(len(a.Milestones)-a.Open)), w.Int(int64(len(a.Milestones)))),
	}
	if len(m.Rows) == 0 {
		m.Empty = w.T(i18n.MilestonesEmpty, w.day(a.Today))
	}
	return m
}

func newMilestoneRows(f Frame, w words, p metrics.Program, a metrics.Assessment) []MilestoneRow {
	rows := make([]MilestoneRow, 0, len(a.Milestones))
	for _, area := range a.Areas {
		for _, i := range area.Milestones {
			rows = append(rows, newMilestoneRow(f, w, p, a, a.Milestones[i]))
		}
	}
	return rows
}

func newMilestoneRow(f Frame, w words, p metrics.Program, a metrics.Assessment, m metrics.MilestoneAssessment) MilestoneRow {
	row := MilestoneRow{
		Key: m.Milestone.Key, Name: m.Milestone.Key + " " + w.text(m.Milestone.Name), Href: f.Link(f.InProgram(MilestonePath(m.Milestone.Key))),
		Area: w.areaName(a, m.Milestone.Area), Start: w.dayMid(m.Milestone.Start), Due: w.dayMid(m.Milestone.Due), Plan: w.daysMid(m.Milestone.Start, m.Milestone.Due),
		Finished: w.dayOr(finishedOn(p, m), i18n.NotYet), Weight: w.pts(m.Milestone.Weight), Left: w.pts(m.Outstanding),
		Reported: w.pts(m.Reported), Verified: w.pts(m.Verified), Accepted: w.pts(m.Accepted),
		Share: w.shareOf(m), SumHref: sumHref(f, milestoneAnchor(m.Milestone.Key)), Counts: w.counts(m.Milestone.Progress.Counts, m.Milestone.Unit), State: w.milestoneTag(m), Flags: w.flagTags(m),
	}
	if m.OverdueDays > 0 {
		row.Overdue = w.DaysLeft(-m.OverdueDays)
	}
	return row
}

// shareOf is a milestone's own percentage; where nobody said of how much, there is none.
func (w words) shareOf(m metrics.MilestoneAssessment) string {
	if m.NoTotal {
		return w.T(i18n.NoTotalShare)
	}
	return w.share(m.Share, m.Milestone.Accepted)
}

// flagTags are what is wrong with a milestone; they are four separate observations.
func (w words) flagTags(m metrics.MilestoneAssessment) []Tag {
	var tags []Tag
	for _, f := range w.flagsOf(m) {
		tags = append(tags, f.Tag)
	}
	return tags
}

// Flag is an observation with the sentence that says what was seen.
type Flag struct {
	Tag
	Explain string
}

func (w words) flagsOf(m metrics.MilestoneAssessment) []Flag {
	var flags []Flag
	if m.Stale {
		flags = append(flags, Flag{Tag{"watch", "triangle", w.T(i18n.FlagStale)}, w.T(i18n.FlagStaleExplain, w.at(m.ReportDueAt))})
	}
	if m.Stalled {
		flags = append(flags, Flag{Tag{"watch", "bars", w.T(i18n.FlagStalled)}, w.N(i18n.FlagStalledRow, int64(m.Milestone.SameCount))})
	}
	if m.Failing {
		flags = append(flags, Flag{Tag{"late", "octagon-cross", w.T(i18n.FlagFailing)}, w.T(i18n.FlagFailingExplain, w.at(m.LastHeardAt))})
	}
	if m.Behind {
		flags = append(flags, Flag{Tag{"watch", "triangle", w.T(i18n.FlagBehind)}, w.T(i18n.FlagBehindExplain, w.T(i18n.PercentOfMilestone, w.pct(m.Share)), w.T(i18n.PercentOfMilestone, w.pct(m.PlannedShare)))})
	}
	if m.NoTotal {
		flags = append(flags, Flag{Tag{"unknown", "question", w.T(i18n.FlagNoTotal)}, w.T(i18n.FlagNoTotalExplain)})
	}
	return flags
}

// HistoryRow is one recorded observation of a milestone, as the ledger has it.
type HistoryRow struct {
	Entry      int64
	Correction bool
	Reopening  bool
	Proposal   string // key of the approved proposal that it carries out; ""
	ObservedAt time.Time
	RecordedAt time.Time
	Source     string // with EventID the order key of the observation
	EventID    string
	Actor      string // pseudonym, "job:<key>" or "import"
	Imported   bool
	Counts     *metrics.Counts // nil: alive, no change
	State      metrics.RunState
	Run        string
	Text       metrics.Text // message or reason
	Erased     bool         // there was one
	Leaf       string       // hash of the entry, in base64
}

// HistoryPage is a part of a milestone's history, newest entry first.
type HistoryPage struct {
	Rows  []HistoryRow
	Older int64 // entry number below which the next page begins; 0: there is none
	Paged bool  // this is not the newest page
}

// MilestoneModel is one milestone with its history.
type MilestoneModel struct {
	Frame
	Key, Name   string
	Definition  string
	Area        string
	Share       string
	Figures     []Measure
	Facts       []Fact
	State       Tag
	Flags       []Flag
	Blockers    []ItemNote
	Evidence    EvidenceMilestone
	Pending     []ProposalRow
	ReopenHref  string // "" where nothing can be reopened
	History     []ObservationRow
	OlderHref   string
	NewestHref  string
	UpdateHref  string // "" where nothing can be updated
	RaiseHref   string
	BarOfShare  Bar
	PlannedText string
	SumHref     string // what the percentage adds up from
	PlanHref    string
	Forecast    ForecastModel
	Rates       RatesTable
	Counts      CountsFigure
}

// Fact is a name and a value.
type Fact struct {
	Name, Value string
}

// ObservationRow is one entry of the history, in words.
type ObservationRow struct {
	Entry, Kind        string
	Observed, Recorded string
	Value              string
	Extra              string // failed and skipped
	By, Source         string
	Effect             string
	InForce            bool
	Text               string
}

// NewMilestoneModel makes the page of the milestone with this key; h is the program's and history a page of its entries. ok is false if the program has none.
func NewMilestoneModel(f Frame, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast, h metrics.History, key string, history HistoryPage) (m MilestoneModel, ok bool) {
	w := words{f.Lang, p.Zone}
	index := milestoneIndex(a, key)
	if index < 0 {
		return MilestoneModel{}, false
	}
	assessed := a.Milestones[index]
	definition := assessed.Milestone
	row := newMilestoneRow(f, w, p, a, assessed)
	m = MilestoneModel{
		Key: key, Name: row.Name, Definition: w.text(definition.Definition), Area: row.Area, Share: w.ofMilestone(assessed), State: row.State,
		Flags: w.flagsOf(assessed), Figures: w.measures(assessed.Figures), Facts: w.milestoneFacts(p, assessed), BarOfShare: newBar(assessed.Share, assessed.PlannedShare),
		PlannedText: w.T(i18n.PlannedByNow, w.T(i18n.PercentOfMilestone, w.pct(assessed.PlannedShare))),
	}
	m.SumHref, m.PlanHref = row.SumHref, f.Link(f.InProgram("/method#plan"))
	m.Forecast = w.forecast(f, p, fc.Milestones[index], w.unit(definition.Unit), 1)
	m.Rates = newRatesTable(w, a, assessed.Rates, definition.Unit)
	m.Counts = newCountsFigure(f, w, definition, h, a.Today)
	m.Evidence, m.Pending = newEvidenceMilestone(f, w, p, assessed), pendingRows(f, w, p, a, key)
	path := f.InProgram(MilestonePath(key))
	for _, item := range p.Items {
		if item.Milestone == key && !item.Closed {
			m.Blockers = append(m.Blockers, itemNotes(f, w, []metrics.Item{item})...)
		}
	}
	for _, h := range history.Rows {
		m.History = append(m.History, w.observation(p, h, definition))
	}
	if history.Older > 0 {
		m.OlderHref = f.LinkWith(path, "before", strconv.FormatInt(history.Older, 10))
	}
	if history.Paged {
		m.NewestHref = f.Link(path)
	}
	if f.MayUpdate() {
		m.UpdateHref = f.Link(path + "/update")
		if c := definition.Progress.Counts; c != nil && c.Done > 0 {
			m.ReopenHref = f.Link(path + "/reopen")
		}
	}
	if f.MayRaise() {
		m.RaiseHref = f.LinkWith(f.InProgram("/items/new"), "milestone", key)
	}
	m.Frame = f.titled(m.Share+" · "+row.State.Word, row.Name)
	return m, true
}

func milestoneOf(a metrics.Assessment, key string) (metrics.MilestoneAssessment, bool) {
	if i := milestoneIndex(a, key); i >= 0 {
		return a.Milestones[i], true
	}
	return metrics.MilestoneAssessment{}, false
}

// milestoneIndex is where a milestone stands in the assessment; -1: nowhere.
func milestoneIndex(a metrics.Assessment, key string) int {
	return slices.IndexFunc(a.Milestones, func(m metrics.MilestoneAssessment) bool { return m.Milestone.Key == key })
}

// ofMilestone is a milestone's percentage with what it is a share of.
func (w words) ofMilestone(m metrics.MilestoneAssessment) string {
	if m.NoTotal {
		return w.shareOf(m)
	}
	return w.T(i18n.PercentOfMilestone, w.shareOf(m))
}

func (w words) milestoneFacts(p metrics.Program, m metrics.MilestoneAssessment) []Fact {
	d := m.Milestone
	facts := []Fact{
		{w.T(i18n.Progress), w.counts(d.Progress.Counts, d.Unit)},
		{w.T(i18n.Plan), w.days(d.Start, d.Due)},
		{w.T(i18n.TimelineFinished), w.dayOr(finishedOn(p, m), i18n.NotYet)},
		{w.T(i18n.Weight), w.points(d.Weight)},
		{w.T(i18n.Unit), w.unit(d.Unit)},
		{w.T(i18n.MilestoneLayer), w.layer(d.Layer)},
		{w.T(i18n.MilestoneCadence), w.every(d.Cadence)},
	}
	if d.SameCount > 1 {
		facts = append(facts, Fact{w.T(i18n.SameCountFact), w.Int(int64(d.SameCount))})
	}
	if c := d.Progress.Counts; c != nil && c.Failed != nil {
		facts = append(facts, Fact{w.T(i18n.Failed), w.Int(*c.Failed)})
	}
	if c := d.Progress.Counts; c != nil && c.Skipped != nil {
		facts = append(facts, Fact{w.T(i18n.Skipped), w.Int(*c.Skipped)})
	}
	if !m.LastHeardAt.IsZero() {
		facts = append(facts, Fact{w.T(i18n.LastHeard), w.at(m.LastHeardAt)})
	}
	if !m.ReportDueAt.IsZero() {
		facts = append(facts, Fact{w.T(i18n.NextReportDue), w.at(m.ReportDueAt)})
	}
	if d.Provenance != "" {
		facts = append(facts, Fact{w.T(i18n.WeightAndPlanFrom), w.provenance(d.Provenance)})
	}
	if d.Source != "" {
		facts = append(facts, Fact{w.T(i18n.Source), d.Source})
	}
	return facts
}

func (w words) observation(p metrics.Program, h HistoryRow, m metrics.Milestone) ObservationRow {
	row := ObservationRow{
		Entry: w.Int(h.Entry), Kind: w.T(i18n.MilestoneReport), Observed: w.atMid(h.ObservedAt), Recorded: w.atMid(h.RecordedAt),
		Value: w.T(i18n.ValueUnchanged), By: w.actor(h.Actor), Source: w.T(i18n.MilestoneByPerson), Text: w.text(h.Text),
	}
	if h.Erased {
		row.Text = w.T(i18n.TextErased)
	}
	if h.Correction {
		row.Kind = w.T(i18n.MilestoneCorrection)
	}
	if h.Reopening {
		row.Kind = w.T(i18n.MilestoneReopening)
	}
	if h.Counts != nil {
		row.Value = w.counts(h.Counts, m.Unit)
		row.Extra = w.extra(*h.Counts)
	}
	if _, found := jobKey(h.Actor); found {
		row.Source = w.T(i18n.SourceAPI)
		if h.Run != "" {
			row.Source += " · " + h.Run
		}
	}
	if h.Imported {
		row.Source = w.T(i18n.MilestoneImported)
	}
	if by := w.approvedBy(p, h.Proposal); by != "" {
		row.Source = by
	}
	row.Effect, row.InForce = w.effect(h, m)
	if h.State != "" {
		row.Effect = row.Effect + " · " + w.runState(h.State)
	}
	return row
}

// approvedBy names both persons behind a correction or reopening that took a second one; "" for others.
func (w words) approvedBy(p metrics.Program, proposal string) string {
	for _, known := range p.Proposals {
		if known.Key == proposal && known.Decision != nil {
			return w.T(i18n.ProposalHistory, w.actor(known.By), w.actor(known.Decision.By))
		}
	}
	return ""
}

// effect says what an observation means for the state as it is now.
func (w words) effect(h HistoryRow, m metrics.Milestone) (text string, inForce bool) {
	order := metrics.Order{At: h.ObservedAt, Key: h.Source + "/" + h.EventID}
	switch p := m.Progress; {
	case order.Key == p.Counted.Key && order.At.Equal(p.Counted.At):
		return w.T(i18n.EffectInForce), true
	case h.Counts == nil:
		return w.T(i18n.EffectAlive), false
	case order.Compare(p.Base) < 0:
		return w.T(i18n.EffectCorrected), false
	case p.Counts != nil && order.Compare(p.Counted) > 0:
		return w.T(i18n.EffectContradicts), false
	}
	return w.T(i18n.EffectEarlier), false
}

func (w words) extra(c metrics.Counts) string {
	text := ""
	if c.Failed != nil && *c.Failed > 0 {
		text = w.T(i18n.MilestoneFailed, w.Int(*c.Failed))
	}
	if c.Skipped != nil && *c.Skipped > 0 {
		text = join(text, w.T(i18n.MilestoneSkipped, w.Int(*c.Skipped)))
	}
	return text
}

func (w words) runState(s metrics.RunState) string {
	switch s {
	case metrics.Running:
		return w.T(i18n.RunRunning)
	case metrics.Succeeded:
		return w.T(i18n.RunSucceeded)
	case metrics.Failed:
		return w.T(i18n.RunFailed)
	case metrics.Aborted:
		return w.T(i18n.RunAborted)
	}
	return string(s)
}

// actor is how somebody appears in the ledger: a person by pseudonym, a job by its key.
func (w words) actor(actor string) string {
	if job, found := jobKey(actor); found {
		return w.T(i18n.MilestoneByJob, job)
	}
	if actor == "import" {
		return w.T(i18n.MilestoneImported)
	}
	return actor
}
