package signer_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
	"tenggat/internal/signer"
)

// The tests of this file play somebody who rules the database: a superuser who disables triggers and writes what he likes. Each names
// the means by which it is found; the table in docs/operations.md repeats them.

// dba runs statements as the superuser, with the triggers out of the way.
func (s *site) dba(statements ...string) {
	s.Helper()
	s.asSuperuser(func(tx *sqlx.Tx) {
		for _, statement := range statements {
			tx.MustExec(statement)
		}
	})
}

func (s *site) asSuperuser(act func(*sqlx.Tx)) {
	s.Helper()
	db, err := sqlx.Connect("postgres", s.dsns.Owner)
	if err != nil {
		s.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	tx := db.MustBegin()
	defer func() { _ = tx.Rollback() }()
	for _, table := range []string{"ledger_entries", "checkpoints", "cosignatures", "entry_texts"} {
		if _, err := tx.Exec("SAVEPOINT t"); err != nil {
			s.Fatal(err)
		}
		if _, err := tx.Exec("ALTER TABLE " + table + " DISABLE TRIGGER ALL"); err != nil {
			_, _ = tx.Exec("ROLLBACK TO t")
		}
	}
	act(tx)
	if err := tx.Commit(); err != nil {
		s.Fatal(err)
	}
}

// rewrite replaces what the entries say, number by number, and then recomputes everything that hangs on it, as somebody does who has
// read this program's source: hashes, edge, copied columns, projections. Entries for which change returns false are removed; those
// behind them move up.
func (s *site) rewrite(change func(*ledger.Entry) bool) {
	s.Helper()
	s.asSuperuser(func(tx *sqlx.Tx) {
		var rows [][]byte
		if err := tx.Select(&rows, "SELECT canonical FROM ledger_entries WHERE program_id = $1 ORDER BY entry_no", s.program); err != nil {
			s.Fatal(err)
		}
		tx.MustExec("DELETE FROM entry_texts WHERE program_id = $1", s.program)
		tx.MustExec("DELETE FROM ledger_entries WHERE program_id = $1", s.program)
		var edge ledger.Edge
		var last ledger.Entry
		for _, row := range rows {
			e, err := ledger.Decode(row)
			if err != nil {
				s.Fatal(err)
			}
			if !change(&e) {
				continue
			}
			e.Number = edge.Size + 1
			insert(s, tx, e, &edge)
			last = e
		}
		tx.MustExec("UPDATE program_heads SET entry_no = $2, tree_edge = $3, recorded_at = $4 WHERE program_id = $1", s.program, edge.Size, edge.Bytes(), last.RecordedAt)
	})
	_, _ = s.db.Writer().Rebuild(s.Context(), s.program, false) // fails while checkpoints stand in the way
}

// dropCheckpoints removes what was published, and derives the projections anew.
func (s *site) dropCheckpoints() {
	s.Helper()
	s.dba("DELETE FROM checkpoints")
	if _, err := s.db.Writer().Rebuild(s.Context(), s.program, false); err != nil {
		s.Fatal(err)
	}
}

// insert writes an entry with its place in the tree past the program.
func insert(s *site, tx *sqlx.Tx, e ledger.Entry, edge *ledger.Edge) {
	s.Helper()
	canonical, err := e.Canonical()
	if err != nil {
		s.Fatal(err)
	}
	milestone := ""
	if e.Kind == ledger.KindReport {
		var body ledger.Report
		if err := json.Unmarshal(e.Body, &body); err != nil {
			s.Fatal(err)
		}
		milestone = body.Milestone
	}
	tx.MustExec(`INSERT INTO ledger_entries (program_id, entry_no, kind, source, event_id, milestone, observed_at, recorded_at, canonical, tree_hashes)
		VALUES ($1, $2, $3, $4, $5, nullif($6, ''), $7, $8, $9, $10)`, e.Program, e.Number, string(e.Kind), e.Source, e.EventID, milestone,
		e.ObservedAt, e.RecordedAt, canonical, ledger.JoinHashes(edge.Append(ledger.LeafHash(canonical))))
}

// rewritten makes more of a report.
func rewritten(e *ledger.Entry) bool {
	e.Body = json.RawMessage(strings.Replace(string(e.Body), `"done":1,`, `"done":999,`, 1))
	return true
}

// mustFind fails unless "rebuild --check" complains in these words.
func (s *site) mustFind(words string) {
	s.Helper()
	differences, err := s.db.Writer().Rebuild(s.Context(), s.program, true)
	found := ""
	for _, d := range differences {
		found += d.Table + " "
	}
	if err != nil {
		found += err.Error()
	}
	if !strings.Contains(found, words) {
		s.Errorf("rebuild --check says %q, want %q", found, words)
	}
}

// mustFindNothing fails unless "rebuild --check" is content: other means have to find it.
func (s *site) mustFindNothing() {
	s.Helper()
	if differences, err := s.db.Writer().Rebuild(s.Context(), s.program, true); err != nil || len(differences) > 0 {
		s.Errorf("rebuild --check says %v, %v", differences, err)
	}
}

// Whoever changes a row without everything that hangs on it is found by "rebuild --check", which names the entry.
func TestCheckNamesWhatWasChanged(t *testing.T) {
	for name, c := range map[string]struct {
		statement string
		words     string
	}{
		"a body":                   {`UPDATE ledger_entries SET canonical = replace(convert_from(canonical, 'UTF8'), '"done":1,', '"done":9,')::bytea WHERE entry_no = 11`, "entry 11: its bytes do not have the hashes"},
		"a body and its leaf":      {`UPDATE ledger_entries SET canonical = replace(convert_from(canonical, 'UTF8'), '"done":1,', '"done":9,')::bytea, tree_hashes = overlay(tree_hashes placing sha256('\x00' || replace(convert_from(canonical, 'UTF8'), '"done":1,', '"done":9,')::bytea) from 1) WHERE entry_no = 11`, "entry 12: its bytes do not have the hashes"},
		"bytes that are no entry":  {`UPDATE ledger_entries SET canonical = '{}' WHERE entry_no = 11`, "entry 11: canonical entry"},
		"a number":                 {`UPDATE ledger_entries SET entry_no = 99 WHERE entry_no = 13`, "entry 13: its bytes say entry 14"},
		"a recorded time":          {`UPDATE ledger_entries SET recorded_at = recorded_at - interval '1 day' WHERE entry_no = 11`, "entry 11: the column recorded_at"},
		"an observed time":         {`UPDATE ledger_entries SET observed_at = observed_at - interval '1 day' WHERE entry_no = 11`, "entry 11: the column observed_at"},
		"a milestone":              {`UPDATE ledger_entries SET milestone = 'U1' WHERE entry_no = 11`, "entry 11: the column milestone"},
		"a kind":                   {`UPDATE ledger_entries SET kind = 'correction' WHERE entry_no = 11`, "entry 11: the column kind"},
		"an event id":              {`UPDATE ledger_entries SET event_id = 'x' WHERE entry_no = 11`, "entry 11: the column event_id"},
		"an entry is deleted":      {`DELETE FROM ledger_entries WHERE entry_no = 11`, "entry 11: its bytes say entry 12"},
		"two entries are swapped":  {`UPDATE ledger_entries a SET canonical = b.canonical FROM ledger_entries b WHERE a.entry_no IN (11, 12) AND b.entry_no = 23 - a.entry_no`, "entry 11: its bytes say entry 12"},
		"the tail is cut":          {`DELETE FROM ledger_entries WHERE entry_no > 12`, "the head is at entry 14 and the last entry is 12"},
		"a tail behind the head":   {`UPDATE program_heads SET entry_no = 12`, "the head is at entry 12 and the last entry is 14"},
		"an inner hash":            {`UPDATE ledger_entries SET tree_hashes = overlay(tree_hashes placing sha256('x') from 33) WHERE entry_no = 12`, "entry 12: its bytes do not have the hashes"},
		"the edge":                 {`UPDATE program_heads SET tree_edge = overlay(tree_edge placing sha256('x') from 1)`, "program_heads"},
		"a projection":             {`UPDATE milestone_states SET done = 999 WHERE entry_no = 14`, "milestone_states"},
		"a day's projection":       {`UPDATE milestone_days SET done = 999`, "milestone_days"},
		"a fact's projection":      {`UPDATE facts SET body = jsonb_set(body, '{date}', '"2025-12-31"') WHERE kind = 'deadline'`, "facts"},
		"a text":                   {`UPDATE entry_texts SET content = 'counted thrice'`, `entry 14: its text "reason" is not the one that was recorded`},
		"a text that never was":    {`INSERT INTO entry_texts SELECT program_id, 11, field, salt, content FROM entry_texts`, `entry 11: its text "reason" is not the one that was recorded`},
		"a text is gone":           {`DELETE FROM entry_texts`, "entry 14: its text reason is gone, and no erasure was recorded"},
		"a checkpoint's root":      {`UPDATE checkpoints SET root = sha256('x')`, "the checkpoint of 13 entries does not say what its signed note says"},
		"a checkpoint's size":      {`UPDATE checkpoints SET tree_size = 12`, "the checkpoint of 12 entries does not say what its signed note says"},
		"a checkpoint of thin air": {`UPDATE checkpoints SET tree_size = 99`, "a checkpoint of 99 entries was signed and there are only 14"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.report(4)
			s.sign()
			correction := storetest.Correction("P1", "lower", 1, 1, 1000)
			if _, err := s.db.Writer().Append(t.Context(), s.program, ledger.Unit{Drafts: []ledger.Draft{correction}}); err != nil {
				t.Fatal(err)
			}
			s.mustFindNothing()
			s.dba(c.statement)
			s.mustFind(c.words)
		})
	}
}

