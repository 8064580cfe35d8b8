package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// configRows are the rows of the README's table: every flag that has an environment variable.
func configRows(t *testing.T) []string {
	t.Helper()
	var cli commandLine
	parser, err := newParser(&cli, os.Stdout, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	seen := map[string]bool{}
	add := func(flags []*kong.Flag) {
		for _, f := range flags {
			if len(f.Envs) == 0 || seen[f.Name] {
				continue
			}
			seen[f.Name] = true
			value := f.Default
			if f.Name == "data" {
				value = "see [operations](docs/operations.md)"
			}
			meaning, _, _ := strings.Cut(strings.ReplaceAll(f.Help, " (default "+f.Default+")", ""), "\n")
			rows = append(rows, fmt.Sprintf("| `--%s` | `%s` | %s | %s |", f.Name, f.Envs[0], value, meaning))
		}
	}
	add(parser.Model.Flags)
	for _, command := range parser.Model.Children {
		add(command.Flags)
	}
	return rows
}

// The README's configuration table says exactly what the code reads.
func TestReadmeConfiguration(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(readme), "|---|---|---|---|\n")
	table, _, _ := strings.Cut(after, "\n\n")
	want := strings.Join(configRows(t), "\n")
	if !found || table != want {
		t.Errorf("the README's configuration table should be:\n%s", want)
	}
}
