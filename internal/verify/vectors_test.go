package verify

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/ledger"
)

var update = flag.Bool("update", false, "write the test vectors of docs/verify.md anew")

// vector is one case for a second verifier: what to run, and what must come of it.
type vector struct {
	Says        string   `json:"says"`
	Bundle      string   `json:"bundle,omitempty"`
	Figure      string   `json:"figure,omitempty"`
	Key         string   `json:"key"`
	Witness     string   `json:"witness,omitempty"`
	Checkpoints []string `json:"checkpoints,omitempty"`
	Receipts    []string `json:"receipts,omitempty"`
	Saved       []string `json:"saved,omitempty"`
	Exit        int      `json:"exit"`                      // 0 verified, 1 contradiction, 2 could not check
	Derives     bool     `json:"derives_figures,omitempty"` // only a verifier that derives figures can tell
}

var exits = map[Verdict]int{Verified: 0, Contradicted: 1, Unchecked: 2}

// vectors makes the files and the cases of testdata.
func vectors(t *testing.T) (files map[string][]byte, cases []vector) {
	b := smallBook(t)
	good := b.bytes()
	saved, err := json.MarshalIndent(b.figures(b.recorded.AddDate(0, 0, 1)), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	_, other := key(t, origin, "another secret", 1)
	files = map[string][]byte{
		"log.key": []byte(b.vkey + "\n"), "witness.key": []byte(b.wkey + "\n"), "other.key": []byte(other + "\n"),
		"good.jsonl": good, "damaged.jsonl": bytes.Replace(good, []byte(`\"done\":7`), []byte(`\"done\":8`), 1), "cut.jsonl": good[:len(good)/2],
		"checkpoint-of-8.note": []byte(at(b, 8).Note), "receipt-for-13.note": receipt(b, 13, b.entry(13).Leaf, b.recorded).Data,
		"saved.json": bytes.Replace(saved, []byte("{"), []byte("{\n  \"program\": \"demo\","), 1), "figure.json": written(t, b.figure()),
		"rewritten.jsonl": rewritten(t).bytes(),
	}
	spoil := func(name string, how func(*book)) {
		b := smallBook(t)
		how(b)
		files[name] = b.bytes()
	}
	spoil("edited.jsonl", func(b *book) { edit(b, 8, `"done":7`, `"done":8`, true) })
	spoil("deleted.jsonl", func(b *book) { drop(b, isEntry(9)) })
	spoil("reworded.jsonl", func(b *book) {
		e := b.entry(9)
		text := e.Texts["reason"]
		text.Text = "a slip"
		e.Texts["reason"] = text
	})
	spoil("repainted.jsonl", func(b *book) { at(b, 11).Figures.Reported++ })
	spoil("shortened.jsonl", func(b *book) {
		for i := 9; i <= 13; i++ {
			drop(b, isEntry(i))
		}
		b.lines = b.lines[:len(b.lines)-1]
	})
	f := b.figure()
	f.Reported = 8700
	files["figure-of-87.json"] = written(t, f)
	f = b.figure()
	f.Entries[4].Inclusion[0] = f.Entries[4].Inclusion[1]
	files["figure-not-included.json"] = written(t, f)
	return files, []vector{
		{Says: "a good ledger", Bundle: "good.jsonl", Key: "log.key", Exit: 0},
		{Says: "a good ledger, with all that can be held against it", Bundle: "good.jsonl", Key: "log.key", Witness: "witness.key", Checkpoints: []string{"checkpoint-of-8.note"}, Receipts: []string{"receipt-for-13.note"}, Saved: []string{"saved.json"}, Exit: 0},
		{Says: "another key", Bundle: "good.jsonl", Key: "other.key", Exit: 2},
		{Says: "altered on its way", Bundle: "damaged.jsonl", Key: "log.key", Exit: 2},
		{Says: "cut on its way", Bundle: "cut.jsonl", Key: "log.key", Exit: 2},
		{Says: "a count and its hash were edited", Bundle: "edited.jsonl", Key: "log.key", Exit: 1},
		{Says: "an entry was deleted", Bundle: "deleted.jsonl", Key: "log.key", Exit: 1},
		{Says: "a text was worded anew", Bundle: "reworded.jsonl", Key: "log.key", Exit: 1},
		{Says: "another headline was published", Bundle: "repainted.jsonl", Key: "log.key", Exit: 1, Derives: true},
		{Says: "the tree was built and signed anew: by itself it is in order", Bundle: "rewritten.jsonl", Key: "log.key", Exit: 0},
		{Says: "the tree was built and signed anew, and somebody kept an older checkpoint", Bundle: "rewritten.jsonl", Key: "log.key", Checkpoints: []string{"checkpoint-of-8.note"}, Exit: 1},
		{Says: "the tail was cut, and somebody kept a receipt", Bundle: "shortened.jsonl", Key: "log.key", Receipts: []string{"receipt-for-13.note"}, Exit: 1},
		{Says: "a receipt where a checkpoint should be", Bundle: "good.jsonl", Key: "log.key", Checkpoints: []string{"receipt-for-13.note"}, Exit: 2},
		{Says: "a good headline", Figure: "figure.json", Key: "log.key", Exit: 0},
		{Says: "a headline that its sum does not give", Figure: "figure-of-87.json", Key: "log.key", Exit: 1, Derives: true},
		{Says: "a headline with an entry that is not in the tree", Figure: "figure-not-included.json", Key: "log.key", Exit: 1},
	}
}

// The vectors in testdata are what this program writes, and this program gives what they say. A verifier in another language is held
// against the same files.
func TestVectors(t *testing.T) {
	files, cases := vectors(t)
	var index bytes.Buffer
	enc := json.NewEncoder(&index)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(cases); err != nil {
		t.Fatal(err)
	}
	files["vectors.json"] = index.Bytes()
	for name, want := range files {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what is written now (%v); if that is meant, run go test ./internal/verify -update", name, err)
		}
	}
	for _, c := range cases {
		if r := c.run(t, files); exits[r.Verdict] != c.Exit {
			t.Errorf("%s: %s %+v", c.Says, r.Verdict, r.Findings)
		}
	}
}

func (c vector) run(t *testing.T, files map[string][]byte) Report {
	t.Helper()
	list := func(names []string) (list []File) {
		for _, name := range names {
			list = append(list, File{name, files[name]})
		}
		return list
	}
	keys := func(name string) (verifiers []note.Verifier) {
		for _, vkey := range strings.Fields(string(files[name])) {
			v, err := ledger.NewVerifier(vkey)
			if err != nil {
				t.Fatal(err)
			}
			verifiers = append(verifiers, v)
		}
		return verifiers
	}
	if c.Figure != "" {
		return Figure(bytes.NewReader(files[c.Figure]), keys(c.Key))
	}
	return Bundle(bytes.NewReader(files[c.Bundle]), Request{
		Keys: keys(c.Key), Witnesses: keys(c.Witness), Older: list(c.Checkpoints), Receipts: list(c.Receipts), Figures: list(c.Saved),
	})
}

// Every file of testdata belongs to a case.
func TestNoStrayVectors(t *testing.T) {
	files, _ := vectors(t)
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, known := files[e.Name()]; !known && !slices.Contains([]string{"fuzz", "rapid", "vectors.json"}, e.Name()) {
			t.Errorf("testdata/%s belongs to nothing", e.Name())
		}
	}
}
