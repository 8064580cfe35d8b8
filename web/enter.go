package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// contentSecurityPolicy allows what the pages are made of and nothing else: no script or style inside a page, no frame. There
// is no inline code, so no nonce is needed.
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"

// setHeaders puts what every answer bears, errors included. A handler may relax Cache-Control; what is public also relaxes which sites
// may show it, and nothing relaxes anything else.
func setHeaders(h http.Header, requestID string) {
	h.Set("Content-Security-Policy", contentSecurityPolicy)
	h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-store")
	h.Set(echo.HeaderXRequestID, requestID)
}

// enter is the way in: it is around every request, those without a route included.
func (s *Server) enter(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		started := time.Now()
		r := s.newRequest(c)
		setHeaders(r.Response().Header(), r.id)
		err := s.handle(r, next)
		if err != nil {
			s.answerError(r, err)
		}
		s.noteRead(r, err)
		s.logRequest(r, err, time.Since(started))
		if r.cut {
			panic(http.ErrAbortHandler)
		}
		return nil
	}
}

// handle runs the checks that depend on no route, then the route. A panic becomes an error.
func (s *Server) handle(r *request, next echo.HandlerFunc) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if aborted, ok := p.(error); ok && errors.Is(aborted, http.ErrAbortHandler) {
				panic(p)
			}
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if r.isProbe() {
		return next(r) // asked by address, and answered however busy we are
	}
	if !s.servesHost(r.Request().Host) {
		return &failure{kind: misdirected}
	}
	if err := s.origin.Check(r.Request()); err != nil {
		return &failure{kind: crossOrigin, cause: err}
	}
	select {
	case s.slots <- struct{}{}:
		r.leave = sync.OnceFunc(func() { <-s.slots })
		defer r.leave()
	default:
		return retryIn(unavailable, time.Second)
	}
	r.connection = r.Request().Context()
	ctx, cancel := context.WithTimeout(r.connection, s.patience)
	defer cancel()
	r.SetRequest(r.Request().WithContext(ctx))
	r.keepLanguage()
	return next(r)
}

func (s *Server) servesHost(host string) bool {
	if s.hosts == nil {
		return true
	}
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return s.hosts[host]
}

// logRequest writes the request's one line. It holds no address query, no header and no body: secrets stay out of logs.
func (s *Server) logRequest(r *request, err error, took time.Duration) {
	status := r.Response().Status
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("id", r.id), slog.String("method", r.Request().Method), slog.String("route", r.pattern()),
		slog.Int("status", status), slog.Float64("ms", float64(took.Microseconds())/1000), slog.String("who", r.actorClass()),
	}
	if err != nil && status >= http.StatusInternalServerError {
		if !errors.Is(err, context.Canceled) { // the client has gone: nothing is wrong here
			level = slog.LevelError
		}
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	s.logger.LogAttrs(context.WithoutCancel(r.Request().Context()), level, "request", attrs...)
}

// pattern is the route's path with its parameters' names, so that a log line says nothing about whose data were asked for.
func (r *request) pattern() string {
	if r.route == nil {
		return "-"
	}
	return r.route.Path
}

// actorClass is the job's key or the person's role; no name and no address.
func (r *request) actorClass() string {
	switch {
	case r.who.IsJob():
		return r.who.Actor()
	case r.who.Role != "":
		return string(r.who.Role)
	}
	return "-"
}
