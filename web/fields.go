package web

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
)

// fields reads the members of one JSON object by name and gathers what is wrong with them, so that a sender learns
// everything at once. A name is matched exactly; what nobody asked for by the end is refused.
type fields struct {
	object  jsonValue
	pointer string // of the object itself
	asked   []string
	wrong   *[]fieldError
}

// readFields starts on a body that must be an object.
func readFields(body jsonValue, pointer string, wrong *[]fieldError) *fields {
	f := &fields{object: body, pointer: pointer, wrong: wrong}
	if body.kind != jsonObject {
		*wrong = append(*wrong, fieldError{pointer, say(i18n.JSONObject)})
	}
	return f
}

// refuse notes what is wrong with a member.
func (f *fields) refuse(name string, m i18n.Message, args ...any) {
	*f.wrong = append(*f.wrong, fieldError{f.pointer + "/" + escapePointer(name), say(m, args...)})
}

// member finds a member of a kind. It is not found if it is absent, and refused if it is something else.
func (f *fields) member(name string, kind jsonKind, otherwise i18n.Message) (jsonValue, bool) {
	f.asked = append(f.asked, name)
	value, found := f.object.member(name)
	switch {
	case !found:
	case value.kind == jsonNull:
		f.refuse(name, i18n.JSONNull)
	case value.kind != kind:
		f.refuse(name, otherwise)
	default:
		return value, true
	}
	return jsonValue{}, false
}

func (f *fields) has(name string) bool {
	_, found := f.object.member(name)
	return found
}

// require refuses an object that lacks the member.
func (f *fields) require(name string) {
	if !f.has(name) && f.object.kind == jsonObject {
		f.refuse(name, i18n.JSONRequired)
	}
}

// count reads an integer from 0 to 2^53 − 1, written with digits alone.
func (f *fields) count(name string) *int64 { return f.integer(name, 0, ledger.MaxCount) }

func (f *fields) integer(name string, low, high int64) *int64 {
	value, found := f.member(name, jsonNumber, i18n.JSONInteger)
	if !found {
		return nil
	}
	digits := strings.TrimPrefix(value.text, "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" || value.text == "-0" {
		f.refuse(name, i18n.JSONInteger)
		return nil
	}
	n, err := strconv.ParseInt(value.text, 10, 64)
	if err != nil || n < low || n > high {
		f.refuse(name, i18n.JSONRange, low, high)
		return nil
	}
	return &n
}

// text reads free text of at most max characters: anything that can be shown, line ends and tabs included.
func (f *fields) text(name string, max int) string {
	value, _ := f.member(name, jsonString, i18n.JSONString)
	if strings.ContainsFunc(value.text, isStrayControl) {
		f.refuse(name, i18n.JSONControl)
	}
	if utf8.RuneCountInString(value.text) > max {
		f.refuseLength(name, max)
	}
	return value.text
}

// identifier reads a text of 1 to max bytes: printable characters, blanks only inside.
func (f *fields) identifier(name string, max int) string {
	value, found := f.member(name, jsonString, i18n.JSONString)
	switch {
	case !found:
	case value.text == "":
		f.refuse(name, i18n.JSONRequired)
	case !printable(value.text):
		f.refuse(name, i18n.JSONPrintable)
	case len(value.text) > max:
		f.refuseLength(name, max)
	}
	return value.text
}

func (f *fields) refuseLength(name string, max int) {
	*f.wrong = append(*f.wrong, fieldError{f.pointer + "/" + escapePointer(name), sayN(i18n.JSONTooLong, int64(max))})
}

// choice reads one of a few words.
func (f *fields) choice(name string, words ...string) string {
	value, found := f.member(name, jsonString, i18n.JSONString)
	if !found {
		return ""
	}
	for _, w := range words {
		if w == value.text {
			return w
		}
	}
	f.refuse(name, i18n.JSONChoice, strings.Join(words, ", "))
	return ""
}

// instant reads an RFC 3339 time with an offset, to the microsecond.
func (f *fields) instant(name string) (time.Time, bool) {
	value, found := f.member(name, jsonString, i18n.JSONString)
	if !found {
		return time.Time{}, false
	}
	t, err := parseInstant(value.text)
	if err != nil {
		f.refuse(name, i18n.JSONTimestamp)
		return time.Time{}, false
	}
	return t.UTC().Truncate(time.Microsecond), true
}

// instantShape is RFC 3339; package time by itself takes one digit for the hour and a comma before the fraction.
var instantShape = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$`)

// parseInstant reads an RFC 3339 time with an offset.
func parseInstant(text string) (t time.Time, err error) {
	if !instantShape.MatchString(text) {
		return t, errors.New("not an RFC 3339 time")
	}
	return t, t.UnmarshalText([]byte(text))
}

// inner reads a member that is an object itself; nil: there is none.
func (f *fields) inner(name string) *fields {
	value, found := f.member(name, jsonObject, i18n.JSONObject)
	if !found {
		return nil
	}
	return readFields(value, f.pointer+"/"+escapePointer(name), f.wrong)
}

// end refuses every member that was not asked for.
func (f *fields) end() {
	for _, m := range f.object.members {
		switch near := f.asksFor(m.name, strings.EqualFold); {
		case f.asksFor(m.name, func(a, b string) bool { return a == b }) != "":
		case near != "":
			f.refuse(m.name, i18n.JSONUnknownNear, near)
		default:
			f.refuse(m.name, i18n.JSONUnknownKey)
		}
	}
}

func (f *fields) asksFor(name string, same func(a, b string) bool) string {
	for _, asked := range f.asked {
		if same(asked, name) {
			return asked
		}
	}
	return ""
}

// printable reports whether every character has a shape of its own, the plain blank inside the text aside: no controls, no
// marks that turn the writing direction.
func printable(text string) bool {
	return strings.TrimSpace(text) == text && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

// isStrayControl is true for control characters that no text needs.
func isStrayControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
