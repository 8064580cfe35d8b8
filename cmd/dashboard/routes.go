package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"tenggat/web"
)

type routesCommand struct{}

// Run lists the routes.
func (routesCommand) Run(_ context.Context, s *streams) error {
	routes := web.Routes()
	return s.answer(map[string]any{"routes": routes}, func(w io.Writer) {
		for _, r := range routes {
			fmt.Fprintf(w, "%-5s %-66s %-6s %s\n", r.Method, r.Path, map[bool]string{true: "writes", false: "reads"}[r.Writes], openedBy(r))
		}
	})
}

// openedBy names who may pass a route.
func openedBy(r web.Route) string {
	var who []string
	for _, role := range r.Roles() {
		who = append(who, string(role))
	}
	for _, scope := range r.Scopes {
		who = append(who, "token:"+string(scope))
	}
	if r.Door == web.Public {
		return "anybody"
	}
	return strings.Join(who, ", ")
}
