package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// FuzzProgramFile: a program file is read or refused and never breaks the command; what is read makes drafts that can be judged.
func FuzzProgramFile(f *testing.F) {
	doc, err := os.ReadFile("../../docs/program-file.md")
	if err != nil {
		f.Fatal(err)
	}
	_, example, _ := strings.Cut(string(doc), "```json\n")
	example, _, _ = strings.Cut(example, "```")
	if def, err := readDefinition("-", strings.NewReader(example)); err != nil || len(def.facts()) != 8 {
		f.Fatalf("the documented example: %d facts, %v", len(def.facts()), err)
	}
	f.Add([]byte(example))
	for _, text := range []string{
		`{"slug":"x"}`, `{"slug":"x","weights":{"version":1,"basis_points":{"":10000}}}`, `{"slug":"x","program":{"rules":{"min_slack_days":1e400}}}`,
		`{"slug":"x","milestones":[{"cadence_seconds":-1}],"deadlines":[null]}`, `{"slug":"x"} trailing`, `[]`, `{"slug":"x","unknown":1}`, "\xff", ``,
	} {
		f.Add([]byte(text))
	}
	if _, err := readDefinition("-", strings.NewReader(example+"{}")); err == nil {
		f.Error("what follows the definition is passed over in silence")
	}
	f.Fuzz(func(_ *testing.T, file []byte) {
		def, err := readDefinition("-", bytes.NewReader(file))
		if err != nil {
			return
		}
		for _, d := range def.facts() {
			_ = d.Key()
			_ = d.Validate()
			_ = d.References()
		}
	})
}
