package fold

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// review is a review and the milestone that it speaks of.
type review struct {
	metrics.Review
	milestone  string
	observedAt time.Time
}

// letter is an acceptance and when it was observed; a reopening after that withdraws it.
type letter struct {
	milestones []string
	observedAt time.Time
}

// addAct folds what a second person judged, what a regulator did, and what follows the end.
func (f *factFold) addAct(row Fact) error {
	switch row.Kind {
	case ledger.KindEvidence:
		return decodeInto(row, f.evidence)
	case ledger.KindReview:
		return decodeInto(row, f.review)
	case ledger.KindAcceptance:
		return decodeInto(row, f.acceptance)
	case ledger.KindProposal:
		return decodeInto(row, f.proposal)
	case ledger.KindDecision:
		return decodeInto(row, f.decision)
	case ledger.KindDuty:
		return decodeInto(row, f.duty)
	case ledger.KindLadder:
		return decodeInto(row, f.ladder)
	case ledger.KindSanctionStep:
		return decodeInto(row, f.sanctionStep)
	case ledger.KindAudit:
		return decodeInto(row, f.audit)
	case ledger.KindFileErasure:
		return decodeInto(row, f.erasure)
	case ledger.KindRelease:
		return decodeInto(row, f.release)
	}
	return fmt.Errorf("kind %q is unknown to this program", row.Kind)
}

func (f *factFold) evidence(row Fact, b ledger.Evidence) error {
	observed, err := metrics.ParseDay(b.ObservedOn)
	if err != nil {
		return err
	}
	f.state.Evidence = append(f.state.Evidence, metrics.Evidence{
		Key: b.Key, Milestone: b.Milestone, SHA256: b.SHA256, Size: b.Size, MediaType: b.MediaType, Link: b.Link, ObservedOn: observed,
		Label: row.Text("label"), Description: row.Text("description"), Provenance: b.Provenance, By: row.Actor, Entry: row.Entry, RecordedAt: row.RecordedAt.UTC(),
	})
	return nil
}

func (f *factFold) review(row Fact, b ledger.Review) error {
	f.reviews[row.Key] = review{
		metrics.Review{Accepted: b.Accepted, Done: b.Done, Reason: row.Text("reason"), By: row.Actor, Entry: row.Entry, RecordedAt: row.RecordedAt.UTC()},
		b.Milestone, row.ObservedAt,
	}
	reviewed := metrics.ReviewedFrom{
		Milestone: b.Milestone, Evidence: b.EvidenceKey, From: metrics.DayOf(row.ObservedAt, f.state.Zone), At: row.ObservedAt.UTC(), Entry: row.Entry,
	}
	if b.Accepted {
		reviewed.Supported = b.Done
	}
	f.state.History.Reviews = append(f.state.History.Reviews, reviewed)
	return nil
}

func newPaper(b ledger.Paper) metrics.Paper { return metrics.Paper{Document: b.Document, File: b.File} }

func newLetter(row Fact, b ledger.Letter, provenance string) (metrics.Letter, error) {
	date, err := metrics.ParseDay(b.LetterDate)
	return metrics.Letter{
		Number: b.LetterNumber, Date: date, Issuer: b.Issuer, Paper: newPaper(b.Paper), By: row.Actor, Entry: row.Entry, RecordedAt: row.RecordedAt.UTC(),
		Provenance: provenance,
	}, err
}

func (f *factFold) acceptance(row Fact, b ledger.Acceptance) error {
	l, err := newLetter(row, b.Letter, b.Provenance)
	f.state.Acceptances = append(f.state.Acceptances, metrics.Acceptance{Key: b.Key, Milestones: b.Milestones, Letter: l})
	accepts := letter{b.Milestones, row.ObservedAt}
	if len(b.Milestones) == 0 { // the whole program, as it stood then
		accepts.milestones = slices.Sorted(maps.Keys(f.milestones))
	}
	if len(accepts.milestones) == 0 { // there was nothing to accept
		return err
	}
	f.letters = append(f.letters, accepts)
	f.state.History.Letters = append(f.state.History.Letters, metrics.AcceptedFrom{
		From: metrics.DayOf(row.ObservedAt, f.state.Zone), At: row.ObservedAt.UTC(), Milestones: accepts.milestones,
	})
	return err
}

func (f *factFold) sanctionStep(row Fact, b ledger.SanctionStep) error {
	l, err := newLetter(row, b.Letter, b.Provenance)
	f.state.Sanctions = append(f.state.Sanctions, metrics.SanctionStep{Key: b.Key, Step: int(b.Step), Lifted: b.Lifted, Letter: l})
	return err
}

func (f *factFold) ladder(row Fact, b ledger.Ladder) error {
	l := &metrics.Ladder{LegalBasis: b.LegalBasis, Source: b.Source, Provenance: b.Provenance, Entry: row.Entry}
	for _, s := range b.Steps {
		l.Steps = append(l.Steps, metrics.LadderStep{Number: int(s.Number), Name: metrics.Text(s.Name), Note: metrics.Text(s.Note)})
	}
	f.state.Ladder = l
	return nil
}

