package verify

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"tenggat/internal/bundle"
	"tenggat/internal/ledger"
)

func written(t testing.TB, f bundle.Figure) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := bundle.WriteFigure(&out, f); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAGoodFigureIsVerified(t *testing.T) {
	b := smallBook(t)
	f := b.figure()
	r := Figure(bytes.NewReader(written(t, f)), b.request().Keys)
	if r.Verdict != Verified || r.Headline.Reported != 7629 || r.Entries != 5 || r.SignedUpTo != 13 || r.Origin != origin {
		t.Fatalf("%s %+v %+v", r.Verdict, r.Findings, r)
	}
	// A checkpoint that covers more than the figure rests on proves it too.
	later := smallBook(t)
	early := later.figure()
	later.append(ledger.KindReport, "job:loader", "r5", ledger.Report{Milestone: "P2", Done: n(9), Total: n(9)}, nil)
	whole := later.figure()
	early.Checkpoint = whole.Checkpoint
	for i := range early.Entries {
		number := early.RestsOn()[i]
		early.Entries[i].Inclusion = later.inclusion(number)
	}
	if r := Figure(bytes.NewReader(written(t, early)), b.request().Keys); r.Verdict != Verified || r.SignedUpTo != 14 || r.Headline.Reported != 7629 {
		t.Fatalf("%s %+v", r.Verdict, r.Findings)
	}
}

func TestWhatIsDoneToAFigureIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*book, *bundle.Figure)
		want  Verdict
		code  Code
	}{
		"another headline": {func(_ *book, f *bundle.Figure) { f.Reported = 8700 }, Contradicted, FigureDiffers},
		"another count":    {func(_ *book, f *bundle.Figure) { *f.Terms[1].Done = 9 }, Contradicted, FigureDiffers},
		"a term less":      {func(_ *book, f *bundle.Figure) { f.Terms = f.Terms[:1] }, Contradicted, FigureDiffers},
		"an entry less":    {func(_ *book, f *bundle.Figure) { f.Entries = f.Entries[:4] }, Contradicted, FigureDiffers},
		"an edited entry": {func(_ *book, f *bundle.Figure) {
			f.Entries[4].Canonical = strings.Replace(f.Entries[4].Canonical, `"done":8`, `"done":9`, 1)
		}, Contradicted, FigureNotIncluded},
		"an entry of elsewhere": {func(b *book, f *bundle.Figure) { f.Program = strings.Replace(f.Program, "0b", "0c", 1) }, Unchecked, NoCheckpoint},
		"a shorter proof":       {func(_ *book, f *bundle.Figure) { f.Entries[0].Inclusion = f.Entries[0].Inclusion[1:] }, Contradicted, FigureNotIncluded},
		"a proof that is none":  {func(_ *book, f *bundle.Figure) { f.Entries[0].Inclusion[0] = "x" }, Unchecked, Damaged},
		"no entry at all":       {func(_ *book, f *bundle.Figure) { f.Entries[0].Canonical = "{}" }, Contradicted, EntryMalformed},
		"a forged checkpoint":   {func(_ *book, f *bundle.Figure) { f.Checkpoint = strings.Replace(f.Checkpoint, "\n13\n", "\n14\n", 1) }, Contradicted, SignatureFalse},
		"another's checkpoint": {func(b *book, f *bundle.Figure) {
			other, _ := key(b.t, origin, "other", 1)
			f.Checkpoint = b.note(other)
		}, Unchecked, NothingSigned},
		"an earlier checkpoint":  {func(b *book, f *bundle.Figure) { f.Checkpoint = at(b, 8).Note }, Unchecked, CheckpointShort},
		"an entry from after it": {func(_ *book, f *bundle.Figure) { f.Entry = 11 }, Contradicted, FigureDiffers},
		"another time zone":      {func(_ *book, f *bundle.Figure) { f.Timezone = "Nowhere" }, Unchecked, Damaged},
		"another moment":         {func(_ *book, f *bundle.Figure) { f.AsOf = "yesterday" }, Unchecked, Damaged},
		"entries twice": {func(b *book, f *bundle.Figure) {
			f.Entries = append(f.Entries, bundle.Proved{Canonical: b.canonical[6], Inclusion: b.inclusion(7)})
		}, Unchecked, Damaged},
	} {
		b := smallBook(t)
		f := b.figure()
		c.spoil(b, &f)
		r := Figure(bytes.NewReader(written(t, f)), b.request().Keys)
		if r.Verdict != c.want || r.Findings[0].Code != c.code {
			t.Errorf("%s: %s %+v", name, r.Verdict, r.Findings)
		}
	}
	if r := Figure(strings.NewReader("{}\n"), nil); r.Verdict != Unchecked || r.Findings[0].Code != NoKey {
		t.Errorf("without a key: %+v", r)
	}
}

