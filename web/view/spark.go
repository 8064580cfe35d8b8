package view

import (
	"strconv"

	"tenggat/internal/metrics"
)

// Spark is a program's way in the smallest drawing there is: a line on a frame from the program's start to its deadline or to its last
// entry, whichever is later, from nothing to the whole. What it shows stands beside it in words.
type Spark struct {
	Line string // path; "" without two points
	Due  string // path of the deadline's mark; "" without a deadline
	Dot  struct{ X, Y string }
	Has  bool // something was reported
}

// The frame in which the drawing is made.
const (
	sparkWidth  = 96.0
	sparkHeight = 24.0
	sparkInset  = 2.0
)

func newSpark(p metrics.Program, a metrics.Assessment, trail []metrics.TrailPoint) (s Spark) {
	if a.State == metrics.StateNoScope || a.State == metrics.StateNotStarted || len(trail) == 0 {
		return s
	}
	binding := a.Binding()
	first, last := min(p.Start, trail[0].Day), trail[len(trail)-1].Day
	if binding != nil {
		last = max(last, binding.Deadline.Date)
	}
	x := func(d metrics.Day) string {
		return px(sparkInset + (sparkWidth-2*sparkInset)*float64(d-first)/float64(max(1, last-first)))
	}
	y := func(b metrics.BasisPoints) string {
		return px(sparkHeight - sparkInset - (sparkHeight-2*sparkInset)*float64(b)/float64(metrics.Whole))
	}
	for i, point := range trail {
		if i == 0 {
			s.Line = "M" + x(point.Day) + " " + y(point.Reported)
			continue
		}
		s.Line += "H" + x(point.Day) + "V" + y(point.Reported) // what was known holds until more is
	}
	end := trail[len(trail)-1]
	s.Has, s.Dot.X, s.Dot.Y = true, x(end.Day), y(end.Reported)
	if binding != nil {
		at := x(binding.Deadline.Date)
		s.Due = "M" + at + " 0V" + px(sparkHeight)
	}
	return s
}

// px writes a coordinate as SVG wants it.
func px(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