// A whole ledger rewritten, with every hash and projection recomputed, contradicts the checkpoints in the database; without those, what
// the signer remembers on its own disk; and for everybody else, any checkpoint or receipt that was kept.
func TestRewrittenLedgerIsRefused(t *testing.T) {
	s := newSite(t)
	kept := s.report(4)
	promise, err := s.signer.Receipt(s.program, []ledger.Promised{{Entry: kept.Entry, Leaf: kept.LeafHash, RecordedAt: kept.RecordedAt}})
	if err != nil {
		t.Fatal(err)
	}
	old := s.sign()
	s.report(3)
	s.rewrite(rewritten)
	s.mustFind("the checkpoint of 13 entries has another root than the ledger")
	_ = s.refused(s.signer, signer.Contradicted)
	s.dropCheckpoints()
	s.mustFindNothing()
	refusal := s.refused(s.another(s.dir), signer.Contradicted)
	if refusal.Signed != old.Checkpoint || refusal.Head != 16 {
		t.Errorf("%+v", refusal)
	}
	inclusion, err := s.db.Reader().Inclusion(t.Context(), storetest.Token(t, s.db, "one", []string{"read"}), s.program, kept.Entry, 0)
	if err != nil {
		t.Fatal(err)
	}
	held, err := ledger.OpenPromise([]byte(promise), s.verifiers(s.signer)...)
	if err != nil || inclusion.Leaf == held.Entries[0].Leaf {
		t.Errorf("the receipt does not contradict: %v", err)
	}
}

