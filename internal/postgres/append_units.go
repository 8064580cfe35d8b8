package postgres

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/lib/pq"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// appendUnits is the one append path: lock the head, drop what is known, judge the rest in order, number it without gaps,
// insert, extend the tree, bring the projections up to date, move the head. The caller commits.
func appendUnits(ctx context.Context, t tx, programID string, statedAt *time.Time, units []ledger.Unit) ([]Outcome, error) {
	head, err := lockHead(ctx, t, programID)
	if err != nil {
		return nil, err
	}
	if statedAt != nil && (statedAt.Before(head.RecordedAt) || statedAt.After(head.Now)) {
		return nil, &ledger.Refusal{Code: ledger.RecordedOutOfOrder, KnownAt: head.RecordedAt}
	}
	j, err := newJudge(ctx, t, programID, head, statedAt, units)
	if err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(units))
	for i, u := range units {
		if outcomes[i], err = j.judge(ctx, u); err != nil {
			return nil, err
		}
	}
	if len(j.accepted) == 0 {
		return outcomes, nil
	}
	return outcomes, j.record(ctx)
}

// head is a program's head under its lock.
type head struct {
	Entry      int64     `db:"entry_no"`
	RecordedAt time.Time `db:"recorded_at"`
	Edge       []byte    `db:"tree_edge"`
	Timezone   string    `db:"timezone"`
	Now        time.Time `db:"now"`
	Start      *isoDay   `db:"starts_on"` // nil: the program has not been described yet
}

func lockHead(ctx context.Context, t tx, programID string) (head, error) {
	var h head
	err := t.get(ctx, &h, "lock_head", programID)
	return h, classify(ctx, err)
}

// recordingTime is the group's one recording time: the stated one or the clock's, but always later than the last.
func (h head) recordingTime(stated *time.Time) time.Time {
	at := h.Now
	if stated != nil {
		at = *stated
	}
	at = at.UTC().Truncate(time.Microsecond)
	if !at.After(h.RecordedAt) {
		at = h.RecordedAt.UTC().Add(time.Microsecond)
	}
	return at
}

// judge decides about units one after another against the state that the ones before left behind.
type judge struct {
	fold     *folder
	now      time.Time
	imported bool
	number   int64 // the last number given
	start    metrics.Day
	known    map[eventKey]knownEvent          // event ids the ledger or this group has
	defined  map[string]ledger.Milestone      // milestones that reports may name
	facts    map[ledger.Kind]map[string]int64 // what was said before, and its newest entry; loaded only when facts are appended
	said     map[factKey]saidFact             // what drafts answer to, and what was said in this group
	files    map[string]bool                  // files that are stored, of those that drafts speak of
	accepted []acceptedEntry
}

type eventKey struct{ source, id string }

type knownEvent struct {
	entry ledger.Entry
	texts map[string]string
	leaf  ledger.Hash
}

type acceptedEntry struct {
	entry     ledger.Entry
	canonical []byte
	leaf      ledger.Hash
	texts     map[string]text
	milestone string
	observed  *metrics.Observation // reports and corrections
}

type text struct {
	salt    []byte
	content string
}

