package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// LanesFigure shows milestones over time by area: the planned stretch as an outline, the done part as its fill. It is drawn for
// wide screens only; the list beside it says the same.
type LanesFigure struct {
	Drawing Drawing
	Keys    []Key
}

// Sizes of the lanes, in units of the drawing.
const (
	lanesWidth   = 1000.0
	laneNames    = 290.0
	laneHeight   = 28.0
	laneBar      = 12.0
	mostLanes    = 12 // more milestones than this are shown as one lane per area
	laneNameRoom = laneNames - 14
)

// lane is one row: a milestone or a whole area.
type lane struct {
	heading    bool // the area's name alone
	name       string
	start, due metrics.Day
	share      metrics.BasisPoints
	finished   *metrics.Day
	overdue    bool
}

func newLanesFigure(w words, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast) LanesFigure {
	// The scale is the one of the progress chart, so that a date has its place among the same dates on both.
	c := progressChart{words: w, p: p, a: a, forecast: fc, drawn: drawnPoints(a.Curve)}
	c.first, c.last, c.cut = c.domain()
	for _, m := range p.Milestones {
		c.first, c.last = min(c.first, m.Start-1), max(c.last, m.Due+1)
	}
	s := span{c.first, c.last, laneNames, lanesWidth - marginRight}
	flags := c.flags(s)
	rows := placeFlags(flags, laneNames, lanesWidth)
	lanes := newLanes(w, p, a)
	top := float64(rows)*lineHeight + 8
	bottom := top + laneHeight*float64(len(lanes)+1)
	d := newDrawing("", lanesWidth, bottom+marginBottom)
	d.drawAxis(w, s, top, bottom, lanesWidth)
	for i, l := range lanes {
		l.draw(d, s, top+laneHeight*float64(i), min(a.Today, c.last))
	}
	c.drawSaid(d, s, bottom-laneHeight/2)
	d.drawFlags(flags, lineHeight-4, bottom)
	return LanesFigure{*d, laneKeys(w, lanes, c.hasStatements())}
}

func newLanes(w words, p metrics.Program, a metrics.Assessment) []lane {
	var lanes []lane
	byArea := len(a.Milestones) > mostLanes
	for _, area := range a.Areas {
		if byArea {
			if l, ok := areaLane(w, p, a, area); ok {
				lanes = append(lanes, l)
			}
			continue
		}
		lanes = append(lanes, lane{heading: true, name: w.text(area.Name)})
		for _, i := range area.Milestones {
			lanes = append(lanes, milestoneLane(w, p, a.Milestones[i]))
		}
	}
	return lanes
}

func milestoneLane(w words, p metrics.Program, m metrics.MilestoneAssessment) lane {
	return lane{
		name: m.Milestone.Key + " " + w.text(m.Milestone.Name), start: m.Milestone.Start, due: m.Milestone.Due, share: m.Share,
		finished: finishedOn(p, m), overdue: m.Overdue,
	}
}

// areaLane reaches from the first planned start of its milestones to the last planned finish.
func areaLane(w words, p metrics.Program, a metrics.Assessment, area metrics.AreaAssessment) (lane, bool) {
	l := lane{name: w.text(area.Name), share: area.Share}
	done := true
	for n, i := range area.Milestones {
		m := milestoneLane(w, p, a.Milestones[i])
		if n == 0 {
			l.start, l.due = m.start, m.due
		}
		l.start, l.due = min(l.start, m.start), max(l.due, m.due)
		l.overdue = l.overdue || m.overdue
		if m.finished == nil {
			done = false
		} else if l.finished == nil || *l.finished < *m.finished {
			l.finished = m.finished
		}
	}
	if !done {
		l.finished = nil
	}
	return l, len(area.Milestones) > 0
}

// finishedOn is the day of the observation that completed a milestone; nil while it is open.
func finishedOn(p metrics.Program, m metrics.MilestoneAssessment) *metrics.Day {
	if m.Open || m.Milestone.Progress.Counted.IsZero() {
		return nil
	}
	on := metrics.DayOf(m.Milestone.Progress.Counted.At, p.Zone)
	return &on
}

func (l lane) draw(d *Drawing, s span, top float64, today metrics.Day) {
	base := top + laneHeight/2 + 4
	if l.heading {
		d.label("bold lane-name", fit(l.name, laneNameRoom), 0, base, start)
		return
	}
	d.label("lane-name", fit(l.name, laneNameRoom-8), 8, base, start)
	from, to, y := s.x(l.start), s.x(l.due), top+(laneHeight-laneBar)/2
	if l.overdue && today > l.due {
		d.rect("overdue", to, y, s.x(today)-to, laneBar)
	}
	d.rect("lane-done", from, y, (to-from)*float64(l.share)/float64(metrics.Whole), laneBar)
	d.rect("lane", from, y, to-from, laneBar)
	if l.finished != nil && s.holds(*l.finished) {
		d.dot("lane-end", s.x(*l.finished), top+laneHeight/2, 5.5)
	} else if l.finished == nil {
		d.diamond("target", to, top+laneHeight/2, 5.5)
	}
}

// drawSaid puts statements about the whole on a lane of their own, each at the day it was said.
func (c progressChart) drawSaid(d *Drawing, s span, y float64) {
	if !c.hasStatements() {
		return
	}
	d.label("bold lane-name", c.T(i18n.ChartClaims), 0, y+4, start)
	for _, statement := range c.p.Statements {
		if _, ok := newClaim(statement); !ok {
			continue
		}
		if on := saidOrPrinted(statement); on != nil && s.holds(*on) {
			d.dot("claim", s.x(*on), y, 4)
		}
	}
}

func laneKeys(w words, lanes []lane, statements bool) []Key {
	keys := []Key{
		{"lane", w.T(i18n.KeyPlanned)}, {"lane-done", w.T(i18n.KeyDonePart)},
	}
	finished, open, overdue := false, false, false
	for _, l := range lanes {
		finished, open, overdue = finished || l.finished != nil, open || !l.heading && l.finished == nil, overdue || l.overdue
	}
	if finished {
		keys = append(keys, Key{"lane-end", w.T(i18n.TimelineFinished)})
	}
	if open {
		keys = append(keys, Key{"target", w.T(i18n.KeyPromised)})
	}
	if overdue {
		keys = append(keys, Key{"overdue", w.T(i18n.StateOverdue)})
	}
	if statements {
		keys = append(keys, Key{"claim", w.T(i18n.KeyStatements)})
	}
	return keys
}
