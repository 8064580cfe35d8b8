package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"tenggat/internal/i18n"
)

func TestParseJSONRefuses(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000)
	for name, c := range map[string]struct {
		body, pointer string
		reason        i18n.Message
	}{
		"nothing":               {"", "", i18n.JSONEmpty},
		"blanks only":           {" \n\t", "", i18n.JSONEmpty},
		"byte order mark":       {"\uFEFF{}", "", i18n.JSONByteOrderMark},
		"bad UTF-8":             {"{\"a\":\"\xff\"}", "", i18n.JSONEncoding},
		"lone high surrogate":   {`{"a":"\ud800"}`, "", i18n.JSONSurrogate},
		"lone low surrogate":    {`{"a":"\udc00"}`, "", i18n.JSONSurrogate},
		"high then letter":      {`{"a":"\ud800x"}`, "", i18n.JSONSurrogate},
		"high then high":        {`{"a":"\ud800\ud800"}`, "", i18n.JSONSurrogate},
		"surrogate in a name":   {`{"\ud83d":1}`, "", i18n.JSONSurrogate},
		"NUL in a string":       {`{"a":["x","\u0000"]}`, "/a/1", i18n.JSONNUL},
		"NUL in a name":         {`{"a\u0000":1}`, "/a\x00", i18n.JSONNUL},
		"duplicate name":        {`{"a":1,"b":{"c":1,"c":1}}`, "/b/c", i18n.JSONDuplicateKey},
		"duplicate by escape":   {`{"a":1,"\u0061":2}`, "/a", i18n.JSONDuplicateKey},
		"two documents":         {`{}{}`, "", i18n.JSONTrailing},
		"trailing text":         {`{} x`, "", i18n.JSONTrailing},
		"trailing comma":        {`{"a":1,}`, "", i18n.JSONSyntax},
		"trailing comma, array": {`[1,]`, "/1", i18n.JSONSyntax},
		"NaN":                   {`{"a":NaN}`, "/a", i18n.JSONSyntax},
		"Infinity":              {`{"a":-Infinity}`, "/a", i18n.JSONSyntax},
		"leading zero":          {`{"a":01}`, "", i18n.JSONSyntax},
		"plus":                  {`{"a":+1}`, "/a", i18n.JSONSyntax},
		"single quotes":         {`{'a':1}`, "", i18n.JSONSyntax},
		"comment":               {`{"a":1 /* one */}`, "", i18n.JSONSyntax},
		"not closed":            {`{"a":[1`, "/a", i18n.JSONSyntax},
		"wrongly closed":        {`{"a":[1}}`, "/a", i18n.JSONSyntax},
		"raw line end":          {"{\"a\":\"x\ny\"}", "/a", i18n.JSONSyntax},
		"too deep":              {`[[[[[[[[[]]]]]]]]]`, "/0/0/0/0/0/0/0/0", i18n.JSONDepth},
		"very deep":             {deep, strings.Repeat("/a", 8), i18n.JSONDepth},
		"too many members":      {`{"o":{` + manyMembers(65) + `}}`, "/o", i18n.JSONMembers},
		"pointer is escaped":    {`{"a/b":{"c~d":NaN}}`, "/a~1b/c~0d", i18n.JSONSyntax},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseJSON([]byte(c.body))
			var m *malformed
			if !errors.As(err, &m) {
				t.Fatalf("accepted: %.100s", c.body)
			}
			if m.reason != c.reason || m.pointer != c.pointer {
				t.Errorf("refused: %v, want %q at %q", m, i18n.English.T(c.reason), c.pointer)
			}
		})
	}
}

func manyMembers(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`"m%d":0`, i))
	}
	return strings.Join(list, ",")
}

func TestParseJSONKeepsWhatWasSaid(t *testing.T) {
	v, err := parseJSON([]byte(" {\"n\":10.0,\"s\":\"\\ud83d\\ude00 \\\\ud800\",\"l\":[null,true,-1e3,{}],\"deep\":[[[[[[[]]]]]]]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	n, _ := v.member("n")
	s, _ := v.member("s")
	l, _ := v.member("l")
	if n.kind != jsonNumber || n.text != "10.0" {
		t.Errorf("n = %+v", n)
	}
	if s.kind != jsonString || s.text != "😀 \\ud800" {
		t.Errorf("s = %+v", s)
	}
	if len(l.items) != 4 || l.items[0].kind != jsonNull || l.items[1].text != "true" || l.items[2].text != "-1e3" || l.items[3].kind != jsonObject {
		t.Errorf("l = %+v", l)
	}
	if _, found := v.member("N"); found {
		t.Error("names are matched without regard to case")
	}
}

// FuzzParseJSON holds the parser against a second strict reading of the same bytes, written by others: it never accepts
// what that one refuses, and what it accepts means the same to encoding/json.
func FuzzParseJSON(f *testing.F) {
	for _, seed := range []string{
		`{"done":1,"total":3}`, `{"a":"\ud83d\ude00"}`, `{"a":"\ud800"}`, "\uFEFF{}", `{"a":1,"a":2}`, `[1,2,[3]]`, `{} {}`, `1e400`,
		`"\u0000"`, `{"a":tru}`, `[`, `nul`, "\"\xc3\x28\"", `{"\ud83d":0}`, `-0`, `{"a" "b"}`, `{"a":1 "b":2}`, `[1 2]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		value, err := parseJSON(body)
		if err != nil {
			return
		}
		if err := readStrictly(body); err != nil {
			t.Fatalf("accepted what a second strict reading refuses (%v): %q", err, body)
		}
		var loose any
		dec := json.NewDecoder(bytes.NewReader(body))
		dec.UseNumber()
		if err := dec.Decode(&loose); err != nil || !sameMeaning(value, loose) {
			t.Fatalf("means something else (%v): %q", err, body)
		}
	})
}

func readStrictly(body []byte) error {
	dec := jsontext.NewDecoder(bytes.NewReader(body)) // refuses duplicate names, bad UTF-8 and lone surrogates
	if _, err := dec.ReadValue(); err != nil {
		return err
	}
	if _, err := dec.ReadValue(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

func sameMeaning(v jsonValue, loose any) bool {
	switch l := loose.(type) {
	case nil:
		return v.kind == jsonNull
	case bool:
		return v.kind == jsonBool && (v.text == "true") == l
	case json.Number:
		return v.kind == jsonNumber && v.text == l.String()
	case string:
		return v.kind == jsonString && v.text == l
	case []any:
		if v.kind != jsonArray || len(v.items) != len(l) {
			return false
		}
		for i := range l {
			if !sameMeaning(v.items[i], l[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		if v.kind != jsonObject || len(v.members) != len(l) {
			return false
		}
		for _, m := range v.members {
			if other, found := l[m.name]; !found || !sameMeaning(m.value, other) {
				return false
			}
		}
		return true
	}
	return false
}
