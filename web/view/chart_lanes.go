package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// LanesFigure shows milestones over time by area: the planned stretch as an outline, the done part as its fill. The list beside it
// says the same.
type LanesFigure struct {
	Tracks Tracks
	Keys   []Key
}

// mostLanes: more milestones than this are shown as one lane per area.
const mostLanes = 12

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
	c := newProgressChart(w, p, a, fc)
	for _, m := range p.Milestones {
		c.first, c.last = min(c.first, m.Start-1), max(c.last, m.Due+1)
	}
	flags, lanes := c.flags(), newLanes(w, p, a)
	fig := LanesFigure{Tracks: Tracks{Heads: draw.Strip(flags)}, Keys: laneKeys(w, lanes, c.hasStatements())}
	for _, l := range lanes {
		fig.Tracks.Rows = append(fig.Tracks.Rows, c.lane(l, flags))
	}
	if c.hasStatements() {
		fig.Tracks.Rows = append(fig.Tracks.Rows, c.said(flags))
	}
	fig.Tracks.Axis = draw.New(axisRoom)
	drawTimes(fig.Tracks.Axis, w, c.span, 0.5)
	return fig
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

// lane draws one row. Its end bears the date: the day it was finished, or the one that is promised.
func (c progressChart) lane(l lane, flags []draw.Flag) Track {
	if l.heading {
		return Track{Heading: true, Name: l.name, Drawing: newTrack(flags)}
	}
	d, today := newTrack(flags), c.within(c.a.Today)
	from, to := c.x(c.within(l.start)), c.x(c.within(l.due))
	t := Track{Name: l.name, Drawing: d}
	if l.overdue && today > l.due {
		d.Rect("overdue", to, c.x(today), barTop, barHeight)
		d.Hatch("hatch", draw.Point{X: to, Y: barTop}, draw.Point{X: c.x(today), Y: barTop}, draw.Point{X: c.x(today), Y: barTop + barHeight}, draw.Point{X: to, Y: barTop + barHeight})
		t.Note = c.T(i18n.ChartOverdue, c.dayShort(l.due), c.DaysLeft(int(l.due-c.a.Today)))
	}
	d.Rect("lane-done", from, from+(to-from)*float64(l.share)/float64(metrics.Whole), barTop, barHeight)
	d.Rect("lane", from, to, barTop, barHeight)
	for _, f := range flags {
		keepFlag(d, f, trackHeight)
	}
	if l.finished != nil && c.holds(*l.finished) {
		d.Dot("lane-end", draw.Point{X: c.x(*l.finished), Y: trackMiddle}, 5.5)
		c.labelLane(d, *l.finished, l)
	} else if l.finished == nil {
		d.Diamond("target", draw.Point{X: to, Y: trackMiddle}, 5.5)
		if !l.overdue { // then the note says both the day and how long ago it was
			c.labelLane(d, l.due, l)
		}
	}
	return t
}

// labelLane writes the date of a lane's end right of its bar, where there is room; left of it, it would be taken for the start.
func (c progressChart) labelLane(d *draw.Drawing, end metrics.Day, l lane) {
	right := max(end, l.due)
	for _, sheet := range d.Sheets {
		sheet.PutClear(draw.Quiet, c.dayShort(end), draw.Spot{X: c.x(c.within(right)), DX: draw.Offset, Y: trackMiddle + 4})
	}
}

// said puts statements about the whole on a lane of their own, each at the day it was said.
func (c progressChart) said(flags []draw.Flag) Track {
	t := Track{Name: c.T(i18n.ChartClaims), Drawing: newTrack(flags)}
	for _, statement := range c.p.Statements {
		if _, ok := newClaim(statement); !ok {
			continue
		}
		if on := saidOrPrinted(statement); on != nil && c.holds(*on) {
			t.Drawing.Dot("claim", draw.Point{X: c.x(*on), Y: trackMiddle}, 4)
		}
	}
	return t
}

func laneKeys(w words, lanes []lane, statements bool) []Key {
	keys := []Key{
		{"lane", w.T(i18n.KeyPlanned)}, {"lane-done", w.T(i18n.KeyDonePart)},
	}
	finished, open, overdue := false, false, false
	for _, l := range lanes {
		finished, open, overdue = finished || l.finished != nil, open || !l.heading && l.finished == nil, overdue || l.overdue
	}
	keys = addKey(keys, finished, "lane-end", w.T(i18n.TimelineFinished))
	keys = addKey(keys, open, "target", w.T(i18n.KeyPromised))
	keys = addKey(keys, overdue, "overdue", w.T(i18n.StateOverdue))
	return addKey(keys, statements, "claim", w.T(i18n.KeyStatements))
}
