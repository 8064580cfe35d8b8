package view

import (
	"github.com/a-h/templ"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// Plot is a chart: the heads of its upright lines, one strip for each width, and below them its body.
type Plot struct {
	Strips []*draw.Drawing
	Body   *draw.Drawing
}

// Key explains one kind of mark that has no label of its own.
type Key struct {
	Mark, Text string
}

// textPlace are the attributes of a label; what is not needed is left out, for there are many.
func textPlace(l draw.Label) templ.Attributes {
	a := templ.Attributes{"x": l.X, "y": l.Y}
	if l.Class != "" {
		a["class"] = l.Class
	}
	if l.DX != "" {
		a["dx"] = l.DX
	}
	return a
}

// shares is the upright scale of a chart from 0 to 100 percent. It is never cut off.
type shares struct{ top, bottom float64 }

func (s shares) y(b metrics.BasisPoints) float64 {
	return s.bottom - (s.bottom-s.top)*float64(b)/float64(metrics.Whole)
}

// The frame of a chart with a time axis, in pixels.
const (
	plotTop    = 20.0 // room for the text above the line of 100 %
	plotHeight = 240.0
	axisRoom   = 26.0 // below the axis, for its texts
)

// newShares begins a chart of shares over time, with a plot of a height.
func newShares(height float64) (*draw.Drawing, shares) {
	s := shares{plotTop, plotTop + height}
	return draw.New(s.bottom + axisRoom), s
}

// drawShares draws the lines of the scale.
func drawShares(d *draw.Drawing, s shares) {
	for quarter := metrics.Whole / 4; quarter <= metrics.Whole; quarter += metrics.Whole / 4 {
		d.Line("grid", draw.Point{X: 0, Y: s.y(quarter)}, draw.Point{X: 1, Y: s.y(quarter)})
	}
}

// labelShares names the lines of the scale, once it is known what runs across them.
func labelShares(d *draw.Drawing, w words, s shares) {
	for quarter := metrics.Whole; quarter > 0; quarter -= metrics.Whole / 4 {
		labelScale(d, w.scaleText(quarter), s.y(quarter))
	}
	for _, sheet := range d.Sheets { // unless a line begins at the foot, which says it too
		sheet.PutClear(draw.Quiet, w.scaleText(0), draw.Spot{X: 0, Y: s.bottom - 4})
	}
}

// labelScale names a line across the drawing at its left end: above it, or below where something runs through.
func labelScale(d *draw.Drawing, text string, y float64) {
	for _, sheet := range d.Sheets {
		sheet.Put(draw.Quiet, text, draw.Spot{X: 0, Y: y - 4}, draw.Spot{X: 0, Y: y + 13})
	}
}

// scaleText is a text of the scale; the top one says what the scale is of.
func (w words) scaleText(b metrics.BasisPoints) string {
	if b == metrics.Whole {
		return w.ofWhole(w.pct(b))
	}
	return w.pts(b)
}

// spotsAround are the places for a label that names a point, the nearest first. Above and to the left is free of a line that rises to
// the point, below and to the right of one that rises from it; below says which of the two comes first.
func spotsAround(p draw.Point, below bool) []draw.Spot {
	up := []draw.Spot{{X: p.X, DX: -draw.Offset, Y: p.Y - draw.Offset, Anchor: draw.End}, {X: p.X, DX: draw.Offset, Y: p.Y - draw.Offset}}
	down := []draw.Spot{{X: p.X, DX: draw.Offset, Y: p.Y + 17}, {X: p.X, DX: -draw.Offset, Y: p.Y + 17, Anchor: draw.End}}
	spots := append(append([]draw.Spot{}, up...), down...)
	if below {
		spots = append(append([]draw.Spot{}, down...), up...)
	}
	spots = append(spots, draw.Spot{X: p.X, DX: draw.Offset, Y: p.Y + 4})
	for step := draw.RowStep / 2; step < plotHeight; step += draw.RowStep / 2 {
		for _, s := range spots[:4] {
			if s.Y > p.Y {
				s.Y += step
			} else {
				s.Y -= step
			}
			spots = append(spots, s)
		}
	}
	return spots
}

// keyOf is a key where the mark is there.
func addKey(keys []Key, there bool, mark, text string) []Key {
	if there {
		keys = append(keys, Key{mark, text})
	}
	return keys
}

// silentWords say how long nothing was heard.
func (w words) silentWords(days int) string { return w.N(i18n.KeySilent, int64(days)) }
