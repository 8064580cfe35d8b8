package web

import (
	_ "embed"
	"time"
)

//go:embed openapi.json
var openAPIFile []byte

// openAPI is the API's description. Tests hold real requests and answers against it.
var openAPI = newDocument("application/json", openAPIFile, time.Time{})

// getOpenAPI serves the description of the API. It says nothing about anybody's data, so it needs no token.
func (s *Server) getOpenAPI(r *request) error {
	r.Response().Header().Set("Cache-Control", "no-cache")
	return send(r, openAPI)
}
