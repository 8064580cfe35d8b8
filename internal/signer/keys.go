package signer

import (
	"context"
	"time"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

// PublicKey is what may be told of a key in one program's name.
type PublicKey struct {
	Verifier string     `json:"verifier_key"` // "origin+hash+key"; whoever holds it can check the program's notes
	MadeAt   time.Time  `json:"made_at"`
	Until    *time.Time `json:"until,omitempty"` // when it stops signing; nil: it goes on
}

// PublicKeys are a program's verifier keys, the newest last, for the epoch that is signed now. Without a key there are none.
func (s *Signer) PublicKeys(programID string) ([]PublicKey, error) {
	if s == nil {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	epoch, err := s.epochOf(programID)
	if err != nil {
		return nil, err
	}
	origin := s.ring.origin(programID, epoch).String()
	keys := make([]PublicKey, len(s.ring.Keys))
	for i, k := range s.ring.Keys {
		vkey, err := note.NewEd25519VerifierKey(origin, k.public())
		if err != nil {
			return nil, err
		}
		keys[i] = PublicKey{vkey, k.MadeAt, k.Until}
	}
	return keys, nil
}

// Log is what the log is called.
func (s *Signer) Log() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ring.Log
}

// Rotate makes a new key. The one before it goes on signing beside it for overlap; checkpoints then have both signatures. Programs learn
// of the new key in their ledgers when they are signed next.
func (s *Signer) Rotate(ctx context.Context, overlap time.Duration) error {
	err := s.locked(ctx, func(ring keyring) error {
		now := s.now().UTC().Truncate(time.Microsecond)
		until := now.Add(overlap)
		for i := range ring.Keys {
			if k := &ring.Keys[i]; k.Until == nil || k.Until.After(until) {
				k.Until = &until
			}
		}
		ring.Keys = append(ring.Keys, newKeyPair(now))
		return ring.save(s.folder)
	})
	if err != nil {
		return err
	}
	_, err = s.reload()
	return err
}

// OpenEpoch gives a program's log a new origin after signing was refused. draft is completed with what the epoch states and recorded
// in the ledger: it says who decided it and why. Nothing is ever signed again for the origin before.
func (s *Signer) OpenEpoch(ctx context.Context, programID string, draft ledger.Draft) (c postgres.Checkpoint, err error) {
	err = s.locked(ctx, func(ring keyring) error {
		c, err = session{s, ring, programID}.openEpoch(ctx, draft)
		return err
	})
	if err == nil {
		_, err = s.reload()
	}
	s.note(programID, err)
	return c, err
}
