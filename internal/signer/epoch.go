package signer

import (
	"context"
	"errors"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
)

// ErrNothingToOpen means that the ledger is what was signed: there is no reason for another epoch.
var ErrNothingToOpen = errors.New("the ledger agrees with everything that was signed; a new epoch is for a ledger that does not")

// openEpoch states what was signed last and up to where the ledger is still that, records it in the ledger, and signs under the new
// origin.
func (s session) openEpoch(ctx context.Context, draft ledger.Draft) (postgres.Checkpoint, error) {
	_, _, err := s.agreed(ctx)
	var refusal *Refusal
	switch {
	case err == nil:
		return postgres.Checkpoint{}, ErrNothingToOpen
	case !errors.As(err, &refusal):
		return postgres.Checkpoint{}, err
	case refusal.Code == Damaged:
		return postgres.Checkpoint{}, err // rebuild mends the head; no epoch is needed
	}
	after, err := ledger.ParseOrigin(refusal.Signed.Origin)
	if err != nil {
		return postgres.Checkpoint{}, err
	}
	agrees, err := s.agrees(ctx, refusal.Signed.Origin)
	if err != nil {
		return postgres.Checkpoint{}, err
	}
	origin := s.ring.origin(s.program, after.Epoch+1)
	text := ledger.Succession{Origin: origin.String(), After: refusal.Signed, Agrees: agrees}.Text()
	signers := s.ring.signers(origin.String(), s.now())
	if refusal.Code != OtherKey {
		signers = append(signers, s.ring.signers(after.String(), s.now())...)
	}
	body := ledger.Epoch{Origin: origin.String()}
	if body.Note, err = sign(text, signers); err != nil {
		return postgres.Checkpoint{}, err
	}
	draft.Kind, draft.Body = ledger.KindEpoch, body
	if _, err := s.writer.Append(ctx, s.program, ledger.Unit{Drafts: []ledger.Draft{draft}}); err != nil {
		return postgres.Checkpoint{}, err
	}
	head, err := s.writer.TreeHead(ctx, s.program)
	if err != nil {
		return postgres.Checkpoint{}, err
	}
	return s.signNew(ctx, origin, head.Edge.Size, postgres.SignedEpoch)
}

// agreePage is how many checkpoints are looked through at a time.
const agreePage = 200

// agrees is the newest published checkpoint of an origin that the tree still begins with; size 0: none.
func (s session) agrees(ctx context.Context, origin string) (ledger.Checkpoint, error) {
	hashes := s.writer.TreeHashes(ctx, s.program)
	for skip := int64(0); ; skip += agreePage {
		page, err := s.writer.Checkpoints(ctx, s.program, skip, agreePage)
		if err != nil {
			return ledger.Checkpoint{}, err
		}
		for _, c := range page {
			if c.Origin != origin {
				continue
			}
			root, err := hashes.Root(c.Size)
			if errors.Is(err, postgres.ErrUnavailable) {
				return ledger.Checkpoint{}, err
			}
			if err == nil && root == c.Root {
				return c.Checkpoint, nil
			}
		}
		if len(page) < agreePage {
			return ledger.Checkpoint{Origin: origin, Root: ledger.Edge{}.Root()}, nil
		}
	}
}
