package web

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"tenggat/internal/bundle"
	"tenggat/internal/export"
	"tenggat/internal/postgres"
)

// Limits of ledgers that are being sent.
const (
	maxExports  = 4                // at once: each holds a snapshot and a connection of the database
	streamStall = 25 * time.Second // how long a client may take no byte; the database ends a snapshot that stands idle for longer
	streamChunk = 64 << 10
)

// getLedger sends the program's whole ledger as it is read, for "dashboard verify" and verifiers like it.
func (s *Server) getLedger(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	keys, err := s.verifierKeys(r.program.ID)
	if err != nil {
		return err
	}
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	default:
		return retryIn(unavailable, retryAfterOutage)
	}
	out := r.download("application/x-ndjson", r.program.Slug+"-ledger.jsonl")
	err = s.reader.Ledger(r.connection, r.credential, r.program.ID, m.asked, func(l *postgres.Ledger) error {
		if r.Request().Method == http.MethodHead {
			return nil
		}
		return export.Ledger(r.connection, out, l, keys)
	})
	return out.end(err)
}

// verifierKeys are the keys of the program's log, as far as this process knows them.
func (s *Server) verifierKeys(programID string) ([]string, error) {
	public, err := s.signer.PublicKeys(programID)
	keys := make([]string, len(public))
	for i, k := range public {
		keys[i] = k.Verifier
	}
	return keys, err
}

// download is an answer that is sent while it is made. Its status goes out with the first chunk, so that what fails before is still
// answered like anything else.
type download struct {
	*bufio.Writer
	r *request
}

func (r *request) download(contentType, name string) *download {
	h := r.Response().Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name)) // a slug: letters, digits and hyphens
	control := http.NewResponseController(r.Response())
	return &download{bufio.NewWriterSize(patientWriter{r.Response(), control}, streamChunk), r}
}

// patientWriter gives the client time for each chunk, and not for the whole.
type patientWriter struct {
	out     io.Writer
	control *http.ResponseController
}

func (w patientWriter) Write(p []byte) (int, error) {
	_ = w.control.SetWriteDeadline(time.Now().Add(streamStall)) // without one the server's own holds
	return w.out.Write(p)
}

// end sends the rest. When making the answer failed and part of it is out, the connection is cut, so that nobody takes it for whole.
func (d *download) end(err error) error {
	if err == nil {
		err = d.Flush()
	}
	if err != nil && d.r.Response().Committed {
		d.r.cut = true
		return err
	}
	if err != nil {
		d.r.Response().Header().Del("Content-Disposition")
	}
	return err
}

// getProof answers with the headline as of a moment, or of the newest checkpoint, and the proof of the entries behind it.
func (s *Server) getProof(r *request) error {
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		return err
	}
	ctx := r.Request().Context()
	var figure bundle.Figure
	err = s.reader.Ledger(ctx, r.credential, r.program.ID, time.Time{}, func(l *postgres.Ledger) (err error) {
		figure, err = export.Figure(ctx, l, m.asked)
		return err
	})
	if errors.Is(err, export.ErrNotSigned) {
		return &failure{kind: notSigned, retryAfter: signedWithin}
	}
	if err != nil {
		return err
	}
	return s.sendFigure(r, figure)
}

// signedWithin is about when what is recorded now is signed.
const signedWithin = 5 * time.Minute

func (s *Server) sendFigure(r *request, figure bundle.Figure) error {
	h := r.Response().Header()
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", fmt.Sprintf("%s-proof-%d.json", figure.Slug, figure.Entry)))
	h.Set("Content-Type", "application/json")
	return bundle.WriteFigure(r.Response(), figure)
}
