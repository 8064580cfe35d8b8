package web

import (
	"net/http"
	"slices"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/postgres"
	"tenggat/web/view"
)

// officeZone is the zone of pages that belong to no program.
const officeZone = "Asia/Jakarta"

// getAdmin lists accounts and API tokens.
func (s *Server) getAdmin(r *request) error {
	ctx := r.Request().Context()
	accounts, err := s.writer.Accounts(ctx)
	if err != nil {
		return err
	}
	tokens, err := s.writer.Tokens(ctx, "")
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(officeZone)
	if err != nil {
		return err
	}
	frame := r.frame(r.queryOf("lang"))
	frame.Notice = notice(r.lang, r.QueryParam("notice"))
	return s.sendOnce(r, http.StatusOK, view.AdminPage(view.NewAdminModel(frame, accountRows(accounts, r.who), tokenRows(tokens), zone, s.now())))
}

func accountRows(accounts []postgres.Account, reader access.Principal) []view.Account {
	rows := make([]view.Account, len(accounts))
	for i, a := range accounts {
		rows[i] = view.Account{
			ID: a.ID, Email: a.Email, Name: a.Name, Role: a.Role, Programs: a.Programs, CreatedAt: a.CreatedAt, DisabledAt: a.DisabledAt, Self: a.ID == reader.AccountID,
		}
	}
	return rows
}

func tokenRows(tokens []postgres.TokenRow) []view.Token {
	rows := make([]view.Token, len(tokens))
	for i, t := range tokens {
		rows[i] = view.Token{ID: t.ID, Program: t.Program, Job: t.Job, Scopes: t.Scopes, Milestones: t.Milestones, ExpiresAt: t.ExpiresAt, RevokedAt: t.RevokedAt}
	}
	return rows
}

// postRevokeToken ends an API token at once.
func (s *Server) postRevokeToken(r *request) error {
	if _, err := readForm(r); err != nil {
		return err
	}
	id := r.param("token")
	if err := s.writer.RevokeToken(r.Request().Context(), id); err != nil {
		return err
	}
	return r.redirect("/admin", r.noticed("revoked"))
}

// postDisableAccount ends an account and its sessions at once. Nobody ends their own, so that somebody is always left who
// can manage accounts.
func (s *Server) postDisableAccount(r *request) error {
	if _, err := readForm(r); err != nil {
		return err
	}
	ctx := r.Request().Context()
	accounts, err := s.writer.Accounts(ctx)
	if err != nil {
		return err
	}
	id := r.param("account")
	i := slices.IndexFunc(accounts, func(a postgres.Account) bool { return a.ID == id })
	switch {
	case i < 0:
		return &failure{kind: notFound}
	case id == r.who.AccountID:
		return &failure{kind: changedMeanwhile, detail: say(i18n.DetailOwnAccount)}
	}
	if err := s.writer.DisableAccount(ctx, accounts[i].Email); err != nil {
		return err
	}
	return r.redirect("/admin", r.noticed("disabled"))
}

// getHelp explains the words. It is open to everybody; who is signed in keeps their navigation.
func (s *Server) getHelp(r *request) error {
	_, _ = s.openSession(r) // nobody signed in, or a database away, is no reason to withhold help
	return s.sendOnce(r, http.StatusOK, view.HelpPage(view.NewHelpModel(r.frame(r.queryOf("lang")))))
}
