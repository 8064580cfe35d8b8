package web

import (
	"tenggat/internal/metrics"
)

type itemJSON struct {
	Kind      metrics.ItemKind    `json:"kind"`
	Key       string              `json:"key,omitempty"`
	Milestone string              `json:"milestone,omitempty"`
	Points    metrics.BasisPoints `json:"basis_points"` // of the whole
	Counted   bool                `json:"counted"`      // in the outstanding figure
	Since     *metrics.Day        `json:"since,omitempty"`
	AgeDays   int                 `json:"age_days"`
	Due       *metrics.Day        `json:"due,omitempty"`
	Overdue   int                 `json:"overdue_days"`
	OwnerRole metrics.Text        `json:"owner_role,omitzero"`
	WaitsOn   metrics.Text        `json:"waits_on,omitzero"`
	Recorded  []recordedItem      `json:"recorded,omitempty"`
	Proposal  string              `json:"proposal,omitempty"` // key of the correction or reopening that waits
	Audit     string              `json:"audit,omitempty"`    // key of the audit that is overdue
}

// recordedItem is an item that somebody recorded, such as a blocker.
type recordedItem struct {
	Key      string       `json:"key"`
	Kind     string       `json:"kind"`
	Title    metrics.Text `json:"title"`
	WaitsOn  metrics.Text `json:"waits_on,omitzero"`
	OpenedOn metrics.Day  `json:"opened_on"`
	Due      *metrics.Day `json:"due,omitempty"`
	Entry    int64        `json:"entry"`
}

func newItemJSON(a metrics.Assessment, o metrics.OutstandingItem) itemJSON {
	item := itemJSON{
		Kind: o.Kind, Points: o.Points, Counted: o.Counted, Since: o.Since, AgeDays: o.AgeDays, Due: o.Due, Overdue: o.OverdueDays,
		OwnerRole: o.OwnerRole, WaitsOn: o.WaitsOn,
	}
	if o.Milestone >= 0 {
		item.Milestone = a.Milestones[o.Milestone].Milestone.Key
	}
	if o.Proposal != nil {
		item.Proposal = o.Proposal.Key
	}
	if o.Audit != nil {
		item.Audit = o.Audit.Key
	}
	for _, i := range o.Recorded {
		item.Recorded = append(item.Recorded, recordedItem{i.Key, i.Kind, i.Title, i.WaitsOn, i.OpenedOn, i.Due, i.Entry})
	}
	return item
}

func (s *Server) getItemsJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) {
		answer := struct {
			Program string `json:"program"`
			asKnown
			figuresJSON
			Items []itemJSON `json:"items"`
		}{j.Key, newAsKnown(j), newFigures(j.assessment.Figures), []itemJSON{}}
		for _, o := range j.assessment.Items {
			answer.Items = append(answer.Items, newItemJSON(j.assessment, o))
		}
		return answer, nil
	})
}
