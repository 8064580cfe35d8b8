package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
)

const program = "6f1c2f0e-8a5e-4a0b-9d0b-0d6a4a2f5b11"

func TestOriginReadsBack(t *testing.T) {
	for _, o := range []Origin{{"tenggat.example.id", program, 1}, {"a/program/b", program, 1}, {"x", program, 2}, {"x-1.y/z", program, 12}} {
		if again, err := ParseOrigin(o.String()); err != nil || again != o {
			t.Errorf("%s reads back as %v, %v", o, again, err)
		}
	}
	good := "x/program/" + program
	for _, text := range []string{"", "x", "/program/" + program, good + "/epoch/1", good + "/epoch/0", good + "/epoch/02", good + "/receipt", "X" + good, good + "\n", strings.ToUpper(good), "x y/program/" + program} {
		if o, err := ParseOrigin(text); err == nil {
			t.Errorf("%q was taken for the origin %v", text, o)
		}
	}
}

// The bytes are those of C2SP tlog-checkpoint.
func TestCheckpointText(t *testing.T) {
	edge, _ := grow(3)
	c := Checkpoint{"tenggat.example.id/program/" + program, 3, edge.Root()}
	want := "tenggat.example.id/program/6f1c2f0e-8a5e-4a0b-9d0b-0d6a4a2f5b11\n3\nrokNB1DPbZguD7ib2HzNL0fNs9F1tyO5Q5gdcQ0iT3U=\n"
	if c.Text() != want {
		t.Fatalf("%q, want %q", c.Text(), want)
	}
	if again, err := ParseCheckpoint(want); err != nil || again != c {
		t.Fatalf("reads back as %v, %v", again, err)
	}
	for _, spoilt := range []string{"", want + "\n", want + "extension\n", want[:len(want)-1], strings.Replace(want, "\n3\n", "\n03\n", 1), strings.Replace(want, "\n3\n", "\n-3\n", 1), strings.Replace(want, "\n3\n", "\n+3\n", 1), strings.Replace(want, "=\n", "\n", 1), "\n3\n" + edge.Root().String() + "\n"} {
		if _, err := ParseCheckpoint(spoilt); err == nil {
			t.Errorf("%q was taken for a checkpoint", spoilt)
		}
	}
}

