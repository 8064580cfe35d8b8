package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
)

// sessionCookie holds a session's token. The prefix makes browsers insist on Secure, Path=/ and no Domain.
const sessionCookie = "__Host-tenggat"

// touchEvery bounds how often a session's last use is written down.
const touchEvery = time.Minute

// admit lets a request through its route's door, or says why not. What no case names stays shut.
func (s *Server) admit(r *request) error {
	switch r.route.Door {
	case Public:
		return nil
	case People:
		return s.admitPerson(r)
	case Jobs:
		return s.admitJob(r)
	case Feeds:
		return s.admitFeed(r)
	case Readers:
		if len(r.Request().Header.Values("Authorization")) > 0 {
			return s.admitJob(r)
		}
		return s.admitPerson(r)
	}
	return &failure{kind: forbidden}
}

// admitPerson asks for a live session, then for a role that may do what the route does, then for membership of the program in
// the path. Role and membership are read with each request, so that a change bites at once.
func (s *Server) admitPerson(r *request) error {
	session, err := s.openSession(r)
	if err != nil {
		return err
	}
	r.program = session.Program
	if r.route.Action != "" && !r.who.Can(r.route.Action) {
		return &failure{kind: forbidden}
	}
	if r.route.inProgram() && r.program == nil {
		return &failure{kind: notFound}
	}
	s.touch(r, session.SeenAt)
	return nil
}

// openSession looks the request's session up, together with the program in its path: one round trip.
func (s *Server) openSession(r *request) (postgres.Session, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil || len(cookie.Value) > 128 || !printable(cookie.Value) || cookie.Value == "" {
		return postgres.Session{}, &failure{kind: unauthenticated}
	}
	session, err := s.reader.OpenSession(r.Request().Context(), cookie.Value, r.param("program"))
	if errors.Is(err, postgres.ErrNotFound) {
		return postgres.Session{}, &failure{kind: unauthenticated}
	}
	if err != nil {
		return postgres.Session{}, err
	}
	r.credential = cookie.Value
	r.who = access.Principal{AccountID: session.AccountID, Pseudonym: session.Pseudonym, Name: session.Name, Role: session.Role}
	return session, nil
}

// touch keeps a session that is in use from running out. If that fails, the session merely ends earlier.
func (s *Server) touch(r *request, seen time.Time) {
	if s.now().Sub(seen) < touchEvery || r.route.background || r.Request().Header.Get(refreshHeader) != "" {
		return
	}
	idle, _ := access.SessionLimits(r.who.Role)
	hash, ctx := access.HashToken(r.credential), context.WithoutCancel(r.Request().Context())
	s.later.Go(func() {
		if err := s.writer.TouchSession(ctx, hash, idle); err != nil {
			s.logger.Warn("session not prolonged", "error", err)
		}
	})
}

// admitJob asks for a good API token, then for the program, the right and the milestone in the path. Whoever has no good
// token is told one and the same thing.
func (s *Server) admitJob(r *request) error {
	secret, ok := bearer(r.Request().Header)
	if !ok || access.ParseAPIToken(secret) != nil {
		return s.refuseToken(r)
	}
	token, err := s.reader.OpenToken(r.Request().Context(), secret)
	if errors.Is(err, postgres.ErrNotFound) {
		return s.refuseToken(r)
	}
	if err != nil {
		return err
	}
	r.credential, r.program = secret, &token.Program
	r.who = access.ForJob(access.Grant{
		TokenID: token.ID, ProgramID: token.Program.ID, Job: token.Job, Scopes: scopes(token.Scopes), Milestones: token.Milestones,
	})
	if ok, wait := s.tokens.Allow(s.now(), token.ID); !ok {
		return retryIn(rateLimited, wait)
	}
	return r.tokenReaches()
}

// tokenReaches compares the path with what the token carries. Another program is as good as none.
func (r *request) tokenReaches() error {
	if r.route.inProgram() && r.param("program") != r.program.Slug {
		return &failure{kind: notFound}
	}
	if !slices.ContainsFunc(r.who.Token.Scopes, func(s access.Scope) bool { return slices.Contains(r.route.Scopes, s) }) {
		return &failure{kind: insufficient}
	}
	switch milestone := r.param("milestone"); {
	case milestone != "" && !r.who.Covers(r.program.ID, milestone):
		return &failure{kind: insufficient}
	case milestone == "" && !r.route.Writes && len(r.who.Token.Milestones) > 0: // the whole program is more than the token names
		return &failure{kind: insufficient}
	}
	return nil
}

// bearer reads the token from the one place where it may stand.
func bearer(h http.Header) (string, bool) {
	values := h.Values("Authorization")
	if len(values) != 1 {
		return "", false
	}
	scheme, secret, found := strings.Cut(values[0], " ")
	return secret, found && strings.EqualFold(scheme, "Bearer")
}

// refuseToken is the constant answer to a missing, mistyped, unknown, expired or revoked token.
func (s *Server) refuseToken(r *request) error {
	if ok, wait := s.refusals.Allow(s.now(), access.AddressPrefix(r.address()).String()); !ok {
		return retryIn(rateLimited, wait)
	}
	return &failure{kind: unauthenticated}
}

func scopes(words []string) []access.Scope {
	list := make([]access.Scope, len(words))
	for i, w := range words {
		list[i] = access.Scope(w)
	}
	return list
}
