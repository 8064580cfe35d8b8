package view

import (
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Beside is a person's verdict beside the rule's, with who gave it, why and for how long.
type Beside struct {
	Verdict    Tag
	Reason, By string
}

// beside is nil while no override is in force.
func (w words) beside(o *metrics.Override) *Beside {
	if o == nil {
		return nil
	}
	return &Beside{w.verdictTag(o.Verdict), w.written(o.Reason), w.T(i18n.OverrideBy, o.By, w.day(o.Until))}
}

// rangeText is "50–65%". An upper end of everything is left to the sentence beside it: 100% is a word for what is accepted.
func (w words) rangeText(r metrics.Range) string {
	if w.bound(r.High) == w.pct(metrics.Whole) {
		return w.T(i18n.StatementAtLeast, w.pct(r.Low))
	}
	return w.T(i18n.RangePercent, strings.TrimSuffix(w.pct(r.Low), "%"), w.bound(r.High))
}

// bound is an upper end, which is never cut off to less than it is.
func (w words) bound(high metrics.BasisPoints) string { return w.pct((high + 9) / 10 * 10) }

// rangeExplain says what the two ends of a headline are; "" where it is one figure, and where nothing was reported and there is none.
func (w words) rangeExplain(a metrics.Assessment) string {
	if r := a.HeadlineRange; r != nil && w.keyPercent(a) != "" {
		return w.T(i18n.RangeExplain, w.ofWhole(w.pct(r.Low)), w.ofWhole(w.bound(r.High)))
	}
	return ""
}
