package web

import (
	"slices"

	"tenggat/internal/metrics"
)

// figuresJSON are points of the whole in basis points: 10,000 is the whole program.
type figuresJSON struct {
	Reported    metrics.BasisPoints `json:"reported_basis_points"`
	Verified    metrics.BasisPoints `json:"verified_basis_points"`
	Accepted    metrics.BasisPoints `json:"accepted_basis_points"`
	Outstanding metrics.BasisPoints `json:"outstanding_basis_points"`
	Planned     metrics.BasisPoints `json:"planned_basis_points"`
	Deviation   metrics.BasisPoints `json:"deviation_basis_points"`
}

func newFigures(f metrics.Figures) figuresJSON {
	return figuresJSON{f.Reported, f.Verified, f.Accepted, f.Outstanding, f.Planned, f.Deviation}
}

type milestoneJSON struct {
	Key        string              `json:"key"`
	Area       string              `json:"area"`
	Name       textJSON            `json:"name"`
	Definition textJSON            `json:"definition_of_done"`
	Unit       string              `json:"unit"`
	Layer      string              `json:"layer"`
	Weight     metrics.BasisPoints `json:"weight_basis_points"`
	Start      string              `json:"planned_start"`
	Due        string              `json:"planned_due"`
	Done       *int64              `json:"done"` // null: no count was ever reported
	Total      *int64              `json:"total"`
	Failed     *int64              `json:"failed,omitempty"`
	Skipped    *int64              `json:"skipped,omitempty"`
	figuresJSON
	Share       metrics.BasisPoints `json:"share_basis_points"` // of the milestone itself
	State       string              `json:"state,omitempty"`    // of the latest run
	RunID       string              `json:"run_id,omitempty"`
	ObservedAt  *string             `json:"observed_at"` // of the count in force
	LastHeardAt *string             `json:"last_heard_at"`
	NextDueAt   *string             `json:"next_report_due_at"`
	Open        bool                `json:"open"`
	Stale       bool                `json:"stale"`
	Stalled     bool                `json:"stalled"`
	SameCount   int                 `json:"same_count"` // reports in a row that left the count where it is
	Failing     bool                `json:"failing"`
	Behind      bool                `json:"behind"`
	Overdue     bool                `json:"overdue"`
	Reports     int64               `json:"reports"`
	Rates       ratesJSON           `json:"rates"`
}

func newMilestoneJSON(a metrics.MilestoneAssessment, deadlines []metrics.DeadlineAssessment) milestoneJSON {
	m := a.Milestone
	answer := milestoneJSON{
		Key: m.Key, Area: m.Area, Name: textJSON(m.Name), Definition: textJSON(m.Definition), Unit: m.Unit, Layer: m.Layer, Weight: m.Weight,
		Start: m.Start.String(), Due: m.Due.String(), figuresJSON: newFigures(a.Figures), Share: a.Share,
		State: string(m.Progress.State), RunID: m.Progress.Run, LastHeardAt: optionalTime(a.LastHeardAt), NextDueAt: optionalTime(a.ReportDueAt),
		Open: a.Open, Stale: a.Stale, Failing: a.Failing, Behind: a.Behind, Overdue: a.Overdue, Reports: m.Progress.Reports,
		Stalled: a.Stalled, SameCount: m.SameCount, Rates: newRates(a.Rates, deadlines),
	}
	if c := m.Progress.Counts; c != nil {
		answer.Done, answer.Total, answer.Failed, answer.Skipped = &c.Done, &c.Total, c.Failed, c.Skipped
		answer.ObservedAt = optionalTime(m.Progress.Counted.At)
	}
	return answer
}

type milestonesJSON struct {
	Program string `json:"program"`
	asKnown
	Milestones []milestoneJSON `json:"milestones"`
}

func (s *Server) getMilestonesJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) {
		answer := milestonesJSON{j.Key, newAsKnown(j), []milestoneJSON{}}
		for _, m := range j.assessment.Milestones {
			answer.Milestones = append(answer.Milestones, newMilestoneJSON(m, j.assessment.Deadlines))
		}
		return answer, nil
	})
}

func (s *Server) getMilestoneJSON(r *request) error {
	key := r.param("milestone")
	return s.sendJudged(r, func(j judged) (any, error) {
		m, err := j.milestone(key)
		if err != nil {
			return nil, err
		}
		return struct {
			Program string `json:"program"`
			asKnown
			milestoneJSON
		}{j.Key, newAsKnown(j), newMilestoneJSON(*m, j.assessment.Deadlines)}, nil
	})
}

// milestone finds one milestone's assessment; there is none for what is not in scope at that moment.
func (j *judged) milestone(key string) (*metrics.MilestoneAssessment, error) {
	i := slices.IndexFunc(j.assessment.Milestones, func(m metrics.MilestoneAssessment) bool { return m.Milestone.Key == key })
	if i < 0 {
		return nil, &failure{kind: notFound}
	}
	return &j.assessment.Milestones[i], nil
}
