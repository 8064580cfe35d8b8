package ledger

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Promise is what a job is given for its reports: these entries are in every later tree of the origin. With a checkpoint that is
// large enough and lacks one of them it proves that the ledger was cut short or rewritten.
type Promise struct {
	Origin  string
	Entries []Promised
}

// Promised is one entry that was promised.
type Promised struct {
	Entry      int64
	Leaf       Hash
	RecordedAt time.Time
}

// promiseSuffix makes a promise's first line no origin, and its second line is no size: a promise can never pass for a checkpoint.
const promiseSuffix = "/receipt"

// Text is the promise as it is signed: the origin and "/receipt", then a line for each entry with its number, its leaf hash in
// base64, and when it was recorded.
func (p Promise) Text() string {
	var b strings.Builder
	b.WriteString(p.Origin + promiseSuffix + "\n")
	for _, e := range p.Entries {
		fmt.Fprintf(&b, "%d %s %s\n", e.Entry, e.Leaf, e.RecordedAt.UTC().Format(timeLayout))
	}
	return b.String()
}

// ParsePromise reads exactly what Text wrote.
func ParsePromise(text string) (Promise, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	origin, found := strings.CutSuffix(lines[0], promiseSuffix)
	if !found || origin == "" || len(lines) < 2 {
		return Promise{}, errors.New("not a receipt: its first line is no origin with " + promiseSuffix)
	}
	p := Promise{Origin: origin}
	for _, line := range lines[1:] {
		e, err := parsePromised(line)
		if err != nil {
			return Promise{}, err
		}
		p.Entries = append(p.Entries, e)
	}
	if p.Text() != text {
		return Promise{}, errors.New("not a receipt: it is not in the form it is written in")
	}
	return p, nil
}

func parsePromised(line string) (Promised, error) {
	parts := strings.Split(line, " ")
	if len(parts) != 3 {
		return Promised{}, fmt.Errorf("not a receipt: %q", line)
	}
	number, err1 := strconv.ParseInt(parts[0], 10, 64)
	leaf, err2 := ParseHash(parts[1])
	recorded, err3 := time.Parse(timeLayout, parts[2])
	if err := errors.Join(err1, err2, err3); err != nil || number < 1 {
		return Promised{}, fmt.Errorf("not a receipt: %q", line)
	}
	return Promised{number, leaf, recorded}, nil
}

// OpenPromise reads a signed receipt. One of the verifiers must have signed it in its origin's name.
func OpenPromise(signed []byte, verifiers ...note.Verifier) (Promise, error) {
	n, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return Promise{}, err
	}
	p, err := ParsePromise(n.Text)
	if err != nil {
		return Promise{}, err
	}
	return p, signedBy(n, p.Origin)
}