func newJudge(ctx context.Context, t tx, programID string, h head, statedAt *time.Time, units []ledger.Unit) (*judge, error) {
	zone, err := loadZone(h.Timezone)
	if err != nil {
		return nil, err
	}
	edge, err := ledger.ParseEdge(h.Entry, h.Edge)
	if err != nil {
		return nil, fmt.Errorf("program %s: %w: %w", programID, ErrDamaged, err)
	}
	j := &judge{
		fold: newFolder(ctx, t, programID, zone),
		now:  h.Now, imported: statedAt != nil, number: h.Entry,
		known: map[eventKey]knownEvent{}, defined: map[string]ledger.Milestone{},
	}
	j.fold.edge = edge
	j.fold.begin(ctx, h.recordingTime(statedAt), h.Entry+1)
	milestones := map[string]bool{}
	var sources, ids []string
	var drafts []ledger.Draft
	for _, u := range units {
		drafts = append(drafts, u.Drafts...)
		if u.Expect != nil && u.Expect.Milestone != "" {
			milestones[u.Expect.Milestone] = true
		}
		for _, d := range u.Drafts {
			sources, ids = append(sources, d.Source), append(ids, d.EventID)
			if m := d.Milestone(); m != "" {
				milestones[m] = true
			}
		}
	}
	if err := j.loadKnown(ctx, sources, ids); err != nil {
		return nil, err
	}
	if h.Start != nil {
		j.start = metrics.Day(*h.Start)
	}
	if j.allKnown(sources, ids) { // all that is left is to compare
		return j, nil
	}
	return j, j.load(ctx, drafts, milestones)
}

// load reads what the drafts are judged against.
func (j *judge) load(ctx context.Context, drafts []ledger.Draft, milestones map[string]bool) error {
	if err := j.loadSaid(ctx, drafts); err != nil {
		return err
	}
	if err := j.loadFacts(ctx, drafts); err != nil {
		return err
	}
	for _, d := range drafts {
		switch body := d.Body.(type) {
		case ledger.Decision: // its proposal may be carried out
			proposal, _, err := bodyOf[ledger.Proposal](j, ledger.KindProposal, body.Proposal)
			if err != nil {
				return err
			}
			milestones[proposal.Report.Milestone] = true
		case ledger.Audit: // its failure reopens milestones
			if body.Result == string(metrics.AuditFailed) {
				for key := range j.facts[ledger.KindMilestone] {
					milestones[key] = true
				}
			}
		}
	}
	if err := j.loadMilestones(ctx, slices.Sorted(maps.Keys(milestones))); err != nil {
		return err
	}
	return j.loadFiles(ctx, drafts)
}

func (j *judge) loadKnown(ctx context.Context, sources, ids []string) error {
	var rows []struct {
		Source     string    `db:"source"`
		EventID    string    `db:"event_id"`
		Entry      int64     `db:"entry_no"`
		RecordedAt time.Time `db:"recorded_at"`
		Canonical  []byte    `db:"canonical"`
		Leaf       leafHash  `db:"leaf_hash"`
		Texts      jsonMap   `db:"texts"`
	}
	if err := j.fold.tx.all(ctx, &rows, "known_events", j.fold.program, array(sources), array(ids)); err != nil {
		return err
	}
	for _, r := range rows {
		e, err := ledger.Decode(r.Canonical)
		if err != nil {
			return err
		}
		j.known[eventKey{r.Source, r.EventID}] = knownEvent{e, r.Texts, ledger.Hash(r.Leaf)}
	}
	return nil
}

func (j *judge) loadMilestones(ctx context.Context, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	var rows []struct {
		Key  string `db:"key"`
		Body []byte `db:"body"`
		nullableState
	}
	if err := j.fold.tx.all(ctx, &rows, "append_context", j.fold.program, array(keys)); err != nil {
		return err
	}
	for _, r := range rows {
		var m ledger.Milestone
		if err := unmarshal(r.Body, &m); err != nil {
			return err
		}
		j.defined[r.Key] = m
		if s, ok := r.state(r.Key); ok {
			j.fold.States[r.Key] = s.state()
		}
	}
	return nil
}

// allKnown reports whether every event id was recorded before: the same reports are being sent again.
func (j *judge) allKnown(sources, ids []string) bool {
	for i := range ids {
		if _, known := j.known[eventKey{sources[i], ids[i]}]; !known {
			return false
		}
	}
	return true
}

