package ledger

// Release makes figures of the program public, or ends that. The newest entry counts and nothing that comes later changes what it
// says. Key: "release". Free text: "note" for the public, with "note_en"; "reason" for the record, needed to withdraw.
type Release struct {
	Withdrawn bool           `json:"withdrawn,omitempty"` // nothing is public any more
	Badge     bool           `json:"badge,omitempty"`     // other sites may show the figure as a picture
	Figures   *PublicFigures `json:"figures,omitempty"`   // nil: withdrawn
}

// PublicFigures are what everybody may read: copies of what the program's pages showed at AsOf, with entries up to Entry. The members
// are called what they are called in the API's answers, so that a verifier derives them anew from the ledger. A part that was not
// released is missing.
type PublicFigures struct {
	AsOf       string `json:"as_of"` // RFC 3339, the moment judged at
	Entry      int64  `json:"entry"`
	RecordedAt string `json:"recorded_at"` // when Entry was recorded
	Today      string `json:"today"`       // the day of AsOf in the program's zone
	Name       Text   `json:"name"`
	Demo       string `json:"demo,omitempty"` // as in Program
	State      string `json:"state"`
	PublicPoints
	Range *PublicRange `json:"headline_range,omitempty"` // in the place of Reported where too much was silent for one figure
	PublicVerdict
	Areas      []PublicArea      `json:"areas,omitempty"`
	Milestones []PublicMilestone `json:"milestones,omitempty"`
}

// PublicPoints are points of the whole, in basis points.
type PublicPoints struct {
	Reported    int64 `json:"reported_basis_points"`
	Verified    int64 `json:"verified_basis_points"`
	Accepted    int64 `json:"accepted_basis_points"`
	Outstanding int64 `json:"outstanding_basis_points"`
}

// PublicRange bounds the reported figure, in basis points of the whole.
type PublicRange struct {
	Low  int64 `json:"low_basis_points"`
	High int64 `json:"high_basis_points"`
}

// PublicVerdict is how the program stood against the deadline that counts, and the rule that decided it.
type PublicVerdict struct {
	Verdict    string          `json:"verdict,omitempty"`
	Reason     *PublicReason   `json:"reason,omitempty"`
	Deadline   *PublicDeadline `json:"deadline,omitempty"` // nil: none counted
	LastReport string          `json:"last_report,omitempty"`
}

// PublicReason is the rule's code and its numbers; those that do not belong to it are zero.
type PublicReason struct {
	Code      string `json:"code"`
	Points    int64  `json:"basis_points,omitempty"`
	Limit     int64  `json:"limit_basis_points,omitempty"`
	Days      int64  `json:"days,omitempty"`
	LimitDays int64  `json:"limit_days,omitempty"`
	Date      string `json:"date,omitempty"`
}

// PublicDeadline is the regulator's deadline.
type PublicDeadline struct {
	Key      string `json:"key"`
	Version  int64  `json:"version"`
	Date     string `json:"date"`
	DaysLeft int64  `json:"days_left"` // from Today; negative: past
}

// PublicArea is an area: points of the whole, and the share of the area itself.
type PublicArea struct {
	Key    string `json:"key"`
	Name   Text   `json:"name"`
	Weight int64  `json:"weight_basis_points"`
	PublicPoints
	Share int64 `json:"share_basis_points"`
}

// PublicMilestone is a milestone.
type PublicMilestone struct {
	Key    string `json:"key"`
	Name   Text   `json:"name"`
	Unit   string `json:"unit,omitempty"`
	Weight int64  `json:"weight_basis_points"`
	Done   *int64 `json:"done"` // null: no count was ever reported
	Total  *int64 `json:"total"`
	PublicPoints
	Share int64 `json:"share_basis_points"` // of the milestone
}
