package web

import (
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tenggat/internal/i18n"
)

// readJSON reads a request's body as one strict JSON value of at most limit bytes.
func readJSON(r *request, limit int64) (jsonValue, error) {
	if !isJSON(r.Request().Header) {
		return jsonValue{}, &failure{kind: unsupportedType}
	}
	body, err := readAll(r, limit)
	if err != nil {
		return jsonValue{}, err
	}
	return parseJSON(body)
}

// isJSON accepts application/json in UTF-8 as it is. Nothing compressed: a small body must not become a huge one.
func isJSON(h http.Header) bool {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || kind != "application/json" || len(h.Values("Content-Type")) != 1 || h.Get("Content-Encoding") != "" {
		return false
	}
	charset, stated := params["charset"]
	return !stated || strings.EqualFold(charset, "utf-8")
}

func readAll(r *request, limit int64) ([]byte, error) {
	if r.Request().ContentLength > limit {
		return nil, fail(tooLarge, i18n.DetailTooLarge, limit)
	}
	body, err := io.ReadAll(http.MaxBytesReader(r.Response(), r.Request().Body, limit))
	if err == nil {
		return body, nil
	}
	if known := failureOf(err); known.kind == tooLarge {
		return nil, known
	}
	return nil, &failure{kind: malformedRequest, cause: err} // the body ended early, or was never framed right
}

// readForm reads an HTML form. Every field must be one of those named, and be there at most once, save where its name ends in _each.
func readForm(r *request, names ...string) (url.Values, error) {
	kind, _, err := mime.ParseMediaType(r.Request().Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" || r.Request().Header.Get("Content-Encoding") != "" {
		return nil, &failure{kind: unsupportedType, detail: say(i18n.DetailFormType)}
	}
	body, err := readAll(r, maxFormBody)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, &failure{kind: malformedRequest, cause: err}
	}
	for name, values := range form {
		if !slices.Contains(names, name) || len(values) != 1 && !strings.HasSuffix(name, many) || len(values) > maxChoices {
			return nil, fail(validationFailed, i18n.FormUnknown, name)
		}
	}
	return form, nil
}
