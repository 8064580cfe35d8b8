package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// factKey names a thing that facts speak of.
type factKey struct {
	kind ledger.Kind
	key  string
}

// saidFact is the newest that was said of a thing, and by whom.
type saidFact struct {
	actor      string
	observedAt time.Time
	body       json.RawMessage
	texts      map[string]string
}

// body decodes what was said of a thing; ok is false where nothing was.
func bodyOf[T any](j *judge, kind ledger.Kind, key string) (body T, ok bool, err error) {
	said, ok := j.said[factKey{kind, key}]
	if ok {
		err = unmarshal(said.body, &body)
	}
	return body, ok, err
}

// answersTo lists what must be read to judge a draft: what it judges, or the rules it is judged by.
func answersTo(d ledger.Draft) []factKey {
	switch body := d.Body.(type) {
	case ledger.Report:
		if d.Kind.Corrects() {
			return []factKey{{ledger.KindProgram, string(ledger.KindProgram)}, {ledger.KindWeights, string(ledger.KindWeights)}}
		}
	case ledger.Review:
		return []factKey{{ledger.KindEvidence, body.EvidenceKey}}
	case ledger.Decision:
		return []factKey{{ledger.KindProposal, body.Proposal}}
	case ledger.SanctionStep:
		return []factKey{{ledger.KindLadder, string(ledger.KindLadder)}}
	case ledger.Audit:
		return []factKey{{ledger.KindAudit, body.Key}}
	}
	return nil
}

