package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Tag is a state in shape, word and colour; the word alone says it all.
type Tag struct {
	Class string // of the style sheet: ontrack, watch, late, done, blocked, unknown
	Shape string // see the component shape
	Word  string
}

// verdictTag is the tag of a verdict.
func (w words) verdictTag(v metrics.Verdict) Tag {
	switch v {
	case metrics.OnTrack:
		return Tag{"ontrack", "check", w.T(i18n.VerdictOnTrack)}
	case metrics.Watch:
		return Tag{"watch", "triangle", w.T(i18n.VerdictWatch)}
	case metrics.Late:
		return Tag{"late", "octagon-cross", w.T(i18n.VerdictForecastLate)}
	case metrics.PastDeadline:
		return Tag{"late", "octagon-bar", w.T(i18n.VerdictPastDeadline)}
	case metrics.DeclaredComplete:
		return Tag{"done", "ring-check", w.T(i18n.VerdictDeclared)}
	case metrics.Accepted:
		return Tag{"done", "square-check", w.T(i18n.VerdictAccepted)}
	case metrics.PartlyReopened:
		return Tag{"watch", "triangle", w.T(i18n.VerdictReopened)}
	}
	return Tag{"unknown", "question", w.T(i18n.VerdictUnknown)}
}

// reason says why a verdict was given. The deadline is the one judged against; nil for none.
func (w words) reason(r metrics.Reason, last *metrics.Day) string {
	switch r.Code {
	case metrics.ReasonNoScope:
		return w.T(i18n.ReasonNoScope)
	case metrics.ReasonAccepted:
		return w.T(i18n.ReasonAllAccepted)
	case metrics.ReasonReopened:
		return w.T(i18n.ReasonReopened, w.pts(r.Points))
	case metrics.ReasonDeclared:
		return w.T(i18n.ReasonDeclared)
	case metrics.ReasonNoDeadline:
		return w.T(i18n.ReasonNoDeadline)
	case metrics.ReasonPast:
		return w.N(i18n.ReasonPastDeadline, int64(r.Days), w.pts(r.Points))
	case metrics.ReasonNoReports:
		return w.T(i18n.ReasonNoReport)
	case metrics.ReasonStale:
		sentence := w.T(i18n.ReasonStaleOver, w.pts(r.Points), w.pts(r.Limit))
		if last != nil {
			sentence += " " + w.T(i18n.LastReportOn, w.day(*last))
		}
		return sentence
	case metrics.ReasonOwnersLate:
		return w.N(i18n.ReasonOwnersLate, int64(r.Days), w.day(*r.Date))
	case metrics.ReasonBehindPlan:
		return w.T(i18n.ReasonBehindPlan, w.pts(abs(r.Points)), w.pts(abs(r.Limit)))
	case metrics.ReasonFinishPassed:
		return w.T(i18n.ReasonFinishPassed)
	case metrics.ReasonLittleSlack:
		return w.N(i18n.ReasonOwnersSlack, int64(r.Days), w.day(*r.Date), w.Int(int64(r.LimitDays)))
	case metrics.ReasonWithinLimits:
		return w.withinLimits(r)
	}
	return ""
}

func (w words) withinLimits(r metrics.Reason) string {
	deviation := w.deviation(r.Points)
	if r.Date == nil {
		return deviation
	}
	return deviation + " " + w.N(i18n.ReasonOwnersInTime, int64(r.Days), w.day(*r.Date))
}

// deviation is the distance from the plan as a sentence.
func (w words) deviation(d metrics.BasisPoints) string {
	switch {
	case d < 0:
		return w.T(i18n.HeadlineBelowPlan, w.pts(-d))
	case d > 0:
		return w.T(i18n.HeadlineAbovePlan, w.pts(d))
	}
	return w.T(i18n.HeadlineOnPlan)
}

// ruleAnchor is where the method page explains a reason.
func ruleAnchor(code metrics.ReasonCode) string { return "rule-" + string(code) }

// headline is the one sentence of a program: how far, and how it stands against the binding deadline.
func (w words) headline(a metrics.Assessment, p metrics.Program, fc metrics.ProgramForecast) string {
	binding := a.Binding()
	switch v := a.Judgement.Verdict; {
	case v == metrics.Accepted:
		return w.accepted(p)
	case v == metrics.DeclaredComplete:
		return w.T(i18n.HeadlineDeclared, w.declaredOn(a))
	case a.State == metrics.StateNoScope:
		return w.T(i18n.ReasonNoScope)
	case a.State == metrics.StateNotStarted:
		return join(w.T(i18n.HeadlineNoReport), w.deadlineAhead(a, binding))
	case v == metrics.CannotBeAssessed && a.HeadlineRange != nil:
		return w.T(i18n.HeadlineRange, w.ofWhole(w.pct(a.HeadlineRange.Low)), w.ofWhole(w.bound(a.HeadlineRange.High)))
	case v == metrics.CannotBeAssessed && a.Curve.LastReport != nil && a.Judgement.Reason.Code == metrics.ReasonStale:
		return w.T(i18n.HeadlineStale, w.ofWhole(w.pct(a.Reported)), w.day(*a.Curve.LastReport))
	case v == metrics.PastDeadline && binding != nil:
		return w.N(i18n.HeadlinePastDeadline, int64(-binding.DaysLeft), w.day(binding.Deadline.Date), w.pts(a.Outstanding))
	case binding == nil:
		return join(w.T(i18n.HeadlineReported, w.ofWhole(w.pct(a.Reported))), w.T(i18n.DeadlineNone))
	}
	return join(w.T(i18n.HeadlineReported, w.ofWhole(w.pct(a.Reported))), w.finish(a, *binding, fc))
}

