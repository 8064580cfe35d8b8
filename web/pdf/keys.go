package pdf

import (
	"tenggat/web/view"
	"tenggat/web/view/draw"
)

// keys name the marks of a chart that have no label of their own, in rows.
func (s *sheet) keys(list []view.Key) (trouble []string) {
	const box, gap, afterBox = 7.0, 5.0, 1.5
	if len(list) == 0 {
		return nil
	}
	x := s.x
	s.room(small.height())
	for _, k := range list {
		width := box + afterBox + s.widthOf(k.Text, small)
		if x > s.x && x+width > s.x+s.width {
			x = s.x
			s.y += small.height()
			s.room(small.height())
		}
		c := &canvas{sheet: s, x: x, y: s.y, scale: box / 28, wide: 28}
		c.drawing(sample(k.Mark))
		s.SetDashPattern(nil, 0)
		trouble = append(trouble, c.trouble...)
		s.put(k.Text, small, x+box+afterBox, s.y, false)
		x += width + gap
	}
	s.y += small.height()
	return trouble
}

// sample is one mark in a box of 28 by 14 pixels, as the pages show it beside its name.
func sample(mark string) *draw.Drawing {
	d := draw.New(14)
	middle := draw.Point{X: 0.5, Y: 7}
	switch mark {
	case "claim", "report", "report verified":
		d.Dot(mark, middle, 4)
	case "change":
		d.Triangle("change", draw.Point{X: 0.5, Y: 12}, 5)
	case "total":
		d.Triangle("change total", draw.Point{X: 0.5, Y: 12}, 5)
	case "wedge", "pace":
		class := "wedge"
		if mark == "pace" {
			class = "wedge pace"
		}
		d.Area(class, draw.Point{X: 0.03, Y: 13}, draw.Point{X: 0.7, Y: 1}, draw.Point{X: 0.97, Y: 1})
		d.Path(class+" edge", draw.Point{X: 0.03, Y: 13}, draw.Point{X: 0.86, Y: 1})
	case "target":
		d.Diamond("target", middle, 5)
	case "due", "due-other", "today":
		d.Upright(mark, 0.5)
	default:
		d.Line(mark, draw.Point{X: 0.03, Y: 7}, draw.Point{X: 0.97, Y: 7})
	}
	return d
}
