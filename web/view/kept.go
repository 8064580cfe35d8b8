package view

import (
	"math"
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// KeptModel tells how the forecasts of earlier days held. Nothing in it is rewritten afterwards.
type KeptModel struct {
	Sentences []string
	Drawing   *draw.Drawing // nil before two forecasts with dates
	Caption   string
	Rows      []KeptRow
}

// KeptRow is one forecast as it was kept.
type KeptRow struct {
	Made, Half, Most string
	X                string // where it stands on the chart, in percent of its width; "" if outside of it
}

func newKept(w words, p metrics.Program, fc metrics.ProgramForecast, r metrics.ForecastRecord) KeptModel {
	if len(r.Movement) == 0 {
		return KeptModel{Sentences: []string{w.T(i18n.KeptNone)}}
	}
	m := KeptModel{Sentences: w.keptSentences(r)}
	moves := m.table(w, r.Movement)
	finished := fc.Points.Finished
	m.Drawing = drawKept(w, p, r.Movement, finished)
	for _, move := range moves {
		row := KeptRow{w.dayMid(move.On), w.dayOr(move.P50, i18n.NoValue), w.dayOr(move.P80, i18n.NoValue), ""}
		if across, ok := keptSpan(r.Movement); ok && across.holds(move.On) {
			row.X = across.percent(move.On)
		}
		m.Rows = append(m.Rows, row)
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
	return lastIn(moves, func(m metrics.ForecastMove) metrics.Day { return m.On }, period)
}

// keptHeight is that of the chart's frame, in pixels.
const keptHeight = 180.0

// drawKept draws the dates that were named over the days on which they were named: the middle as a line, above it the 80 in
// 100 dashed. Deadlines and the finish lie across. Nil where there is no line to draw.
func drawKept(w words, p metrics.Program, moves []metrics.ForecastMove, finished *metrics.Day) *draw.Drawing {
	dated := withDates(moves)
	across, ok := keptSpan(moves)
	if !ok {
		return nil
	}
	low, high := keptRange(dated, p, finished)
	up := span{low, high} // days upwards
	top, bottom := plotTop, plotTop+keptHeight
	y := func(d metrics.Day) float64 { return bottom - (bottom-top)*up.x(d) }
	d := draw.New(bottom + axisRoom)
	for _, day := range heights(up) {
		d.Line("grid", draw.Point{X: 0, Y: y(day)}, draw.Point{X: 1, Y: y(day)})
	}
	drawTimes(d, w, across, bottom)
	for _, deadline := range p.Deadlines {
		if up.holds(deadline.Date) {
			class := "due-other"
			if deadline.Binding {
				class = "due"
			}
			d.Line(class, draw.Point{X: 0, Y: y(deadline.Date)}, draw.Point{X: 1, Y: y(deadline.Date)})
		}
	}
	if finished != nil && up.holds(*finished) {
		d.Line("silent", draw.Point{X: 0, Y: y(*finished)}, draw.Point{X: 1, Y: y(*finished)})
	}
	var half, most []draw.Point
	for _, move := range dated {
		half = append(half, draw.Point{X: across.x(move.On), Y: y(*move.P50)})
		if move.P80 != nil {
			most = append(most, draw.Point{X: across.x(move.On), Y: y(min(*move.P80, high))})
		}
	}
	d.Path("late-edge", most...)
	d.Path("actual", half...)
	keepPath(d, half)
	keepPath(d, most)
	for _, day := range heights(up) {
		labelScale(d, w.dayMid(day), y(day))
	}
	labelKept(d, w, half, draw.Strong, i18n.ForecastHalf)
	labelKept(d, w, most, draw.Quiet, i18n.ForecastMost)
	return d
}

// keepPath keeps labels off a line of many corners.
func keepPath(d *draw.Drawing, line []draw.Point) {
	for _, sheet := range d.Sheets {
		for i := 1; i < len(line); i++ {
			sheet.KeepSlope(draw.Heavy, line[i-1], line[i])
		}
	}
}

// labelKept names a line at its end.
func labelKept(d *draw.Drawing, w words, line []draw.Point, style draw.Style, name i18n.Message) {
	if len(line) == 0 {
		return
	}
	for _, sheet := range d.Sheets {
		sheet.Put(style, w.T(name), spotsAround(line[len(line)-1], false)...)
	}
}

// keptSpan is from the first forecast with a date to the last; ok is false where there is no line to draw between them.
func keptSpan(moves []metrics.ForecastMove) (s span, ok bool) {
	dated := withDates(moves)
	if len(dated) < 2 {
		return span{}, false
	}
	return span{dated[0].On, dated[len(dated)-1].On}, true
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

// heights are a few dates for an upright axis, the top one not on the edge, so that its text has room.
func heights(up span) []metrics.Day {
	const marks = 4
	var days []metrics.Day
	for i := range metrics.Day(marks + 1) {
		days = append(days, up.first+(up.last-up.first)*i/marks)
	}
	return slices.Compact(days)
}

func keptKeys(f Frame) []Key {
	return []Key{
		{"late-edge", f.t(i18n.ForecastMost)}, {"due", f.t(i18n.DeadlineBinding)}, {"silent", f.t(i18n.KeptFinished)},
	}
}
