package ledger

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Origin names one program's log: the first line of its checkpoints, and the name of the key that signs them. Whoever pins the
// verifier key of an origin pins one program. Epochs count from 1; a later one begins when a ledger had to go back behind what was
// signed, so that no origin ever has two trees.
type Origin struct {
	Log     string // the installation: lower-case letters, digits, dots, hyphens and slashes
	Program string // the program's UUID
	Epoch   int64
}

func (o Origin) String() string {
	name := o.Log + "/program/" + o.Program
	if o.Epoch > 1 {
		name += "/epoch/" + strconv.FormatInt(o.Epoch, 10)
	}
	return name
}

var originForm = regexp.MustCompile(`^([a-z0-9.-]+(?:/[a-z0-9.-]+)*?)/program/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/epoch/([1-9][0-9]{0,8}))?$`)

// ParseOrigin reads what String wrote.
func ParseOrigin(text string) (Origin, error) {
	found := originForm.FindStringSubmatch(text)
	if found == nil {
		return Origin{}, fmt.Errorf("%q is no origin of a program's log", text)
	}
	o := Origin{found[1], found[2], 1}
	if found[3] != "" {
		o.Epoch, _ = strconv.ParseInt(found[3], 10, 64) // nine digits at most
	}
	if o.String() != text {
		return Origin{}, fmt.Errorf("%q is no origin of a program's log", text)
	}
	return o, nil
}

// Checkpoint is the head of a program's tree: how many entries it has and the hash over all of them.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   Hash
}

// Text is the checkpoint in the form of C2SP tlog-checkpoint, three lines: origin, size, root in base64.
func (c Checkpoint) Text() string { return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root) }

// ParseCheckpoint reads exactly what Text wrote.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return Checkpoint{}, errors.New("a checkpoint has three lines")
	}
	size, err1 := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := ParseHash(lines[2])
	c := Checkpoint{lines[0], size, root}
	if err := errors.Join(err1, err2); err != nil || size < 0 || lines[0] == "" || c.Text() != text {
		return Checkpoint{}, fmt.Errorf("not a checkpoint: %q", text)
	}
	return c, nil
}

// OpenCheckpoint reads a signed checkpoint. At least one of the verifiers must have signed it in its origin's name, and no
// signature of any of them may be wrong.
func OpenCheckpoint(signed []byte, verifiers ...note.Verifier) (Checkpoint, error) {
	n, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return Checkpoint{}, err
	}
	c, err := ParseCheckpoint(n.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	return c, signedBy(n, c.Origin)
}

// ReadCheckpoint reads a signed checkpoint without checking who signed it.
func ReadCheckpoint(signed []byte) (Checkpoint, error) {
	n, err := unverified(signed)
	if err != nil {
		return Checkpoint{}, err
	}
	return ParseCheckpoint(n.Text)
}

// unverified reads a note's form.
func unverified(signed []byte) (*note.Note, error) {
	_, err := note.Open(signed, note.VerifierList())
	var open *note.UnverifiedNoteError
	if errors.As(err, &open) {
		return open.Note, nil
	}
	return nil, err
}

// signedBy refuses a note that nobody by that name has signed.
func signedBy(n *note.Note, name string) error {
	for _, s := range n.Sigs {
		if s.Name == name {
			return nil
		}
	}
	return fmt.Errorf("not signed in the name of %s", name)
}