// With the key as well, the rewritten ledger can be signed. Then two notes by one key contradict each other, and no proof joins them.
func TestRewrittenAndSignedAgainContradictsTheOlderCheckpoint(t *testing.T) {
	s := newSite(t)
	s.report(4)
	old := s.sign()
	s.report(3)
	s.rewrite(rewritten)
	s.dropCheckpoints()
	if err := os.RemoveAll(filepath.Join(s.dir, s.program)); err != nil { // the signer's memory is gone too
		t.Fatal(err)
	}
	forged, err := s.another(s.dir).Sign(t.Context(), s.program, postgres.SignedRequest)
	if err != nil {
		t.Fatal(err)
	}
	s.mustFindNothing()
	for _, c := range []postgres.Checkpoint{old, forged} {
		if _, err := ledger.OpenCheckpoint([]byte(c.Note), s.verifiers(s.signer)...); err != nil {
			t.Fatal(err)
		}
	}
	hashes := s.db.Writer().TreeHashes(t.Context(), s.program)
	proof, err := hashes.Consistency(old.Size, forged.Size)
	if err != nil {
		t.Fatal(err)
	}
	if ledger.CheckConsistency(proof, old.Size, old.Root, forged.Size, forged.Root) == nil {
		t.Error("a rewritten ledger is consistent with the older checkpoint")
	}
	if root, err := hashes.Root(old.Size); err != nil || root == old.Root {
		t.Errorf("the root of %d entries is the same (%v)", old.Size, err)
	}
}

// A tail that was signed cannot be dropped; one that was not is missed by whoever holds a receipt for it.
func TestDroppedTail(t *testing.T) {
	s := newSite(t)
	s.report(4)
	s.sign()
	promised := s.report(3)
	text, err := s.signer.Receipt(s.program, []ledger.Promised{{Entry: promised.Entry, Leaf: promised.LeafHash, RecordedAt: promised.RecordedAt}})
	if err != nil {
		t.Fatal(err)
	}
	s.rewrite(func(e *ledger.Entry) bool { return e.Number <= 14 })
	s.mustFindNothing()
	s.report(5)
	later := s.sign() // nothing that was signed is contradicted
	promise, err := ledger.OpenPromise([]byte(text), s.verifiers(s.signer)...)
	if err != nil {
		t.Fatal(err)
	}
	inclusion, err := s.db.Reader().Inclusion(t.Context(), storetest.Token(t, s.db, "one", []string{"read"}), s.program, promise.Entries[0].Entry, later.Size)
	if err != nil || promise.Origin != later.Origin || inclusion.Leaf == promise.Entries[0].Leaf {
		t.Errorf("the receipt for entry %d is kept: %v", promise.Entries[0].Entry, err)
	}

	s.rewrite(func(e *ledger.Entry) bool { return e.Number <= 12 })
	s.mustFind("a checkpoint of 19 entries was signed and there are only 12")
	s.dropCheckpoints()
	s.mustFindNothing()
	if refusal := s.refused(s.signer, signer.Behind); refusal.Signed.Size != 19 || refusal.Head != 12 {
		t.Errorf("%+v", refusal)
	}
	s.report(20) // growing past it does not help
	_ = s.refused(s.another(s.dir), signer.Contradicted)
}

