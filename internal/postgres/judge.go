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
	said, files := maps.Clone(j.said), maps.Clone(j.files)
	known := maps.Clone(j.facts)
	for kind, keys := range known {
		known[kind] = maps.Clone(keys)
	}
	return func() {
		for _, a := range j.accepted[accepted:] {
			delete(j.known, eventKey{a.entry.Source, a.entry.EventID})
		}
		j.number, j.accepted, j.fold.facts = number, j.accepted[:accepted], j.fold.facts[:facts]
		j.defined, j.facts, j.said, j.files = defined, known, said, files
		undoFold()
	}
}

func (j *judge) draft(ctx context.Context, d ledger.Draft, expect *ledger.Expectation) (ledger.Receipt, *ledger.Refusal, error) {
	if refusal := d.Validate(); refusal != nil {
		return ledger.Receipt{}, refusal, nil
	}
	if follows(d) {
		return ledger.Receipt{}, &ledger.Refusal{Code: ledger.InvalidValue, Field: "kind"}, nil
	}
	if known, ok := j.known[eventKey{d.Source, d.EventID}]; ok {
		return j.duplicate(known, d)
	}
	if refusal := j.outOfTime(d); refusal != nil {
		return ledger.Receipt{}, refusal, nil
	}
	receipt, refusal, err := j.take(ctx, d, expect)
	if err != nil || refusal != nil {
		return ledger.Receipt{}, refusal, err
	}
	following, err := j.consequences(d)
	for _, f := range following {
		if _, refusal, err := j.take(ctx, f, nil); err != nil || refusal != nil {
			return ledger.Receipt{}, refusal, err
		}
	}
	return receipt, nil, err
}

// follows reports whether a draft is of the kind that only follows from another entry.
func follows(d ledger.Draft) bool {
	if report, ok := d.Body.(ledger.Report); ok {
		return report.Proposal != "" || report.Audit != ""
	}
	return d.Kind == ledger.KindProposal
}

// take judges a draft that is new, and accepts it or, where a second person is needed, accepts it as a proposal.
func (j *judge) take(ctx context.Context, d ledger.Draft, expect *ledger.Expectation) (ledger.Receipt, *ledger.Refusal, error) {
	effect := ledger.Applied
	var observed *metrics.Observation
	if d.Observes() {
		var refusal *ledger.Refusal
		var proposed *ledger.Draft
		var err error
		if effect, observed, proposed, refusal, err = j.observe(d, expect); err != nil || refusal != nil {
			return ledger.Receipt{}, refusal, err
		}
		if proposed != nil {
			d, effect, observed = *proposed, ledger.Proposed, nil
		}
	}
	if !d.Observes() {
		if refusal, err := j.fact(ctx, d, expect); err != nil || refusal != nil {
			return ledger.Receipt{}, refusal, err
		}
	}
	kept, hashes := salted(d.Texts)
	e, err := d.Entry(j.fold.program, j.number+1, j.fold.recordedAt, j.imported, hashes)
	if err != nil {
		return ledger.Receipt{}, nil, err
	}
	if !d.Observes() {
		j.say(e, d)
	}
	receipt, err := j.accept(acceptedEntry{entry: e, texts: kept, milestone: d.Milestone(), observed: observed}, d, effect)
	return receipt, nil, err
}

// say notes a fact for the drafts after it.
func (j *judge) say(e ledger.Entry, d ledger.Draft) {
	j.fold.addFact(e, d.Key())
	j.noteFact(e.Kind, d.Key(), e.Number)
	j.said[factKey{e.Kind, d.Key()}] = saidFact{e.Actor, e.ObservedAt, e.Body, d.Texts}
	if m, ok := d.Body.(ledger.Milestone); ok { // the next draft may report it already
		j.defined[m.Key] = m
	}
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
	receipt := ledger.Receipt{Entry: a.entry.Number, Effect: effect, LeafHash: a.leaf, RecordedAt: a.entry.RecordedAt}
	if effect == ledger.Proposed {
		receipt.Proposal = d.Key()
	}
	return receipt, nil
}

