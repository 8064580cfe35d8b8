package access

import (
	"net/netip"
	"strconv"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2024, 3, 12, 5, 0, 0, 0, time.UTC)

func TestAddressPrefix(t *testing.T) {
	for in, want := range map[string]string{
		"203.0.113.7":          "203.0.113.7/32",
		"::ffff:203.0.113.7":   "203.0.113.7/32",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"fe80::1%eth0":         "fe80::/64",
		"::1":                  "::/64",
	} {
		if got := AddressPrefix(netip.MustParseAddr(in)).String(); got != want {
			t.Errorf("AddressPrefix(%s) = %s, want %s", in, got, want)
		}
	}
	if got := AddressPrefix(netip.Addr{}); got.IsValid() {
		t.Errorf("AddressPrefix of no address = %v", got)
	}
}

func TestLoginKeysKeepVictimAndAttackerApart(t *testing.T) {
	home, elsewhere := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8:0:1::1")
	if LoginKey("siti@contoh.id", home) == LoginKey("siti@contoh.id", elsewhere) || LoginKey("siti@contoh.id", home) == LoginKey("budi@contoh.id", home) {
		t.Error("two accounts or two prefixes share a key")
	}
	if LoginKey("siti@contoh.id", home) != LoginKey("siti@contoh.id", netip.MustParseAddr("2001:db8::2")) {
		t.Error("two addresses of one /64 have different keys")
	}
}

// attempt waits out whatever it must, tries, fails, and returns the wait.
func attempt(t *testing.T, th *Throttle, now *time.Time) time.Duration {
	t.Helper()
	ok, wait := th.Allow(*now, "k")
	if !ok {
		if early, _ := th.Allow(now.Add(wait-1), "k"); early {
			t.Errorf("allowed before the %v were over", wait)
		}
		*now = now.Add(wait)
		if ok, more := th.Allow(*now, "k"); !ok {
			t.Fatalf("still refused after %v, for %v", wait, more)
		}
	}
	th.Fail(*now, "k")
	return wait
}

func TestThrottleGrows(t *testing.T) {
	th, now := NewThrottle(), noon
	want := []time.Duration{0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}
	for i, seconds := range want {
		if got := attempt(t, th, &now); got != seconds*time.Second {
			t.Errorf("attempt %d waited %v, want %v", i+1, got, seconds*time.Second)
		}
	}
	if ok, wait := th.Allow(now, "other"); !ok || wait != 0 {
		t.Error("another key is slowed down")
	}
	th.Succeed("k")
	if ok, _ := th.Allow(now, "k"); !ok {
		t.Error("refused right after a success")
	}
}

func TestThrottleForgetsAfterAQuietHour(t *testing.T) {
	th, now := NewThrottle(), noon
	for range 8 {
		attempt(t, th, &now)
	}
	now = now.Add(throttleForget)
	for i := range throttleFree {
		if wait := attempt(t, th, &now); wait != 0 {
			t.Errorf("attempt %d after a quiet hour waited %v", i+1, wait)
		}
	}
}

func TestManyAttemptsAtOnceGainNothing(t *testing.T) {
	th := NewThrottle()
	var mu sync.Mutex
	var allowed int
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if ok, _ := th.Allow(noon, "k"); ok {
				mu.Lock()
				allowed++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if allowed != throttleFree {
		t.Errorf("%d of 100 attempts at one instant were allowed, want %d", allowed, throttleFree)
	}
}

// Whatever the order of attempts and clock steps: within any stretch of time no more attempts pass than the rule gives.
func TestThrottleBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th, now, allowed := NewThrottle(), noon, 0
		for range rapid.IntRange(1, 200).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 30_000).Draw(t, "ms")) * time.Millisecond)
			ok, wait := th.Allow(now, "k")
			if ok != (wait == 0) || wait < 0 || wait > throttleMax {
				t.Fatalf("Allow = %v, %v", ok, wait)
			}
			if ok {
				allowed++
			}
		}
		least := time.Duration(0) // the time that so many attempts need
		for i := 1; i < allowed; i++ {
			least += throttleDelay(i)
		}
		if passed := now.Sub(noon); passed < least {
			t.Fatalf("%d attempts in %v, they need %v", allowed, passed, least)
		}
	})
}

func TestLimiter(t *testing.T) {
	l := NewLimiter(time.Second, 3)
	for i := range 3 {
		if ok, _ := l.Allow(noon, "a"); !ok {
			t.Fatalf("request %d of the burst refused", i+1)
		}
	}
	if ok, wait := l.Allow(noon, "a"); ok || wait != time.Second {
		t.Errorf("fourth request: %v, %v", ok, wait)
	}
	if ok, _ := l.Allow(noon, "b"); !ok {
		t.Error("another key pays for it")
	}
	if ok, wait := l.Allow(noon.Add(time.Second), "a"); !ok || wait != 0 {
		t.Errorf("after a second: %v, %v", ok, wait)
	}
	if ok, _ := l.Allow(noon.Add(time.Second), "a"); ok {
		t.Error("a second gave two requests; a refused one must not have cost or given any")
	}
	if ok, _ := l.Allow(noon.Add(time.Hour), "a"); !ok {
		t.Error("refused after an hour")
	}
}

func TestLimiterNeverExceedsItsRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		burst := rapid.IntRange(1, 10).Draw(t, "burst")
		l, now, allowed := NewLimiter(time.Second, burst), noon, 0
		for range rapid.IntRange(1, 200).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "ms")) * time.Millisecond)
			if ok, _ := l.Allow(now, "k"); ok {
				allowed++
			}
		}
		if most := burst + int(now.Sub(noon)/time.Second); allowed > most {
			t.Fatalf("%d allowed in %v, at most %d", allowed, now.Sub(noon), most)
		}
	})
}

func TestBookStaysSmall(t *testing.T) {
	b := newBook[int](100, time.Minute)
	for i := range 1000 {
		*b.get(noon, strconv.Itoa(i)) = i
		if len(b.pages) > 100 {
			t.Fatalf("%d keys remembered", len(b.pages))
		}
	}
	*b.get(noon, "kept") = 7
	if got := *b.get(noon.Add(time.Minute-1), "kept"); got != 7 {
		t.Errorf("forgotten too early: %d", got)
	}
	if got := *b.get(noon.Add(2*time.Minute), "kept"); got != 0 || len(b.pages) != 1 {
		t.Errorf("after the time: value %d, %d keys", got, len(b.pages))
	}
	b.drop("kept")
	if len(b.pages) != 0 {
		t.Error("dropped key is still there")
	}
}
