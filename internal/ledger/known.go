package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// ErrUnknown means that an entry may be good but says something that this program does not know: it was written by a newer one.
var ErrUnknown = errors.New("written by a newer version of this program")

// bodies makes an empty body of each kind.
var bodies = map[Kind]func() any{
	KindProgram:    func() any { return new(Program) },
	KindArea:       func() any { return new(Area) },
	KindMilestone:  func() any { return new(Milestone) },
	KindWeights:    func() any { return new(Weights) },
	KindDeadline:   func() any { return new(Deadline) },
	KindJob:        func() any { return new(Job) },
	KindReport:     func() any { return new(Report) },
	KindCorrection: func() any { return new(Report) },
	KindItem:       func() any { return new(Item) },
	KindStatement:  func() any { return new(Statement) },
	KindReview:     func() any { return new(Review) },
	KindAcceptance: func() any { return new(Acceptance) },
	KindOverride:   func() any { return new(Override) },
	KindForecast:   func() any { return new(Forecast) },
	KindErasure:    func() any { return new(Erasure) },
	KindKey:        func() any { return new(Key) },
	KindEpoch:      func() any { return new(Epoch) },

	KindReopening:    func() any { return new(Report) },
	KindEvidence:     func() any { return new(Evidence) },
	KindProposal:     func() any { return new(Proposal) },
	KindDecision:     func() any { return new(Decision) },
	KindDuty:         func() any { return new(Duty) },
	KindLadder:       func() any { return new(Ladder) },
	KindSanctionStep: func() any { return new(SanctionStep) },
	KindAudit:        func() any { return new(Audit) },
	KindFileErasure:  func() any { return new(FileErasure) },

	KindProgressReport: func() any { return new(ProgressReport) },
	KindRelease:        func() any { return new(Release) },
}

// KnowsBody returns ErrUnknown for an entry of a kind, or with a member in its body, that this program does not know. Pages read
// over such things; a verifier must not, since figures made without them could be called wrong.
func KnowsBody(e Entry) error {
	body, known := bodies[e.Kind]
	if !known {
		return fmt.Errorf("%w: kind %q", ErrUnknown, e.Kind)
	}
	if err := json.Unmarshal(e.Body, body()); err != nil {
		return fmt.Errorf("entry %d: %w", e.Number, err)
	}
	dec := json.NewDecoder(bytes.NewReader(e.Body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(body()); err != nil {
		return fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	return nil
}
