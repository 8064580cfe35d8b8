package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// LeftFigure is one bar of outstanding points alone, on a scale of its own.
type LeftFigure struct {
	ID      string // of its parts on the page
	Summary string
	Drawing *draw.Drawing // nil when nothing is outstanding
}

// The bar of what is left, in pixels.
const (
	leftHeight = 48.0
	leftInset  = 4.0 // above and below the bar
)

// newLeftFigure draws the rows with points in their order. A segment bears its item's name and points where they have room, or its
// number in the list below; a segment too small for either is in the list alone.
func newLeftFigure(w words, a metrics.Assessment, rows []ItemRow) LeftFigure {
	fig := LeftFigure{ID: "left", Summary: w.T(i18n.LeftSummary, w.pts(a.Outstanding))}
	if a.Outstanding == 0 {
		return fig
	}
	d := draw.New(leftHeight)
	before := metrics.BasisPoints(0)
	for i, row := range rows {
		if row.points == 0 {
			continue
		}
		from, to := float64(before)/float64(a.Outstanding), float64(before+row.points)/float64(a.Outstanding)
		class := "segment"
		if i%2 == 1 {
			class = "segment odd"
		}
		d.Rect(class, from, to, leftInset, leftHeight-2*leftInset)
		number := w.Int(int64(row.Number))
		texts := []string{w.T(i18n.SegmentText, number, row.Name+", "+w.points(row.points)), w.T(i18n.SegmentText, number, w.points(row.points)), number}
		for _, sheet := range d.Sheets {
			sheet.Fit(draw.Plain, texts, from, to, leftHeight/2+5)
		}
		before += row.points
	}
	if !d.Empty() {
		fig.Drawing = d
	}
	return fig
}
