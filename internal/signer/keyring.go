package signer

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/ledger"
)

// keyring is the content of the key's file: the log's name, and its keys in the order they were made.
type keyring struct {
	Log  string    `json:"log"`
	Keys []keyPair `json:"keys"`
}

// keyPair is one key of the installation. It signs for every program, each time in the name of the program's origin.
type keyPair struct {
	MadeAt time.Time  `json:"made_at"`
	Until  *time.Time `json:"until,omitempty"` // when it stops signing; nil: it goes on
	Seed   []byte     `json:"seed"`            // of Ed25519, base64
}

func newKeyPair(now time.Time) keyPair {
	seed := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(seed) // never fails, says its documentation
	return keyPair{MadeAt: now.UTC().Truncate(time.Microsecond), Seed: seed}
}

func (k keyPair) private() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(k.Seed) }

func (k keyPair) public() ed25519.PublicKey { return k.private().Public().(ed25519.PublicKey) }

// signsAt reports whether the key signs at a moment.
func (k keyPair) signsAt(now time.Time) bool { return k.Until == nil || now.Before(*k.Until) }

var logName = regexp.MustCompile(`^[a-z0-9.-]+(/[a-z0-9.-]+)*$`)

// loadKeyring reads the key's file; the first time it makes one. wanted is the log's configured name, "" for none: then a new log is
// called by its first key, which no other installation has.
func loadKeyring(f folder, wanted string, now time.Time) (keyring, error) {
	if wanted != "" && !logName.MatchString(wanted) {
		return keyring{}, fmt.Errorf("log name %q: lower-case letters, digits, dots and hyphens, in parts separated by slashes", wanted)
	}
	ring, err := readKeyring(f)
	if errors.Is(err, fs.ErrNotExist) {
		first := newKeyPair(now)
		sum := sha256.Sum256(first.public())
		ring = keyring{Log: cmp.Or(wanted, "tenggat-"+hex.EncodeToString(sum[:4])), Keys: []keyPair{first}}
		return ring, ring.save(f)
	}
	if err == nil && wanted != "" && wanted != ring.Log {
		return keyring{}, fmt.Errorf("the log is called %s and was asked to be %s: its name is part of every checkpoint and stays what it is", ring.Log, wanted)
	}
	return ring, err
}

func readKeyring(f folder) (keyring, error) {
	path := filepath.Join(f.dir, KeyFile)
	raw, err := os.ReadFile(path)
	if err != nil {
		return keyring{}, err
	}
	if err := refuseOpen(path, 0o077); err != nil {
		return keyring{}, err
	}
	var ring keyring
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&ring); err != nil {
		return keyring{}, fmt.Errorf("%s: %w", path, err)
	}
	if !logName.MatchString(ring.Log) || len(ring.Keys) == 0 {
		return keyring{}, fmt.Errorf("%s holds no key", path)
	}
	for _, k := range ring.Keys {
		if len(k.Seed) != ed25519.SeedSize {
			return keyring{}, fmt.Errorf("%s: a seed has %d bytes", path, ed25519.SeedSize)
		}
	}
	return ring, nil
}

func (r keyring) save(f folder) error {
	raw, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return f.write(KeyFile, append(raw, '\n'))
}

// origin is a program's in an epoch.
func (r keyring) origin(programID string, epoch int64) ledger.Origin {
	return ledger.Origin{Log: r.Log, Program: programID, Epoch: epoch}
}

// signers are the keys that sign at a moment, in the name of an origin.
func (r keyring) signers(origin string, now time.Time) []note.Signer {
	var signers []note.Signer
	for _, k := range r.Keys {
		if k.signsAt(now) {
			signers = append(signers, newKeySigner(origin, k))
		}
	}
	return signers
}

// verifiers are all keys there ever were.
func (r keyring) verifiers(origin string) ([]note.Verifier, error) {
	var verifiers []note.Verifier
	for _, k := range r.Keys {
		vkey, err := note.NewEd25519VerifierKey(origin, k.public())
		if err != nil {
			return nil, err
		}
		v, err := ledger.NewVerifier(vkey)
		if err != nil {
			return nil, err
		}
		verifiers = append(verifiers, v)
	}
	return verifiers, nil
}

// keySigner signs notes with a key in an origin's name.
type keySigner struct {
	name string
	hash uint32
	key  ed25519.PrivateKey
}

func newKeySigner(name string, k keyPair) keySigner {
	return keySigner{name, ledger.KeyHash(name, k.public()), k.private()}
}

// Name, KeyHash and Sign make it a note.Signer.
func (s keySigner) Name() string { return s.name }

// KeyHash is the number by which a signature names the key.
func (s keySigner) KeyHash() uint32 { return s.hash }

// Sign signs a note's text.
func (s keySigner) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.key, msg), nil }

// sign makes a signed note of a text.
func sign(text string, signers []note.Signer) (string, error) {
	signedNote, err := note.Sign(&note.Note{Text: text}, signers...)
	return string(signedNote), err
}
