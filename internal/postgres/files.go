package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"tenggat/internal/ledger"
)

// File describes a stored file.
type File struct {
	SHA256    string // hex
	Size      int64  // bytes
	MediaType string
	Name      string    // as it was uploaded, made safe
	Cited     bool      // an entry cites it
	ErasedAt  time.Time // zero: its content is there
}

// ErrErased means that a file's content was erased, and is not taken in again.
var ErrErased = errors.New("the file's content was erased")

// chunkSize is how much of a file a row holds, and how much of it is in memory at a time.
const chunkSize = 512 << 10

// StoreFile keeps a file's content, read from its beginning, until an entry cites it; one that is never cited is dropped after a
// day. Storing what is stored changes nothing. ErrErased: it was erased.
func (w *Writer) StoreFile(ctx context.Context, programID string, f File, content io.ReadSeeker) error {
	return w.pool.write(ctx, func(t tx) error {
		sum, err := hex.DecodeString(f.SHA256)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "sweep_files"); err != nil {
			return err
		}
		var noted struct {
			Fresh  bool `db:"fresh"`
			Erased bool `db:"erased"`
		}
		if err := t.get(ctx, &noted, "insert_file", programID, sum, f.Size, f.MediaType, f.Name); err != nil {
			return err
		}
		if noted.Erased {
			return ErrErased
		}
		if !noted.Fresh {
			return nil
		}
		return storeChunks(ctx, t, programID, sum, f.Size, content)
	})
}

// storeChunks writes the content, and holds it to the sum it is kept under.
func storeChunks(ctx context.Context, t tx, programID string, sum []byte, size int64, content io.ReadSeeker) error {
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return err
	}
	hash, total, chunk := sha256.New(), int64(0), make([]byte, chunkSize)
	for number := 0; ; number++ {
		n, err := io.ReadFull(content, chunk)
		if n > 0 {
			hash.Write(chunk[:n])
			total += int64(n)
			if _, err := t.exec(ctx, "insert_chunk", programID, sum, number, chunk[:n]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	if total != size || string(hash.Sum(nil)) != string(sum) {
		return fmt.Errorf("the file changed while it was stored: %d bytes of %d", total, size)
	}
	return nil
}

// EraseFile records that a file's content is erased, and erases it, all or nothing. The draft's body is a ledger.FileErasure. The error is
// as Append's.
func (w *Writer) EraseFile(ctx context.Context, programID string, draft ledger.Draft) (receipt ledger.Receipt, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		outcomes, err := appendUnits(ctx, t, programID, nil, []ledger.Unit{{Drafts: []ledger.Draft{draft}}})
		if err != nil {
			return err
		}
		if outcomes[0].Err != nil {
			return outcomes[0].Err
		}
		receipt = outcomes[0].Receipts[0]
		sum, err := hex.DecodeString(draft.Body.(ledger.FileErasure).SHA256)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "note_erasure", programID, sum); err != nil {
			return err
		}
		_, err = t.exec(ctx, "delete_chunks", programID, sum)
		return err
	})
	return receipt, err
}

// StoredFile looks a file up for whoever stores and cites it. ErrNotFound: none such.
func (w *Writer) StoredFile(ctx context.Context, programID, sum string) (f File, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		f, err = storedFile(ctx, t, programID, sum)
		return err
	})
	return f, err
}

// StoredFile looks a file up that an entry cites. ErrNotFound: none such, or none that the credential opens.
func (r *Reader) StoredFile(ctx context.Context, credential, programID, sum string) (f File, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		if f, err = storedFile(ctx, t, programID, sum); err == nil && !f.Cited {
			return ErrNotFound
		}
		return err
	})
	return f, err
}

func storedFile(ctx context.Context, t tx, programID, sum string) (File, error) {
	raw, err := hex.DecodeString(sum)
	if err != nil || len(raw) != sha256.Size || strings.ToLower(sum) != sum {
		return File{}, ErrNotFound
	}
	var row struct {
		Size      int64      `db:"size"`
		MediaType string     `db:"media_type"`
		Name      string     `db:"name"`
		Cited     bool       `db:"cited"`
		ErasedAt  *time.Time `db:"erased_at"`
	}
	if err := t.get(ctx, &row, "stored_file", programID, raw); err != nil {
		return File{}, classify(ctx, err)
	}
	f := File{SHA256: sum, Size: row.Size, MediaType: row.MediaType, Name: row.Name, Cited: row.Cited}
	if row.ErasedAt != nil {
		f.ErasedAt = row.ErasedAt.UTC()
	}
	return f, nil
}

// FileChunk reads one piece of a file's content, numbered from 0; each in a transaction of its own, so that a slow reader holds
// nothing. ErrNotFound: there is no such piece, or it was erased meanwhile.
func (r *Reader) FileChunk(ctx context.Context, credential, programID, sum string, number int) (chunk []byte, err error) {
	raw, err := hex.DecodeString(sum)
	if err != nil {
		return nil, ErrNotFound
	}
	err = r.pool.read(ctx, credential, func(t tx) error { return t.get(ctx, &chunk, "file_chunk", programID, raw, number) })
	return chunk, err
}
