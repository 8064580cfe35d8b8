package access

import (
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// ErrEmail says that a text cannot be the e-mail address of an account.
var ErrEmail = errors.New("access: not an e-mail address")

const (
	maxEmail      = 254 // bytes, RFC 5321 with erratum 1690
	maxEmailLocal = 64
	maxLabel      = 63
)

// NormalizeEmail gives the one form in which an account's address is stored and looked up: trimmed, NFKC, lower case.
// It refuses what is not plain ASCII afterwards: two addresses that merely look alike must not be two accounts. It asks
// for the shape local@domain and no more, since only a message that arrives proves an address.
func NormalizeEmail(s string) (string, error) {
	address := strings.ToLower(norm.NFKC.String(strings.TrimSpace(s)))
	local, domain, found := strings.Cut(address, "@")
	if !found || len(address) > maxEmail || len(local) > maxEmailLocal || !dotted(local, inLocal) || !dotted(domain, inLabel) {
		return "", ErrEmail
	}
	return address, nil
}

// dotted reports whether every part between the dots is good, none being empty.
func dotted(s string, good func(part string) bool) bool {
	for part := range strings.SplitSeq(s, ".") {
		if part == "" || !good(part) {
			return false
		}
	}
	return true
}

const alphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789"

func inLocal(part string) bool { return only(part, alphanumeric+"!#$%&'*+/=?^_`{|}~-") }

func inLabel(part string) bool {
	return len(part) <= maxLabel && only(part, alphanumeric+"-") && strings.Trim(part, "-") == part
}

func only(s, allowed string) bool { return strings.Trim(s, allowed) == "" }
