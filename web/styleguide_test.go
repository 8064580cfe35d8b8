package web

import (
	"net/http"
	"testing"
)

// The style guide is no door of the program: it is there only where it was asked for.
func TestStyleguideIsForDevelopers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get("/styleguide").want(t, http.StatusNotFound)
	for _, route := range Routes() {
		if route.Path == styleguide.Path {
			t.Error("the style guide is among the routes")
		}
	}
	open := newSite(t, func(c *Config) { c.Styleguide = true })
	open.get("/styleguide?lang=en").want(t, http.StatusOK)
}
