package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/postgres"
	"tenggat/web/view"
)

// getSignIn shows the sign-in page. notice=ended says that a session was over.
func (s *Server) getSignIn(r *request) error {
	var form view.Form
	switch r.QueryParam("notice") {
	case "ended":
		form.Trouble = r.lang.T(i18n.SessionEnded)
	case "kept":
		form.Trouble = r.lang.T(i18n.SessionKept)
	}
	return s.showSignIn(r, http.StatusOK, form, localPath(r.QueryParam("next")))
}

func (s *Server) showSignIn(r *request, status int, form view.Form, next string) error {
	query := r.queryOf("lang")
	if next != "" {
		query.Set("next", next)
	}
	return s.sendOnce(r, status, view.SignInPage(view.NewSignInModel(r.frame(query), form, next, s.demoAccounts(r.lang))))
}

// postSignIn checks e-mail and password. Whether the address is unknown, the account disabled or the password wrong: the
// answer is the same and takes as long.
func (s *Server) postSignIn(r *request) error {
	form, err := readForm(r, "email", "password", "next")
	if err != nil {
		return err
	}
	typed, next := form.Get("email"), localPath(form.Get("next"))
	again := view.Form{Values: map[string]string{"email": typed}}
	email, normErr := access.NormalizeEmail(typed)
	if normErr != nil {
		email = "-" // no account has it; looking for it costs as much as for any other
	}
	key := access.LoginKey(email, r.address())
	if wait := s.mustWait(key, r.address()); wait > 0 {
		limited := retryIn(rateLimited, wait)
		setRetryAfter(r, limited)
		again.Trouble = limited.sentence(r.lang)
		return s.showSignIn(r, http.StatusTooManyRequests, again, next)
	}
	account, ok, err := s.checkPassword(r.Request().Context(), email, form.Get("password"))
	if err != nil {
		return err
	}
	if !ok {
		s.guesses.Fail(s.now(), key)
		again.Trouble = r.lang.T(i18n.SignInWrong)
		return s.showSignIn(r, http.StatusUnprocessableEntity, again, next)
	}
	s.guesses.Succeed(key)
	if err := s.beginSession(r, account); err != nil {
		return err
	}
	return r.redirect(cmp.Or(next, home(account.Role)), nil)
}

// home is where a role's work begins.
func home(role access.Role) string {
	if access.Can(role, access.ReportProgress) {
		return "/updates"
	}
	return "/"
}

// mustWait is how long this account from this address, or this address at all, has to wait before trying again.
func (s *Server) mustWait(key string, address netip.Addr) time.Duration {
	now := s.now()
	if ok, wait := s.signIns.Allow(now, access.AddressPrefix(address).String()); !ok {
		return wait
	}
	if ok, wait := s.guesses.Allow(now, key); !ok {
		return wait
	}
	return 0
}

// checkPassword finds the account and verifies its password. ok is false for every reason but trouble of our own.
func (s *Server) checkPassword(ctx context.Context, email, password string) (account postgres.Account, ok bool, err error) {
	account, err = s.writer.AccountByEmail(ctx, email)
	if errors.Is(err, postgres.ErrNotFound) {
		return account, false, s.hasher.DummyVerify(ctx, password)
	}
	if err != nil {
		return account, false, err
	}
	right, err := s.hasher.VerifyPassword(ctx, account.PasswordHash, password)
	if err != nil {
		return account, false, err
	}
	ok = right && account.DisabledAt == nil
	s.later.Go(func() { // after the answer, so that it takes no longer for an account that exists
		if err := s.writer.RecordSignIn(context.WithoutCancel(ctx), account.ID, !ok); err != nil {
			s.logger.Warn("sign-in not counted", "error", err)
		}
	})
	return account, ok, nil
}

