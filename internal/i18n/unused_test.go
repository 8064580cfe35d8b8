package i18n

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	named  = regexp.MustCompile(`\bi18n\.(\w+)`)                    // in any room
	bare   = regexp.MustCompile(`\b[A-Z]\w*`)                       // in this one
	quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|//[^\n]*`)       // texts and comments
	texts  = regexp.MustCompile(`(?m)^\t(\w+) += (?:msg|plural)\(`) // as the catalogue has them
)

// Every text of the catalogue is shown somewhere: what nothing uses is translated, checked and read for nothing.
func TestEveryTextIsUsed(t *testing.T) {
	catalogue, used := []string{}, map[string]bool{}
	read := func(path string, _ fs.DirEntry, err error) error {
		generated, source := strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_test.go"), strings.HasSuffix(path, ".go") || strings.HasSuffix(path, ".templ")
		if err != nil || generated || !source {
			return err
		}
		content, err := os.ReadFile(path)
		found := named
		if filepath.Dir(path) == filepath.Join("..", "..", "internal", "i18n") {
			for _, m := range texts.FindAllSubmatch(content, -1) {
				catalogue = append(catalogue, string(m[1]))
			}
			content, found = quoted.ReplaceAll(texts.ReplaceAll(content, nil), nil), bare
		}
		for _, m := range found.FindAllSubmatch(content, -1) {
			used[string(m[len(m)-1])] = true
		}
		return err
	}
	for _, room := range []string{"web", "internal", "cmd"} {
		if err := filepath.WalkDir(filepath.Join("..", "..", room), read); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range catalogue {
		if !used[name] {
			t.Errorf("nothing uses %s", name)
		}
	}
	if len(catalogue) < 1000 {
		t.Errorf("only %d texts were found; the test no longer sees the catalogue", len(catalogue))
	}
}
