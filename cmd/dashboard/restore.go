package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"tenggat/internal/backup"
	"tenggat/internal/export"
	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/pgserver"
	"tenggat/internal/postgres"
	"tenggat/internal/signer"
	"tenggat/internal/verify"
)

type restoreCommand struct {
	File        string   `arg:"" type:"existingfile" help:"Archive that \"dashboard backup\" wrote."`
	Checkpoints []string `name:"checkpoint" sep:"none" type:"existingfile" placeholder:"FILE" help:"The newest checkpoint of a program that was published, from whoever kept it. Nothing that contradicts it will be signed. Repeatable."`
	WithoutKey  bool     `name:"without-key" help:"Put back the database only, not the signing key."`
}

// restored is what became of one program.
type restored struct {
	Program     string                `json:"program"`
	Entries     int64                 `json:"entries"`
	InBackup    int64                 `json:"entries_in_backup"`
	Differences []postgres.Difference `json:"differences"`
	Verdict     verify.Verdict        `json:"verdict"` // "": not verified, since there is no key here
	Findings    []verify.Finding      `json:"findings"`
	Refused     string                `json:"signing_refused,omitempty"`
}

// good reports whether nothing speaks against the program.
func (r restored) good() bool {
	return r.Entries == r.InBackup && len(r.Differences) == 0 && r.Refused == "" && (r.Verdict == verify.Verified || r.Verdict == "" || r.nothingSigned())
}

func (r restored) nothingSigned() bool {
	return len(r.Findings) == 1 && r.Findings[0].Code == verify.NothingSigned
}