// duplicate answers a draft whose event id is known: the same content is acknowledged again, other content is refused.
func (j *judge) duplicate(known knownEvent, d ledger.Draft) (ledger.Receipt, *ledger.Refusal, error) {
	receipt := ledger.Receipt{Entry: known.entry.Number, Effect: ledger.Duplicate, LeafHash: known.leaf, RecordedAt: known.entry.RecordedAt}
	if known.entry.Kind == ledger.KindProposal && d.Kind.Corrects() {
		var err error
		if d, err = sentAgain(known, d); err != nil {
			return ledger.Receipt{}, nil, err
		}
		receipt.Proposal = d.Key()
	}
	e, err := d.Entry(j.fold.program, known.entry.Number, known.entry.RecordedAt, j.imported, nil)
	if err != nil {
		return ledger.Receipt{}, nil, err
	}
	if !ledger.SameContent(known.entry, e) || !sameTexts(known, d.Texts) {
		return ledger.Receipt{}, &ledger.Refusal{Code: ledger.EventIDReused, Field: "event_id", KnownEntry: known.entry.Number, KnownAt: known.entry.RecordedAt}, nil
	}
	return receipt, nil, nil
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

// observe judges a report, correction or reopening. proposed is not nil where it takes a second person: then nothing was observed.
func (j *judge) observe(d ledger.Draft, expect *ledger.Expectation) (effect ledger.Effect, o *metrics.Observation, proposed *ledger.Draft, refusal *ledger.Refusal, err error) {
	body := d.Body.(ledger.Report)
	before := j.fold.States[body.Milestone]
	if refusal = j.observable(d.Kind, body, before, expect); refusal != nil {
		return "", nil, nil, refusal, nil
	}
	undo := func() {}
	if d.Kind.Corrects() {
		undo = j.fold.Savepoint()
	}
	seen := fold.ObservationOf(body, d.Kind, d.Source, d.EventID, d.ObservedAt)
	did, err := j.fold.observe(body.Milestone, seen, j.number+1)
	switch {
	case err != nil:
		return "", nil, nil, nil, err
	case did == metrics.Decrease:
		return "", nil, nil, standing(before, ledger.DecreaseUncalled, "done"), nil
	case did == metrics.Stale:
		return ledger.Stale, &seen, nil, nil, nil
	case d.Kind.Corrects():
		if proposed, err = j.secondPerson(d, before.Progress, j.fold.States[body.Milestone].Progress); proposed != nil {
			undo()
		}
	}
	return ledger.Applied, &seen, proposed, nil, err
}

// observable refuses what no milestone could have been observed to be.
func (j *judge) observable(kind ledger.Kind, body ledger.Report, before fold.MilestoneState, expect *ledger.Expectation) *ledger.Refusal {
	defined, ok := j.defined[body.Milestone]
	switch {
	case !ok || defined.Retired:
		return &ledger.Refusal{Code: ledger.UnknownMilestone, Field: "milestone"}
	case body.Unit != "" && body.Unit != defined.Unit:
		return &ledger.Refusal{Code: ledger.UnitMismatch, Field: "unit"}
	case expect != nil && expect.Milestone == body.Milestone && before.CountedEntry > expect.Entry:
		return standing(before, ledger.ChangedMeanwhile, "")
	case kind == ledger.KindReopening && before.Progress.Counts == nil:
		return &ledger.Refusal{Code: ledger.NothingToReopen, Field: "milestone"}
	}
	return nil
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
	if refusal := j.changed(d, expect); refusal != nil {
		return refusal, nil
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
	return j.act(ctx, d)
}

// changed refuses what was written in ignorance of a newer entry about the same thing.
func (j *judge) changed(d ledger.Draft, expect *ledger.Expectation) *ledger.Refusal {
	if expect == nil {
		return nil
	}
	newest := int64(0)
	switch d.Kind {
	case ledger.KindItem:
		newest = j.facts[ledger.KindItem][expect.Item]
	case ledger.KindReview:
		newest = j.facts[ledger.KindReview][expect.Evidence]
	}
	if newest > expect.Entry {
		return &ledger.Refusal{Code: ledger.ChangedMeanwhile, KnownEntry: newest}
	}
	return nil
}
