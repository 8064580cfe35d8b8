package i18n

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// Every pair in the package, read from its source, keeps the rules of the package comment.
func TestEveryTextIsWellMade(t *testing.T) {
	texts, problems := readTexts(t)
	for _, problem := range problems {
		t.Error(problem)
	}
	for _, text := range texts {
		for _, fault := range text.faults() {
			t.Errorf("%s: %s: %q", text.where, fault, text.wordings)
		}
	}
	if len(texts) < 300 {
		t.Errorf("only %d texts were found; the test no longer sees the catalogue", len(texts))
	}
}

// The checker itself is checked: each of these is refused, for the reason given.
func TestFaultsAreFound(t *testing.T) {
	cases := []struct {
		fault    string
		wordings []string
	}{
		{"", []string{"Simpan", "Save"}},
		{"", []string{"Admin", "Admin"}},
		{"", []string{"%[2]s dari %[1]s", "%s and %s"}},
		{"", []string{"%s%% selesai", "%s%% done"}},
		{"", []string{"%[1]s hari", "%[1]s day", "%[1]s days"}},
		{"empty", []string{"Simpan", ""}},
		{"empty", []string{"", "Save"}},
		{"empty", []string{"%[1]s hari", "", "%[1]s days"}},
		{"white space", []string{"Simpan ", "Save"}},
		{"white space", []string{"Simpan  ini", "Save this"}},
		{"verbs", []string{"%s hari", "days"}},
		{"verbs", []string{"%d hari", "%s days"}},
		{"verbs", []string{"%[1]s dan %[2]s", "%[1]s and %[1]s"}},
		{"verbs", []string{"%[1]s hari", "one day", "%[1]s days"}},
		{"count", []string{"hari", "day", "days"}},
		{"count", []string{"%[2]s hari", "%[2]s day", "%[2]s days"}},
		{"verb not allowed", []string{"%v", "%v"}},
		{"verb not allowed", []string{"87% selesai", "87% selected"}},
		{"verb not allowed", []string{"87%", "87%"}},
		{"verb not allowed", []string{"%.1f", "%.1f"}},
		{"TODO", []string{"Simpan", "TODO"}},
		{"exclamation", []string{"Tersimpan!", "Saved"}},
		{"three dots", []string{"Menyimpan...", "Saving"}},
		{"same in both", []string{"Save this now", "Save this now"}},
	}
	for _, c := range cases {
		faults := text{wordings: c.wordings}.faults()
		if c.fault == "" && len(faults) > 0 {
			t.Errorf("%q: %v", c.wordings, faults)
		}
		if c.fault != "" && !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, c.fault) }) {
			t.Errorf("%q: want %q, got %v", c.wordings, c.fault, faults)
		}
	}
}

// text is one call of msg (two wordings) or plural (three) as it stands in the source.
type text struct {
	where    string
	wordings []string
}

func (x text) faults() (faults []string) {
	first, last := x.wordings[0], x.wordings[len(x.wordings)-1]
	for _, w := range x.wordings {
		faults = append(faults, wordingFaults(w)...)
		if got, want := verbs(w), verbs(first); !slices.Equal(got, want) {
			faults = append(faults, fmt.Sprintf("verbs differ: %v and %v", want, got))
		}
	}
	if len(x.wordings) == 3 && !slices.Contains(verbs(first), "1s") {
		faults = append(faults, "a plural must print its count, %[1]s")
	}
	if first == last && len(words(first)) > 1 {
		faults = append(faults, "same in both languages")
	}
	return faults
}

// words are a text's words without its verbs and the product's name, which is the same in both languages.
func words(w string) []string {
	w = strings.ReplaceAll(verb.ReplaceAllString(w, " "), "Tenggat", " ")
	return strings.FieldsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
}

func wordingFaults(w string) (faults []string) {
	for fault, found := range map[string]bool{
		"empty":            w == "",
		"white space":      strings.TrimSpace(w) != w || strings.Contains(w, "  ") || strings.ContainsAny(w, "\n\t"),
		"TODO":             strings.Contains(strings.ToUpper(w), "TODO"),
		"exclamation mark": strings.Contains(w, "!"),
		"three dots":       strings.Contains(w, "..."),
		"verb not allowed": strings.Contains(verb.ReplaceAllString(w, ""), "%"),
	} {
		if found {
			faults = append(faults, fault)
		}
	}
	return faults
}

// verb matches what a text may contain: %s, %d, %[n]s, %[n]d and %%.
var verb = regexp.MustCompile(`%(?:(?:\[([1-9])\])?([sd])|%)`)

// verbs lists a text's arguments with their verbs, in the order of the arguments: "1s", "2d".
func verbs(w string) (list []string) {
	next := 1
	for _, m := range verb.FindAllStringSubmatch(w, -1) {
		if m[2] == "" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		list = append(list, strconv.Itoa(next)+m[2])
		next++
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// readTexts finds every call of msg and plural in the package, and whatever goes around them.
func readTexts(t *testing.T) (texts []text, problems []string) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			where := func() string { return fset.Position(n.Pos()).String() }
			switch n := n.(type) {
			case *ast.CompositeLit:
				if kind, ok := n.Type.(*ast.Ident); ok && (kind.Name == "Message" || kind.Name == "Plural") && name != "lang.go" {
					problems = append(problems, where()+": write msg or plural instead of "+kind.Name+"{}")
				}
			case *ast.CallExpr:
				called, ok := n.Fun.(*ast.Ident)
				if !ok || called.Name != "msg" && called.Name != "plural" {
					return true
				}
				wordings, ok := literals(n.Args)
				if !ok {
					problems = append(problems, where()+": wordings must be written out as literals")
					return true
				}
				texts = append(texts, text{where(), wordings})
			}
			return true
		})
	}
	return texts, problems
}

func literals(args []ast.Expr) (values []string, ok bool) {
	for _, arg := range args {
		literal, isLiteral := arg.(*ast.BasicLit)
		if !isLiteral {
			return nil, false
		}
		value, err := strconv.Unquote(literal.Value)
		if err != nil {
			return nil, false
		}
		values = append(values, value)
	}
	return values, true
}
