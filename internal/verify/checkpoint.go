package verify

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"tenggat/internal/bundle"
	"tenggat/internal/ledger"
)

// checkpoint takes a checkpoint of the bundle.
func (c *checker) checkpoint(line bundle.Checkpoint) {
	cp, err := openCheckpoint([]byte(line.Note), c.header.Program, c.asked.Keys)
	var forged *note.InvalidSignatureError
	switch {
	case errors.Is(err, errOtherKey):
		c.others = max(c.others, cp.Size)
		if cp.Size == c.tree.Size {
			c.figures(line.Figures)
		}
		return
	case errors.As(err, &forged):
		c.add(Finding{Code: SignatureFalse, Entry: c.tree.Size, Detail: forged.Name})
		c.evidence(fmt.Sprintf("false-signature-at-%d", c.tree.Size), []byte(line.Note))
		return
	case err != nil:
		c.add(Finding{Code: NoCheckpoint, Entry: c.tree.Size, Detail: err.Error()})
		return
	case cp.Size < c.tree.Size:
		c.add(Finding{Code: Misplaced, Entry: c.tree.Size, To: cp.Size})
		return
	}
	name := fmt.Sprintf("checkpoint-of-%d", cp.Size)
	c.remember(cp, signedAs{cp.Root, name, []byte(line.Note)})
	c.claim(cp.Size, claim{
		reached: func() {
			if c.agrees(cp, name, []byte(line.Note)) {
				c.Checkpoints++
				c.cosigned([]byte(line.Note))
			}
			c.figures(line.Figures)
		},
		missing: func() {
			c.add(Finding{Code: CheckpointBeyond, To: cp.Size})
			c.evidence(name, []byte(line.Note))
		},
	})
}

var (
	errOtherKey = errors.New("signed by other keys only")
	errForeign  = errors.New("of another program")
)

// openCheckpoint reads a signed checkpoint of a program. With errOtherKey it is readable, but no pinned key has signed it.
func openCheckpoint(signed []byte, program string, keys []note.Verifier) (ledger.Checkpoint, error) {
	cp, err := ledger.OpenCheckpoint(signed, keys...)
	var unverified *note.UnverifiedNoteError
	if errors.As(err, &unverified) {
		if cp, err = ledger.ReadCheckpoint(signed); err == nil {
			err = errOtherKey
		}
	}
	if err != nil && !errors.Is(err, errOtherKey) {
		return cp, err
	}
	if origin, parseErr := ledger.ParseOrigin(cp.Origin); parseErr != nil || origin.Program != program {
		return cp, fmt.Errorf("%w: %s", errForeign, cp.Origin)
	}
	return cp, err
}

// remember keeps a root that was signed. Two of one size prove by themselves that their signer keeps two ledgers.
func (c *checker) remember(cp ledger.Checkpoint, as signedAs) {
	at := head{cp.Origin, cp.Size}
	before, known := c.signed[at]
	if known && before.root != as.root {
		c.add(Finding{Code: Forked, To: cp.Size})
		c.evidence(before.name, before.note)
		c.evidence(as.name, as.note)
	}
	if !known {
		c.signed[at] = as
	}
}

// agrees compares a signed root with the entries' own. Of the bundle's own checkpoints only the first that differs is told: where one
// entry is wrong all roots after it are.
func (c *checker) agrees(cp ledger.Checkpoint, name string, signed []byte) bool {
	if c.agree(cp, signed) {
		return true
	}
	if !c.broken {
		c.add(c.differs(cp))
		c.evidence(name, signed)
	}
	c.broken = true
	return false
}

// agree reports whether a signed root is that of the entries so far, and then moves on what is known to be signed.
func (c *checker) agree(cp ledger.Checkpoint, signed []byte) bool {
	if cp.Root != c.tree.Root() {
		return false
	}
	c.newest, c.SignedUpTo, c.Root, c.Origin = signed, cp.Size, cp.Root.String(), cp.Origin
	return true
}

