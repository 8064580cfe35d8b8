package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"net/http"
	"strconv"

	"tenggat/internal/files"
	"tenggat/internal/postgres"
)

// getFile hands a stored document out, always as a download: a browser neither shows nor runs it. It leaves in pieces, each read by
// itself, and the last one only if the whole has the sum it is kept under.
func (s *Server) getFile(r *request) error {
	defer r.allow(uploadTimeout)()
	ctx := r.Request().Context()
	f, err := s.reader.StoredFile(ctx, r.credential, r.program.ID, r.param("file"))
	switch {
	case err != nil:
		return err
	case !f.ErasedAt.IsZero():
		return &failure{kind: erased}
	}
	first, err := s.reader.FileChunk(ctx, r.credential, r.program.ID, f.SHA256, 0)
	if err != nil {
		return err
	}
	h := r.Response().Header()
	h.Set("Content-Type", f.MediaType)
	h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	h.Set("Content-Disposition", files.Disposition(f.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	if r.Request().Method == http.MethodHead {
		return r.NoContent(http.StatusOK)
	}
	return s.sendChunks(r, f, first)
}

// sendChunks sends the pieces after one another. What does not hold is cut off before its end, since the status has left by then.
func (s *Server) sendChunks(r *request, f postgres.File, chunk []byte) error {
	sum := sha256.New()
	for number, sent := 1, int64(0); ; number++ {
		sum.Write(chunk)
		sent += int64(len(chunk))
		last := sent >= f.Size
		if last && !holds(f, sum, sent) {
			return s.cutOff(r, fmt.Errorf("file %s: its content does not have its sum", f.SHA256))
		}
		if _, err := r.Response().Write(chunk); err != nil || last {
			return nil // the reader has all, or has gone
		}
		var err error
		if chunk, err = s.reader.FileChunk(r.Request().Context(), r.credential, r.program.ID, f.SHA256, number); err != nil {
			return s.cutOff(r, err)
		}
	}
}

func holds(f postgres.File, sum hash.Hash, sent int64) bool {
	return sent == f.Size && hex.EncodeToString(sum.Sum(nil)) == f.SHA256
}

// cutOff answers with an error while that is possible, and otherwise ends the connection so that nobody takes a part for the whole.
func (s *Server) cutOff(r *request, err error) error {
	if !r.Response().Committed {
		for _, name := range []string{"Content-Type", "Content-Length", "Content-Disposition"} {
			r.Response().Header().Del(name)
		}
		return err
	}
	if !errors.Is(err, r.Request().Context().Err()) {
		s.logger.Error("download cut off", "id", r.id, "error", err)
	}
	panic(http.ErrAbortHandler)
}
