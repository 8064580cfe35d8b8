package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// CountsFigure is what was done of how much over time: both as lines on one axis of counts, and the percentage on a chart of its own
// below them. Two scales on one chart would let a reader see what is not there.
type CountsFigure struct {
	ID        string // of its parts on the page
	Milestone string // its key
	Summary   string
	Counts    *Plot // nil where the unit is percent, and the percentage says all
	Share     *Plot // nil before the first count
	SumHref   string
	Caption   string
	Rows      []CountRow
}

// CountRow is one drawn point in numbers. X is where it stands on the charts, in percent of their width.
type CountRow struct {
	Day, Done, Total, Share, Source, X string
}

// The heights of the two plots, in pixels.
const (
	countsHeight = 180.0
	shareHeight  = 100.0
)

func newCountsFigure(f Frame, w words, m metrics.Milestone, h metrics.History, today metrics.Day) CountsFigure {
	c := countsChart{words: w, m: m, points: metrics.CountsOverTime(h, m.Key, today), today: today}
	fig := CountsFigure{ID: "counts", Milestone: m.Key, Summary: w.T(i18n.CountsNone), SumHref: sumHref(f, milestoneAnchor(m.Key)), Caption: w.T(i18n.CountsCaption)}
	if len(c.points) == 0 {
		return fig
	}
	c.span = c.domain()
	last := c.points[len(c.points)-1].Counts
	fig.Summary = w.T(i18n.CountsSummary, w.day(today), w.counts(&last, m.Unit))
	if m.Unit != "percent" {
		fig.Counts = c.drawCounts()
	}
	fig.Share = c.drawShare()
	fig.rows(c)
	return fig
}

// countsChart holds what both charts share.
type countsChart struct {
	words
	span
	m      metrics.Milestone
	points []metrics.CountPoint
	today  metrics.Day
}

func (c countsChart) domain() span {
	first, last := min(c.points[0].Day, c.m.Start), max(c.today, c.m.Due)
	length := max(last-first, 7)
	return span{first - max(1, length/50), last + max(1, length/20)}
}

// flags are today and the planned finish.
func (c countsChart) flags() []draw.Flag {
	due := draw.Flag{X: c.x(c.m.Due), Line: "due-other", Style: draw.Quiet, Texts: []string{c.T(i18n.ChartDeadlineOf, c.T(i18n.Plan), c.dayShort(c.m.Due)), c.dayShort(c.m.Due)}}
	if c.m.Due == c.today {
		return []draw.Flag{due}
	}
	return []draw.Flag{due, {X: c.x(c.today), Line: "today", Style: draw.Quiet, Texts: []string{c.T(i18n.ChartDeadlineOf, c.T(i18n.ChartAsOf), c.dayShort(c.today)), c.dayShort(c.today)}}}
}

// drawCounts draws done and total on one scale from 0.
func (c countsChart) drawCounts() *Plot {
	top, bottom := plotTop, plotTop+countsHeight
	d := draw.New(bottom + axisRoom)
	highest := int64(1)
	for _, p := range c.points {
		highest = max(highest, p.Counts.Total, p.Counts.Done)
	}
	y := func(n int64) float64 { return bottom - (bottom-top)*float64(n)/float64(highest) }
	for _, n := range countMarks(highest) {
		d.Line("grid", draw.Point{X: 0, Y: y(n)}, draw.Point{X: 1, Y: y(n)})
	}
	drawTimes(d, c.words, c.span, bottom)
	flags := c.flags()
	for _, f := range flags {
		d.Line(f.Line, draw.Point{X: f.X, Y: 0}, draw.Point{X: f.X, Y: bottom})
		keepFlag(d, f, bottom)
	}
	done := c.drawSteps(d, "actual", func(p metrics.CountPoint) float64 { return y(p.Counts.Done) })
	total := c.drawSteps(d, "plan-total", func(p metrics.CountPoint) float64 { return y(p.Counts.Total) })
	for _, n := range countMarks(highest) {
		labelScale(d, c.Int(n), y(n))
	}
	last := c.points[len(c.points)-1].Counts
	for _, sheet := range d.Sheets {
		sheet.Put(draw.Figure, c.T(i18n.Done)+" "+c.Int(last.Done), spotsAround(done, true)...)
		sheet.Put(draw.Quiet, c.T(i18n.Total)+" "+c.Int(last.Total), spotsAround(total, false)...)
	}
	c.drawDots(d, func(p metrics.CountPoint) float64 { return y(p.Counts.Done) })
	return &Plot{draw.Strip(flags), d}
}