func (f *factFold) duty(row Fact, b ledger.Duty) error {
	f.state.Duties = append(f.state.Duties, metrics.Duty{
		Key: b.Key, Text: metrics.Text(b.Text), Article: b.Article, Advice: b.Advice, Source: b.Source, Provenance: b.Provenance, Entry: row.Entry,
	})
	return nil
}

func (f *factFold) audit(row Fact, b ledger.Audit) error {
	due, err := metrics.ParseDay(b.Due)
	if err != nil {
		return err
	}
	a := metrics.Audit{
		Key: b.Key, Trigger: metrics.AuditTrigger(b.Trigger), Duties: b.Duties, Due: due, Change: row.Text("change"), Result: metrics.AuditResult(b.Result),
		Auditor: b.Auditor, Finding: row.Text("finding"), Paper: newPaper(b.Paper), By: row.Actor, Entry: row.Entry, RecordedAt: row.RecordedAt.UTC(), Provenance: b.Provenance,
	}
	if a.ChangedOn, err = optionalDay(b.ChangedOn); err != nil {
		return err
	}
	a.HeldOn, err = optionalDay(b.HeldOn)
	f.state.Audits = append(f.state.Audits, a)
	return err
}

func (f *factFold) proposal(row Fact, b ledger.Proposal) error {
	p := metrics.Proposal{
		Key: b.Key, Milestone: b.Report.Milestone, Reopening: b.Kind == ledger.KindReopening, ObservedAt: row.ObservedAt.UTC(), Points: metrics.BasisPoints(b.BasisPoints),
		Limit: metrics.BasisPoints(b.Limit), Reason: row.Text("reason"), By: row.Actor, Entry: row.Entry, RecordedAt: row.RecordedAt.UTC(),
	}
	if c := Counts(b.Report.Done, b.Report.Total, b.Report.Failed, b.Report.Skipped); c != nil {
		p.Counts = *c
	}
	f.state.Proposals = append(f.state.Proposals, p)
	return nil
}

func (f *factFold) decision(row Fact, b ledger.Decision) error {
	f.decisions[b.Proposal] = metrics.Decision{
		Outcome: metrics.Outcome(b.Outcome), Reason: row.Text("reason"), By: row.Actor, Entry: row.Entry, RecordedAt: row.RecordedAt.UTC(),
	}
	return nil
}

func (f *factFold) erasure(_ Fact, b ledger.FileErasure) error {
	f.erased[b.SHA256] = true
	return nil
}

func (f *factFold) release(row Fact, b ledger.Release) (err error) {
	r := &metrics.Release{Withdrawn: b.Withdrawn, Reason: row.Text("reason"), RecordedAt: row.RecordedAt.UTC()}
	if b.Figures != nil {
		r.AsOf, err = time.Parse(time.RFC3339Nano, b.Figures.AsOf)
	}
	f.state.Release = r
	return err
}

// standing says what evidence and letters say of a milestone now. What was said before the last reopening is withdrawn.
func (f *factFold) standing(m *metrics.Milestone) {
	reopened := m.Progress.Reopened
	stands := func(observedAt time.Time) bool { return reopened.IsZero() || observedAt.After(reopened.At) }
	for _, r := range f.reviews {
		if r.milestone == m.Key && r.Accepted && stands(r.observedAt) {
			m.Verified = max(m.Verified, r.Done) // each supports so much of the count; they are not added up
		}
	}
	for _, l := range f.letters {
		covers := slices.Contains(l.milestones, m.Key)
		switch {
		case covers && stands(l.observedAt):
			m.Accepted, m.Undone = true, false
		case covers && !m.Accepted:
			m.Undone = true
		}
	}
}

// finishActs joins reviews onto evidence, decisions onto proposals and erasures onto files, and puts audits in the order they fall due.
func (f *factFold) finishActs() {
	p := &f.state.Program
	for i := range p.Evidence {
		e := &p.Evidence[i]
		e.Erased = f.erased[e.SHA256]
		r, reviewed := f.reviews[e.Key]
		if !reviewed {
			continue
		}
		e.Review = &r.Review
		reopened := f.states[e.Milestone].Progress.Reopened
		e.Void = !reopened.IsZero() && !r.observedAt.After(reopened.At)
	}
	for i := range p.Proposals {
		if d, decided := f.decisions[p.Proposals[i].Key]; decided {
			p.Proposals[i].Decision = &d
		}
	}
	for i := range p.Acceptances {
		p.Acceptances[i].Paper.Erased = f.erased[p.Acceptances[i].Paper.File]
	}
	for i := range p.Sanctions {
		p.Sanctions[i].Paper.Erased = f.erased[p.Sanctions[i].Paper.File]
	}
	for i := range p.Audits {
		p.Audits[i].Paper.Erased = f.erased[p.Audits[i].Paper.File]
	}
	slices.SortStableFunc(p.Audits, func(a, b metrics.Audit) int { return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Key, b.Key)) })
}