// loadSaid reads what the drafts answer to.
func (j *judge) loadSaid(ctx context.Context, drafts []ledger.Draft) error {
	j.said = map[factKey]saidFact{}
	var kinds, keys []string
	for _, d := range drafts {
		for _, k := range answersTo(d) {
			kinds, keys = append(kinds, string(k.kind)), append(keys, k.key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	var rows []struct {
		Kind       ledger.Kind `db:"kind"`
		Key        string      `db:"key"`
		Actor      string      `db:"actor"`
		ObservedAt time.Time   `db:"observed_at"`
		Body       []byte      `db:"body"`
		Texts      jsonMap     `db:"texts"`
	}
	if err := j.fold.tx.all(ctx, &rows, "append_said", j.fold.program, array(kinds), array(keys)); err != nil {
		return err
	}
	for _, r := range rows {
		j.said[factKey{r.Kind, r.Key}] = saidFact{r.Actor, r.ObservedAt, r.Body, r.Texts}
	}
	return nil
}

// loadFiles reads which of the files that drafts speak of are stored.
func (j *judge) loadFiles(ctx context.Context, drafts []ledger.Draft) error {
	j.files = map[string]bool{}
	var wanted []string
	for _, d := range drafts {
		wanted = append(wanted, d.Files()...)
		if erasure, ok := d.Body.(ledger.FileErasure); ok {
			wanted = append(wanted, erasure.SHA256)
		}
	}
	wanted = slices.DeleteFunc(wanted, func(sum string) bool { _, err := hex.DecodeString(sum); return err != nil }) // Validate says so later
	if len(wanted) == 0 {
		return nil
	}
	var stored []string
	if err := j.fold.tx.all(ctx, &stored, "append_files", j.fold.program, array(wanted)); err != nil {
		return err
	}
	for _, sum := range stored {
		j.files[sum] = true
	}
	return nil
}

// act judges what needs a second person or cites a file; everything it refers to exists.
func (j *judge) act(ctx context.Context, d ledger.Draft) (*ledger.Refusal, error) {
	for _, sum := range d.Files() {
		if !j.files[sum] {
			return &ledger.Refusal{Code: ledger.UnknownFile, Field: "file"}, nil
		}
	}
	switch body := d.Body.(type) {
	case ledger.ProgressReport:
		return j.progressReport(ctx, body)
	case ledger.Evidence:
		return j.keyTaken(ledger.KindEvidence, body.Key), nil
	case ledger.Acceptance:
		return j.keyTaken(ledger.KindAcceptance, body.Key), nil
	case ledger.Review:
		return j.review(d, body)
	case ledger.Decision:
		return j.decision(d, body), nil
	case ledger.SanctionStep:
		ladder, _, err := bodyOf[ledger.Ladder](j, ledger.KindLadder, string(ledger.KindLadder))
		if err == nil && body.Step > int64(len(ladder.Steps)) {
			return &ledger.Refusal{Code: ledger.UnknownStep, Field: "step"}, nil
		}
		return j.keyTaken(ledger.KindSanctionStep, body.Key), err
	case ledger.Audit:
		return j.audit(body)
	case ledger.Release:
		if body.Figures != nil && body.Figures.Entry > j.number {
			return &ledger.Refusal{Code: ledger.OutOfRange, Field: "entry"}, nil
		}
	case ledger.FileErasure:
		if !j.files[body.SHA256] {
			return &ledger.Refusal{Code: ledger.UnknownFile, Field: "sha256"}, nil
		}
		delete(j.files, body.SHA256) // what cites it later in this group is refused
	}
	return nil, nil
}

func (j *judge) keyTaken(kind ledger.Kind, key string) *ledger.Refusal {
	if entry, taken := j.facts[kind][key]; taken {
		return &ledger.Refusal{Code: ledger.KeyTaken, Field: "key", KnownEntry: entry}
	}
	return nil
}

// review is never by whoever added the evidence.
func (j *judge) review(d ledger.Draft, body ledger.Review) (*ledger.Refusal, error) {
	evidence, _, err := bodyOf[ledger.Evidence](j, ledger.KindEvidence, body.EvidenceKey)
	switch {
	case err != nil:
		return nil, err
	case j.said[factKey{ledger.KindEvidence, body.EvidenceKey}].actor == d.Actor:
		return &ledger.Refusal{Code: ledger.SamePerson}, nil
	case evidence.Milestone != body.Milestone:
		return &ledger.Refusal{Code: ledger.UnknownEvidence, Field: "evidence_key"}, nil
	}
	return nil, nil
}

// decision is by a second person, save that whoever made a proposal may withdraw it; and there is one.
func (j *judge) decision(d ledger.Draft, body ledger.Decision) *ledger.Refusal {
	own := j.said[factKey{ledger.KindProposal, body.Proposal}].actor == d.Actor
	if entry, decided := j.facts[ledger.KindDecision][body.Proposal]; decided {
		return &ledger.Refusal{Code: ledger.AlreadyDecided, Field: "proposal", KnownEntry: entry}
	}
	switch withdraws := body.Outcome == string(metrics.Withdrawn); {
	case own && !withdraws:
		return &ledger.Refusal{Code: ledger.SamePerson}
	case !own && withdraws:
		return &ledger.Refusal{Code: ledger.NotOwn}
	}
	return nil
}

// audit has one result, and what it checks stays what was planned.
func (j *judge) audit(body ledger.Audit) (*ledger.Refusal, error) {
	planned, known, err := bodyOf[ledger.Audit](j, ledger.KindAudit, body.Key)
	switch {
	case err != nil || !known:
		return nil, err
	case planned.Result != "":
		return &ledger.Refusal{Code: ledger.AlreadyDecided, Field: "key", KnownEntry: j.facts[ledger.KindAudit][body.Key]}, nil
	case body.Result == "":
		return j.keyTaken(ledger.KindAudit, body.Key), nil
	case body.Trigger != planned.Trigger || !slices.Equal(body.Duties, planned.Duties):
		return &ledger.Refusal{Code: ledger.InvalidValue, Field: "duties"}, nil
	}
	return nil, nil
}

// secondPerson returns the draft as a proposal, if it withdraws more than one person may. before and after are the milestone's states.
func (j *judge) secondPerson(d ledger.Draft, before, after metrics.Progress) (*ledger.Draft, error) {
	body := d.Body.(ledger.Report)
	if body.Proposal != "" || body.Audit != "" { // a second person has spoken
		return nil, nil
	}
	program, _, err := bodyOf[ledger.Program](j, ledger.KindProgram, string(ledger.KindProgram))
	if err != nil {
		return nil, err
	}
	weights, _, err := bodyOf[ledger.Weights](j, ledger.KindWeights, string(ledger.KindWeights))
	if err != nil {
		return nil, err
	}
	limit := fold.Rules(program.Rules).SecondPerson
	withdrawn := metrics.Withdraws(metrics.BasisPoints(weights.BasisPoints[body.Milestone]), before.Counts, after.Counts, d.Kind == ledger.KindReopening)
	if withdrawn <= limit {
		return nil, nil
	}
	sum := sha256.Sum256([]byte(d.Source + "\x00" + d.EventID))
	proposed := d
	proposed.Kind = ledger.KindProposal
	proposed.Body = ledger.Proposal{
		Key: "proposal-" + hex.EncodeToString(sum[:6]), Kind: d.Kind, Report: body, BasisPoints: int64(withdrawn), Limit: int64(limit),
	}
	return &proposed, nil
}

// sentAgain is a correction as the proposal that its first sending became.
func sentAgain(known knownEvent, d ledger.Draft) (ledger.Draft, error) {
	var first ledger.Proposal
	if err := unmarshal(known.entry.Body, &first); err != nil {
		return d, err
	}
	first.Kind, first.Report = d.Kind, d.Body.(ledger.Report)
	d.Kind, d.Body = ledger.KindProposal, first
	return d, nil
}

// The sources of entries that follow from others.
const (
	sourceProposal = "proposal"
	sourceAudit    = "audit"
)

// consequences are the entries that follow from one just accepted: what an approved proposal proposed, and the reopening of what a
// failed audit found wanting. They stand or fall with it.
func (j *judge) consequences(d ledger.Draft) ([]ledger.Draft, error) {
	switch body := d.Body.(type) {
	case ledger.Decision:
		if body.Outcome != string(metrics.Approved) {
			return nil, nil
		}
		proposal, _, err := bodyOf[ledger.Proposal](j, ledger.KindProposal, body.Proposal)
		if err != nil {
			return nil, err
		}
		said := j.said[factKey{ledger.KindProposal, body.Proposal}]
		proposal.Report.Proposal = body.Proposal
		return []ledger.Draft{{
			Kind: proposal.Kind, Source: sourceProposal, EventID: body.Proposal, Actor: said.actor, ObservedAt: said.observedAt, Body: proposal.Report, Texts: said.texts,
		}}, nil
	case ledger.Audit:
		if body.Result != string(metrics.AuditFailed) {
			return nil, nil
		}
		return j.reopened(d, body), nil
	}
	return nil, nil
}

// reopened are the reopenings of all milestones in scope that serve one of the audit's duties and have a count.
func (j *judge) reopened(d ledger.Draft, audit ledger.Audit) []ledger.Draft {
	texts := map[string]string{"reason": d.Texts["finding"]}
	if english, given := d.Texts["finding_en"]; given {
		texts["reason_en"] = english
	}
	var drafts []ledger.Draft
	for _, key := range slices.Sorted(maps.Keys(j.defined)) {
		m, counts := j.defined[key], j.fold.States[key].Progress.Counts
		serves := slices.ContainsFunc(m.Duties, func(duty string) bool { return slices.Contains(audit.Duties, duty) })
		if m.Retired || !serves || counts == nil || counts.Total == 0 {
			continue
		}
		total, none := counts.Total, int64(0)
		drafts = append(drafts, ledger.Draft{
			Kind: ledger.KindReopening, Source: sourceAudit, EventID: auditEvent(audit.Key, key), Actor: d.Actor, ObservedAt: d.ObservedAt, Texts: texts,
			Body: ledger.Report{Milestone: key, Done: &none, Total: &total, Unit: m.Unit, Audit: audit.Key},
		})
	}
	return drafts
}

// auditEvent names an audit's reopening of one milestone within the limits of an event id.
func auditEvent(audit, milestone string) string {
	id := fmt.Sprintf("%s/%s", audit, milestone)
	if len(id) > ledger.MaxIDLength {
		sum := sha256.Sum256([]byte(id))
		id = hex.EncodeToString(sum[:])
	}
	return id
}
