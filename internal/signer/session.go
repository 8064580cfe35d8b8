package signer

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

// session is one act of signing for a program, while the folder is locked.
type session struct {
	*Signer
	ring    keyring
	program string
}

// sign signs the program's tree up to a size. It remembers before it publishes: after a crash in between, what was signed is published
// the next time as it was.
func (s session) sign(ctx context.Context, reason postgres.SigningReason, size func(postgres.TreeHead) int64) (postgres.Checkpoint, error) {
	head, last, err := s.agreed(ctx)
	if err != nil {
		return postgres.Checkpoint{}, err
	}
	origin := s.ring.origin(s.program, 1)
	if last != nil {
		origin = last.Origin
	}
	announced, err := s.announce(ctx, origin.String())
	if err != nil {
		return postgres.Checkpoint{}, err
	}
	if announced {
		if head, err = s.writer.TreeHead(ctx, s.program); err != nil {
			return postgres.Checkpoint{}, err
		}
	}
	wanted := size(head)
	if last != nil { // published already, unless a crash came between
		c, err := s.publish(ctx, *last, reason)
		if err != nil || wanted <= last.Checkpoint.Size {
			return c, err
		}
	}
	if wanted == 0 { // an empty ledger, or one that is not a day old
		return postgres.Checkpoint{}, ErrEmpty
	}
	return s.signNew(ctx, origin, wanted, reason)
}

// signNew signs a tree that is known to begin with everything signed before.
func (s session) signNew(ctx context.Context, origin ledger.Origin, size int64, reason postgres.SigningReason) (postgres.Checkpoint, error) {
	root, err := s.writer.TreeHashes(ctx, s.program).Root(size)
	if err != nil {
		return postgres.Checkpoint{}, err
	}
	c := ledger.Checkpoint{Origin: origin.String(), Size: size, Root: root}
	text, err := sign(c.Text(), s.ring.signers(c.Origin, s.now()))
	if err != nil {
		return postgres.Checkpoint{}, err
	}
	next := signed{origin, c, text}
	if err := s.folder.remember(next); err != nil {
		return postgres.Checkpoint{}, err
	}
	return s.publish(ctx, next, reason)
}

func (s session) publish(ctx context.Context, c signed, reason postgres.SigningReason) (postgres.Checkpoint, error) {
	return s.writer.PublishCheckpoint(ctx, s.program, postgres.Checkpoint{Checkpoint: c.Checkpoint, Epoch: c.Origin.Epoch, Reason: reason, Note: c.Note})
}

// agreed reads the head of the tree and makes sure that it begins with what was signed before: what the folder remembers, and what
// the database has as published if that is newer. It returns the newer of the two; nil: nothing was signed yet.
func (s session) agreed(ctx context.Context) (postgres.TreeHead, *signed, error) {
	head, err := s.writer.TreeHead(ctx, s.program)
	if errors.Is(err, postgres.ErrDamaged) {
		return head, nil, &Refusal{Code: Damaged}
	}
	if err != nil {
		return head, nil, err
	}
	last, err := s.folder.last(s.program)
	if err != nil {
		return head, nil, err
	}
	if last != nil && last.Origin.Log != s.ring.Log {
		return head, nil, &Refusal{OtherKey, last.Checkpoint, head.Edge.Size}
	}
	newer, err := s.publishedAfter(ctx, last, head)
	if err != nil {
		return head, nil, err
	}
	if err := s.intact(ctx, head, last, newer); err != nil || newer == nil {
		return head, last, err
	}
	s.logger.Warn("what was signed last is taken over from the database: the folder of the key did not know it", "checkpoint", newer.Checkpoint.Text())
	return head, newer, s.folder.remember(*newer)
}

