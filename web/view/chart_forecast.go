package view

import (
	"math"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// drawable is the forecast's range as the chart has it: from the early edge to the late one, which may lie beyond the frame or
// beyond all dates.
type drawable struct {
	early, middle, late *metrics.Day // late: nil without an end date
}

// wedgeOf is the range to draw; ok is false where the forecast names no date, or the chart has no line to draw it from.
func (c progressChart) wedgeOf() (drawable, bool) {
	fc := c.forecast.Governing()
	if fc.P10 == nil || len(c.drawn) == 0 || c.cut || c.a.HeadlineRange != nil {
		return drawable{}, false
	}
	return drawable{fc.P10, fc.P50, fc.P80}, true
}

// roomForForecast is how far the frame reaches for the sake of a late edge: as long again as everything else. A range that is
// wider runs off the frame; drawing all of it would press what is known into a corner.
func roomForForecast(first, last metrics.Day) metrics.Day { return last + (last - first) }

// point is a place in a drawing.
type point struct{ x, y float64 }

// drawWedge draws the forecast as a wedge from the last dot to its early and late edges at the whole, tinted and hatched, with a
// line to its middle. What lies beyond the frame is cut off, and an arrow says so.
func (c progressChart) drawWedge(d *Drawing, s span, y func(metrics.BasisPoints) float64) {
	edges, ok := c.wedgeOf()
	if !ok {
		return
	}
	class := "wedge"
	if c.forecast.OwnersFirst {
		class = "wedge pace"
	}
	from := point{s.x(c.lastKnown()), y(c.drawn[len(c.drawn)-1].Reported)}
	top := y(metrics.Whole)
	early, earlyCut := cutAt(from, edges.early, top, s)
	late, lateCut := cutAt(from, edges.late, top, s)
	shape := []point{from, early}
	if !earlyCut && lateCut {
		shape = append(shape, point{s.right, top})
	}
	shape = append(shape, late)
	d.path(class, polygon(shape))
	d.path(join(class, "lines"), hatching(shape, 7))
	middle, _ := cutAt(from, edges.middle, top, s)
	d.path(join(class, "edge"), "M"+px(from.x)+" "+px(from.y)+"L"+px(middle.x)+" "+px(middle.y))
	if lateCut {
		tip := (max(early.y, top) + late.y) / 2
		if !earlyCut {
			tip = (top + late.y) / 2
		}
		d.path(join(class, "tip"), "M"+px(s.right-7)+" "+px(tip-5)+"L"+px(s.right)+" "+px(tip)+"L"+px(s.right-7)+" "+px(tip+5)+"Z")
	}
}

// cutAt follows the line from a point to a day at the height top, as far as the frame. Without a day it runs level: nothing says
// that the work will ever be done.
func cutAt(from point, day *metrics.Day, top float64, s span) (end point, cut bool) {
	if day == nil {
		return point{s.right, from.y}, true
	}
	x := s.x(*day)
	if x <= s.right {
		return point{max(x, from.x), top}, false
	}
	return point{s.right, from.y + (top-from.y)*(s.right-from.x)/(x-from.x)}, true
}

func polygon(points []point) string {
	path := ""
	for i, p := range points {
		command := "L"
		if i == 0 {
			command = "M"
		}
		path += command + px(p.x) + " " + px(p.y)
	}
	return path + "Z"
}

// hatching is lines at 45 degrees, a step apart, inside a convex shape.
func hatching(shape []point, step float64) string {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range shape {
		low, high = min(low, p.x+p.y), max(high, p.x+p.y)
	}
	path := ""
	for sum := low + step; sum < high; sum += step {
		var ends []point
		for i, a := range shape {
			b := shape[(i+1)%len(shape)]
			sa, sb := a.x+a.y-sum, b.x+b.y-sum
			if (sa < 0) != (sb < 0) {
				t := sa / (sa - sb)
				ends = append(ends, point{a.x + t*(b.x-a.x), a.y + t*(b.y-a.y)})
			}
		}
		if len(ends) == 2 {
			path += "M" + px(ends[0].x) + " " + px(ends[0].y) + "L" + px(ends[1].x) + " " + px(ends[1].y)
		}
	}
	return path
}

// wedgeText is the range in words.
func (c progressChart) wedgeText(edges drawable, day func(metrics.Day) string) string {
	if edges.late == nil {
		return c.T(i18n.ChartWedgeRun, day(*edges.early))
	}
	return c.T(i18n.ChartWedge, day(*edges.early)+"–"+day(*edges.late))
}

// drawWedgeLabel writes the range where it covers no other text: as near the wedge as there is room. Where there is none the
// sentence above the chart says it alone.
func (c progressChart) drawWedgeLabel(d *Drawing, s span, y func(metrics.BasisPoints) float64, frame float64) {
	edges, ok := c.wedgeOf()
	if !ok {
		return
	}
	day := c.dayShort
	if last := edges.late; last != nil && edges.early.UTC().Year() != last.UTC().Year() {
		day = c.dayMid
	}
	text := c.wedgeText(edges, day)
	for _, clear := range []bool{true, false} { // off the line if that can be done
		for base := y(metrics.Whole) + lineHeight; base < y(0)-6; base += lineHeight / 2 {
			for _, x := range []float64{s.right, s.x(c.lastKnown()) - 8} {
				b := textBox(text, x, base, end)
				if b.left >= s.left && b.right <= frame && d.free(b) && !(clear && c.crosses(b, s, y)) {
					d.label("quiet", text, x, base, end)
					return
				}
			}
		}
	}
}

// crosses reports whether the line of what was reached runs through a box.
func (c progressChart) crosses(b box, s span, y func(metrics.BasisPoints) float64) bool {
	for i, p := range c.drawn {
		from, at, to := s.x(p.Day), y(p.Reported), s.x(min(c.a.Today, c.last))
		before := at
		if i > 0 {
			before = y(c.drawn[i-1].Reported)
		}
		if i+1 < len(c.drawn) {
			to = s.x(c.drawn[i+1].Day)
		}
		level := box{from, at - 2, to, at + 2}
		rise := box{from - 2, min(at, before), from + 2, max(at, before)}
		if b.overlaps(level) || b.overlaps(rise) {
			return true
		}
	}
	return false
}

// free reports whether no text stands in the box yet.
func (d *Drawing) free(b box) bool {
	for _, l := range d.Labels {
		if l.box.overlaps(b) {
			return false
		}
	}
	return true
}

// drawOwners marks the finish that the owners' dates name, at the whole.
func (c progressChart) drawOwners(d *Drawing, s span, y func(metrics.BasisPoints) float64) {
	if day := c.a.OwnerFinish.Day; day != nil && s.holds(*day) {
		d.diamond("target", s.x(*day), y(metrics.Whole), 5.5)
	}
}

// forecastWords are what the chart's sentence says of the wedge.
func (c progressChart) forecastWords() string {
	edges, ok := c.wedgeOf()
	if !ok {
		return ""
	}
	if edges.late == nil {
		return c.wedgeText(edges, c.day) + "."
	}
	sentence := c.T(i18n.ChartWedgeSay, c.days(*edges.early, *edges.late))
	if *edges.late > c.last {
		sentence = join(sentence, c.T(i18n.ChartWedgeOff))
	}
	return sentence
}

// totalWords name the milestones whose total moved, which the line may follow down; the newest few.
func (c progressChart) totalWords() string {
	totals := c.a.Curve.Totals
	if len(totals) == 0 {
		return ""
	}
	text := ""
	for i := len(totals) - 1; i >= max(0, len(totals)-3); i-- {
		t := totals[i]
		if text != "" {
			text += "; "
		}
		text += c.T(i18n.ChartTotalOne, t.Milestone, c.day(t.On), c.Int(t.From), c.Int(t.To))
	}
	return c.T(i18n.ChartTotals, text)
}
