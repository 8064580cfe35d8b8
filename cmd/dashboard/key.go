package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"tenggat/internal/postgres"
	"tenggat/internal/signer"
)

type keyCommand struct {
	Show   keyShowCommand   `cmd:"" help:"Show what the log is called and its keys, program by program."`
	Export keyExportCommand `cmd:"" help:"Print a program's verifier keys that sign now, one a line, for whoever is to check its checkpoints."`
	Rotate keyRotateCommand `cmd:"" help:"Make a new signing key. The old one signs beside it for a while, and every ledger announces the new one."`
}

type keyShowCommand struct {
	Program string `arg:"" optional:"" help:"Program (slug). Without it, all."`
}

// programKeys are the keys in one program's name.
type programKeys struct {
	Program string             `json:"program"`
	Keys    []signer.PublicKey `json:"keys"`
}

// Run shows keys.
func (k keyShowCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withSigner(ctx, s, c, func(store *postgres.DB, signs *signer.Signer) error {
		return showKeys(ctx, s, c, store, signs, k.Program)
	})
}

func showKeys(ctx context.Context, s *streams, c *settings, store *postgres.DB, signs *signer.Signer, program string) error {
	heads, err := programHeads(ctx, store, program)
	if err != nil {
		return err
	}
	programs := make([]programKeys, len(heads))
	for i, h := range heads {
		programs[i].Program = h.Slug
		if programs[i].Keys, err = signs.PublicKeys(h.ID); err != nil {
			return err
		}
	}
	answer := map[string]any{"log": signs.Log(), "folder": c.keyDir(), "programs": programs}
	return s.answer(answer, func(w io.Writer) {
		fmt.Fprintf(w, "The log is called %s. Its key lies in %s.\n", signs.Log(), c.keyDir())
		for _, p := range programs {
			fmt.Fprintf(w, "\n%s\n", p.Program)
			for _, key := range p.Keys {
				fmt.Fprintf(w, "  %s\n  made %s%s\n", key.Verifier, key.MadeAt.Format(time.RFC3339), untilWords(key))
			}
		}
	})
}

func untilWords(key signer.PublicKey) string {
	if key.Until == nil {
		return ""
	}
	return ", signs until " + key.Until.Format(time.RFC3339)
}

type keyExportCommand struct {
	Program string `arg:"" help:"Program (slug)."`
}

// Run prints verifier keys.
func (k keyExportCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withSigner(ctx, s, c, func(store *postgres.DB, signs *signer.Signer) error {
		heads, err := programHeads(ctx, store, k.Program)
		if err != nil {
			return err
		}
		all, err := signs.PublicKeys(heads[0].ID)
		if err != nil {
			return err
		}
		var keys []string
		for _, key := range all {
			if key.Until == nil || key.Until.After(time.Now()) {
				keys = append(keys, key.Verifier)
			}
		}
		return s.answer(map[string]any{"program": k.Program, "verifier_keys": keys}, func(w io.Writer) {
			for _, key := range keys {
				fmt.Fprintln(w, key)
			}
		})
	})
}

type keyRotateCommand struct {
	Overlap time.Duration `default:"720h" help:"How long the old key signs beside the new one (default ${default}). 0 if it may be in other hands: then nothing by the old key vouches for the new one."`
}

// Run rotates the key, and signs every program so that its ledger announces the new one at once.
func (k keyRotateCommand) Run(ctx context.Context, s *streams, c *settings) error {
	if k.Overlap < 0 {
		return &usageError{errors.New("--overlap cannot be negative")}
	}
	return withSigner(ctx, s, c, func(store *postgres.DB, signs *signer.Signer) error {
		if err := signs.Rotate(ctx, k.Overlap); err != nil {
			return err
		}
		heads, err := store.Writer().ProgramHeads(ctx)
		if err != nil {
			return err
		}
		for _, h := range heads {
			_, err := signs.Sign(ctx, h.ID, postgres.SignedRequest)
			if err != nil && !errors.Is(err, signer.ErrEmpty) {
				fmt.Fprintf(s.err, "dashboard: %s does not announce the new key yet: %v\n", h.Slug, err)
			}
		}
		return showKeys(ctx, s, c, store, signs, "")
	})
}
