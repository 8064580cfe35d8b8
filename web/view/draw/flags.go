package draw

import "slices"

// Flag is an upright line with a text at its head.
type Flag struct {
	X     float64
	Line  string   // class of the line
	Style Style    // of the text
	Texts []string // the same in fewer and fewer words; the shortest fits on one side of any line
}

type placedFlag struct {
	Flag
	text string
	row  int
	side Anchor // Start: the text is right of the line
}

// Strip draws the heads of flags for each room: texts in as few rows as there have to be, lines down to the lower edge. No text
// covers another or leaves the frame, and as far as it can be done no line crosses a text. Without flags there is no strip.
func Strip(flags []Flag) []*Drawing {
	if len(flags) == 0 {
		return nil
	}
	var strips []*Drawing
	for _, room := range Rooms {
		placed, rows := placeFlags(flags, room.Least)
		d := &Drawing{Class: room.Class, height: float64(rows)*RowStep + 4}
		d.Height = px(d.height)
		sheet := newSheet(room, d.height)
		d.Sheets = []*Sheet{sheet}
		for _, f := range placed {
			base := float64(f.row)*RowStep + 14
			d.Line(f.Line, Point{f.X, base - 11}, Point{f.X, d.height})
			sheet.Labels = append(sheet.Labels, newLabel(f.Style, f.text, f.spot(base)))
		}
		strips = append(strips, d)
	}
	return strips
}

func (f placedFlag) spot(base float64) Spot {
	if f.side == End {
		return Spot{f.X, -gap / 2, base, End}
	}
	return Spot{f.X, gap / 2, base, Start}
}

// placeFlags gives every flag a text, a row counted from the top, and a side.
func placeFlags(flags []Flag, width float64) (placed []placedFlag, rows int) {
	for _, f := range flags {
		placed = append(placed, placedFlag{Flag: f, text: f.longest(width)})
	}
	slices.SortStableFunc(placed, func(a, b placedFlag) int {
		switch {
		case a.X < b.X:
			return -1
		case a.X > b.X:
			return 1
		}
		return 0
	})
	// Texts right of their lines go down from left to right, texts left of them down from right to left: either way is free of
	// crossings. Which one has room depends on where the flags stand, so both are tried.
	rightward, leftward := slices.Clone(placed), slices.Clone(placed)
	slices.Reverse(leftward)
	a, crossingsA := place(rightward, Start, width)
	b, crossingsB := place(leftward, End, width)
	if crossingsB < crossingsA || crossingsB == crossingsA && b < a {
		return leftward, b
	}
	return rightward, a
}

// longest is the longest of a flag's texts that fits on either side of its line.
func (f Flag) longest(width float64) string {
	for _, text := range f.Texts {
		if room := f.Style.Width(text) + gap/2; room <= f.X*width || room <= (1-f.X)*width {
			return text
		}
	}
	return f.Texts[len(f.Texts)-1]
}

func place(flags []placedFlag, preferred Anchor, width float64) (rows, crossings int) {
	for i := range flags {
		best := -1
		for row := 0; row <= i && best != 0; row++ {
			for _, side := range []Anchor{preferred, Start + End - preferred} {
				trial := flags[i]
				trial.row, trial.side = row, side
				if from, to := trial.span(width); from < 0 || to > width {
					continue
				}
				if cost, free := trial.cost(flags[:i], width); free && (best < 0 || cost < best) {
					best, flags[i] = cost, trial
				}
			}
		}
		crossings += max(best, 0)
		rows = max(rows, flags[i].row+1)
	}
	return rows, crossings
}

func (f placedFlag) span(width float64) (from, to float64) {
	b := newLabel(f.Style, f.text, f.spot(0)).Box(width)
	return b.Left, b.Right
}

// cost counts lines that would cross texts; free is false where texts would cover each other.
func (f placedFlag) cost(placed []placedFlag, width float64) (crossings int, free bool) {
	from, to := f.span(width)
	at := f.X * width
	for _, p := range placed {
		pFrom, pTo := p.span(width)
		pAt := p.X * width
		if p.row == f.row && from < pTo+gap && pFrom < to+gap {
			return 0, false
		}
		if f.row < p.row && pFrom < at && at < pTo {
			crossings++
		}
		if p.row < f.row && from < pAt && pAt < to {
			crossings++
		}
	}
	return crossings, true
}
