package view

import (
	"cmp"
	"slices"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// chartMark is something that happened on a day: scope or weights changed, a total moved, progress was corrected downwards.
type chartMark struct {
	day   metrics.Day
	class string // of its triangle; "" for a step down, which needs none
	what  string // in few words
	told  string // in full; "" if what says it all
	why   string // as it was written; "" if nothing was
	moves bool   // the line, on that day
	from  metrics.BasisPoints
	to    metrics.BasisPoints
}

// mostMarks is how many of them are told in words; all have their triangle.
const mostMarks = 5

// marks are in the order of their days.
func (c progressChart) marks() []chartMark {
	var marks []chartMark
	for _, change := range c.a.Curve.Changes {
		m := chartMark{day: change.On, class: "change", what: c.T(i18n.ChartWeights)}
		if change.Kind == "milestone" {
			m.what = c.T(i18n.ChartScopeOf, change.Key)
		}
		marks = append(marks, m)
	}
	for _, total := range c.a.Curve.Totals {
		marks = append(marks, chartMark{
			day: total.On, class: "change total", what: c.T(i18n.ChartTotalOf, total.Milestone, c.SignedInt(total.To-total.From)),
			told: c.T(i18n.ChartTotalOne, total.Milestone, c.Int(total.From), c.Int(total.To)),
		})
	}
	marks = append(marks, c.stepsDown(marks)...)
	for i := range marks {
		c.move(&marks[i])
	}
	slices.SortStableFunc(marks, func(a, b chartMark) int { return int(a.day - b.day) })
	return slices.CompactFunc(marks, func(a, b chartMark) bool { return a.day == b.day && a.what == b.what })
}

// stepsDown are the days on which the line fell because something was corrected, and for no other reason.
func (c progressChart) stepsDown(explained []chartMark) []chartMark {
	var down []chartMark
	for i, point := range c.drawn {
		other := slices.ContainsFunc(explained, func(m chartMark) bool { return m.day == point.Day })
		if i > 0 && !other && point.Reported < c.drawn[i-1].Reported && len(point.Corrected) > 0 {
			m := chartMark{day: point.Day, what: c.T(i18n.ChartCorrected, c.keysOf(point.Corrected)), why: c.text(reasons(point))}
			if m.why != "" {
				m.told = c.T(i18n.ChartBecause, m.what, m.why)
			}
			down = append(down, m)
		}
	}
	return down
}

// reasons are what was written of a day's corrections; empty if nothing was.
func reasons(point metrics.CurvePoint) metrics.Text {
	var id, en []string
	for _, correction := range point.Why {
		id, en = append(id, correction.Why.ID), append(en, correction.Why.EN)
	}
	return metrics.Text{ID: strings.Join(slices.Compact(id), "; "), EN: strings.Join(slices.Compact(en), "; ")}
}

// move notes what the line did on the day of a mark.
func (c progressChart) move(m *chartMark) {
	for i, point := range c.drawn {
		if point.Day == m.day && i > 0 && point.Reported != c.drawn[i-1].Reported {
			m.moves, m.from, m.to = true, c.drawn[i-1].Reported, point.Reported
		}
	}
}

// drawChanges puts a triangle under each change of scope or weights, and one that is hollow under each day on which a total moved.
func (c progressChart) drawChanges(d *draw.Drawing, scale shares) {
	for _, m := range c.marks() {
		if m.class != "" && c.holds(m.day) {
			d.Triangle(m.class, draw.Point{X: c.x(m.day), Y: scale.bottom}, 5)
		}
	}
}

// labelChanges names the marks where there is room, the newest first. All of the newest stand in words below the chart.
func (c progressChart) labelChanges(d *draw.Drawing, scale shares) {
	for _, m := range c.newestMarks() {
		if !c.holds(m.day) {
			continue
		}
		x := c.x(m.day)
		for _, sheet := range d.Sheets {
			for _, text := range c.markTexts(m) {
				if sheet.PutClear(draw.Quiet, text, draw.Spot{X: x, DX: draw.Offset, Y: scale.bottom - 4}, draw.Spot{X: x, DX: -draw.Offset, Y: scale.bottom - 4, Anchor: draw.End},
					draw.Spot{X: x, DX: draw.Offset, Y: scale.bottom - 4 - draw.RowStep}, draw.Spot{X: x, DX: -draw.Offset, Y: scale.bottom - 4 - draw.RowStep, Anchor: draw.End}) {
					break
				}
			}
		}
	}
}

func (c progressChart) newestMarks() []chartMark {
	marks := c.marks()
	slices.Reverse(marks)
	return marks[:min(mostMarks, len(marks))]
}

// markWords say what the newest marks are, each with its day.
func (c progressChart) markWords() []string {
	var list []string
	for _, m := range c.newestMarks() {
		text := cmp.Or(m.told, m.what)
		if m.moves {
			text = c.T(i18n.ChartThatDay, text, c.pts(m.from), c.pts(m.to))
		}
		list = append(list, c.T(i18n.ChartMarkOn, c.dayMid(m.day), text))
	}
	return list
}

// whyOnChart is how much of a reason stands on the chart itself, in characters; all of it stands below.
const whyOnChart = 40

// markTexts say on the chart what happened, and what the line did that day if there is room.
func (c progressChart) markTexts(m chartMark) []string {
	texts := []string{m.what}
	if m.moves {
		texts = []string{m.what + ", " + c.pct(m.from) + " → " + c.pct(m.to), m.what}
	}
	if m.why != "" {
		texts = append([]string{c.T(i18n.ChartBecause, m.what, shorten(m.why, whyOnChart))}, texts...)
	}
	return texts
}

// labelState says beside the end of the line what no shape can: how long it has been silent or still, or what is awaited at its top.
func (c progressChart) labelState(d *draw.Drawing, scale shares) {
	if len(c.drawn) == 0 {
		return
	}
	end := c.at(c.within(c.a.Today), c.a.Reported, scale)
	for _, sheet := range d.Sheets {
		for _, text := range c.stateTexts() {
			if sheet.Put(draw.Quiet, text, spotsAround(end, true)...) {
				break
			}
		}
	}
}

// stillAfter is after how many days without progress the chart says so: as many as a forecast wants to have seen.
const stillAfter = 28

// stateTexts say the same in fewer and fewer words; none if there is nothing to say.
func (c progressChart) stateTexts() []string {
	switch {
	case c.a.State == metrics.StateAccepted && len(c.p.Acceptances) > 0:
		return []string{c.T(i18n.ChartLetter, c.p.Acceptances[len(c.p.Acceptances)-1].Number), c.T(i18n.ChartTaken)}
	case c.a.State == metrics.StateDeclaredComplete:
		return []string{c.T(i18n.ChartAwaiting), c.T(i18n.VerdictDeclared)}
	case c.a.Curve.GapDays > 0:
		return []string{c.silentWords(c.a.Curve.GapDays)}
	}
	if idle := c.forecast.Governing().Basis.Idle; idle >= stillAfter && c.a.Open > 0 {
		return []string{c.N(i18n.ChartIdle, int64(idle))}
	}
	return nil
}