// differs names the first entry that is not what was signed as closely as it can be told. Where the leaf hashes that the keeper has
// still give the signed root, only bytes were edited, and it is known which.
func (c *checker) differs(cp ledger.Checkpoint) Finding {
	if c.edited > 0 && c.stated.Root() == cp.Root {
		return Finding{Code: EntryChanged, Entry: c.edited, To: cp.Size}
	}
	return Finding{Code: RootDiffers, Entry: c.SignedUpTo + 1, To: cp.Size}
}

// cosigned looks for the witnesses' signatures under a checkpoint.
func (c *checker) cosigned(signed []byte) {
	found := false
	for _, w := range c.asked.Witnesses {
		n, err := note.Open(signed, note.VerifierList(w))
		var forged *note.InvalidSignatureError
		switch {
		case errors.As(err, &forged):
			c.add(Finding{Code: SignatureFalse, Entry: c.tree.Size, Detail: forged.Name})
			c.evidence(fmt.Sprintf("false-signature-at-%d", c.tree.Size), signed)
		case err == nil && len(n.Sigs) > 0:
			c.seen[w.Name()], found = true, true
		}
	}
	if found {
		c.Cosigned++
	}
}

// claimOlder takes a checkpoint that was received before the bundle: the ledger must go on from it.
func (c *checker) claimOlder(f File) {
	cp, err := openCheckpoint(f.Data, c.header.Program, c.asked.Keys)
	if err != nil {
		c.add(fileFinding(f.Name, err))
		return
	}
	c.remember(cp, signedAs{cp.Root, evidenceName(f.Name), f.Data})
	c.claim(cp.Size, claim{
		reached: func() {
			if c.agree(cp, f.Data) {
				c.Older++
				return
			}
			c.add(Finding{Code: OlderDiffers, File: f.Name, Entry: c.differs(cp).Entry, To: cp.Size})
			c.evidence(evidenceName(f.Name), f.Data)
		},
		missing: func() {
			c.add(Finding{Code: OlderBeyond, File: f.Name, To: cp.Size})
			c.evidence(evidenceName(f.Name), f.Data)
		},
	})
}

// claimReceipt takes a receipt that was given before the bundle: what it promises must be there.
func (c *checker) claimReceipt(f File) {
	p, err := ledger.OpenPromise(f.Data, c.asked.Keys...)
	var unverified *note.UnverifiedNoteError
	if errors.As(err, &unverified) {
		err = errOtherKey
	}
	if err == nil {
		if origin, parseErr := ledger.ParseOrigin(p.Origin); parseErr != nil || origin.Program != c.header.Program {
			err = errForeign
		}
	}
	if err != nil {
		c.add(fileFinding(f.Name, err))
		return
	}
	kept := 0
	for _, promised := range p.Entries {
		broken := func(code Code) {
			c.add(Finding{Code: code, File: f.Name, Entry: promised.Entry})
			c.evidence(evidenceName(f.Name), f.Data)
		}
		c.claim(promised.Entry, claim{
			reached: func() {
				if promised.Leaf != c.leaf {
					broken(ReceiptDiffers)
				} else if kept++; kept == len(p.Entries) {
					c.Receipts++
				}
			},
			missing: func() {
				if exported, err := bundle.ParseTime(c.ExportedAt); err != nil || promised.RecordedAt.After(exported) {
					c.add(Finding{Code: FileBeyond, File: f.Name, Entry: promised.Entry})
					return
				}
				broken(ReceiptBeyond)
			},
		})
	}
}

// fileFinding says why a file that was handed over beside the bundle could not be used. That is never the ledger's fault.
func fileFinding(name string, err error) Finding {
	code := FileUnreadable
	var forged *note.InvalidSignatureError
	switch {
	case errors.Is(err, errOtherKey), errors.As(err, &forged):
		code = FileUnsigned
	case errors.Is(err, errForeign):
		code = FileForeign
	}
	return Finding{Code: code, File: name, Detail: err.Error()}
}

// evidenceName is the last part of a file's name.
func evidenceName(name string) string {
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '\\' })
	if len(parts) == 0 {
		return "given"
	}
	return "given-" + parts[len(parts)-1]
}
