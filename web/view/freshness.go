package view

import (
	"strconv"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// FreshnessStrip is chart G6: a mark for each day, filled where a count moved, hollow where the job was alive, a speck where it was silent.
type FreshnessStrip struct {
	Summary string
	Width   string
	Marks   []FreshnessMark
}

// FreshnessMark is one day of the strip.
type FreshnessMark struct {
	Class, X, R string
}

// freshnessStep is the width of a day, in user units, which are pixels.
const freshnessStep = 10

var freshnessMarks = map[metrics.DaySign]struct {
	class, radius string
	word          i18n.Message
}{
	metrics.Moved:  {"fresh-moved", "4", i18n.JobMovedKey},
	metrics.Alive:  {"fresh-alive", "3.25", i18n.JobAliveKey},
	metrics.Silent: {"fresh-silent", "1", i18n.JobSilentKey},
}

func newFreshnessStrip(w words, a metrics.JobAssessment) FreshnessStrip {
	count := func(s metrics.DaySign) string { return w.Int(int64(a.Count(s))) }
	strip := FreshnessStrip{Width: strconv.Itoa(len(a.Days) * freshnessStep)}
	for i, d := range a.Days {
		mark := freshnessMarks[d.Sign]
		strip.Marks = append(strip.Marks, FreshnessMark{mark.class, strconv.Itoa(i*freshnessStep + freshnessStep/2), mark.radius})
	}
	if len(a.Days) > 0 {
		strip.Summary = w.T(i18n.JobFreshText, count(metrics.Moved), count(metrics.Alive), count(metrics.Silent), w.days(a.Days[0].Day, a.Days[len(a.Days)-1].Day))
	}
	return strip
}

func (w words) daySign(s metrics.DaySign) string { return w.T(freshnessMarks[s].word) }
