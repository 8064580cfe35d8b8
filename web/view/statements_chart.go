package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// ClaimsFigure is the chart of statements by subject, and the table of its data.
type ClaimsFigure struct {
	Summary  string
	Drawings []Drawing
	Rows     []ClaimPoint
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
	fig.Drawings = []Drawing{w.drawClaims(groups, wideClaims), w.drawClaims(groups, narrowClaims)}
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

// claimsSize is the room of one drawing. Where labels is 0, they stand above their rows.
type claimsSize struct {
	class         string
	width, labels float64
	row           float64
}

var (
	wideClaims   = claimsSize{"chart-wide", 860, 310, 24}
	narrowClaims = claimsSize{"chart-narrow", 340, 0, 40}
)

const (
	claimsMargin  = 16.0 // at the sides of the scale, for half a label
	claimsHeading = 30.0
	claimsAxis    = 24.0
	claimMark     = 6.0 // half of the height of a mark
)

// drawClaims draws each statement on a row of its own below its subject; the scale runs from 0 to 100.
func (w words) drawClaims(groups []claimGroup, size claimsSize) Drawing {
	height := claimsAxis
	for _, g := range groups {
		height += claimsHeading + size.row*float64(len(g.claims))
	}
	d := newDrawing(size.class, size.width, height)
	left, right := size.labels+claimsMargin, size.width-claimsMargin
	x := func(b metrics.BasisPoints) float64 { return left + (right-left)*float64(b)/float64(metrics.Whole) }
	for share := metrics.BasisPoints(0); share <= metrics.Whole; share += metrics.Whole / 4 {
		d.grid(x(share), 4, x(share), height-claimsAxis)
		d.label("quiet", w.pts(share), x(share), height-6, middle)
	}
	y := 0.0
	for _, g := range groups {
		y += claimsHeading
		d.label("bold", fit(g.name, size.width-claimsMargin), 0, y-8, start)
		for _, c := range g.claims {
			text := w.T(i18n.ClaimRowLabel, w.dayOr(c.On, i18n.RegisterUndated), w.claimed(c.said))
			if size.labels > 0 {
				d.label("quiet", fit(text, size.labels), 0, y+size.row/2+4, start)
				drawClaim(d, c, x, y+size.row/2)
			} else {
				d.label("quiet", fit(text, size.width), 0, y+12, start)
				drawClaim(d, c, x, y+size.row-12)
			}
			y += size.row
		}
	}
	return *d
}

// drawClaim marks the claim hollow or as a stroke, and the computed figure solid. Marks of one row alone stand on one line.
func drawClaim(d *Drawing, c judgedClaim, x func(metrics.BasisPoints) float64, y float64) {
	if c.comparable() {
		d.rect("verified", x(*c.Computed)-2.5, y-claimMark-2, 5, 2*claimMark+4)
	}
	switch {
	case c.High == nil:
		drawBound(d, x(*c.Low), x(metrics.Whole), y)
	case c.Low == nil:
		drawBound(d, x(*c.High), x(0), y)
	case *c.Low != *c.High:
		d.rect("claim", x(*c.Low), y-4, x(*c.High)-x(*c.Low), 8)
	case c.said.Approximate:
		d.dot("claim", x(*c.Low), y, 5)
	default:
		at := x(*c.Low)
		d.path("claim-line", "M"+px(at-5)+" "+px(y-5)+"L"+px(at+5)+" "+px(y+5)+"M"+px(at-5)+" "+px(y+5)+"L"+px(at+5)+" "+px(y-5))
	}
}

// drawBound is a stroke at the bound with an arrow to the open side.
func drawBound(d *Drawing, from, to, y float64) {
	tip := 6.0
	if to < from {
		tip = -tip
	}
	d.path("claim-line", "M"+px(from)+" "+px(y-claimMark)+"V"+px(y+claimMark)+"M"+px(from)+" "+px(y)+"H"+px(to)+"M"+px(to-tip)+" "+px(y-4)+"L"+px(to)+" "+px(y)+"L"+px(to-tip)+" "+px(y+4))
}
