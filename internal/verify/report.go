// Package verify checks a program's ledger without trusting whoever keeps it: offline, from a bundle and a verifier key that was
// pinned before. It reads what it is given and nothing else, and it knows no clock.
//
// Three things are kept apart, and never counted as one another: what was verified, what contradicts what was signed, and what could
// not be checked. docs/verify.md says what each finding means.
package verify

import (
	"slices"

	"tenggat/internal/metrics"
)

// Verdict is what came of a check.
type Verdict string

// The verdicts. A contradiction outweighs what could not be checked.
const (
	Verified     Verdict = "verified"
	Contradicted Verdict = "contradiction"
	Unchecked    Verdict = "could_not_check"
)

// Code names a finding. The words for people are chosen at the edge.
type Code string

// Contradictions: the ledger is not what was signed, promised or published, or breaks its own rules.
const (
	EntryMissing      Code = "entry_missing"      // Entry is not there; To comes in its place
	EntryRepeated     Code = "entry_out_of_place" // after entry To - 1 comes Entry again
	EntryForeign      Code = "entry_foreign"      // Entry is of another program
	EntryMalformed    Code = "entry_malformed"    // the bytes of Entry are no entry in canonical form
	EntryEdited       Code = "entry_edited"       // the bytes of Entry do not have the leaf hash that its keeper has for it
	EntryRefused      Code = "entry_refused"      // the rules do not take Entry: Detail
	EventRepeated     Code = "event_repeated"     // Entry has the event id of entry To
	OutOfOrder        Code = "recorded_out_of_order"
	ZoneDiffers       Code = "timezone_differs"    // Entry states another time zone than the header
	TextAltered       Code = "text_altered"        // the text Member of Entry is not the one whose hash was recorded
	EntryChanged      Code = "entry_changed"       // Entry is not what was signed with the checkpoint of To entries
	RootDiffers       Code = "root_differs"        // the root signed for To entries is not theirs; the first that differs is Entry or later
	CheckpointBeyond  Code = "checkpoint_beyond"   // the bundle's own checkpoint covers To entries, of which it holds fewer
	SignatureFalse    Code = "signature_false"     // a checkpoint of the bundle bears a signature that its key did not make
	OlderDiffers      Code = "older_differs"       // the checkpoint File is of a ledger that this one does not go on from
	OlderBeyond       Code = "older_beyond"        // the checkpoint File covers To entries, of which the bundle holds fewer
	Forked            Code = "forked"              // two checkpoints of To entries were signed with different roots
	ReceiptDiffers    Code = "receipt_differs"     // Entry is not the one that the receipt File promises
	ReceiptBeyond     Code = "receipt_beyond"      // the receipt File promises Entry, which is not there
	FiguresDiffer     Code = "figures_differ"      // Member as of entry To: Published is not what the ledger gives, Derived
	FigureNotIncluded Code = "figure_not_included" // Entry is not in the tree that was signed
	FigureDiffers     Code = "figure_differs"      // Member: Published is not what the entries give, Derived
)

// What could not be checked.
const (
	Damaged          Code = "damaged"           // the file cannot be read: Detail
	NewerFormat      Code = "newer_format"      // the file is of a version that this program does not know: Detail
	NoKey            Code = "no_key"            // no key was pinned
	NothingSigned    Code = "nothing_signed"    // there is no checkpoint signed by a pinned key
	OtherKey         Code = "other_key"         // checkpoints after entry Entry are signed by other keys only
	NoCheckpoint     Code = "no_checkpoint"     // a checkpoint cannot be read: Detail
	CheckpointShort  Code = "checkpoint_short"  // the checkpoint covers To entries, the figure rests on Entry
	Misplaced        Code = "misplaced"         // a checkpoint of To entries stands behind entry Entry
	NewerEntry       Code = "newer_entry"       // from Entry on figures are not derived: Detail
	FiguresNewer     Code = "figures_newer"     // figures are made in a way that this program does not know
	FileUnreadable   Code = "file_unreadable"   // File is not what it was given as: Detail
	FileUnsigned     Code = "file_unsigned"     // no pinned key has signed File, or it was altered
	FileForeign      Code = "file_foreign"      // File is of another program
	FileBeyond       Code = "file_beyond"       // File is newer than the bundle, which does not reach Entry
	NoWitness        Code = "no_witness"        // no checkpoint is cosigned by the witness Detail
	FiguresUnrelated Code = "figures_unrelated" // nothing in File is a figure that can be derived
)