// drawShare draws the percentage by itself, on the same days.
func (c countsChart) drawShare() *Plot {
	scale := shares{plotTop, plotTop + shareHeight}
	d := draw.New(scale.bottom + axisRoom)
	for _, b := range []metrics.BasisPoints{metrics.Whole / 2, metrics.Whole} {
		d.Line("grid", draw.Point{X: 0, Y: scale.y(b)}, draw.Point{X: 1, Y: scale.y(b)})
	}
	drawTimes(d, c.words, c.span, scale.bottom)
	for _, f := range c.flags() {
		d.Line(f.Line, draw.Point{X: f.X, Y: scale.top}, draw.Point{X: f.X, Y: scale.bottom})
		keepFlag(d, f, scale.bottom)
	}
	y := func(p metrics.CountPoint) float64 { return scale.y(p.Counts.Share()) }
	end := c.drawSteps(d, "actual", y)
	labelScale(d, c.T(i18n.PercentOfMilestone, c.pct(metrics.Whole)), scale.y(metrics.Whole))
	labelScale(d, c.pts(metrics.Whole/2), scale.y(metrics.Whole/2))
	for _, sheet := range d.Sheets {
		sheet.Put(draw.Figure, c.pct(c.points[len(c.points)-1].Counts.Share()), spotsAround(end, false)...)
	}
	c.drawDots(d, y)
	plot := &Plot{Body: d}
	if c.m.Unit == "percent" { // then it is the only one, and the flags' names stand above it
		plot.Strips = draw.Strip(c.flags())
	}
	return plot
}

// drawSteps draws a line from the first count to today and gives its end.
func (c countsChart) drawSteps(d *draw.Drawing, class string, y func(metrics.CountPoint) float64) draw.Point {
	var steps []draw.Point
	for _, p := range c.points {
		steps = append(steps, draw.Point{X: c.x(p.Day), Y: y(p)})
	}
	steps = append(steps, draw.Point{X: c.x(c.today), Y: steps[len(steps)-1].Y})
	d.Steps(class, steps...)
	for _, sheet := range d.Sheets {
		sheet.KeepSteps(draw.Heavy, steps...)
	}
	return steps[len(steps)-1]
}

// drawDots puts a dot on each day with a report, as long as they stand apart.
func (c countsChart) drawDots(d *draw.Drawing, y func(metrics.CountPoint) float64) {
	after := -1.0
	for i, p := range c.points {
		if x := c.x(p.Day); x >= after+dotsApart || i == len(c.points)-1 {
			d.Dot("report", draw.Point{X: x, Y: y(p)}, 3)
			after = x
		}
	}
}

// countMarks are three or four round numbers up to the highest.
func countMarks(highest int64) []int64 {
	for factor := int64(1); ; factor *= 10 {
		for _, leading := range []int64{1, 2, 5} {
			if step := leading * factor; highest/step <= 4 {
				var marks []int64
				for n := step; n <= highest; n += step {
					marks = append(marks, n)
				}
				return marks
			}
		}
	}
}

// rows are the drawn points in numbers; of a long history the last of each week or month.
func (fig *CountsFigure) rows(c countsChart) {
	points := c.points
	day := func(p metrics.CountPoint) metrics.Day { return p.Day }
	if len(points) > mostRows {
		points, fig.Caption = lastIn(points, day, byWeek), c.T(i18n.CountsWeeks)
	}
	if len(points) > mostRows {
		points, fig.Caption = lastIn(points, day, byMonth), c.T(i18n.CountsMonths)
	}
	for _, p := range points {
		row := CountRow{
			Day: c.dayMid(p.Day), Done: c.Int(p.Counts.Done), Total: c.Int(p.Counts.Total), Share: c.share(p.Counts.Share(), c.m.Accepted), Source: c.T(i18n.MilestoneReport),
			X: c.percent(p.Day),
		}
		if p.Corrected {
			row.Source = c.T(i18n.MilestoneCorrection)
		}
		fig.Rows = append(fig.Rows, row)
	}
}
