package postgres_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

// aFile is content of a size and the file it makes.
func aFile(size int) ([]byte, postgres.File) {
	content := make([]byte, size)
	chance := rand.New(rand.NewPCG(1, uint64(size))) //nolint:gosec // content that is the same each time
	for i := range content {
		content[i] = byte(chance.Uint32())
	}
	sum := sha256.Sum256(content)
	return content, postgres.File{SHA256: hex.EncodeToString(sum[:]), Size: int64(size), MediaType: "application/pdf", Name: "laporan.pdf"}
}

func citing(key string, f postgres.File) ledger.Draft {
	return storetest.By(sari, storetest.Fact(ledger.KindEvidence, ledger.Evidence{
		Key: key, Milestone: "P1", SHA256: f.SHA256, Size: f.Size, MediaType: f.MediaType, ObservedOn: "2024-01-08",
	}), "label", "Log")
}

func content(t testing.TB, db *postgres.DB, credential, program string, f postgres.File) []byte {
	t.Helper()
	var all []byte
	for number := 0; ; number++ {
		chunk, err := db.Reader().FileChunk(t.Context(), credential, program, f.SHA256, number)
		if errors.Is(err, postgres.ErrNotFound) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, chunk...)
	}
}

func TestFilesComeBackAsTheyWent(t *testing.T) {
	db := storetest.Open(t)
	program, other := storetest.Program(t, db, "one"), storetest.Program(t, db, "two")
	regulator := storetest.Account(t, db, access.Regulator, "one")
	for _, size := range []int{1, 512 << 10, 512<<10 + 1, 3 << 20} {
		raw, f := aFile(size)
		for range 2 { // storing again changes nothing
			if err := db.Writer().StoreFile(t.Context(), program, f, bytes.NewReader(raw)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.Reader().StoredFile(t.Context(), regulator, program, f.SHA256); !errors.Is(err, postgres.ErrNotFound) {
			t.Errorf("%d bytes: read before anything cites it: %v", size, err)
		}
		mustAppend(t, db, program, citing(f.SHA256[:8], f))
		got, err := db.Reader().StoredFile(t.Context(), regulator, program, f.SHA256)
		f.Cited = true
		if err != nil || got != f {
			t.Errorf("%d bytes: %+v %v", size, got, err)
		}
		if !bytes.Equal(content(t, db, regulator, program, f), raw) {
			t.Errorf("%d bytes came back different", size)
		}
		if _, err := db.Reader().StoredFile(t.Context(), regulator, other, f.SHA256); !errors.Is(err, postgres.ErrNotFound) {
			t.Errorf("another program has it: %v", err)
		}
		if stranger := storetest.Account(t, db, access.Regulator, "two"); len(content(t, db, stranger, program, f)) != 0 {
			t.Error("a stranger reads its content")
		}
	}
}

func TestFilesAreHeldToTheirSum(t *testing.T) {
	db := storetest.Open(t)
	program := storetest.Program(t, db, "one")
	raw, f := aFile(1000)
	for name, content := range map[string]io.ReadSeeker{
		"other bytes": strings.NewReader(strings.Repeat("x", 1000)), "too short": bytes.NewReader(raw[1:]), "too long": bytes.NewReader(append(raw, 0)),
	} {
		if err := db.Writer().StoreFile(t.Context(), program, f, content); err == nil {
			t.Errorf("%s: stored", name)
		}
		_, err := appendOne(t, db, program, citing("e", f))
		wantRefusal(t, err, ledger.UnknownFile)
	}
	f.MediaType = "text/html"
	if err := db.Writer().StoreFile(t.Context(), program, f, bytes.NewReader(raw)); err == nil {
		t.Error("the database takes a page for a document")
	}
}

// An erased file's content and name are gone, its sum stays, and it is not taken in again.
func TestErasedFilesKeepTheirSum(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "one")
	regulator := storetest.Account(t, db, access.Regulator, "one")
	raw, f := aFile(2 << 20)
	store := func() error { return db.Writer().StoreFile(t.Context(), program, f, bytes.NewReader(raw)) }
	if err := store(); err != nil {
		t.Fatal(err)
	}
	mustAppend(t, db, program, citing("e1", f))
	before := state(t, db, program, time.Time{})
	erase := storetest.By(dewi, storetest.Fact(ledger.KindFileErasure, ledger.FileErasure{SHA256: f.SHA256}), "reason", "A name was in it")
	if _, err := db.Writer().EraseFile(t.Context(), program, erase); err != nil {
		t.Fatal(err)
	}
	got, err := db.Reader().StoredFile(t.Context(), regulator, program, f.SHA256)
	if err != nil || got.ErasedAt.IsZero() || got.Name != "" {
		t.Errorf("%+v %v", got, err)
	}
	if len(content(t, db, regulator, program, f)) != 0 {
		t.Error("its content is still there")
	}
	var chunks int
	if err := connect(t, dsns.Owner).Get(&chunks, "SELECT count(*) FROM file_chunks"); err != nil || chunks != 0 {
		t.Errorf("%d chunks, %v", chunks, err)
	}
	after := state(t, db, program, time.Time{})
	if e := after.Evidence[0]; !e.Erased || e.SHA256 != f.SHA256 || before.Evidence[0].Erased {
		t.Errorf("%+v", e)
	}
	if err := store(); !errors.Is(err, postgres.ErrErased) {
		t.Errorf("stored again: %v", err)
	}
	_, err = appendOne(t, db, program, citing("e2", f))
	wantRefusal(t, err, ledger.UnknownFile)
	_, err = db.Writer().EraseFile(t.Context(), program, storetest.By(dewi, erase, "reason", "again"))
	wantRefusal(t, err, ledger.UnknownFile)
	noDifference(t, db, program)
}

// What an entry cites stays: the application's login can neither drop it nor change it.
func TestCitedFilesCannotBeDropped(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "one")
	raw, f := aFile(1000)
	if err := db.Writer().StoreFile(t.Context(), program, f, bytes.NewReader(raw)); err != nil {
		t.Fatal(err)
	}
	mustAppend(t, db, program, citing("e1", f))
	app := connect(t, dsns.App)
	for _, statement := range []string{"DELETE FROM files", "DELETE FROM file_chunks"} {
		if result, err := app.ExecContext(t.Context(), statement); err == nil {
			if n, _ := result.RowsAffected(); n > 0 {
				t.Errorf("%q dropped %d rows", statement, n)
			}
		}
	}
	for _, statement := range []string{"UPDATE file_chunks SET content = 'x'", "UPDATE files SET size = 1", "UPDATE files SET sha256 = sha256(name::bytea)", "TRUNCATE files CASCADE"} {
		if _, err := app.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("the application's login may run %q", statement)
		}
	}
}

func TestUncitedFilesAreSwept(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "one")
	kept, keptFile := aFile(10)
	left, leftFile := aFile(20)
	for _, f := range []struct {
		raw  []byte
		file postgres.File
	}{{kept, keptFile}, {left, leftFile}} {
		if err := db.Writer().StoreFile(t.Context(), program, f.file, bytes.NewReader(f.raw)); err != nil {
			t.Fatal(err)
		}
	}
	mustAppend(t, db, program, citing("e1", keptFile))
	tx := connect(t, dsns.Owner).MustBegin()
	tx.MustExec("UPDATE files SET stored_at = stored_at - interval '25 hours'")
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	raw, f := aFile(30)
	if err := db.Writer().StoreFile(t.Context(), program, f, bytes.NewReader(raw)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file postgres.File
		want bool
	}{{keptFile, true}, {leftFile, false}, {f, true}} {
		if _, err := db.Writer().StoredFile(t.Context(), program, c.file.SHA256); (err == nil) != c.want {
			t.Errorf("%d bytes: %v", c.file.Size, err)
		}
	}
}
