package i18n

import (
	"fmt"

	"golang.org/x/text/language"
)

// Lang is a language of the user interface. The zero value is Indonesian, which is used whenever nothing better is known.
type Lang uint8

// The languages.
const (
	Indonesian Lang = iota
	English
)

// Langs lists the languages in the order the switch shows them.
func Langs() []Lang { return []Lang{Indonesian, English} }

// Locale is the language with its territory, as Open Graph writes it.
func (l Lang) Locale() string { return l.pick("id_ID", "en_GB") }

// Tag is the BCP 47 tag, "id" or "en": for the lang attribute, ?lang= and the cookie.
func (l Lang) Tag() string { return l.pick("id", "en") }

// Name is the language's own name, the same whatever language the page is in.
func (l Lang) Name() string { return l.pick("Bahasa Indonesia", "English") }

// Parse reads a tag as Tag writes it and reports whether there is such a language.
func Parse(tag string) (Lang, bool) {
	for _, l := range Langs() {
		if l.Tag() == tag {
			return l, true
		}
	}
	return Indonesian, false
}

// offered lists what Match can answer, the default first. Browsers and phones also say "in", the tag of Indonesian until
// 1989, and Malay readers are better served by Indonesian than by English.
var (
	offered        = []language.Tag{language.Indonesian, language.English, language.Malay}
	offeredLangs   = []Lang{Indonesian, English, Indonesian}
	offeredMatcher = language.NewMatcher(offered)
)

// maxAcceptLanguage bounds what is parsed: real headers have some 100 bytes.
const maxAcceptLanguage = 1000

// Match chooses the language for an Accept-Language header. It is Indonesian unless the header is well-formed and prefers
// English to Indonesian.
func Match(acceptLanguage string) Lang {
	if len(acceptLanguage) > maxAcceptLanguage {
		return Indonesian
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return Indonesian
	}
	// The index, not the tag: the tag comes back with extensions of the request in it.
	_, index, confidence := offeredMatcher.Match(wanted...)
	if confidence < language.High {
		return Indonesian
	}
	return offeredLangs[index]
}

// Message is one text in both languages.
type Message struct{ id, en string }

// msg makes a Message. Both wordings are required.
func msg(id, en string) Message { return Message{id, en} }

// Plural is a text that depends on a count. Indonesian has one form; English has one for 1 and one for all else.
type Plural struct{ id, enOne, enOther string }

// plural makes a Plural. All three wordings are required.
func plural(id, enOne, enOther string) Plural { return Plural{id, enOne, enOther} }

// T is the message's text, its verbs filled with args as by fmt.Sprintf.
func (l Lang) T(m Message, args ...any) string { return fmt.Sprintf(l.pick(m.id, m.en), args...) }

// N is the plural's text for n. The first verb is n itself, grouped; args follow it.
func (l Lang) N(p Plural, n int64, args ...any) string {
	form := p.enOther
	if n == 1 {
		form = p.enOne
	}
	return fmt.Sprintf(l.pick(p.id, form), append([]any{l.Int(n)}, args...)...)
}

// Pick chooses between two wordings that are data, such as a program's name; where one is empty, the other stands in.
func (l Lang) Pick(id, en string) string {
	if id == "" || (l == English && en != "") {
		return en
	}
	return id
}

// pick is the one place that knows which wording belongs to which language.
func (l Lang) pick(id, en string) string {
	if l == English {
		return en
	}
	return id
}
