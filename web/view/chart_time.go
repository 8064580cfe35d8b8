package view

import (
	"strconv"
	"time"

	"tenggat/internal/metrics"
)

// span is a time scale: days from first to last lie between left and right.
type span struct {
	first, last metrics.Day
	left, right float64
}

func (s span) x(d metrics.Day) float64 {
	return s.left + (s.right-s.left)*float64(d-s.first)/float64(s.last-s.first)
}

func (s span) holds(d metrics.Day) bool { return d >= s.first && d <= s.last }

// tick is a mark on the time axis.
type tick struct {
	day  metrics.Day
	text string
}

// ticks are as many marks as have room, at days, Mondays, or firsts of months.
func (s span) ticks(w words) []tick {
	for _, step := range []int{1, 2} {
		if ticks := s.everyDays(w, step); s.haveRoom(ticks) {
			return ticks
		}
	}
	for _, step := range []int{7, 14} {
		if ticks := s.everyDays(w, step); s.haveRoom(ticks) && s.last-s.first < 90 {
			return ticks
		}
	}
	for _, step := range []int{1, 2, 3, 6, 12, 24, 60} {
		if ticks := s.everyMonths(w, step); s.haveRoom(ticks) {
			return ticks
		}
	}
	return s.everyMonths(w, 240)
}

func (s span) everyDays(w words, step int) []tick {
	var ticks []tick
	monday := metrics.Day(4) // 1970-01-05
	for d := s.first; d <= s.last; d++ {
		if int(d-monday)%step == 0 {
			ticks = append(ticks, tick{d, w.dayShort(d)})
		}
	}
	return ticks
}

// everyMonths names the year at the first mark and wherever it changes.
func (s span) everyMonths(w words, step int) []tick {
	var ticks []tick
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
		ticks = append(ticks, tick{d, text})
	}
}

// haveRoom reports whether the texts stand clear of each other.
func (s span) haveRoom(ticks []tick) bool {
	after := -1e9
	for _, t := range ticks {
		half := textWidth(t.text) / 2
		if s.x(t.day)-half < after+labelGap {
			return false
		}
		after = s.x(t.day) + half
	}
	return len(ticks) > 0
}

// drawAxis draws the time axis at the height y, with grid lines up to top. A text that would leave the frame is left out.
func (d *Drawing) drawAxis(w words, s span, top, y, frame float64) {
	for _, t := range s.ticks(w) {
		x := s.x(t.day)
		d.grid(x, top, x, y)
		if b := textBox(t.text, x, y, middle); b.left >= 0 && b.right <= frame {
			d.label("quiet", t.text, x, y+lineHeight+2, middle)
		}
	}
	d.line("axis", s.left, y, s.right, y)
}
