// Package reports freezes a progress report: from one document, in both languages, it makes the canonical content that is hashed and the
// files that people read. What people wrote stands in the content as salted hashes, so that it can be erased without breaking the hash.
package reports

import (
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// Format names the form of the content; docs/reports.md describes it.
const Format = "tenggat-progress-report/1"

// Document is a report before it is frozen: its head and its sections, with nothing in them that depends on a language.
type Document struct {
	Head
	Sections []Section
}

// Head is what stands above, below and beside a report.
type Head struct {
	Number   int64
	Replaces int64 // the number of the report in error that this one stands for; 0: none

	Program   string // slug
	ProgramID string
	Name      metrics.Text
	Regulator string
	Operators []string
	Legal     string
	Demo      string // what of the program is invented; "" for a real one
	Zone      *time.Location

	From, To   metrics.Day
	AsOf       time.Time // the moment that figures are of
	Entry      int64     // the last entry known then
	RecordedAt time.Time // when that was recorded
	Checkpoint *Checkpoint

	Signer  Signer
	Dissent string // "" for none
}

// Checkpoint names the signed head of the ledger that is printed in the report.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   string // base64
}

// Signer is who answers for a report.
type Signer struct {
	Name      string // as it was when it was signed
	Office    string
	Pseudonym string // in the ledger
	At        time.Time
}

// Section is one numbered part.
type Section struct {
	Title  i18n.Message
	Said   []tables.Cell // paragraphs: tables.Words or tables.Free
	Tables []tables.Table
}

// File is a file made of a report.
type File struct {
	Name      string
	MediaType string
	Quotes    bool // texts of people stand in it
	Content   []byte
}
