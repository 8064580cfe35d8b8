package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// OverviewModel is a program on one page.
type OverviewModel struct {
	Frame
	Headline   string
	Basis      string // where the finish date in the headline comes from; "" if it has none
	Fresh      string
	Percent    string
	Declared   bool // 100 % without the regulator's letter
	Measures   []Measure
	Verdict    Tag
	Reason     string
	RuleHref   string
	Days       string // "31 hari lagi"; "" once nothing is open, when the count says nothing any more
	Deadline   string
	Document   string
	Others     []string // the other versions, each with its day and how far it is
	Chart      ProgressFigure
	Areas      AreasTable
	Changed    string
	Top        []ItemRow
	Left       string
	Blockers   int
	Statements []StatementRow
	Stepper    Stepper
}

// Measure is one of the three numbers: reported, verified, accepted.
type Measure struct {
	Name, Value, Note string
}

// NewOverviewModel makes the overview. days are the recorded ones, in order.
func NewOverviewModel(f Frame, p metrics.Program, a metrics.Assessment, days []metrics.RecordedDay) OverviewModel {
	w := words{f.Lang, p.Zone}
	m := OverviewModel{
		Headline: w.headline(a, p), Fresh: w.freshness(p, a), Percent: w.keyPercent(a), Declared: a.State == metrics.StateDeclaredComplete,
		Measures: w.measures(a.Figures), Verdict: w.verdictTag(a.Judgement.Verdict),
		Reason: w.reason(a.Judgement.Reason, a.Curve.LastReport), RuleHref: ruleHref(f, a.Judgement.Reason.Code),
		Chart: newProgressFigure(f, w, p, a), Areas: newAreasTable(f, w, a), Changed: w.changed(a.LastWeek),
		Left: w.pts(a.Outstanding), Statements: newStatementRows(w, latestStatements(p.Statements, 3)),
		Stepper: newStepper(f, w, days, a.Today),
	}
	m.deadline(w, a)
	rows := newItemRows(f, w, a)
	m.Top = rows[:min(5, len(rows))]
	for _, item := range a.Items {
		if item.Kind == metrics.Blocker || item.Kind == metrics.MissingPoints && hasBlocker(item.Recorded) {
			m.Blockers++
		}
	}
	m.Frame = f.titled(w.stateWords(a), f.t(i18n.NavOverview))
	return m
}

func (m *OverviewModel) deadline(w words, a metrics.Assessment) {
	for _, d := range a.Deadlines {
		if d.Deadline.Binding {
			m.Deadline, m.Document = w.T(i18n.DeadlineWithVersion, w.day(d.Deadline.Date), w.deadlineName(d.Deadline)), w.basis(d.Deadline)
			if a.Open > 0 {
				m.Days = w.DaysLeft(d.DaysLeft)
			}
			if a.OwnerFinish.Day != nil && !d.Passed {
				m.Basis = w.T(i18n.HeadlineBasis)
			}
			continue
		}
		m.Others = append(m.Others, w.T(i18n.DeadlineOther, w.deadlineName(d.Deadline), w.deadlineDay(d.Deadline), w.DaysLeft(d.DaysLeft)))
	}
}

// measures are the three numbers, in points of the whole, each with what it lacks.
func (w words) measures(f metrics.Figures) []Measure {
	verified := Measure{w.T(i18n.MeasureVerified), w.points(f.Verified), ""}
	if f.Verified == 0 {
		verified.Note = w.T(i18n.MeasureNoEvidence)
	}
	accepted := Measure{w.T(i18n.MeasureAccepted), w.points(f.Accepted), ""}
	if f.Accepted == 0 {
		accepted.Note = w.T(i18n.MeasureNoLetter)
	}
	return []Measure{{w.T(i18n.MeasureReported), w.points(f.Reported), ""}, verified, accepted}
}

// stateWords begin a page's title: "87% · Perlu perhatian".
func (w words) stateWords(a metrics.Assessment) string {
	verdict := w.verdictTag(a.Judgement.Verdict).Word
	if percent := w.keyPercent(a); percent != "" {
		return percent + " · " + verdict
	}
	return verdict
}

// changed says what moved since a week ago, as a whole.
func (w words) changed(c metrics.Change) string {
	if c.Total == 0 && allZero(c.Areas) {
		return w.T(i18n.ChangeNone, w.day(c.Since))
	}
	return w.T(i18n.ChangeSinceTotal, w.day(c.Since), w.signed(c.Total))
}

func allZero(values []metrics.BasisPoints) bool {
	for _, v := range values {
		if v != 0 {
			return false
		}
	}
	return true
}

func hasBlocker(items []metrics.Item) bool {
	for _, item := range items {
		if item.Kind == string(metrics.Blocker) {
			return true
		}
	}
	return false
}

func ruleHref(f Frame, code metrics.ReasonCode) string {
	return f.Link(f.InProgram("/method#" + ruleAnchor(code)))
}

// AreasTable is how far each area is. Shares are of the area, points of the whole; they never share a column.
type AreasTable struct {
	Since string // heading of the change column
	Rows  []AreaRow
	Total AreaRow
}

// AreaRow is one area, or the sum.
type AreaRow struct {
	Name, Href                           string
	Share, Weight, Earned, Left, Planned string
	Change                               string
	Bar                                  Bar
}

func newAreasTable(f Frame, w words, a metrics.Assessment) AreasTable {
	t := AreasTable{Since: w.T(i18n.ChangeSinceColumn, w.dayShort(a.LastWeek.Since))}
	weight := metrics.BasisPoints(0)
	for i, area := range a.Areas {
		row := AreaRow{
			Name: w.text(area.Name), Href: f.LinkWith(f.InProgram("/items"), "area", area.Key), Share: w.pct(area.Share), Weight: w.pts(area.Weight),
			Earned: w.pts(area.Reported), Left: w.pts(area.Outstanding), Planned: w.pct(area.PlannedShare), Bar: newBar(area.Share, area.PlannedShare),
		}
		if i < len(a.LastWeek.Areas) {
			row.Change = w.signed(a.LastWeek.Areas[i])
		}
		weight += area.Weight
		t.Rows = append(t.Rows, row)
	}
	t.Total = AreaRow{
		Name: w.T(i18n.Total), Share: w.T(i18n.PercentOfWhole, w.pct(a.Reported)), Weight: w.pts(weight + a.Unweighted), Earned: w.pts(a.Reported), Left: w.pts(a.Outstanding),
		Planned: w.T(i18n.PercentOfWhole, w.pct(a.Planned)), Change: w.signed(a.LastWeek.Total), Bar: newBar(a.Reported, a.Planned),
	}
	return t
}

// Bar is a bullet: how much is done, and a mark where the plan is. Both are lengths in percent of the bar, for SVG attributes.
type Bar struct {
	Done, Plan string
}

func newBar(done, plan metrics.BasisPoints) Bar { return Bar{percentLength(done), percentLength(plan)} }

// percentLength writes a length as SVG wants it, with a decimal point in every language.
func percentLength(b metrics.BasisPoints) string { return i18n.English.Decimal(int64(b), 2) + "%" }
