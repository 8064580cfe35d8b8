package access

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"testing"
	"time"
)

func TestSessionTokensAre256RandomBits(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		token := NewSessionToken()
		secret, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil || len(secret) != 32 {
			t.Fatalf("%q: %d bytes, %v", token, len(secret), err)
		}
		if seen[token] {
			t.Fatalf("%q came twice", token)
		}
		seen[token] = true
	}
}

func TestHashTokenIsSHA256OfTheText(t *testing.T) {
	// FIPS 180-2, appendix B.1.
	if got := hex.EncodeToString(HashToken("abc")); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("HashToken(abc) = %s", got)
	}
	if len(HashToken("")) != sha256.Size {
		t.Errorf("HashToken of nothing has %d bytes", len(HashToken("")))
	}
}

func TestSessionLimits(t *testing.T) {
	const half, hour, day = 30 * time.Minute, time.Hour, 12 * time.Hour
	want := map[Role][2]time.Duration{
		Executive: {hour, day}, Regulator: {half, day}, Engineer: {hour, day}, Compliance: {hour, day}, Admin: {half, day},
		Job: {0, 0}, "": {0, 0}, "nobody": {0, 0},
	}
	for role, limits := range want {
		if idle, absolute := SessionLimits(role); idle != limits[0] || absolute != limits[1] {
			t.Errorf("SessionLimits(%q) = %v, %v, want %v", role, idle, absolute, limits)
		}
	}
}

func TestPseudonyms(t *testing.T) {
	form := regexp.MustCompile(`^p-[a-z2-7]{16}$`)
	seen := map[string]bool{}
	for range 1000 {
		p := NewPseudonym()
		if !form.MatchString(p) || seen[p] {
			t.Fatalf("pseudonym %q is malformed or came twice", p)
		}
		seen[p] = true
	}
}
