package view

import (
	"testing"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/web/view/draw"
)

// A deadline far off must not make a page slow: an axis makes the marks it draws and few more, however long its span.
func TestAxisOfAnySpanIsCheap(t *testing.T) {
	w := words{Lang: i18n.Indonesian}
	room := draw.Room{Least: 320}
	start := metrics.NewDay(2024, 1, 15)
	for _, end := range []metrics.Day{start + 1, start + 30, start + 89, start + 1000, metrics.NewDay(2999, 12, 31), metrics.NewDay(9999, 12, 31)} {
		s := span{start, end}
		drawn := 0
		made := testing.AllocsPerRun(1, func() { drawn = len(s.ticks(w, room)) })
		if drawn == 0 || drawn > 20 {
			t.Errorf("%d days have %d marks", end-start, drawn)
		}
		if made > 1000 {
			t.Errorf("%d days cost %.0f allocations", end-start, made)
		}
	}
}
