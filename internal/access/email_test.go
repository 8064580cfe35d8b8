package access

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNormalizeEmail(t *testing.T) {
	for in, want := range map[string]string{
		"siti@contoh.id":               "siti@contoh.id",
		"  Siti.Rahma@Contoh.ID\n":     "siti.rahma@contoh.id",
		"siti+tenggat@mail.contoh.id":  "siti+tenggat@mail.contoh.id",
		"ｓｉｔｉ＠ｃｏｎｔｏｈ．ｉｄ":               "siti@contoh.id",    // full width
		"\u212aartini@contoh.id":       "kartini@contoh.id", // Kelvin sign
		"o'neil@contoh.co.id":          "o'neil@contoh.co.id",
		"admin@localhost":              "admin@localhost",
		strings.Repeat("a", 64) + "@b": strings.Repeat("a", 64) + "@b",
	} {
		if got, err := NormalizeEmail(in); got != want || err != nil {
			t.Errorf("NormalizeEmail(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	for _, bad := range []string{"", " ", "siti", "@", "siti@", "@contoh.id", "a@b@c", "a b@contoh.id", "siti@con toh.id",
		".siti@contoh.id", "siti.@contoh.id", "si..ti@contoh.id", "siti@contoh..id", "siti@.id", "siti@contoh.id.", "siti@-contoh.id",
		"siti@contoh-.id", "siti@contoh_x.id", `"siti"@contoh.id`, "Siti <siti@contoh.id>", "siti@contoh.id,budi@contoh.id",
		"siti\x00@contoh.id", "siti\r\nBcc: x@contoh.id", "sitі@contoh.id" /* Cyrillic і */, "\xff@contoh.id", "siti@[127.0.0.1]",
		strings.Repeat("a", 65) + "@b", "a@" + strings.Repeat("b", 64), "a@" + strings.Repeat("b.", 126) + "b", "a@" + strings.Repeat("b", 1<<20)} {
		if got, err := NormalizeEmail(bad); !errors.Is(err, ErrEmail) || got != "" {
			t.Errorf("NormalizeEmail(%.60q) = %q, %v", bad, got, err)
		}
	}
}

// A normalised address stays as it is, whatever came in, and fits the database's own rule.
func TestNormalizeEmailOnce(t *testing.T) {
	part := rapid.StringMatching(`[A-Za-z0-9À-ɏ＠@.+_ -]{0,20}`)
	rapid.Check(t, func(t *rapid.T) {
		in := part.Draw(t, "local") + "@" + part.Draw(t, "domain")
		once, err := NormalizeEmail(in)
		if err != nil {
			return
		}
		if twice, err := NormalizeEmail(once); twice != once || err != nil {
			t.Fatalf("%q -> %q -> %q, %v", in, once, twice, err)
		}
		if once != strings.ToLower(once) || len(once) > 254 {
			t.Fatalf("%q -> %q", in, once)
		}
	})
}
