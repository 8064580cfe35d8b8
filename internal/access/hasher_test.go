package access

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

const goodPassword = "kédai kopi di tepi sawah"

func TestHashThenVerify(t *testing.T) {
	h, ctx := NewHasher(), context.Background()
	phc, err := h.HashPassword(ctx, norm.NFC.String(goodPassword))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("PHC string %q", phc)
	}
	for password, want := range map[string]bool{
		norm.NFC.String(goodPassword): true, norm.NFD.String(goodPassword): true,
		"": false, goodPassword + " ": false, strings.ToUpper(goodPassword): false, strings.Repeat("a", 1<<20): false,
	} {
		if ok, err := h.VerifyPassword(ctx, phc, password); ok != want || err != nil {
			t.Errorf("VerifyPassword(%.40q) = %v, %v, want %v", password, ok, err, want)
		}
	}
	again, err := h.HashPassword(ctx, goodPassword)
	if err != nil || again == phc {
		t.Errorf("the same password gave the same string twice, or %v", err)
	}
}

func TestHashPasswordKeepsTheRules(t *testing.T) {
	for password, want := range map[string]error{"short": ErrPasswordShort, "password-password": ErrPasswordCommon} {
		if phc, err := NewHasher().HashPassword(context.Background(), password); phc != "" || !errors.Is(err, want) {
			t.Errorf("HashPassword(%q) = %q, %v", password, phc, err)
		}
	}
}

// Strings with other costs are honoured, so that the cost can be raised without locking anybody out.
func TestVerifyReadsTheCostFromTheString(t *testing.T) {
	salt := []byte("sixteen byte sal")
	p := argon2Params{memory: 64, passes: 1, threads: 2}
	phc := encodePHC(p, salt, argon2.IDKey([]byte(goodPassword), salt, 1, 64, 2, 24))
	if ok, err := NewHasher().VerifyPassword(context.Background(), phc, goodPassword); !ok || err != nil {
		t.Errorf("VerifyPassword = %v, %v", ok, err)
	}
}

func TestUnusableHashesAreErrorsNotWork(t *testing.T) {
	b64 := base64.RawStdEncoding.EncodeToString
	salt, key := b64(make([]byte, 16)), b64(make([]byte, 32))
	for _, phc := range []string{"", "$", "$$$$$", "secret", "$2a$10$abcdefghijklmnopqrstuu",
		"$argon2id$v=19$m=4294967295,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=65537,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=9,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=0,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=0$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=5$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=256$" + salt + "$" + key,
		"$argon2id$v=19$m=-1,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=7,t=2,p=1$" + salt + "$" + key,
		"$argon2i$v=19$m=19456,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=16$m=19456,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=019456,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=1,x=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=1$" + salt[:8] + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + b64(make([]byte, 65)),
		"$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$",
		"$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + key + "=",
		"x$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + key,
	} {
		if ok, err := NewHasher().VerifyPassword(context.Background(), phc, goodPassword); ok || !errors.Is(err, ErrHashUnusable) {
			t.Errorf("VerifyPassword of %.70q = %v, %v", phc, ok, err)
		}
	}
}

// The stand-in for an unknown account must cost what a real one costs, and must never let anybody in.
func TestDummyIsLikeARealHash(t *testing.T) {
	p, salt, key, err := decodePHC(dummyPHC)
	if err != nil || p != current || len(salt) != saltLen || len(key) != keyLen {
		t.Errorf("dummy decodes to %+v, %d, %d, %v", p, len(salt), len(key), err)
	}
	if err := NewHasher().DummyVerify(context.Background(), goodPassword); err != nil {
		t.Error(err)
	}
}

func TestOverflowIsBusyAndWaitingEndsWithTheRequest(t *testing.T) {
	h := newHasher(1, 1)
	h.admitted <- struct{}{} // one is running …
	h.running <- struct{}{}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := h.DummyVerify(ended, goodPassword); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting with an ended request: %v", err)
	}
	h.admitted <- struct{}{} // … and one waits
	if err := h.DummyVerify(context.Background(), goodPassword); !errors.Is(err, ErrBusy) {
		t.Errorf("one too many: %v", err)
	}
	<-h.running
	<-h.admitted
	<-h.admitted
	if err := h.DummyVerify(context.Background(), goodPassword); err != nil {
		t.Errorf("after the queue is empty: %v", err)
	}
}

func TestABurstIsServedOrRefusedNeverStuck(t *testing.T) {
	h := newHasher(2, 3)
	var mu sync.Mutex
	var served, busy int
	var all sync.WaitGroup
	for range 12 {
		all.Go(func() {
			err := h.DummyVerify(context.Background(), goodPassword)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				served++
			case errors.Is(err, ErrBusy):
				busy++
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if served < 5 || served+busy != 12 || len(h.admitted) != 0 || len(h.running) != 0 {
		t.Errorf("%d served, %d busy, %d admitted and %d running left", served, busy, len(h.admitted), len(h.running))
	}
}
