package access

import "time"

// book remembers a value per key for a while, and at most a given number of keys. Not safe for concurrent use.
type book[V any] struct {
	pages map[string]*page[V]
	limit int
	keep  time.Duration // since the last get
	swept time.Time
}

type page[V any] struct {
	value V
	used  time.Time
}

func newBook[V any](limit int, keep time.Duration) book[V] {
	return book[V]{pages: make(map[string]*page[V]), limit: limit, keep: keep}
}

// get returns the key's value to be read and changed in place; it is the zero value if nothing is remembered.
func (b *book[V]) get(now time.Time, key string) *V {
	p := b.pages[key]
	if p == nil || b.expired(p, now) {
		b.makeRoom(now)
		p = &page[V]{}
		b.pages[key] = p
	}
	if now.After(p.used) {
		p.used = now
	}
	return &p.value
}

func (b *book[V]) drop(key string) { delete(b.pages, key) }

func (b *book[V]) expired(p *page[V], now time.Time) bool { return now.Sub(p.used) >= b.keep }

// makeRoom drops what is expired, looking through all of it only once per period, and if the book is still full an
// arbitrary page: a flood of made-up keys may cost someone else's count, but never the process its memory.
func (b *book[V]) makeRoom(now time.Time) {
	if now.Sub(b.swept) >= b.keep {
		b.swept = now
		for key, p := range b.pages {
			if b.expired(p, now) {
				delete(b.pages, key)
			}
		}
	}
	for key := range b.pages {
		if len(b.pages) < b.limit {
			return
		}
		delete(b.pages, key)
	}
}
