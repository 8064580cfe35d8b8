package metrics

import "time"

// Evidence is a file or a link that supports a milestone.
type Evidence struct {
	Key         string
	Milestone   string
	SHA256      string // hex; "": a link
	Size        int64  // bytes
	MediaType   string
	Link        string
	ObservedOn  Day
	Label       Text
	Description Text
	Provenance  string
	By          string // pseudonym of who added it
	Entry       int64
	RecordedAt  time.Time
	Erased      bool    // the file's content is gone, its SHA-256 stays
	Review      *Review // nil: it waits for one
	Void        bool    // its milestone was reopened after it was reviewed: it supports nothing any more
}

// Review is a second person's judgement of a piece of evidence.
type Review struct {
	Accepted   bool
	Done       int64 // how much of the milestone's count it supports
	Reason     Text
	By         string
	Entry      int64
	RecordedAt time.Time
}

// EvidenceState says in one word what became of a piece of evidence.
type EvidenceState string

// The states of evidence.
const (
	EvidenceWaits    EvidenceState = "waits"
	EvidenceAccepted EvidenceState = "accepted"
	EvidenceRefused  EvidenceState = "refused"
	EvidenceVoid     EvidenceState = "void" // its milestone was reopened since
)

// State is what became of it.
func (e Evidence) State() EvidenceState {
	switch {
	case e.Void:
		return EvidenceVoid
	case e.Review == nil:
		return EvidenceWaits
	case e.Review.Accepted:
		return EvidenceAccepted
	}
	return EvidenceRefused
}

// EvidenceCount is how much evidence a milestone has, by state.
type EvidenceCount struct{ Waits, Accepted, Refused, Void int }

// All is every piece.
func (c EvidenceCount) All() int { return c.Waits + c.Accepted + c.Refused + c.Void }

// EvidenceOf are the pieces that belong to a milestone, in the order they were recorded.
func (p Program) EvidenceOf(milestone string) []Evidence {
	var of []Evidence
	for _, e := range p.Evidence {
		if e.Milestone == milestone {
			of = append(of, e)
		}
	}
	return of
}

func (p Program) evidenceCounts() map[string]EvidenceCount {
	counts := map[string]EvidenceCount{}
	for _, e := range p.Evidence {
		c := counts[e.Milestone]
		switch e.State() {
		case EvidenceWaits:
			c.Waits++
		case EvidenceAccepted:
			c.Accepted++
		case EvidenceRefused:
			c.Refused++
		case EvidenceVoid:
			c.Void++
		}
		counts[e.Milestone] = c
	}
	return counts
}

// MissingEvidence says of the milestones with nothing left to do how many lack what supports them; docs/metrics.md#missing-evidence.
type MissingEvidence struct {
	Done       int // milestones with nothing left to do
	None       int // of these, without any evidence in force
	Unaccepted int // of these, with evidence, but not with accepted evidence for all that is done
}

// add counts a milestone, if it has nothing left to do.
func (m *MissingEvidence) add(a MilestoneAssessment) {
	if a.Open {
		return
	}
	m.Done++
	switch {
	case a.Evidence.Waits+a.Evidence.Accepted == 0:
		m.None++
	case a.Milestone.Verified < a.Milestone.Progress.done():
		m.Unaccepted++
	}
}
