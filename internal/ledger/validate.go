package ledger

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
)

// The longest texts that a ledger takes, in characters.
const (
	MaxIDLength   = 128
	MaxTextLength = 2000
	maxNameLength = 300
	maxAliases    = 20
)

// wholeBasisPoints is what a weight set must add up to.
const wholeBasisPoints = 10_000

// Observes reports whether an entry of this kind observes a milestone's progress.
func (k Kind) Observes() bool { return k == KindReport || k.Corrects() }

// Observes is Kind.Observes for an entry that was stored.
func (e Entry) Observes() bool { return e.Kind.Observes() }

// Corrects reports whether an entry of this kind may lower what was observed before it.
func (k Kind) Corrects() bool { return k == KindCorrection || k == KindReopening }

// Observes reports whether the draft observes a milestone's progress.
func (d Draft) Observes() bool { return d.Kind.Observes() }

// Milestone is the milestone that the draft observes; "" for what observes none.
func (d Draft) Milestone() string {
	if body, ok := d.Body.(Report); ok {
		return body.Milestone
	}
	return ""
}

// Key is what a later entry of the same kind has in common with this one when it speaks of the same thing.
func (d Draft) Key() string {
	switch body := d.Body.(type) {
	case Program:
		return "program"
	case Weights:
		return "weights"
	case Area:
		return body.Key
	case Milestone:
		return body.Key
	case Deadline:
		return body.Key
	case Job:
		return body.Key
	case Item:
		return body.Key
	case Statement:
		return body.Key
	case Review:
		return cmp.Or(body.EvidenceKey, body.Milestone)
	case Acceptance:
		return body.Key
	case Evidence:
		return body.Key
	case Proposal:
		return body.Key
	case Decision:
		return body.Proposal
	case Duty:
		return body.Key
	case Ladder:
		return string(KindLadder)
	case SanctionStep:
		return body.Key
	case Audit:
		return body.Key
	case FileErasure:
		return body.SHA256
	case Override:
		return overrideKey(body.Deadline)
	case Forecast:
		return body.On
	case Erasure:
		return body.key()
	case Key:
		return body.Verifier
	case Epoch:
		return body.Origin
	case ProgressReport:
		return body.key()
	case Release:
		return string(KindRelease)
	}
	return ""
}

// overrideKey stands for the binding deadline where none is named: a fact needs a key.
func overrideKey(deadline string) string { return cmp.Or(deadline, "binding") }

// KeyOf is Draft.Key for an entry that was stored.
func KeyOf(e Entry) (string, error) {
	var body struct {
		Key         string `json:"key"`
		Milestone   string `json:"milestone"`
		Deadline    string `json:"deadline"`
		On          string `json:"on"`
		Erased      int64  `json:"erased_entry"`
		Origin      string `json:"origin"`
		EvidenceKey string `json:"evidence_key"`
		Proposal    string `json:"proposal"`
		SHA256      string `json:"sha256"`
		Number      int64  `json:"number"`
	}
	if err := json.Unmarshal(e.Body, &body); err != nil {
		return "", fmt.Errorf("entry %d: %w", e.Number, err)
	}
	switch e.Kind {
	case KindProgram, KindWeights, KindLadder, KindRelease:
		return string(e.Kind), nil
	case KindReview:
		return cmp.Or(body.EvidenceKey, body.Milestone), nil
	case KindDecision:
		return body.Proposal, nil
	case KindFileErasure:
		return body.SHA256, nil
	case KindOverride:
		return overrideKey(body.Deadline), nil
	case KindForecast:
		return body.On, nil
	case KindErasure:
		return Erasure{Entry: body.Erased}.key(), nil
	case KindEpoch:
		return body.Origin, nil
	case KindProgressReport:
		return ProgressReport{Number: body.Number}.key(), nil
	}
	return body.Key, nil
}

// Reference is something an entry speaks of that must have been recorded before.
type Reference struct {
	Kind    Kind
	Key     string
	Field   string
	Missing Code // the refusal when it is unknown
}

// References lists what the draft refers to, reports and corrections aside: those are checked against definitions.
func (d Draft) References() []Reference {
	milestone := func(key, field string) Reference { return Reference{KindMilestone, key, field, UnknownMilestone} }
	var refs []Reference
	switch body := d.Body.(type) {
	case Milestone:
		refs = append(refs, Reference{KindArea, body.Area, "area", UnknownArea})
		refs = append(refs, duties(body.Duties)...)
	case Weights:
		for _, key := range sortedKeys(body.BasisPoints) {
			refs = append(refs, milestone(key, "basis_points"))
		}
	case Job:
		for _, key := range body.Milestones {
			refs = append(refs, milestone(key, "milestones"))
		}
	case Item:
		if body.Milestone != "" {
			refs = append(refs, milestone(body.Milestone, "milestone"))
		}
	case Statement:
		if body.Area != "" {
			refs = append(refs, Reference{KindArea, body.Area, "area", UnknownArea})
		}
	case Evidence:
		refs = append(refs, milestone(body.Milestone, "milestone"))
	case Review:
		refs = append(refs, milestone(body.Milestone, "milestone"), Reference{KindEvidence, body.EvidenceKey, "evidence_key", UnknownEvidence})
	case Decision:
		refs = append(refs, Reference{KindProposal, body.Proposal, "proposal", UnknownProposal})
	case SanctionStep:
		refs = append(refs, Reference{KindLadder, string(KindLadder), "step", UnknownStep})
	case Audit:
		refs = append(refs, duties(body.Duties)...)
	case Acceptance:
		for _, key := range body.Milestones {
			refs = append(refs, milestone(key, "milestones"))
		}
	case Override:
		if body.Deadline != "" {
			refs = append(refs, Reference{KindDeadline, body.Deadline, "deadline", UnknownDeadline})
		}
	case ProgressReport:
		if body.Replaces > 0 {
			refs = append(refs, Reference{KindProgressReport, ProgressReport{Number: body.Replaces}.key(), "replaces", UnknownReport})
		}
	}
	return refs
}

