package ledger

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// ProgressReport is a numbered report for the regulator, signed and frozen: it names by their SHA-256 the snapshot that it is and the
// files that were made of it. A report in error is replaced by another, never changed. Free text: "signer", the signer's name, and
// "dissent", what somebody responsible does not agree with.
type ProgressReport struct {
	Number     int64             `json:"number"` // counted from 1 without gaps
	From       string            `json:"from"`   // the period's first day
	To         string            `json:"to"`     // its last
	AsOf       string            `json:"as_of"`  // RFC 3339: the moment its figures are of
	Snapshot   int64             `json:"snapshot_entry"`
	Content    string            `json:"content_sha256"` // hex, of the snapshot's canonical JSON
	Files      []ReportFile      `json:"files"`
	Checkpoint *ReportCheckpoint `json:"checkpoint,omitempty"` // signed before the report and printed in it
	Office     string            `json:"office"`               // in which the signer signs
	Replaces   int64             `json:"replaces,omitempty"`   // the number of a report in error
}

// ReportFile is one rendering of a report.
type ReportFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// ReportCheckpoint names a checkpoint of this ledger.
type ReportCheckpoint struct {
	Origin string `json:"origin"`
	Size   int64  `json:"size"`
	Root   string `json:"root"` // base64
}

func (r ProgressReport) key() string { return strconv.FormatInt(r.Number, 10) }

// maxReportFiles bounds the renderings of one report.
const maxReportFiles = 100

func (c *check) progressReport(r ProgressReport, texts map[string]string) {
	c.that(r.Number > 0, OutOfRange, "number")
	c.that(r.Replaces >= 0 && r.Replaces < r.Number, OutOfRange, "replaces")
	c.date("from", r.From)
	c.date("to", r.To)
	c.that(r.From <= r.To, InvalidValue, "to")
	_, err := time.Parse(time.RFC3339Nano, r.AsOf)
	c.that(err == nil, InvalidValue, "as_of")
	c.that(r.Snapshot > 0, OutOfRange, "snapshot_entry")
	c.sum("content_sha256", r.Content)
	c.text("office", r.Office, maxNameLength)
	c.that(printable(r.Office), InvalidValue, "office")
	c.that(strings.TrimSpace(texts["signer"]) != "", Required, "signer")
	c.that(len(r.Files) > 0, Required, "files")
	c.that(len(r.Files) <= maxReportFiles, TooLong, "files")
	var names []string
	for _, f := range r.Files {
		c.that(fileName(f.Name) && !slices.Contains(names, f.Name), InvalidValue, "files")
		c.that(f.Size > 0, OutOfRange, "files")
		c.sum("files", f.SHA256)
		names = append(names, f.Name)
	}
}

// fileName takes lower-case letters, digits, hyphens and points, which do not stand first.
func fileName(name string) bool {
	return name != "" && len(name) <= 100 && name[0] != '.' && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
}
