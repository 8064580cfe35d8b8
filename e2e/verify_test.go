//go:build e2e

package e2e

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

const vectorsDir = "../internal/verify/testdata"

// vector is a case of docs/verify.md.
type vector struct {
	Says        string   `json:"says"`
	Bundle      string   `json:"bundle"`
	Figure      string   `json:"figure"`
	Key         string   `json:"key"`
	Witness     string   `json:"witness"`
	Checkpoints []string `json:"checkpoints"`
	Receipts    []string `json:"receipts"`
	Saved       []string `json:"saved"`
	Exit        int      `json:"exit"`
	Derives     bool     `json:"derives_figures"`
}

// args is the vector's command line; both verifiers take the same.
func (v vector) args(derives bool) []string {
	at := func(name string) string { return filepath.Join(vectorsDir, name) }
	args := []string{"--key", at(v.Key)}
	if v.Bundle != "" {
		args = append(args, at(v.Bundle))
	} else {
		args = append(args, "--figure", at(v.Figure))
	}
	if v.Witness != "" {
		args = append(args, "--cosigned-by", at(v.Witness))
	}
	for _, name := range v.Checkpoints {
		args = append(args, "--checkpoint", at(name))
	}
	for _, name := range v.Receipts {
		args = append(args, "--receipt", at(name))
	}
	if derives {
		for _, name := range v.Saved {
			args = append(args, "--figures", at(name))
		}
	}
	return args
}

// exitOf runs a command and gives its exit code.
func exitOf(t *testing.T, name string, args ...string) (code int, out string) {
	t.Helper()
	raw, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), string(raw)
	}
	if err != nil {
		t.Fatal(err)
	}
	return 0, string(raw)
}

// Two verifiers that share no line and no language say the same of the same files: the program, and the one that docs/verify.md
// describes, which derives no figures.
func TestTwoVerifiersAgree(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(vectorsDir, "vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 10 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		args := append([]string{"verify", "--evidence", t.TempDir()}, v.args(true)...)
		if code, out := exitOf(t, binary, args...); code != v.Exit {
			t.Errorf("%s: dashboard verify exits with %d, want %d:\n%s", v.Says, code, v.Exit, out)
		}
		want := v.Exit
		if v.Derives {
			want = 0
		}
		if code, out := exitOf(t, "node", append([]string{"../docs/verify/verify.mjs"}, v.args(false)...)...); code != want {
			t.Errorf("%s: verify.mjs exits with %d, want %d:\n%s", v.Says, code, want, out)
		}
	}
}
