package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// InitialScope is the way to the line of the initial scope and back, where the scope grew.
type InitialScope struct {
	Href, Text string  // "" where the scope did not grow
	Says       []Piece // beside the line: what it says, and which figure holds
}

// BesideInitialScope offers to set the curve of the initial scope beside the chart's own, or does so.
func (m *OverviewModel) BesideInitialScope(p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast, initial metrics.Curve, shown bool) {
	w := words{m.Lang, p.Zone}
	figure := w.keyPercent(a)
	if figure == "" { // nothing was reported: there is no line beside which another could stand
		return
	}
	if !shown {
		m.Chart.Initial = InitialScope{Href: m.LinkWith(m.Path, "scope", "initial") + "#chart-title", Text: w.T(i18n.InitialShow)}
		return
	}
	c := newProgressChart(w, p, a, fc)
	c.initial = initial.Points
	m.Chart = c.figure()
	is := w.ofWhole(figure)
	m.Chart.Initial = InitialScope{
		Href: m.Link(m.Path) + "#chart-title", Text: w.T(i18n.InitialHide),
		Says: linkLast(w.T(i18n.InitialSays, w.pct(reportedBy(c.initial, a.Today)), is), is, sumHref(m.Frame, "sum")),
	}
}

// reportedBy is what a curve gives at the end of a day.
func reportedBy(curve []metrics.CurvePoint, day metrics.Day) (reported metrics.BasisPoints) {
	for _, point := range curve {
		if point.Day <= day {
			reported = point.Reported
		}
	}
	return reported
}

// drawInitial draws the line of the initial scope from the first report on, in steps like the one of record.
func (c progressChart) drawInitial(d *draw.Drawing, scale shares) {
	var steps []draw.Point
	for _, point := range c.initial {
		if len(c.drawn) > 0 && point.Day >= c.drawn[0].Day && c.holds(point.Day) {
			steps = append(steps, c.at(point.Day, point.Reported, scale))
		}
	}
	if len(steps) == 0 {
		return
	}
	d.Steps("initial", steps...)
	for _, sheet := range d.Sheets {
		sheet.KeepSteps(draw.Light, steps...)
	}
}

func (c progressChart) labelInitial(d *draw.Drawing, scale shares) {
	if c.initial == nil || len(c.drawn) == 0 {
		return
	}
	reported := reportedBy(c.initial, c.a.Today)
	for _, sheet := range d.Sheets {
		sheet.Put(draw.Quiet, c.T(i18n.InitialKey)+" "+c.pct(reported), spotsAround(c.at(c.within(c.a.Today), reported, scale), false)...)
	}
}
