package reports

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/gowebpki/jcs"

	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// Content is a report in the form that is hashed.
type Content struct {
	Canonical []byte // RFC 8785 JSON
	SHA256    string // hex, of Canonical
	Texts     []Text // what stands in Canonical as hashes only
}

// Text is a text of a person. Hash is SHA-256 of the salt and the canonical JSON of the text in both languages.
type Text struct {
	Hash, Salt []byte
	metrics.Text
}

// saltSize makes a text impossible to guess from its hash.
const saltSize = 32

type contentJSON struct {
	Format    string            `json:"format"`
	Number    int64             `json:"number"`
	Replaces  int64             `json:"replaces,omitempty"`
	Program   programJSON       `json:"program"`
	From      metrics.Day       `json:"from"`
	To        metrics.Day       `json:"to"`
	AsOf      string            `json:"as_of"`
	Entry     int64             `json:"entry"`
	Recorded  string            `json:"recorded_at"`
	Checkpt   *checkpointJSON   `json:"checkpoint"`
	Signature signatureJSON     `json:"signature"`
	Sections  []sectionJSON     `json:"sections"`
	Dissent   map[string]string `json:"dissent"` // null: none
}

type programJSON struct {
	ID        string       `json:"id"`
	Key       string       `json:"key"`
	Name      metrics.Text `json:"name"`
	Regulator string       `json:"lead_regulator"`
	Operators []string     `json:"operators"`
	Legal     string       `json:"legal_basis"`
	Zone      string       `json:"timezone"`
	Demo      string       `json:"demo,omitempty"`
}

type checkpointJSON struct {
	Origin string `json:"origin"`
	Size   int64  `json:"size"`
	Root   string `json:"root"`
}

type signatureJSON struct {
	Name      map[string]string `json:"name"`
	Office    string            `json:"office"`
	Pseudonym string            `json:"pseudonym"`
	At        string            `json:"at"`
}

type sectionJSON struct {
	Number int           `json:"number"`
	Title  metrics.Text  `json:"title"`
	Said   []any         `json:"paragraphs"`
	Tables []tables.Data `json:"tables"`
}

// NewContent makes the content of a report, with fresh salts: of the same document two contents differ.
func NewContent(d Document) (Content, error) {
	t := &textHashes{byText: map[metrics.Text]Text{}}
	c := contentJSON{
		Format: Format, Number: d.Number, Replaces: d.Replaces, From: d.From, To: d.To, AsOf: rfc3339(d.AsOf), Entry: d.Entry, Recorded: rfc3339(d.RecordedAt),
		Program:   programJSON{d.ProgramID, d.Program, d.Name, d.Regulator, append([]string{}, d.Operators...), d.Legal, d.Zone.String(), d.Demo},
		Signature: signatureJSON{t.of(same(d.Signer.Name)), d.Signer.Office, d.Signer.Pseudonym, rfc3339(d.Signer.At)},
	}
	if d.Checkpoint != nil {
		c.Checkpt = &checkpointJSON{d.Checkpoint.Origin, d.Checkpoint.Size, d.Checkpoint.Root}
	}
	if d.Dissent != "" {
		c.Dissent = t.of(same(d.Dissent))
	}
	for i, s := range d.Sections {
		section := sectionJSON{Number: i + 1, Title: tables.Both(s.Title), Said: []any{}, Tables: []tables.Data{}}
		for _, p := range s.Said {
			section.Said = append(section.Said, tables.Value(p, t.any))
		}
		for _, table := range s.Tables {
			section.Tables = append(section.Tables, table.Data(t.any))
		}
		c.Sections = append(c.Sections, section)
	}
	raw, err := json.Marshal(c)
	if err != nil {
		return Content{}, err
	}
	canonical, err := jcs.Transform(raw)
	if err != nil || t.err != nil {
		return Content{}, err
	}
	sum := sha256.Sum256(canonical)
	return Content{canonical, hex.EncodeToString(sum[:]), t.list}, nil
}

// same is a text that was written in one language and stands in both.
func same(text string) metrics.Text { return metrics.Text{ID: text, EN: text} }

func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// textHashes gives each text of a person one salted hash.
type textHashes struct {
	byText map[metrics.Text]Text
	list   []Text
	err    error
}

func (t *textHashes) any(text metrics.Text) any { return t.of(text) }

// of is what stands in the place of a text.
func (t *textHashes) of(text metrics.Text) map[string]string {
	known, seen := t.byText[text]
	if !seen {
		known = Text{Salt: make([]byte, saltSize), Text: text}
		_, _ = rand.Read(known.Salt) // never fails, says its documentation
		if known.Hash, t.err = HashText(known.Salt, text); t.err != nil {
			return nil
		}
		t.byText[text], t.list = known, append(t.list, known)
	}
	return map[string]string{"text_sha256": hex.EncodeToString(known.Hash)}
}

// HashText is what a content holds of a text: SHA-256 of the salt and of RFC 8785 JSON {"en":…,"id":…}.
func HashText(salt []byte, text metrics.Text) ([]byte, error) {
	raw, err := json.Marshal(text)
	if err != nil {
		return nil, err
	}
	canonical, err := jcs.Transform(raw)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	h.Write(salt)
	h.Write(canonical)
	return h.Sum(nil), nil
}

// WithTexts is the content together with what people wrote, as far as it is kept, for a reader: {"content":…,"sha256":…,"texts":{…}}.
func WithTexts(canonical []byte, texts []Text) ([]byte, error) {
	type kept struct {
		Salt string `json:"salt"`
		metrics.Text
	}
	list := map[string]kept{}
	for _, t := range texts {
		list[hex.EncodeToString(t.Hash)] = kept{hex.EncodeToString(t.Salt), t.Text}
	}
	sum := sha256.Sum256(canonical)
	raw, err := json.Marshal(struct {
		Content json.RawMessage `json:"content"`
		SHA256  string          `json:"sha256"`
		Texts   map[string]kept `json:"texts"`
	}{canonical, hex.EncodeToString(sum[:]), list})
	if err != nil {
		return nil, err
	}
	return jcs.Transform(raw)
}
