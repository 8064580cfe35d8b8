package view

import (
	"iter"
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

// ticks are as many marks as have room, at days, Mondays, or firsts of months. A span may reach to the year 9999, so a step that is
// too small is given up at its first two marks that stand too close.
func (s span) ticks(w words, room draw.Room) []draw.Tick {
	steps := []int{1, 2}
	if s.last-s.first < 90 {
		steps = append(steps, 7, 14)
	}
	for _, step := range steps {
		if ticks, ok := room.FitTicks(s.everyDays(w, step)); ok {
			return ticks
		}
	}
	for _, step := range []int{1, 2, 3, 6, 12, 24, 60, 240, 1200, 6000, 24_000} {
		if ticks, ok := room.FitTicks(s.everyMonths(w, step)); ok {
			return ticks
		}
	}
	return nil
}

func (s span) everyDays(w words, step int) iter.Seq[draw.Tick] {
	const monday = metrics.Day(4) // 1970-01-05
	n := metrics.Day(step)
	return func(yield func(draw.Tick) bool) {
		// The days before 1970 are negative.
		for d := s.first + ((monday-s.first)%n+n)%n; d <= s.last; d += n {
			if !yield(draw.Tick{X: s.x(d), Text: w.dayShort(d)}) {
				return
			}
		}
	}
}

// everyMonths names the year at the first mark and wherever it changes.
func (s span) everyMonths(w words, step int) iter.Seq[draw.Tick] {
	year, month, _ := s.first.UTC().Date()
	first := year*12 + int(month) - 1
	return func(yield func(draw.Tick) bool) {
		lastYear := 0
		for n := first + (step-first%step)%step; ; n += step {
			d := metrics.NewDay(n/12, time.Month(n%12+1), 1)
			if d > s.last {
				return
			}
			if d < s.first {
				continue
			}
			text := w.MonthShort(d.UTC())
			if n/12 != lastYear {
				text, lastYear = text+" "+strconv.Itoa(n/12), n/12
			}
			if !yield(draw.Tick{X: s.x(d), Text: text}) {
				return
			}
		}
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
