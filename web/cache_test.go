package web

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func docOf(text string, validUntil time.Time) *document {
	return newDocument("text/plain", []byte(text), validUntil)
}

func making(text string, validUntil time.Time, made *int) func(context.Context) (*document, error) {
	return func(context.Context) (*document, error) {
		*made++
		return docOf(text, validUntil), nil
	}
}

func TestCacheKeepsUntilValid(t *testing.T) {
	c, now, made := newCache(1<<20), time.Unix(1000, 0), 0
	until := now.Add(time.Minute)
	for _, at := range []time.Time{now, now.Add(59 * time.Second), until} { // at validUntil itself it is over
		if d, err := c.get(t.Context(), at, "k", making("x", until, &made)); err != nil || string(d.body) != "x" {
			t.Fatal(d, err)
		}
	}
	if made != 2 {
		t.Errorf("made %d times, want 2", made)
	}
	if _, err := c.get(t.Context(), now, "other", making("y", until, &made)); err != nil || made != 3 {
		t.Errorf("another key: made %d, %v", made, err)
	}
}

func TestCacheIsBounded(t *testing.T) {
	c, now, made := newCache(20_000), time.Unix(1000, 0), 0
	until := now.Add(time.Hour)
	get := func(key string) {
		if _, err := c.get(t.Context(), now, key, making(strings.Repeat(key, 2000), until, &made)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 26 {
		get(string(rune('a' + i)))
		get("a") // used all the time
	}
	if c.size > c.max || c.size < c.max/2 || len(c.byKey) != c.recent.Len() {
		t.Errorf("%d bytes of %d, %d keys, %d in the list", c.size, c.max, len(c.byKey), c.recent.Len())
	}
	if c.lookup(now, "a") == nil || c.lookup(now, "b") != nil || c.lookup(now, "z") == nil {
		t.Error("it is not the least recently used that goes")
	}
	size := c.size
	if _, err := c.get(t.Context(), now, "huge", making(strings.Repeat("h", 6000), until, &made)); err != nil || c.size != size {
		t.Error("one huge answer drove others out")
	}
}

func TestCacheForgetsFailures(t *testing.T) {
	c, now, made := newCache(1<<20), time.Unix(1000, 0), 0
	broken := errors.New("broken")
	if _, err := c.get(t.Context(), now, "k", func(context.Context) (*document, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if _, err := c.get(t.Context(), now, "k", making("x", now.Add(time.Hour), &made)); err != nil || made != 1 {
		t.Errorf("made %d, %v", made, err)
	}
}

// TestCacheMakesOnce: however many ask at once, one makes; and who goes away does not take the answer from the others.
func TestCacheMakesOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, now := newCache(1<<20), time.Now()
		var made atomic.Int32
		release := make(chan struct{})
		slow := func(ctx context.Context) (*document, error) {
			made.Add(1)
			<-release
			return docOf("x", now.Add(time.Hour)), ctx.Err()
		}
		first, leave := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := c.get(first, now, "k", slow); !errors.Is(err, context.Canceled) {
				t.Errorf("who left got %v", err)
			}
		})
		synctest.Wait()
		for range 20 {
			wg.Go(func() {
				if d, err := c.get(t.Context(), now, "k", slow); err != nil || string(d.body) != "x" {
					t.Errorf("who stayed got %v, %v", d, err)
				}
			})
		}
		synctest.Wait()
		leave()
		synctest.Wait()
		close(release)
		wg.Wait()
		if made.Load() != 1 {
			t.Errorf("made %d times", made.Load())
		}
	})
}

func TestIfNoneMatch(t *testing.T) {
	for header, want := range map[string]bool{
		`"abc"`: true, `W/"abc"`: true, `"abc-gzip"`: true, `"x", "abc"`: true, `*`: true, `"ab"`: false, `"abcd"`: false, ``: false, `"x"`: false,
	} {
		if got := matches([]string{header}, "abc"); got != want {
			t.Errorf("If-None-Match %s: %t", header, got)
		}
	}
}

func TestAcceptsGzip(t *testing.T) {
	for value, want := range map[string]bool{
		"gzip": true, "br, gzip;q=0.5": true, "GZIP": true, "gzip;q=1": true, "": false, "br": false, "gzip;q=0": false, "gzip; q=0.0": false, "xgzip": false,
	} {
		if got := acceptsGzip(map[string][]string{"Accept-Encoding": {value}}); got != want {
			t.Errorf("Accept-Encoding %q: %t", value, got)
		}
	}
}
