package view

import (
	"net/url"
	"regexp"
	"strings"

	"tenggat/internal/metrics"
)

// Piece is a part of a sentence; with an Href it is a link.
type Piece struct{ Text, Href string }

// percentage is a share with what it is a share of, in either language.
var percentage = regexp.MustCompile(`[\d.,]*\d(–[\d.,]+)?%( dari \p{L}+| of the \p{L}+)?`)

// linkPercentages makes each percentage of a sentence a link to its sum: the first to the first address, the second to the second;
// the last address serves the rest.
func linkPercentages(sentence string, hrefs ...string) []Piece {
	var pieces []Piece
	rest := 0
	for i, at := range percentage.FindAllStringIndex(sentence, -1) {
		if at[0] > rest {
			pieces = append(pieces, Piece{Text: sentence[rest:at[0]]})
		}
		pieces = append(pieces, Piece{sentence[at[0]:at[1]], hrefs[min(i, len(hrefs)-1)]})
		rest = at[1]
	}
	if rest < len(sentence) {
		pieces = append(pieces, Piece{Text: sentence[rest:]})
	}
	return pieces
}

// linkLast makes the last occurrence of a text in a sentence a link.
func linkLast(sentence, text, href string) []Piece {
	at := strings.LastIndex(sentence, text)
	if at < 0 {
		return []Piece{{Text: sentence}}
	}
	return []Piece{{Text: sentence[:at]}, {text, href}, {Text: sentence[at+len(text):]}}
}

// sumHref is where a percentage is explained term by term.
func sumHref(f Frame, anchor string) string {
	return f.Link(f.InProgram("/method#" + url.PathEscape(anchor)))
}

// sumThenHref is the same as it was known at the end of an earlier day.
func sumThenHref(f Frame, day metrics.Day) string {
	return f.LinkWith(f.InProgram("/method#sum"), "as_of", day.String())
}

// dayHref is where the percentage of a day looked back at is explained term by term.
func dayHref(f Frame, day metrics.Day, anchor string) string {
	return f.Link(f.InProgram(DayPath(day) + "#" + url.PathEscape(anchor)))
}

// DayPath is the path of one day's sum below its program's.
func DayPath(day metrics.Day) string { return "/days/" + day.String() }