// key makes a signer and its verifier.
func key(t *testing.T, name string) (note.Signer, note.Verifier) {
	t.Helper()
	skey, vkey, err := note.GenerateKey(nil, name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	v, err := NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	return s, v
}

func signed(t *testing.T, text string, signers ...note.Signer) []byte {
	t.Helper()
	b, err := note.Sign(&note.Note{Text: text}, signers...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCheckpointsAndPromisesNeverPassForEachOther(t *testing.T) {
	origin := Origin{"x", program, 1}.String()
	s, v := key(t, origin)
	edge, k := grow(2)
	checkpoint := Checkpoint{origin, 2, edge.Root()}
	promise := Promise{origin, []Promised{{2, k[1][0], time.Unix(1_700_000_000, 1000).UTC()}, {1, k[0][0], time.Unix(0, 0).UTC()}}}
	signedCheckpoint, signedPromise := signed(t, checkpoint.Text(), s), signed(t, promise.Text(), s)
	if got, err := OpenCheckpoint(signedCheckpoint, v); err != nil || got != checkpoint {
		t.Errorf("checkpoint: %v, %v", got, err)
	}
	if got, err := OpenPromise(signedPromise, v); err != nil || fmt.Sprint(got) != fmt.Sprint(promise) {
		t.Errorf("promise: %v, %v", got, err)
	}
	if _, err := OpenCheckpoint(signedPromise, v); err == nil {
		t.Error("a promise passed for a checkpoint")
	}
	if _, err := OpenPromise(signedCheckpoint, v); err == nil {
		t.Error("a checkpoint passed for a promise")
	}
	stranger, strange := key(t, "stranger")
	if _, err := OpenCheckpoint(signed(t, checkpoint.Text(), stranger), strange); err == nil {
		t.Error("a checkpoint signed in another name was taken")
	}
	if _, err := OpenCheckpoint(signedCheckpoint, strange); err == nil {
		t.Error("a checkpoint was taken without its key")
	}
	if got, err := ReadCheckpoint(signedCheckpoint); err != nil || got != checkpoint {
		t.Errorf("unverified: %v, %v", got, err)
	}
}

// witnessKey makes a witness that cosigns with the time.
func witnessKey(t *testing.T, name string) (cosign func(text string, at int64) string, vkey string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	key := append([]byte{algorithmCosignature}, public...)
	hash := binary.BigEndian.AppendUint32(nil, keyHash(name, key))
	return func(text string, at int64) string {
		sig := binary.BigEndian.AppendUint64(hash, uint64(at))
		sig = append(sig, ed25519.Sign(private, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, text))...)
		return "— " + name + " " + base64.StdEncoding.EncodeToString(sig)
	}, fmt.Sprintf("%s+%x+%s", name, hash, base64.StdEncoding.EncodeToString(key))
}

func TestCosignatures(t *testing.T) {
	origin := Origin{"x", program, 1}.String()
	s, _ := key(t, origin)
	text := Checkpoint{origin, 0, Edge{}.Root()}.Text()
	checkpoint := signed(t, text, s)
	cosign, vkey := witnessKey(t, "witness.example")
	v, err := NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseCosignature(cosign(text, 1_700_000_000) + "\n")
	if err != nil || c.Name != "witness.example" || c.At.Unix() != 1_700_000_000 {
		t.Fatalf("%+v, %v", c, err)
	}
	if err := c.Check(checkpoint, v); err != nil {
		t.Errorf("a good cosignature: %v", err)
	}
	if other, err := ParseCosignature(cosign(strings.Replace(text, "\n0\n", "\n1\n", 1), 1_700_000_000)); err != nil || other.Check(checkpoint, v) == nil {
		t.Errorf("a cosignature of another checkpoint was taken (%v)", err)
	}
	if _, stranger := witnessKey(t, "witness.example"); true {
		v, err := NewVerifier(stranger)
		if err != nil || c.Check(checkpoint, v) == nil {
			t.Errorf("a cosignature by another key was taken (%v)", err)
		}
	}
	for _, line := range []string{"", "— x", "- x AAAA", "— x AAAA", "— x+y " + strings.Fields(c.Line)[2], c.Line + " ", c.Line + "\n— y AAAA", "— x " + base64.StdEncoding.EncodeToString(make([]byte, 90))} {
		if _, err := ParseCosignature(line); err == nil {
			t.Errorf("%q was taken for a signature line", line)
		}
	}
	for _, spoilt := range []string{"", "x", strings.Replace(vkey, "witness", "wittness", 1), vkey[:len(vkey)-4], vkey + "AAAA"} {
		if _, err := NewVerifier(spoilt); err == nil {
			t.Errorf("%q was taken for a verifier key", spoilt)
		}
	}
}

func FuzzParseCheckpoint(f *testing.F) {
	f.Add(Checkpoint{"x/program/" + program, 7, Hash{1}}.Text())
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := ParseCheckpoint(text); err == nil && c.Text() != text {
			t.Fatalf("%q reads back as %q", text, c.Text())
		}
	})
}

func FuzzParsePromise(f *testing.F) {
	f.Add(Promise{"x", []Promised{{1, Hash{2}, time.Unix(0, 0)}}}.Text())
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := ParsePromise(text); err == nil && p.Text() != text {
			t.Fatalf("%q reads back as %q", text, p.Text())
		}
	})
}

func FuzzParseCosignature(f *testing.F) {
	f.Add("— x " + base64.StdEncoding.EncodeToString(make([]byte, 68)))
	f.Fuzz(func(t *testing.T, line string) {
		if c, err := ParseCosignature(line); err == nil && (c.Name == "" || strings.ContainsAny(c.Line, "\r\n")) {
			t.Fatalf("%q reads as %+v", line, c)
		}
	})
}

