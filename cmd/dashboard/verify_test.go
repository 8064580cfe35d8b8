package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/verify"
)

const vectorsDir = "../../internal/verify/testdata/"

// verified runs verify and gives its exit code and what it printed.
func verified(t *testing.T, stdin []byte, args ...string) (code int, out string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err := run(t.Context(), append([]string{"verify"}, args...), bytes.NewReader(stdin), &stdout, &stderr)
	if err != nil {
		code = exitCode(err)
	}
	return code, stdout.String()
}

func TestVerifyTellsItsThreeOutcomesApart(t *testing.T) {
	dir := t.TempDir()
	good, key := vectorsDir+"good.jsonl", vectorsDir+"log.key"
	vkey, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"good":               {[]string{good, "--key", key}, 0, "VERIFIED\n"},
		"key written out":    {[]string{good, "--key", strings.TrimSpace(string(vkey))}, 0, "VERIFIED\n"},
		"in Indonesian":      {[]string{good, "--key", key, "--lang", "id"}, 0, "TERVERIFIKASI\n"},
		"contradiction":      {[]string{vectorsDir + "edited.jsonl", "--key", key, "--evidence", dir}, 1, "CONTRADICTION\n"},
		"no key":             {[]string{good}, 2, "COULD NOT BE CHECKED\n"},
		"no such file":       {[]string{"nowhere.jsonl", "--key", key}, 2, ""},
		"no such key":        {[]string{good, "--key", "nowhere.key"}, 2, ""},
		"a key that is none": {[]string{good, "--key", "a+b+c"}, 2, ""},
		"no such note":       {[]string{good, "--key", key, "--checkpoint", "nowhere.note"}, 2, ""},
		"nothing named":      {[]string{"--key", key}, 2, ""},
		"two things named":   {[]string{good, "--figure", good, "--key", key}, 2, ""},
		"no such flag":       {[]string{good, "--kee", key}, 2, ""},
	} {
		if code, out := verified(t, nil, c.args...); code != c.code || !strings.HasPrefix(out, c.says) {
			t.Errorf("%s: exit %d, want %d:\n%s", name, code, c.code, out)
		}
	}
}

func TestVerifyReadsStandardInput(t *testing.T) {
	raw, err := os.ReadFile(vectorsDir + "good.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if code, out := verified(t, raw, "-", "--key", vectorsDir+"log.key"); code != 0 {
		t.Errorf("exit %d:\n%s", code, out)
	}
}

// What contradicts is written down as it was signed, and nothing that is there is overwritten.
func TestVerifyKeepsEvidence(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	args := []string{vectorsDir + "rewritten.jsonl", "--key", vectorsDir + "log.key", "--checkpoint", vectorsDir + "checkpoint-of-8.note", "--evidence", dir}
	for range 2 {
		if code, out := verified(t, nil, args...); code != 1 || !strings.Contains(out, dir) {
			t.Fatalf("exit %d:\n%s", code, out)
		}
	}
	kept, err := os.ReadFile(filepath.Join(dir, "contradiction-given-checkpoint-of-8.note"))
	given, err2 := os.ReadFile(vectorsDir + "checkpoint-of-8.note")
	if err != nil || err2 != nil || !bytes.Equal(kept, given) {
		t.Errorf("%v %v:\n%s", err, err2, kept)
	}
	if c, err := ledger.ReadCheckpoint(kept); err != nil || c.Size != 8 {
		t.Errorf("%v %v", c, err)
	}
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 3 {
		t.Fatalf("%v %v: the second run wrote the same again", names, err)
	}
	if err := os.WriteFile(filepath.Join(dir, names[0].Name()), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	verified(t, nil, args...)
	if mine, err := os.ReadFile(filepath.Join(dir, names[0].Name())); err != nil || string(mine) != "mine" {
		t.Errorf("overwritten: %q %v", mine, err)
	}
}

func TestVerifyAnswersInJSON(t *testing.T) {
	code, out := verified(t, nil, "--json", vectorsDir+"deleted.jsonl", "--key", vectorsDir+"log.key", "--evidence", t.TempDir())
	var answer struct {
		Verdict  verify.Verdict   `json:"verdict"`
		Findings []verify.Finding `json:"findings"`
		Evidence []string         `json:"evidence"`
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil || code != 1 || answer.Verdict != verify.Contradicted || answer.Findings[0].Code != verify.EntryMissing || len(answer.Evidence) == 0 {
		t.Errorf("exit %d, %v:\n%s", code, err, out)
	}
}

// Every finding has words of its own in both languages.
func TestEveryFindingHasWords(t *testing.T) {
	for _, l := range i18n.Langs() {
		seen := map[string]verify.Code{}
		for _, code := range verify.Codes() {
			words := findingWords(l, verify.Report{}, verify.Finding{Code: code, File: "f", Member: "m", Detail: "d"})
			if words == string(code) || strings.Contains(words, "%!") {
				t.Errorf("%s: %q", code, words)
			}
			if other, same := seen[words]; same {
				t.Errorf("%s reads like %s", code, other)
			}
			seen[words] = code
		}
	}
}