// Run puts a backup into an empty database, then holds it against everything that was signed.
func (rc restoreCommand) Run(ctx context.Context, s *streams, c *settings) (err error) {
	logger, err := c.logger(s.err)
	if err != nil {
		return err
	}
	keys := map[string][]byte{}
	m, err := readArchive(rc.File, func(f backup.File, in io.Reader) error { // nothing is touched before all of it is known to be whole
		name, isKey := strings.CutPrefix(f.Name, backup.KeysPrefix)
		if !isKey || rc.WithoutKey {
			return nil
		}
		keys[name], err = io.ReadAll(in)
		return err
	})
	if err != nil {
		return err
	}
	if len(keys) > 0 && c.keyDir() == "" {
		return errors.New("the backup holds the signing key: name a folder for it with --keys, or leave it out with --without-key")
	}
	d, err := openDatabase(ctx, c, logger, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if err := rc.restore(ctx, c, d, m); err != nil {
		return err
	}
	if len(keys) > 0 {
		kept, err := signer.Restore(c.keyDir(), keys)
		if err != nil {
			return err
		}
		if kept {
			logger.Info("the folder of the signing key is there already and stays as it is: what it remembers decides what may be signed", "folder", c.keyDir())
		}
	}
	return rc.check(ctx, s, c, d, m, logger)
}

func readArchive(name string, take func(backup.File, io.Reader) error) (backup.Manifest, error) {
	file, err := os.Open(name)
	if err != nil {
		return backup.Manifest{}, err
	}
	defer func() { _ = file.Close() }() // only read from
	return backup.Read(file, take)
}

// restore fills the empty database and brings its schema up to date.
func (rc restoreCommand) restore(ctx context.Context, c *settings, d *database, m backup.Manifest) error {
	major, err := postgres.PrepareRestore(ctx, d.owner)
	if errors.Is(err, postgres.ErrNotEmpty) {
		return fmt.Errorf("%w: a backup is put into an empty one only; name another with --database-url, or another folder with --data", err)
	}
	if err != nil {
		return err
	}
	tools, err := pgserver.FindTools(ctx, c.PostgresBin, max(major, m.Postgres))
	if err != nil {
		return err
	}
	if _, err := readArchive(rc.File, func(f backup.File, in io.Reader) error {
		if f.Name != backup.DumpName {
			return nil
		}
		return tools.Restore(ctx, d.owner, in)
	}); err != nil {
		return err
	}
	_, err = postgres.SchemaUp(ctx, d.owner)
	return err
}

// check rebuilds, verifies and asks the signer, program by program.
func (rc restoreCommand) check(ctx context.Context, s *streams, c *settings, d *database, m backup.Manifest, logger *slog.Logger) (err error) {
	store, err := postgres.Open(ctx, postgres.Config{AppDSN: d.app, ReaderDSN: d.reader, Logger: logger, MaxConns: 4})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	signs, err := existingSigner(ctx, c, store, logger)
	if err != nil {
		return err
	}
	given, err := rc.published(ctx, signs)
	if err != nil {
		return err
	}
	results, good := []restored{}, true
	for _, p := range m.Programs {
		r, err := checkRestored(ctx, store, signs, p, given)
		if err != nil {
			return fmt.Errorf("program %s: %w", p.Slug, err)
		}
		results, good = append(results, r), good && r.good()
	}
	err = s.answer(map[string]any{"made_at": m.MadeAt, "programs": results}, func(w io.Writer) { printRestored(w, m, results) })
	if err == nil && !good {
		err = errors.New("the database was put back, and it is not what was signed or not what the backup says; see above and docs/operations.md")
	}
	return err
}

// existingSigner is the signer of a key that is there. Restoring makes none.
func existingSigner(ctx context.Context, c *settings, store *postgres.DB, logger *slog.Logger) (*signer.Signer, error) {
	if c.keyDir() == "" {
		return nil, nil
	}
	if _, err := os.Stat(filepath.Join(c.keyDir(), signer.KeyFile)); errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	return openSigner(ctx, c, store, logger)
}

// published reads the checkpoints that were given, and has the signer remember them.
func (rc restoreCommand) published(ctx context.Context, signs *signer.Signer) (given []verify.File, err error) {
	for _, name := range rc.Checkpoints {
		data, err := os.ReadFile(name) //nolint:gosec // a file that the person running the command names
		if err != nil {
			return nil, err
		}
		if signs == nil {
			return nil, errors.New("without the signing key a checkpoint cannot be checked here; \"dashboard verify\" checks it with the verifier key")
		}
		if err := signs.Remember(ctx, data); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		given = append(given, verify.File{Name: name, Data: data})
	}
	return given, nil
}

func checkRestored(ctx context.Context, store *postgres.DB, signs *signer.Signer, p backup.Program, given []verify.File) (restored, error) {
	r := restored{Program: p.Slug, InBackup: p.Entries, Differences: []postgres.Difference{}, Findings: []verify.Finding{}}
	differences, err := store.Writer().Rebuild(ctx, p.ID, true)
	if err != nil {
		return r, err
	}
	r.Differences = append(r.Differences, differences...)
	heads, err := programHeads(ctx, store, p.Slug)
	if err != nil {
		return r, err
	}
	if r.Entries = heads[0].Entry; signs == nil {
		return r, nil
	}
	q := verify.Request{}
	public, err := signs.PublicKeys(p.ID)
	if err != nil {
		return r, err
	}
	for _, k := range public {
		v, err := ledger.NewVerifier(k.Verifier)
		if err != nil {
			return r, err
		}
		q.Keys = append(q.Keys, v)
	}
	if p.Checkpoint != "" {
		q.Older = append(q.Older, verify.File{Name: "the backup's own checkpoint", Data: []byte(p.Checkpoint)})
	}
	for _, f := range given {
		if isOf(f, p.ID) {
			q.Older = append(q.Older, f)
		}
	}
	report, err := verifyStored(ctx, store, p.ID, q)
	if err != nil {
		return r, err
	}
	r.Verdict, r.Findings = report.Verdict, report.Findings
	var refusal *signer.Refusal
	if err := signs.Check(ctx, p.ID); errors.As(err, &refusal) {
		r.Refused = refusal.Error()
	} else if err != nil {
		return r, err
	}
	return r, nil
}

// isOf reports whether a checkpoint is of a program.
func isOf(f verify.File, programID string) bool {
	c, err := ledger.ReadCheckpoint(f.Data)
	if err != nil {
		return false
	}
	origin, err := ledger.ParseOrigin(c.Origin)
	return err == nil && origin.Program == programID
}

// verifyStored verifies a ledger as an outsider would who had just been given it.
func verifyStored(ctx context.Context, store *postgres.DB, programID string, q verify.Request) (verify.Report, error) {
	in, out := io.Pipe()
	failed := make(chan error, 1)
	go func() {
		err := store.Writer().Ledger(ctx, programID, func(l *postgres.Ledger) error { return export.Ledger(ctx, out, l, nil) })
		failed <- errors.Join(err, out.CloseWithError(err))
	}()
	report := verify.Bundle(in, q)
	_ = in.Close() // what is left over is not wanted
	err := <-failed
	if errors.Is(err, io.ErrClosedPipe) { // verify had seen enough
		err = nil
	}
	return report, err
}

func printRestored(w io.Writer, m backup.Manifest, results []restored) {
	fmt.Fprintf(w, "Put back as of %s.\n", m.MadeAt.Format("2006-01-02 15:04:05 MST"))
	for _, r := range results {
		fmt.Fprintf(w, "%s: %d entries", r.Program, r.Entries)
		if r.Entries != r.InBackup {
			fmt.Fprintf(w, ", the backup says %d", r.InBackup)
		}
		switch {
		case r.Verdict == "":
			fmt.Fprint(w, ", not verified: there is no signing key here")
		case r.nothingSigned():
			fmt.Fprint(w, ", nothing signed yet")
		default:
			fmt.Fprintf(w, ", %s", strings.ReplaceAll(string(r.Verdict), "_", " "))
		}
		fmt.Fprintln(w)
		for _, d := range r.Differences {
			fmt.Fprintf(w, "  %s has %d rows missing and %d too many\n", d.Table, d.Missing, d.Surplus)
		}
		printFindingsOf(w, r)
		if r.Refused != "" {
			fmt.Fprintf(w, "  NOTHING WILL BE SIGNED: %s.\n  Find a newer backup. If there is none, \"dashboard checkpoint open-epoch %s\" names what is lost and goes on under a new name.\n", r.Refused, r.Program)
		}
	}
}

func printFindingsOf(w io.Writer, r restored) {
	if r.nothingSigned() {
		return
	}
	for _, f := range r.Findings {
		fmt.Fprintf(w, "  %s\n", findingWords(i18n.English, verify.Report{Entries: r.Entries}, f))
	}
}
