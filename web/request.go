package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/postgres"
)

// request is one request on its way through, and what has been learned of it so far.
type request struct {
	echo.Context
	id         string
	lang       i18n.Lang
	base       string                // where people reach this server, such as https://tenggat.example.id
	route      *Route                // nil: there is none
	who        access.Principal      // zero: nobody we know
	credential string                // the secret that was shown: the key to row-level security, never logged
	program    *postgres.ProgramHead // nil: none in the path
	path       map[string]string     // the path's parameters, decoded
	connection context.Context       // ends when the client goes, and not before
	leave      func()                // gives up the request's place among those at work; again does no harm
	cut        bool                  // the answer broke off: the connection must not end as if it were whole
}

func (s *Server) newRequest(c echo.Context) *request {
	r := &request{Context: c}
	r.id = c.Request().Header.Get(echo.HeaderXRequestID)
	if !saneID(r.id) {
		r.id = newID()
	}
	r.lang, r.base = r.language(), s.baseOf(c.Request())
	return r
}

// baseOf is the beginning of addresses that are to be opened elsewhere. Without a configured one it is what this very client asked
// at; a proxy that ends TLS must be configured.
func (s *Server) baseOf(r *http.Request) string {
	switch {
	case s.config.BaseURL != "":
		return strings.TrimSuffix(s.config.BaseURL, "/")
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// saneID accepts a request id that comes from outside: short, and with nothing in it that could forge a log line.
func saneID(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == ""
}

// newID makes 128 random bits, for request ids and for the event ids of forms.
func newID() string {
	var random [16]byte
	rand.Read(random[:])
	return hex.EncodeToString(random[:])
}

// languageCookie keeps the language that was chosen with ?lang=.
const languageCookie = "tenggat_lang"

// language chooses the answer's language. People get Indonesian until they switch; programs say what they want in
// Accept-Language.
func (r *request) language() i18n.Lang {
	if l, ok := i18n.Parse(r.QueryParam("lang")); ok {
		return l
	}
	if r.isAPI() {
		return i18n.Match(r.Request().Header.Get("Accept-Language"))
	}
	if cookie, err := r.Cookie(languageCookie); err == nil {
		l, _ := i18n.Parse(cookie.Value)
		return l
	}
	return i18n.Indonesian
}

// keepLanguage remembers a language that was asked for in the address.
func (r *request) keepLanguage() {
	if l, ok := i18n.Parse(r.QueryParam("lang")); ok && !r.isAPI() {
		r.SetCookie(&http.Cookie{Name: languageCookie, Value: l.Tag(), Path: "/", MaxAge: 365 * 24 * 60 * 60, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
}

// isAPI reports whether a program is asking, so that errors are answered as JSON.
func (r *request) isAPI() bool {
	path := r.Request().URL.Path
	return strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/problems/") || r.isProbe()
}

// isProbe reports whether a machine asks how this process is.
func (r *request) isProbe() bool {
	path := r.Request().URL.Path
	return path == "/livez" || path == "/readyz"
}

// readPath decodes the path's parameters; ok is false if one of them can be no key of anything. Past it every parameter is
// short printable text, fit for the database and the log.
func (r *request) readPath() (ok bool) {
	r.path = map[string]string{}
	for i, name := range r.ParamNames() {
		if name == "*" {
			continue
		}
		value := r.ParamValues()[i]
		if r.Request().URL.RawPath != "" { // then echo matched the path as it was sent
			var err error
			if value, err = url.PathUnescape(value); err != nil {
				return false
			}
		}
		if value == "" || len(value) > 128 || !printable(value) {
			return false
		}
		r.path[name] = value
	}
	return true
}

// param is a parameter of the route's path; "" if the path has none of this name.
func (r *request) param(name string) string { return r.path[name] }

// address is the client's, or the zero Addr if it cannot be told.
func (r *request) address() netip.Addr {
	addr, _ := netip.ParseAddr(r.RealIP())
	return addr
}

// clientAddress says how to tell a client's address. X-Forwarded-For is believed only from the given ranges: by default
// echo would believe anybody's.
func clientAddress(trusted []string) (echo.IPExtractor, error) {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect(), nil
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, cidr := range trusted {
		_, network, err := net.ParseCIDR(cidr)
		if err != nil {
			return nil, fmt.Errorf("trusted proxies: %w", err)
		}
		options = append(options, echo.TrustIPRange(network))
	}
	return echo.ExtractIPFromXFFHeader(options...), nil
}
