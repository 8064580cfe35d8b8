package backup

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func archive(t testing.TB) ([]byte, Manifest, []Content) {
	t.Helper()
	m := Manifest{MadeAt: time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC), Program: "test", Postgres: 15, Schema: 3, Programs: []Program{{"demo", "x", 7, "note"}}}
	contents := []Content{Bytes(DumpName, []byte("PGDMP…")), Bytes("keys/signing-key.json", []byte("{}")), Bytes("keys/0b9c/epoch-1.checkpoint", []byte("signed"))}
	var out bytes.Buffer
	if err := Write(&out, m, contents); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), m, contents
}

func TestArchiveReadsBack(t *testing.T) {
	raw, want, contents := archive(t)
	read := map[string]string{}
	got, err := Read(bytes.NewReader(raw), func(f File, in io.Reader) error {
		data, err := io.ReadAll(in)
		read[f.Name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want.Version, want.Files = Version, got.Files
	if diff := cmp.Diff(want, got); diff != "" || len(read) != len(contents) || read[DumpName] != "PGDMP…" {
		t.Errorf("%s %v", diff, read)
	}
	if _, err := Read(bytes.NewReader(raw), func(File, io.Reader) error { return nil }); err != nil {
		t.Errorf("without looking at the content: %v", err)
	}
}

// Whatever is done to an archive that matters, it is noticed before anything of it is used.
func TestDamagedArchivesAreNoticed(t *testing.T) {
	raw, _, _ := archive(t)
	nothing := func(File, io.Reader) error { return nil }
	for name, spoilt := range map[string][]byte{"empty": nil, "cut": raw[:len(raw)/2], "no tar": []byte("hello"), "cut after the manifest": raw[:2048]} {
		if _, err := Read(bytes.NewReader(spoilt), nothing); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	want := map[string]string{}
	_, _ = Read(bytes.NewReader(raw), func(f File, in io.Reader) error {
		data, _ := io.ReadAll(in)
		want[f.Name] = string(data)
		return nil
	})
	rapid.Check(t, func(rt *rapid.T) {
		flipped := slices.Clone(raw)
		flipped[rapid.IntRange(0, len(raw)-1).Draw(rt, "at")] ^= byte(rapid.IntRange(1, 255).Draw(rt, "bits"))
		got := map[string]string{}
		_, err := Read(bytes.NewReader(flipped), func(f File, in io.Reader) error {
			data, err := io.ReadAll(in)
			got[f.Name] = string(data)
			return err
		})
		if err == nil && !cmp.Equal(got, want) {
			rt.Fatalf("other content passes: %v", got)
		}
	})
}

func TestNamesLeadNowhere(t *testing.T) {
	for _, name := range []string{"keys/../x", "/etc/passwd", "keys//x", "keys/.ssh", "../keys/x", "keys/a/b/c/d", "other", "keys/..", "keys/a/.."} {
		var out bytes.Buffer
		if err := Write(&out, Manifest{}, []Content{Bytes(name, []byte("x"))}); err != nil {
			continue
		}
		if _, err := Read(&out, func(File, io.Reader) error { return nil }); !errors.Is(err, ErrDamaged) {
			t.Errorf("%q is taken: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	raw, _, _ := archive(f)
	f.Add(raw)
	f.Fuzz(func(_ *testing.T, raw []byte) {
		_, _ = Read(bytes.NewReader(raw), func(File, io.Reader) error { return nil })
	})
}
