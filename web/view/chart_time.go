package view

import (
	"strconv"
	"time"

	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// span is a time scale: the days from first to last are spread over the width of a drawing.
type span struct{ first, last metrics.Day }

// x is a day's share of the width.
func (s span) x(d metrics.Day) float64 { return float64(d-s.first) / float64(s.last-s.first) }

// percent is a day's share of the width as the cross-hair wants it.
func (s span) percent(d metrics.Day) string { return strconv.FormatFloat(s.x(d)*100, 'f', 2, 64) }

func (s span) holds(d metrics.Day) bool { return d >= s.first && d <= s.last }

// within is the day, or the end of the scale that it lies beyond.
func (s span) within(d metrics.Day) metrics.Day { return min(max(d, s.first), s.last) }

// ticks are as many marks as have room, at days, Mondays, or firsts of months.
func (s span) ticks(w words, room draw.Room) []draw.Tick {
	for _, step := range []int{1, 2} {
		if ticks := s.everyDays(w, step); room.TicksFit(ticks) {
			return ticks
		}
	}
	for _, step := range []int{7, 14} {
		if ticks := s.everyDays(w, step); room.TicksFit(ticks) && s.last-s.first < 90 {
			return ticks
		}
	}
	for _, step := range []int{1, 2, 3, 6, 12, 24, 60} {
		if ticks := s.everyMonths(w, step); room.TicksFit(ticks) {
			return ticks
		}
	}
	return s.everyMonths(w, 240)
}

func (s span) everyDays(w words, step int) []draw.Tick {
	var ticks []draw.Tick
	monday := metrics.Day(4) // 1970-01-05
	for d := s.first; d <= s.last; d++ {
		if int(d-monday)%step == 0 {
			ticks = append(ticks, draw.Tick{X: s.x(d), Text: w.dayShort(d)})
		}
	}
	return ticks
}

// everyMonths names the year at the first mark and wherever it changes.
func (s span) everyMonths(w words, step int) []draw.Tick {
	var ticks []draw.Tick
	year, month, _ := s.first.UTC().Date()
	lastYear := 0
	for n := year*12 + int(month) - 1; ; n++ {
		if n%step != 0 {
			continue
		}
		d := metrics.NewDay(n/12, time.Month(n%12+1), 1)
		if d > s.last {
			return ticks
		}
		if d < s.first {
			continue
		}
		text := w.MonthShort(d.UTC())
		if n/12 != lastYear {
			text, lastYear = text+" "+strconv.Itoa(n/12), n/12
		}
		ticks = append(ticks, draw.Tick{X: s.x(d), Text: text})
	}
}

// drawTimes draws the time axis at the height y.
func drawTimes(d *draw.Drawing, w words, s span, y float64) {
	d.Line("axis", draw.Point{X: 0, Y: y}, draw.Point{X: 1, Y: y})
	for _, sheet := range d.Sheets {
		sheet.PutTicks(y, s.ticks(w, sheet.Room))
	}
}

// yearMatters reports whether a day without its year could be taken for another.
func (s span) yearMatters() bool {
	return s.first.UTC().Year() != s.last.UTC().Year() && s.last-s.first > 300
}
