package view

import "slices"

// flag is an upright line with a text at its head.
type flag struct {
	x     float64
	text  string
	class string // of the line
	label string // of the text
	row   int
	side  anchor // start: the text is right of the line
}

// placeFlags gives every flag a row, counted from the top, and a side, so that no text covers another, none leaves the frame from
// left to right, and as far as that can be done no line crosses a text. It returns the number of rows.
func placeFlags(flags []flag, left, right float64) int {
	slices.SortStableFunc(flags, func(a, b flag) int {
		switch {
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		}
		return 0
	})
	// Texts right of their lines go down from left to right, texts left of them down from right to left: either way is free
	// of crossings. Which one has room depends on where the flags stand, so both are tried.
	rightward := slices.Clone(flags)
	leftward := slices.Clone(flags)
	slices.Reverse(leftward)
	a, crossingsA := place(rightward, start, left, right)
	b, crossingsB := place(leftward, end, left, right)
	if crossingsB < crossingsA || crossingsB == crossingsA && b < a {
		copy(flags, leftward)
		return b
	}
	copy(flags, rightward)
	return a
}

func place(flags []flag, preferred anchor, left, right float64) (rows, crossings int) {
	for i := range flags {
		best := -1
		for row := 0; row <= i && best != 0; row++ {
			for _, side := range []anchor{preferred, start + end - preferred} {
				if !flags[i].fits(side, left, right) {
					continue
				}
				trial := flags[i]
				trial.row, trial.side = row, side
				if cost, free := trial.cost(flags[:i]); free && (best < 0 || cost < best) {
					best, flags[i] = cost, trial
				}
			}
		}
		crossings += max(best, 0)
		rows = max(rows, flags[i].row+1)
	}
	return rows, crossings
}

func (f flag) span() (from, to float64) {
	w := textWidth(f.text)
	if f.side == end {
		return f.x - labelGap/2 - w, f.x - labelGap/2
	}
	return f.x + labelGap/2, f.x + labelGap/2 + w
}

func (f flag) fits(side anchor, left, right float64) bool {
	f.side = side
	from, to := f.span()
	return from >= left && to <= right
}

// cost counts lines that would cross texts; free is false where texts would cover each other.
func (f flag) cost(placed []flag) (crossings int, free bool) {
	from, to := f.span()
	for _, p := range placed {
		pFrom, pTo := p.span()
		if p.row == f.row && from < pTo+labelGap && pFrom < to+labelGap {
			return 0, false
		}
		if f.row < p.row && pFrom < f.x && f.x < pTo {
			crossings++
		}
		if p.row < f.row && from < p.x && p.x < to {
			crossings++
		}
	}
	return crossings, true
}

// drawFlags draws the lines down to y; the first row of texts has its base line at top.
func (d *Drawing) drawFlags(flags []flag, top, y float64) {
	for _, f := range flags {
		base := top + float64(f.row)*lineHeight
		d.line(f.class, f.x, base-fontSize+2, f.x, y)
		x := f.x + labelGap/2
		if f.side == end {
			x = f.x - labelGap/2
		}
		d.label(f.label, f.text, x, base, f.side)
	}
}
