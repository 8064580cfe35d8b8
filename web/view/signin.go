package view

import "tenggat/internal/i18n"

// SignInModel is the sign-in page. Its fields are email, password and the hidden next.
type SignInModel struct {
	Frame
	Form
	Next     string        // where to go afterwards; a path of ours, checked by the caller
	Accounts []DemoAccount // shown in the demo only
}

// DemoAccount is one of the demo's published accounts.
type DemoAccount struct {
	Role, Email, Password string // Role is written in the page's language
}

// NewSignInModel makes the sign-in page.
func NewSignInModel(f Frame, form Form, next string, accounts []DemoAccount) SignInModel {
	f.Title = form.failing(f.Lang, f.t(i18n.SignInTitle))
	return SignInModel{Frame: f, Form: form, Next: next, Accounts: accounts}
}
