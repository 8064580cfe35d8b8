package web

import (
	"net/http"

	"tenggat/web/view"
)

// themeCookie keeps how light a reader wants the pages. Without it they follow the device.
const themeCookie = "tenggat_theme"

// postTheme keeps the choice and goes back to the page it was made on.
func (s *Server) postTheme(r *request) error {
	form, err := readForm(r, "theme", "back")
	if err != nil {
		return err
	}
	theme, ok := view.ParseTheme(form.Get("theme"))
	if !ok {
		return &failure{kind: malformedRequest}
	}
	age := 365 * 24 * 60 * 60
	if theme == "" {
		age = -1
	}
	r.SetCookie(&http.Cookie{Name: themeCookie, Value: string(theme), Path: "/", MaxAge: age, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	back := localPath(form.Get("back"))
	if back == "" {
		back = "/"
	}
	return r.redirect(back, nil)
}

// theme is the reader's choice; pages alone have one.
func (r *request) theme() view.Theme {
	if r.isAPI() {
		return ""
	}
	cookie, err := r.Cookie(themeCookie)
	if err != nil {
		return ""
	}
	theme, _ := view.ParseTheme(cookie.Value)
	return theme
}
