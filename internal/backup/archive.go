// Package backup is the file in which everything is kept that a lost machine would take along: the database and the folder of the
// signing key. It is a tar archive whose manifest says what is in it, so that a damaged one is noticed before anything is put back.
package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"regexp"
	"strings"
	"time"
)

// Version is the version of the archive's form.
const Version = 1

// Names of what is in an archive. The manifest comes first.
const (
	manifestName = "manifest.json"
	DumpName     = "database.dump"
	KeysPrefix   = "keys/"
)

// Manifest says what an archive holds.
type Manifest struct {
	Version  int       `json:"tenggat_backup"`
	MadeAt   time.Time `json:"made_at"`
	Program  string    `json:"program_version"`
	Postgres int       `json:"postgresql"` // major version of the server
	Schema   int64     `json:"schema_version"`
	Programs []Program `json:"programs"`
	Files    []File    `json:"files"` // in the order in which they follow
}

// Program is how far a program had come.
type Program struct {
	Slug       string `json:"slug"`
	ID         string `json:"id"`
	Entries    int64  `json:"entries"`
	Checkpoint string `json:"checkpoint,omitempty"` // the newest signed note
}

// File is one file of the archive.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Content is a file to be put into an archive.
type Content struct {
	Name string
	Size int64
	Open func() (io.ReadCloser, error) // called twice
}

// Bytes is the content of a small file.
func Bytes(name string, data []byte) Content {
	return Content{name, int64(len(data)), func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
}

// Write makes an archive. The manifest's files are filled in.
func Write(out io.Writer, m Manifest, contents []Content) error {
	m.Version = Version
	for _, c := range contents {
		sum, err := sumOf(c)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
		m.Files = append(m.Files, File{c.Name, c.Size, sum})
	}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	w := tar.NewWriter(out)
	for _, c := range append([]Content{Bytes(manifestName, append(raw, '\n'))}, contents...) {
		if err := put(w, c, m.MadeAt); err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	return w.Close()
}

func put(w *tar.Writer, c Content, at time.Time) error {
	if err := w.WriteHeader(&tar.Header{Name: c.Name, Mode: 0o600, Size: c.Size, ModTime: at, Typeflag: tar.TypeReg, Format: tar.FormatPAX}); err != nil {
		return err
	}
	in, err := c.Open()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, in)
	return errors.Join(err, in.Close())
}

func sumOf(c Content) (string, error) {
	in, err := c.Open()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	n, err := io.Copy(h, in)
	if err == nil && n != c.Size {
		err = fmt.Errorf("has %d bytes, not %d", n, c.Size)
	}
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, in.Close())
}

// ErrDamaged means that an archive is not what it was when it was made, or is none.
var ErrDamaged = errors.New("the backup is damaged, or is none")

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}

// maxManifest bounds the manifest, in bytes.
const maxManifest = 64 << 20

// fileName is what a file of an archive may be called: nothing that could lead out of a folder.
var fileName = regexp.MustCompile(`^(database\.dump|keys(/[A-Za-z0-9][A-Za-z0-9._-]*){1,3})$`)

// Read goes through an archive: file by file it hands the content to take, which reads as much of it as it wants. Only after Read has
// returned without an error is any of it known to be undamaged; whoever acts on the content reads twice.
func Read(in io.Reader, take func(File, io.Reader) error) (Manifest, error) {
	r := tar.NewReader(in)
	m, err := readManifest(r)
	if err != nil {
		return m, err
	}
	for _, want := range m.Files {
		h, err := r.Next()
		if err != nil {
			return m, damaged("%s is missing: %s", want.Name, err)
		}
		if h.Name != want.Name || h.Size != want.Size || h.Typeflag != tar.TypeReg || !fileName.MatchString(h.Name) || strings.Contains(h.Name, "..") {
			return m, damaged("%q is not what the manifest says comes there", h.Name)
		}
		summed := &summing{r, sha256.New()}
		if err := take(want, summed); err != nil {
			return m, err
		}
		if _, err := io.Copy(io.Discard, summed); err != nil {
			return m, damaged("%s: %s", want.Name, err)
		}
		if hex.EncodeToString(summed.sum.Sum(nil)) != want.SHA256 {
			return m, damaged("%s has another SHA-256 than the manifest says", want.Name)
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		return m, damaged("something follows that the manifest does not know")
	}
	return m, nil
}

func readManifest(r *tar.Reader) (Manifest, error) {
	var m Manifest
	h, err := r.Next()
	if err != nil {
		return m, damaged("%s", err)
	}
	if h.Name != manifestName || h.Size > maxManifest {
		return m, damaged("it does not begin with a manifest")
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return m, damaged("%s", err)
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, damaged("manifest: %s", err)
	}
	if m.Version != Version {
		return m, fmt.Errorf("the backup is in version %d of its form; this program knows %d", m.Version, Version)
	}
	return m, nil
}

// summing hashes what is read through it.
type summing struct {
	in  io.Reader
	sum hash.Hash
}

func (s *summing) Read(p []byte) (int, error) {
	n, err := s.in.Read(p)
	s.sum.Write(p[:n])
	return n, err
}
