package pdf

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"tenggat/web/view"
	"tenggat/web/view/draw"
)

// pen is how marks of a class are drawn: static/css/charts.css in ink. Lengths are in pixels of the drawing.
type pen struct {
	stroke, fill *color
	width        float64
	alpha        float64 // of the fill; 0: 1
	dash         []float64
	round        bool
}

// pens are in the style sheet's order: of two classes of one mark the later one wins where it says something.
var pens = []struct {
	class string
	pen
}{
	{"grid", pen{stroke: &rule, width: 1}},
	{"axis", pen{stroke: &border, width: 1}},
	{"tick", pen{stroke: &border, width: 1}},
	{"actual", pen{stroke: &actual, width: 2.5}},
	{"silent", pen{stroke: &muted, width: 2, dash: []float64{0.1, 5}, round: true}},
	{"report", pen{stroke: &actual, fill: &paper, width: 2}},
	{"verified", pen{fill: &actual}},
	{"plan", pen{stroke: &border, width: 1.5, dash: []float64{6, 4}}},
	{"due", pen{stroke: &ink, width: 2}},
	{"due-other", pen{stroke: &border, width: 1.25, dash: []float64{0.1, 4}, round: true}},
	{"due-range", pen{stroke: &border, width: 5}},
	{"today", pen{stroke: &muted, width: 1.25, dash: []float64{4, 3}}},
	{"after", pen{fill: &late, alpha: 0.06}},
	{"hatch", pen{stroke: &late, width: 0.5}},
	{"claim", pen{stroke: &claim, fill: &paper, width: 1.75}},
	{"claim-line", pen{stroke: &claim, width: 1.25}},
	{"change", pen{stroke: &paper, fill: &change, width: 1}},
	{"total", pen{stroke: &change, fill: &paper, width: 1.75}},
	{"wedge", pen{fill: &forecast, alpha: 0.14}},
	{"pace", pen{fill: &border, alpha: 0.14}},
	{"lines", pen{stroke: &forecast, width: 0.5}},
	{"edge", pen{stroke: &forecast, width: 1.5}},
	{"tip", pen{fill: &forecast, alpha: 1}},
	{"late-edge", pen{stroke: &forecast, width: 2, dash: []float64{5, 3}}},
	{"target", pen{stroke: &ink, fill: &paper, width: 1.5}},
}

// lettering is how labels of a class are set; sizes are in pixels of the drawing.
var lettering = map[string]style{
	"": {13, false, ink}, "quiet": {12, false, muted}, "bold": {13, true, ink}, "figure-text": {14, true, actual},
}

// placing are the classes of labels that say where their point is.
var placing = []string{"end", "middle"}

// penFor is the pen of a mark's classes; unknown lists those that no pen is for.
func penFor(classes string) (p pen, unknown []string) {
	names := strings.Fields(classes)
	for _, known := range pens {
		if !slices.Contains(names, known.class) {
			continue
		}
		names = slices.DeleteFunc(names, func(n string) bool { return n == known.class })
		p = p.then(known.pen)
	}
	return p, names
}

// then is the pen p with what the next one says. Lines and edges of a wedge have no ground.
func (p pen) then(next pen) pen {
	switch {
	case next.fill != nil:
		p.fill, p.alpha = next.fill, next.alpha
	case next.stroke != nil && p.fill != nil:
		p.fill = nil
	}
	if next.stroke != nil {
		p.stroke, p.width, p.dash, p.round = next.stroke, next.width, next.dash, next.round
	}
	return p
}

// chartWidth is how wide a drawing on paper is in its own pixels: wide enough for the widest room, so that its labels stand apart.
const chartWidth = 900.0

// canvas is a drawing on the sheet: a pixel of it is scale millimetres, its corner lies at x, y, and it is so many pixels wide.
type canvas struct {
	*sheet
	x, y, scale, wide float64
	trouble           []string // what the drawing asks for and this package does not know
}