// beginSession makes a new session under a new token, whatever cookie the browser came with, and ends that one.
func (s *Server) beginSession(r *request, account postgres.Account) error {
	ctx := r.Request().Context()
	if old, err := r.Cookie(sessionCookie); err == nil && old.Value != "" {
		if err := s.writer.EndSession(ctx, access.HashToken(old.Value)); err != nil {
			return err
		}
	}
	token := access.NewSessionToken()
	idle, absolute := access.SessionLimits(account.Role)
	if err := s.writer.CreateSession(ctx, access.HashToken(token), account.ID, idle, absolute); err != nil {
		return err
	}
	r.SetCookie(newSessionCookie(token, 0))
	return nil
}

// newSessionCookie holds the token until the browser closes; maxAge below 0 deletes it.
func newSessionCookie(token string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: sessionCookie, Value: token, Path: "/", MaxAge: maxAge, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

// postSignOut ends the session in the database, so that a copied cookie is worthless too.
func (s *Server) postSignOut(r *request) error {
	if err := s.writer.EndSession(r.Request().Context(), access.HashToken(r.credential)); err != nil {
		return err
	}
	r.SetCookie(newSessionCookie("", -1))
	return r.redirect("/sign-in", nil)
}

// askToSignIn leads to the sign-in page and from there back. What was typed into a form comes along.
func (s *Server) askToSignIn(r *request) {
	query := url.Values{}
	if _, err := r.Cookie(sessionCookie); err == nil {
		query.Set("notice", "ended")
	}
	switch method := r.Request().Method; {
	case method == http.MethodGet || method == http.MethodHead:
		if next := r.Request().URL.RequestURI(); next != "/" {
			query.Set("next", next)
		}
	case len(r.route.keeps) > 0:
		if kept, ok := r.keptInput(); ok {
			query.Set("next", r.Request().URL.Path+"?"+kept.Encode())
			query.Set("notice", "kept")
		}
	}
	_ = r.redirect("/sign-in", query)
}

// maxKept bounds what is carried through the sign-in page: it travels in an address.
const maxKept = 4 << 10

// keptInput reads the fields of a form that may come back after signing in.
func (r *request) keptInput() (url.Values, bool) {
	form, err := r.readKept(append(r.route.keeps, "event_id", "entry", "observed_at"))
	if err != nil {
		return nil, false
	}
	kept := url.Values{}
	for _, name := range r.route.keeps {
		if value := strings.Join(form[name], "\n"); value != "" {
			kept.Set(name, value)
		}
	}
	return kept, len(kept) > 0 && len(kept.Encode()) <= maxKept
}

// readKept reads the fields of a form, with a document or without. Of a document nothing is kept: nobody knows who sends it.
func (r *request) readKept(names []string) (url.Values, error) {
	if !isMultipart(r.Request().Header) {
		return readForm(r, names...)
	}
	parts, err := multipartOf(r, maxFormBody+defaultUploadLimit)
	if err != nil {
		return nil, err
	}
	values := url.Values{}
	for {
		part, err := parts.NextRawPart()
		switch {
		case err != nil: // the end, or as far as it goes: what came before a large file stands
			return values, nil
		case part.FormName() == formFile || part.FormName() == keptFile:
			continue // the next part is looked for behind it
		}
		if err := readField(values, part, names); err != nil {
			return nil, err
		}
	}
}

// roleNames are the words for roles.
var roleNames = map[access.Role]i18n.Message{
	access.Executive: i18n.RoleExecutive, access.Regulator: i18n.RoleRegulator, access.Engineer: i18n.RoleEngineer,
	access.Compliance: i18n.RoleCompliance, access.Admin: i18n.RoleAdmin,
}

func (s *Server) demoAccounts(l i18n.Lang) []view.DemoAccount {
	list := make([]view.DemoAccount, len(s.config.DemoAccounts))
	for i, a := range s.config.DemoAccounts {
		list[i] = view.DemoAccount{Role: l.T(roleNames[a.Role]), Email: a.Email, Password: a.Password}
	}
	return list
}

// localPath lets through only what stays on this site: a path, never an address of elsewhere in disguise.
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.Contains(next, `\`) || strings.HasPrefix(u.Path, "/sign-") || !printable(next) {
		return ""
	}
	return next
}
