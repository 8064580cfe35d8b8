package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/postgres"
)

const (
	heartbeat     = 15 * time.Second // often enough for proxies that cut what is silent
	writePatience = 10 * time.Second // a client that takes no byte for so long is let go
	retryStream   = 5 * time.Second  // when to come back
)

// refreshHeader marks a request that a page makes by itself. It does not count as use of the session: a page that is left open
// must not keep a session alive that nobody uses.
const refreshHeader = "Tenggat-Refresh"

// Watch listens to what other processes append, until ctx ends. Without it open pages hear of it a little later.
func (s *Server) Watch(ctx context.Context) { s.writer.Watch(ctx, s.hub.hear) }

// getStream tells an open page when its figures may have changed, as server-sent events: the number that it compares with its own
// and nothing else. Each event's id is that number, so that a page that was cut off is told what it missed.
func (s *Server) getStream(r *request) error {
	told, err := r.shownVersion()
	if err != nil {
		return err
	}
	wanted := postgres.Stream{Hash: access.HashToken(r.credential)}
	if r.program != nil && r.route.inProgram() {
		wanted.ProgramID = r.program.ID
	}
	joined, failure := s.hub.join(wanted, told)
	if failure != nil {
		return failure
	}
	defer s.hub.leave(joined)
	r.leave() // it may stay open for hours: it takes no place among the requests at work
	return newEventWriter(r).run(r.connection, joined)
}

// shownVersion is the version that the client has: of the last event it got, or what it says in the address; -1 if it has none.
func (r *request) shownVersion() (int64, error) {
	text := r.Request().Header.Get("Last-Event-ID")
	if text == "" {
		text = r.QueryParam("after")
	}
	if text == "" {
		return -1, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, fail(malformedRequest, i18n.DetailQuery, "after")
	}
	return n, nil
}

// eventWriter writes server-sent events to one client.
type eventWriter struct {
	w        http.ResponseWriter
	control  *http.ResponseController
	head     bool          // HEAD asks for the headers only
	patience time.Duration // with one write
}

func newEventWriter(r *request) eventWriter {
	h := r.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store, no-transform")
	h.Set("X-Accel-Buffering", "no") // nginx would gather events
	return eventWriter{r.Response(), http.NewResponseController(r.Response()), r.Request().Method == http.MethodHead, writePatience}
}

// run writes what the hub has for the stream until the client goes or the stream is over. Its errors are those of a client that has
// gone, or that is too slow: there is nobody to answer.
func (e eventWriter) run(connection context.Context, s *stream) error {
	// The server's limits are for answers that end. A read that times out would end the request, too.
	if err := e.control.SetReadDeadline(time.Time{}); err != nil {
		return err
	}
	if e.head {
		return nil
	}
	text := fmt.Sprintf("retry: %d\n\n", retryStream.Milliseconds())
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		if e.send(text) != nil {
			return nil
		}
		select {
		case <-connection.Done():
			return nil
		case version := <-s.versions:
			text = fmt.Sprintf("id: %d\ndata: {\"version\":%d}\n\n", version, version)
		case <-s.over:
			_ = e.send(fmt.Sprintf("event: end\ndata: {\"reason\":%q}\n\n", s.ending))
			return nil
		case <-beat.C:
			text = ":\n\n"
		}
	}
}

func (e eventWriter) send(text string) error {
	if err := e.control.SetWriteDeadline(time.Now().Add(e.patience)); err != nil {
		return err
	}
	if _, err := e.w.Write([]byte(text)); err != nil {
		return err
	}
	return e.control.Flush()
}
