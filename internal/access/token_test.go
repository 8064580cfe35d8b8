package access

import (
	"errors"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNewAPITokensParse(t *testing.T) {
	form := regexp.MustCompile(`^tenggat_job_[0-9A-Za-z]{36}$`)
	seen := map[string]bool{}
	for range 1000 {
		token := NewAPIToken()
		if !form.MatchString(token) || seen[token] {
			t.Fatalf("token %q is malformed or came twice", token)
		}
		if err := ParseAPIToken(token); err != nil {
			t.Fatalf("%q: %v", token, err)
		}
		seen[token] = true
	}
}

// The checksum was computed once with another program (python3: zlib.crc32, then base 62), so that tokens made by one
// release are read by the next.
func TestChecksumIsFixed(t *testing.T) {
	token := "tenggat_job_" + strings.Repeat("0", 30) + "2Bg5Op"
	if err := ParseAPIToken(token); err != nil {
		t.Errorf("%q: %v, checksum now %q", token, err, checksum(token[:42]))
	}
}

// Any one character changed, or two neighbours swapped, is found: a CRC-32 finds every error burst of up to 32 bits.
func TestTypingErrorsAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		token := []byte(NewAPIToken())
		at := rapid.IntRange(0, len(token)-2).Draw(t, "at")
		before := string(token)
		if rapid.Bool().Draw(t, "swap") {
			token[at], token[at+1] = token[at+1], token[at]
		} else {
			token[at] = base62[rapid.IntRange(0, 61).Draw(t, "digit")]
		}
		if err := ParseAPIToken(string(token)); string(token) != before && err == nil {
			t.Fatalf("%q was taken for a token (from %q)", token, before)
		}
	})
}

func TestWhatIsNoToken(t *testing.T) {
	good := NewAPIToken()
	for _, bad := range []string{"", "tenggat_job_", good[1:], good[:len(good)-1], good + "0", " " + good, good + "\n",
		strings.ToLower(good[:12]) + strings.ToUpper(good[12:]) + "x", strings.Replace(good, "tenggat_job_", "tenggat_web_", 1),
		good[:20] + "-" + good[21:], good[:20] + "é" + good[22:], strings.Repeat("a", 1<<20)} {
		if err := ParseAPIToken(bad); !errors.Is(err, ErrTokenMalformed) {
			t.Errorf("ParseAPIToken(%.60q) = %v", bad, err)
		}
	}
}

func TestParseAPITokenNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.StringN(36, 36, -1), func(s string) string { return apiTokenPrefix + s })).Draw(t, "s")
		if ParseAPIToken(s) == nil {
			t.Fatalf("%q was taken for a token", s)
		}
	})
}

// 62,000 draws, 1,000 expected each, standard deviation 31. Taking bytes modulo 62 would give eight characters 1,211.
func TestBase62IsDrawnEvenly(t *testing.T) {
	text := randomBase62(62_000)
	for _, digit := range base62 {
		if n := strings.Count(text, string(digit)); math.Abs(float64(n-1000)) > 200 {
			t.Errorf("%q was drawn %d times out of 62,000", digit, n)
		}
	}
}

func TestValidateExpiry(t *testing.T) {
	now := time.Date(2024, 3, 12, 2, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		in   time.Duration
		want error
	}{
		{-time.Hour, ErrExpiryPast}, {0, ErrExpiryPast}, {1, nil}, {MaxTokenLifetime, nil}, {MaxTokenLifetime + 1, ErrExpiryTooFar},
	} {
		if got := ValidateExpiry(now, now.Add(c.in)); !errors.Is(got, c.want) {
			t.Errorf("expiry in %v: %v, want %v", c.in, got, c.want)
		}
	}
}
