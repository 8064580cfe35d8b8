package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"tenggat/static"
)

// getLive says that the process answers. It touches nothing else.
func (s *Server) getLive(r *request) error {
	return writeJSON(r, http.StatusOK, map[string]string{"status": "live"})
}

// readiness is what /readyz answers.
type readiness struct {
	Status   string `json:"status"`   // ready, not_ready, draining
	Database string `json:"database"` // ok, unavailable
	Schema   struct {
		Found  int64 `json:"found"`
		Wanted int64 `json:"wanted"`
	} `json:"schema"`
	Checkpoints string `json:"checkpoints"` // signed, refused, unsigned: this process has no key
	Version     string `json:"version,omitempty"`
}

// readyTimeout is how long the database may take to show that it is there.
const readyTimeout = 2 * time.Second

// getReady says whether requests should be sent here: 200, or 503 with what is missing.
func (s *Server) getReady(r *request) error {
	ctx, cancel := context.WithTimeout(r.Request().Context(), readyTimeout)
	defer cancel()
	answer := readiness{Status: "ready", Database: "ok", Checkpoints: s.checkpointsState(), Version: s.config.Version}
	var err error
	answer.Schema.Found, answer.Schema.Wanted, err = s.reader.SchemaState(ctx)
	if err != nil {
		s.logger.Warn("not ready", "error", err)
		answer.Status, answer.Database = "not_ready", "unavailable"
	}
	if answer.Schema.Found != answer.Schema.Wanted {
		answer.Status = "not_ready"
	}
	if s.draining.Load() {
		answer.Status = "draining"
	}
	if answer.Status != "ready" {
		return writeJSON(r, http.StatusServiceUnavailable, answer)
	}
	return writeJSON(r, http.StatusOK, answer)
}

// checkpointsState tells a monitor whether a ledger is not what was signed. The process goes on serving: people must be able to see
// that page, and a ledger that somebody changed is no reason to turn jobs away.
func (s *Server) checkpointsState() string {
	switch {
	case s.signer == nil:
		return "unsigned"
	case s.signer.Refuses():
		return "refused"
	}
	return "signed"
}

// getStatic serves a style sheet or image. Its address carries a hash of its content, so that it may be kept for ever.
func (s *Server) getStatic(r *request) error {
	file, ok := static.Open(r.Request().URL.EscapedPath())
	if !ok {
		return &failure{kind: notFound}
	}
	h := r.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	if file.Gzip != nil && acceptsGzip(r.Request().Header) {
		h.Set("Content-Encoding", "gzip")
		return r.Blob(http.StatusOK, file.Type, file.Gzip)
	}
	return r.Blob(http.StatusOK, file.Type, file.Data)
}

// acceptsGzip reads Accept-Encoding; "gzip;q=0" means no.
func acceptsGzip(h http.Header) bool {
	for part := range strings.SplitSeq(h.Get("Accept-Encoding"), ",") {
		coding, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			return quality == "" || strings.Trim(quality, " q=0.") != ""
		}
	}
	return false
}

// getProblem says what a problem's type means: what its URI leads to.
func (s *Server) getProblem(r *request) error {
	slug := r.param("problem")
	for _, k := range problemKinds {
		if k.slug == slug {
			return writeJSON(r, http.StatusOK, problem{Type: k.typeURI(), Title: r.lang.T(k.title), Status: k.status})
		}
	}
	return &failure{kind: notFound}
}