// finish is the forecast against a deadline, or why there is none. Near the end the owners' dates stand first; the pace is told by
// the outlook beside them.
func (w words) finish(a metrics.Assessment, d metrics.DeadlineAssessment, fc metrics.ProgramForecast) string {
	if fc.OwnersFirst {
		return w.ownersFinish(a, d)
	}
	forecast := fc.Governing()
	if sentence, ok := w.forecastHeadline(forecast, d.Deadline); ok {
		return sentence
	}
	return join(w.forecastLead(forecast), w.deadlineAhead(a, &d))
}

// outlook is the range of the forecast in a sentence, or why there is none; "" once nothing is open.
func (w words) outlook(a metrics.Assessment, fc metrics.ProgramForecast) string {
	forecast := fc.Governing()
	switch {
	case a.Open == 0:
		return ""
	case a.HeadlineRange != nil:
		return w.T(i18n.ForecastSilent)
	case !forecast.HasDates():
		return w.forecastLead(forecast)
	case forecast.P10 == nil:
		return w.T(i18n.OutlookLater, w.forecastDay(forecast, nil))
	case forecast.P80 == nil:
		return w.T(i18n.OutlookOpen, w.day(*forecast.P10), w.forecastDay(forecast, nil))
	}
	return w.T(i18n.OutlookRange, w.days(*forecast.P10, *forecast.P80), w.day(*forecast.P50))
}

// ownersFinish sets the owners' plan dates against a deadline, and says whose dates they are.
func (w words) ownersFinish(a metrics.Assessment, d metrics.DeadlineAssessment) string {
	due := w.day(d.Deadline.Date)
	if a.OwnerFinish.Day == nil {
		return join(w.T(i18n.HeadlineFinishPassed), w.deadlineAhead(a, &d))
	}
	finish, slack := w.day(*a.OwnerFinish.Day), int64(d.Deadline.Date-*a.OwnerFinish.Day)
	switch {
	case slack > 0:
		return w.N(i18n.HeadlineOwnersBefore, slack, finish, due)
	case slack < 0:
		return w.N(i18n.HeadlineOwnersAfter, -slack, finish, due)
	}
	return w.T(i18n.HeadlineOwnersOn, finish)
}

func (w words) deadlineAhead(a metrics.Assessment, d *metrics.DeadlineAssessment) string {
	switch {
	case d == nil:
		return w.T(i18n.DeadlineNone)
	case d.DaysLeft > 0:
		return w.N(i18n.HeadlineDaysLeft, int64(d.DaysLeft), w.day(d.Deadline.Date))
	case d.DaysLeft == 0:
		return w.T(i18n.HeadlineDeadlineToday, w.day(d.Deadline.Date), w.pts(a.Outstanding))
	}
	return w.N(i18n.HeadlinePastDeadline, int64(-d.DaysLeft), w.day(d.Deadline.Date), w.pts(a.Outstanding))
}

// accepted cites the latest letter.
func (w words) accepted(p metrics.Program) string {
	if len(p.Acceptances) == 0 {
		return w.T(i18n.ReasonAllAccepted)
	}
	letter := p.Acceptances[len(p.Acceptances)-1]
	return w.T(i18n.HeadlineAccepted, letter.Number, w.day(letter.Date))
}

// declaredOn is the day from which the curve has stood at the whole without a break.
func (w words) declaredOn(a metrics.Assessment) string {
	day := a.Today
	for i := len(a.Curve.Points) - 1; i >= 0 && a.Curve.Points[i].Reported >= metrics.Whole; i-- {
		day = a.Curve.Points[i].Day
	}
	return w.day(day)
}

func join(sentences ...string) string {
	text := ""
	for _, s := range sentences {
		if s != "" && text != "" {
			text += " "
		}
		text += s
	}
	return text
}

func abs(b metrics.BasisPoints) metrics.BasisPoints {
	if b < 0 {
		return -b
	}
	return b
}

// deadlineName is "v3" for a version of the regulator's deadline, and the key of anybody else's date.
func (w words) deadlineName(d metrics.Deadline) string {
	if d.Version > 0 {
		return w.T(i18n.DeadlineVersion, w.Int(d.Version))
	}
	return d.Key
}

// deadlineDay is a deadline's date, with the early end where a range was stated.
func (w words) deadlineDay(d metrics.Deadline) string {
	if d.Earliest != nil && *d.Earliest != d.Date {
		return w.days(*d.Earliest, d.Date)
	}
	return w.day(d.Date)
}

// basis names the document behind a deadline, or says that there is none.
func (w words) basis(d metrics.Deadline) string {
	if d.Document == "" {
		return w.T(i18n.DeadlineNoDocument)
	}
	return w.T(i18n.DeadlineDocument, d.Document)
}
