package view

import (
	"net/url"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
)

// AdminModel lists accounts and API tokens. Nothing of a program is on it.
type AdminModel struct {
	Frame
	Accounts []AccountRow
	Tokens   []TokenRow
}

// Account is what the page is told of an account.
type Account struct {
	ID, Email, Name string
	Role            access.Role
	Programs        []string // slugs
	CreatedAt       time.Time
	DisabledAt      *time.Time
	Self            bool // the reader's own: it cannot be disabled here
}

// Token is what the page is told of an API token; never the token itself.
type Token struct {
	ID, Program, Job string
	Scopes           []string
	Milestones       []string
	ExpiresAt        time.Time
	RevokedAt        *time.Time
}

// AccountRow is one account in words.
type AccountRow struct {
	Email, Name, Role, Programs, Created string
	State                                string
	DisableAction                        string // where the form goes; "" where there is nothing to disable
}

// TokenRow is one token in words.
type TokenRow struct {
	ID, Program, Job, Scopes, Milestones, Expires string
	State                                         string
	RevokeAction                                  string
}

// NewAdminModel makes the page. Times are shown in zone; now tells which tokens have expired.
func NewAdminModel(f Frame, accounts []Account, tokens []Token, zone *time.Location, now time.Time) AdminModel {
	w := words{f.Lang, zone}
	m := AdminModel{Frame: f.titled("", f.t(i18n.NavAdmin))}
	for _, a := range accounts {
		row := AccountRow{Email: a.Email, Name: a.Name, Role: roleName(f.Lang, a.Role), Programs: list(w, a.Programs), Created: w.atMid(a.CreatedAt), State: w.T(i18n.AccountActive)}
		switch {
		case a.DisabledAt != nil:
			row.State = w.T(i18n.AccountDisabled, w.atMid(*a.DisabledAt))
		case !a.Self:
			row.DisableAction = "/admin/accounts/" + url.PathEscape(a.ID) + "/disable"
		}
		m.Accounts = append(m.Accounts, row)
	}
	for _, t := range tokens {
		row := TokenRow{
			ID: masked(t.ID), Program: t.Program, Job: t.Job, Scopes: list(w, t.Scopes), Milestones: w.T(i18n.AllMilestones), Expires: w.atMid(t.ExpiresAt),
			State: w.T(i18n.TokenActive),
		}
		if len(t.Milestones) > 0 {
			row.Milestones = list(w, t.Milestones)
		}
		switch {
		case t.RevokedAt != nil:
			row.State = w.T(i18n.TokenRevoked, w.atMid(*t.RevokedAt))
		case !now.Before(t.ExpiresAt):
			row.State = w.T(i18n.TokenExpired)
		default:
			row.RevokeAction = "/admin/tokens/" + url.PathEscape(t.ID) + "/revoke"
		}
		m.Tokens = append(m.Tokens, row)
	}
	return m
}

// masked shows as much of an id as is needed to tell two apart.
func masked(id string) string {
	if len(id) <= 8 {
		return id
	}
	return id[:4] + "…" + id[len(id)-4:]
}

func list(w words, values []string) string {
	text := ""
	for i, v := range values {
		if i > 0 {
			text += ", "
		}
		text += v
	}
	if text == "" {
		return w.T(i18n.None)
	}
	return text
}
