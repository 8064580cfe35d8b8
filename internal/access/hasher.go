package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// Errors of hashing.
var (
	ErrBusy         = errors.New("access: too many password checks at once, try again") // answered as 503
	ErrHashUnusable = errors.New("access: the stored password hash cannot be read")
)

// argon2Params is what a PHC string says about its own cost.
type argon2Params struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

// current is the cost of new hashes: OWASP's second choice, 19 MiB and two passes.
var current = argon2Params{memory: 19 * 1024, passes: 2, threads: 1}

// Bounds for what is read from a stored string, so that a damaged or planted row cannot eat the machine.
const (
	maxMemory  = 64 * 1024 // KiB
	maxPasses  = 8
	maxThreads = 4
	saltLen    = 16
	keyLen     = 32
	maxPartLen = 64
)

// Hasher hashes and checks passwords, a few at a time: each takes 19 MiB and a core for tens of milliseconds, so that
// without a limit a burst of sign-ins would take the machine away from those who are already in. Safe for concurrent use.
type Hasher struct {
	admitted chan struct{} // running and waiting
	running  chan struct{}
}

// Limits of one process: two hashes at once, and a queue that is worked off in about a second.
const (
	hashesAtOnce  = 2
	hashesWaiting = 32
)

// NewHasher makes the Hasher of a process; one is enough.
func NewHasher() *Hasher { return newHasher(hashesAtOnce, hashesWaiting) }

func newHasher(atOnce, waiting int) *Hasher {
	return &Hasher{admitted: make(chan struct{}, atOnce+waiting), running: make(chan struct{}, atOnce)}
}

// HashPassword checks a new password and returns its argon2id PHC string. Errors: those of CheckPassword, ErrBusy, or the
// context's.
func (h *Hasher) HashPassword(ctx context.Context, password string) (string, error) {
	if err := CheckPassword(password); err != nil {
		return "", err
	}
	salt := make([]byte, saltLen)
	rand.Read(salt)
	key, err := h.derive(ctx, password, salt, current, keyLen)
	if err != nil {
		return "", err
	}
	return encodePHC(current, salt, key), nil
}

// VerifyPassword reports whether the password is the one behind the PHC string. Errors: ErrHashUnusable, ErrBusy, or the
// context's; they never mean that the password was wrong.
func (h *Hasher) VerifyPassword(ctx context.Context, phc, password string) (bool, error) {
	params, salt, want, err := decodePHC(phc)
	if err != nil {
		return false, err
	}
	if tooLongToVerify(password) {
		return false, nil
	}
	got, err := h.derive(ctx, password, salt, params, uint32(len(want)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// DummyVerify does the work of VerifyPassword for an account that does not exist, so that its sign-in takes as long.
func (h *Hasher) DummyVerify(ctx context.Context, password string) error {
	_, err := h.VerifyPassword(ctx, dummyPHC, password)
	return err
}

// dummyPHC has the current cost and a key no password is known for.
var dummyPHC = encodePHC(current, make([]byte, saltLen), make([]byte, keyLen))

// tooLongToVerify is true for what cannot be anybody's password. NFKC can make a text shorter, at most by the few code
// points a character is composed of; four times the maximum leaves room for that.
func tooLongToVerify(password string) bool {
	return utf8.RuneCountInString(password) > 4*MaxPassword
}

func (h *Hasher) derive(ctx context.Context, password string, salt []byte, p argon2Params, length uint32) ([]byte, error) {
	select {
	case h.admitted <- struct{}{}:
		defer func() { <-h.admitted }()
	default:
		return nil, ErrBusy
	}
	select {
	case h.running <- struct{}{}:
		defer func() { <-h.running }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(normalizePassword(password)), salt, p.passes, p.memory, p.threads, length), nil
}

const phcFormat = "$argon2id$v=19$m=%d,t=%d,p=%d$"

func encodePHC(p argon2Params, salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf(phcFormat, p.memory, p.passes, p.threads) + b64.EncodeToString(salt) + "$" + b64.EncodeToString(key)
}

// decodePHC reads what encodePHC wrote, in that spelling only, and within the bounds above.
func decodePHC(phc string) (p argon2Params, salt, key []byte, err error) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 {
		return p, nil, nil, ErrHashUnusable
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.threads); err != nil {
		return p, nil, nil, ErrHashUnusable
	}
	salt, errSalt := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	key, errKey := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if errSalt != nil || errKey != nil || encodePHC(p, salt, key) != phc || !p.bounded() || !partBounded(salt) || !partBounded(key) {
		return p, nil, nil, ErrHashUnusable
	}
	return p, salt, key, nil
}

func (p argon2Params) bounded() bool {
	return p.passes >= 1 && p.passes <= maxPasses && p.threads >= 1 && p.threads <= maxThreads &&
		p.memory >= 8*uint32(p.threads) && p.memory <= maxMemory
}

func partBounded(part []byte) bool { return len(part) >= saltLen && len(part) <= maxPartLen }