// An entry put in past the program with a time before the last is out of order; with a later time it is an entry like any other, and
// nothing but the sender's own books shows that it is false.
func TestEntryAppendedPastTheProgram(t *testing.T) {
	s := newSite(t)
	s.report(4)
	s.sign()
	forge := func(recordedAt time.Time) {
		head, err := s.db.Writer().TreeHead(t.Context(), s.program)
		if err != nil {
			t.Fatal(err)
		}
		e, err := storetest.Report("P1", uuid.NewString(), 9, 500, 1000).Entry(s.program, head.Edge.Size+1, recordedAt, false, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.asSuperuser(func(tx *sqlx.Tx) {
			insert(s, tx, e, &head.Edge)
			tx.MustExec("UPDATE program_heads SET entry_no = $2, tree_edge = $3, recorded_at = $4 WHERE program_id = $1", s.program, head.Edge.Size, head.Edge.Bytes(), recordedAt)
		})
	}
	forge(time.Now().Add(time.Second))
	s.mustFind("milestone_states") // it counts only once the projections have it
	if _, err := s.db.Writer().Rebuild(t.Context(), s.program, false); err != nil {
		t.Fatal(err)
	}
	s.mustFindNothing()
	s.sign()
	forge(storetest.Start)
	s.mustFind("entry 15 was recorded before the one ahead of it")
}

// A head whose edge was changed cannot be signed; "rebuild" derives it anew.
func TestDamagedHeadIsRefusedUntilRebuilt(t *testing.T) {
	for _, statement := range []string{
		"UPDATE program_heads SET tree_edge = overlay(tree_edge placing sha256('x') from 1)", "UPDATE program_heads SET tree_edge = ''",
	} {
		s := newSite(t)
		s.sign()
		s.report(2)
		s.dba(statement)
		_ = s.refused(s.signer, signer.Damaged)
		if _, err := s.db.Writer().Rebuild(t.Context(), s.program, false); err != nil {
			t.Fatal(err)
		}
		if c := s.sign(); c.Size != 11 || s.signer.Problem(s.program) != nil {
			t.Errorf("%+v, %v", c, s.signer.Problem(s.program))
		}
	}
}

// A checkpoint that somebody put into the database is not taken for ours.
func TestForgedCheckpointIsRefused(t *testing.T) {
	s := newSite(t)
	s.report(1)
	c := s.sign()
	s.report(2)
	s.dba("UPDATE checkpoints SET tree_size = 12, note = replace(note, E'\n10\n', E'\n12\n')")
	if refusal := s.refused(s.signer, signer.OtherKey); refusal.Signed.Size != 12 {
		t.Errorf("%+v", refusal)
	}
	s.dba("DELETE FROM checkpoints")
	if again := s.sign(); again.Size != 12 || again.Origin != c.Origin {
		t.Errorf("%+v", again)
	}
}

// A process with another key does not sign over the first one's checkpoints, and a new folder with the same key takes up where the
// database says it ended.
func TestAnotherFolderOfKeys(t *testing.T) {
	s := newSite(t)
	s.sign()
	s.report(1)
	_ = s.refused(s.another(filepath.Join(t.TempDir(), "other")), signer.OtherKey)

	copied := filepath.Join(t.TempDir(), "copy")
	if out, err := exec.Command("cp", "-a", s.dir, copied).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.RemoveAll(filepath.Join(copied, s.program)); err != nil {
		t.Fatal(err)
	}
	c, err := s.another(copied).Sign(t.Context(), s.program, postgres.SignedRequest)
	if err != nil || c.Size != 10 {
		t.Fatalf("%+v, %v", c, err)
	}
	s.report(1)
	if c := s.sign(); c.Size != 11 { // the first folder knows only 9 entries, and takes over the 10
		t.Errorf("%+v", c)
	}
	if remembered, err := os.ReadFile(filepath.Join(s.dir, s.program, "epoch-1.checkpoint")); err != nil || !bytes.Contains(remembered, []byte("\n11\n")) {
		t.Errorf("%s, %v", remembered, err)
	}
}

// A restored old backup is refused; a new epoch states what was lost, signed for both origins, and the old one is never signed again.
func TestRestoredBackupNeedsANewEpoch(t *testing.T) {
	s := newSite(t)
	s.report(2)
	agreed := s.sign()
	s.report(1)
	pinned := s.verifiers(s.signer)
	if _, err := s.signer.OpenEpoch(t.Context(), s.program, epochDraft()); !errors.Is(err, signer.ErrNothingToOpen) {
		t.Fatalf("opened without need: %v", err)
	}
	backup := []string{}
	s.asSuperuser(func(tx *sqlx.Tx) {
		for _, table := range []string{"ledger_entries", "entry_texts", "program_heads", "facts", "milestone_states", "milestone_days", "program_days", "checkpoints"} {
			tx.MustExec("CREATE TABLE backup_" + table + " AS TABLE " + table)
			backup = append(backup, "DELETE FROM "+table, "INSERT INTO "+table+" SELECT * FROM backup_"+table)
		}
	})
	s.report(4)
	lost := s.sign()
	s.dba(append([]string{"SET session_replication_role = replica"}, backup...)...)
	s.mustFindNothing()
	_ = s.refused(s.signer, signer.Behind)

	c, err := s.signer.OpenEpoch(t.Context(), s.program, epochDraft())
	if err != nil || c.Size != 13 || c.Epoch != 2 || c.Origin != agreed.Origin+"/epoch/2" || c.Reason != postgres.SignedEpoch {
		t.Fatalf("%+v, %v", c, err)
	}
	s.mustFindNothing()
	records, err := s.db.Reader().Records(t.Context(), storetest.Token(t, s.db, "one", []string{"read"}), s.program, "", time.Time{}, 0, 1)
	if err != nil || records[0].Kind != ledger.KindEpoch || records[0].Texts["reason"] != "disk lost" {
		t.Fatalf("%+v, %v", records, err)
	}
	var body ledger.Epoch
	if err := json.Unmarshal(records[0].Body, &body); err != nil {
		t.Fatal(err)
	}
	succession, err := ledger.OpenSuccession([]byte(body.Note), pinned...)
	if err != nil || succession.Origin != c.Origin || succession.After != lost.Checkpoint || succession.Agrees != agreed.Checkpoint {
		t.Errorf("%+v, %v", succession, err)
	}
	s.report(10) // well past what was lost
	other := s.another(s.dir)
	if c, err := other.Sign(t.Context(), s.program, postgres.SignedRequest); err != nil || c.Epoch != 2 || c.Size != 23 {
		t.Errorf("%+v, %v", c, err)
	}
	if text, err := other.Receipt(s.program, []ledger.Promised{{Entry: 23}}); err != nil || !strings.HasPrefix(text, c.Origin+"/receipt\n") {
		t.Errorf("%q, %v", text, err)
	}
	if newest, err := s.db.Writer().Checkpoint(t.Context(), s.program, 0); err != nil || newest.Epoch != 2 || newest.Size != 23 {
		t.Errorf("%+v, %v", newest, err)
	}
}

// When the key itself is lost, another takes over in an epoch of its own; nothing by the old key vouches for it.
func TestLostKeyNeedsANewEpoch(t *testing.T) {
	s := newSite(t)
	s.sign()
	pinned := s.verifiers(s.signer)
	other := s.another(filepath.Join(t.TempDir(), "new"))
	_ = s.refused(other, signer.OtherKey)
	c, err := other.OpenEpoch(t.Context(), s.program, epochDraft())
	if err != nil || c.Epoch != 2 || !strings.HasPrefix(c.Origin, other.Log()+"/program/") {
		t.Fatalf("%+v, %v", c, err)
	}
	records, err := s.db.Reader().Records(t.Context(), storetest.Token(t, s.db, "one", []string{"read"}), s.program, "", time.Time{}, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	var body ledger.Epoch
	if err := json.Unmarshal(records[0].Body, &body); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.OpenSuccession([]byte(body.Note), pinned...); err == nil {
		t.Error("the lost key vouches for the new one")
	}
	_ = s.refused(s.signer, signer.OtherKey) // the old folder, should it come back
}

func epochDraft() ledger.Draft {
	return ledger.Draft{
		Source: "p-compliance", EventID: uuid.NewString(), Actor: "p-compliance", ObservedAt: time.Now(), Texts: map[string]string{"reason": "disk lost"},
	}
}
