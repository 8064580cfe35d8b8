package web

import (
	"bytes"
	"encoding/json"
)

// marshal writes JSON without the HTML escapes that encoding/json adds: it is served as application/json, never inside a page.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// writeJSON answers with JSON.
func writeJSON(r *request, status int, v any) error {
	body, err := marshal(v)
	if err != nil {
		return err
	}
	return r.Blob(status, "application/json", body)
}
