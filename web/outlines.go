package web

import (
	"container/list"
	"sync"
	"time"

	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

// outlineKey names an outline: it belongs to a program and an entry and never changes.
type outlineKey struct {
	program string
	entry   int64
}

// trailKey names a program's way up to the day before one on which something was recorded: it is over and never changes.
type trailKey struct {
	program string
	day     metrics.Day
}

// outlines keeps outlines and trails of programs that lists have shown, the least recently used going first. It decides nothing
// about who may see them: a list takes from it only what the database has just opened to its reader.
type outlines struct {
	mu     sync.Mutex
	kept   map[any]*list.Element
	recent *list.List // outlineEntry, the most recently used in front
	max    int
}

// maxOutlines is how many outlines and trails one process keeps; an outline of 16 milestones takes about 6 kB.
const maxOutlines = 6000

type outlineEntry struct{ key, value any }

func newOutlines(limit int) *outlines {
	return &outlines{kept: map[any]*list.Element{}, recent: list.New(), max: limit}
}

func (o *outlines) put(key, value any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if old, known := o.kept[key]; known {
		o.recent.Remove(old)
	}
	o.kept[key] = o.recent.PushFront(outlineEntry{key, value})
	for len(o.kept) > o.max {
		delete(o.kept, o.recent.Remove(o.recent.Back()).(outlineEntry).key)
	}
}

// keptFor is what is kept under a key.
func keptFor[T any](o *outlines, key any) (value T, known bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	element, known := o.kept[key]
	if !known {
		return value, false
	}
	o.recent.MoveToFront(element)
	return element.Value.(outlineEntry).value.(T), true
}

// keptOutline is an outline and what was last said of it. A verdict changes with time and not only with entries, so it is said anew
// once it may have changed.
type keptOutline struct {
	postgres.Outline
	mu   sync.Mutex
	said metrics.Assessment
}

// at judges the outline at a moment, unless what was said last still holds.
func (k *keptOutline) at(at time.Time) metrics.Assessment {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.said.At.IsZero() || at.Before(k.said.At) || !at.Before(k.said.ValidUntil) {
		k.said = metrics.AssessOutline(k.Program, k.HeardAt, at)
		k.said.Milestones = nil // what the figures were added up from; a list shows none of it
	}
	return k.said
}
