package tables

import (
	"encoding/csv"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// fataler is what testing.T and rapid.T have in common here.
type fataler interface{ Fatal(args ...any) }

func parse(t fataler, file []byte) [][]string {
	if !utf8.Valid(file) {
		t.Fatal("not UTF-8")
	}
	rows, err := csv.NewReader(strings.NewReader(string(file))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// sample has a cell of every kind.
func sample(word string, n int64) Table {
	type row struct{}
	col := func(key string, c Cell) Field[row] {
		return Field[row]{Column: Column{Key: key, Label: i18n.Milestone}, Cell: func(row) Cell { return c }}
	}
	added := col("points", Hundredths(n))
	added.Added = true
	return Make("sample", i18n.Details, []Field[row]{
		col("word", Word(word)), col("words", Words{ID: word, EN: "x"}), col("free", Free{ID: word, EN: word}), col("whole", Whole(n)), added,
		col("date", Date(19_000)), col("time", Time(time.Date(2024, 3, 12, 9, 0, 0, 0, time.FixedZone("WIB", 7*3600)))), col("yes", Yes(true)), col("none", nil),
	}, []row{{}, {}})
}

var origin = Origin{Program: "demo", AsOf: Time(time.Date(2024, 3, 12, 2, 0, 0, 0, time.UTC)), Entry: 7, Filter: "area=P"}

// Whatever people write, no field of a CSV file begins like a formula, and the text is all there.
func TestNothingWrittenBecomesAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.SampledFrom([]string{"", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u00a0@", "\u3000＝", `"=`, "'="}).Draw(t, "start")
		text := start + strings.ReplaceAll(rapid.String().Draw(t, "text"), "\r", "")
		if text == "" || !utf8.ValidString(text) {
			t.Skip()
		}
		row := parse(t, sample(text, -5).CSV(i18n.Indonesian, origin))[1]
		for i, field := range row[:3] {
			if first := strings.TrimLeft(field, " \u00a0\u3000\ufeff"); first != "" && strings.ContainsRune(formulaStarts, []rune(first)[0]) {
				t.Fatalf("field %d begins like a formula: %q", i, field)
			}
			if got := strings.TrimPrefix(field, "'"); got != strings.TrimPrefix(text, "'") && !strings.Contains(text, "\r") {
				t.Fatalf("%q became %q", text, field)
			}
		}
	})
}

// Numbers, dates and times are what they are, negative numbers too, in either language.
func TestCellsAsText(t *testing.T) {
	for _, l := range i18n.Langs() {
		file := sample("a,\"b\"", -1250).CSV(l, origin)
		if n := strings.Count(string(file), "\r\n"); n != 3 {
			t.Errorf("%d lines end in CR LF", n)
		}
		rows := parse(t, file)
		if diff := cmp.Diff([]string{"-1250", "-12.5", "2022-01-08", "2024-03-12T02:00:00Z", "true", "", "demo", "2024-03-12T02:00:00Z", "7", "", "area=P"}, rows[1][3:]); diff != "" {
			t.Error(diff)
		}
		if want := l.Pick(`a,"b"`, "x"); rows[1][1] != want {
			t.Errorf("words are %q, want %q", rows[1][1], want)
		}
		if len(rows[0]) != len(rows[1]) {
			t.Errorf("%d headings over %d fields", len(rows[0]), len(rows[1]))
		}
	}
}

func TestHundredthsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1<<53, 1<<53).Draw(t, "n")
		text := Hundredths(n).String()
		got, ok := new(big.Rat).SetString(text)
		if !ok || got.Cmp(big.NewRat(n, 100)) != 0 || strings.HasPrefix(text, "+") || strings.Contains(text, ".") && strings.HasSuffix(text, "0") {
			t.Fatalf("%d hundredths are %q", n, text)
		}
		if raw, err := json.Marshal(json.Number(text)); err != nil || string(raw) != text {
			t.Fatalf("JSON takes %q for %s: %v", text, raw, err)
		}
	})
}

func TestDataAndTotals(t *testing.T) {
	table := sample("word", 1250)
	table.Line(map[string]Cell{"word": Word("rest"), "points": Hundredths(1)})
	raw, err := json.Marshal(table.Data(nil))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	rows := got["rows"].([]any)
	want := map[string]any{
		"word": "word", "words": map[string]any{"id": "word", "en": "x"}, "free": map[string]any{"id": "word", "en": "word"}, "whole": 1250.0, "points": 12.5,
		"date": "2022-01-08", "time": "2024-03-12T02:00:00Z", "yes": true, "none": nil,
	}
	if diff := cmp.Diff(want, rows[0]); diff != "" {
		t.Error(diff)
	}
	if total := got["totals"].(map[string]any); len(rows) != 3 || total["points"] != 25.01 || total["whole"] != nil {
		t.Errorf("%d rows, totals %v", len(rows), total)
	}
	hidden := table.Data(func(metrics.Text) any { return "hidden" }).Rows[0]
	if hidden["free"] != "hidden" || hidden["word"] != "word" {
		t.Errorf("what people wrote is not replaced: %v", hidden)
	}
}

func FuzzHarmless(f *testing.F) {
	for _, s := range []string{"", "=1+1", "＝1", " @x", "-5", "'=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := harmless(s)
		if start := strings.TrimLeft(got, " \u00a0\u3000\ufeff"); start != "" && strings.ContainsRune(formulaStarts, []rune(start)[0]) || strings.TrimPrefix(got, "'") != strings.TrimPrefix(s, "'") {
			t.Errorf("%q became %q", s, got)
		}
	})
}
