package view

import (
	"github.com/a-h/templ"

	"tenggat/internal/i18n"
)

// Theme is how light a reader wants the pages: "light", "dark", or "" for what the device is set to.
type Theme string

// ParseTheme reads a theme; ok is false for anything but "light", "dark" and "auto", which is the device's setting.
func ParseTheme(text string) (theme Theme, ok bool) {
	switch text {
	case "light", "dark":
		return Theme(text), true
	case "auto":
		return "", true
	}
	return "", false
}

// schemes is what the browser may paint before the style sheet has come.
func (t Theme) schemes() string {
	if t == "" {
		return "light dark"
	}
	return string(t)
}

// theme is the attribute by which the style sheet knows the reader's choice.
func (f Frame) theme() templ.Attributes {
	if f.Theme == "" {
		return nil
	}
	return templ.Attributes{"data-theme": string(f.Theme)}
}

// themes are the choices there are.
func (f Frame) themes() []Choice {
	return []Choice{
		{Value: "auto", Text: f.t(i18n.ThemeAuto), Selected: f.Theme == ""},
		{Value: "light", Text: f.t(i18n.ThemeLight), Selected: f.Theme == "light"},
		{Value: "dark", Text: f.t(i18n.ThemeDark), Selected: f.Theme == "dark"},
	}
}

// pressed is the choice's state as a button.
func (c Choice) pressed() string {
	if c.Selected {
		return "true"
	}
	return "false"
}

// here is this very page, to come back to.
func (f Frame) here() string { return address(f.Path, without(f.Query, "notice")) }