// Whatever bit of a figure is flipped: verified is only what says the same of the program's numbers.
func TestNoFlippedBitOfAFigureIsVerified(t *testing.T) {
	b := tinyBook(t)
	raw, keys := written(t, b.figure()), b.request().Keys
	unsigned := slices.Concat(spans(raw, `"slug":"demo"`), spans(raw, `"as_of":"2024-01-08T23:00:00.000000Z"`), spans(raw, `"entry":3,`), spans(raw, `"timezone":"Asia/Jakarta"`))
	for at := range raw {
		if slices.Contains(unsigned, at) {
			continue // the entries prove the sum, not when it was shown or under what address
		}
		flipped := slices.Clone(raw)
		flipped[at] ^= 1 << (at % 8)
		if r := Figure(bytes.NewReader(flipped), keys); r.Verdict == Verified {
			t.Fatalf("byte %d flipped to %q is verified", at, flipped[at])
		}
	}
}

// spans are the places of a text.
func spans(raw []byte, text string) []int {
	var places []int
	start := bytes.Index(raw, []byte(text))
	for i := range text {
		places = append(places, start+i)
	}
	return places
}

// saved answers of the API are held against the ledger.
func TestSavedFigures(t *testing.T) {
	b := smallBook(t)
	answer := func(change func(map[string]any)) []byte {
		var m map[string]any
		raw, err := json.Marshal(b.figures(b.recorded.AddDate(0, 0, 3)))
		if err == nil {
			err = json.Unmarshal(raw, &m)
		}
		if err != nil {
			t.Fatal(err)
		}
		m["program"], m["forecast"] = "demo", map[string]any{"note": "whatever"}
		delete(m, "figures_version")
		delete(m, "milestones")
		change(m)
		raw, err = json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	for name, c := range map[string]struct {
		data []byte
		want Verdict
		code Code
	}{
		"as it was":       {answer(func(map[string]any) {}), Verified, ""},
		"edited":          {answer(func(m map[string]any) { m["reported_basis_points"] = 8700 }), Contradicted, FiguresDiffer},
		"edited deep":     {answer(func(m map[string]any) { m["areas"].([]any)[0].(map[string]any)["share_basis_points"] = 1 }), Contradicted, FiguresDiffer},
		"of another":      {answer(func(m map[string]any) { m["program"] = "other" }), Unchecked, FileForeign},
		"from the future": {answer(func(m map[string]any) { m["entry"] = 99 }), Unchecked, FileBeyond},
		"unrelated":       {[]byte(`{"program":"demo","as_of":"2024-01-12T00:00:00Z","entry":13,"items":[]}`), Unchecked, FiguresUnrelated},
		"not JSON":        {[]byte(`<html>`), Unchecked, FileUnreadable},
		"no moment":       {[]byte(`{"program":"demo"}`), Unchecked, FileUnreadable},
	} {
		q := b.request()
		q.Figures = []File{{"saved.json", c.data}}
		r := Bundle(bytes.NewReader(b.bytes()), q)
		code := Code("")
		if len(r.Findings) > 0 {
			code = r.Findings[0].Code
		}
		if r.Verdict != c.want || code != c.code {
			t.Errorf("%s: %s %+v", name, r.Verdict, r.Findings)
		}
	}
}

func FuzzFigure(f *testing.F) {
	b := smallBook(f)
	keys := b.request().Keys
	f.Add(written(f, b.figure()))
	f.Fuzz(func(_ *testing.T, raw []byte) { Figure(bytes.NewReader(raw), keys) })
}

func FuzzSavedFigures(f *testing.F) {
	b := tinyBook(f)
	raw, err := json.Marshal(b.figures(b.recorded))
	if err != nil {
		f.Fatal(err)
	}
	good := b.bytes()
	f.Add(append([]byte(`{"program":"demo",`), raw[1:]...))
	f.Fuzz(func(t *testing.T, raw []byte) {
		q := Request{Keys: []note.Verifier{verifier(t, b.vkey)}, Figures: []File{{"x", raw}}, Older: []File{{"y", raw}}, Receipts: []File{{"z", raw}}}
		if r := Bundle(bytes.NewReader(good), q); r.Verdict == Verified {
			t.Fatal("one document passed for three things")
		}
	})
}

// difference finds any one changed number, and nothing where nothing was changed.
func TestDifference(t *testing.T) {
	b := smallBook(t)
	whole := generic(b.figures(b.recorded))
	if n, first := difference(whole, whole, ""); first != nil || n < 40 {
		t.Fatalf("%d compared, %+v", n, first)
	}
	rapid.Check(t, func(rt *rapid.T) {
		f := b.figures(b.recorded)
		m := &f.Milestones[rapid.IntRange(0, 1).Draw(rt, "milestone")]
		switch rapid.IntRange(0, 3).Draw(rt, "member") {
		case 0:
			m.Reported += 1
		case 1:
			m.Done = nil
		case 2:
			m.Key += "x"
		default:
			m.Stale = !m.Stale
		}
		if _, first := difference(generic(f), whole, ""); first == nil {
			rt.Fatal("no difference found")
		}
	})
}
