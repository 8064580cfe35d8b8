package metrics

import "time"

// planLateAbove is the planned value from which the stricter threshold holds; docs/metrics.md#thresholds.
const planLateAbove BasisPoints = 7000

// orDefault fills thresholds that a program leaves open.
func (r Rules) orDefault() Rules {
	d := DefaultRules()
	if r.WatchEarly != 0 {
		d.WatchEarly = r.WatchEarly
	}
	if r.WatchLate != 0 {
		d.WatchLate = r.WatchLate
	}
	if r.MinSlackDays != 0 {
		d.MinSlackDays = r.MinSlackDays
	}
	if r.EndgameOpen != 0 {
		d.EndgameOpen = r.EndgameOpen
	}
	if r.StaleShare != 0 {
		d.StaleShare = r.StaleShare
	}
	if r.StalledAfter != 0 {
		d.StalledAfter = r.StalledAfter
	}
	return d
}

// standing is what a verdict rests on beside the deadline.
type standing struct {
	at      time.Time
	zone    *time.Location
	state   State
	figures Figures
	stale   BasisPoints
	finish  OwnerFinish
	rules   Rules
}

// judge applies the rules of docs/metrics.md#verdict in their order; the first that fits decides. Facts come before doubts, and
// doubts before colours: what is complete or past its day is so however old the news, and nothing silent is on track.
func (s standing) judge(deadline *Deadline) Judgement {
	switch s.state {
	case StateNoScope:
		return Judgement{CannotBeAssessed, Reason{Code: ReasonNoScope}}
	case StateAccepted:
		return Judgement{Accepted, Reason{Code: ReasonAccepted}}
	case StateReopened:
		return Judgement{PartlyReopened, Reason{Code: ReasonReopened, Points: s.figures.Outstanding}}
	case StateDeclaredComplete:
		return Judgement{DeclaredComplete, Reason{Code: ReasonDeclared}}
	}
	if deadline == nil {
		return Judgement{CannotBeAssessed, Reason{Code: ReasonNoDeadline}}
	}
	if deadline.passed(s.at, s.zone) {
		days := int(DayOf(s.at, s.zone) - deadline.Date)
		return Judgement{PastDeadline, Reason{Code: ReasonPast, Days: days, Points: s.figures.Outstanding}}
	}
	if s.state == StateNotStarted {
		return Judgement{CannotBeAssessed, Reason{Code: ReasonNoReports}}
	}
	if s.stale > s.rules.StaleShare {
		return Judgement{CannotBeAssessed, Reason{Code: ReasonStale, Points: s.stale, Limit: s.rules.StaleShare}}
	}
	return s.colour(*deadline)
}

// colour is the part of judge that weighs plans against the deadline.
func (s standing) colour(deadline Deadline) Judgement {
	slack := deadline.slack(s.finish)
	if slack != nil && *slack < 0 {
		return Judgement{Late, Reason{Code: ReasonOwnersLate, Date: s.finish.Day, Days: -*slack}}
	}
	limit := s.rules.WatchEarly
	if s.figures.Planned > planLateAbove {
		limit = s.rules.WatchLate
	}
	if s.figures.Deviation < limit {
		return Judgement{Watch, Reason{Code: ReasonBehindPlan, Points: s.figures.Deviation, Limit: limit}}
	}
	if slack == nil {
		return Judgement{Watch, Reason{Code: ReasonFinishPassed}}
	}
	if *slack < s.rules.MinSlackDays {
		return Judgement{Watch, Reason{Code: ReasonLittleSlack, Date: s.finish.Day, Days: *slack, LimitDays: s.rules.MinSlackDays}}
	}
	return Judgement{OnTrack, Reason{Code: ReasonWithinLimits, Date: s.finish.Day, Days: *slack, Points: s.figures.Deviation}}
}

// passed reports whether the deadline's day has ended: from 24:00 in zone on.
func (d Deadline) passed(at time.Time, zone *time.Location) bool { return !at.Before(d.Date.End(zone)) }

// slack is the days from the owners' finish to the deadline, or nil without such a finish.
func (d Deadline) slack(finish OwnerFinish) *int {
	if finish.Day == nil {
		return nil
	}
	days := int(d.Date - *finish.Day)
	return &days
}

// assess judges one version of a deadline.
func (s standing) assess(d Deadline) DeadlineAssessment {
	today := DayOf(s.at, s.zone)
	a := DeadlineAssessment{
		Deadline: d, Passed: d.passed(s.at, s.zone), DaysLeft: int(d.Date - today), SlackDays: d.slack(s.finish), Judgement: s.judge(&d),
	}
	if d.Earliest != nil {
		days := int(*d.Earliest - today)
		a.DaysLeftEarliest = &days
	}
	return a
}
