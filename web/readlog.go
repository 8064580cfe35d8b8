package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
)

// Limits of what is known of reads and not yet written down.
const (
	maxPendingReads = 10_000 // lines, each of one reader, one path and one hour
	flushReadsAfter = 3 * time.Second
	flushReadsTime  = 10 * time.Second
)

// readLog notes what outside accounts read. A request only adds to a count in memory; the counts are written down a little later,
// together, so that no page waits for it or fails with it.
type readLog struct {
	writer *postgres.Writer
	logger *slog.Logger

	writing sync.Mutex // held while counts are written down

	mu      sync.Mutex
	pending map[postgres.ReadKey]postgres.ReadCount
	dropped int64 // reads for which there was no room since the last time they could be written down
	timer   *time.Timer
}

func newReadLog(w *postgres.Writer, l *slog.Logger) *readLog {
	return &readLog{writer: w, logger: l, pending: map[postgres.ReadKey]postgres.ReadCount{}}
}

// add counts reads, and sees to it that they are written down.
func (l *readLog) add(key postgres.ReadKey, count postgres.ReadCount) {
	l.mu.Lock()
	defer l.mu.Unlock()
	known, found := l.pending[key]
	if !found && len(l.pending) >= maxPendingReads {
		l.dropped += count.Times
		return
	}
	l.pending[key] = known.Add(count)
	if l.timer == nil {
		l.timer = time.AfterFunc(flushReadsAfter, func() {
			ctx, cancel := context.WithTimeout(context.Background(), flushReadsTime)
			defer cancel()
			_ = l.flush(ctx) // logged there, and tried again
		})
	}
}

// take empties what is pending.
func (l *readLog) take() (reads map[postgres.ReadKey]postgres.ReadCount, dropped int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	reads, dropped = l.pending, l.dropped
	l.pending, l.dropped = map[postgres.ReadKey]postgres.ReadCount{}, 0
	return reads, dropped
}

// flush writes down what is pending. What cannot be is kept for the next time, as far as there is room.
func (l *readLog) flush(ctx context.Context) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	reads, dropped := l.take()
	if dropped > 0 {
		l.logger.Error("reads of outside accounts are missing from the audit trail: too many waited to be written down", "reads", dropped)
	}
	if len(reads) == 0 {
		return nil
	}
	err := l.writer.RecordReads(ctx, reads)
	switch {
	case err == nil:
	case errors.Is(err, postgres.ErrUnavailable), ctx.Err() != nil:
		l.logger.Warn("reads of outside accounts not written down yet", "error", err, "lines", len(reads))
		for key, count := range reads {
			l.add(key, count)
		}
	default: // would be refused again, and keep all others waiting
		l.logger.Error("reads of outside accounts are missing from the audit trail", "error", err, "lines", len(reads))
	}
	return err
}

// noteRead notes what an outside account was shown, and a write that was refused to an account that only looks.
func (s *Server) noteRead(r *request, err error) {
	if r.program == nil || r.route == nil || r.route.background {
		return
	}
	refused := r.route.Writes
	switch {
	case refused && !r.wasRefused(err), !refused && !r.wasShown(err):
		return
	}
	m, err := s.moment(r, r.program.Zone)
	if err != nil {
		m = moment{} // of a form, which has none
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	key := postgres.ReadKey{
		ProgramID: r.program.ID, Refused: refused, Reader: r.who.Actor(), Role: r.who.Role, Path: r.notedPath(), AsOf: m.asked.UTC().Truncate(time.Microsecond), Hour: now.Truncate(time.Hour),
	}
	s.readLog.add(key, postgres.ReadCount{FirstAt: now, LastAt: now, Times: 1})
}

// wasShown reports whether somebody from outside got what was asked for; "not modified" says that they have it already.
func (r *request) wasShown(err error) bool {
	outside := r.who.Role == access.Regulator || r.who.IsJob() && slices.Contains(r.who.Token.Scopes, access.ScopeRead)
	status := r.Response().Status
	return outside && err == nil && (status == http.StatusOK || status == http.StatusNotModified)
}

// wasRefused reports whether somebody who only looks was kept from writing.
func (r *request) wasRefused(err error) bool {
	if err == nil {
		return false
	}
	looks := r.who.Role.ReadOnly()
	if r.who.IsJob() {
		looks = !slices.Contains(r.who.Token.Scopes, access.ScopeReport)
	}
	kind := failureOf(err).kind
	return looks && (kind == forbidden || kind == insufficient)
}
