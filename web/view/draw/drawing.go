// Package draw makes charts that fit any width without script. A drawing is as wide as the place it stands in: shapes are placed in
// shares of that width and stretch, texts keep their size. What follows is the reason why labels can be placed on the server: two
// texts that stand clear of each other at one width stand clear at every greater one, because the points they hang on only move
// apart. So labels are placed for a few least widths, the rooms, and the style sheet shows those of the widest room that there is
// place for.
//
// The package knows no words, no dates and no figures.
package draw

import (
	"strconv"
	"strings"
)

// Room is a range of widths that labels are placed for; it ends where the next one begins.
type Room struct {
	Class string  // in the style sheet, which has the same widths
	Least float64 // pixels
}

// Rooms are those of every drawing, the narrowest first. A page of 320 px has 288 px for a drawing.
var Rooms = []Room{{"at-narrow", 264}, {"at-middle", 460}, {"at-wide", 720}}

// Drawing is a finished SVG: shapes in the order they are painted, lengths already written.
type Drawing struct {
	Class  string // of the whole, beside its looks; "" for none
	Height string // pixels
	Rects  []Rect
	Lines  []Line
	Paths  []Path // in a frame of their own that is stretched
	Dots   []Dot
	Marks  []Mark
	Sheets []*Sheet // labels, by room

	height float64
}

// Rect, Line, Path, Dot and Mark are SVG elements; Class is of the style sheet's layer charts. X and W are shares, Y and H pixels.
type (
	Rect struct{ Class, X, Y, W, H string }
	Line struct{ Class, X1, Y1, X2, Y2 string }
	Path struct{ Class, D string }
	Dot  struct{ Class, X, Y, R string }
	Mark struct{ Class, X, Y, D string } // a shape that keeps its size, drawn around the point
)

// Point is a place in a drawing: a share of its width, from 0 to 1, and pixels from its top.
type Point struct{ X, Y float64 }

// New begins a drawing of a height in pixels, with a sheet of labels for each room.
func New(height float64) *Drawing {
	d := &Drawing{Height: px(height), height: height}
	for _, room := range Rooms {
		d.Sheets = append(d.Sheets, newSheet(room, height))
	}
	return d
}

// Empty reports whether there is nothing to see.
func (d *Drawing) Empty() bool {
	return len(d.Rects)+len(d.Lines)+len(d.Paths)+len(d.Dots)+len(d.Marks) == 0
}

// Rect draws a rectangle from one share of the width to another.
func (d *Drawing) Rect(class string, from, to, y, height float64) {
	d.Rects = append(d.Rects, Rect{class, pct(from), px(y), pct(to - from), px(height)})
}

// Line draws a straight line.
func (d *Drawing) Line(class string, a, b Point) {
	d.Lines = append(d.Lines, Line{class, pct(a.X), px(a.Y), pct(b.X), px(b.Y)})
}

// Dot draws a circle of a radius in pixels.
func (d *Drawing) Dot(class string, at Point, radius float64) {
	d.Dots = append(d.Dots, Dot{class, pct(at.X), px(at.Y), px(radius)})
}

// Diamond marks a date that somebody named.
func (d *Drawing) Diamond(class string, at Point, r float64) {
	d.mark(class, at, "M0-"+px(r)+"L"+px(r)+" 0L0 "+px(r)+"L-"+px(r)+" 0Z")
}

// Triangle stands on the point.
func (d *Drawing) Triangle(class string, at Point, r float64) {
	d.mark(class, at, "M0-"+px(2*r)+"L"+px(r)+" 0L-"+px(r)+" 0Z")
}

// Cross is an exact value.
func (d *Drawing) Cross(class string, at Point, r float64) {
	d.mark(class, at, "M-"+px(r)+"-"+px(r)+"L"+px(r)+" "+px(r)+"M-"+px(r)+" "+px(r)+"L"+px(r)+"-"+px(r))
}

// Bar is an upright stroke around the point; without a width it is a line.
func (d *Drawing) Bar(class string, at Point, width, height float64) {
	if width == 0 {
		d.mark(class, at, "M0-"+px(height/2)+"V"+px(height/2))
		return
	}
	d.mark(class, at, "M-"+px(width/2)+"-"+px(height/2)+"H"+px(width/2)+"V"+px(height/2)+"H-"+px(width/2)+"Z")
}

// Head is an open arrow head whose point is at the point.
func (d *Drawing) Head(class string, at Point, rightward bool) {
	if rightward {
		d.mark(class, at, "M-6-4L0 0L-6 4")
		return
	}
	d.mark(class, at, "M6-4L0 0L6 4")
}

// Arrow points away from the point, up or down.
func (d *Drawing) Arrow(class string, at Point, length float64) {
	back := 4.0
	if length < 0 {
		back = -4
	}
	d.mark(class, at, "M0 0V"+px(length)+"M-3 "+px(length-back)+"L0 "+px(length)+"L3 "+px(length-back))
}

// Tip is a filled arrow head at the right edge: what is drawn goes on beyond the frame.
func (d *Drawing) Tip(class string, y float64) {
	d.mark(class, Point{1, y}, "M-8-5L0 0L-8 5Z")
}

func (d *Drawing) mark(class string, at Point, shape string) {
	d.Marks = append(d.Marks, Mark{class, pct(at.X), px(at.Y), shape})
}

// Path draws lines from point to point.
func (d *Drawing) Path(class string, points ...Point) {
	if len(points) > 1 {
		d.Paths = append(d.Paths, Path{class, polyline(points)})
	}
}

// Area fills the shape with these corners.
func (d *Drawing) Area(class string, corners ...Point) {
	d.Paths = append(d.Paths, Path{class, polyline(corners) + "Z"})
}

// Steps draws a line that holds each value until the next point.
func (d *Drawing) Steps(class string, points ...Point) {
	if len(points) == 0 {
		return
	}
	var path strings.Builder
	path.WriteString("M" + stretched(points[0].X) + " " + px(points[0].Y))
	for i, p := range points[1:] {
		path.WriteString("H" + stretched(p.X))
		if p.Y != points[i].Y {
			path.WriteString("V" + px(p.Y))
		}
	}
	d.Paths = append(d.Paths, Path{class, path.String()})
}

// Stretch is the width of the frame that paths are drawn in, whatever the drawing's is.
const Stretch = 1000

// ViewBox is the frame that paths are drawn in.
func (d *Drawing) ViewBox() string { return "0 0 " + strconv.Itoa(Stretch) + " " + d.Height }

func stretched(share float64) string { return px(share * Stretch) }

func polyline(points []Point) string {
	var path strings.Builder
	for i, p := range points {
		path.WriteString("ML"[min(i, 1):min(i, 1)+1] + stretched(p.X) + " " + px(p.Y))
	}
	return path.String()
}

// px writes a length with at most one decimal.
func px(v float64) string {
	text := strconv.FormatFloat(v, 'f', 1, 64)
	text = strings.TrimSuffix(text, ".0")
	if text == "-0" {
		return "0"
	}
	return text
}

// pct writes a share of the width in percent, exact to a tenth of a pixel on the widest page.
func pct(share float64) string {
	text := strconv.FormatFloat(share*100, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + "%"
}

// Upright draws a line over the whole height, however tall the drawing becomes beside a name of several lines.
func (d *Drawing) Upright(class string, x float64) {
	d.Lines = append(d.Lines, Line{class, pct(x), "0", pct(x), "100%"})
}
