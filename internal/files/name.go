package files

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName bounds a name in characters, its end not counted.
const maxName = 100

// SafeName makes a name that is safe on any system and in any header: its last part only, without control characters, quotation
// marks, separators and marks that turn text around, not hidden, not longer than a person can take in, with the end that goes with
// the type. A name of which nothing is left becomes "file".
func SafeName(name, mediaType string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.ToValidUTF8(name, "")
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029', strings.ContainsRune(`"*:<>?|%;=`, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name)
	for {
		end := ending(name)
		if end == "" || end != Extension(mediaType) && !(mediaType == JPEG && end == ".jpeg") {
			break
		}
		name = name[:len(name)-len(end)]
	}
	name = strings.Trim(name, " .-_'`~")
	if runes := []rune(name); len(runes) > maxName {
		name = strings.TrimRight(string(runes[:maxName]), " .")
	}
	if name == "" {
		name = "file"
	}
	return name + Extension(mediaType)
}

// Disposition is the header that makes a browser save a file under its name and never show it (RFC 6266, RFC 8187).
func Disposition(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r >= utf8.RuneSelf || r == 0x7f || strings.ContainsRune(`"\%`, r) {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + ascii + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