// widest is the class of the room whose labels are set.
var widest = draw.Rooms[len(draw.Rooms)-1].Class

// parts are the drawings of a chart that are shown in the widest room, from the top down.
func parts(p view.Plot) (list []*draw.Drawing) {
	for _, strip := range p.Strips {
		if strip.Class == widest {
			list = append(list, strip)
		}
	}
	return append(list, p.Body)
}

// plotHeight is how high a chart is at a width in millimetres.
func plotHeight(p view.Plot, width float64) (height float64) {
	for _, d := range parts(p) {
		height += number(d.Height) * width / chartWidth
	}
	return height
}

// plot paints a chart at x, y in a width and gives what it could not paint.
func (s *sheet) plot(p view.Plot, x, y, width float64) (trouble []string) {
	c := &canvas{sheet: s, x: x, y: y, scale: width / chartWidth, wide: chartWidth}
	for _, d := range parts(p) {
		c.drawing(d)
		c.y += number(d.Height) * c.scale
	}
	s.SetDashPattern(nil, 0)
	return c.trouble
}

// drawing paints in the order in which pages do.
func (c *canvas) drawing(d *draw.Drawing) {
	for _, r := range d.Rects {
		x, y, w, h := c.across(r.X), number(r.Y), c.across(r.W), number(r.H)
		c.outline(outline{[][2]float64{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, true}, r.Class)
	}
	for _, l := range d.Lines {
		c.line(l, d)
	}
	for _, p := range d.Paths {
		c.path(p.Class, p.D, func(corner [2]float64) [2]float64 { return [2]float64{corner[0] / draw.Stretch * c.wide, corner[1]} })
	}
	for _, m := range d.Marks {
		at := [2]float64{c.across(m.X), number(m.Y)}
		c.path(m.Class, m.D, func(corner [2]float64) [2]float64 { return [2]float64{at[0] + corner[0], at[1] + corner[1]} })
	}
	for _, dot := range d.Dots {
		c.dot(dot)
	}
	for _, sheet := range d.Sheets {
		if sheet.Room.Class != widest {
			continue
		}
		for _, l := range sheet.Ticks {
			c.line(l, d)
		}
		for _, l := range sheet.Labels {
			c.label(l)
		}
	}
}

// across reads a share of the width, in pixels.
func (c *canvas) across(share string) float64 {
	return number(strings.TrimSuffix(share, "%")) / 100 * c.wide
}

// down reads a height, which is in pixels or all of the drawing's.
func down(length string, d *draw.Drawing) float64 {
	if length == "100%" {
		return number(d.Height)
	}
	return number(length)
}

func number(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64) // package draw writes numbers, which its own tests hold
	return v
}

func (c *canvas) line(l draw.Line, d *draw.Drawing) {
	c.outline(outline{corners: [][2]float64{{c.across(l.X1), down(l.Y1, d)}, {c.across(l.X2), down(l.Y2, d)}}}, l.Class)
}

// take gets a pen out. painting is what it does to an outline: "" nothing, "D" draw, "F" fill, "DF" both; done puts it back.
func (c *canvas) take(classes string) (painting string, done func()) {
	p, unknown := penFor(classes)
	for _, name := range unknown {
		c.trouble = append(c.trouble, "class "+name)
	}
	if p.stroke != nil {
		c.stroke(*p.stroke, p.width*c.scale)
		dashes := make([]float64, len(p.dash))
		for i, d := range p.dash {
			dashes[i] = d * c.scale
		}
		c.SetDashPattern(dashes, 0)
		c.SetLineCapStyle(map[bool]string{false: "butt", true: "round"}[p.round])
		painting = "D"
	}
	if p.fill != nil {
		c.fill(*p.fill)
		painting += "F"
	}
	if p.alpha == 0 || p.alpha == 1 {
		return painting, func() {}
	}
	c.SetAlpha(p.alpha, "Normal")
	return painting, func() { c.SetAlpha(1, "Normal") }
}

