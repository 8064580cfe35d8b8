package draw

import "math"

// Hatch fills a convex shape with slanting lines, so that it can be told from its ground without colour.
func (d *Drawing) Hatch(class string, corners ...Point) {
	const step, across = 8.0, 700.0 // pixels; lines slant by 45 degrees where the drawing is as wide as across
	sum := func(p Point) float64 { return p.X*across + p.Y }
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range corners {
		low, high = min(low, sum(p)), max(high, sum(p))
	}
	path := ""
	for level := low + step; level < high; level += step {
		var ends []Point
		for i, a := range corners {
			b := corners[(i+1)%len(corners)]
			above, below := sum(a)-level, sum(b)-level
			if (above < 0) != (below < 0) {
				ends = append(ends, between(a, b, above/(above-below)))
			}
		}
		if len(ends) == 2 {
			path += polyline(ends)
		}
	}
	if path != "" {
		d.Paths = append(d.Paths, Path{class, path})
	}
}
