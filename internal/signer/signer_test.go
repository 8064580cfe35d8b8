package signer_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/ledger"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
	"tenggat/internal/signer"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// site is a store with one program and a signer of its own.
type site struct {
	*testing.T
	db      *postgres.DB
	dsns    pgtest.DSNs
	dir     string
	signer  *signer.Signer
	program string
	clock   atomic.Int64 // nanoseconds since 1970; a signer that keeps signing reads it too
}

func (s *site) now() time.Time { return time.Unix(0, s.clock.Load()) }

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{T: t, dir: filepath.Join(t.TempDir(), "keys")}
	s.clock.Store(time.Now().UnixNano())
	s.db, s.dsns = storetest.OpenWithDSNs(t)
	s.program = storetest.Program(t, s.db, "one")
	s.signer = s.another(s.dir)
	return s
}

// another is another process's signer, with the key in dir.
func (s *site) another(dir string) *signer.Signer {
	s.Helper()
	opened, err := signer.Open(s.Context(), signer.Config{
		Dir: dir, Writer: s.db.Writer(), Logger: slog.New(slog.DiscardHandler), Now: s.now,
	})
	if err != nil {
		s.Fatal(err)
	}
	return opened
}

// report appends n reports and returns the receipt of the last.
func (s *site) report(n int) ledger.Receipt {
	s.Helper()
	var last ledger.Receipt
	for range n {
		s.clock.Add(int64(time.Millisecond))
		receipts, err := s.db.Writer().Append(s.Context(), s.program, ledger.Unit{Drafts: []ledger.Draft{storetest.Report("P1", fmt.Sprint(s.clock.Load()), 1, 1, 1000)}})
		if err != nil {
			s.Fatal(err)
		}
		last = receipts[0]
	}
	return last
}

// sign signs what there is.
func (s *site) sign() postgres.Checkpoint {
	s.Helper()
	c, err := s.signer.Sign(s.Context(), s.program, postgres.SignedRequest)
	if err != nil {
		s.Fatal(err)
	}
	return c
}

// verifiers are the program's verifier keys.
func (s *site) verifiers(of *signer.Signer) []note.Verifier {
	s.Helper()
	keys, err := of.PublicKeys(s.program)
	if err != nil {
		s.Fatal(err)
	}
	verifiers := make([]note.Verifier, len(keys))
	for i, k := range keys {
		if verifiers[i], err = ledger.NewVerifier(k.Verifier); err != nil {
			s.Fatal(err)
		}
	}
	return verifiers
}

// refused is why signing was refused.
func (s *site) refused(of *signer.Signer, want signer.Code) *signer.Refusal {
	s.Helper()
	_, err := of.Sign(s.Context(), s.program, postgres.SignedRequest)
	var refusal *signer.Refusal
	if !errors.As(err, &refusal) || refusal.Code != want {
		s.Fatalf("%v, want refusal %q", err, want)
	}
	var problem *signer.Refusal
	if !errors.As(of.Problem(s.program), &problem) || !of.Refuses() {
		s.Fatal("the refusal is not shown")
	}
	if receipt, err := of.Receipt(s.program, []ledger.Promised{{Entry: 1}}); receipt != "" || err != nil {
		s.Fatalf("promised something while refusing: %q, %v", receipt, err)
	}
	return refusal
}

func TestSignedCheckpointsProveEachOther(t *testing.T) {
	s := newSite(t)
	first := s.sign()
	opened, err := ledger.OpenCheckpoint([]byte(first.Note), s.verifiers(s.signer)...)
	if err != nil || opened != first.Checkpoint || first.Size != 9 || first.Origin != s.signer.Log()+"/program/"+s.program {
		t.Fatalf("%+v, %v", opened, err)
	}
	if again := s.sign(); again != first {
		t.Errorf("nothing is new, and %+v was signed after %+v", again, first)
	}
	s.report(5)
	second := s.sign()
	reader := storetest.Token(t, s.db, "one", []string{"read"})
	proof, err := s.db.Reader().Consistency(t.Context(), reader, s.program, first.Size, second.Size)
	if err != nil {
		t.Fatal(err)
	}
	if err := ledger.CheckConsistency(proof.Proof, first.Size, first.Root, second.Size, second.Root); err != nil {
		t.Error(err)
	}
	inclusion, err := s.db.Reader().Inclusion(t.Context(), reader, s.program, 12, second.Size)
	if err != nil {
		t.Fatal(err)
	}
	if err := ledger.CheckInclusion(inclusion.Proof, 12, inclusion.Leaf, second.Size, second.Root); err != nil {
		t.Error(err)
	}
	for _, ask := range []struct{ entry, size int64 }{{0, 5}, {6, 5}, {1, 99}, {-1, 0}} {
		if _, err := s.db.Reader().Inclusion(t.Context(), reader, s.program, ask.entry, ask.size); !errors.Is(err, postgres.ErrNotFound) {
			t.Errorf("entry %d of %d: %v", ask.entry, ask.size, err)
		}
	}
	if then, err := s.db.Reader().Checkpoint(t.Context(), reader, s.program, second.SignedAt.Add(-time.Microsecond)); err != nil || then != first {
		t.Errorf("before the second was signed: %+v, %v", then, err)
	}
	if _, err := s.db.Reader().Checkpoint(t.Context(), reader, s.program, first.SignedAt.Add(-time.Microsecond)); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("before any was signed: %v", err)
	}
}

