package verify

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"tenggat/internal/bundle"
)

// figures compares what was published with a checkpoint with what the ledger gives.
func (c *checker) figures(published *bundle.Figures) {
	if published == nil {
		return
	}
	if published.Version != bundle.FiguresVersion {
		c.once(Finding{Code: FiguresNewer, Detail: fmt.Sprint(published.Version)})
		return
	}
	p, a, ok := c.state(c.last)
	if !ok {
		return
	}
	derived := bundle.NewFigures(p, a)
	c.Headline = &a.Figures
	compared, first := difference(generic(*published), generic(derived), "")
	if first != nil {
		c.add(Finding{Code: FiguresDiffer, To: c.tree.Size, Member: first.member, Published: first.published, Derived: first.derived})
		return
	}
	c.Figures += compared
	c.Published++
}

// once adds a finding that would be the same for every checkpoint.
func (c *checker) once(f Finding) {
	if !slices.Contains(c.Findings, f) {
		c.add(f)
	}
}

// saved is what a saved answer says of itself.
type saved struct {
	Program string `json:"program"`
	AsOf    string `json:"as_of"`
	Entry   int64  `json:"entry"`
}

// claimFigures takes an answer of the API as it was saved: the ledger must give the same.
func (c *checker) claimFigures(f File) {
	var about saved
	answer, err := decodeAny(f.Data)
	if err == nil {
		err = json.Unmarshal(f.Data, &about)
	}
	asOf, timeErr := time.Parse(time.RFC3339Nano, about.AsOf)
	switch {
	case err != nil || timeErr != nil || about.Entry < 0:
		c.add(Finding{Code: FileUnreadable, File: f.Name, Detail: fmt.Sprint(errors.Join(err, timeErr))})
		return
	case about.Program != c.header.Slug:
		c.add(Finding{Code: FileForeign, File: f.Name, Detail: about.Program})
		return
	}
	c.claim(about.Entry, claim{
		reached: func() { c.compareSaved(f.Name, answer, asOf) },
		missing: func() { c.add(Finding{Code: FileBeyond, File: f.Name, Entry: about.Entry}) },
	})
}

func (c *checker) compareSaved(name string, answer any, asOf time.Time) {
	p, a, ok := c.state(asOf)
	if !ok {
		return
	}
	derived := generic(bundle.NewFigures(p, a))
	for _, own := range []string{"figures_version", "as_of", "entry"} {
		delete(derived.(map[string]any), own)
	}
	compared, first := difference(answer, derived, "")
	switch {
	case first != nil:
		c.add(Finding{Code: FiguresDiffer, File: name, To: c.tree.Size, Member: first.member, Published: first.published, Derived: first.derived})
	case compared == 0:
		c.add(Finding{Code: FiguresUnrelated, File: name})
	default:
		c.Figures += compared
		c.FilesMatched++
	}
}

// unlike is the first member that two documents disagree about.
type unlike struct{ member, published, derived string }

// difference compares every member of derived that published has too, and counts them. In lists, things belong together that have the
// same key; each of the published ones must be derived, and each of the derived ones published.
func difference(published, derived any, path string) (compared int, first *unlike) {
	switch d := derived.(type) {
	case map[string]any:
		p, ok := published.(map[string]any)
		if !ok {
			return 0, &unlike{path, show(published), show(derived)}
		}
		for _, name := range plainFirst(d) {
			if _, both := p[name]; !both {
				continue
			}
			n, first := difference(p[name], d[name], join(path, name))
			if compared += n; first != nil {
				return compared, first
			}
		}
		return compared, nil
	case []any:
		p, ok := published.([]any)
		if !ok {
			return 0, &unlike{path, show(published), show(derived)}
		}
		return differenceInLists(p, d, path)
	}
	if published != derived {
		return 0, &unlike{path, show(published), show(derived)}
	}
	return 1, nil
}

// plainFirst lists the members of a document: its own numbers and words before what is nested in it, so that a headline that differs
// is told before its parts.
func plainFirst(members map[string]any) []string {
	names := slices.Sorted(maps.Keys(members))
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(depth(members[a]), depth(members[b])) })
	return names
}

func depth(v any) int {
	switch v.(type) {
	case []any, map[string]any:
		return 1
	}
	return 0
}

func differenceInLists(published, derived []any, path string) (compared int, first *unlike) {
	if len(published) != len(derived) {
		return 0, &unlike{path, fmt.Sprint(len(published)), fmt.Sprint(len(derived))}
	}
	for i := range derived {
		if keyOf(published[i]) != keyOf(derived[i]) {
			return compared, &unlike{fmt.Sprintf("%s[%d].key", path, i), keyOf(published[i]), keyOf(derived[i])}
		}
		n, first := difference(published[i], derived[i], fmt.Sprintf("%s[%s]", path, keyOf(derived[i])))
		if compared += n; first != nil {
			return compared, first
		}
	}
	return compared, nil
}

func keyOf(v any) string {
	m, _ := v.(map[string]any)
	key, _ := m["key"].(string)
	return key
}

func join(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }

func show(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(raw)
}

// generic is a document as decodeAny would read it.
func generic(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // figures are numbers and words
	}
	g, err := decodeAny(raw)
	if err != nil {
		panic(err)
	}
	return g
}

// decodeAny reads one JSON document, numbers as they are written.
func decodeAny(raw []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one document")
	}
	return v, nil
}