// path draws path data whose corners are put in their place first.
func (c *canvas) path(classes, data string, place func([2]float64) [2]float64) {
	outlines, err := parsePath(data)
	if err != nil {
		c.trouble = append(c.trouble, err.Error())
	}
	for _, o := range outlines {
		for i := range o.corners {
			o.corners[i] = place(o.corners[i])
		}
		c.outline(o, classes)
	}
}

// outline draws corner by corner with the pen of the classes; only a closed one is filled.
func (c *canvas) outline(o outline, classes string) {
	painting, done := c.take(classes)
	defer done()
	c.trace(o, painting)
}

func (c *canvas) trace(o outline, painting string) {
	if len(o.corners) < 2 || painting == "" {
		return
	}
	points := make([]fpdf.PointType, len(o.corners))
	for i, p := range o.corners {
		points[i] = fpdf.PointType{X: c.x + p[0]*c.scale, Y: c.y + p[1]*c.scale}
	}
	if o.closed {
		c.Polygon(points, painting)
		return
	}
	if !strings.Contains(painting, "D") {
		return
	}
	c.MoveTo(points[0].X, points[0].Y)
	for _, p := range points[1:] {
		c.LineTo(p.X, p.Y)
	}
	c.DrawPath("D")
}

func (c *canvas) dot(d draw.Dot) {
	painting, done := c.take(d.Class)
	defer done()
	if painting != "" {
		c.Circle(c.x+c.across(d.X)*c.scale, c.y+number(d.Y)*c.scale, number(d.R)*c.scale, painting)
	}
}

// label sets a text with a margin of paper around it, so that it can be read over lines.
func (c *canvas) label(l draw.Label) {
	st, place := lettering[""], ""
	for name := range strings.FieldsSeq(l.Class) {
		set, known := lettering[name]
		switch {
		case known:
			st = set
		case slices.Contains(placing, name):
			place = name
		default:
			c.trouble = append(c.trouble, "class "+name)
		}
	}
	st.size *= c.scale / point
	c.use(st)
	text := settable(l.Text)
	x, y := c.x+(c.across(l.X)+number(l.DX))*c.scale, c.y+number(l.Y)*c.scale
	switch place {
	case "end":
		x -= c.GetStringWidth(text)
	case "middle":
		x -= c.GetStringWidth(text) / 2
	}
	c.SetDashPattern(nil, 0)
	c.stroke(paper, 3*c.scale)
	c.SetTextRenderingMode(1)
	c.Text(x, y, text)
	c.SetTextRenderingMode(0)
	c.Text(x, y, text)
}

// outline is a run of corners, in pixels.
type outline struct {
	corners [][2]float64
	closed  bool
}

var pathPart = regexp.MustCompile(`[A-Za-z]|-?\d+(?:\.\d+)?`)

// parsePath reads what charts write of SVG's path data: M, L, H, V and Z with absolute coordinates.
func parsePath(data string) (outlines []outline, err error) {
	var at [2]float64
	tokens := pathPart.FindAllString(data, -1)
	for len(tokens) > 0 {
		command := tokens[0]
		wanted, known := map[string]int{"M": 2, "L": 2, "H": 1, "V": 1, "Z": 0}[command]
		if !known || len(tokens) <= wanted || len(outlines) == 0 && command != "M" {
			return outlines, fmt.Errorf("path data %q: %s", data, command)
		}
		numbers := tokens[1 : 1+wanted]
		tokens = tokens[1+wanted:]
		switch command {
		case "M", "L":
			at = [2]float64{number(numbers[0]), number(numbers[1])}
		case "H":
			at[0] = number(numbers[0])
		case "V":
			at[1] = number(numbers[0])
		}
		if command == "M" {
			outlines = append(outlines, outline{})
		}
		current := &outlines[len(outlines)-1]
		if command == "Z" {
			current.closed = true
			continue
		}
		current.corners = append(current.corners, at)
	}
	return outlines, nil
}
