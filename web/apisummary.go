package web

import (
	"tenggat/internal/metrics"
)

type summaryJSON struct {
	Program string `json:"program"`
	asKnown
	State metrics.State `json:"state"`
	figuresJSON
	Verdict     metrics.Verdict     `json:"verdict"` // against the binding deadline
	Reason      reasonJSON          `json:"reason"`
	Override    *overrideJSON       `json:"override"`       // a person's verdict beside it; null: none is in force
	Range       *rangeJSON          `json:"headline_range"` // null: reported_basis_points stands
	Schedule    *scheduleJSON       `json:"schedule"`       // against the program's own plan; null: there is none
	Rates       ratesJSON           `json:"rates"`
	Forecast    programForecastJSON `json:"forecast"`
	Areas       []areaJSON          `json:"areas"`
	Deadlines   []deadlineJSON      `json:"deadlines"`
	Bindings    []bindingJSON       `json:"bindings"` // which deadline counted when, in order
	WeightSet   weightSetJSON       `json:"weight_set"`
	Rules       rulesJSON           `json:"rules"`
	StaleWeight metrics.BasisPoints `json:"stale_basis_points"` // weight of the milestones whose report is missing
	Stale       []string            `json:"stale_milestones"`
	Stalled     []string            `json:"stalled_milestones"`
	Behind      []string            `json:"behind_milestones"`
	Failing     []string            `json:"failing_milestones"`
	Open        int                 `json:"open_milestones"`
	LastHeardAt *string             `json:"last_heard_at"`
}

type areaJSON struct {
	Key    string              `json:"key"`
	Name   textJSON            `json:"name"`
	Weight metrics.BasisPoints `json:"weight_basis_points"`
	figuresJSON
	Share        metrics.BasisPoints `json:"share_basis_points"` // of the area
	PlannedShare metrics.BasisPoints `json:"planned_share_basis_points"`
	Open         int                 `json:"open_milestones"`
}

type deadlineJSON struct {
	Key         string               `json:"key"`
	Version     int64                `json:"version"`
	Kind        metrics.DeadlineKind `json:"kind"`
	Date        metrics.Day          `json:"date"`
	Earliest    *metrics.Day         `json:"earliest"`
	Binding     bool                 `json:"binding"`
	DaysLeft    int                  `json:"days_left"`
	Passed      bool                 `json:"passed"`
	Document    string               `json:"document"`
	Stated      textJSON             `json:"stated"`
	AnnouncedOn metrics.Day          `json:"announced_on"`
	AnnouncedBy string               `json:"announced_by"`
	Verdict     metrics.Verdict      `json:"verdict"`
	Reason      reasonJSON           `json:"reason"`
	Override    *overrideJSON        `json:"override"`
	Schedule    *scheduleJSON        `json:"schedule"` // against a straight line to its date
}

type reasonJSON struct {
	Code      metrics.ReasonCode  `json:"code"`
	Points    metrics.BasisPoints `json:"basis_points,omitempty"`
	Limit     metrics.BasisPoints `json:"limit_basis_points,omitempty"`
	Days      int                 `json:"days,omitempty"`
	LimitDays int                 `json:"limit_days,omitempty"`
	Date      *metrics.Day        `json:"date,omitempty"`
}

// bindingJSON is a time during which one deadline counted.
type bindingJSON struct {
	Deadline string  `json:"deadline"`
	From     string  `json:"from"`
	Entry    int64   `json:"entry"`
	To       *string `json:"to"`       // null: it still does
	ToEntry  *int64  `json:"to_entry"` // the entry that ended it
}

func newBindings(p metrics.Program) []bindingJSON {
	list := []bindingJSON{}
	for _, b := range p.Bindings {
		answer := bindingJSON{Deadline: b.Deadline, From: rfc3339(b.From), Entry: b.Entry}
		if b.To != nil {
			to := rfc3339(*b.To)
			answer.To, answer.ToEntry = &to, &b.ToEntry
		}
		list = append(list, answer)
	}
	return list
}

