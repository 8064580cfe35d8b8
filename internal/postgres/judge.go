package postgres

import (
	"context"
	"maps"
	"time"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// judge decides about one unit: all its drafts are accepted, or none leaves a trace. The error is for the transaction as a
// whole; a refusal is an Outcome.
func (j *judge) judge(ctx context.Context, u ledger.Unit) (Outcome, error) {
	undo := j.savepoint()
	receipts := make([]ledger.Receipt, len(u.Drafts))
	for i, d := range u.Drafts {
		receipt, refusal, err := j.draft(ctx, d, u.Expect)
		if err != nil {
			return Outcome{}, err
		}
		if refusal != nil {
			undo()
			refusal.Index = i
			return Outcome{Err: refusal}, nil
		}
		receipts[i] = receipt
	}
	return Outcome{Receipts: receipts}, nil
}

// savepoint returns a function that takes back what was judged since.
func (j *judge) savepoint() func() {
	number, accepted, facts := j.number, len(j.accepted), len(j.fold.facts)
	undoFold, defined := j.fold.Savepoint(), maps.Clone(j.defined)
	said := maps.Clone(j.facts)
	for kind, keys := range said {
		said[kind] = maps.Clone(keys)
	}
	return func() {
		for _, a := range j.accepted[accepted:] {
			delete(j.known, eventKey{a.entry.Source, a.entry.EventID})
		}
		j.number, j.accepted, j.fold.facts = number, j.accepted[:accepted], j.fold.facts[:facts]
		j.defined, j.facts = defined, said
		undoFold()
	}
}

func (j *judge) draft(ctx context.Context, d ledger.Draft, expect *ledger.Expectation) (ledger.Receipt, *ledger.Refusal, error) {
	if refusal := d.Validate(); refusal != nil {
		return ledger.Receipt{}, refusal, nil
	}
	kept, hashes := salted(d.Texts)
	e, err := d.Entry(j.fold.program, j.number+1, j.fold.recordedAt, j.imported, hashes)
	if err != nil {
		return ledger.Receipt{}, nil, err
	}
	if known, ok := j.known[eventKey{e.Source, e.EventID}]; ok {
		receipt, refusal := duplicate(known, e, d.Texts)
		return receipt, refusal, nil
	}
	if refusal := j.outOfTime(d); refusal != nil {
		return ledger.Receipt{}, refusal, nil
	}
	a := acceptedEntry{entry: e, texts: kept, milestone: d.Milestone()}
	effect := ledger.Applied
	if d.Observes() {
		var refusal *ledger.Refusal
		if effect, refusal, err = j.observe(ctx, d, &a, expect); err != nil || refusal != nil {
			return ledger.Receipt{}, refusal, err
		}
	} else {
		if refusal, err := j.fact(ctx, d, expect); err != nil || refusal != nil {
			return ledger.Receipt{}, refusal, err
		}
		j.fold.addFact(e, d.Key())
		j.noteFact(e.Kind, d.Key(), e.Number)
		if m, ok := d.Body.(ledger.Milestone); ok { // the next draft may report it already
			j.defined[m.Key] = m
		}
	}
	receipt, err := j.accept(a, d, effect)
	return receipt, nil, err
}

// accept gives the entry its number and bytes.
func (j *judge) accept(a acceptedEntry, d ledger.Draft, effect ledger.Effect) (ledger.Receipt, error) {
	canonical, err := a.entry.Canonical()
	if err != nil {
		return ledger.Receipt{}, err
	}
	a.canonical, a.leaf = canonical, ledger.LeafHash(canonical)
	j.number = a.entry.Number
	j.accepted = append(j.accepted, a)
	j.known[eventKey{a.entry.Source, a.entry.EventID}] = knownEvent{a.entry, d.Texts, a.leaf}
	return ledger.Receipt{Entry: a.entry.Number, Effect: effect, LeafHash: a.leaf, RecordedAt: a.entry.RecordedAt}, nil
}

// duplicate answers a draft whose event id is known: the same content is acknowledged again, other content is refused.
func duplicate(known knownEvent, e ledger.Entry, texts map[string]string) (ledger.Receipt, *ledger.Refusal) {
	if !ledger.SameContent(known.entry, e) || !sameTexts(known, texts) {
		return ledger.Receipt{}, &ledger.Refusal{Code: ledger.EventIDReused, Field: "event_id", KnownEntry: known.entry.Number, KnownAt: known.entry.RecordedAt}
	}
	return ledger.Receipt{Entry: known.entry.Number, Effect: ledger.Duplicate, LeafHash: known.leaf, RecordedAt: known.entry.RecordedAt}, nil
}

// sameTexts compares free text field by field; a text that was erased since matches whatever is sent.
func sameTexts(known knownEvent, texts map[string]string) bool {
	if len(known.entry.TextHashes) != len(texts) {
		return false
	}
	for field, content := range texts {
		if _, had := known.entry.TextHashes[field]; !had {
			return false
		}
		if kept, ok := known.texts[field]; ok && kept != content {
			return false
		}
	}
	return true
}

// maxAhead is how far a sender's clock may run ahead of the database's.
const maxAhead = 5 * time.Minute

// maxBefore is how long before a program's start something may have been observed; earlier is a slip of the year.
const maxBefore = 366

func (j *judge) outOfTime(d ledger.Draft) *ledger.Refusal {
	if d.ObservedAt.After(j.now.Add(maxAhead)) {
		return &ledger.Refusal{Code: ledger.ObservedInFuture, Field: "observed_at", KnownAt: j.now}
	}
	if d.Observes() && j.start != 0 && metrics.DayOf(d.ObservedAt, j.fold.Zone) < j.start-maxBefore {
		return &ledger.Refusal{Code: ledger.ObservedTooEarly, Field: "observed_at", KnownAt: j.start.Start(j.fold.Zone)}
	}
	return nil
}

// observe judges a report or correction.
func (j *judge) observe(ctx context.Context, d ledger.Draft, a *acceptedEntry, expect *ledger.Expectation) (ledger.Effect, *ledger.Refusal, error) {
	body := d.Body.(ledger.Report)
	defined, ok := j.defined[body.Milestone]
	if !ok || defined.Retired {
		return "", &ledger.Refusal{Code: ledger.UnknownMilestone, Field: "milestone"}, nil
	}
	if body.Unit != "" && body.Unit != defined.Unit {
		return "", &ledger.Refusal{Code: ledger.UnitMismatch, Field: "unit"}, nil
	}
	before := j.fold.States[body.Milestone]
	if expect != nil && expect.Milestone == body.Milestone && before.CountedEntry > expect.Entry {
		return "", standing(before, ledger.ChangedMeanwhile, ""), nil
	}
	o := fold.ObservationOf(body, d.Kind, d.Source, d.EventID, d.ObservedAt)
	effect, err := j.fold.observe(body.Milestone, o, a.entry.Number)
	if err != nil {
		return "", nil, err
	}
	a.observed = &o
	switch effect {
	case metrics.Decrease:
		return "", standing(before, ledger.DecreaseUncalled, "done"), nil
	case metrics.Stale:
		return ledger.Stale, nil, nil
	}
	return ledger.Applied, nil, nil
}

// standing refuses, and says what stands in the ledger instead.
func standing(s fold.MilestoneState, code ledger.Code, field string) *ledger.Refusal {
	r := &ledger.Refusal{Code: code, Field: field, KnownEntry: s.CountedEntry, KnownAt: s.Progress.Counted.At}
	if c := s.Progress.Counts; c != nil {
		r.KnownDone, r.KnownTotal = &c.Done, &c.Total
	}
	return r
}

// fact judges an entry that is not a report: what it refers to must exist.
func (j *judge) fact(ctx context.Context, d ledger.Draft, expect *ledger.Expectation) (*ledger.Refusal, error) {
	if expect != nil && expect.Item != "" && d.Kind == ledger.KindItem && j.facts[ledger.KindItem][expect.Item] > expect.Entry {
		return &ledger.Refusal{Code: ledger.ChangedMeanwhile, KnownEntry: j.facts[ledger.KindItem][expect.Item]}, nil
	}
	for _, ref := range d.References() {
		if _, ok := j.facts[ref.Kind][ref.Key]; !ok {
			return &ledger.Refusal{Code: ref.Missing, Field: ref.Field}, nil
		}
	}
	if p, ok := d.Body.(ledger.Program); ok && p.Timezone != j.fold.Zone.String() {
		return &ledger.Refusal{Code: ledger.ZoneFixed, Field: "timezone"}, nil
	}
	if e, ok := d.Body.(ledger.Erasure); ok {
		return j.erasable(ctx, e)
	}
	return nil, nil
}
