package ledger

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func ptr[T any](v T) *T { return &v }

// sample has every awkward thing in it: quotes, HTML, non-ASCII, a line separator, and times with and without fractions.
func sample(t testing.TB) Entry {
	t.Helper()
	d := Draft{
		Kind: KindReport, Source: "job:load-<customers>", EventID: `run "7" – ä\u2028`, Actor: "job:load-<customers>",
		ObservedAt: time.Date(2024, 2, 5, 9, 0, 0, 0, time.FixedZone("WIB", 7*3600)),
		Body:       Report{Milestone: "P1", Done: ptr(int64(MaxCount)), Total: ptr(int64(MaxCount)), State: "running"},
	}
	e, err := d.Entry("7c9e6679-7425-40de-944b-e07fc1f90ae7", 12, time.Date(2024, 2, 5, 2, 0, 0, 123456789, time.UTC), true, map[string]string{"message": strings.Repeat("ab", 32)})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// The bytes that are hashed must never change: this vector holds them to what they were.
func TestCanonicalVector(t *testing.T) {
	got, err := sample(t).Canonical()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"actor":"job:load-<customers>","body":{"done":9007199254740991,"milestone":"P1","state":"running","total":9007199254740991},` +
		`"entry":12,"event_id":"run \"7\" – ä\\u2028","imported":true,"kind":"report","observed_at":"2024-02-05T02:00:00.000000Z",` +
		`"program":"7c9e6679-7425-40de-944b-e07fc1f90ae7","recorded_at":"2024-02-05T02:00:00.123456Z","source":"job:load-<customers>",` +
		`"texts":{"message":"` + strings.Repeat("ab", 32) + `"},"v":1}`
	if string(got) != want {
		t.Errorf("canonical bytes are\n%s\nwant\n%s", got, want)
	}
	if leaf := LeafHash(got).String(); leaf != "tNJBwCIPAfCTzNEbnDnMOPRUOOfPsrypCBUhx7k5PdE=" {
		t.Errorf("the leaf hash is %s", leaf)
	}
}

func TestDecodeReadsBackAndRefusesOtherBytes(t *testing.T) {
	e := sample(t)
	canonical, err := e.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	back, err := Decode(canonical)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := back.Canonical(); !bytes.Equal(again, canonical) || !SameContent(back, e) {
		t.Error("an entry does not survive the way through its bytes")
	}
	for name, spoilt := range map[string]string{
		"spaces":         strings.Replace(string(canonical), `,"entry"`, `, "entry"`, 1),
		"other order":    `{"body":{},"actor":"x"}`,
		"trailing text":  string(canonical) + "x",
		"later version":  strings.Replace(string(canonical), `"v":1`, `"v":2`, 1),
		"unknown member": strings.Replace(string(canonical), `"v":1`, `"v":1,"w":1`, 1),
		"another zone":   strings.Replace(string(canonical), "02:00:00.000000Z", "09:00:00.000000+07:00", 1),
		"nothing":        "",
	} {
		if _, err := Decode([]byte(spoilt)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Any flipped byte is noticed: the leaf hash is another.
func TestFlippedByteIsNoticed(t *testing.T) {
	canonical, err := sample(t).Canonical()
	if err != nil {
		t.Fatal(err)
	}
	leaf := LeafHash(canonical)
	rapid.Check(t, func(t *rapid.T) {
		spoilt := bytes.Clone(canonical)
		spoilt[rapid.IntRange(0, len(spoilt)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		if LeafHash(spoilt) == leaf {
			t.Fatal("another entry has the same leaf hash")
		}
	})
}

func TestTextHashDependsOnSaltAndText(t *testing.T) {
	salt := bytes.Repeat([]byte{1}, SaltSize)
	h := TextHash(salt, "counted twice")
	if h == TextHash(salt, "counted twice ") || h == TextHash(bytes.Repeat([]byte{2}, SaltSize), "counted twice") || len(h) != 64 {
		t.Errorf("text hash %s", h)
	}
}

func TestSameContentIgnoresNumberingOnly(t *testing.T) {
	e := sample(t)
	renumbered := e
	renumbered.Number, renumbered.RecordedAt, renumbered.Actor = 99, time.Now(), "p-other"
	if !SameContent(e, renumbered) {
		t.Error("numbering changed the content")
	}
	for name, change := range map[string]func(*Entry){
		"kind":     func(e *Entry) { e.Kind = KindCorrection },
		"observed": func(e *Entry) { e.ObservedAt = e.ObservedAt.Add(time.Microsecond) },
		"body":     func(e *Entry) { e.Body = []byte(`{"milestone":"P1"}`) },
	} {
		other := e
		change(&other)
		if SameContent(e, other) {
			t.Errorf("another %s is taken for the same content", name)
		}
	}
}

func TestKeyOfAgreesWithDraft(t *testing.T) {
	for _, d := range []Draft{
		{Kind: KindProgram, Body: Program{}}, {Kind: KindWeights, Body: Weights{Version: 3}}, {Kind: KindArea, Body: Area{Key: "P"}},
		{Kind: KindMilestone, Body: Milestone{Key: "P1", Area: "P"}}, {Kind: KindDeadline, Body: Deadline{Key: "D1"}}, {Kind: KindJob, Body: Job{Key: "j"}},
		{Kind: KindItem, Body: Item{Key: "i", Milestone: "P1"}}, {Kind: KindStatement, Body: Statement{Key: "s"}},
		{Kind: KindReview, Body: Review{Milestone: "P1"}}, {Kind: KindAcceptance, Body: Acceptance{Key: "a"}},
		{Kind: KindOverride, Body: Override{Deadline: "D1"}}, {Kind: KindOverride, Body: Override{}}, {Kind: KindForecast, Body: Forecast{On: "2024-03-12"}},
		{Kind: KindProgressReport, Body: ProgressReport{Number: 7}}, {Kind: KindRelease, Body: Release{Withdrawn: true}},
	} {
		e, err := d.Entry("p", 1, time.Now(), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		if key, err := KeyOf(e); err != nil || key != d.Key() || key == "" {
			t.Errorf("%s: key %q from the entry, %q from the draft, %v", d.Kind, key, d.Key(), err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	canonical, err := sample(f).Canonical()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(canonical)
	f.Add([]byte(`{"v":1}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, err := Decode(raw)
		if err != nil {
			return
		}
		if again, err := e.Canonical(); err != nil || !bytes.Equal(again, raw) {
			t.Fatalf("accepted bytes that are not canonical: %q", raw)
		}
	})
}