// rulesJSON are the thresholds in force and their version.
type rulesJSON struct {
	Version      int64               `json:"version"` // 0: none was recorded yet
	Entry        int64               `json:"entry"`
	RecordedAt   *string             `json:"recorded_at"`
	WatchEarly   metrics.BasisPoints `json:"watch_basis_points_early"`
	WatchLate    metrics.BasisPoints `json:"watch_basis_points_late"`
	MinSlackDays int                 `json:"min_slack_days"`
	EndgameOpen  int                 `json:"endgame_open_milestones"`
	StaleShare   metrics.BasisPoints `json:"stale_share_basis_points"`
	StalledAfter int                 `json:"stalled_after_reports"`
	Allowance    int                 `json:"forecast_allowance_days"` // 0: 240, at most the length of the part itself
}

func newRules(p metrics.Program) rulesJSON {
	r := p.Rules
	answer := rulesJSON{
		WatchEarly: r.WatchEarly, WatchLate: r.WatchLate, MinSlackDays: r.MinSlackDays, EndgameOpen: r.EndgameOpen, StaleShare: r.StaleShare,
		StalledAfter: r.StalledAfter, Allowance: r.Allowance,
	}
	if n := len(p.RuleSets); n > 0 {
		last := p.RuleSets[n-1]
		answer.Version, answer.Entry, answer.RecordedAt = last.Version, last.Entry, optionalTime(last.RecordedAt)
	}
	return answer
}

type weightSetJSON struct {
	Version    int64   `json:"version"` // 0: none yet
	Entry      int64   `json:"entry"`
	RecordedAt *string `json:"recorded_at"`
}

func newSummary(j judged) summaryJSON {
	a := j.assessment
	s := summaryJSON{
		Program: j.Key, asKnown: newAsKnown(j), State: a.State, figuresJSON: newFigures(a.Figures), Verdict: a.Judgement.Verdict,
		Reason: reasonJSON(a.Judgement.Reason), Areas: []areaJSON{}, Deadlines: []deadlineJSON{}, Stale: []string{}, Failing: []string{},
		Stalled: []string{}, Behind: []string{}, Override: newOverride(a.Override), Range: newRange(a.HeadlineRange), Schedule: newSchedule(a.Schedule),
		Rates: newRates(a.Rates, a.Deadlines), Forecast: newProgramForecast(j),
		Bindings: newBindings(j.Program), Rules: newRules(j.Program),
		WeightSet:   weightSetJSON{j.WeightSet.Version, j.WeightSet.Entry, optionalTime(j.WeightSet.RecordedAt)},
		StaleWeight: a.StaleWeight, Open: a.Open, LastHeardAt: optionalTime(a.LastHeardAt),
	}
	for _, area := range a.Areas {
		s.Areas = append(s.Areas, areaJSON{area.Key, textJSON(area.Name), area.Weight, newFigures(area.Figures), area.Share, area.PlannedShare, area.Open})
	}
	for _, d := range a.Deadlines {
		s.Deadlines = append(s.Deadlines, newDeadlineJSON(d))
	}
	for _, m := range a.Milestones {
		if m.Stale {
			s.Stale = append(s.Stale, m.Milestone.Key)
		}
		if m.Stalled {
			s.Stalled = append(s.Stalled, m.Milestone.Key)
		}
		if m.Behind {
			s.Behind = append(s.Behind, m.Milestone.Key)
		}
		if m.Failing {
			s.Failing = append(s.Failing, m.Milestone.Key)
		}
	}
	return s
}

func newDeadlineJSON(a metrics.DeadlineAssessment) deadlineJSON {
	d := a.Deadline
	return deadlineJSON{
		Key: d.Key, Version: d.Version, Kind: d.Kind, Date: d.Date, Earliest: d.Earliest, Binding: d.Binding, DaysLeft: a.DaysLeft, Passed: a.Passed,
		Document: d.Document, Stated: textJSON(d.Stated), AnnouncedOn: d.AnnouncedOn, AnnouncedBy: d.AnnouncedBy,
		Verdict: a.Judgement.Verdict, Reason: reasonJSON(a.Judgement.Reason),
		Override: newOverride(a.Override), Schedule: newSchedule(a.Schedule),
	}
}

func (s *Server) getSummaryJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) { return newSummary(j), nil })
}
