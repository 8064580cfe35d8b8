package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
)

// Writer writes a bundle line by line. It keeps nothing.
type Writer struct {
	out         io.Writer
	sum         hash.Hash
	declared    int64
	entries     int64
	checkpoints int64
}

// NewWriter begins a bundle. The header's version is filled in.
func NewWriter(out io.Writer, h Header) (*Writer, error) {
	h.Version = Version
	if h.Keys == nil {
		h.Keys = []string{}
	}
	w := &Writer{out: out, sum: sha256.New(), declared: h.Entries}
	return w, w.write(h)
}

// Entry writes the next entry.
func (w *Writer) Entry(e Entry) error {
	w.entries++
	return w.write(e)
}

// Checkpoint writes a checkpoint. Its place is behind the last entry that it covers.
func (w *Writer) Checkpoint(c Checkpoint) error {
	w.checkpoints++
	return w.write(c)
}

// Close writes the end. It is an error if there were not as many entries as the header says.
func (w *Writer) Close() error {
	if w.entries != w.declared {
		return fmt.Errorf("bundle: %d entries written, %d declared", w.entries, w.declared)
	}
	return w.write(End{Counts{w.entries, w.checkpoints, hex.EncodeToString(w.sum.Sum(nil))}})
}

func (w *Writer) write(v any) error {
	raw, err := line(v)
	if err != nil {
		return err
	}
	w.sum.Write(raw)
	_, err = w.out.Write(raw)
	return err
}
