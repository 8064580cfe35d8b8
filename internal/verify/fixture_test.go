package verify

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/bundle"
	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// The log, its program and the witness of the test vectors. Their keys are made of words, so that the vectors are always the same.
const (
	programID = "0b9c7c5e-5a1f-4d52-9c3e-6f0a1f4a7d10"
	logName   = "tenggat.example.id"
	origin    = logName + "/program/" + programID
	witness   = "witness.example"
)

var day0 = time.Date(2024, 1, 8, 2, 0, 0, 0, time.UTC)

// key makes a signer and its verifier key out of a word.
func key(t testing.TB, name, word string, algorithm byte) (signer, string) {
	t.Helper()
	seed := sha256.Sum256([]byte(word))
	private := ed25519.NewKeyFromSeed(seed[:])
	public := append([]byte{algorithm}, private.Public().(ed25519.PublicKey)...)
	sum := sha256.Sum256(append([]byte(name+"\n"), public...))
	s := signer{name, binary.BigEndian.Uint32(sum[:]), private}
	return s, fmt.Sprintf("%s+%08x+%s", name, s.hash, base64.StdEncoding.EncodeToString(public))
}

type signer struct {
	name    string
	hash    uint32
	private ed25519.PrivateKey
}

func (s signer) Name() string                    { return s.name }
func (s signer) KeyHash() uint32                 { return s.hash }
func (s signer) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.private, msg), nil }

// cosigner signs as a witness does: over the time too.
type cosigner struct {
	signer
	at int64
}

