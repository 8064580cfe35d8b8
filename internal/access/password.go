package access

import (
	_ "embed"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Length of a password in characters (code points after NFKC). Length is the only strength asked for: rules about kinds
// of characters make passwords worse (NIST SP 800-63B 5.1.1).
const (
	MinPassword = 15
	MaxPassword = 128
)

// What can be wrong with a new password.
var (
	ErrPasswordShort  = errors.New("access: the password has fewer than 15 characters")
	ErrPasswordLong   = errors.New("access: the password has more than 128 characters")
	ErrPasswordText   = errors.New("access: the password contains NUL or is not valid UTF-8")
	ErrPasswordCommon = errors.New("access: the password consists of common words only")
)

//go:embed weak_words.txt
var weakWordsFile string

// weakWords are tried longest first, so that a word inside another does not hide it.
var weakWords = func() []string {
	words := strings.Fields(weakWordsFile)
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}()

// CheckPassword says whether a new password is acceptable; the error is one of the ErrPassword values.
func CheckPassword(password string) error {
	if strings.ContainsRune(password, 0) || !utf8.ValidString(password) {
		return ErrPasswordText
	}
	text := normalizePassword(password)
	switch n := utf8.RuneCountInString(text); {
	case n < MinPassword:
		return ErrPasswordShort
	case n > MaxPassword:
		return ErrPasswordLong
	case consistsOfWeakWords(text):
		return ErrPasswordCommon
	}
	return nil
}

// normalizePassword makes the same password out of what different keyboards send for it.
func normalizePassword(password string) string { return norm.NFKC.String(password) }

// consistsOfWeakWords reports whether at least one listed word occurs and no letter is left beside such words. So
// "Tenggat-Password-2024" is caught and "tenggat kopi lampu biru" is not.
func consistsOfWeakWords(text string) bool {
	lower := strings.ToLower(text)
	rest := lower
	for _, word := range weakWords {
		rest = strings.ReplaceAll(rest, word, " ")
	}
	return rest != lower && !strings.ContainsFunc(rest, unicode.IsLetter)
}
