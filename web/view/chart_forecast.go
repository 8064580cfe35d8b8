package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
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

// drawWedge draws the forecast as a wedge from the last dot to its early and late edges at the whole, tinted and hatched, with a
// line to its middle. What lies beyond the frame is cut off, and an arrow says so.
func (c progressChart) drawWedge(d *draw.Drawing, scale shares) {
	edges, ok := c.wedgeOf()
	if !ok {
		return
	}
	class := "wedge"
	if c.forecast.OwnersFirst {
		class = "wedge pace"
	}
	from := c.lastDot(scale)
	early, earlyCut := c.cutAt(from, edges.early, scale)
	late, lateCut := c.cutAt(from, edges.late, scale)
	shape := []draw.Point{from, early}
	if !earlyCut && lateCut {
		shape = append(shape, draw.Point{X: 1, Y: scale.top})
	}
	shape = append(shape, late)
	d.Area(class, shape...)
	d.Hatch(join(class, "lines"), shape...)
	middle, _ := c.cutAt(from, edges.middle, scale)
	d.Path(join(class, "edge"), from, middle)
	for _, sheet := range d.Sheets {
		sheet.KeepSlope(draw.Heavy, from, middle)
	}
	if lateCut {
		tip := (scale.top + late.Y) / 2
		if earlyCut {
			tip = (early.Y + late.Y) / 2
		}
		d.Tip(join(class, "tip"), tip)
	}
}

// lastDot is where what is known ends and the forecast begins.
func (c progressChart) lastDot(scale shares) draw.Point {
	return c.at(c.lastKnown(), c.drawn[len(c.drawn)-1].Reported, scale)
}

// cutAt follows the line from a point to a day at the whole, as far as the frame. Without a day it runs level: nothing says that
// the work will ever be done.
func (c progressChart) cutAt(from draw.Point, day *metrics.Day, scale shares) (end draw.Point, cut bool) {
	if day == nil {
		return draw.Point{X: 1, Y: from.Y}, true
	}
	x := c.x(*day)
	if x <= 1 {
		return draw.Point{X: max(x, from.X), Y: scale.top}, false
	}
	return draw.Point{X: 1, Y: from.Y + (scale.top-from.Y)*(1-from.X)/(x-from.X)}, true
}

// wedgeText is the range in words.
func (c progressChart) wedgeText(edges drawable, day func(metrics.Day) string) string {
	if edges.late == nil {
		return c.T(i18n.ChartWedgeRun, day(*edges.early))
	}
	return c.T(i18n.ChartWedge, day(*edges.early)+"–"+day(*edges.late))
}

// labelWedge writes the range near the wedge, where it covers no other text and not the deadline. Where there is no room the key says
// it alone.
func (c progressChart) labelWedge(d *draw.Drawing, scale shares) {
	edges, ok := c.wedgeOf()
	if !ok {
		return
	}
	day := c.dayShort
	if last := edges.late; last != nil && edges.early.UTC().Year() != last.UTC().Year() {
		day = c.dayMid
	}
	foot, _ := c.cutAt(c.lastDot(scale), edges.late, scale)
	low := max(foot.Y, c.lastDot(scale).Y)
	var spots []draw.Spot
	for y := low + draw.RowStep; y < scale.bottom-6; y += draw.RowStep / 2 {
		spots = append(spots, draw.Spot{X: 1, Y: y, Anchor: draw.End}, draw.Spot{X: c.x(c.lastKnown()), DX: draw.Offset, Y: y})
	}
	for y := scale.top + draw.RowStep; y < scale.bottom-6; y += draw.RowStep / 2 {
		spots = append(spots, draw.Spot{X: 1, Y: y, Anchor: draw.End}, draw.Spot{X: c.x(c.lastKnown()), DX: -draw.Offset, Y: y, Anchor: draw.End})
	}
	for _, sheet := range d.Sheets {
		sheet.PutClear(draw.Quiet, c.wedgeText(edges, day), spots...)
	}
}

// wedgeKey says on the key what the wedge is and which days it spans.
func (c progressChart) wedgeKey(edges drawable) string {
	span := c.T(i18n.ChartWedgeRun, c.day(*edges.early))
	if edges.late != nil {
		span = c.T(i18n.ChartWedge, c.days(*edges.early, *edges.late))
	}
	if c.forecast.OwnersFirst {
		return c.T(i18n.ChartMarkOn, span, c.T(i18n.KeyForecastPace))
	}
	return c.T(i18n.ChartMarkOn, span, c.T(i18n.KeyForecast))
}

// drawOwners marks the finish that the owners' dates name, at the whole.
func (c progressChart) drawOwners(d *draw.Drawing, scale shares) {
	if day, ok := c.ownersDay(); ok {
		d.Diamond("target", c.at(day, metrics.Whole, scale), 5.5)
	}
}

func (c progressChart) ownersDay() (metrics.Day, bool) {
	day := c.a.OwnerFinish.Day
	if day == nil || !c.holds(*day) {
		return 0, false
	}
	return *day, true
}

// labelOwners names the owners' finish beside its diamond.
func (c progressChart) labelOwners(d *draw.Drawing, scale shares) {
	day, ok := c.ownersDay()
	if !ok {
		return
	}
	text, x := c.T(i18n.ChartOwners, c.dayShort(day)), c.x(day)
	for _, sheet := range d.Sheets {
		sheet.Put(draw.Quiet, text, draw.Spot{X: x, DX: -draw.Offset, Y: scale.top - 5, Anchor: draw.End}, draw.Spot{X: x, DX: draw.Offset, Y: scale.top - 5},
			draw.Spot{X: x, DX: -draw.Offset, Y: scale.top + 14, Anchor: draw.End}, draw.Spot{X: x, DX: draw.Offset, Y: scale.top + 14})
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