func TestSuccessionReadsBack(t *testing.T) {
	old, next := Origin{"x", program, 1}.String(), Origin{"x", program, 2}.String()
	s := Succession{next, Checkpoint{old, 19, Hash{1}}, Checkpoint{old, 11, Hash{2}}}
	want := "x/program/" + program + "/epoch/2/opened\nafter x/program/" + program + "\nsigned 19 AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nagrees 11 AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
	if s.Text() != want {
		t.Errorf("%q", s.Text())
	}
	if again, err := ParseSuccession(want); err != nil || again != s {
		t.Errorf("%+v, %v", again, err)
	}
	for _, spoilt := range []string{
		"", want + "x\n", want[1:], strings.Replace(want, "/opened", "", 1), strings.Replace(want, "signed 19", "signed 9", 1), strings.Replace(want, "signed", "sealed", 1), strings.Replace(want, "agrees 11", "agrees 011", 1),
	} {
		if _, err := ParseSuccession(spoilt); err == nil {
			t.Errorf("%q was taken for a succession", spoilt)
		}
	}
	signer, verifier := key(t, old)
	if got, err := OpenSuccession(signed(t, want, signer), verifier); err != nil || got != s {
		t.Errorf("%+v, %v", got, err)
	}
	stranger, strange := key(t, next)
	if _, err := OpenSuccession(signed(t, want, stranger), strange); err == nil {
		t.Error("only the new origin has signed, and it was taken")
	}
}

func TestLedgersOwnBodies(t *testing.T) {
	_, oldKey, err := note.GenerateKey(nil, Origin{"x", program, 1}.String())
	if err != nil {
		t.Fatal(err)
	}
	until := time.Unix(1_700_000_000, 0)
	origin := Origin{"x", program, 2}.String()
	signer, _ := key(t, origin)
	succession := Succession{origin, Checkpoint{Origin{"x", program, 1}.String(), 2, Hash{}}, Checkpoint{Origin{"x", program, 1}.String(), 0, Hash{}}}
	signedNote := string(signed(t, succession.Text(), signer))
	for _, c := range []struct {
		kind Kind
		body any
		key  string
		good bool
	}{
		{KindErasure, Erasure{7, []string{"message", "reason"}}, "7", true},
		{KindErasure, Erasure{7, nil}, "7", false},
		{KindErasure, Erasure{7, []string{"reason", "message"}}, "7", false},
		{KindErasure, Erasure{7, []string{"reason", "reason"}}, "7", false},
		{KindErasure, Erasure{0, []string{"reason"}}, "0", false},
		{KindReport, Erasure{7, []string{"reason"}}, "7", false},
		{KindKey, Key{oldKey, oldKey, &until}, oldKey, true},
		{KindKey, Key{oldKey, "x", &until}, oldKey, false},
		{KindKey, Key{oldKey, oldKey, nil}, oldKey, false},
		{KindEpoch, Epoch{origin, signedNote}, origin, true},
		{KindEpoch, Epoch{origin + "1", signedNote}, origin + "1", false},
		{KindEpoch, Epoch{origin, "x"}, origin, false},
	} {
		d := Draft{Kind: c.kind, Source: "s", EventID: "e", Actor: "a", ObservedAt: until, Body: c.body}
		if refusal := d.Validate(); (refusal == nil) != c.good || d.Key() != c.key {
			t.Errorf("%s %+v: %v, key %q", c.kind, c.body, refusal, d.Key())
		}
		if e, err := d.Entry(program, 1, until, false, nil); err != nil || !c.good {
			continue
		} else if stored, err := KeyOf(e); err != nil || stored != c.key {
			t.Errorf("the stored key of %+v is %q, %v", c.body, stored, err)
		}
	}
}
