package view

import (
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// OverviewModel is a program on one page.
type OverviewModel struct {
	Frame
	Headline     string
	Fresh        string
	Percent      string
	SumHref      string // what it adds up from
	RangeHref    string // how the upper end of a range comes about
	Range        string // "" unless the percentage is a range
	Declared     bool   // 100 % without the regulator's letter
	Measures     []Measure
	Verdict      Tag
	Beside       *Beside // a person's verdict, or nil
	Reason       string
	Differs      string // "" unless the pace tells another story than the verdict
	RuleHref     string
	Days         string // "31 hari lagi"; "" once nothing is open, when the count says nothing any more
	Deadline     string
	Document     string
	Others       []string // the other versions, each with its day and how far it is
	OthersSay    string
	Outlook      string // the range of the forecast, or why there is none; "" once nothing is open
	ForecastHref string // where it is explained
	Forecast     ForecastModel
	Chart        ProgressFigure
	Areas        AreasTable
	Week         WeekModel
	Top          []ItemRow
	Waiting      string // corrections and reopenings that wait for a second person; "" for none
	Left         string
	Claim        *ClaimLine // nil: no statement quantifies anything
}

// Measure is one of the three numbers: reported, verified, accepted.
type Measure struct {
	Name, Value, Note string
}

// NewOverviewModel makes the overview. week is what moved it since the end of a.LastWeek.Since, nil where nothing was on record
// then.
func NewOverviewModel(f Frame, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast, week *metrics.ChangeSplit) OverviewModel {
	w := words{f.Lang, p.Zone}
	m := OverviewModel{
		Headline: w.headline(a, p, fc), Fresh: w.freshness(p, a), Percent: w.keyPercent(a), SumHref: sumHref(f, "sum"), RangeHref: sumHref(f, "range"), Range: w.rangeExplain(a), Declared: a.State == metrics.StateDeclaredComplete,
		Measures: w.measures(a.Figures), Verdict: w.verdictTag(a.Judgement.Verdict), Beside: w.beside(a.Override),
		Reason: w.reason(a.Judgement.Reason, a.Curve.LastReport), RuleHref: ruleHref(f, a.Judgement.Reason.Code),
		Chart: newProgressFigure(w, p, a, fc), Areas: newAreasTable(f, w, a), Week: newWeek(f, w, a.LastWeek.Since, week),
		ForecastHref: "#forecast", Forecast: newProgramForecast(f, w, p, a, fc),
		Left: w.pts(a.Outstanding), Claim: w.claimLine(f, p, a), Outlook: w.outlook(a, fc), Differs: w.differs(a, fc),
	}
	m.deadline(w, a)
	rows := newItemRows(f, w, a)
	m.Top = rows[:min(5, len(rows))]
	if n := len(p.Pending()); n > 0 {
		m.Waiting = w.N(i18n.ProposalsWaiting, int64(n))
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
		m.Others = append(m.Others, w.T(i18n.DeadlineOther, w.deadlineName(d.Deadline), w.deadlineDay(d.Deadline), w.DaysLeft(d.DaysLeft), strings.ToLower(w.verdictTag(d.Judgement.Verdict).Word)))
	}
	m.OthersSay = w.N(i18n.DeadlineOthers, int64(len(m.Others)))
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

// backed is the other two of the three numbers, in a line beside what is reported.
func (w words) backed(f metrics.Figures) string {
	return w.T(i18n.MeasuresBacked, w.points(f.Verified), w.points(f.Accepted))
}

// stateWords begin a page's title: "87% dari keseluruhan · Perlu perhatian".
func (w words) stateWords(a metrics.Assessment) string {
	verdict := w.verdictTag(a.Judgement.Verdict).Word
	if percent := w.keyPercent(a); percent != "" {
		return w.ofWhole(percent) + " · " + verdict
	}
	return verdict
}

// differs warns where the plan dates are in time, which the verdict goes by, and the middle of the forecast is not.
func (w words) differs(a metrics.Assessment, fc metrics.ProgramForecast) string {
	binding, g := a.Binding(), fc.Governing()
	if v := a.Judgement.Verdict; binding == nil || v != metrics.OnTrack && v != metrics.Watch || g.P50 == nil || *g.P50 <= binding.Deadline.Date {
		return ""
	}
	return w.T(i18n.VerdictByPlan)
}

// ClaimLine is the latest statement beside what was computed for its day.
type ClaimLine struct {
	Words, Who string
	Says       []Piece // what it claims, and the figure, which leads to its sum
	Judgement  Tag
	Notes      []string
}

func (w words) claimLine(f Frame, p metrics.Program, a metrics.Assessment) *ClaimLine {
	s, c, ok := a.LatestClaim(p)
	if !ok {
		return nil
	}
	row := w.claimRow(f, p, judgedClaim{s, c})
	line := &ClaimLine{Words: row.Words, Who: w.T(i18n.ClaimWho, w.who(s), row.SaidOn, row.PrintedOn), Says: []Piece{{Text: w.T(i18n.ClaimSaidOnly, row.Value)}}, Judgement: row.Judgement, Notes: row.Notes}
	if c.Computed != nil {
		line.Says = linkLast(w.T(i18n.ClaimSaid, row.Value, w.day(*c.On), row.Computed), row.Computed, row.SumHref)
	}
	return line
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
		row.Share, row.Planned, row.Bar = w.share(area.Share, area.Accepted == area.Weight), w.pct(area.PlannedShare), newBar(area.Share, area.PlannedShare)
		if area.Weight == 0 { // nothing to take a share of
			row.Share, row.Planned = w.T(i18n.NoValue), w.T(i18n.NoValue)
		}
		weight += area.Weight
		t.Rows = append(t.Rows, row)
	}
	t.Total = w.areaRow(w.T(i18n.Total), a.Figures, weight+a.Unweighted)
	t.Total.Share, t.Total.Planned = w.ofWhole(w.share(a.Reported, a.State == metrics.StateAccepted)), w.ofWhole(w.pct(a.Planned))
	t.Total.SumHref, t.Total.Bar = sumHref(f, "sum"), newBar(a.Reported, a.Planned)
	return t
}

func (w words) areaRow(name string, f metrics.Figures, weight metrics.BasisPoints) AreaRow {
	return AreaRow{Name: name, Weight: w.pts(weight), Left: w.pts(f.Outstanding), Reported: w.pts(f.Reported), Verified: w.pts(f.Verified), Accepted: w.pts(f.Accepted)}
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
