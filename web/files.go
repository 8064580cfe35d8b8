package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"tenggat/internal/files"
)

// sendFile answers with bytes to be kept as a file. Repr-Digest (RFC 9530) holds their SHA-256, for whoever checks a copy.
func sendFile(r *request, name, contentType string, body []byte) error {
	sum := sha256.Sum256(body)
	h := r.Response().Header()
	h.Set(echo.HeaderContentDisposition, files.Disposition(name))
	h.Set("Repr-Digest", "sha-256=:"+base64.StdEncoding.EncodeToString(sum[:])+":")
	h.Set("Vary", "Accept-Language, Authorization, Cookie")
	return r.Blob(http.StatusOK, contentType, body)
}

// showFile answers with bytes that the browser shows.
func showFile(r *request, contentType string, body []byte) error {
	sum := sha256.Sum256(body)
	h := r.Response().Header()
	h.Set("Repr-Digest", "sha-256=:"+base64.StdEncoding.EncodeToString(sum[:])+":")
	h.Set("Vary", "Authorization, Cookie")
	return r.Blob(http.StatusOK, contentType, body)
}

// fileName joins the parts that are there with hyphens; the last is the ending. What is no letter, digit, point or hyphen becomes a
// hyphen: keys may hold anything that can be printed.
func fileName(parts ...string) string {
	var there []string
	for _, p := range parts[:len(parts)-1] {
		if p != "" {
			there = append(there, p)
		}
	}
	name := strings.Map(func(r rune) rune {
		if r == '.' || r != unicode.ReplacementChar && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '-'
	}, strings.Join(there, "-"))
	return strings.TrimLeft(name, ".-") + parts[len(parts)-1]
}
