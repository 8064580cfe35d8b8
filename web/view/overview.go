package view

import (
	"net/url"

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
	Range      string // "" unless the percentage is a range
	Declared   bool   // 100 % without the regulator's letter
	Measures   []Measure
	Verdict    Tag
	Beside     *Beside // a person's verdict, or nil
	Reason     string
	Differs    string // "" unless the pace tells another story than the verdict
	RuleHref   string
	Days       string // "31 hari lagi"; "" once nothing is open, when the count says nothing any more
	Deadline   string
	Document   string
	Others     []string // the other versions, each with its day and how far it is
	Forecast   ForecastModel
	Chart      ProgressFigure
	Areas      AreasTable
	Week       WeekModel
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

// NewOverviewModel makes the overview. week is what moved it since the end of a.LastWeek.Since, nil where nothing was on record
// then; days are the recorded ones, in order.
func NewOverviewModel(f Frame, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast, week *metrics.ChangeSplit, days []metrics.RecordedDay) OverviewModel {
	w := words{f.Lang, p.Zone}
	m := OverviewModel{
		Headline: w.headline(a, p, fc), Fresh: w.freshness(p, a), Percent: w.keyPercent(a), Range: w.rangeExplain(a), Declared: a.State == metrics.StateDeclaredComplete,
		Measures: w.measures(a.Figures), Verdict: w.verdictTag(a.Judgement.Verdict), Beside: w.beside(a.Override),
		Reason: w.reason(a.Judgement.Reason, a.Curve.LastReport), RuleHref: ruleHref(f, a.Judgement.Reason.Code),
		Chart: newProgressFigure(w, p, a, fc), Areas: newAreasTable(f, w, a), Week: newWeek(f, w, a.LastWeek.Since, week),
		Forecast: newProgramForecast(f, w, p, a, fc),
		Left:     w.pts(a.Outstanding), Statements: newStatementRows(w, latestStatements(p.Statements, 3)),
		Stepper: newStepper(f, w, p.RecordedAt, days, a.Today),
	}
	m.deadline(w, a)
	m.Basis, m.Differs = w.finishBasis(a, fc), w.differs(a, fc)
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

// finishBasis says where the finish date in the headline comes from; "" where it names none.
func (w words) finishBasis(a metrics.Assessment, fc metrics.ProgramForecast) string {
	switch binding := a.Binding(); {
	case binding == nil || binding.Passed || a.Open == 0 || a.Judgement.Verdict == metrics.CannotBeAssessed:
		return ""
	case fc.OwnersFirst && a.OwnerFinish.Day != nil:
		return w.T(i18n.HeadlineBasisOwners)
	case !fc.OwnersFirst && fc.Governing().HasDates():
		return w.T(i18n.HeadlineBasisForecast)
	}
	return ""
}

// differs warns where the plan dates are in time, which the verdict goes by, and the middle of the forecast is not.
func (w words) differs(a metrics.Assessment, fc metrics.ProgramForecast) string {
	binding, g := a.Binding(), fc.Governing()
	if v := a.Judgement.Verdict; binding == nil || v != metrics.OnTrack && v != metrics.Watch || g.P50 == nil || *g.P50 <= binding.Deadline.Date {
		return ""
	}
	return w.T(i18n.VerdictByPlan)
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
	PlanHref string
	Rows     []AreaRow
	Total    AreaRow
}

// AreaRow is one area, or the sum.
type AreaRow struct {
	Name, Href                   string
	Share, SumHref               string // the share leads to its sum
	Weight, Left, Planned        string
	Reported, Verified, Accepted string
	Bar                          Bar
}

func newAreasTable(f Frame, w words, a metrics.Assessment) AreasTable {
	t := AreasTable{PlanHref: f.Link(f.InProgram("/method#plan"))}
	weight := metrics.BasisPoints(0)
	for _, area := range a.Areas {
		row := w.areaRow(w.text(area.Name), area.Figures, area.Weight)
		row.Href, row.SumHref = f.LinkWith(f.InProgram("/items"), "area", area.Key), sumHref(f, areaAnchor(area.Key))
		row.Share, row.Planned, row.Bar = w.pct(area.Share), w.pct(area.PlannedShare), newBar(area.Share, area.PlannedShare)
		if area.Weight == 0 { // nothing to take a share of
			row.Share, row.Planned = w.T(i18n.NoValue), w.T(i18n.NoValue)
		}
		weight += area.Weight
		t.Rows = append(t.Rows, row)
	}
	t.Total = w.areaRow(w.T(i18n.Total), a.Figures, weight+a.Unweighted)
	t.Total.Share, t.Total.Planned = w.T(i18n.PercentOfWhole, w.pct(a.Reported)), w.T(i18n.PercentOfWhole, w.pct(a.Planned))
	t.Total.SumHref, t.Total.Bar = sumHref(f, "sum"), newBar(a.Reported, a.Planned)
	return t
}

func (w words) areaRow(name string, f metrics.Figures, weight metrics.BasisPoints) AreaRow {
	return AreaRow{Name: name, Weight: w.pts(weight), Left: w.pts(f.Outstanding), Reported: w.pts(f.Reported), Verified: w.pts(f.Verified), Accepted: w.pts(f.Accepted)}
}

// sumHref is where a percentage is explained term by term.
func sumHref(f Frame, anchor string) string {
	return f.Link(f.InProgram("/method#" + url.PathEscape(anchor)))
}

func areaAnchor(key string) string { return "area-" + key }

func milestoneAnchor(key string) string { return "milestone-" + key }

// Bar is a bullet: how much is done, and a mark where the plan is. Both are lengths in percent of the bar, for SVG attributes.
type Bar struct {
	Done, Plan string
}

func newBar(done, plan metrics.BasisPoints) Bar { return Bar{percentLength(done), percentLength(plan)} }

// percentLength writes a length as SVG wants it, with a decimal point in every language.
func percentLength(b metrics.BasisPoints) string { return i18n.English.Decimal(int64(b), 2) + "%" }
