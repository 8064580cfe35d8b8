package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"

	"tenggat/internal/postgres"
	"tenggat/internal/signer"
)

// keyDir is the folder of the signing key: the one that was named, or keys beside the private PostgreSQL, where the server's account
// does not come. "": this process has no key. A database of somebody else's is not signed for unless a folder is named, because
// processes on several machines would make a key each.
func (c *settings) keyDir() string {
	if c.Keys == "" && c.DatabaseURL == "" {
		return filepath.Join(c.Data, "keys")
	}
	return c.Keys
}

// openSigner reads the signing key, and makes it the first time. Without a folder for it the signer is nil and that is said.
func openSigner(ctx context.Context, c *settings, store *postgres.DB, logger *slog.Logger) (*signer.Signer, error) {
	if c.keyDir() == "" {
		logger.Warn("this process has no signing key: it signs no checkpoints and gives no signed receipts; name a folder with --keys", "see", "docs/operations.md")
		return nil, nil
	}
	return signer.Open(ctx, signer.Config{Dir: c.keyDir(), LogName: c.LedgerName, Writer: store.Writer(), Logger: logger})
}

// withSigner is withStore for commands that need the key.
func withSigner(ctx context.Context, s *streams, c *settings, f func(*postgres.DB, *signer.Signer) error) error {
	logger, err := c.logger(s.err)
	if err != nil {
		return err
	}
	if c.keyDir() == "" {
		return fmt.Errorf("no signing key: name its folder with --keys (TENGGAT_KEYS), the same one that the dashboard uses")
	}
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		signs, err := openSigner(ctx, c, store, logger)
		if err != nil {
			return err
		}
		return f(store, signs)
	})
}
