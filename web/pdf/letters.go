package pdf

import (
	"strings"
	"sync"
	"unicode"

	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// missing stands for a letter that the font does not have, so that nobody takes a name for complete that is not.
const missing = '□'

// letters are what the font can show; a text with others would be set wrong, or break the document.
var letters = sync.OnceValue(func() func(rune) bool {
	font, err := sfnt.Parse(liberationsansregular.TTF)
	if err != nil {
		panic("pdf: reading the font that is embedded: " + err.Error())
	}
	return func(r rune) bool {
		var buffer sfnt.Buffer
		glyph, err := font.GlyphIndex(&buffer, r)
		return err == nil && glyph != 0
	}
})

// settable is a text as it can be set: composed, without controls and marks that turn the direction, and with a box for each letter
// that the font lacks.
func settable(text string) string {
	known := letters()
	return strings.Map(func(r rune) rune {
		switch {
		case r > ' ' && r <= '~': // all fonts have these
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.C, r):
			return -1
		case known(r):
			return r
		case unicode.Is(unicode.M, r):
			return -1
		}
		return missing
	}, norm.NFC.String(text))
}
