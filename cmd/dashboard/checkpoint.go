package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/internal/signer"
)

type checkpointCommand struct {
	Sign      checkpointSignCommand  `cmd:"" default:"withargs" help:"Sign the programs' ledgers as they are now, and print the checkpoints."`
	Cosign    checkpointCosign       `cmd:"" help:"Keep a witness's signature under a checkpoint."`
	OpenEpoch checkpointEpochCommand `cmd:"" name:"open-epoch" help:"Give a program's log a new origin, after its ledger had to go back behind what was signed."`
}

// checkpointResult is a checkpoint as commands answer it.
type checkpointResult struct {
	Program  string                 `json:"program"`
	Origin   string                 `json:"origin"`
	Size     int64                  `json:"size"`
	Root     ledger.Hash            `json:"root"`
	SignedAt time.Time              `json:"signed_at"`
	Reason   postgres.SigningReason `json:"reason"`
	Note     string                 `json:"note"`
}

func newCheckpointResult(slug string, c postgres.Checkpoint) checkpointResult {
	return checkpointResult{slug, c.Origin, c.Size, c.Root, c.SignedAt, c.Reason, c.Note}
}

type checkpointSignCommand struct {
	Program string `arg:"" optional:"" help:"Program (slug). Without it, all."`
}

// Run signs what there is. A program that is refused does not keep the others from being signed.
func (cc checkpointSignCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withSigner(ctx, s, c, func(store *postgres.DB, signs *signer.Signer) error {
		heads, err := programHeads(ctx, store, cc.Program)
		if err != nil {
			return err
		}
		var failed error
		results := []checkpointResult{}
		for _, h := range heads {
			signed, err := signs.Sign(ctx, h.ID, postgres.SignedRequest)
			switch {
			case errors.Is(err, signer.ErrEmpty) && cc.Program == "":
			case err != nil:
				failed = errors.Join(failed, fmt.Errorf("program %s: %w", h.Slug, err))
			default:
				results = append(results, newCheckpointResult(h.Slug, signed))
			}
		}
		err = s.answer(map[string]any{"checkpoints": results}, func(w io.Writer) {
			for _, r := range results {
				fmt.Fprintln(w, r.Note)
			}
		})
		return errors.Join(failed, err)
	})
}

type checkpointCosign struct {
	Program string `arg:"" help:"Program (slug)."`
	Line    string `arg:"" help:"The witness's signature line, \"— name base64\"."`
	Size    int64  `placeholder:"N" help:"Entries of the checkpoint that was cosigned. Without it, the newest."`
}

// Run keeps a cosignature. With witnesses configured the line must be one of theirs; without, only its form is checked.
func (cc checkpointCosign) Run(ctx context.Context, s *streams, c *settings) error {
	line, err := ledger.ParseCosignature(cc.Line)
	if err != nil {
		return err
	}
	witnesses, err := c.witnessKeys()
	if err != nil {
		return err
	}
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		heads, err := programHeads(ctx, store, cc.Program)
		if err != nil {
			return err
		}
		checkpoint, err := store.Writer().Checkpoint(ctx, heads[0].ID, cc.Size)
		if errors.Is(err, postgres.ErrNotFound) {
			return fmt.Errorf("program %s has no such checkpoint", cc.Program)
		}
		if err != nil {
			return err
		}
		if err := byWitness(line, checkpoint, witnesses); err != nil {
			return err
		}
		if err := store.Writer().AddCosignature(ctx, heads[0].ID, checkpoint, line.Line); err != nil {
			return err
		}
		answer := map[string]any{"program": cc.Program, "size": checkpoint.Size, "witness": line.Name, "verified": len(witnesses) > 0}
		return s.answer(answer, func(w io.Writer) {
			fmt.Fprintf(w, "Kept under the checkpoint of %d entries of %s: %s\n", checkpoint.Size, cc.Program, line.Line)
			if len(witnesses) == 0 {
				fmt.Fprintln(w, "Only its form was checked; name the witness's key with --witness to have it verified.")
			}
		})
	})
}

// witnessKeys reads the configured witnesses.
func (c *settings) witnessKeys() ([]note.Verifier, error) {
	var keys []note.Verifier
	for _, vkey := range c.Witnesses {
		v, err := ledger.NewVerifier(vkey)
		if err != nil {
			return nil, fmt.Errorf("--witness: %w", err)
		}
		keys = append(keys, v)
	}
	return keys, nil
}

func byWitness(line ledger.Cosignature, c postgres.Checkpoint, witnesses []note.Verifier) error {
	var failed error
	for _, w := range witnesses {
		err := line.Check([]byte(c.Note), w)
		if err == nil {
			return nil
		}
		failed = err
	}
	if failed != nil {
		return fmt.Errorf("no configured witness signed the checkpoint of %d entries with this line: %w", c.Size, failed)
	}
	return nil
}

type checkpointEpochCommand struct {
	Program string `arg:"" help:"Program (slug)."`
	Reason  string `required:"" help:"Why: what happened to the ledger."`
	By      string `required:"" placeholder:"EMAIL" help:"The compliance officer who answers for it."`
}

// Run opens a new epoch. The ledger is checked first: an epoch is for entries that are lost, not for entries that do not hold.
func (e checkpointEpochCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withSigner(ctx, s, c, func(store *postgres.DB, signs *signer.Signer) error {
		actor, err := complianceOfficer(ctx, store, e.By)
		if err != nil {
			return err
		}
		heads, err := programHeads(ctx, store, e.Program)
		if err != nil {
			return err
		}
		id := heads[0].ID
		signed, err := signs.OpenEpoch(ctx, id, ledger.Draft{
			Source: actor, Actor: actor, EventID: uuid.NewString(), ObservedAt: time.Now(), Texts: map[string]string{"reason": e.Reason},
		})
		if err != nil {
			return fmt.Errorf("program %s: %w", e.Program, err)
		}
		return s.answer(newCheckpointResult(e.Program, signed), func(w io.Writer) {
			fmt.Fprintf(w, "The log of %s is %s from now on; entry %d says what was lost. Give its verifier key to whoever checks it:\n\n", e.Program, signed.Origin, signed.Size)
			fmt.Fprintln(w, strings.TrimSpace(signed.Note))
		})
	})
}
