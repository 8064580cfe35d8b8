package files

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"
)

// The media types that are taken in; the ledger and the database hold the same list.
const (
	PDF  = "application/pdf"
	PNG  = "image/png"
	JPEG = "image/jpeg"
	WebP = "image/webp"
	CSV  = "text/csv"
	Text = "text/plain"
	JSON = "application/json"
	Zip  = "application/zip"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// extensions are the names' ends that go with the types.
var extensions = map[string]string{
	PDF: ".pdf", PNG: ".png", JPEG: ".jpg", WebP: ".webp", CSV: ".csv", Text: ".txt", JSON: ".json", Zip: ".zip", XLSX: ".xlsx", DOCX: ".docx",
}

// Accept is what a file field of a form offers to choose.
func Accept() string { return ".pdf,.png,.jpg,.jpeg,.webp,.csv,.txt,.xlsx,.docx,.json,.zip" }

// Extension is the end of a name that goes with a media type.
func Extension(mediaType string) string { return extensions[mediaType] }

// Sniff tells a file's type by its content. The name decides only what content cannot: which table or text it is. ErrType: it is of
// no type that is taken in; pages and drawings that browsers run are among those.
func Sniff(content io.ReaderAt, size int64, name string) (string, error) {
	head := make([]byte, min(size, 16))
	if _, err := content.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return PDF, nil
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, nil
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG, nil
	case bytes.HasPrefix(head, []byte("RIFF")) && len(head) >= 12 && string(head[8:12]) == "WEBP":
		return WebP, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return sniffZip(content, size, name)
	}
	return sniffText(content, size, name)
}

// sniffZip tells office documents from other archives by the names in the archive's directory, which stands at its end. Nothing is
// unpacked: how large the content would become does not matter.
func sniffZip(content io.ReaderAt, size int64, name string) (string, error) {
	const directory = 64 << 10
	tail := make([]byte, min(size, directory))
	if _, err := content.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	switch extension := ending(name); {
	case extension == ".xlsx" && bytes.Contains(tail, []byte("xl/workbook.xml")):
		return XLSX, nil
	case extension == ".docx" && bytes.Contains(tail, []byte("word/document.xml")):
		return DOCX, nil
	case extension == ".xlsx" || extension == ".docx":
		return "", ErrType
	}
	return Zip, nil
}

// sniffText takes text in UTF-8 that is neither markup nor has control characters.
func sniffText(content io.ReaderAt, size int64, name string) (string, error) {
	var rest []byte // the start of a character that a piece ended in
	beginning := true
	buffer := make([]byte, 64<<10)
	for at := int64(0); at < size; {
		n, err := content.ReadAt(buffer[:min(int64(len(buffer)), size-at)], at)
		if n == 0 && err != nil {
			return "", err
		}
		at += int64(n)
		piece := append(rest, buffer[:n]...)
		if beginning {
			piece = bytes.TrimPrefix(piece, []byte("\ufeff"))
			if first := bytes.TrimLeft(piece, " \t\r\n\f"); len(first) > 0 {
				if first[0] == '<' {
					return "", ErrType
				}
				beginning = false
			}
		}
		var ok bool
		if rest, ok = plainText(piece, at == size); !ok {
			return "", ErrType
		}
	}
	switch ending(name) {
	case ".csv":
		return CSV, nil
	case ".json":
		return sniffJSON(content, size)
	}
	return Text, nil
}

// plainText checks whole characters, and returns the start of one that the piece ended in.
func plainText(piece []byte, last bool) (rest []byte, ok bool) {
	for len(piece) > 0 {
		r, n := utf8.DecodeRune(piece)
		if r == utf8.RuneError && n == 1 {
			if !last && !utf8.FullRune(piece) {
				return bytes.Clone(piece), true
			}
			return nil, false
		}
		if r < ' ' && !strings.ContainsRune("\t\n\r\f", r) || r == 0x7f {
			return nil, false
		}
		piece = piece[n:]
	}
	return nil, true
}

// sniffJSON takes what calls itself JSON only if it is.
func sniffJSON(content io.ReaderAt, size int64) (string, error) {
	dec := json.NewDecoder(io.NewSectionReader(content, 0, size))
	var value json.RawMessage
	if dec.Decode(&value) != nil {
		return "", ErrType
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return "", ErrType
	}
	return JSON, nil
}

func ending(name string) string { return strings.ToLower(path.Ext(name)) }
