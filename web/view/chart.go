package view

import (
	"strconv"
	"unicode/utf8"
)

// Drawing is a finished SVG: shapes in the order they are painted, lengths already written.
type Drawing struct {
	Class         string // chart-wide or chart-narrow: which screens it is for
	ViewBox       string
	Width, Height string
	Grid          []Line
	Rects         []Rect
	Lines         []Line
	Paths         []Path
	Dots          []Dot
	Labels        []Label
}

// Rect, Line, Path, Dot and Label are SVG elements; Class is of the style sheet's layer charts.
type (
	Rect  struct{ Class, X, Y, W, H string }
	Line  struct{ Class, X1, Y1, X2, Y2 string }
	Path  struct{ Class, D string }
	Dot   struct{ Class, X, Y, R string }
	Label struct {
		Class, X, Y, Text string
		box               box
	}
)

// box is the room a text takes.
type box struct{ left, top, right, bottom float64 }

func (b box) overlaps(c box) bool {
	return b.left < c.right && c.left < b.right && b.top < c.bottom && c.top < b.bottom
}

// Sizes of text in charts, in units of the drawing. Widths are those of a wide system font, so that real ones fit.
const (
	fontSize   = 13.0
	glyphWidth = 7.6
	lineHeight = 17.0
	labelGap   = 6.0
)

// smallGlyph is glyphWidth of the smaller text that names lanes.
const smallGlyph = 6.9

func textWidth(s string) float64 { return glyphWidth * float64(utf8.RuneCountInString(s)) }

// fit shortens the name of a lane to a width.
func fit(s string, width float64) string {
	most := int(width / smallGlyph)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	runes := []rune(s)
	return string(runes[:max(0, most-1)]) + "…"
}

// px writes a coordinate with at most one decimal.
func px(v float64) string {
	text := strconv.FormatFloat(v, 'f', 1, 64)
	if n := len(text); text[n-2:] == ".0" {
		return text[:n-2]
	}
	return text
}

func newDrawing(class string, width, height float64) *Drawing {
	return &Drawing{Class: class, ViewBox: "0 0 " + px(width) + " " + px(height), Width: px(width), Height: px(height)}
}

func (d *Drawing) rect(class string, x, y, w, h float64) {
	d.Rects = append(d.Rects, Rect{class, px(x), px(y), px(w), px(h)})
}

func (d *Drawing) line(class string, x1, y1, x2, y2 float64) {
	d.Lines = append(d.Lines, Line{class, px(x1), px(y1), px(x2), px(y2)})
}

func (d *Drawing) grid(x1, y1, x2, y2 float64) {
	d.Grid = append(d.Grid, Line{"grid", px(x1), px(y1), px(x2), px(y2)})
}

func (d *Drawing) path(class, data string) { d.Paths = append(d.Paths, Path{class, data}) }

func (d *Drawing) dot(class string, x, y, r float64) {
	d.Dots = append(d.Dots, Dot{class, px(x), px(y), px(r)})
}

// diamond marks a date that somebody named.
func (d *Drawing) diamond(class string, x, y, r float64) {
	d.path(class, "M"+px(x)+" "+px(y-r)+"L"+px(x+r)+" "+px(y)+"L"+px(x)+" "+px(y+r)+"L"+px(x-r)+" "+px(y)+"Z")
}

// triangle stands on the point.
func (d *Drawing) triangle(class string, x, y, r float64) {
	d.path(class, "M"+px(x)+" "+px(y-2*r)+"L"+px(x+r)+" "+px(y)+"L"+px(x-r)+" "+px(y)+"Z")
}

// label writes a text whose base line is y, from x on, to x, or around it.
func (d *Drawing) label(class, text string, x, y float64, anchor anchor) box {
	b := textBox(text, x, y, anchor)
	d.Labels = append(d.Labels, Label{join(class, anchor.class()), px(x), px(y), text, b})
	return b
}

type anchor int

const (
	start anchor = iota
	middle
	end
)

func (a anchor) class() string { return [...]string{"", "middle", "end"}[a] }

func textBox(text string, x, y float64, a anchor) box {
	w := textWidth(text)
	left := x
	switch a {
	case middle:
		left = x - w/2
	case end:
		left = x - w
	}
	return box{left, y - fontSize + 2, left + w, y + 3}
}
