package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// newEventID makes the id of what a form is about to say. It carries the moment the form was shown at, which is when the
// person saw what they report: sending the same form twice says the very same thing.
func (s *Server) newEventID() string { return fmt.Sprintf("form-%d-%s", s.now().UnixMicro(), newID()) }

// shownAt reads the moment out of a form's event id.
func shownAt(eventID string) (time.Time, bool) {
	rest, ok := strings.CutPrefix(eventID, "form-")
	micros, random, found := strings.Cut(rest, "-")
	n, err := strconv.ParseInt(micros, 10, 64)
	if !ok || !found || err != nil || n < 0 || len(random) != 32 || !saneID(random) {
		return time.Time{}, false
	}
	return time.UnixMicro(n).UTC(), true
}

// formReader reads the fields of a form and gathers what is to be mended, in the order of asking.
type formReader struct {
	lang   i18n.Lang
	values url.Values
	wrong  []view.FieldError
}

func (f *formReader) refuse(field string, m i18n.Message, args ...any) {
	f.wrong = append(f.wrong, view.FieldError{Field: field, Text: f.lang.T(m, args...)})
}

// number reads a whole number from 0 up that must be there.
func (f *formReader) number(field string) int64 {
	text := strings.TrimSpace(f.values.Get(field))
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case text == "":
		f.refuse(field, i18n.FormRequired)
	case strings.Trim(strings.TrimPrefix(text, "-"), "0123456789") != "":
		f.refuse(field, i18n.FormNumber)
	case strings.HasPrefix(text, "-"):
		f.refuse(field, i18n.FormNegative)
	case err != nil || n > ledger.MaxCount:
		f.refuse(field, i18n.FormBetween, "0", f.lang.Int(ledger.MaxCount))
	}
	return n
}

// text reads free text; browsers send line ends as CR LF.
func (f *formReader) text(field string, required bool, max int) string {
	text := strings.TrimSpace(strings.ReplaceAll(f.values.Get(field), "\r\n", "\n"))
	switch {
	case required && text == "":
		f.refuse(field, i18n.FormRequired)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, isStrayControl):
		f.refuse(field, i18n.FormText)
	case utf8.RuneCountInString(text) > max:
		f.wrong = append(f.wrong, view.FieldError{Field: field, Text: f.lang.N(i18n.FormTooLong, int64(max))})
	}
	return text
}

// line is text that stands on one line, such as the name of a party.
func (f *formReader) line(field string, required bool, max int) string {
	text := f.text(field, required, max)
	if !printable(text) {
		f.refuse(field, i18n.FormText)
	}
	return text
}

// date reads an ISO date, as a date field sends it; "" if it was left empty.
func (f *formReader) date(field string) string {
	text := strings.TrimSpace(f.values.Get(field))
	if text == "" {
		return ""
	}
	if _, err := metrics.ParseDay(text); err != nil {
		f.refuse(field, i18n.FormDate)
	}
	return text
}

// entry reads the ledger entry that the form was shown at.
func (f *formReader) entry() (int64, bool) {
	n, err := strconv.ParseInt(f.values.Get("entry"), 10, 64)
	return n, err == nil && n >= 0
}

// again is the form as it was sent, with what is to be mended.
func (f *formReader) again(fields ...string) view.Form {
	return view.Form{Values: typed(f.values, fields...), Errors: f.wrong}
}

// typed picks the visible fields; what is no valid text is not shown again.
func typed(values url.Values, fields ...string) map[string]string {
	picked := map[string]string{}
	for _, field := range fields {
		picked[field] = strings.ToValidUTF8(strings.Join(values[field], "\n"), "") // of checkboxes all that are ticked
	}
	return picked
}

// prefilled is what a person had typed before their session ended; it comes back in the address. nil: nothing did.
func (r *request) prefilled(fields ...string) map[string]string {
	query := r.queryOf(fields...)
	if len(query) == 0 {
		return nil
	}
	return typed(query, fields...)
}
