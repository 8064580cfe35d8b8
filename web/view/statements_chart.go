package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// ClaimsFigure is the chart of statements by subject, and the table of its data.
type ClaimsFigure struct {
	Summary string
	Tracks  Tracks
	Rows    []ClaimPoint
}

// ClaimPoint is one row of the chart, in words.
type ClaimPoint struct {
	Subject, Day, Said, Done, Computed string
	SumHref                            string // the sum of that day; "" where nothing was computed
}

// claimGroup are the statements of one subject, newest first.
type claimGroup struct {
	name   string
	claims []judgedClaim
}

// claimsDrawn is how many statements the chart holds at most.
const claimsDrawn = 24

func newClaimsFigure(f Frame, w words, p metrics.Program, claims []judgedClaim) ClaimsFigure {
	var drawn []judgedClaim
	for _, c := range claims {
		if (c.said.Low != nil || c.said.High != nil) && (c.Low != nil || c.High != nil) {
			drawn = append(drawn, c)
		}
	}
	fig := ClaimsFigure{}
	if len(drawn) == 0 {
		return fig
	}
	fig.Summary = w.T(i18n.ClaimsChartNote)
	if len(drawn) > claimsDrawn {
		drawn = drawn[:claimsDrawn]
		fig.Summary = join(fig.Summary, w.N(i18n.ClaimsChartOlder, claimsDrawn))
	}
	groups := w.claimGroups(p, drawn)
	fig.Tracks = w.claimTracks(groups)
	for _, g := range groups {
		for _, c := range g.claims {
			point := ClaimPoint{Subject: g.name, Day: w.dayOr(c.On, i18n.RegisterUndated), Said: w.claimed(c.said), Done: w.claimDone(c.Comparison), Computed: w.T(i18n.None)}
			if c.comparable() {
				point.Computed, point.SumHref = w.claimFigure(c.Comparison, *c.Computed), claimHref(f, c)
			}
			fig.Rows = append(fig.Rows, point)
		}
	}
	return fig
}

// comparable reports whether the computed figure is of the statement's own subject.
func (c judgedClaim) comparable() bool {
	return c.Computed != nil && c.Judgement != metrics.ClaimAnotherSubject
}

// claimGroups keeps subjects apart, in the order in which they were last spoken of.
func (w words) claimGroups(p metrics.Program, claims []judgedClaim) []claimGroup {
	var groups []claimGroup
	at := map[string]int{}
	for _, c := range claims {
		key := subjectKey(c.said.Area, c.said.Subject)
		i, known := at[key]
		if !known {
			i = len(groups)
			at[key], groups = i, append(groups, claimGroup{name: w.claimSubject(p, c.said.Area, c.said.Subject)})
		}
		groups[i].claims = append(groups[i].claims, c)
	}
	return groups
}

// claimDone writes the claim as what is done, whichever way it was said.
func (w words) claimDone(c metrics.Comparison) string {
	switch {
	case c.High == nil:
		return w.T(i18n.StatementAtLeast, w.stated(*c.Low))
	case c.Low == nil:
		return w.T(i18n.StatementAtMost, w.stated(*c.High))
	case *c.Low == *c.High:
		return w.stated(*c.Low)
	}
	return w.T(i18n.StatementBetween, w.stated(*c.Low), w.stated(*c.High))
}

// claimTracks draws each statement on a row of its own below its subject; the scale runs from 0 to 100. Subjects are not joined.
func (w words) claimTracks(groups []claimGroup) Tracks {
	var grid []draw.Flag
	axis := draw.New(axisRoom)
	for quarter := metrics.BasisPoints(0); quarter <= metrics.Whole; quarter += metrics.Whole / 4 {
		x := wholeShare(quarter)
		grid = append(grid, draw.Flag{X: x, Line: "grid"})
		for _, sheet := range axis.Sheets {
			sheet.Put(draw.Quiet, w.pts(quarter), draw.Spot{X: x, Y: 16, Anchor: anchorAt(quarter)})
		}
	}
	axis.Line("axis", draw.Point{X: 0, Y: 0.5}, draw.Point{X: 1, Y: 0.5})
	t := Tracks{Axis: axis}
	for _, g := range groups {
		t.Rows = append(t.Rows, Track{Heading: true, Name: g.name, Drawing: newTrack(grid)})
		for _, c := range g.claims {
			t.Rows = append(t.Rows, w.claimTrack(c, newTrack(grid)))
		}
	}
	return t
}

// anchorAt keeps the texts at the ends of a scale inside of it.
func anchorAt(b metrics.BasisPoints) draw.Anchor {
	switch b {
	case 0:
		return draw.Start
	case metrics.Whole:
		return draw.End
	}
	return draw.Middle
}

func wholeShare(b metrics.BasisPoints) float64 { return float64(b) / float64(metrics.Whole) }

// claimTrack marks the claim hollow or as a stroke, and the computed figure solid. Marks of one row alone stand on one line.
func (w words) claimTrack(c judgedClaim, d *draw.Drawing) Track {
	t := Track{Name: w.T(i18n.ClaimRowLabel, w.dayOr(c.On, i18n.RegisterUndated), w.claimed(c.said)), Drawing: d}
	if c.comparable() {
		d.Bar("verified", draw.Point{X: wholeShare(*c.Computed), Y: trackMiddle}, 5, 16)
		t.Note = w.claimFigure(c.Comparison, *c.Computed)
	}
	at := func(b metrics.BasisPoints) draw.Point { return draw.Point{X: wholeShare(b), Y: trackMiddle} }
	switch {
	case c.High == nil:
		drawBound(d, at(*c.Low), at(metrics.Whole))
	case c.Low == nil:
		drawBound(d, at(*c.High), at(0))
	case *c.Low != *c.High:
		d.Rect("claim", wholeShare(*c.Low), wholeShare(*c.High), trackMiddle-4, 8)
	case c.said.Approximate:
		d.Dot("claim", at(*c.Low), 5)
	default:
		d.Cross("claim-line", at(*c.Low), 5)
	}
	return t
}

// drawBound is a stroke at the bound with an arrow to the open side.
func drawBound(d *draw.Drawing, from, to draw.Point) {
	d.Bar("claim-line", from, 0, 12)
	d.Line("claim-line", from, to)
	d.Head("claim-line", to, to.X > from.X)
}
