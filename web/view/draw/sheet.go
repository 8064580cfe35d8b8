package draw

import (
	"iter"
	"math"
)

// Sheet holds the labels of a drawing for one room, and the ticks of its axis.
type Sheet struct {
	Room   Room
	Ticks  []Line
	Labels []Label

	height float64
	busy   []busy
}

// busy is a line that labels had better not cover, at the least width, and how much it would matter.
type busy struct {
	Box
	weight Weight
}

// Weight says how much it matters that a label covers a line.
type Weight int

// The weights.
const (
	Light Weight = 1 // a line that is there for reference
	Heavy Weight = 4 // a line that is the matter of the chart
)

// Label is a text in a drawing. It hangs on a share of the width, moved by some pixels.
type Label struct {
	Class, X, DX, Y, Text string

	spot  Spot
	width float64
	size  float64
}

// Box is the room a text takes, in pixels.
type Box struct{ Left, Top, Right, Bottom float64 }

// Overlaps reports whether two boxes share any place.
func (b Box) Overlaps(c Box) bool {
	return b.Left < c.Right && c.Left < b.Right && b.Top < c.Bottom && c.Top < b.Bottom
}

// Anchor tells which end of a text stands at its point.
type Anchor int

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

func (a Anchor) class() string { return [...]string{"", "middle", "end"}[a] }

// part of the text that lies left of its point.
func (a Anchor) part() float64 { return float64(a) / 2 }

// Spot is a place where a label may stand: X is a share, DX is added in pixels, Y is the base line.
type Spot struct {
	X, DX, Y float64
	Anchor   Anchor
}

// The room between texts, and how far texts stay away from what they name, in pixels.
const (
	gap     = 6.0
	Offset  = 8.0
	RowStep = 17.0
)

func newSheet(room Room, height float64) *Sheet { return &Sheet{Room: room, height: height} }

// Box is where a label stands when the drawing has a width.
func (l Label) Box(width float64) Box {
	left := l.spot.X*width + l.spot.DX - l.spot.Anchor.part()*l.width
	return Box{left, l.spot.Y - ascent*l.size, left + l.width, l.spot.Y + descent*l.size}
}

// Keep tells the sheet of a line that labels had better not cover.
func (s *Sheet) Keep(weight Weight, a, b Point) {
	const half = 2
	w := s.Room.Least
	s.busy = append(s.busy, busy{Box{min(a.X, b.X)*w - half, min(a.Y, b.Y) - half, max(a.X, b.X)*w + half, max(a.Y, b.Y) + half}, weight})
}

// KeepAround tells the sheet of a mark of a radius in pixels.
func (s *Sheet) KeepAround(weight Weight, p Point, radius float64) {
	x := p.X * s.Room.Least
	s.busy = append(s.busy, busy{Box{x - radius, p.Y - radius, x + radius, p.Y + radius}, weight})
}

// KeepSteps tells the sheet of a line that is drawn by Steps.
func (s *Sheet) KeepSteps(weight Weight, points ...Point) {
	for i := 1; i < len(points); i++ {
		corner := Point{points[i].X, points[i-1].Y}
		s.Keep(weight, points[i-1], corner)
		s.Keep(weight, corner, points[i])
	}
}

// KeepSlope tells the sheet of a line that is not level or upright.
func (s *Sheet) KeepSlope(weight Weight, a, b Point) {
	const pieces = 16
	for i := range pieces {
		s.Keep(weight, between(a, b, float64(i)/pieces), between(a, b, float64(i+1)/pieces))
	}
}

func between(a, b Point, t float64) Point { return Point{a.X + t*(b.X-a.X), a.Y + t*(b.Y-a.Y)} }

// costOfCovering is how many spots further a label goes rather than cover a light line.
const costOfCovering = 2

// Put writes a text where it stays inside the frame and covers no other text. Of the spots where it does, the earlier ones are better,
// unless it would cover a line there that it does not cover at another a little later. It reports whether there was any such spot.
func (s *Sheet) Put(style Style, text string, spots ...Spot) bool {
	return s.put(style, text, math.MaxInt, spots)
}