// intact is a *Refusal unless the tree is what its hashes make and begins with every checkpoint given; nil ones are left out.
func (s session) intact(ctx context.Context, head postgres.TreeHead, known ...*signed) error {
	hashes := s.writer.TreeHashes(ctx, s.program)
	root, err := hashes.Root(head.Edge.Size)
	switch {
	case errors.Is(err, postgres.ErrUnavailable):
		return err
	case err != nil || root != head.Edge.Root():
		return &Refusal{Code: Damaged, Head: head.Edge.Size}
	}
	for _, k := range known {
		if k == nil {
			continue
		}
		if err := begins(hashes, head.Edge, k.Checkpoint); err != nil {
			return err
		}
	}
	return nil
}

// publishedAfter is the newest published checkpoint if it is newer than what the folder remembers; nil: it is not. One that none of
// the folder's keys has signed is refused.
func (s session) publishedAfter(ctx context.Context, last *signed, head postgres.TreeHead) (*signed, error) {
	published, err := s.writer.Checkpoint(ctx, s.program, 0)
	if errors.Is(err, postgres.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if last != nil && (published.Epoch < last.Origin.Epoch || published.Epoch == last.Origin.Epoch && published.Size <= last.Checkpoint.Size) {
		return nil, nil
	}
	if err := s.ours(published); err != nil {
		return nil, &Refusal{OtherKey, published.Checkpoint, head.Edge.Size}
	}
	return readSigned(published.Note)
}

// ours is an error unless a key of the folder signed the checkpoint, as the row says it, for this program.
func (s session) ours(c postgres.Checkpoint) error {
	verifiers, err := s.ring.verifiers(c.Origin)
	if err != nil {
		return err
	}
	opened, err := ledger.OpenCheckpoint([]byte(c.Note), verifiers...)
	if err != nil {
		return err
	}
	if opened != c.Checkpoint || c.Origin != s.ring.origin(s.program, c.Epoch).String() {
		return errors.New("the checkpoint is of something else")
	}
	return nil
}

// begins is a *Refusal unless the tree with that edge begins with a checkpoint's.
func begins(hashes ledger.HashReader, edge ledger.Edge, old ledger.Checkpoint) error {
	if edge.Size < old.Size {
		return &Refusal{Behind, old, edge.Size}
	}
	proof, err := hashes.Consistency(old.Size, edge.Size)
	if err == nil {
		err = ledger.CheckConsistency(proof, old.Size, old.Root, edge.Size, edge.Root())
	}
	if errors.Is(err, postgres.ErrUnavailable) {
		return err
	}
	if err != nil {
		return &Refusal{Contradicted, old, edge.Size}
	}
	return nil
}

// announce records every key but the first in the program's ledger before it signs there, so that whoever trusts the key before it
// learns of it. It reports whether that added an entry.
func (s session) announce(ctx context.Context, origin string) (added bool, err error) {
	for i := 1; i < len(s.ring.Keys); i++ {
		before, k := s.ring.Keys[i-1], s.ring.Keys[i]
		body := ledger.Key{Until: before.Until}
		if body.Verifier, err = note.NewEd25519VerifierKey(origin, k.public()); err != nil {
			return added, err
		}
		if s.announced[body.Verifier] {
			continue
		}
		if body.Replaces, err = note.NewEd25519VerifierKey(origin, before.public()); err != nil {
			return added, err
		}
		hash := hex.EncodeToString(binary.BigEndian.AppendUint32(nil, ledger.KeyHash(origin, k.public())))
		draft := ledger.Draft{Kind: ledger.KindKey, Source: "signer", EventID: "key-" + hash, Actor: "signer", ObservedAt: k.MadeAt, Body: body}
		receipts, err := s.writer.Append(ctx, s.program, ledger.Unit{Drafts: []ledger.Draft{draft}})
		var refusal *ledger.Refusal
		if errors.As(err, &refusal) && refusal.Code == ledger.EventIDReused {
			s.announced[body.Verifier] = true // with another end of the one before it
			continue
		}
		if err != nil {
			return added, fmt.Errorf("announcing a key: %w", err)
		}
		s.announced[body.Verifier] = true
		added = added || receipts[0].Effect == ledger.Applied
	}
	return added, nil
}
