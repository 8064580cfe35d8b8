// Package signer signs checkpoints: the heads of programs' trees. Its key lies in a folder outside the database, and beside it what it
// signed last for each program. It signs only what begins with that: a database that was rewritten, cut short or put back to an
// older state is refused, and the refusal is told in words. See docs/operations.md.
package signer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

// Config is what a Signer needs.
type Config struct {
	Dir     string           // the folder of the key; it is made, with a key in it, if it is missing
	LogName string           // what the log is called; "": what it is called already, or a name made of the first key
	Writer  *postgres.Writer //
	Logger  *slog.Logger     //
	Now     func() time.Time // nil: the clock
}

// Signer signs for all programs of a database. A nil Signer stands for a process without a key: it has no receipts and no state.
type Signer struct {
	folder folder
	log    string
	writer *postgres.Writer
	logger *slog.Logger
	now    func() time.Time

	turn      chan struct{}   // holds one token while somebody of this process signs
	announced map[string]bool // verifier keys that are known to stand in their ledgers; for whose turn it is

	mu       sync.Mutex
	ring     keyring // as last read
	programs map[string]programState
}

// programState is what this process knows of a program.
type programState struct {
	epoch   int64         // 0: not looked up yet
	signers []note.Signer // for receipts
	checked time.Time     // when the tree was last held against what was signed
	problem error         // *Refusal or why signing failed; nil: all is well
}

// Open reads the key, or makes one. It is an error if others may read it.
func Open(ctx context.Context, c Config) (*Signer, error) {
	s := &Signer{
		folder: folder{c.Dir}, log: c.LogName, writer: c.Writer, logger: c.Logger, now: c.Now,
		turn: make(chan struct{}, 1), announced: map[string]bool{}, programs: map[string]programState{},
	}
	if s.now == nil {
		s.now = time.Now
	}
	if err := s.folder.create(); err != nil {
		return nil, fmt.Errorf("folder of the signing key: %w", err)
	}
	unlock, err := s.folder.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	_, err = s.reload()
	return s, err
}

// reload reads the key's file, which another process may have changed.
func (s *Signer) reload() (keyring, error) {
	ring, err := loadKeyring(s.folder, s.log, s.now())
	if err != nil {
		return keyring{}, fmt.Errorf("signing key: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ring = ring
	for id, state := range s.programs {
		state.epoch, state.signers = 0, nil
		s.programs[id] = state
	}
	return ring, nil
}

// locked runs f while nobody else signs, in this process or another.
func (s *Signer) locked(ctx context.Context, f func(keyring) error) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	unlock, err := s.folder.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	ring, err := s.reload()
	if err != nil {
		return err
	}
	return f(ring)
}

// ErrEmpty means that a program has no entries, so there is nothing to sign.
var ErrEmpty = errors.New("the ledger is empty")

// Sign signs the whole of a program's ledger as it is now and publishes the checkpoint. If nothing was added since the last one, that is
// returned. The error is a *Refusal when the ledger is not what was signed before, ErrEmpty, or why it could not be done.
func (s *Signer) Sign(ctx context.Context, programID string, reason postgres.SigningReason) (postgres.Checkpoint, error) {
	return s.signTo(ctx, programID, reason, func(head postgres.TreeHead) int64 { return head.Edge.Size })
}

// signTo is Sign for as much of the ledger as size says. A size that is covered already changes nothing.
func (s *Signer) signTo(ctx context.Context, programID string, reason postgres.SigningReason, size func(postgres.TreeHead) int64) (c postgres.Checkpoint, err error) {
	err = s.locked(ctx, func(ring keyring) error {
		c, err = session{s, ring, programID}.sign(ctx, reason, size)
		return err
	})
	s.note(programID, err)
	return c, err
}

// note remembers for the pages how an attempt went, and says it aloud if it did not go well.
func (s *Signer) note(programID string, err error) {
	if errors.Is(err, ErrEmpty) || errors.Is(err, ErrNothingToOpen) || errors.Is(err, context.Canceled) {
		err = nil
	}
	s.mu.Lock()
	state := s.programs[programID]
	state.problem, state.checked = err, s.now()
	s.programs[programID] = state
	s.mu.Unlock()
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		s.logger.Error("REFUSED to sign: the ledger is not what was signed before", "program", programID, "why", refusal.Error(), "see", "docs/operations.md")
	case err != nil:
		s.logger.Warn("no checkpoint was signed; tried again in a few minutes", "program", programID, "error", err)
	}
}

// Problem is what keeps a program from being signed: a *Refusal, or another error of the last attempt; nil: nothing.
func (s *Signer) Problem(programID string) error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.programs[programID].problem
}

// Refuses reports whether signing is refused for any program.
func (s *Signer) Refuses() bool {
	if s == nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for state := range maps.Values(s.programs) {
		var refusal *Refusal
		if errors.As(state.problem, &refusal) {
			return true
		}
	}
	return false
}

// Receipt signs the promise that entries are in every later tree of their program; call it after they were committed. It is "" while
// signing is refused, and from a process without a key.
func (s *Signer) Receipt(programID string, entries []ledger.Promised) (string, error) {
	if s == nil || len(entries) == 0 {
		return "", nil
	}
	origin, signers, err := s.promising(programID)
	if err != nil || len(signers) == 0 {
		return "", err
	}
	return sign(ledger.Promise{Origin: origin, Entries: entries}.Text(), signers)
}

// promising is the program's origin and who signs for it; nobody while signing is refused.
func (s *Signer) promising(programID string) (origin string, signers []note.Signer, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	state := s.programs[programID]
	var refusal *Refusal
	if errors.As(state.problem, &refusal) {
		return "", nil, nil
	}
	if state.epoch == 0 {
		if state.epoch, err = s.epochOf(programID); err != nil {
			return "", nil, err
		}
	}
	origin = s.ring.origin(programID, state.epoch).String()
	if state.signers == nil {
		state.signers = s.ring.signers(origin, s.now())
	}
	s.programs[programID] = state
	return origin, state.signers, nil
}

// epochOf is the epoch that a program was signed in last.
func (s *Signer) epochOf(programID string) (int64, error) {
	last, err := s.folder.last(programID)
	if err != nil || last == nil {
		return 1, err
	}
	return last.Origin.Epoch, nil
}
