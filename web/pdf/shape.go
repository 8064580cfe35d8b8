package pdf

import "tenggat/web/view"

// tag sets a state at x, y: its shape and its word on a tint within a border. It gives the width taken.
func (s *sheet) tag(t view.Tag, x, y float64) float64 {
	colors, known := tagColors[t.Class]
	if !known {
		colors = tagColors["unknown"]
	}
	st := style{10.5, true, colors[0]}
	height := st.height() + 1.6
	side := st.size * point
	width := side + s.widthOf(t.Word, st) + 4.2
	s.fill(colors[1])
	s.stroke(colors[0], 0.25)
	s.RoundedRect(x, y, width, height, 0.8, "1234", "DF")
	s.shape(t.Shape, colors[0], colors[1], x+1.4, y+(height-side)/2, side)
	s.put(t.Word, st, x+side+2.6, y+0.8, false)
	return width
}

// shape doubles the colour of a state. It is drawn in a square of 16 units, as the pages draw it.
func (s *sheet) shape(name string, mark, ground color, x, y, side float64) {
	unit := side / 16
	c := &canvas{sheet: s, x: x, y: y, scale: unit, wide: 16}
	solid := func(data string) { c.paint(data, mark, 0, true) }
	cut := func(data string) { c.paint(data, ground, 1.75, false) }
	ring := func() {
		s.stroke(mark, 1.5*unit)
		s.Circle(x+8*unit, y+8*unit, 6.75*unit, "D")
	}
	s.SetLineCapStyle("butt")
	switch name {
	case "check":
		s.fill(mark)
		s.Circle(x+8*unit, y+8*unit, 7.5*unit, "F")
		cut("M4.5 8.3L7 10.8L11.6 5.8")
	case "triangle":
		solid("M8 0.8L15.8 15L0.2 15Z")
		cut("M8 5.6V10.2M8 12V13.4")
	case "octagon-cross":
		solid(octagon)
		cut("M5 5L11 11M11 5L5 11")
	case "octagon-bar":
		solid(octagon)
		cut("M4 8H12")
	case "ring-check":
		ring()
		c.paint("M4.8 8.3L7 10.6L11.2 6.4", mark, 1.75, false)
	case "square-check":
		solid("M0.5 0.5H15.5V15.5H0.5Z")
		cut("M4.5 8.3L7 10.8L11.6 5.8")
	case "bars":
		solid("M3 1.5H6.6V14.5H3Z")
		solid("M9.4 1.5H13V14.5H9.4Z")
	default:
		s.SetDashPattern([]float64{2.6 * unit, 1.6 * unit}, 0)
		ring()
		s.SetDashPattern(nil, 0)
	}
}

const octagon = "M4.9 0.5H11.1L15.5 4.9V11.1L11.1 15.5H4.9L0.5 11.1V4.9Z"

// paint draws path data in one colour: filled, or as a line of a width.
func (c *canvas) paint(data string, in color, width float64, filled bool) {
	outlines, err := parsePath(data)
	if err != nil {
		c.trouble = append(c.trouble, err.Error())
	}
	painting := "F"
	c.fill(in)
	if !filled {
		painting = "D"
		c.stroke(in, width*c.scale)
	}
	for _, o := range outlines {
		c.trace(o, painting)
	}
}
