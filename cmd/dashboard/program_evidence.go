package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"

	"tenggat/internal/access"
	"tenggat/internal/files"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

type programEvidenceCommand struct {
	Program     string `arg:"" help:"Program (slug)."`
	Milestone   string `arg:"" help:"Milestone key."`
	File        string `type:"existingfile" xor:"what" required:"" help:"The evidence: a document."`
	Link        string `xor:"what" required:"" placeholder:"URL" help:"The evidence: an https link."`
	Label       string `required:"" help:"What it shows, in one line."`
	Description string `help:"More about it."`
	ObservedOn  string `required:"" name:"observed-on" placeholder:"DATE" help:"The evidence's own date."`
	By          string `required:"" placeholder:"EMAIL" help:"The engineer or compliance officer who brings it."`
}

// Run adds a piece of evidence.
func (p programEvidenceCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return inProgram(ctx, s, c, p.Program, p.By, access.AddEvidence, func(store *postgres.DB, id, actor string) (ledger.Draft, error) {
		e := ledger.Evidence{Key: "evidence-" + hexID(), Milestone: p.Milestone, Link: p.Link, ObservedOn: p.ObservedOn}
		if p.File != "" {
			f, err := storeFile(ctx, store, id, p.File, c.uploadLimit())
			if err != nil {
				return ledger.Draft{}, err
			}
			e.SHA256, e.Size, e.MediaType = f.SHA256, f.Size, f.MediaType
		}
		return ledger.Draft{Kind: ledger.KindEvidence, Body: e, Texts: given("label", p.Label, "description", p.Description)}, nil
	})
}

type programReviewCommand struct {
	Program  string `arg:"" help:"Program (slug)."`
	Evidence string `arg:"" help:"Key of the evidence, as its entry and the API show it."`
	Done     int64  `help:"How much of the milestone's count the evidence supports."`
	Refuse   bool   `help:"The evidence is refused."`
	Reason   string `help:"Why; needed with --refuse."`
	By       string `required:"" placeholder:"EMAIL" help:"The compliance officer who judged it; never who brought it."`
}

// Run records a review.
func (p programReviewCommand) Run(ctx context.Context, s *streams, c *settings) error {
	if p.Refuse && (p.Reason == "" || p.Done != 0) {
		return &usageError{errors.New("--refuse needs --reason, and supports nothing")}
	}
	return inProgram(ctx, s, c, p.Program, p.By, access.ReviewEvidence, func(store *postgres.DB, id, _ string) (ledger.Draft, error) {
		state, err := store.Writer().ProgramState(ctx, id, time.Time{})
		if err != nil {
			return ledger.Draft{}, err
		}
		i := slices.IndexFunc(state.Evidence, func(e metrics.Evidence) bool { return e.Key == p.Evidence })
		if i < 0 {
			return ledger.Draft{}, fmt.Errorf("%s has no evidence %q", p.Program, p.Evidence)
		}
		e := state.Evidence[i]
		return ledger.Draft{Kind: ledger.KindReview, Texts: given("reason", p.Reason), Body: ledger.Review{
			Milestone: e.Milestone, EvidenceKey: e.Key, Accepted: !p.Refuse, Done: p.Done, Evidence: e.SHA256 + e.Link, ObservedOn: e.ObservedOn.String(), // it has one of the two
		}}, nil
	})
}

type programEraseCommand struct {
	Program string `arg:"" help:"Program (slug)."`
	SHA256  string `arg:"" name:"sha256" help:"SHA-256 of the stored file, in hex."`
	Reason  string `required:"" help:"Why, such as the request of the person whose data are in it."`
	By      string `required:"" placeholder:"EMAIL" help:"The compliance officer who decided it."`
}

// Run erases a stored file's content; what cites it keeps the SHA-256.
func (p programEraseCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return withStore(ctx, s, c, func(store *postgres.DB) error {
		id, actor, err := whereAndWho(ctx, store, p.Program, p.By, access.ReviewEvidence)
		if err != nil {
			return err
		}
		draft := said(actor, ledger.Draft{Kind: ledger.KindFileErasure, Body: ledger.FileErasure{SHA256: p.SHA256}, Texts: given("reason", p.Reason)})
		receipt, err := store.Writer().EraseFile(ctx, id, draft)
		if err != nil {
			return err
		}
		return s.answer(map[string]any{"program": p.Program, "entry": receipt.Entry, "erased": p.SHA256}, func(w io.Writer) {
			fmt.Fprintf(w, "Erased; recorded as entry %d of %s. Backups made before still hold it.\n", receipt.Entry, p.Program)
		})
	})
}

// storeFile keeps a document of this machine in a program.
func storeFile(ctx context.Context, store *postgres.DB, programID, path string, limit int64) (*files.Received, error) {
	file, err := os.Open(path) //nolint:gosec // the file that the person running the command named
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	f, err := files.Receive(file, filepath.Base(path), limit)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer func() { _ = f.Close() }()
	kept := postgres.File{SHA256: f.SHA256, Size: f.Size, MediaType: f.MediaType, Name: f.Name}
	return f, store.Writer().StoreFile(ctx, programID, kept, f.Content())
}

// paper is the document behind an act: words or a link, a file of this machine, or both.
func paper(ctx context.Context, store *postgres.DB, programID, document, path string, limit int64) (ledger.Paper, error) {
	if path == "" {
		return ledger.Paper{Document: document}, nil
	}
	f, err := storeFile(ctx, store, programID, path, limit)
	if err != nil {
		return ledger.Paper{}, err
	}
	return ledger.Paper{Document: document, File: f.SHA256}, nil
}

// given are free texts in pairs of field and content, those left out aside.
func given(pairs ...string) map[string]string {
	texts := map[string]string{}
	for pair := range slices.Chunk(pairs, 2) {
		if field, content := pair[0], pair[1]; content != "" {
			texts[field] = content
		}
	}
	return texts
}

// hexID is a random key of twelve characters.
func hexID() string {
	id := uuid.New()
	return hex.EncodeToString(id[:6])
}
