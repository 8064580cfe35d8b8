package web

import (
	"time"

	"tenggat/internal/i18n"
)

// words are a text that is put into a language only when it is answered.
type words func(i18n.Lang) string

// say makes words of a message. Arguments are written in the reader's language: int64 with its digits grouped, times as RFC
// 3339 in UTC, everything else as it is.
func say(m i18n.Message, args ...any) words {
	return func(l i18n.Lang) string {
		written := make([]any, len(args))
		for i, arg := range args {
			switch a := arg.(type) {
			case int64:
				written[i] = l.Int(a)
			case time.Time:
				written[i] = rfc3339(a)
			default:
				written[i] = arg
			}
		}
		return l.T(m, written...)
	}
}

// sayN makes words that depend on a count.
func sayN(p i18n.Plural, n int64) words {
	return func(l i18n.Lang) string { return l.N(p, n) }
}

// in is the text in a language.
func (w words) in(l i18n.Lang) string { return w(l) }

// rfc3339 writes a time the way the API does: in UTC, with the fraction it has.
func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