func duties(keys []string) []Reference {
	refs := make([]Reference, len(keys))
	for i, key := range keys {
		refs[i] = Reference{KindDuty, key, "duties", UnknownDuty}
	}
	return refs
}

// Validate checks what can be said of a draft without looking at the ledger. It returns the first thing wrong, or nil.
func (d Draft) Validate() *Refusal {
	c := &check{}
	c.id("event_id", d.EventID)
	c.id("source", d.Source)
	c.id("actor", d.Actor)
	c.that(!d.ObservedAt.IsZero(), Required, "observed_at")
	c.that(d.ObservedAt.Year() >= 1900 && d.ObservedAt.Year() < 10000, OutOfRange, "observed_at")
	for _, field := range sortedKeys(d.Texts) {
		c.text(field, d.Texts[field], MaxTextLength)
	}
	d.validateBody(c)
	return c.first
}

func (d Draft) validateBody(c *check) {
	kind := d.Kind
	switch body := d.Body.(type) {
	case Report:
		c.that(d.Observes(), InvalidValue, "kind")
		c.report(body, d.Kind, d.Texts)
	case Program:
		c.that(kind == KindProgram, InvalidValue, "kind")
		c.program(body)
	case Area:
		c.that(kind == KindArea, InvalidValue, "kind")
		c.id("key", body.Key)
		c.name("name", body.Name)
	case Milestone:
		c.that(kind == KindMilestone, InvalidValue, "kind")
		c.milestone(body)
	case Weights:
		c.that(kind == KindWeights, InvalidValue, "kind")
		c.weights(body)
	case Deadline:
		c.that(kind == KindDeadline, InvalidValue, "kind")
		c.deadline(body)
	case Job:
		c.that(kind == KindJob, InvalidValue, "kind")
		c.id("key", body.Key)
		c.name("name", body.Name)
		c.that(body.CadenceSeconds >= 0, OutOfRange, "cadence_seconds")
	case Item:
		c.that(kind == KindItem, InvalidValue, "kind")
		c.item(body, d.Texts)
	case Statement:
		c.that(kind == KindStatement, InvalidValue, "kind")
		c.statement(body)
	case Review:
		c.that(kind == KindReview, InvalidValue, "kind")
		c.review(body, d.Texts)
	case Acceptance:
		c.that(kind == KindAcceptance, InvalidValue, "kind")
		c.id("key", body.Key)
		c.letter(body.Letter)
	case Override:
		c.that(kind == KindOverride, InvalidValue, "kind")
		c.oneOf("verdict", body.Verdict, "on_track", "watch", "forecast_late", "cannot_be_assessed")
		c.that(body.By != "", Required, "by")
		c.that(printable(body.By) && len(body.By) <= maxNameLength, InvalidValue, "by")
		c.date("until", body.Until)
		c.that(strings.TrimSpace(d.Texts["reason"]) != "", Required, "reason")
	case Forecast:
		c.that(kind == KindForecast, InvalidValue, "kind")
		c.forecast(body)
	case Erasure:
		c.that(kind == KindErasure, InvalidValue, "kind")
		c.erasure(body)
	case Key:
		c.that(kind == KindKey, InvalidValue, "kind")
		c.signingKey(body)
	case Epoch:
		c.that(kind == KindEpoch, InvalidValue, "kind")
		c.epoch(body)
	default:
		d.validateAct(c)
	}
}

// validateAct is validateBody for the kinds that need a second person, follow the end, or hand figures on.
func (d Draft) validateAct(c *check) {
	kind := d.Kind
	switch body := d.Body.(type) {
	case Evidence:
		c.that(kind == KindEvidence, InvalidValue, "kind")
		c.evidence(body, d.Texts)
	case Proposal:
		c.that(kind == KindProposal, InvalidValue, "kind")
		c.proposal(body, d.Texts)
	case Decision:
		c.that(kind == KindDecision, InvalidValue, "kind")
		c.decision(body, d.Texts)
	case Duty:
		c.that(kind == KindDuty, InvalidValue, "kind")
		c.duty(body)
	case Ladder:
		c.that(kind == KindLadder, InvalidValue, "kind")
		c.ladder(body)
	case SanctionStep:
		c.that(kind == KindSanctionStep, InvalidValue, "kind")
		c.sanctionStep(body)
	case Audit:
		c.that(kind == KindAudit, InvalidValue, "kind")
		c.audit(body, d.Texts)
	case FileErasure:
		c.that(kind == KindFileErasure, InvalidValue, "kind")
		c.sum("sha256", body.SHA256)
		c.that(strings.TrimSpace(d.Texts["reason"]) != "", Required, "reason")
	case ProgressReport:
		c.that(kind == KindProgressReport, InvalidValue, "kind")
		c.progressReport(body, d.Texts)
	case Release:
		c.that(kind == KindRelease, InvalidValue, "kind")
		c.release(body, d.Texts)
	default:
		c.that(false, InvalidValue, "kind")
	}
}