// contradictions are the codes of the first group.
var contradictions = []Code{
	EntryMissing, EntryRepeated, EntryForeign, EntryMalformed, EntryEdited, EntryRefused, EventRepeated, OutOfOrder, ZoneDiffers, TextAltered, EntryChanged, RootDiffers,
	CheckpointBeyond, SignatureFalse, OlderDiffers, OlderBeyond, Forked, ReceiptDiffers, ReceiptBeyond, FiguresDiffer, FigureNotIncluded, FigureDiffers,
}

// uncheckeds are the codes of the second.
var uncheckeds = []Code{
	Damaged, NewerFormat, NoKey, NothingSigned, OtherKey, NoCheckpoint, CheckpointShort, Misplaced, NewerEntry,
	FiguresNewer, FileUnreadable, FileUnsigned, FileForeign, FileBeyond, NoWitness, FiguresUnrelated,
}

// Codes lists every code.
func Codes() []Code { return slices.Concat(contradictions, uncheckeds) }

// Contradicts reports whether a finding of this code is a contradiction.
func (c Code) Contradicts() bool { return slices.Contains(contradictions, c) }

// Finding is one thing that is wrong, or could not be checked.
type Finding struct {
	Code      Code   `json:"code"`
	Entry     int64  `json:"entry,omitempty"`
	To        int64  `json:"to,omitempty"`
	File      string `json:"file,omitempty"`
	Member    string `json:"member,omitempty"`
	Published string `json:"published,omitempty"`
	Derived   string `json:"derived,omitempty"`
	Detail    string `json:"detail,omitempty"`
}

// File is something to be read or to be written down.
type File struct {
	Name string
	Data []byte
}

// Report is everything a check found out.
type Report struct {
	Verdict  Verdict   `json:"verdict"`
	Findings []Finding `json:"findings"`

	Program    string `json:"program,omitempty"`
	Slug       string `json:"slug,omitempty"`
	Origin     string `json:"origin,omitempty"`
	ExportedAt string `json:"exported_at,omitempty"`

	Entries      int64  `json:"entries"`       // read
	Checkpoints  int    `json:"checkpoints"`   // signed by a pinned key, and in agreement with the entries
	SignedUpTo   int64  `json:"signed_up_to"`  // entries that the newest of them covers
	Root         string `json:"root"`          // its root
	Cosigned     int    `json:"cosigned"`      // of them, by at least one pinned witness
	Figures      int    `json:"figures"`       // figures derived anew and found as published
	Published    int    `json:"published"`     // sets of figures, one a checkpoint, that were compared
	Older        int    `json:"older"`         // older checkpoints that this ledger goes on from
	Receipts     int    `json:"receipts"`      // receipts kept
	Texts        int    `json:"texts"`         // texts that have the hash that was recorded
	ErasedTexts  int    `json:"erased_texts"`  // texts of which only the hash is left
	FilesMatched int    `json:"files_matched"` // files of figures found as published

	Headline *metrics.Figures `json:"-"` // after the last entry covered; nil: not derived
	Evidence []File           `json:"-"` // signed notes that contradict one another or the ledger
}

func (r *Report) add(f Finding) { r.Findings = append(r.Findings, f) }

// evidence keeps a note once.
func (r *Report) evidence(name string, data []byte) {
	if !slices.ContainsFunc(r.Evidence, func(f File) bool { return f.Name == name }) {
		r.Evidence = append(r.Evidence, File{name, data})
	}
}

// decide sets the verdict.
func (r *Report) decide() {
	if r.Findings == nil {
		r.Findings = []Finding{}
	}
	r.Verdict = Verified
	for _, f := range r.Findings {
		if f.Code.Contradicts() {
			r.Verdict = Contradicted
			return
		}
		r.Verdict = Unchecked
	}
}
