package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"tenggat/internal/i18n"
)

// maxDepth is how deeply a request's JSON may be nested. The deepest request there is has three levels.
const maxDepth = 8

// maxMembers is how many members an object may have; no request has half as many. Looking for duplicates stays cheap.
const maxMembers = 64

// jsonKind tells JSON values apart.
type jsonKind byte

const (
	jsonNull jsonKind = iota
	jsonBool
	jsonNumber
	jsonString
	jsonArray
	jsonObject
)

// jsonValue is one parsed JSON value. A number keeps its text, so that 10.0, 1e1 and 10 stay different.
type jsonValue struct {
	kind    jsonKind
	text    string // of a string or a number; "true" or "false"
	items   []jsonValue
	members []jsonMember // in the order they were sent
}

type jsonMember struct {
	name  string
	value jsonValue
}

// malformed says that bytes are not the JSON we take, and where.
type malformed struct {
	pointer string // RFC 6901
	reason  i18n.Message
}

func (m *malformed) Error() string {
	return i18n.English.T(m.reason) + " (" + strconv.Quote(m.pointer) + ")"
}

// parseJSON reads exactly one JSON value, the way RFC 7493 (I-JSON) wants it. encoding/json by itself is more generous than
// a ledger may be: it takes duplicate names, replaces bad UTF-8 and lone surrogates, and stops at the end of the first value.
// The error is a *malformed.
func parseJSON(body []byte) (jsonValue, error) {
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return jsonValue{}, &malformed{"", i18n.JSONEmpty}
	case !utf8.Valid(body):
		return jsonValue{}, &malformed{"", i18n.JSONEncoding}
	case bytes.HasPrefix(body, []byte("\uFEFF")):
		return jsonValue{}, &malformed{"", i18n.JSONByteOrderMark}
	case !surrogatesPaired(body):
		return jsonValue{}, &malformed{"", i18n.JSONSurrogate}
	}
	p := jsonParser{dec: json.NewDecoder(bytes.NewReader(body))}
	p.dec.UseNumber()
	value, err := p.value("", 1)
	if err != nil {
		return jsonValue{}, err
	}
	if _, err := p.dec.Token(); !errors.Is(err, io.EOF) {
		return jsonValue{}, &malformed{"", i18n.JSONTrailing}
	}
	return value, nil
}

type jsonParser struct{ dec *json.Decoder }

func (p jsonParser) value(pointer string, depth int) (jsonValue, error) {
	token, err := p.dec.Token()
	if err != nil {
		return jsonValue{}, &malformed{pointer, i18n.JSONSyntax}
	}
	switch t := token.(type) {
	case nil:
		return jsonValue{kind: jsonNull}, nil
	case bool:
		return jsonValue{kind: jsonBool, text: strconv.FormatBool(t)}, nil
	case json.Number:
		return jsonValue{kind: jsonNumber, text: t.String()}, nil
	case string:
		return jsonValue{kind: jsonString, text: t}, refuseNUL(t, pointer)
	}
	if depth > maxDepth {
		return jsonValue{}, &malformed{pointer, i18n.JSONDepth}
	}
	if token == json.Delim('[') {
		return p.array(pointer, depth)
	}
	return p.object(pointer, depth)
}

func (p jsonParser) array(pointer string, depth int) (jsonValue, error) {
	array := jsonValue{kind: jsonArray}
	for p.dec.More() {
		item, err := p.value(pointer+"/"+strconv.Itoa(len(array.items)), depth+1)
		if err != nil {
			return jsonValue{}, err
		}
		array.items = append(array.items, item)
	}
	return array, p.closing(pointer)
}

func (p jsonParser) object(pointer string, depth int) (jsonValue, error) {
	object := jsonValue{kind: jsonObject}
	for p.dec.More() {
		token, err := p.dec.Token()
		if err != nil {
			return jsonValue{}, &malformed{pointer, i18n.JSONSyntax}
		}
		name := token.(string) // the decoder takes nothing else where a name belongs
		at := pointer + "/" + escapePointer(name)
		if err := refuseNUL(name, at); err != nil {
			return jsonValue{}, err
		}
		if _, twice := object.member(name); twice {
			return jsonValue{}, &malformed{at, i18n.JSONDuplicateKey}
		}
		value, err := p.value(at, depth+1)
		if err != nil {
			return jsonValue{}, err
		}
		if len(object.members) == maxMembers {
			return jsonValue{}, &malformed{pointer, i18n.JSONMembers}
		}
		object.members = append(object.members, jsonMember{name, value})
	}
	return object, p.closing(pointer)
}

// closing takes the bracket that ends an array or object.
func (p jsonParser) closing(pointer string) error {
	if _, err := p.dec.Token(); err != nil {
		return &malformed{pointer, i18n.JSONSyntax}
	}
	return nil
}

func (v jsonValue) member(name string) (jsonValue, bool) {
	for _, m := range v.members {
		if m.name == name {
			return m.value, true
		}
	}
	return jsonValue{}, false
}

// refuseNUL refuses what PostgreSQL cannot keep in a text.
func refuseNUL(text, pointer string) error {
	if strings.ContainsRune(text, 0) {
		return &malformed{pointer, i18n.JSONNUL}
	}
	return nil
}

// surrogatesPaired reports whether every \uD800–\uDBFF escape is followed by a \uDC00–\uDFFF one, and none of these stands
// alone: encoding/json would silently put U+FFFD in its place.
func surrogatesPaired(body []byte) bool {
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			continue
		}
		unit, ok := escapedUnit(body[i:])
		switch {
		case !ok:
			i++ // some other escape, of two bytes
		case unit < 0xD800 || unit > 0xDFFF:
			i += 5
		default:
			low, ok := escapedUnit(body[min(i+6, len(body)):])
			if unit > 0xDBFF || !ok || low < 0xDC00 || low > 0xDFFF {
				return false
			}
			i += 11
		}
	}
	return true
}

// escapedUnit reads the UTF-16 code unit of a \uXXXX escape at the start of text.
func escapedUnit(text []byte) (uint64, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return unit, err == nil
}

// escapePointer writes a member's name as a JSON pointer step.
func escapePointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
