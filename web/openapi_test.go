package web

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// described is the API's own description, as a validator.
var described = func() routers.Router {
	doc, err := openapi3.NewLoader().LoadFromData(openAPIFile)
	if err != nil {
		panic(err)
	}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		panic(err)
	}
	openapi3filter.RegisterBodyDecoder("application/problem+json", openapi3filter.JSONBodyDecoder)
	openapi3filter.RegisterBodyDecoder("application/x-ndjson", openapi3filter.PlainBodyDecoder)
	return router
}()

// api is send, and holds the answer against the description; a request that was accepted must have been a described one too.
func (s *site) api(method, path, body string, changes ...with) answer {
	s.t.Helper()
	a := s.send(method, path, body, changes...)
	request := a.Request.Clone(s.t.Context())
	request.Body = io.NopCloser(strings.NewReader(body))
	route, params, err := described.FindRoute(request)
	if err != nil {
		s.t.Fatalf("%s %s is not described: %v", method, path, err)
	}
	input := &openapi3filter.RequestValidationInput{
		Request: request, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	}
	if a.StatusCode < 300 {
		if err := openapi3filter.ValidateRequest(s.t.Context(), input); err != nil {
			s.t.Errorf("accepted, but the description forbids it: %v", err)
		}
	}
	err = openapi3filter.ValidateResponse(s.t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: a.StatusCode, Header: a.Header, Body: io.NopCloser(bytes.NewReader([]byte(a.body))),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	})
	if err != nil {
		s.t.Errorf("%s %s: the answer is not as described: %v\n%.1000s", method, path, err, a.body)
	}
	return a
}

func TestDescriptionIsServedAndSound(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.get("/api/v1/openapi.json").want(t, http.StatusOK)
	doc, err := openapi3.NewLoader().LoadFromData([]byte(a.body))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Error(err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("version %s", doc.OpenAPI)
	}
}

// TestDescriptionCoversTheTable: every API route is described, and nothing else is.
func TestDescriptionCoversTheTable(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openAPIFile)
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			described[method+" "+path] = true
		}
	}
	for _, route := range Routes() {
		if !strings.HasPrefix(route.Path, "/api/v1/") || strings.HasSuffix(route.Path, "/openapi.json") {
			continue
		}
		var path []string
		for part := range strings.SplitSeq(route.Path, "/") {
			if name, is := strings.CutPrefix(part, ":"); is {
				part = "{" + name + "}"
			}
			path = append(path, part)
		}
		key := route.Method + " " + strings.Join(path, "/")
		if !described[key] {
			t.Errorf("%s is not described", key)
		}
		delete(described, key)
	}
	for key := range described {
		t.Errorf("%s is described, but is no route", key)
	}
}
