package ledger

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Succession says that a new origin takes over from an old one, and from where on their trees may differ. It is signed in the
// names of both, so that whoever pinned the old key learns the new one from it.
type Succession struct {
	Origin string     // the new one
	After  Checkpoint // the newest that was signed for the old origin
	Agrees Checkpoint // the newest of the old origin's that the tree still begins with; size 0: none
}

const successionSuffix = "/opened"

// Text is the succession as it is signed: the new origin and "/opened", the old origin, the size and root that were signed last
// for it, and the size and root up to which the new log is the old one. Entries between the two sizes are lost or were replaced.
func (s Succession) Text() string {
	return fmt.Sprintf("%s%s\nafter %s\nsigned %d %s\nagrees %d %s\n", s.Origin, successionSuffix, s.After.Origin, s.After.Size, s.After.Root, s.Agrees.Size, s.Agrees.Root)
}

// ParseSuccession reads exactly what Text wrote.
func ParseSuccession(text string) (Succession, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 {
		return Succession{}, errors.New("a succession has four lines")
	}
	origin, _ := strings.CutSuffix(lines[0], successionSuffix)
	old, _ := strings.CutPrefix(lines[1], "after ")
	after, err1 := sizeAndRoot(lines[2], "signed ")
	agrees, err2 := sizeAndRoot(lines[3], "agrees ")
	after.Origin, agrees.Origin = old, old
	s := Succession{origin, after, agrees}
	_, err3 := ParseOrigin(origin)
	_, err4 := ParseOrigin(old)
	if err := errors.Join(err1, err2, err3, err4); err != nil || s.Text() != text || agrees.Size > after.Size {
		return Succession{}, fmt.Errorf("not a succession: %q", text)
	}
	return s, nil
}

func sizeAndRoot(line, label string) (c Checkpoint, err error) {
	size, root, _ := strings.Cut(strings.TrimPrefix(line, label), " ")
	if c.Size, err = strconv.ParseInt(size, 10, 64); err != nil {
		return c, err
	}
	c.Root, err = ParseHash(root)
	return c, err
}

// ReadSuccession reads a signed succession without checking who signed it.
func ReadSuccession(signed []byte) (Succession, error) {
	n, err := unverified(signed)
	if err != nil {
		return Succession{}, err
	}
	return ParseSuccession(n.Text)
}

// OpenSuccession reads a signed succession. One of the verifiers must have signed it in the old origin's name.
func OpenSuccession(signed []byte, verifiers ...note.Verifier) (Succession, error) {
	n, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return Succession{}, err
	}
	s, err := ParseSuccession(n.Text)
	if err != nil {
		return Succession{}, err
	}
	return s, signedBy(n, s.After.Origin)
}
