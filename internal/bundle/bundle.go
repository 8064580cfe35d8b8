// Package bundle says how a program's whole ledger is written into one file, for people who do not trust us: docs/verify.md
// describes the format for strangers.
//
// A bundle is lines of JSON: a header, every entry in its own order, each checkpoint behind the last entry that it covers together
// with the figures that were shown then, and an end with the SHA-256 of all lines before it. That sum says nothing about the truth
// of the content; it tells a file that was damaged on its way from one that contradicts what was signed.
//
// The package does no input or output but through the reader or writer it is given.
package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Version is the version of the format. A reader that meets another one must say so, not guess.
const Version = 1

// MaxLine is how long a line may be, in bytes. The longest entry that a ledger takes is far shorter.
const MaxLine = 16 << 20

// timeLayout is RFC 3339 in UTC with microseconds, as in an entry's canonical bytes.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// FormatTime writes an instant as bundles do.
func FormatTime(t time.Time) string { return t.UTC().Format(timeLayout) }

// ParseTime reads what FormatTime wrote.
func ParseTime(text string) (time.Time, error) { return time.Parse(timeLayout, text) }

// Header is the first line: what the file claims to be. Nothing of it is signed, so nothing of it is believed.
type Header struct {
	Version    int      `json:"tenggat_bundle"`
	Program    string   `json:"program"` // the program's UUID, as in every entry
	Slug       string   `json:"slug"`    // its name in addresses
	Timezone   string   `json:"timezone"`
	Origin     string   `json:"origin"`      // the log whose checkpoints follow
	Keys       []string `json:"keys"`        // verifier keys it claims; whoever checks pins a key that came another way
	Entries    int64    `json:"entries"`     // how many entries follow
	ExportedAt string   `json:"exported_at"` // when the ledger was read, by the clock of its keeper
}

// Entry is one ledger entry with what stands beside it.
type Entry struct {
	Canonical string          `json:"entry"`           // the bytes that are hashed: RFC 8785 JSON
	Leaf      string          `json:"leaf"`            // its leaf hash as the keeper has it, in base64: names an entry that was edited
	Texts     map[string]Text `json:"texts,omitempty"` // free texts by field; an erased one is missing
}

// Text is a free text and the salt with which the entry's hash of it was made.
type Text struct {
	Salt []byte `json:"salt"`
	Text string `json:"text"`
}

// Checkpoint is a signed head of the ledger, and the figures as shown at the moment of its last entry.
type Checkpoint struct {
	Note    string   `json:"checkpoint"` // a C2SP signed note
	Figures *Figures `json:"figures"`    // null: none were published with it
}

// End is the last line.
type End struct {
	End Counts `json:"end"`
}

// Counts is what the last line says of those before it.
type Counts struct {
	Entries     int64  `json:"entries"`
	Checkpoints int64  `json:"checkpoints"`
	SHA256      string `json:"sha256"` // of all bytes before this line, in hex
}

// line writes a line in the one form that it may have.
func line(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v) // ends the line
	return buf.Bytes(), err
}

// parse reads a line strictly: no member that is not known, and nothing written otherwise than line would.
func parse[T any](raw []byte) (T, error) {
	var v T
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return v, err
	}
	again, err := line(v)
	if err == nil && !bytes.Equal(again, raw) {
		err = errors.New("it is not written as this format is")
	}
	return v, err
}

// Damage says that a bundle cannot be read: it was cut, altered on its way, or is none.
type Damage struct {
	Line int // counted from 1
	Err  error
}

func (d *Damage) Error() string { return fmt.Sprintf("line %d: %s", d.Line, d.Err) }

// Unwrap is the reason.
func (d *Damage) Unwrap() error { return d.Err }

// UnknownVersion says that a file is in a version of its format that this program does not know.
type UnknownVersion struct {
	Version int
}

func (u *UnknownVersion) Error() string {
	return fmt.Sprintf("version %d of the format; this program knows %d", u.Version, Version)
}
