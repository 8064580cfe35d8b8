package ledger

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// The algorithms that a verifier key may name.
const (
	algorithmEd25519     = 1
	algorithmCosignature = 4 // C2SP tlog-cosignature: Ed25519 over the checkpoint and a time
)

// NewVerifier reads a verifier key, "name+hash+key": of a log, or of a witness that cosigns with the time (C2SP tlog-cosignature).
func NewVerifier(vkey string) (note.Verifier, error) {
	if v, err := note.NewVerifier(vkey); err == nil {
		return v, nil
	}
	name, rest, _ := strings.Cut(vkey, "+")
	hash, encoded, _ := strings.Cut(rest, "+")
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != algorithmCosignature {
		return nil, fmt.Errorf("%q is no verifier key of Ed25519 or of a cosignature", vkey)
	}
	w := witness{name, keyHash(name, key), ed25519.PublicKey(key[1:])}
	if name == "" || strings.ContainsAny(name, " \t\n") || hash != hex.EncodeToString(binary.BigEndian.AppendUint32(nil, w.hash)) {
		return nil, fmt.Errorf("%q: the hash is not the key's", vkey)
	}
	return w, nil
}

// KeyHash is the number by which a signature by a log's Ed25519 key names it.
func KeyHash(name string, key ed25519.PublicKey) uint32 {
	return keyHash(name, append([]byte{algorithmEd25519}, key...))
}

// keyHash is the number by which a signature names its key.
func keyHash(name string, key []byte) uint32 {
	h := sha256.New()
	h.Write([]byte(name + "\n"))
	h.Write(key)
	return binary.BigEndian.Uint32(h.Sum(nil))
}

// witness checks cosignatures.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }

// Verify checks a time of eight bytes and a signature over it and the checkpoint.
func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(sig)
	return ed25519.Verify(w.key, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, msg), sig[8:])
}

// Cosignature is a witness's signature line under a checkpoint.
type Cosignature struct {
	Name string
	Key  uint32    // hash of the key
	At   time.Time // when the witness saw it; zero: its form of signature does not say
	Line string    // as it stands in the note, without the line's end
}

// ParseCosignature reads a signature line, "— name base64", and checks its form.
func ParseCosignature(line string) (Cosignature, error) {
	line = strings.TrimRight(line, "\r\n")
	parts := strings.Split(line, " ")
	if len(parts) != 3 || parts[0] != "—" || parts[1] == "" || strings.Contains(parts[1], "+") {
		return Cosignature{}, errors.New(`a signature line reads "— name base64"`)
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || base64.StdEncoding.EncodeToString(raw) != parts[2] {
		return Cosignature{}, errors.New("a signature line ends in base64")
	}
	c := Cosignature{Name: parts[1], Line: line}
	switch len(raw) {
	case 4 + ed25519.SignatureSize:
	case 4 + 8 + ed25519.SignatureSize:
		c.At = time.Unix(int64(binary.BigEndian.Uint64(raw[4:])), 0).UTC()
	default:
		return Cosignature{}, fmt.Errorf("a signature of %d bytes is none of Ed25519", len(raw))
	}
	c.Key = binary.BigEndian.Uint32(raw)
	if _, err := unverified([]byte("x\n\n" + line + "\n")); err != nil {
		return Cosignature{}, err
	}
	return c, nil
}

// Check reports as an error that v did not sign the checkpoint with this line. signed is the checkpoint as a note.
func (c Cosignature) Check(signed []byte, v note.Verifier) error {
	n, err := unverified(signed)
	if err != nil {
		return err
	}
	if v.Name() != c.Name || v.KeyHash() != c.Key {
		return fmt.Errorf("the signature is not by %s's key", v.Name())
	}
	_, err = note.Open([]byte(n.Text+"\n"+c.Line+"\n"), note.VerifierList(v))
	return err
}

// Cosignatures are the signature lines below a checkpoint that are not in its own origin's name. Lines that cannot be read are left out.
func Cosignatures(signed []byte) []Cosignature {
	c, err := ReadCheckpoint(signed)
	if err != nil {
		return nil
	}
	var found []Cosignature
	for line := range strings.Lines(string(signed)) {
		if s, err := ParseCosignature(line); err == nil && s.Name != c.Origin {
			found = append(found, s)
		}
	}
	return found
}
