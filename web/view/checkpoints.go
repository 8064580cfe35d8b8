package view

import (
	"strconv"
	"strings"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// Checkpoint is a signed head of a program's ledger, as it is published.
type Checkpoint struct {
	Origin               string
	Size                 int64  // entries that it covers
	Root                 string // base64
	RecordedAt, SignedAt time.Time
	Reason               string // interval, day_end, request, report, stop, epoch
	Note                 string // the signed text
	Witnesses            []Witness
}

// Witness is who signed below a checkpoint.
type Witness struct {
	Name string
	At   time.Time // zero: the signature does not say
}

// Signing is how this server stands to signing. Problem is "" if all is well, the code of a refusal, or "failed".
type Signing struct {
	Problem      string
	Signed, Head int64 // entries that were signed and that there are, where Problem is a refusal
	HasKey       bool
	Keys         []VerifierKey
	Site         string // where people reach this server
}

// VerifierKey checks signatures. Until is when it stops signing; nil: it goes on.
type VerifierKey struct {
	Text   string
	MadeAt time.Time
	Until  *time.Time
}

// CheckpointLine is the sentence on a checkpoint that stands below pages, in print and in exports; c nil: there is none.
func CheckpointLine(lang i18n.Lang, zone *time.Location, c *Checkpoint) string {
	if c == nil {
		return lang.T(i18n.CheckpointNone)
	}
	return lang.T(i18n.CheckpointLine, lang.Int(c.Size), c.Root, lang.DateTime(c.SignedAt.In(zone)))
}

// CheckpointsModel is the page on a program's checkpoints.
type CheckpointsModel struct {
	Frame
	Trouble   *Trouble
	Newest    *CheckpointDetail // nil: none was signed yet
	Following string            // what came after it
	KeyNote   string            // "" unless this server has no key
	Keys      []Fact            // key, and since when
	Fetch     string            // commands
	Run       string
	Rows      []CheckpointRow
	OlderHref string // "" on the last page
	NewerHref string // "" on the first page
}

// Trouble is why nothing is signed.
type Trouble struct{ Title, What, Detail string }

// CheckpointDetail is one checkpoint in full.
type CheckpointDetail struct {
	Facts    []Fact
	Note     string
	NoteHref string
}

// CheckpointRow is a line of the history.
type CheckpointRow struct {
	Size, Root, Signed, Reason, Witnesses, Href string
}

// NewCheckpointsModel makes the page from the newest checkpoint (nil: none) and a page of the history, of which skip newer ones were left
// out; more tells whether older ones follow.
func NewCheckpointsModel(f Frame, p metrics.Program, newest *Checkpoint, history []Checkpoint, skip int64, more bool, s Signing) CheckpointsModel {
	w := words{f.Lang, p.Zone}
	m := CheckpointsModel{Trouble: w.trouble(s)}
	raw := "/api/v1" + f.InProgram("/checkpoint")
	if newest != nil {
		m.Newest = &CheckpointDetail{Facts: w.checkpointFacts(*newest), Note: newest.Note, NoteHref: f.Link(raw)}
		if m.Following = w.T(i18n.CheckpointAll); p.Entry > newest.Size {
			m.Following = w.N(i18n.CheckpointFuture, p.Entry-newest.Size)
		}
	}
	for _, c := range history {
		m.Rows = append(m.Rows, CheckpointRow{
			Size: w.Int(c.Size), Root: c.Root, Signed: w.DateTime(c.SignedAt.In(p.Zone)), Reason: w.signingReason(c.Reason), Witnesses: w.witnesses(c),
			Href: f.LinkWith(raw, "size", strconv.FormatInt(c.Size, 10)),
		})
	}
	if more {
		m.OlderHref = f.LinkWith(f.Path, "skip", strconv.FormatInt(skip+int64(len(history)), 10))
	}
	if skip > 0 {
		m.NewerHref = f.Link(f.Path)
	}
	m.keys(w, s)
	m.Fetch = "curl -f -o ledger.jsonl \\\n  -H \"Authorization: Bearer $TOKEN\" \\\n  " + s.Site + "/api/v1" + f.InProgram("/ledger")
	m.Run = "dashboard verify ledger.jsonl \\\n  --key key.txt \\\n  --checkpoint checkpoint.txt"
	m.Frame = f.titled("", f.t(i18n.CheckpointsTitle))
	return m
}

func (m *CheckpointsModel) keys(w words, s Signing) {
	if !s.HasKey {
		m.KeyNote = w.T(i18n.KeyNotHere)
	}
	for _, k := range s.Keys {
		since := []string{w.T(i18n.KeyMade, w.DateTime(k.MadeAt.In(w.zone)))}
		if k.Until != nil {
			since = append(since, w.T(i18n.KeyUntil, w.DateTime(k.Until.In(w.zone))))
		}
		m.Keys = append(m.Keys, Fact{k.Text, strings.Join(since, ", ")})
	}
}

func (w words) checkpointFacts(c Checkpoint) []Fact {
	return []Fact{
		{w.T(i18n.CheckpointSize), w.Int(c.Size)}, {w.T(i18n.CheckpointRoot), c.Root}, {w.T(i18n.CheckpointSigned), w.DateTime(c.SignedAt.In(w.zone))},
		{w.T(i18n.CheckpointReason), w.signingReason(c.Reason)}, {w.T(i18n.CheckpointCovers), w.DateTime(c.RecordedAt.In(w.zone))},
		{w.T(i18n.CheckpointOrigin), c.Origin}, {w.T(i18n.CheckpointCosign), w.witnesses(c)},
	}
}

func (w words) witnesses(c Checkpoint) string {
	if len(c.Witnesses) == 0 {
		return w.T(i18n.CheckpointNoWit)
	}
	names := make([]string, len(c.Witnesses))
	for i, witness := range c.Witnesses {
		if names[i] = witness.Name; !witness.At.IsZero() {
			names[i] += " (" + w.DateTime(witness.At.In(w.zone)) + ")"
		}
	}
	return strings.Join(names, ", ")
}

func (w words) signingReason(reason string) string {
	switch reason {
	case "day_end":
		return w.T(i18n.ReasonDayEnd)
	case "request":
		return w.T(i18n.ReasonRequest)
	case "report":
		return w.T(i18n.ReasonReport)
	case "stop":
		return w.T(i18n.ReasonStop)
	case "epoch":
		return w.T(i18n.ReasonEpoch)
	}
	return w.T(i18n.ReasonInterval)
}

func (w words) trouble(s Signing) *Trouble {
	refused := map[string]i18n.Message{
		"behind": i18n.RefusedBehind, "contradicted": i18n.RefusedContradicted, "other_key": i18n.RefusedOtherKey,
	}
	switch detail, is := refused[s.Problem]; {
	case is:
		return &Trouble{w.T(i18n.RefusedTitle), w.T(i18n.RefusedWhat), w.T(detail, w.Int(s.Signed), w.Int(s.Head))}
	case s.Problem == "damaged":
		return &Trouble{w.T(i18n.RefusedTitle), w.T(i18n.RefusedWhat), w.T(i18n.RefusedDamaged)}
	case s.Problem != "":
		return &Trouble{Title: w.T(i18n.SigningFailed)}
	}
	return nil
}
