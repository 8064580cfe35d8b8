package bundle

import "tenggat/internal/metrics"

// FiguresVersion is the version of how figures are made of a ledger. It is raised with every change of the fold or of metrics that
// gives other figures of the same entries, so that an older verifier says "I cannot check these", not "these are wrong".
const FiguresVersion = 1

// Figures are what a program's pages showed of it at one moment, as far as a verifier derives it anew. The members are called what
// they are called in the API's answers, and mean the same.
type Figures struct {
	Version int           `json:"figures_version"`
	AsOf    string        `json:"as_of"` // the moment judged at
	Entry   int64         `json:"entry"` // the last entry known then
	State   metrics.State `json:"state"`
	Points
	Verdict    metrics.Verdict    `json:"verdict"` // by the rule, against the binding deadline
	Areas      []AreaFigures      `json:"areas"`
	Milestones []MilestoneFigures `json:"milestones"`
	Deadlines  []DeadlineFigures  `json:"deadlines"`
}

// Points are points of the whole, in basis points.
type Points struct {
	Reported    metrics.BasisPoints `json:"reported_basis_points"`
	Verified    metrics.BasisPoints `json:"verified_basis_points"`
	Accepted    metrics.BasisPoints `json:"accepted_basis_points"`
	Outstanding metrics.BasisPoints `json:"outstanding_basis_points"`
	Planned     metrics.BasisPoints `json:"planned_basis_points"`
	Deviation   metrics.BasisPoints `json:"deviation_basis_points"`
}

// AreaFigures are an area's.
type AreaFigures struct {
	Key    string              `json:"key"`
	Weight metrics.BasisPoints `json:"weight_basis_points"`
	Points
	Share metrics.BasisPoints `json:"share_basis_points"` // of the area
}

// MilestoneFigures are a milestone's.
type MilestoneFigures struct {
	Key    string              `json:"key"`
	Weight metrics.BasisPoints `json:"weight_basis_points"`
	Done   *int64              `json:"done"` // null: no count was ever reported
	Total  *int64              `json:"total"`
	Points
	Share metrics.BasisPoints `json:"share_basis_points"` // of the milestone
	Open  bool                `json:"open"`
	Stale bool                `json:"stale"`
}

// DeadlineFigures are a deadline's.
type DeadlineFigures struct {
	Key      string          `json:"key"`
	Date     metrics.Day     `json:"date"`
	Binding  bool            `json:"binding"`
	DaysLeft int             `json:"days_left"`
	Passed   bool            `json:"passed"`
	Verdict  metrics.Verdict `json:"verdict"`
}

// NewFigures picks the figures out of an assessment of p.
func NewFigures(p metrics.Program, a metrics.Assessment) Figures {
	f := Figures{
		Version: FiguresVersion, AsOf: FormatTime(a.At), Entry: p.Entry, State: a.State, Points: Points(a.Figures), Verdict: a.Judgement.Verdict,
		Areas: []AreaFigures{}, Milestones: []MilestoneFigures{}, Deadlines: []DeadlineFigures{},
	}
	for _, area := range a.Areas {
		f.Areas = append(f.Areas, AreaFigures{area.Key, area.Weight, Points(area.Figures), area.Share})
	}
	for _, m := range a.Milestones {
		mf := MilestoneFigures{Key: m.Milestone.Key, Weight: m.Milestone.Weight, Points: Points(m.Figures), Share: m.Share, Open: m.Open, Stale: m.Stale}
		if c := m.Milestone.Progress.Counts; c != nil {
			mf.Done, mf.Total = &c.Done, &c.Total
		}
		f.Milestones = append(f.Milestones, mf)
	}
	for _, d := range a.Deadlines {
		f.Deadlines = append(f.Deadlines, DeadlineFigures{d.Deadline.Key, d.Deadline.Date, d.Deadline.Binding, d.DaysLeft, d.Passed, d.Judgement.Verdict})
	}
	return f
}