// Receipts are promises that a checkpoint keeps.
func TestReceiptsAreKept(t *testing.T) {
	s := newSite(t)
	r := s.report(1)
	text, err := s.signer.Receipt(s.program, []ledger.Promised{{Entry: r.Entry, Leaf: r.LeafHash, RecordedAt: r.RecordedAt}})
	if err != nil {
		t.Fatal(err)
	}
	promise, err := ledger.OpenPromise([]byte(text), s.verifiers(s.signer)...)
	if err != nil || promise.Entries[0].Leaf != r.LeafHash || !promise.Entries[0].RecordedAt.Equal(r.RecordedAt) {
		t.Fatalf("%+v, %v", promise, err)
	}
	c := s.sign()
	proof, err := s.db.Reader().Inclusion(t.Context(), storetest.Token(t, s.db, "one", []string{"read"}), s.program, r.Entry, c.Size)
	if err != nil {
		t.Fatal(err)
	}
	if err := ledger.CheckInclusion(proof.Proof, r.Entry, promise.Entries[0].Leaf, c.Size, c.Root); err != nil || promise.Origin != c.Origin {
		t.Errorf("%v, origins %s and %s", err, promise.Origin, c.Origin)
	}
	var none *signer.Signer
	if text, err := none.Receipt(s.program, promise.Entries); text != "" || err != nil || none.Problem(s.program) != nil || none.Refuses() {
		t.Errorf("without a key: %q, %v", text, err)
	}
}

