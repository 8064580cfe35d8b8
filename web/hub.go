package web

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
)

// hub keeps the open pages that want to hear when their figures may have changed. It holds no figures: a page that is told
// fetches itself again and is let in, or not, as ever.
//
// One statement looks at all pages at once: how far each page's ledger has come, and whether its session or token still opens it.
// It runs when another process tells that a ledger moved, and every few seconds whatever anybody tells, so that a page whose
// credential has ended is let go soon, and so that nothing is missed for good.
type hub struct {
	reader *postgres.Reader
	logger *slog.Logger
	wake   chan struct{}

	mu        sync.Mutex
	streams   map[*stream]bool
	perHolder map[string]int // streams by the hash of their credential
	running   bool           // a goroutine looks; only while there are streams
	hearing   bool           // appends are told to us
	closed    bool
}

// stream is one open page.
type stream struct {
	postgres.Stream
	told     int64         // the version that the page shows or was told last; -1: none
	versions chan int64    // the newest one that it has not been told; room for one
	over     chan struct{} // closed when it will be told nothing any more
	ending   ending
}

// ending says why a stream is over.
type ending string

const (
	endedByCredential ending = "credential" // its session or token has ended, or the program is closed to it
	endedByServer     ending = "server"     // try again: this process stops, or cannot ask the database
)

const (
	maxStreams    = 1000
	maxPerHolder  = 16
	lookHearing   = 5 * time.Second        // how often to look when appends are told
	lookDeaf      = time.Second            // and when they are not
	lookGap       = 150 * time.Millisecond // the least time between two looks
	lookTimeout   = 4 * time.Second
	longestBlind  = 15 * time.Second // without a look, streams end: nobody knows whether they may go on
	replicaBehind = time.Second      // after which a replica that pages are read from has what was told
)

func newHub(reader *postgres.Reader, logger *slog.Logger) *hub {
	return &hub{reader: reader, logger: logger, wake: make(chan struct{}, 1), streams: map[*stream]bool{}, perHolder: map[string]int{}}
}

// join adds a page that shows the version told (-1: none). The failure says that there are too many, or that the server stops.
func (h *hub) join(s postgres.Stream, told int64) (*stream, *failure) {
	h.mu.Lock()
	defer h.mu.Unlock()
	holder := string(s.Hash)
	switch {
	case h.closed || len(h.streams) >= maxStreams:
		return nil, retryIn(unavailable, retryStream)
	case h.perHolder[holder] >= maxPerHolder:
		return nil, retryIn(rateLimited, retryStream)
	}
	joined := &stream{Stream: s, told: told, versions: make(chan int64, 1), over: make(chan struct{})}
	h.streams[joined] = true
	h.perHolder[holder]++
	if !h.running {
		h.running = true
		go h.run()
	}
	h.lookSoon()
	return joined, nil
}

// leave takes a page out. Leaving twice does no harm.
func (h *hub) leave(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(s)
}

func (h *hub) remove(s *stream) {
	if !h.streams[s] {
		return
	}
	delete(h.streams, s)
	if holder := string(s.Hash); h.perHolder[holder] > 1 {
		h.perHolder[holder]--
	} else {
		delete(h.perHolder, holder)
	}
}

func (h *hub) end(s *stream, why ending) {
	if h.streams[s] {
		s.ending = why
		close(s.over)
		h.remove(s)
	}
}

// close ends all streams and takes no more.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	h.endAll()
}

func (h *hub) endAll() {
	for s := range h.streams {
		h.end(s, endedByServer)
	}
}

// hear takes what Writer.Watch tells.
func (h *hub) hear(n postgres.News) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if n.Program == "" {
		h.hearing = n.Hearing
		h.lookSoon()
		return
	}
	for s := range h.streams {
		if s.ProgramID == "" || s.ProgramID == n.Program {
			h.lookSoon()
			time.AfterFunc(replicaBehind, h.lookSoon)
			return
		}
	}
}

func (h *hub) lookSoon() {
	select {
	case h.wake <- struct{}{}:
	default: // a look is due already
	}
}

// run looks until there is no stream left.
func (h *hub) run() {
	seen := time.Now()
	for {
		time.Sleep(lookGap)
		streams := h.current()
		if streams == nil {
			return
		}
		if err := h.look(streams); err == nil {
			seen = time.Now()
		} else if time.Since(seen) > longestBlind {
			h.logger.Warn("open pages are let go: nobody can tell whether they may go on", "error", err)
			h.mu.Lock()
			h.endAll()
			h.mu.Unlock()
		}
		select {
		case <-h.wake:
		case <-time.After(h.interval()):
		}
	}
}

// current lists the streams; nil if there is none, and then nobody looks any more until one joins.
func (h *hub) current() []*stream {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.streams) == 0 {
		h.running = false
		return nil
	}
	list := make([]*stream, 0, len(h.streams))
	for s := range h.streams {
		list = append(list, s)
	}
	return list
}

func (h *hub) interval() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.hearing {
		return lookHearing
	}
	return lookDeaf
}

// look asks how the streams stand and tells each what is new to it.
func (h *hub) look(streams []*stream) error {
	ctx, cancel := context.WithTimeout(context.Background(), lookTimeout)
	defer cancel()
	asked := make([]postgres.Stream, len(streams))
	for i, s := range streams {
		asked[i] = s.Stream
	}
	answers, err := h.reader.Streams(ctx, asked)
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, s := range streams {
		switch a := answers[i]; {
		case a == nil || !access.Can(a.Role, access.ReadProgram):
			h.end(s, endedByCredential)
		case s.isNew(a.Version):
			s.tell(a.Version)
		}
	}
	return nil
}

// isNew: a ledger only grows, and a replica may lag; but what somebody reads of all their programs shrinks when one is closed to
// them, and that is news too.
func (s *stream) isNew(version int64) bool {
	return version > s.told || s.ProgramID == "" && version != s.told
}

// tell puts the version where the page's own goroutine finds it, in the place of an older one that it has not fetched yet.
func (s *stream) tell(version int64) {
	select {
	case <-s.versions:
	default:
	}
	s.versions <- version
	s.told = version
}