// PutClear is Put for a text that had better be left out than cover a heavy line.
func (s *Sheet) PutClear(style Style, text string, spots ...Spot) bool {
	return s.put(style, text, int(Heavy)-1, spots)
}

func (s *Sheet) put(style Style, text string, most int, spots []Spot) bool {
	best, least := Label{}, math.MaxInt
	for i, spot := range spots {
		l := newLabel(style, text, spot)
		covered := s.covered(l)
		cost := covered*costOfCovering + i
		if covered <= most && cost < least && s.free(l) {
			best, least = l, cost
		}
	}
	if least == math.MaxInt {
		return false
	}
	s.Labels = append(s.Labels, best)
	return true
}

func newLabel(style Style, text string, spot Spot) Label {
	class := style.Class
	if anchor := spot.Anchor.class(); anchor != "" && class != "" {
		class += " " + anchor
	} else if anchor != "" {
		class = anchor
	}
	l := Label{Class: class, X: pct(spot.X), Y: px(spot.Y), Text: text, spot: spot, width: style.Width(text), size: style.size}
	if spot.DX != 0 {
		l.DX = px(spot.DX)
	}
	return l
}

func (s *Sheet) free(l Label) bool {
	w := s.Room.Least
	b := l.Box(w)
	if b.Left < 0 || b.Right > w || b.Top < 0 || b.Bottom > s.height {
		return false
	}
	for _, other := range s.Labels {
		if !apart(l, other, w) {
			return false
		}
	}
	return true
}

// apart reports whether two labels stand clear of each other at a width and at every greater one. Beside each other they do so only
// if the one on the left hangs on a point that is not right of the other's: then the points move apart, and the texts with them.
func apart(a, b Label, width float64) bool {
	x, y := a.Box(width), b.Box(width)
	if x.Bottom <= y.Top || y.Bottom <= x.Top {
		return true
	}
	return x.Right+gap <= y.Left && a.spot.X <= b.spot.X || y.Right+gap <= x.Left && b.spot.X <= a.spot.X
}

// covered is the weight of the lines under a label.
func (s *Sheet) covered(l Label) int {
	b, weight := l.Box(s.Room.Least), 0
	for _, line := range s.busy {
		if b.Overlaps(line.Box) {
			weight += int(line.weight)
		}
	}
	return weight
}

// Tick is a mark on the axis.
type Tick struct {
	X    float64
	Text string
}

// FitTicks takes ticks from left to right, and reports whether their texts stand clear of each other in the room. It asks for none
// beyond the first that does not.
func (r Room) FitTicks(ticks iter.Seq[Tick]) ([]Tick, bool) {
	var taken []Tick
	after := math.Inf(-1)
	for t := range ticks {
		half := Quiet.Width(t.Text) / 2
		if t.X*r.Least-half < after+gap {
			return nil, false
		}
		after = t.X*r.Least + half
		taken = append(taken, t)
	}
	return taken, len(taken) > 0
}

// PutTicks draws the ticks of an axis at the height y, and their texts below it. A text that would leave the frame or cover another
// is left out; its tick stays.
func (s *Sheet) PutTicks(y float64, ticks []Tick) {
	const length = 5
	for _, t := range ticks {
		s.Ticks = append(s.Ticks, Line{"tick", pct(t.X), px(y), pct(t.X), px(y + length)})
		s.PutClear(Quiet, t.Text, Spot{X: t.X, Y: y + RowStep + 2, Anchor: Middle})
	}
}

// Fit writes the longest of the texts that stands between two shares of the width, around their middle; none if none does.
func (s *Sheet) Fit(style Style, texts []string, from, to, y float64) {
	for _, text := range texts {
		if style.Width(text)+gap <= (to-from)*s.Room.Least && s.Put(style, text, Spot{X: (from + to) / 2, Y: y, Anchor: Middle}) {
			return
		}
	}
}
