package export_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/bundle"
	"tenggat/internal/export"
	"tenggat/internal/ledger"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
	"tenggat/internal/signer"
	"tenggat/internal/verify"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// site is a store with one program and the signer of its checkpoints.
type site struct {
	*testing.T
	db      *postgres.DB
	dsns    pgtest.DSNs
	signer  *signer.Signer
	program string
	token   string
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{T: t}
	s.db, s.dsns = storetest.OpenWithDSNs(t)
	s.program = storetest.Program(t, s.db, "one")
	s.token = storetest.Token(t, s.db, "one", []string{"read"})
	var err error
	s.signer, err = signer.Open(t.Context(), signer.Config{Dir: filepath.Join(t.TempDir(), "keys"), Writer: s.db.Writer(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) append(drafts ...ledger.Draft) {
	s.Helper()
	if _, err := s.db.Writer().Append(s.Context(), s.program, ledger.Unit{Drafts: drafts}); err != nil {
		s.Fatal(err)
	}
}

func (s *site) sign() postgres.Checkpoint {
	s.Helper()
	c, err := s.signer.Sign(s.Context(), s.program, postgres.SignedRequest)
	if err != nil {
		s.Fatal(err)
	}
	return c
}

func (s *site) keys() (vkeys []string, verifiers []note.Verifier) {
	s.Helper()
	public, err := s.signer.PublicKeys(s.program)
	if err != nil {
		s.Fatal(err)
	}
	for _, k := range public {
		v, err := ledger.NewVerifier(k.Verifier)
		if err != nil {
			s.Fatal(err)
		}
		vkeys, verifiers = append(vkeys, k.Verifier), append(verifiers, v)
	}
	return vkeys, verifiers
}

// exported is the ledger as an outsider gets it.
func (s *site) exported(ctx context.Context) []byte {
	s.Helper()
	vkeys, _ := s.keys()
	var out bytes.Buffer
	if err := s.db.Reader().Ledger(ctx, s.token, s.program, time.Time{}, func(l *postgres.Ledger) error { return export.Ledger(ctx, &out, l, vkeys) }); err != nil {
		s.Fatal(err)
	}
	return out.Bytes()
}

func (s *site) verified(older ...postgres.Checkpoint) verify.Report {
	s.Helper()
	q := verify.Request{}
	_, q.Keys = s.keys()
	for _, c := range older {
		q.Older = append(q.Older, verify.File{Name: "older", Data: []byte(c.Note)})
	}
	return verify.Bundle(bytes.NewReader(s.exported(s.Context())), q)
}

// filled has reports, a correction and a text, checkpoints, and something that is not signed yet.
func filled(t *testing.T) *site {
	s := newSite(t)
	s.sign()
	for i := range 5 {
		s.append(storetest.Report("P1", fmt.Sprint("a", i), 10*i, int64(10*i), 100), storetest.Report("U1", fmt.Sprint("b", i), 10*i, int64(i), 9))
		s.sign()
	}
	s.append(storetest.Correction("P1", "c", 60, 30, 100))
	s.sign()
	s.append(storetest.Report("M1", "d", 70, 15, 15))
	return s
}

func TestWhatIsExportedIsVerified(t *testing.T) {
	s := filled(t)
	older, err := s.db.Writer().Checkpoint(t.Context(), s.program, 11)
	if err != nil {
		t.Fatal(err)
	}
	r := s.verified(older)
	if r.Verdict != verify.Verified || r.Entries != 21 || r.SignedUpTo != 20 || r.Checkpoints != 7 || r.Published != 1 || r.Older != 1 || r.Texts != 1 || r.Slug != "one" {
		t.Fatalf("%+v", r)
	}
	// For the command line it is the same, to the moment it was read at.
	var out bytes.Buffer
	vkeys, _ := s.keys()
	if err := s.db.Writer().Ledger(t.Context(), s.program, func(l *postgres.Ledger) error {
		l.ReadAt = time.Time{}
		return export.Ledger(t.Context(), &out, l, vkeys)
	}); err != nil {
		t.Fatal(err)
	}
	if want := bytes.Split(s.exported(t.Context()), []byte("\n")); !bytes.Equal(bytes.Split(out.Bytes(), []byte("\n"))[1], want[1]) || bytes.Count(out.Bytes(), []byte("\n")) != len(want)-1 {
		t.Error("the command line exports something else")
	}
}

// Nobody but a member gets a ledger.
func TestAnothersLedgerIsNotFound(t *testing.T) {
	s := newSite(t)
	storetest.Program(t, s.db, "two")
	stranger := storetest.Token(t, s.db, "two", []string{"read"})
	if err := s.db.Reader().Ledger(t.Context(), stranger, s.program, time.Time{}, func(*postgres.Ledger) error { return nil }); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

func TestAnEmptyLedgerIsExported(t *testing.T) {
	s := newSite(t)
	empty, err := s.db.Writer().CreateProgram(t.Context(), "empty", "Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := s.db.Writer().Ledger(t.Context(), empty, func(l *postgres.Ledger) error { return export.Ledger(t.Context(), &out, l, nil) }); err != nil {
		t.Fatal(err)
	}
	_, keys := s.keys()
	if r := verify.Bundle(&out, verify.Request{Keys: keys}); r.Verdict != verify.Unchecked || r.Findings[0].Code != verify.NothingSigned {
		t.Errorf("%+v", r)
	}
}

// An export is one snapshot however much is recorded and signed meanwhile: entries, figures and checkpoints agree.
func TestExportsUnderLoadAgree(t *testing.T) {
	s := filled(t)
	ctx, stop := context.WithCancel(t.Context())
	var busy sync.WaitGroup
	for w := range 4 {
		busy.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				d := storetest.Report("P1", fmt.Sprintf("w%d-%d", w, i), 100+i, int64(30+i/10), 10_000)
				if _, err := s.db.Writer().Append(context.WithoutCancel(ctx), s.program, ledger.Unit{Drafts: []ledger.Draft{d}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	busy.Go(func() {
		for ctx.Err() == nil {
			if _, err := s.signer.Sign(context.WithoutCancel(ctx), s.program, postgres.SignedRequest); err != nil {
				t.Error(err)
			}
		}
	})
	const loaded = 50 // entries, of which a slow machine needs more rounds
	before, patience := int64(0), time.Now().Add(time.Minute)
	for round := 0; round < 8 || before < loaded && time.Now().Before(patience); round++ {
		r := s.verified()
		if r.Verdict != verify.Verified || r.Entries < before {
			t.Errorf("%s %+v", r.Verdict, r.Findings)
		}
		before = r.Entries
	}
	stop()
	busy.Wait()
	if before < loaded {
		t.Errorf("only %d entries: there was no load", before)
	}
}

// dba runs a statement as somebody who rules the database.
func (s *site) dba(statements ...string) {
	s.Helper()
	db, err := sqlx.Connect("postgres", s.dsns.Owner)
	if err != nil {
		s.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	tx := db.MustBegin()
	defer func() { _ = tx.Rollback() }()
	for _, table := range []string{"ledger_entries", "checkpoints"} {
		tx.MustExec("ALTER TABLE " + table + " DISABLE TRIGGER ALL")
	}
	for _, statement := range statements {
		tx.MustExec(statement)
	}
	if err := tx.Commit(); err != nil {
		s.Fatal(err)
	}
}

// What somebody who rules the database does, an outsider with an export finds.
func TestWhatADatabaseAdministratorDoesIsFoundInTheExport(t *testing.T) {
	edited := func(entry, from, to string) string {
		return fmt.Sprintf("UPDATE ledger_entries SET canonical = convert_to(replace(convert_from(canonical, 'UTF8'), '%s', '%s'), 'UTF8') WHERE entry_no = %s", from, to, entry)
	}
	for name, c := range map[string]struct {
		does  []string
		found verify.Code
		entry int64
	}{
		"edits a count":              {[]string{edited("12", `"done":10,`, `"done":90,`)}, verify.EntryEdited, 12},
		"edits a time":               {[]string{edited("12", `"observed_at":"2024-01-08`, `"observed_at":"2024-01-09`)}, verify.EntryEdited, 12},
		"edits a count and its hash": {[]string{edited("12", `"done":10,`, `"done":90,`), "UPDATE ledger_entries SET tree_hashes = sha256('\\x00'::bytea || canonical) || substr(tree_hashes, 33) WHERE entry_no = 12"}, verify.RootDiffers, 12},
		"deletes an entry":           {[]string{"DELETE FROM ledger_entries WHERE entry_no = 12"}, verify.EntryMissing, 12},
		"swaps two entries":          {[]string{"UPDATE ledger_entries SET entry_no = 99 WHERE entry_no = 12", "UPDATE ledger_entries SET entry_no = 12 WHERE entry_no = 13", "UPDATE ledger_entries SET entry_no = 13 WHERE entry_no = 99"}, verify.EntryMissing, 12},
		"edits only what pages show": {[]string{"UPDATE milestone_states SET done = 99 WHERE milestone = 'P1'"}, verify.FiguresDiffer, 0},
		"edits only the weights":     {[]string{`UPDATE facts SET body = '{"version":1,"basis_points":{"P1":5000,"U1":3500,"M1":1500}}' WHERE kind = 'weights'`}, verify.FiguresDiffer, 0},
		"words a text anew":          {[]string{"UPDATE entry_texts SET content = 'all was well'"}, verify.TextAltered, 20},
		"cuts off what was signed":   {[]string{"DELETE FROM entry_texts", "DELETE FROM ledger_entries WHERE entry_no > 15", "UPDATE program_heads SET entry_no = 15"}, verify.CheckpointBeyond, 0},
		"edits a checkpoint":         {[]string{"UPDATE checkpoints SET note = regexp_replace(note, E'\\n20\\n', E'\\n19\\n') WHERE tree_size = 20"}, verify.SignatureFalse, 20},
	} {
		t.Run(name, func(t *testing.T) {
			s := filled(t)
			s.dba(c.does...)
			r := s.verified()
			if r.Verdict != verify.Contradicted || r.Findings[0].Code != c.found || r.Findings[0].Entry != c.entry {
				t.Errorf("%s %+v, want %s at %d", r.Verdict, r.Findings, c.found, c.entry)
			}
		})
	}
	t.Run("cuts off what was signed, and its checkpoints", func(t *testing.T) {
		s := filled(t)
		kept, err := s.db.Writer().Checkpoint(t.Context(), s.program, 0)
		if err != nil {
			t.Fatal(err)
		}
		s.dba("DELETE FROM entry_texts", "DELETE FROM ledger_entries WHERE entry_no > 15", "UPDATE program_heads SET entry_no = 15", "DELETE FROM checkpoints WHERE tree_size > 15")
		if r := s.verified(kept); r.Verdict != verify.Contradicted || r.Findings[0].Code != verify.OlderBeyond {
			t.Errorf("%s %+v", r.Verdict, r.Findings)
		}
	})
}

// The headline with its proof verifies, as of the newest checkpoint and as of moments before it.
func TestHeadlinesAreProved(t *testing.T) {
	s := newSite(t)
	_, keys := s.keys()
	proof := func(at time.Time) (bundle.Figure, error) {
		var f bundle.Figure
		err := s.db.Reader().Ledger(t.Context(), s.token, s.program, time.Time{}, func(l *postgres.Ledger) (err error) {
			f, err = export.Figure(t.Context(), l, at)
			return err
		})
		return f, err
	}
	if _, err := proof(time.Time{}); !errors.Is(err, export.ErrNotSigned) {
		t.Fatalf("nothing is signed: %v", err)
	}
	s.append(storetest.Report("P1", "a", 1, 87, 100), storetest.Report("U1", "b", 1, 1, 3))
	first := s.sign()
	s.append(storetest.Report("P1", "c", 2, 90, 100))
	s.sign()
	s.append(storetest.Report("P1", "d", 3, 95, 100))
	for name, c := range map[string]struct {
		at    time.Time
		entry int64
		want  int64
	}{
		"newest checkpoint": {time.Time{}, 12, 5400 + 833},
		"first checkpoint":  {first.RecordedAt, 11, 5220 + 833},
		"before anything":   {first.RecordedAt.AddDate(-1, 0, 0), 0, 0},
	} {
		f, err := proof(c.at)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var out bytes.Buffer
		if err := bundle.WriteFigure(&out, f); err != nil {
			t.Fatal(err)
		}
		r := verify.Figure(&out, keys)
		if r.Verdict != verify.Verified || f.Entry != c.entry || int64(r.Headline.Reported) != c.want {
			t.Errorf("%s: entry %d, %s %+v, headline %+v", name, f.Entry, r.Verdict, r.Findings, r.Headline)
		}
	}
	if _, err := proof(time.Now()); !errors.Is(err, export.ErrNotSigned) {
		t.Errorf("what is not signed yet: %v", err)
	}
}
