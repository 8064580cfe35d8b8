package access

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestCheckPassword(t *testing.T) {
	cases := []struct {
		name, password string
		want           error
	}{
		{"a sentence", "lampu biru di atas meja", nil},
		{"15 spaces", strings.Repeat(" ", 15), nil},
		{"15 emoji", strings.Repeat("🙂", 15), nil},
		{"14 emoji, many bytes", strings.Repeat("🙂", 14), ErrPasswordShort},
		{"empty", "", ErrPasswordShort},
		{"14", "abcdefghijklmn", ErrPasswordShort},
		{"15 once composed", strings.Repeat("e\u0301", 15), nil},
		{"14 once composed", strings.Repeat("e\u0301", 14), ErrPasswordShort},
		{"128", strings.Repeat("kucing hitam.", 10)[:128], nil},
		{"129", strings.Repeat("kucing hitam.", 10)[:129], ErrPasswordLong},
		{"128 runes of 4 bytes", strings.Repeat("𝄞", 128), nil},
		{"NUL", "lampu biru\x00di atas", ErrPasswordText},
		{"bad UTF-8", "lampu biru di atas \xff", ErrPasswordText},
		{"a common word twice", "PasswordPassword", ErrPasswordCommon},
		{"service words and a year", "Tenggat-Tokopedia-2024", ErrPasswordCommon},
		{"digits in order", "123456789012345", ErrPasswordCommon},
		{"keyboard row", "qwertyuiopasdfghjkl1!", ErrPasswordCommon},
		{"full width", "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ", ErrPasswordCommon},
		{"a common word among others", "password kucing hitam", nil},
		{"digits at random", "839201746550918", nil},
	}
	for _, c := range cases {
		if got := CheckPassword(c.password); !errors.Is(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestCheckPasswordIsTheSameForEveryNormalForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		password := rapid.String().Draw(t, "password")
		nfc, nfd := CheckPassword(norm.NFC.String(password)), CheckPassword(norm.NFD.String(password))
		if !errors.Is(nfc, nfd) {
			t.Fatalf("%q: %v as NFC, %v as NFD", password, nfc, nfd)
		}
	})
}

// Joining listed words, in any order and case, with digits and marks between them, never makes an acceptable password.
func TestJoinedWeakWordsAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(weakWords), 1, 6).Draw(t, "words")
		password := strings.Join(words, rapid.SampledFrom([]string{"-", "_2024_", "! "}).Draw(t, "between"))
		if rapid.Bool().Draw(t, "upper") {
			password = strings.ToUpper(password)
		}
		if CheckPassword(password) == nil {
			t.Fatalf("%q was accepted", password)
		}
	})
}

func TestWeakWordsAreLowerCaseAndListedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, word := range weakWords {
		if word != strings.ToLower(norm.NFKC.String(word)) || seen[word] {
			t.Errorf("%q can never match or is listed twice", word)
		}
		seen[word] = true
	}
	if len(seen) < 50 {
		t.Errorf("only %d words were read", len(seen))
	}
}
