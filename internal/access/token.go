package access

import (
	"crypto/rand"
	"errors"
	"hash/crc32"
	"strings"
	"time"
)

// An API token reads tenggat_job_<30 characters><6 characters>, the first part random (178 bits), the second the CRC-32 of
// all before it, both base62. The prefix lets scanners find a leaked token; the checksum finds a typing error without
// asking the database. It is no protection against forgery: that is the hash lookup's business.
const (
	apiTokenPrefix = "tenggat_job_" //nolint:gosec // what every token begins with is no secret
	apiTokenRandom = 30
	apiTokenCheck  = 6
	base62         = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// MaxTokenLifetime is the longest an API token can be valid, so that a forgotten one ends by itself.
const MaxTokenLifetime = 90 * 24 * time.Hour

// Errors about API tokens.
var (
	ErrTokenMalformed = errors.New("access: not an API token, or one with a typing error")
	ErrExpiryPast     = errors.New("access: the token would be expired already")
	ErrExpiryTooFar   = errors.New("access: a token is valid for at most 90 days")
)

// NewAPIToken makes an API token. It is shown once; what is stored is HashToken of it.
func NewAPIToken() string {
	body := apiTokenPrefix + randomBase62(apiTokenRandom)
	return body + checksum(body)
}

// ParseAPIToken returns ErrTokenMalformed unless the text has the form of an API token and its checksum is right.
// Whether the token exists and is still good only the database can say.
func ParseAPIToken(token string) error {
	if len(token) != len(apiTokenPrefix)+apiTokenRandom+apiTokenCheck || !strings.HasPrefix(token, apiTokenPrefix) {
		return ErrTokenMalformed
	}
	if !only(token[len(apiTokenPrefix):], base62) {
		return ErrTokenMalformed
	}
	body := token[:len(token)-apiTokenCheck]
	if checksum(body) != token[len(body):] {
		return ErrTokenMalformed
	}
	return nil
}

// ValidateExpiry returns ErrExpiryPast or ErrExpiryTooFar unless now < expires <= now + MaxTokenLifetime.
func ValidateExpiry(now, expires time.Time) error {
	switch {
	case !expires.After(now):
		return ErrExpiryPast
	case expires.After(now.Add(MaxTokenLifetime)):
		return ErrExpiryTooFar
	}
	return nil
}

// randomBase62 draws n characters evenly. Bytes from 248 up are thrown away: 256 is no multiple of 62, and keeping them
// would favour the first characters.
func randomBase62(n int) string {
	text := make([]byte, 0, n)
	for draw := make([]byte, 2*n); len(text) < n; {
		rand.Read(draw)
		for _, b := range draw {
			if b < 4*62 && len(text) < n {
				text = append(text, base62[b%62])
			}
		}
	}
	return string(text)
}

// checksum writes the CRC-32 in six base62 digits; 62^6 is more than 2^32.
func checksum(body string) string {
	digits := make([]byte, apiTokenCheck)
	sum := crc32.ChecksumIEEE([]byte(body))
	for i := range digits {
		digits[len(digits)-1-i] = base62[sum%62]
		sum /= 62
	}
	return string(digits)
}