// loadFacts loads what facts may refer to, when the group has any. A correction may become one.
func (j *judge) loadFacts(ctx context.Context, drafts []ledger.Draft) error {
	if !slices.ContainsFunc(drafts, func(d ledger.Draft) bool { return d.Kind != ledger.KindReport }) {
		return nil
	}
	var rows []struct {
		Kind  ledger.Kind `db:"kind"`
		Key   string      `db:"key"`
		Entry int64       `db:"entry_no"`
	}
	if err := j.fold.tx.all(ctx, &rows, "append_facts", j.fold.program); err != nil {
		return err
	}
	j.facts = map[ledger.Kind]map[string]int64{}
	for _, r := range rows {
		j.noteFact(r.Kind, r.Key, r.Entry)
	}
	return nil
}

func (j *judge) noteFact(kind ledger.Kind, key string, entry int64) {
	if j.facts[kind] == nil {
		j.facts[kind] = map[string]int64{}
	}
	j.facts[kind][key] = entry
}

// record writes everything accepted.
func (j *judge) record(ctx context.Context) error {
	f := j.fold
	days := map[fold.DayKey]bool{}
	for _, a := range j.accepted {
		if a.observed != nil {
			days[fold.DayKey{Milestone: a.milestone, Day: metrics.DayOf(a.observed.Order.At, f.Zone)}] = true
		}
	}
	if err := f.loadDays(ctx, slices.Collect(maps.Keys(days))); err != nil {
		return err
	}
	for _, a := range j.accepted {
		if a.observed == nil {
			continue
		}
		if err := f.FoldDay(a.milestone, *a.observed, a.entry.Number); err != nil {
			return err
		}
	}
	if err := insertEntries(ctx, f.tx, f.program, f.recordedAt, &f.edge, j.accepted); err != nil {
		return err
	}
	if err := j.erase(ctx); err != nil {
		return err
	}
	f.last = j.number
	return f.flush(ctx)
}

// insertEntries writes entries with the hashes they complete, and moves the edge of the tree past them.
func insertEntries(ctx context.Context, t tx, program string, recordedAt time.Time, edge *ledger.Edge, accepted []acceptedEntry) error {
	n := len(accepted)
	numbers, observed := make([]int64, n), make([]time.Time, n)
	kinds, sources, ids, milestones := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	canonical, completed := make([][]byte, n), make([][]byte, n)
	var textEntries []int64
	var fields, contents []string
	var salts [][]byte
	for i, a := range accepted {
		numbers[i], observed[i], kinds[i], sources[i], ids[i] = a.entry.Number, a.entry.ObservedAt, string(a.entry.Kind), a.entry.Source, a.entry.EventID
		milestones[i], canonical[i], completed[i] = a.milestone, a.canonical, ledger.JoinHashes(edge.Append(a.leaf))
		for _, field := range slices.Sorted(maps.Keys(a.texts)) {
			textEntries, fields = append(textEntries, a.entry.Number), append(fields, field)
			salts, contents = append(salts, a.texts[field].salt), append(contents, a.texts[field].content)
		}
	}
	if _, err := t.exec(ctx, "insert_entries", program, array(numbers), array(kinds), array(sources), array(ids), array(milestones),
		timeArray(observed), pq.ByteaArray(canonical), pq.ByteaArray(completed), recordedAt); err != nil {
		return fmt.Errorf("insert entries: %w", err)
	}
	if len(fields) == 0 {
		return nil
	}
	_, err := t.exec(ctx, "insert_texts", program, array(textEntries), array(fields), pq.ByteaArray(salts), array(contents))
	return err
}

// salted gives each text a salt of its own and returns the hashes for the entry.
func salted(texts map[string]string) (map[string]text, map[string]string) {
	if len(texts) == 0 {
		return nil, nil
	}
	kept, hashes := make(map[string]text, len(texts)), make(map[string]string, len(texts))
	for field, content := range texts {
		salt := make([]byte, ledger.SaltSize)
		_, _ = rand.Read(salt) // never fails, says its documentation
		kept[field] = text{salt, content}
		hashes[field] = ledger.TextHash(salt, content)
	}
	return kept, hashes
}
