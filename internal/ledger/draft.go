package ledger

import (
	"fmt"
	"time"
)

// MaxCount is the largest count a report may state: every JSON reader represents it exactly (2^53 − 1).
const MaxCount = 1<<53 - 1

// Draft is a fact on its way into a ledger: an Entry before it has a number and a recording time.
type Draft struct {
	Kind       Kind
	Source     string
	EventID    string
	Actor      string
	ObservedAt time.Time
	Body       any               // the body type of Kind, from bodies.go
	Texts      map[string]string // free text by field; kept beside the entry
}

// Unit is a set of drafts that stand or fall together.
type Unit struct {
	Drafts []Draft
	Expect *Expectation
}

// Expectation is an optimistic lock: the unit is refused if a newer entry than Entry has changed the milestone's counts or,
// for an item, the item, or has reviewed the evidence.
type Expectation struct {
	Milestone string
	Item      string
	Evidence  string
	Entry     int64
}

// Effect says what the ledger did with a draft.
type Effect string

// The effects that are acknowledged. Everything else is a Refusal.
const (
	Applied   Effect = "applied"   // recorded; it is part of the current state
	Stale     Effect = "stale"     // recorded; older than what is known, so the state stands
	Duplicate Effect = "duplicate" // recorded before under the same event id; nothing was written
	Proposed  Effect = "proposed"  // recorded as a proposal: it has no effect until a second person approves it
)

// Receipt acknowledges one draft. It exists only after the transaction that recorded it has committed.
type Receipt struct {
	Entry      int64
	Effect     Effect
	LeafHash   Hash
	RecordedAt time.Time
	Proposal   string // the proposal's key, where a second person is needed; "" otherwise
}

// Code names why a draft was refused. The words for people are chosen at the edge.
type Code string

// The reasons for refusing a draft.
const (
	UnknownMilestone   Code = "unknown_milestone"
	UnknownArea        Code = "unknown_area"
	UnknownItem        Code = "unknown_item"
	UnknownDeadline    Code = "unknown_deadline"
	UnknownText        Code = "unknown_text" // no such text is kept, or not any more
	UnknownDuty        Code = "unknown_duty"
	UnknownEvidence    Code = "unknown_evidence"
	UnknownProposal    Code = "unknown_proposal"
	UnknownStep        Code = "unknown_step"
	UnknownFile        Code = "unknown_file"
	UnknownReport      Code = "unknown_report"
	Required           Code = "required"
	TooLong            Code = "too_long"
	InvalidValue       Code = "invalid_value"
	OutOfRange         Code = "out_of_range"
	DoneExceedsTotal   Code = "done_exceeds_total"
	PartsExceedTotal   Code = "parts_exceed_total" // done + failed + skipped > total
	UnitMismatch       Code = "unit_mismatch"
	ObservedInFuture   Code = "observed_in_future"
	ObservedTooEarly   Code = "observed_too_early" // more than a year before the program's start
	RecordedOutOfOrder Code = "recorded_out_of_order"
	WeightsNotWhole    Code = "weights_not_whole"
	EventIDReused      Code = "event_id_reused"
	DecreaseUncalled   Code = "decrease_needs_correction"
	ChangedMeanwhile   Code = "changed_meanwhile"
	ZoneFixed          Code = "timezone_fixed"
	SamePerson         Code = "same_person"     // a second person is needed, and this is the first
	NotOwn             Code = "not_own"         // only whoever made it may withdraw it
	AlreadyDecided     Code = "already_decided" // a proposal that was settled, an audit that has its result
	KeyTaken           Code = "key_taken"
	NothingToReopen    Code = "nothing_to_reopen"
	NumberTaken        Code = "number_taken" // another report was signed meanwhile; KnownEntry is its entry
)

// Refusal says why a unit was not recorded. Nothing of the unit was written.
type Refusal struct {
	Index int    // which draft of the unit
	Code  Code   //
	Field string // JSON name within the body ("done", "observed_at"), or "" for the whole
	// Known is what stands in the ledger instead, where that helps: for a decrease or a lost race the counts in force, for
	// a reused event id the entry that has it.
	KnownEntry int64
	KnownDone  *int64
	KnownTotal *int64
	KnownAt    time.Time
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("draft %d refused: %s %s", r.Index, r.Code, r.Field)
}

// Entry makes the numbered entry of a draft.
func (d Draft) Entry(program string, number int64, recordedAt time.Time, imported bool, textHashes map[string]string) (Entry, error) {
	body, err := marshal(d.Body)
	if err != nil {
		return Entry{}, err
	}
	return Entry{
		Program: program, Number: number, Kind: d.Kind, Source: d.Source, EventID: d.EventID, Actor: d.Actor,
		ObservedAt: d.ObservedAt.UTC().Truncate(time.Microsecond), RecordedAt: recordedAt.UTC().Truncate(time.Microsecond),
		Imported: imported, Body: body, TextHashes: textHashes,
	}, nil
}