// Many processes with one key sign one line of checkpoints while fifty writers append.
func TestManySignersNeverFork(t *testing.T) {
	s := newSite(t)
	var wg sync.WaitGroup
	for w := range 50 {
		wg.Go(func() {
			for i := range 4 {
				draft := storetest.Report("P1", fmt.Sprintf("%d-%d", w, i), 1, 1, 1000)
				if _, err := s.db.Writer().Append(context.WithoutCancel(t.Context()), s.program, ledger.Unit{Drafts: []ledger.Draft{draft}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 4 {
		other := s.another(s.dir)
		wg.Go(func() {
			for range 5 {
				if _, err := other.Sign(t.Context(), s.program, postgres.SignedRequest); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	s.sign()
	if d, err := s.db.Writer().Rebuild(t.Context(), s.program, true); err != nil || len(d) > 0 {
		t.Fatalf("%v, %v", d, err)
	}
	all, err := s.db.Writer().Checkpoints(t.Context(), s.program, 0, 100)
	if err != nil || len(all) < 2 || all[0].Size != 9+200 {
		t.Fatalf("%d checkpoints, %v", len(all), err)
	}
	hashes := s.db.Writer().TreeHashes(t.Context(), s.program)
	for i, c := range all[1:] {
		proof, err := hashes.Consistency(c.Size, all[i].Size)
		if err != nil {
			t.Fatal(err)
		}
		if err := ledger.CheckConsistency(proof, c.Size, c.Root, all[i].Size, all[i].Root); err != nil {
			t.Errorf("%d and %d entries: %v", c.Size, all[i].Size, err)
		}
	}
}

// Killed between signing and publishing: what was signed is published next time, although the ledger went on.
func TestWhatWasSignedIsPublishedAfterACrash(t *testing.T) {
	s := newSite(t)
	s.sign()
	s.report(3)
	signed := s.sign()
	s.dba("DELETE FROM checkpoints WHERE tree_size = 12") // as if it had never got there
	s.report(1)
	if c, err := s.another(s.dir).Sign(t.Context(), s.program, postgres.SignedInterval); err != nil || c.Size != 13 {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := s.db.Writer().Checkpoint(t.Context(), s.program, 12); err != nil || c.Note != signed.Note {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestKeyFileIsTheOwnersAlone(t *testing.T) {
	s := newSite(t)
	key := filepath.Join(s.dir, "signing-key.json")
	info, err := os.Stat(key)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info.Mode(), err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o660} {
		if err := os.Chmod(key, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := signer.Open(t.Context(), signer.Config{Dir: s.dir, Writer: s.db.Writer(), Logger: slog.New(slog.DiscardHandler)}); err == nil || !strings.Contains(err.Error(), "open to others") {
			t.Errorf("mode %o: %v", mode, err)
		}
		if _, err := s.signer.Sign(t.Context(), s.program, postgres.SignedRequest); err == nil {
			t.Errorf("mode %o: signed", mode)
		}
	}
	if err := os.Chmod(key, 0o600); err != nil {
		t.Fatal(err)
	}
	s.sign()
}

func TestLogKeepsItsName(t *testing.T) {
	s := newSite(t)
	open := func(dir, name string) (*signer.Signer, error) {
		return signer.Open(t.Context(), signer.Config{Dir: dir, LogName: name, Writer: s.db.Writer(), Logger: slog.New(slog.DiscardHandler)})
	}
	if _, err := open(s.dir, "another.example"); err == nil {
		t.Error("the log was renamed")
	}
	if named, err := open(filepath.Join(t.TempDir(), "k"), "tenggat.example.id"); err != nil || named.Log() != "tenggat.example.id" {
		t.Errorf("%v", err)
	}
	for _, bad := range []string{"Tenggat", "a b", "a+b", "/a", "a/", "a//b", "ü"} {
		if _, err := open(filepath.Join(t.TempDir(), "k"), bad); err == nil {
			t.Errorf("a log is called %q", bad)
		}
	}
	if !strings.HasPrefix(s.signer.Log(), "tenggat-") || s.another(filepath.Join(t.TempDir(), "k")).Log() == s.signer.Log() {
		t.Error("two installations have one name")
	}
}

// During the overlap both keys sign; whoever pinned the old one learns the new one from a checkpoint that the old one signed.
func TestRotation(t *testing.T) {
	s := newSite(t)
	other := s.another(s.dir) // a process that runs on
	old := s.verifiers(s.signer)
	s.sign()
	if err := s.signer.Rotate(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	c, err := other.Sign(t.Context(), s.program, postgres.SignedInterval)
	if err != nil || c.Size != 10 {
		t.Fatalf("%+v, %v", c, err)
	}
	both := s.verifiers(other)
	for i, v := range both {
		if _, err := ledger.OpenCheckpoint([]byte(c.Note), v); err != nil {
			t.Errorf("key %d has not signed: %v", i, err)
		}
	}
	records, err := s.db.Reader().Records(t.Context(), storetest.Token(t, s.db, "one", []string{"read"}), s.program, "", time.Time{}, 0, 1)
	if err != nil || records[0].Kind != ledger.KindKey {
		t.Fatalf("the newest entry is %+v, %v", records, err)
	}
	var body ledger.Key
	if err := json.Unmarshal(records[0].Body, &body); err != nil {
		t.Fatal(err)
	}
	if v, err := ledger.NewVerifier(body.Verifier); err != nil || v.KeyHash() != both[1].KeyHash() || !body.Until.Equal(s.now().Truncate(time.Microsecond).Add(time.Hour)) {
		t.Errorf("announced %+v, %v", body, err)
	}
	s.report(1)
	s.clock.Add(int64(2 * time.Hour))
	if c, err = other.Sign(t.Context(), s.program, postgres.SignedInterval); err != nil || c.Size != 11 {
		t.Fatalf("%+v, %v", c, err)
	}
	if _, err := ledger.OpenCheckpoint([]byte(c.Note), old...); err == nil {
		t.Error("the old key still signs")
	}
	if _, err := ledger.OpenCheckpoint([]byte(c.Note), both[1]); err != nil {
		t.Error(err)
	}
	if d, err := s.db.Writer().Rebuild(t.Context(), s.program, true); err != nil || len(d) > 0 {
		t.Errorf("%v, %v", d, err)
	}
}

// A day's last entry has a checkpoint of its own, however much came after midnight.
func TestKeepSignsDaysAndIntervals(t *testing.T) {
	s := newSite(t)
	s.dba("UPDATE program_days SET day = day - 1") // what there is was recorded yesterday
	s.report(4)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); s.signer.Keep(ctx) }()
	deadline := time.Now().Add(20 * time.Second)
	for {
		all, err := s.db.Writer().Checkpoints(t.Context(), s.program, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 2 && all[0].Size == 13 && all[0].Reason == postgres.SignedInterval && all[1].Size == 9 && all[1].Reason == postgres.SignedDayEnd {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%+v", all)
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.report(1)
	stop()
	<-done
	if c, err := s.db.Writer().Checkpoint(t.Context(), s.program, 0); err != nil || c.Size != 14 || c.Reason != postgres.SignedStop {
		t.Errorf("after the end: %+v, %v", c, err)
	}
}

func TestEmptyLedgerIsNoProblem(t *testing.T) {
	s := newSite(t)
	empty, err := s.db.Writer().CreateProgram(t.Context(), "empty", "Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.signer.Sign(t.Context(), empty, postgres.SignedRequest); !errors.Is(err, signer.ErrEmpty) || s.signer.Problem(empty) != nil {
		t.Errorf("%v, %v", err, s.signer.Problem(empty))
	}
}
