package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// LeftFigure is one bar of outstanding points alone, on a scale of its own.
type LeftFigure struct {
	Summary  string
	Segments []Segment // none when nothing is outstanding
}

// Segment is an item's part of the bar. Its text is the item's number in the table below, and its points where they have room.
type Segment struct {
	Class, X, W string
	Middle      string
	Text        string
}

// The shares of the bar that texts need on a narrow screen, in basis points.
const (
	roomForNumber = 600
	roomForPoints = 3500
)

func newLeftFigure(w words, a metrics.Assessment, rows []ItemRow) LeftFigure {
	fig := LeftFigure{Summary: w.T(i18n.LeftSummary, w.pts(a.Outstanding))}
	if a.Outstanding == 0 {
		return fig
	}
	before := metrics.BasisPoints(0)
	for i, row := range rows {
		if row.points == 0 {
			continue
		}
		from, to := before*metrics.Whole/a.Outstanding, (before+row.points)*metrics.Whole/a.Outstanding
		segment := Segment{X: percentLength(from), W: percentLength(to - from), Middle: percentLength((from + to) / 2)}
		if i%2 == 1 {
			segment.Class = "odd"
		}
		switch {
		case to-from >= roomForPoints:
			segment.Text = w.T(i18n.SegmentText, w.Int(int64(row.Number)), w.points(row.points))
		case to-from >= roomForNumber:
			segment.Text = w.Int(int64(row.Number))
		}
		fig.Segments = append(fig.Segments, segment)
		before += row.points
	}
	return fig
}
