package view

import (
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// ProgressFigure is the chart of progress against plan and deadlines, with its sentence, its keys and its numbers.
type ProgressFigure struct {
	Summary  string
	Drawings []Drawing // for wide and for narrow screens
	Keys     []Key
	Caption  string
	Rows     []CurveRow
}

// Key explains one kind of mark.
type Key struct {
	Mark, Text string
}

// CurveRow is one drawn point in numbers; its percentage leads to the sum of its day.
type CurveRow struct {
	On                           metrics.Day
	Day                          string
	Reported, Verified, Accepted string
	Planned, Deviation           string
}

// mostRows bounds the data table; a longer history is told week by week or month by month.
const mostRows = 60

// chartSize is a drawing's frame; texts have the same size in both, so that they can be read on a phone too.
type chartSize struct {
	class         string
	width, height float64 // of the drawing, and of the plot alone
}

var chartSizes = []chartSize{{"chart-wide", 720, 250}, {"chart-narrow", 340, 210}}

const (
	marginLeft   = 42.0
	marginRight  = 10.0
	marginBottom = 28.0
)

func newProgressFigure(w words, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast) ProgressFigure {
	c := progressChart{words: w, p: p, a: a, forecast: fc, drawn: drawnPoints(a.Curve)}
	c.first, c.last, c.cut = c.domain()
	fig := ProgressFigure{Summary: c.summary(), Keys: c.keys()}
	for _, size := range chartSizes {
		fig.Drawings = append(fig.Drawings, *c.draw(size))
	}
	fig.Caption, fig.Rows = c.table()
	return fig
}

// progressChart holds what its parts share.
type progressChart struct {
	words
	p           metrics.Program
	a           metrics.Assessment
	forecast    metrics.ProgramForecast
	drawn       []metrics.CurvePoint // from the first report on; empty without one
	first, last metrics.Day
	cut         bool // today lies so far beyond everything else that the frame ends before it
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
func (c progressChart) domain() (first, last metrics.Day, cut bool) {
	first, last = c.p.Start, c.p.Start
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
	if edges, ok := c.wedgeOf(); ok && !cut {
		room := roomForForecast(first, last)
		last = max(last, min(*edges.early, room))
		if edges.late != nil && *edges.late <= room {
			last = max(last, *edges.late)
		}
	}
	length = max(last-first, 7)
	return first - max(1, length/50), last + max(1, length/20), cut
}

// longestLead bounds how long before the start a chart begins for the sake of an early announcement.
const longestLead = 31

func (c progressChart) draw(size chartSize) *Drawing {
	s := span{c.first, c.last, marginLeft, size.width - marginRight}
	flags := c.flags(s)
	rows := placeFlags(flags, 0, size.width)
	top := float64(rows)*lineHeight + 8
	bottom := top + size.height
	d := newDrawing(size.class, size.width, bottom+marginBottom)
	y := func(b metrics.BasisPoints) float64 { return bottom - (bottom-top)*float64(b)/float64(metrics.Whole) }

	c.drawAfter(d, s, top, bottom)
	for quarter := metrics.BasisPoints(0); quarter <= metrics.Whole; quarter += metrics.Whole / 4 {
		d.grid(s.left, y(quarter), s.right, y(quarter))
		d.label("quiet", c.pts(quarter), s.left-6, y(quarter)+4, end)
	}
	d.drawAxis(c.words, s, top, bottom, size.width)
	d.drawFlags(flags, lineHeight-4, bottom)
	c.drawRanges(d, s, flags)
	c.drawWedge(d, s, y)
	c.drawPlan(d, s, y)
	c.drawActual(d, s, y)
	c.drawStatements(d, s, y)
	c.drawChanges(d, s, bottom)
	c.drawOwners(d, s, y)
	c.drawEnds(d, s, y, size.width)
	c.drawWedgeLabel(d, s, y, size.width)
	return d
}

// flags are today and every deadline version.
func (c progressChart) flags(s span) []flag {
	var flags []flag
	for _, d := range c.p.Deadlines {
		if !s.holds(d.Date) {
			continue
		}
		f := flag{x: s.x(d.Date), text: c.flagText(d), class: "due-other", label: "quiet"}
		if d.Binding {
			f.class, f.label = "due", "bold"
		}
		flags = append(flags, f)
	}
	if !c.cut {
		flags = append(flags, flag{x: s.x(c.a.Today), text: c.T(i18n.TimelineAsOfDay, c.dayShort(c.a.Today)), class: "today", label: "quiet"})
	}
	return flags
}

func (c progressChart) flagText(d metrics.Deadline) string {
	day := c.dayShort(d.Date)
	if c.first.UTC().Year() != c.last.UTC().Year() && c.last-c.first > 400 {
		day = c.dayMid(d.Date)
	}
	switch {
	case d.Binding:
		return c.T(i18n.Deadline) + " " + day
	case d.Version > 0:
		return "v" + c.Int(d.Version) + " " + day
	}
	return d.Key + " " + day
}

// drawRanges marks the whole of a range that was stated, at the head of its line.
func (c progressChart) drawRanges(d *Drawing, s span, flags []flag) {
	for _, deadline := range c.p.Deadlines {
		if deadline.Earliest == nil || *deadline.Earliest >= deadline.Date || !s.holds(deadline.Date) {
			continue
		}
		for _, f := range flags {
			if f.text == c.flagText(deadline) {
				y := lineHeight - 4 + float64(f.row)*lineHeight + 4
				d.line("due-range", s.x(max(*deadline.Earliest, s.first)), y, f.x, y)
			}
		}
	}
}

// drawAfter hatches the days after a deadline that was missed.
func (c progressChart) drawAfter(d *Drawing, s span, top, bottom float64) {
	binding := c.a.Binding()
	if binding == nil || !binding.Passed || c.a.Open == 0 || !s.holds(binding.Deadline.Date) {
		return
	}
	from := s.x(binding.Deadline.Date)
	d.rect("after", from, top, s.right-from, bottom-top)
	for x := from + 8; x < s.right; x += 8 {
		d.line("hatch", x, top, x, bottom)
	}
}

func (c progressChart) drawPlan(d *Drawing, s span, y func(metrics.BasisPoints) float64) {
	var path strings.Builder
	for i, point := range c.a.Curve.Plan {
		x := min(max(s.x(point.Day), s.left), s.right)
		switch {
		case i == 0:
			path.WriteString("M" + px(x) + " " + px(y(point.Planned)))
		case c.a.Curve.Stairs:
			path.WriteString("H" + px(x) + "V" + px(y(point.Planned)))
		default:
			path.WriteString("L" + px(x) + " " + px(y(point.Planned)))
		}
	}
	if path.Len() > 0 {
		d.path("plan", path.String())
	}
}

// drawActual draws steps: a value holds until the next report. After the last one the line is only dotted.
func (c progressChart) drawActual(d *Drawing, s span, y func(metrics.BasisPoints) float64) {
	points := perPixel(c.drawn, s)
	if len(points) == 0 {
		return
	}
	known := c.lastKnown()
	path := "M" + px(s.x(points[0].Day)) + " " + px(y(points[0].Reported))
	for _, point := range points[1:] {
		if point.Day <= known {
			path += "H" + px(s.x(point.Day)) + "V" + px(y(point.Reported))
		}
	}
	d.path("actual", path)
	final := points[len(points)-1]
	if until := min(c.a.Today, c.last); until > known {
		d.line("silent", s.x(known), y(final.Reported), s.x(until), y(final.Reported))
	}
	c.drawReports(d, s, y, points)
}

// drawReports puts a dot on each day with a report, as long as dots stand apart; the last one always.
func (c progressChart) drawReports(d *Drawing, s span, y func(metrics.BasisPoints) float64, points []metrics.CurvePoint) {
	class := "report"
	if c.a.Verified > 0 && c.a.Verified == c.a.Reported {
		class = "report verified"
	}
	after := -1e9
	for i, point := range points {
		x := s.x(point.Day)
		last := i == len(points)-1 || points[i+1].Day > c.lastKnown()
		if point.HasReport && (x >= after+7 || last) {
			d.dot(class, x, y(point.Reported), 3)
			after = x
		}
	}
}

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

// perPixel keeps the last point of each pixel, which is what can be seen.
func perPixel(points []metrics.CurvePoint, s span) []metrics.CurvePoint {
	var kept []metrics.CurvePoint
	for _, point := range points {
		if !s.holds(point.Day) {
			continue
		}
		if n := len(kept); n > 1 && int(s.x(kept[n-1].Day)) == int(s.x(point.Day)) {
			point.HasReport = point.HasReport || kept[n-1].HasReport
			kept[n-1] = point
			continue
		}
		kept = append(kept, point)
	}
	return kept
}

// drawStatements draws hollow marks at what was said of the whole on the day it was said, with a tail to the day it was printed.
func (c progressChart) drawStatements(d *Drawing, s span, y func(metrics.BasisPoints) float64) {
	for _, statement := range c.p.Statements {
		claim, ok := newClaim(statement)
		on := saidOrPrinted(statement)
		if !ok || on == nil || !s.holds(*on) {
			continue
		}
		x, mark := s.x(*on), y(claim.mark())
		if printed := statement.PublishedOn; printed != nil && *printed > *on && s.holds(*printed) {
			d.line("claim-line", x, mark, s.x(*printed), mark)
		}
		switch {
		case claim.low == nil:
			d.arrow(x, mark, mark+arrowLength)
		case claim.high == nil:
			d.arrow(x, mark, mark-arrowLength)
		case *claim.low != *claim.high:
			d.whisker(x, y(*claim.low), y(*claim.high))
		}
		d.dot("claim", x, mark, 3.5)
	}
}

const arrowLength = 14.0

// arrow says "or more" or "or less".
func (d *Drawing) arrow(x, from, to float64) {
	back := 4.0
	if to > from {
		back = -4
	}
	d.path("claim-line", "M"+px(x)+" "+px(from)+"V"+px(to)+"M"+px(x-3)+" "+px(to+back)+"L"+px(x)+" "+px(to)+"L"+px(x+3)+" "+px(to+back))
}

// whisker is a stated range.
func (d *Drawing) whisker(x, low, high float64) {
	d.path("claim-line", "M"+px(x)+" "+px(low)+"V"+px(high)+"M"+px(x-4)+" "+px(low)+"H"+px(x+4)+"M"+px(x-4)+" "+px(high)+"H"+px(x+4))
}

// drawChanges puts a triangle under each change of scope or weights, and one that is hollow under each day on which a total moved.
func (c progressChart) drawChanges(d *Drawing, s span, bottom float64) {
	for _, change := range c.a.Curve.Changes {
		if s.holds(change.On) {
			d.triangle("change", s.x(change.On), bottom, 5)
		}
	}
	for _, total := range c.a.Curve.Totals {
		if s.holds(total.On) {
			d.triangle("change total", s.x(total.On), bottom, 5)
		}
	}
}

// drawEnds writes the values at the ends of the two lines, apart from each other and inside the frame.
func (c progressChart) drawEnds(d *Drawing, s span, y func(metrics.BasisPoints) float64, frame float64) {
	x := s.x(min(c.a.Today, c.last))
	var ends []endLabel
	if len(c.drawn) > 0 {
		name := i18n.ChartActual
		if c.a.State == metrics.StateDeclaredComplete {
			name = i18n.ChartDeclared
		}
		ends = append(ends, endLabel{"figure-text", c.T(name) + " " + c.pct(c.a.Reported), y(c.a.Reported)})
	}
	if len(c.a.Curve.Plan) > 0 {
		ends = append(ends, endLabel{"quiet", c.T(i18n.ChartPlan) + " " + c.pct(c.a.Planned), y(c.a.Planned)})
	}
	spread(ends, y(metrics.Whole)+lineHeight, y(0)-6)
	for _, e := range ends {
		if side := start; textBox(e.text, x+8, e.y, side).right <= frame {
			d.label(e.class, e.text, x+8, e.y, side)
		} else {
			d.label(e.class, e.text, x-8, e.y, end)
		}
	}
}

type endLabel struct {
	class, text string
	y           float64 // base line
}

// spread keeps one or two labels a line apart, in the order of their heights, between top and bottom.
func spread(ends []endLabel, top, bottom float64) {
	for i := range ends {
		ends[i].y = min(max(ends[i].y+4, top), bottom)
	}
	if len(ends) < 2 {
		return
	}
	upper, lower := &ends[0], &ends[1]
	if upper.y > lower.y {
		upper, lower = lower, upper
	}
	if missing := lineHeight - (lower.y - upper.y); missing > 0 {
		lower.y = min(lower.y+missing, bottom)
		upper.y = min(upper.y, lower.y-lineHeight)
	}
}

// summary says in a sentence what the chart shows.
func (c progressChart) summary() string {
	if len(c.drawn) == 0 {
		return c.T(i18n.ChartNoData)
	}
	deadline := c.T(i18n.None)
	if b := c.a.Binding(); b != nil {
		deadline = c.day(b.Deadline.Date)
	}
	reported := c.ofWhole(c.share(c.a.Reported, c.a.State == metrics.StateAccepted))
	sentence := c.T(i18n.ChartSummary, c.day(c.a.Today), reported, c.ofWhole(c.pct(c.a.Planned)), deadline)
	if len(c.a.Curve.Plan) == 0 {
		sentence = c.T(i18n.ChartSummaryNoPlan, c.day(c.a.Today), reported, deadline)
	} else if c.cut {
		sentence = join(sentence, c.T(i18n.ChartCut))
	}
	return join(sentence, c.forecastWords(), c.totalWords())
}

// keys explain the marks that are there, and only those.
func (c progressChart) keys() []Key {
	var keys []Key
	add := func(there bool, mark, text string) {
		if there {
			keys = append(keys, Key{mark, text})
		}
	}
	stairs, others := c.a.Curve.Stairs, len(c.p.Deadlines) > 1 || len(c.p.Deadlines) == 1 && !c.p.Deadlines[0].Binding
	add(len(c.drawn) > 0, "actual", c.T(i18n.ChartActual))
	add(len(c.a.Curve.Plan) > 0 && !stairs, "plan", c.T(i18n.ChartPlan))
	add(len(c.a.Curve.Plan) > 0 && stairs, "plan", c.T(i18n.ChartPlanSteps))
	add(c.a.Binding() != nil, "due", c.T(i18n.DeadlineBinding))
	add(others, "due-other", c.T(i18n.KeyOtherDeadlines))
	add(c.a.Curve.GapDays > 0, "silent", c.N(i18n.KeySilent, int64(c.a.Curve.GapDays)))
	add(c.hasStatements(), "claim", c.T(i18n.KeyStatements))
	add(len(c.a.Curve.Changes) > 0, "change", c.T(i18n.ChartScopeChange))
	add(len(c.a.Curve.Totals) > 0, "total", c.T(i18n.KeyTotal))
	add(c.a.OwnerFinish.Day != nil, "target", c.T(i18n.KeyOwners))
	if _, ok := c.wedgeOf(); ok {
		add(!c.forecast.OwnersFirst, "wedge", c.T(i18n.KeyForecast))
		add(c.forecast.OwnersFirst, "pace", c.T(i18n.KeyForecastPace))
	}
	return keys
}

func (c progressChart) hasStatements() bool {
	for _, s := range c.p.Statements {
		if _, ok := newClaim(s); ok && saidOrPrinted(s) != nil {
			return true
		}
	}
	return false
}

// table is the drawn line in numbers: every day that changed something or, in a long history, the last of each week or month.
func (c progressChart) table() (caption string, rows []CurveRow) {
	points := c.told()
	caption = c.T(i18n.ChartTableCaption)
	if len(points) > mostRows {
		points, caption = lastOf(points, byWeek), c.T(i18n.ChartTableWeeks)
	}
	if len(points) > mostRows {
		points, caption = lastOf(points, byMonth), c.T(i18n.ChartTableMonths)
	}
	for _, point := range points {
		rows = append(rows, CurveRow{
			point.Day, c.dayMid(point.Day), c.share(point.Reported, point.Accepted == metrics.Whole), c.pts(point.Verified), c.pts(point.Accepted),
			c.pct(point.Planned), c.signed(point.Reported - point.Planned),
		})
	}
	return caption, rows
}

// told are the days with something to tell: a report, a change, or today.
func (c progressChart) told() []metrics.CurvePoint {
	var points []metrics.CurvePoint
	for i, point := range c.drawn {
		if point.HasReport || i == len(c.drawn)-1 || point.Reported != c.drawn[i-1].Reported {
			points = append(points, point)
		}
	}
	return points
}

func byWeek(d metrics.Day) int { return int(d-4) / 7 } // weeks from Monday, 1970-01-05

func byMonth(d metrics.Day) int { return d.UTC().Year()*12 + int(d.UTC().Month()) }

func lastOf(points []metrics.CurvePoint, period func(metrics.Day) int) []metrics.CurvePoint {
	var kept []metrics.CurvePoint
	for i, point := range points {
		if i == len(points)-1 || period(point.Day) != period(points[i+1].Day) {
			kept = append(kept, point)
		}
	}
	return kept
}
