package access

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// AddressPrefix is the part of a client's address that counts as one sender: a whole IPv4 address, or the /64 of an IPv6
// address, since anybody with one IPv6 address has the rest of its /64 too.
func AddressPrefix(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := 32
	if a.Is6() {
		bits = 64
	}
	prefix, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // only the zero Addr gets here; all such senders share one key
	}
	return prefix
}

// LoginKey is the Throttle key of a sign-in: the account as typed and normalised, from this address prefix. Someone who
// guesses from elsewhere therefore never slows down the account's owner.
func LoginKey(email string, a netip.Addr) string { return AddressPrefix(a).String() + " " + email }

// Rules of Throttle.
const (
	throttleFree   = 5                // attempts before any delay
	throttleFirst  = time.Second      // then this long, and twice as long each time
	throttleMax    = 15 * time.Minute // but no longer
	throttleForget = time.Hour        // without an attempt the count is forgotten
	maxKeys        = 1 << 16          // keys remembered at once, so that memory stays bounded
)

// Throttle makes repeated sign-in attempts under one key slower and slower. It lives in one process and is safe for
// concurrent use; the zero value is not ready, use NewThrottle.
type Throttle struct {
	mu    sync.Mutex
	tries book[attempts]
}

type attempts struct {
	count int
	until time.Time
}

// NewThrottle makes a Throttle that remembers nothing yet.
func NewThrottle() *Throttle {
	return &Throttle{tries: newBook[attempts](maxKeys, throttleForget)}
}

// Allow reports whether an attempt under the key may be made now, and if not, in how long. An allowed attempt counts as
// failed from this moment until Succeed says otherwise, so that many at once gain nothing.
func (t *Throttle) Allow(now time.Time, key string) (ok bool, retryAfter time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	a := t.tries.get(now, key)
	if wait := a.until.Sub(now); wait > 0 {
		return false, wait
	}
	a.count++
	a.until = now.Add(throttleDelay(a.count))
	return true, 0
}

// Fail says that an allowed attempt was answered "wrong": its delay runs from now on.
func (t *Throttle) Fail(now time.Time, key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	a := t.tries.get(now, key)
	a.until = now.Add(throttleDelay(a.count))
}

// Succeed forgets all attempts under the key.
func (t *Throttle) Succeed(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tries.drop(key)
}

// throttleDelay is the wait after the given number of attempts in a row.
func throttleDelay(count int) time.Duration {
	if count < throttleFree {
		return 0
	}
	doublings := min(count-throttleFree, 10) // 2^10 s is past the maximum; more would overflow
	return min(throttleFirst<<doublings, throttleMax)
}

// Limiter gives each key its own token bucket: burst requests at once, and then the steady rate. It lives in one process
// and is safe for concurrent use. Used per API token, and per address for sign-ins.
type Limiter struct {
	mu      sync.Mutex
	rate    rate.Limit
	burst   int
	buckets book[*rate.Limiter]
}

// NewLimiter makes a Limiter that lets burst (1 or more) requests through at once and one more every interval (above 0).
func NewLimiter(interval time.Duration, burst int) *Limiter {
	// A bucket untouched for this long is full again, so that forgetting it changes nothing.
	refill := interval * time.Duration(burst)
	return &Limiter{rate: rate.Every(interval), burst: burst, buckets: newBook[*rate.Limiter](maxKeys, refill)}
}

// Allow takes one request from the key's bucket, or reports in how long there will be one.
func (l *Limiter) Allow(now time.Time, key string) (ok bool, retryAfter time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket := l.buckets.get(now, key)
	if *bucket == nil {
		*bucket = rate.NewLimiter(l.rate, l.burst)
	}
	r := (*bucket).ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return false, wait
	}
	return true, 0
}
