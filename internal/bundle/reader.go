package bundle

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
)

// Reader reads a bundle line by line. Every error is *Damage, save *UnknownVersion and io.EOF after a whole file.
type Reader struct {
	Header Header

	in          *bufio.Reader
	sum         hash.Hash
	number      int // of the line read last
	entries     int64
	checkpoints int64
}

// NewReader reads the header.
func NewReader(in io.Reader) (*Reader, error) {
	r := &Reader{in: bufio.NewReaderSize(in, 64<<10), sum: sha256.New()}
	raw, err := r.line()
	if err != nil {
		return nil, r.damage(err)
	}
	if err := checkVersion(raw, "tenggat_bundle"); err != nil {
		var unknown *UnknownVersion
		if errors.As(err, &unknown) {
			return nil, unknown
		}
		return nil, r.damage(err)
	}
	r.Header, err = parse[Header](raw)
	r.sum.Write(raw)
	return r, r.damage(err)
}

// checkVersion reads no more of a document than which version it is in, so that a newer one is called newer, not damaged.
func checkVersion(raw []byte, name string) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	version := 0
	if err := json.Unmarshal(members[name], &version); err != nil {
		return fmt.Errorf("no %q is there: the file is something else", name)
	}
	if version != Version {
		return &UnknownVersion{version}
	}
	return nil
}

// Next reads the next line, an Entry or a Checkpoint. After the end, and only if the file is whole, it is io.EOF.
func (r *Reader) Next() (any, error) {
	raw, err := r.line()
	if err != nil {
		return nil, r.damage(err)
	}
	switch {
	case bytes.HasPrefix(raw, []byte(`{"entry":`)):
		e, err := parse[Entry](raw)
		r.entries++
		r.sum.Write(raw)
		return e, r.damage(err)
	case bytes.HasPrefix(raw, []byte(`{"checkpoint":`)):
		c, err := parse[Checkpoint](raw)
		r.checkpoints++
		r.sum.Write(raw)
		return c, r.damage(err)
	case bytes.HasPrefix(raw, []byte(`{"end":`)):
		end, err := parse[End](raw)
		if err == nil {
			err = r.close(end.End)
		}
		if err != nil {
			return nil, r.damage(err)
		}
		return nil, io.EOF
	}
	return nil, r.damage(errors.New("it is no line of a bundle"))
}

// close compares the end with what was read.
func (r *Reader) close(end Counts) error {
	if end.SHA256 != hex.EncodeToString(r.sum.Sum(nil)) {
		return errors.New("the lines before it do not have the SHA-256 that it says")
	}
	if end.Entries != r.entries || end.Entries != r.Header.Entries || end.Checkpoints != r.checkpoints {
		return errors.New("it counts other lines than there are")
	}
	if _, err := r.in.ReadByte(); !errors.Is(err, io.EOF) {
		return errors.New("something follows it")
	}
	return nil
}

// line reads up to and with the next line feed.
func (r *Reader) line() ([]byte, error) {
	r.number++
	var whole []byte
	for {
		piece, err := r.in.ReadSlice('\n')
		if whole = append(whole, piece...); len(whole) > MaxLine {
			return nil, fmt.Errorf("longer than %d bytes", MaxLine)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return nil, errors.New("the file ends here without its last line")
		}
		return whole, err
	}
}

func (r *Reader) damage(err error) error {
	if err == nil {
		return nil
	}
	return &Damage{r.number, err}
}
