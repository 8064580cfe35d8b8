package web

import (
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// evidenceJSON is one piece of evidence.
type evidenceJSON struct {
	Key         string                `json:"key"`
	Milestone   string                `json:"milestone"`
	SHA256      string                `json:"sha256,omitempty"` // of a file
	Size        int64                 `json:"size,omitempty"`
	MediaType   string                `json:"media_type,omitempty"`
	Download    string                `json:"download,omitempty"` // for a signed-in person
	Link        string                `json:"link,omitempty"`
	Erased      bool                  `json:"erased"` // the file's content is gone
	ObservedOn  metrics.Day           `json:"observed_on"`
	Label       metrics.Text          `json:"label"`
	Description metrics.Text          `json:"description,omitzero"`
	By          string                `json:"by"` // pseudonym
	Entry       int64                 `json:"entry"`
	RecordedAt  string                `json:"recorded_at"`
	Provenance  string                `json:"provenance,omitempty"`
	State       metrics.EvidenceState `json:"state"`
	Review      *reviewJSON           `json:"review"` // null: it waits for one
}

type reviewJSON struct {
	Accepted   bool         `json:"accepted"`
	Done       int64        `json:"done"` // how much of the milestone's count it supports
	Reason     metrics.Text `json:"reason,omitzero"`
	By         string       `json:"by"`
	Entry      int64        `json:"entry"`
	RecordedAt string       `json:"recorded_at"`
}

type evidenceMilestoneJSON struct {
	Key      string         `json:"key"`
	Open     bool           `json:"open"`
	Done     *int64         `json:"done"`     // null: no count was ever reported
	Verified int64          `json:"verified"` // how much of it accepted evidence supports
	Evidence []evidenceJSON `json:"evidence"`
}

type evidenceListJSON struct {
	Program string `json:"program"`
	asKnown
	Done       int                     `json:"done_milestones"`
	None       int                     `json:"without_evidence"`   // of the done ones
	Unaccepted int                     `json:"not_fully_accepted"` // of the done ones, beside those without
	Milestones []evidenceMilestoneJSON `json:"milestones"`
}

func newEvidenceJSON(slug string, e metrics.Evidence) evidenceJSON {
	answer := evidenceJSON{
		Key: e.Key, Milestone: e.Milestone, SHA256: e.SHA256, Size: e.Size, MediaType: e.MediaType, Link: e.Link, Erased: e.Erased, ObservedOn: e.ObservedOn, Label: e.Label,
		Description: e.Description, By: e.By, Entry: e.Entry, RecordedAt: rfc3339(e.RecordedAt), Provenance: e.Provenance, State: e.State(),
	}
	if e.SHA256 != "" && !e.Erased {
		answer.Download = view.ProgramPath(slug) + view.FilePath(e.SHA256)
	}
	if r := e.Review; r != nil {
		answer.Review = &reviewJSON{r.Accepted, r.Done, r.Reason, r.By, r.Entry, rfc3339(r.RecordedAt)}
	}
	return answer
}

// getEvidenceJSON is the evidence of every milestone, those without any included.
func (s *Server) getEvidenceJSON(r *request) error {
	return s.sendJudged(r, func(j judged) (any, error) {
		missing := j.assessment.Missing
		answer := evidenceListJSON{j.Key, newAsKnown(j), missing.Done, missing.None, missing.Unaccepted, []evidenceMilestoneJSON{}}
		for _, m := range j.assessment.Milestones {
			row := evidenceMilestoneJSON{Key: m.Milestone.Key, Open: m.Open, Verified: m.Milestone.Verified, Evidence: []evidenceJSON{}}
			if c := m.Milestone.Progress.Counts; c != nil {
				row.Done, row.Verified = &c.Done, min(row.Verified, c.Done)
			}
			for _, e := range j.EvidenceOf(m.Milestone.Key) {
				row.Evidence = append(row.Evidence, newEvidenceJSON(j.Key, e))
			}
			answer.Milestones = append(answer.Milestones, row)
		}
		return answer, nil
	})
}
