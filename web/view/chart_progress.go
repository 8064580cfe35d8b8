package view

import (
	"slices"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// ProgressFigure is the chart of progress against plan and deadlines, with its sentence, its keys and its numbers.
type ProgressFigure struct {
	ID      string // of its parts on the page
	Summary string
	Plot    Plot
	Keys    []Key
	Marks   []string // what the triangles and steps down on the chart are, in words; the newest first
	Caption string
	Rows    []CurveRow
	Initial InitialScope
}

// CurveRow is one drawn point in numbers; its percentage leads to the sum of its day.
type CurveRow struct {
	On                           metrics.Day
	Day                          string
	Reported, Verified, Accepted string
	Planned, Deviation           string
	Source                       string
	Initial                      string // by the initial scope; "" where that is not shown
	X                            string // where it stands on the chart, in percent of its width; "" if outside of it
}

func newProgressFigure(w words, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast) ProgressFigure {
	return newProgressChart(w, p, a, fc).figure()
}

func (c progressChart) figure() ProgressFigure {
	fig := ProgressFigure{ID: "chart", Summary: c.summary(), Plot: c.draw(plotHeight), Keys: c.keys(), Marks: c.markWords()}
	fig.Caption, fig.Rows = c.table()
	return fig
}

// progressChart holds what its parts share.
type progressChart struct {
	words
	span
	p        metrics.Program
	a        metrics.Assessment
	forecast metrics.ProgramForecast
	drawn    []metrics.CurvePoint // from the first report on; empty without one
	initial  []metrics.CurvePoint // by the initial scope; nil: not shown
	cut      bool                 // today lies so far beyond everything else that the frame ends before it
}

func newProgressChart(w words, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast) progressChart {
	c := progressChart{words: w, p: p, a: a, forecast: fc, drawn: drawnPoints(a.Curve)}
	c.span, c.cut = c.domain()
	return c
}

// drawnPoints begin with the first report: before it nothing is known, which is not 0%.
func drawnPoints(c metrics.Curve) []metrics.CurvePoint {
	for i, point := range c.Points {
		if point.HasReport {
			return c.Points[i:]
		}
	}
	return nil
}

// domain is from the start to the latest of deadlines, plan, forecast and today, with a little room at both ends. When all of it lies
// long past, today would squeeze it into a corner; then the frame ends soon after the last date that counts.
func (c progressChart) domain() (s span, cut bool) {
	first, last := c.p.Start, c.p.Start
	for _, point := range c.drawn {
		if point.HasReport {
			first, last = min(first, point.Day), max(last, point.Day)
		}
	}
	for _, point := range c.a.Curve.Plan {
		last = max(last, point.Day)
	}
	for _, d := range c.p.Deadlines {
		first, last = min(first, d.AnnouncedOn, d.Date), max(last, d.Date)
	}
	first = max(first, c.p.Start-metrics.Day(longestLead))
	length := max(last-first, 7)
	if c.a.Today > last+length/3 {
		cut = true
		last += length / 10
	} else {
		last = max(last, c.a.Today)
	}
	c.cut = cut
	if edges, ok := c.wedgeOf(); ok {
		room := roomForForecast(first, last)
		last = max(last, min(*edges.early, room))
		if edges.late != nil && *edges.late <= room {
			last = max(last, *edges.late)
		}
	}
	length = max(last-first, 7)
	return span{first - max(1, length/50), last + max(1, length/20)}, cut
}

// longestLead bounds how long before the start a chart begins for the sake of an early announcement.
const longestLead = 31

func (c progressChart) draw(height float64) Plot {
	d, scale := newShares(height)
	c.drawAfter(d, scale)
	c.drawRanges(d, scale)
	drawShares(d, scale)
	drawTimes(d, c.words, c.span, scale.bottom)
	flags := c.flags()
	for _, f := range flags {
		d.Line(f.Line, draw.Point{X: f.X, Y: 0}, draw.Point{X: f.X, Y: scale.bottom})
		keepFlag(d, f, scale.bottom)
	}
	c.drawWedge(d, scale)
	c.drawPlan(d, scale)
	c.drawInitial(d, scale)
	c.drawActual(d, scale)
	c.drawStatements(d, scale)
	c.drawChanges(d, scale)
	c.drawOwners(d, scale)
	labelShares(d, c.words, scale)
	c.labelEnds(d, scale)
	c.labelInitial(d, scale)
	c.labelState(d, scale)
	c.labelOwners(d, scale)
	c.labelWedge(d, scale)
	c.labelChanges(d, scale)
	return Plot{draw.Strip(flags), d}
}

// keepFlag keeps labels off a flag's line, and more so if it is the binding deadline's.
func keepFlag(d *draw.Drawing, f draw.Flag, bottom float64) {
	weight := draw.Light
	if f.Line == "due" {
		weight = draw.Heavy
	}
	for _, sheet := range d.Sheets {
		sheet.Keep(weight, draw.Point{X: f.X, Y: 0}, draw.Point{X: f.X, Y: bottom})
	}
}

// at is the place of a share on a day.
func (c progressChart) at(day metrics.Day, share metrics.BasisPoints, scale shares) draw.Point {
	return draw.Point{X: c.x(day), Y: scale.y(share)}
}

// flags are today and every deadline version; those of one day share a line.
func (c progressChart) flags() []draw.Flag {
	var days []metrics.Day
	for _, d := range c.p.Deadlines {
		days = append(days, d.Date)
	}
	if !c.cut {
		days = append(days, c.a.Today)
	}
	slices.Sort(days)
	var flags []draw.Flag
	for _, day := range slices.Compact(days) {
		if c.holds(day) {
			flags = append(flags, c.flag(day))
		}
	}
	return flags
}

// flag names a day: the binding deadline first, then today, then the other versions.
func (c progressChart) flag(day metrics.Day) draw.Flag {
	f := draw.Flag{X: c.x(day), Line: "due-other", Style: draw.Quiet}
	lead, binding, others := "", []string(nil), []string(nil)
	for _, d := range c.p.Deadlines {
		switch {
		case d.Date != day:
		case d.Binding:
			f.Line, f.Style, lead = "due", draw.Strong, c.T(i18n.Deadline)
			binding = append(binding, c.shortName(d))
		default:
			others = append(others, c.shortName(d))
		}
	}
	if !c.cut && day == c.a.Today {
		if lead == "" {
			f.Line, lead = "today", c.T(i18n.ChartAsOf)
		} else {
			others = append(others, c.T(i18n.Today))
		}
	}
	if lead == "" {
		lead, others = others[0], others[1:]
	}
	if len(others) > 0 {
		others = append(binding, others...)
	}
	f.Texts = c.flagTexts(func(date string) string { return c.T(i18n.ChartDeadlineOf, lead, date) }, others, day)
	return f
}

// flagTexts say the same in fewer and fewer words.
func (c progressChart) flagTexts(of func(date string) string, others []string, day metrics.Day) []string {
	date := c.dayShort(day)
	if c.yearMatters() {
		date = c.dayMid(day)
	}
	texts := []string{of(date), date, c.dayShort(day)}
	if len(others) > 0 {
		texts = append([]string{c.T(i18n.ChartVersions, of(date), strings.Join(others, ", "))}, texts...)
	}
	if b := c.a.Binding(); b != nil && b.Deadline.Date == day && b.Passed && c.a.Open > 0 {
		late := ", " + c.DaysLeft(b.DaysLeft)
		texts = append([]string{of(date) + late, date + late}, texts...)
	}
	return texts
}

// shortName is "v2" for a version of the regulator's deadline, and the key of anybody else's date.
func (c progressChart) shortName(d metrics.Deadline) string {
	if d.Version > 0 {
		return "v" + c.Int(d.Version)
	}
	return d.Key
}

// drawRanges marks ranges of dates that were stated, on the axis.
func (c progressChart) drawRanges(d *draw.Drawing, scale shares) {
	for _, deadline := range c.p.Deadlines {
		if c.ranged(deadline) {
			from, to := c.x(c.within(*deadline.Earliest)), c.x(deadline.Date)
			d.Line("due-range", draw.Point{X: from, Y: scale.bottom}, draw.Point{X: to, Y: scale.bottom})
		}
	}
}

func (c progressChart) ranged(d metrics.Deadline) bool {
	return d.Earliest != nil && *d.Earliest < d.Date && c.holds(d.Date)
}

// drawAfter hatches the days after a deadline that was missed.
func (c progressChart) drawAfter(d *draw.Drawing, scale shares) {
	binding := c.a.Binding()
	if binding == nil || !binding.Passed || c.a.Open == 0 || !c.holds(binding.Deadline.Date) {
		return
	}
	from := c.x(binding.Deadline.Date)
	d.Rect("after", from, 1, scale.top, scale.bottom-scale.top)
	d.Hatch("hatch", draw.Point{X: from, Y: scale.top}, draw.Point{X: 1, Y: scale.top}, draw.Point{X: 1, Y: scale.bottom}, draw.Point{X: from, Y: scale.bottom})
}

func (c progressChart) drawPlan(d *draw.Drawing, scale shares) {
	var points []draw.Point
	for _, point := range c.a.Curve.Plan {
		points = append(points, c.at(c.within(point.Day), point.Planned, scale))
	}
	if c.a.Curve.Stairs {
		d.Steps("plan", points...)
	} else {
		d.Path("plan", points...)
	}
	for _, sheet := range d.Sheets {
		for i := 1; i < len(points); i++ {
			if c.a.Curve.Stairs {
				sheet.KeepSteps(draw.Light, points[i-1], points[i])
			} else {
				sheet.KeepSlope(draw.Light, points[i-1], points[i])
			}
		}
	}
}

// drawActual draws steps: a value holds until the next report. After the last one the line is only dotted.
func (c progressChart) drawActual(d *draw.Drawing, scale shares) {
	points := c.visible()
	if len(points) == 0 {
		return
	}
	known := c.lastKnown()
	var steps []draw.Point
	for i, point := range points {
		if i == 0 || point.Day <= known {
			steps = append(steps, c.at(point.Day, point.Reported, scale))
		}
	}
	d.Steps("actual", steps...)
	for _, sheet := range d.Sheets {
		sheet.KeepSteps(draw.Heavy, steps...)
	}
	final := points[len(points)-1]
	if until := c.within(c.a.Today); until > known {
		from, to := c.at(known, final.Reported, scale), c.at(until, final.Reported, scale)
		d.Line("silent", from, to)
		for _, sheet := range d.Sheets {
			sheet.Keep(draw.Heavy, from, to)
		}
	}
	c.drawReports(d, scale, points)
}

// dotsApart is how far dots stand apart at least, as a share of the width.
const dotsApart = 1.0 / 45

// drawReports puts a dot on each day with a report, as long as dots stand apart on a narrow screen; the last one always.
func (c progressChart) drawReports(d *draw.Drawing, scale shares, points []metrics.CurvePoint) {
	after := -1.0
	for i, point := range points {
		last := i == len(points)-1 || points[i+1].Day > c.lastKnown()
		if x := c.x(point.Day); point.HasReport && (x >= after+dotsApart || last) {
			d.Dot(c.reportClass(), c.at(point.Day, point.Reported, scale), 3)
			after = x
		}
	}
}

// reportClass: a report's dot is filled once evidence supports all of it.
func (c progressChart) reportClass() string {
	if c.verified() {
		return "report verified"
	}
	return "report"
}

func (c progressChart) verified() bool { return c.a.Verified > 0 && c.a.Verified == c.a.Reported }

// lastKnown is the last day on which a report, or a change of the weights, said anything.
func (c progressChart) lastKnown() metrics.Day {
	known := c.drawn[0].Day
	for i, point := range c.drawn {
		if point.HasReport || i > 0 && point.Reported != c.drawn[i-1].Reported {
			known = point.Day
		}
	}
	return known
}

// visible are the drawn points inside the frame, the last of each that fall on one pixel.
func (c progressChart) visible() []metrics.CurvePoint {
	var kept []metrics.CurvePoint
	pixel := func(d metrics.Day) int { return int(c.x(d) * draw.Stretch) }
	for _, point := range c.drawn {
		if !c.holds(point.Day) {
			continue
		}
		if n := len(kept); n > 1 && pixel(kept[n-1].Day) == pixel(point.Day) {
			point.HasReport = point.HasReport || kept[n-1].HasReport
			kept[n-1] = point
			continue
		}
		kept = append(kept, point)
	}
	return kept
}

// drawStatements draws hollow marks at what was said of the whole on the day it was said, with a tail to the day it was printed.
func (c progressChart) drawStatements(d *draw.Drawing, scale shares) {
	const arrowLength = 14.0
	for _, statement := range c.p.Statements {
		claim, ok := newClaim(statement)
		on := saidOrPrinted(statement)
		if !ok || on == nil || !c.holds(*on) {
			continue
		}
		mark := c.at(*on, claim.mark(), scale)
		if printed := statement.PublishedOn; printed != nil && *printed > *on && c.holds(*printed) {
			d.Line("claim-line", mark, c.at(*printed, claim.mark(), scale))
		}
		switch {
		case claim.low == nil:
			d.Arrow("claim-line", mark, arrowLength)
		case claim.high == nil:
			d.Arrow("claim-line", mark, -arrowLength)
		case *claim.low != *claim.high:
			d.Line("claim-line", c.at(*on, *claim.low, scale), c.at(*on, *claim.high, scale))
		}
		d.Dot("claim", mark, 3.5)
		for _, sheet := range d.Sheets {
			sheet.KeepAround(draw.Light, mark, 5)
		}
	}
}

// labelEnds writes the values at the ends of the two lines: the upper one above its line, the lower one below.
func (c progressChart) labelEnds(d *draw.Drawing, scale shares) {
	day := c.within(c.a.Today)
	type endLabel struct {
		style draw.Style
		text  string
		value metrics.BasisPoints
	}
	var ends []endLabel
	if len(c.drawn) > 0 {
		name := i18n.ChartActual
		if c.a.State == metrics.StateDeclaredComplete {
			name = i18n.ChartDeclared
		}
		ends = append(ends, endLabel{draw.Figure, c.T(name) + " " + c.pct(c.a.Reported), c.a.Reported})
	}
	if len(c.a.Curve.Plan) > 0 && (c.a.Open > 0 || len(c.drawn) == 0) { // once nothing is open the plan has nothing more to say
		ends = append(ends, endLabel{draw.Quiet, c.T(i18n.ChartPlan) + " " + c.pct(c.a.Planned), c.a.Planned})
	}
	for i, e := range ends {
		below := len(ends) > 1 && (e.value < ends[1-i].value || e.value == ends[1-i].value && i > 0)
		for _, sheet := range d.Sheets {
			sheet.Put(e.style, e.text, spotsAround(c.at(day, e.value, scale), below)...)
		}
	}
}
