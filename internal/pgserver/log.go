package pgserver

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
)

// keptLines is how many of the server's last lines an error shows.
const keptLines = 20

// serverLog passes the server's own log on, line by line, and keeps the last
// lines for an error message.
type serverLog struct {
	logger *slog.Logger
	mu     sync.Mutex
	rest   []byte // the beginning of a line whose end is still to come
	lines  []string
}

// Write takes what the server wrote to its standard error.
func (l *serverLog) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rest = append(l.rest, text...)
	for {
		line, rest, found := bytes.Cut(l.rest, []byte("\n"))
		if !found {
			return len(text), nil
		}
		l.add(string(line))
		l.rest = rest
	}
}

func (l *serverLog) add(line string) {
	if len(l.lines) == keptLines {
		l.lines = append(l.lines[:0], l.lines[1:]...)
	}
	l.lines = append(l.lines, line)
	l.logger.Log(context.Background(), levelOf(line), "postgres", slog.String("line", line))
}

func (l *serverLog) last() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.lines...)
}

// levelOf reads PostgreSQL's word for how grave a line is. A statement that
// failed is the caller's to report, hence no more than debug here; and FATAL is
// said of one connection, PANIC of the whole server.
func levelOf(line string) slog.Level {
	word, _, _ := strings.Cut(line, ":")
	switch word {
	case "WARNING", "FATAL":
		return slog.LevelWarn
	case "PANIC":
		return slog.LevelError
	default:
		return slog.LevelDebug
	}
}
