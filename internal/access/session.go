package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"strings"
	"time"
)

// NewSessionToken makes the secret of one session: 256 random bits as 43 characters of base64url. Only its hash is stored.
func NewSessionToken() string {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails: the runtime aborts the program rather than return weak bytes
	return base64.RawURLEncoding.EncodeToString(secret)
}

// HashToken is the SHA-256 (32 bytes) under which a session or API token is stored and looked up. The tokens are random
// and long, so a fast hash is enough; it is over the token's text, which lets the database compute the same.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// SessionLimits says after how long without a request (idle) and after how long in any case (absolute) a session of the
// role ends. Regulators and admins get the shorter idle time: the one sees what is confidential, the other gives rights.
// Both are zero for a role that has no sessions, so that such a session is over before it begins.
func SessionLimits(r Role) (idle, absolute time.Duration) {
	switch {
	case !r.Valid():
		return 0, 0
	case r == Regulator || r == Admin:
		return 30 * time.Minute, 12 * time.Hour
	default:
		return time.Hour, 12 * time.Hour
	}
}

// NewPseudonym makes the name under which an account appears in ledgers, for good: "p-" and 16 random characters (80 bits)
// from a-z and 2-7. It is made once per account and says nothing about the person.
func NewPseudonym() string {
	random := make([]byte, 10)
	rand.Read(random)
	return "p-" + strings.ToLower(base32.StdEncoding.EncodeToString(random))
}