func (s cosigner) Sign(msg []byte) ([]byte, error) {
	sig := binary.BigEndian.AppendUint64(nil, uint64(s.at))
	return append(sig, ed25519.Sign(s.private, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", s.at, msg))...), nil
}

func verifier(t testing.TB, vkey string) note.Verifier {
	t.Helper()
	v, err := ledger.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func sign(t testing.TB, text string, signers ...note.Signer) string {
	t.Helper()
	signed, err := note.Sign(&note.Note{Text: text}, signers...)
	if err != nil {
		t.Fatal(err)
	}
	return string(signed)
}

// book is a small ledger that grows, and the bundle of it.
type book struct {
	t         testing.TB
	log       signer
	vkey      string
	witness   cosigner
	wkey      string
	header    bundle.Header
	lines     []any // *bundle.Entry, *bundle.Checkpoint
	tree      ledger.Edge
	rows      map[ledger.Place]ledger.Hash
	replay    *fold.Ledger
	recorded  time.Time
	canonical []string
}

func newBook(t testing.TB) *book {
	b := &book{t: t, recorded: day0, rows: map[ledger.Place]ledger.Hash{}}
	b.log, b.vkey = key(t, origin, "the log's secret", 1)
	w, wkey := key(t, witness, "the witness's secret", 4)
	b.witness, b.wkey = cosigner{w, day0.Unix()}, wkey
	b.header = bundle.Header{
		Program: programID, Slug: "demo", Timezone: "Asia/Jakarta", Origin: origin, Keys: []string{b.vkey}, ExportedAt: bundle.FormatTime(day0.AddDate(0, 6, 0)),
	}
	zone, err := time.LoadLocation(b.header.Timezone)
	if err != nil {
		t.Fatal(err)
	}
	b.replay = fold.NewLedger(programID, zone)
	return b
}

// append records an entry some hours after the last.
func (b *book) append(kind ledger.Kind, source, id string, body any, texts map[string]string) {
	b.t.Helper()
	b.recorded = b.recorded.Add(7 * time.Hour)
	raw, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	e := ledger.Entry{
		Program: programID, Number: b.tree.Size + 1, Kind: kind, Source: source, EventID: id, Actor: source,
		ObservedAt: b.recorded.Add(-time.Minute), RecordedAt: b.recorded, Body: raw,
	}
	line := bundle.Entry{}
	for field, text := range texts {
		salt := sha256.Sum256([]byte(id + field))
		if line.Texts == nil {
			line.Texts, e.TextHashes = map[string]bundle.Text{}, map[string]string{}
		}
		line.Texts[field], e.TextHashes[field] = bundle.Text{Salt: salt[:], Text: text}, ledger.TextHash(salt[:], text)
	}
	canonical, err := e.Canonical()
	if err != nil {
		b.t.Fatal(err)
	}
	b.add(string(canonical), line.Texts)
	if err := b.replay.Add(e, texts); err != nil {
		b.t.Fatal(err)
	}
}

// add takes canonical bytes into the tree and the bundle, whatever they say.
func (b *book) add(canonical string, texts map[string]bundle.Text) {
	leaf := ledger.LeafHash([]byte(canonical))
	for level, h := range b.tree.Append(leaf) {
		b.rows[ledger.Place{Entry: b.tree.Size, Level: level}] = h
	}
	b.header.Entries = b.tree.Size
	b.canonical = append(b.canonical, canonical)
	b.lines = append(b.lines, &bundle.Entry{Canonical: canonical, Leaf: leaf.String(), Texts: texts})
}

func (b *book) note(signers ...note.Signer) string {
	return sign(b.t, ledger.Checkpoint{Origin: origin, Size: b.tree.Size, Root: b.tree.Root()}.Text(), signers...)
}

// checkpoint signs what is there, and publishes its figures.
func (b *book) checkpoint(signers ...note.Signer) {
	b.t.Helper()
	f := b.figures(b.recorded)
	b.lines = append(b.lines, &bundle.Checkpoint{Note: b.note(signers...), Figures: &f})
}

func (b *book) state(at time.Time) (metrics.Program, metrics.Assessment) {
	b.t.Helper()
	s, err := b.replay.State("demo")
	if err != nil {
		b.t.Fatal(err)
	}
	return s.Program, metrics.Assess(s.Program, s.History, at)
}

func (b *book) figures(at time.Time) bundle.Figures { return bundle.NewFigures(b.state(at)) }

// bytes writes the bundle.
func (b *book) bytes() []byte {
	b.t.Helper()
	var out bytes.Buffer
	w, err := bundle.NewWriter(&out, b.header)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, line := range b.lines {
		switch line := line.(type) {
		case *bundle.Entry:
			err = w.Entry(*line)
		case *bundle.Checkpoint:
			err = w.Checkpoint(*line)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	return out.Bytes()
}

// request pins the log's key.
func (b *book) request() Request { return Request{Keys: []note.Verifier{verifier(b.t, b.vkey)}} }

func (b *book) verify() Report { return Bundle(bytes.NewReader(b.bytes()), b.request()) }

// entry is the bundle's line of an entry, to be spoilt.
func (b *book) entry(number int64) *bundle.Entry {
	for _, line := range b.lines {
		if e, ok := line.(*bundle.Entry); ok {
			if number--; number == 0 {
				return e
			}
		}
	}
	b.t.Fatal("no such entry")
	return nil
}

func n(v int64) *int64 { return &v }

func both(name string) ledger.Text { return ledger.Text{ID: name, EN: name} }

// smallBook is the ledger of the test vectors: definitions, reports, a correction, texts of which one was erased, checkpoints of which
// one is cosigned, and two entries at the end that are not signed yet.
func smallBook(t testing.TB) *book {
	b := newBook(t)
	b.append(ledger.KindProgram, "import", "program", ledger.Program{Name: both("Program"), Timezone: "Asia/Jakarta", Start: "2024-01-08", LegalBasis: "Permendag 31/2023", LeadRegulator: "Kemendag"}, nil)
	b.append(ledger.KindArea, "import", "area-P", ledger.Area{Key: "P", Name: both("Pembayaran")}, nil)
	for i, milestone := range []string{"P1", "P2"} {
		b.append(ledger.KindMilestone, "import", "milestone-"+milestone, ledger.Milestone{
			Key: milestone, Area: "P", Name: both("Milestone " + milestone), Definition: both("All moved"), Unit: "records", Layer: "both",
			PlannedStart: "2024-01-08", PlannedDue: "2024-03-29", CadenceSeconds: 86400, GraceSeconds: 3600, Position: i,
		}, nil)
	}
	b.append(ledger.KindWeights, "compliance", "weights-1", ledger.Weights{Version: 1, BasisPoints: map[string]int64{"P1": 6667, "P2": 3333}}, nil)
	b.append(ledger.KindDeadline, "compliance", "D1", ledger.Deadline{Key: "D1", Version: 1, Kind: "regulatory", Date: "2024-04-12", Stated: both("four months"), AnnouncedOn: "2024-01-08", AnnouncedBy: "Kemendag", Binding: true}, nil)
	b.checkpoint(b.log)
	report := func(kind ledger.Kind, id, milestone string, done, total int64, texts map[string]string) {
		b.append(kind, "job:loader", id, ledger.Report{Milestone: milestone, Done: &done, Total: &total, State: "running"}, texts)
	}
	report(ledger.KindReport, "r1", "P1", 10, 30, map[string]string{"message": "first batch <ok> & \u2028 déjà vu"})
	report(ledger.KindReport, "r2", "P2", 7, 9, nil)
	b.checkpoint(b.log, b.witness)
	report(ledger.KindCorrection, "c1", "P1", 9, 30, map[string]string{"reason": "counted twice"})
	b.append(ledger.KindItem, "engineer-1", "i1", ledger.Item{Key: "i1", Kind: "blocker", Milestone: "P2", WaitsOn: both("Bank"), OpenedOn: "2024-01-10"}, map[string]string{"title": "No test data"})
	b.entry(10).Texts = nil // erased
	report(ledger.KindReport, "r3", "P1", 21, 30, nil)
	b.checkpoint(b.log)
	report(ledger.KindReport, "r4", "P2", 8, 9, nil)
	b.append(ledger.KindReview, "compliance", "v1", ledger.Review{Milestone: "P1", Accepted: true, Done: 20, Evidence: "https://example.test/e", ObservedOn: "2024-01-12"}, map[string]string{"reason": "seen"})
	return b
}

// tinyBook is the smallest ledger with a text and a figure, all of it signed.
func tinyBook(t testing.TB) *book {
	b := newBook(t)
	b.append(ledger.KindMilestone, "import", "m", ledger.Milestone{
		Key: "P1", Area: "P", Name: both("m"), Definition: both("d"), Unit: "records", Layer: "both", PlannedStart: "2024-01-08", PlannedDue: "2024-03-29", CadenceSeconds: 86400,
	}, nil)
	b.append(ledger.KindWeights, "import", "w", ledger.Weights{Version: 1, BasisPoints: map[string]int64{"P1": 10000}}, nil)
	b.append(ledger.KindReport, "job:loader", "r", ledger.Report{Milestone: "P1", Done: n(87), Total: n(100)}, map[string]string{"message": "x"})
	b.checkpoint(b.log)
	return b
}

// figure is the proof of the headline as of the last entry.
func (b *book) figure() bundle.Figure {
	b.t.Helper()
	p, a := b.state(b.recorded)
	f := bundle.Figure{
		Version: bundle.Version, Program: programID, Slug: "demo", Timezone: "Asia/Jakarta", AsOf: bundle.FormatTime(b.recorded), Entry: p.Entry,
		Sum: bundle.NewSum(p, a), Checkpoint: b.note(b.log), Entries: []bundle.Proved{},
	}
	for _, number := range f.RestsOn() {
		f.Entries = append(f.Entries, bundle.Proved{Canonical: b.canonical[number-1], Inclusion: b.inclusion(number)})
	}
	return f
}

// inclusion proves that an entry is in the tree as it is now.
func (b *book) inclusion(number int64) []string {
	b.t.Helper()
	read := ledger.HashReader(func(places []ledger.Place) ([]ledger.Hash, error) {
		hashes := make([]ledger.Hash, len(places))
		for i, p := range places {
			hashes[i] = b.rows[p]
		}
		return hashes, nil
	})
	proof, err := read.Inclusion(number, b.tree.Size)
	if err != nil {
		b.t.Fatal(err)
	}
	texts := []string{}
	for _, h := range proof {
		texts = append(texts, h.String())
	}
	return texts
}

// resum gives spoilt lines the SHA-256 that a keeper who spoils them would give them.
func resum(raw []byte) []byte {
	end := bytes.LastIndexByte(bytes.TrimSuffix(raw, []byte("\n")), '\n') + 1
	sum := sha256.Sum256(raw[:end])
	const member = `"sha256":"`
	at := end + bytes.Index(raw[end:], []byte(member)) + len(member)
	return append(append(append([]byte{}, raw[:at]...), hex.EncodeToString(sum[:])...), raw[at+64:]...)
}
