package web

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// document is one finished answer, ready to be sent to anybody who may see it.
type document struct {
	contentType string
	body        []byte
	gzip        []byte    // body compressed once, never on a request's path; nil where that saves nothing
	etag        string    // strong, without quotation marks
	validUntil  time.Time // when it may say something else although no entry was added
	link        string    // the Link header; "" for none
	file        string    // the name under which browsers keep it; "" for what is no file
	public      bool      // everybody may keep it, and every site may show it
}

// newDocument finishes an answer.
func newDocument(contentType string, body []byte, validUntil time.Time) *document {
	sum := sha256.Sum256(body)
	d := &document{contentType: contentType, body: body, validUntil: validUntil, etag: base64.RawURLEncoding.EncodeToString(sum[:12])}
	if packed := compress(body); len(packed) < len(body) {
		d.gzip = packed
	}
	return d
}

func compress(data []byte) []byte {
	var buf bytes.Buffer
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(&buf)
	_, _ = w.Write(data) // a bytes.Buffer takes everything
	_ = w.Close()
	return buf.Bytes()
}

// packers are used again and again: making one costs more than packing a page.
var packers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

// documentOverhead is about what a document takes beside its bytes.
const documentOverhead = 512

func (d *document) size() int { return len(d.body) + len(d.gzip) + documentOverhead }

// cache keeps finished answers by everything that can change them, up to a number of bytes; the least recently used go
// first. It never decides who may see an answer: whoever asks it has been let in for this very request.
type cache struct {
	mu     sync.Mutex
	byKey  map[string]*list.Element
	recent *list.List // *cacheEntry, the most recently used in front
	size   int
	max    int
	flight singleflight.Group
}

type cacheEntry struct {
	key string
	doc *document
}

func newCache(maxBytes int) *cache {
	return &cache{byKey: map[string]*list.Element{}, recent: list.New(), max: maxBytes}
}

// renderTimeout bounds one making of a document, which does not end with the request that happened to come first.
const renderTimeout = 12 * time.Second

// get returns the document under the key, made at most once however many ask at the same time.
func (c *cache) get(ctx context.Context, now time.Time, key string, make func(context.Context) (*document, error)) (*document, error) {
	if d := c.lookup(now, key); d != nil {
		return d, nil
	}
	made := c.flight.DoChan(key, func() (any, error) {
		if d := c.lookup(now, key); d != nil { // somebody finished while we came in
			return d, nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renderTimeout)
		defer cancel()
		d, err := make(ctx)
		if err == nil {
			c.put(key, d)
		}
		return d, err
	})
	select {
	case result := <-made:
		d, _ := result.Val.(*document)
		return d, result.Err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (c *cache) lookup(now time.Time, key string) *document {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, found := c.byKey[key]
	if !found {
		return nil
	}
	entry := element.Value.(*cacheEntry)
	if !now.Before(entry.doc.validUntil) {
		c.remove(element)
		return nil
	}
	c.recent.MoveToFront(element)
	return entry.doc
}

func (c *cache) put(key string, d *document) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, found := c.byKey[key]; found {
		c.remove(old)
	}
	if d.size() > c.max/4 {
		return // one huge answer must not drive all others out
	}
	c.byKey[key] = c.recent.PushFront(&cacheEntry{key, d})
	c.size += d.size()
	for c.size > c.max {
		c.remove(c.recent.Back())
	}
}

func (c *cache) remove(element *list.Element) {
	entry := c.recent.Remove(element).(*cacheEntry)
	delete(c.byKey, entry.key)
	c.size -= entry.doc.size()
}

// cacheControl: a page must not come back from the browser's own store after signing out, and its Back button shows kept pages
// without asking; JSON may be kept and asked for anew.
func cacheControl(contentType string) string {
	if strings.HasPrefix(contentType, "text/html") || contentType == pdfType {
		return "private, no-store"
	}
	return "private, no-cache"
}

// send answers with a document, or with 304 if the client has it already.
func send(r *request, d *document) error {
	h := r.Response().Header()
	h.Set("Cache-Control", cacheControl(d.contentType))
	h.Set("Vary", "Accept-Encoding, Accept-Language, Authorization, Cookie")
	body, etag := d.body, `"`+d.etag+`"`
	packed := d.gzip != nil && acceptsGzip(r.Request().Header)
	if packed {
		body, etag = d.gzip, `"`+d.etag+`-gzip"` // other bytes, so another strong tag
	}
	h.Set("ETag", etag)
	if d.public {
		h.Set("Cache-Control", publicFor)
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Access-Control-Allow-Origin", "*")
	}
	if d.link != "" {
		h.Set("Link", d.link)
	}
	if d.file != "" {
		h.Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": d.file}))
	}
	if matches(r.Request().Header.Values("If-None-Match"), d.etag) {
		return r.NoContent(http.StatusNotModified)
	}
	if packed {
		h.Set("Content-Encoding", "gzip")
	}
	return r.Blob(http.StatusOK, d.contentType, body)
}

// matches reports whether the client holds the document in either coding.
func matches(ifNoneMatch []string, etag string) bool {
	for _, line := range ifNoneMatch {
		for tag := range strings.SplitSeq(line, ",") {
			tag = strings.Trim(strings.TrimPrefix(strings.TrimSpace(tag), "W/"), `"`)
			if tag == "*" || strings.TrimSuffix(tag, "-gzip") == etag {
				return true
			}
		}
	}
	return false
}
