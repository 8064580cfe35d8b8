package view

import (
	"math"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// KeptModel tells how the forecasts of earlier days held. Nothing in it is rewritten afterwards.
type KeptModel struct {
	Sentences []string
	Drawings  []Drawing // none before two forecasts with dates
	Caption   string
	Rows      []KeptRow
}

// KeptRow is one forecast as it was kept.
type KeptRow struct {
	Made, Half, Most string
}

func newKept(w words, p metrics.Program, fc metrics.ProgramForecast, r metrics.ForecastRecord) KeptModel {
	if len(r.Movement) == 0 {
		return KeptModel{Sentences: []string{w.T(i18n.KeptNone)}}
	}
	m := KeptModel{Sentences: w.keptSentences(r)}
	moves := m.table(w, r.Movement)
	finished := fc.Points.Finished
	for _, size := range keptSizes {
		if d := drawKept(w, size, p, r.Movement, finished); d != nil {
			m.Drawings = append(m.Drawings, *d)
		}
	}
	for _, move := range moves {
		m.Rows = append(m.Rows, KeptRow{w.dayMid(move.On), w.dayOr(move.P50, i18n.NoValue), w.dayOr(move.P80, i18n.NoValue)})
	}
	return m
}

func (w words) keptSentences(r metrics.ForecastRecord) []string {
	held := w.T(i18n.KeptNoneYet)
	if r.Decided > 0 {
		held = w.N(i18n.KeptHeld, int64(r.Decided), w.Int(int64(r.Held)))
	}
	if r.Waiting > 0 {
		held = join(held, w.N(i18n.KeptWaiting, int64(r.Waiting)))
	}
	if r.Undated > 0 {
		held = join(held, w.N(i18n.KeptUndated, int64(r.Undated)))
	}
	if r.Brier == nil {
		return []string{held, w.T(i18n.KeptNoBrier)}
	}
	return []string{held, w.N(i18n.KeptBrier, int64(r.Chances), w.Decimal(int64(math.Round(*r.Brier*1000)), 3))}
}

// table thins a long record: the last forecast of each week, or of each month.
func (m *KeptModel) table(w words, moves []metrics.ForecastMove) []metrics.ForecastMove {
	m.Caption = w.T(i18n.KeptCaption)
	if len(moves) > mostRows {
		moves, m.Caption = lastMoves(moves, byWeek), w.T(i18n.KeptWeekly)
	}
	if len(moves) > mostRows {
		moves, m.Caption = lastMoves(moves, byMonth), w.T(i18n.KeptMonthly)
	}
	return moves
}

func lastMoves(moves []metrics.ForecastMove, period func(metrics.Day) int) []metrics.ForecastMove {
	var kept []metrics.ForecastMove
	for i, move := range moves {
		if i == len(moves)-1 || period(move.On) != period(moves[i+1].On) {
			kept = append(kept, move)
		}
	}
	return kept
}

var keptSizes = []chartSize{{"chart-wide", 1000, 180}, {"chart-narrow", 340, 180}}

// keptLeft is the room for dates at the upright axis.
const keptLeft = 92.0

// drawKept draws the dates that were named over the days on which they were named: the middle as a line, above it the 80 in
// 100 dashed. Deadlines and the finish lie across. Nil where there is no line to draw.
func drawKept(w words, size chartSize, p metrics.Program, moves []metrics.ForecastMove, finished *metrics.Day) *Drawing {
	dated := withDates(moves)
	if len(dated) < 2 {
		return nil
	}
	across := span{dated[0].On, dated[len(dated)-1].On, keptLeft, size.width - marginRight}
	low, high := keptRange(dated, p, finished)
	top, bottom := 12.0, 12+size.height
	up := span{low, high, bottom, top} // days upwards
	d := newDrawing(size.class, size.width, bottom+marginBottom)
	for _, t := range heights(w, up) {
		d.grid(across.left, up.x(t.day), across.right, up.x(t.day))
		d.label("quiet", t.text, across.left-6, up.x(t.day)+4, end)
	}
	d.drawAxis(w, across, top, bottom, size.width)
	var half, most []point
	for _, move := range dated {
		x := across.x(move.On)
		half = append(half, point{x, up.x(*move.P50)})
		if move.P80 != nil {
			most = append(most, point{x, up.x(min(*move.P80, high))})
		}
	}
	d.path("late-edge", line(most))
	d.path("actual", line(half))
	for _, deadline := range p.Deadlines {
		if up.holds(deadline.Date) {
			class := "due-other"
			if deadline.Binding {
				class = "due"
			}
			d.line(class, across.left, up.x(deadline.Date), across.right, up.x(deadline.Date))
		}
	}
	if finished != nil && up.holds(*finished) {
		d.line("silent", across.left, up.x(*finished), across.right, up.x(*finished))
	}
	return d
}

func withDates(moves []metrics.ForecastMove) []metrics.ForecastMove {
	var dated []metrics.ForecastMove
	for _, move := range moves {
		if move.P50 != nil {
			dated = append(dated, move)
		}
	}
	return dated
}

// keptRange holds every date that was named, the binding deadline and the finish.
func keptRange(moves []metrics.ForecastMove, p metrics.Program, finished *metrics.Day) (low, high metrics.Day) {
	low, high = *moves[0].P50, *moves[0].P50
	hold := func(d *metrics.Day) {
		if d != nil {
			low, high = min(low, *d), max(high, *d)
		}
	}
	for _, move := range moves {
		hold(move.P50)
		hold(move.P80)
	}
	for i := range p.Deadlines {
		if p.Deadlines[i].Binding {
			hold(&p.Deadlines[i].Date)
		}
	}
	hold(finished)
	room := max(3, (high-low)/20)
	return low - room, high + room
}

// heights are a few dates for an upright axis, far enough apart for their texts.
func heights(w words, up span) []tick {
	const marks = 4
	var ticks []tick
	for i := range metrics.Day(marks + 1) {
		day := up.first + (up.last-up.first)*i/marks
		ticks = append(ticks, tick{day, w.dayMid(day)})
	}
	return ticks
}

func line(points []point) string {
	path := ""
	for i, p := range points {
		if i == 0 {
			path = "M" + px(p.x) + " " + px(p.y)
			continue
		}
		path += "L" + px(p.x) + " " + px(p.y)
	}
	return path
}

func keptKeys(f Frame) []Key {
	return []Key{
		{"actual", f.t(i18n.ForecastHalf)}, {"late-edge", f.t(i18n.ForecastMost)}, {"due", f.t(i18n.DeadlineBinding)}, {"silent", f.t(i18n.KeptFinished)},
	}
}
