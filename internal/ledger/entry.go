// Package ledger says what an entry is and which bytes are hashed for it. It knows no database and no clock.
//
// Every fact about a program is one Entry of that program's ledger: numbered from 1 without gaps and never changed. Its
// canonical bytes are RFC 8785 JSON and the leaf of a Merkle tree, one tree per program, whose signed heads are checkpoints.
// Personal data stays out of them: people appear as pseudonyms, and free text only as a salted hash.
package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/gowebpki/jcs"
)

// Version is the format of the canonical bytes. A reader that meets a higher one must say so, not guess.
const Version = 1

// Kind says what an entry states.
type Kind string

// The kinds of entries. Each has a body type of the same name in bodies.go or a bodies_*.go.
const (
	KindProgram    Kind = "program"
	KindArea       Kind = "area"
	KindMilestone  Kind = "milestone"
	KindWeights    Kind = "weights"
	KindDeadline   Kind = "deadline"
	KindJob        Kind = "job"
	KindReport     Kind = "report"
	KindCorrection Kind = "correction"
	KindItem       Kind = "item"
	KindStatement  Kind = "statement"
	KindReview     Kind = "review"
	KindAcceptance Kind = "acceptance"
	KindOverride   Kind = "override"
	KindForecast   Kind = "forecast"
	KindErasure    Kind = "erasure"
	KindKey        Kind = "key"
	KindEpoch      Kind = "epoch"

	KindReopening    Kind = "reopening"
	KindEvidence     Kind = "evidence"
	KindProposal     Kind = "proposal"
	KindDecision     Kind = "decision"
	KindDuty         Kind = "duty"
	KindLadder       Kind = "ladder"
	KindSanctionStep Kind = "sanction_step"
	KindAudit        Kind = "audit"
	KindFileErasure  Kind = "file_erasure"

	KindProgressReport Kind = "progress_report"
	KindRelease        Kind = "release"
)

// Entry is one numbered fact. Times are UTC with microseconds, which is what the database keeps.
type Entry struct {
	Program    string            // the program's UUID
	Number     int64             // 1, 2, 3 … within the program
	Kind       Kind              //
	Source     string            // who vouches for EventID being unique: a job, an account's pseudonym, an import
	EventID    string            // the sender's own id; (Source, EventID) is unique within the program
	Actor      string            // pseudonym of a person, "job:<key>", or "import"
	ObservedAt time.Time         // when the fact was observed, by the sender's account
	RecordedAt time.Time         // when this ledger took it in; strictly later than every earlier append
	Imported   bool              // RecordedAt was stated by an import instead of read off the clock
	Body       json.RawMessage   // the body of this Kind
	TextHashes map[string]string // field -> hex of TextHash, for the free text kept beside the entry
}

// wire is the canonical form; member names are short words, their order is RFC 8785's business.
type wire struct {
	Version    int               `json:"v"`
	Program    string            `json:"program"`
	Number     int64             `json:"entry"`
	Kind       Kind              `json:"kind"`
	Source     string            `json:"source"`
	EventID    string            `json:"event_id"`
	Actor      string            `json:"actor"`
	ObservedAt string            `json:"observed_at"`
	RecordedAt string            `json:"recorded_at"`
	Imported   bool              `json:"imported"`
	Body       json.RawMessage   `json:"body"`
	TextHashes map[string]string `json:"texts"`
}

// timeLayout always prints six decimals, so that equal instants have equal bytes.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// Canonical returns the bytes that are hashed for e. The same entry always has the same bytes.
func (e Entry) Canonical() ([]byte, error) {
	texts := e.TextHashes
	if texts == nil {
		texts = map[string]string{}
	}
	raw, err := marshal(wire{
		Version: Version, Program: e.Program, Number: e.Number, Kind: e.Kind, Source: e.Source, EventID: e.EventID, Actor: e.Actor,
		ObservedAt: e.ObservedAt.UTC().Format(timeLayout), RecordedAt: e.RecordedAt.UTC().Format(timeLayout),
		Imported: e.Imported, Body: e.Body, TextHashes: texts,
	})
	if err != nil {
		return nil, fmt.Errorf("entry %d: %w", e.Number, err)
	}
	return jcs.Transform(raw)
}

// Decode reads canonical bytes back. It refuses bytes that are not exactly what Canonical would write.
func Decode(canonical []byte) (Entry, error) {
	var w wire
	dec := json.NewDecoder(bytes.NewReader(canonical))
	dec.DisallowUnknownFields()
	err := dec.Decode(&w)
	if version := versionOf(canonical); version > Version { // what else is unknown follows from that
		return Entry{}, fmt.Errorf("%w: canonical entry of version %d, this program knows %d", ErrUnknown, version, Version)
	}
	if err != nil {
		return Entry{}, fmt.Errorf("canonical entry: %w", err)
	}
	if w.Version != Version {
		return Entry{}, fmt.Errorf("canonical entry: there is no version %d", w.Version)
	}
	observed, err1 := time.Parse(timeLayout, w.ObservedAt)
	recorded, err2 := time.Parse(timeLayout, w.RecordedAt)
	if err := errors.Join(err1, err2); err != nil {
		return Entry{}, fmt.Errorf("canonical entry: %w", err)
	}
	e := Entry{
		Program: w.Program, Number: w.Number, Kind: w.Kind, Source: w.Source, EventID: w.EventID, Actor: w.Actor,
		ObservedAt: observed, RecordedAt: recorded, Imported: w.Imported, Body: w.Body,
	}
	if len(w.TextHashes) > 0 {
		e.TextHashes = w.TextHashes
	}
	again, err := e.Canonical()
	if err != nil {
		return Entry{}, err
	}
	if !bytes.Equal(again, canonical) {
		return Entry{}, errors.New("canonical entry: the bytes are not in canonical form")
	}
	return e, nil
}

// versionOf reads the format of an entry, and nothing else of it; 0 if it has none.
func versionOf(canonical []byte) int {
	var w struct {
		Version int `json:"v"`
	}
	_ = json.Unmarshal(canonical, &w) // what cannot be read has no version
	return w.Version
}

// SaltSize is the length of a text's salt in bytes.
const SaltSize = 32

// TextHash is what an entry holds of a free text: hex of SHA-256(salt, text). Without the salt the text cannot be guessed
// from it, and once text and salt are erased nothing of it is left.
func TextHash(salt []byte, text string) string {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// SameContent reports whether two entries state the same: kind, observed time and body. Numbering, recording time and
// actor may differ. Texts are compared by the caller, who has them in plain.
func SameContent(a, b Entry) bool {
	if a.Kind != b.Kind || !a.ObservedAt.Equal(b.ObservedAt) {
		return false
	}
	x, err1 := jcs.Transform(a.Body)
	y, err2 := jcs.Transform(b.Body)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}

// marshal writes JSON without the HTML escapes that encoding/json adds by default.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}
