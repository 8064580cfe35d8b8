package view

import (
	"math"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// ForecastModel is when a thing may be finished: in words first, then its dates, then its chances.
type ForecastModel struct {
	Owners  string // where the owners' dates stand first
	Lead    string
	Dates   []Fact // none where no date is named
	Chances []ChanceRow
	Rests   string // what the chances rest on; "" without any
	Inputs  string // what this one was made from; "" where nothing was reckoned
	Method  string // "" where nothing is estimated
	Href    string // the full explanation
}

// ChanceRow is the chance of one deadline.
type ChanceRow struct {
	Name, Chance string
	Binding      bool
}

// newProgramForecast is the forecast that the overview goes by.
func newProgramForecast(f Frame, w words, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast) ForecastModel {
	if a.HeadlineRange != nil {
		return ForecastModel{Lead: w.T(i18n.ForecastSilent), Href: f.Link(f.InProgram("/method#forecast"))}
	}
	unit, scale := w.T(i18n.MethodPoints), 100.0
	if fc.Governs == metrics.ByMilestones && fc.Last >= 0 {
		unit, scale = w.unit(p.Milestones[fc.Last].Unit), 1
	}
	m := w.forecast(f, p, fc.Governing(), strings.ToLower(unit), scale)
	if m.Inputs != "" {
		m.Inputs = join(m.Inputs, w.governedBy(p, fc))
	}
	if fc.OwnersFirst {
		m.Owners = w.N(i18n.ForecastOwnersGone, int64(a.Open))
		if day := fc.Owners.Day; day != nil {
			m.Owners = w.N(i18n.ForecastOwners, int64(a.Open), w.day(*day))
		}
	}
	return m
}

// governedBy says which of the two forecasts it is, and which milestones have none of their own.
func (w words) governedBy(p metrics.Program, fc metrics.ProgramForecast) string {
	by := w.T(i18n.ForecastByPoints)
	if fc.Governs == metrics.ByMilestones && fc.Last >= 0 {
		by = w.T(i18n.ForecastByLast, w.milestoneName(p.Milestones[fc.Last]))
	}
	if len(fc.Blind) == 0 || len(fc.Milestones) == 0 {
		return by
	}
	var keys []string
	for _, i := range fc.Blind {
		keys = append(keys, p.Milestones[i].Key)
	}
	return join(by, w.N(i18n.ForecastBlind, int64(len(keys)), strings.Join(keys, ", ")))
}

func (w words) milestoneName(m metrics.Milestone) string { return m.Key + " " + w.text(m.Name) }

// forecast puts one forecast into words; amounts are divided by scale and named by unit.
func (w words) forecast(f Frame, p metrics.Program, fc metrics.Forecast, unit string, scale float64) ForecastModel {
	m := ForecastModel{Lead: w.forecastLead(fc), Href: f.Link(f.InProgram("/method#forecast"))}
	if fc.HasDates() {
		m.Dates = []Fact{
			{w.T(i18n.ForecastHalf), w.forecastDay(fc, fc.P50)}, {w.T(i18n.ForecastMost), w.forecastDay(fc, fc.P80)}, {w.T(i18n.ForecastNearly), w.forecastDay(fc, fc.P95)},
		}
		m.Inputs = w.forecastInputs(fc.Basis, unit, scale)
	}
	for i, c := range fc.Meets {
		d := p.Deadlines[i]
		row := ChanceRow{w.T(i18n.DeadlineWithVersion, w.day(c.Deadline), w.deadlineName(d)), w.chance(fc, c), d.Binding}
		m.Chances = append(m.Chances, row)
		if c.Meet != nil && fc.Note != metrics.ForecastFinished {
			m.Rests = w.T(i18n.ForecastRests)
		}
	}
	if len(m.Dates) > 0 {
		m.Rests = w.T(i18n.ForecastRests)
	}
	if m.Rests != "" {
		m.Method = w.T(i18n.ForecastMethodIs)
	}
	return m
}

func (w words) forecastLead(fc metrics.Forecast) string {
	switch fc.Note {
	case metrics.ForecastFinished:
		return w.T(i18n.ForecastFinished, w.day(*fc.Finished))
	case metrics.ForecastTooEarly:
		return w.T(i18n.ForecastEarly)
	case metrics.ForecastNoMove:
		return w.N(i18n.ForecastStill, int64(fc.Basis.Idle))
	case metrics.ForecastNoHistory:
		return w.T(i18n.ForecastNoHistory)
	case metrics.ForecastNoTotal:
		return w.T(i18n.ForecastNoTotal)
	case metrics.ForecastPartBlind:
		return w.T(i18n.ForecastPart)
	}
	return w.T(i18n.ForecastLead, w.forecastDay(fc, fc.P50), w.forecastDay(fc, fc.P80), w.forecastDay(fc, fc.P95))
}

// forecastDay is a date, or "later than 2034": so far ahead a day would be a pretence.
func (w words) forecastDay(fc metrics.Forecast, d *metrics.Day) string {
	if d == nil {
		return w.T(i18n.ForecastLater, fc.Horizon.UTC().Year())
	}
	return w.day(*d)
}

// chance is a probability as a count out of a hundred, so that it is no percentage of progress.
func (w words) chance(fc metrics.Forecast, c metrics.Chance) string {
	switch {
	case c.Meet == nil:
		return w.T(i18n.ChanceUnknown)
	case fc.Note == metrics.ForecastFinished && *c.Meet == 1:
		return w.T(i18n.ChanceMet)
	case c.Deadline < fc.AsOf || fc.Note == metrics.ForecastFinished:
		return w.T(i18n.ChanceMissed)
	case c.Deadline == fc.AsOf:
		return w.T(i18n.ChanceCome)
	}
	switch n := int64(math.Round(*c.Meet * 100)); {
	case n <= 2:
		return w.T(i18n.ChanceAtMost)
	case n >= 98:
		return w.T(i18n.ChanceAtLeast)
	default:
		return w.T(i18n.ChanceOf, w.Int(n))
	}
}

func (w words) forecastInputs(b metrics.ForecastBasis, unit string, scale float64) string {
	amount := func(v float64) string { return w.amount(v / scale) }
	first := w.T(i18n.ForecastInputs, w.day(b.Since), w.N(i18n.Days, int64(b.Days)), amount(b.Done), unit, amount(b.Overall), amount(b.Recent), amount(b.Remaining), amount(b.Pace), w.amount(math.Ceil(b.PaceDays)))
	return w.T(i18n.ForecastAllowance, first, w.amount(math.Round(b.Allowance)), w.amount(math.Ceil(b.Median)))
}

// amount writes an estimate with as many places as it can bear.
func (w words) amount(v float64) string {
	if v >= 100 {
		return w.Int(int64(math.Round(min(v, 1e15))))
	}
	return w.Decimal(int64(math.Round(v*100)), 2)
}

// note is the forecast's note in a table; "" where all dates stand beside it.
func (w words) forecastNote(n metrics.ForecastNote) string {
	switch n {
	case metrics.ForecastFinished:
		return w.T(i18n.NoteFinished)
	case metrics.ForecastTooEarly:
		return w.T(i18n.NoteEarly)
	case metrics.ForecastNoMove:
		return w.T(i18n.NoteStill)
	case metrics.ForecastNoHistory:
		return w.T(i18n.NoteNoHistory)
	case metrics.ForecastNoTotal:
		return w.T(i18n.NoteNoTotal)
	case metrics.ForecastPartBlind:
		return w.T(i18n.NotePart)
	case metrics.ForecastFarAway:
		return w.T(i18n.NoteFar)
	}
	return ""
}

// ForecastTable holds every forecast of a program: of itself, its areas and its milestones.
type ForecastTable struct {
	Deadlines []string // headings of the chances
	Rows      []ForecastRow
}

// ForecastRow is one forecast in a table.
type ForecastRow struct {
	Name, Href, Note string
	Dates            []string // P10, P50, P80, P95; "–" where none is named
	Chances          []string
}

func newForecastTable(f Frame, w words, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast) ForecastTable {
	t := ForecastTable{}
	for _, d := range p.Deadlines {
		t.Deadlines = append(t.Deadlines, w.T(i18n.DeadlineWithVersion, w.dayMid(d.Date), w.deadlineName(d)))
	}
	points, latest := w.forecastRow(w.T(i18n.ForecastOfWhole), "", fc.Points), w.forecastRow(w.T(i18n.ForecastOfLast), "", fc.Latest)
	governing := &points
	if fc.Governs == metrics.ByMilestones {
		governing = &latest
	}
	governing.Note = strings.TrimPrefix(governing.Note+"; "+w.T(i18n.ForecastGoverns), "; ")
	t.Rows = append(t.Rows, points, latest)
	for i, area := range fc.Areas {
		t.Rows = append(t.Rows, w.forecastRow(w.text(a.Areas[i].Name), "", area))
	}
	for i, m := range fc.Milestones {
		d := p.Milestones[i]
		t.Rows = append(t.Rows, w.forecastRow(w.milestoneName(d), f.Link(f.InProgram(MilestonePath(d.Key))), m))
	}
	return t
}

func (w words) forecastRow(name, href string, fc metrics.Forecast) ForecastRow {
	row := ForecastRow{Name: name, Href: href, Note: w.forecastNote(fc.Note)}
	if fc.Finished != nil {
		row.Note += " " + w.dayMid(*fc.Finished)
	}
	for _, d := range []*metrics.Day{fc.P10, fc.P50, fc.P80, fc.P95} {
		switch {
		case d != nil:
			row.Dates = append(row.Dates, w.dayMid(*d))
		case fc.HasDates():
			row.Dates = append(row.Dates, w.forecastDay(fc, nil))
		default:
			row.Dates = append(row.Dates, "–")
		}
	}
	for _, c := range fc.Meets {
		row.Chances = append(row.Chances, w.chance(fc, c))
	}
	return row
}

// forecastHeadline sets the middle of the forecast against a deadline; ok is false where the forecast names no date.
func (w words) forecastHeadline(fc metrics.Forecast, d metrics.Deadline) (sentence string, ok bool) {
	if !fc.HasDates() {
		return "", false
	}
	due := w.day(d.Date)
	if fc.P50 == nil {
		return w.T(i18n.HeadlineForecastFar, w.forecastDay(fc, nil), due), true
	}
	finish := w.day(*fc.P50)
	switch ahead := int64(d.Date - *fc.P50); {
	case ahead > 0:
		return w.N(i18n.HeadlineForecastBefore, ahead, finish, due), true
	case ahead < 0:
		return w.N(i18n.HeadlineForecastAfter, -ahead, finish, due), true
	}
	return w.T(i18n.HeadlineForecastOn, finish), true
}
