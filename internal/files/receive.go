// Package files says which files Tenggat takes in and under which name it hands them out: documents, known by their content and
// never by what they call themselves, and nothing that a browser would run as a page.
package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
)

// ErrTooLarge, ErrEmpty and ErrType say why a file is not taken in.
var (
	ErrTooLarge = errors.New("the file is larger than the limit")
	ErrEmpty    = errors.New("the file is empty")
	ErrType     = errors.New("the file is of no type that is taken in")
)

// Received is a file that has arrived in full and may be kept. Its content lies in a temporary file that has no name any more.
type Received struct {
	SHA256    string // hex
	Size      int64  // bytes
	MediaType string // by its content
	Name      string // safe
	content   *os.File
}

// Receive reads a file of at most limit bytes to its end, or says why it is not taken in. Memory does not grow with its size. Close it
// when it was kept.
func Receive(r io.Reader, name string, limit int64) (*Received, error) {
	file, err := os.CreateTemp("", "tenggat-upload-*")
	if err != nil {
		return nil, err
	}
	f := &Received{content: file}
	if err := errors.Join(os.Remove(file.Name()), f.fill(r, name, limit)); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return f, nil
}

func (f *Received) fill(r io.Reader, name string, limit int64) error {
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(f.content, hash), io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return err
	case n > limit:
		return ErrTooLarge
	case n == 0:
		return ErrEmpty
	}
	f.Size, f.SHA256 = n, hex.EncodeToString(hash.Sum(nil))
	if f.MediaType, err = Sniff(f.content, n, name); err != nil {
		return err
	}
	f.Name = SafeName(name, f.MediaType)
	return nil
}

// Content is the file's content, to be read from its beginning.
func (f *Received) Content() io.ReadSeeker { return f.content }

// Close lets go of the temporary file.
func (f *Received) Close() error { return f.content.Close() }
