package files_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"mime"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"tenggat/internal/files"
)

// archive is a zip file with these names in it.
func archive(t testing.TB, names ...string) string {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, name := range names {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("<x/>")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// bomb unpacks to far more than it weighs.
func bomb(t testing.TB) string {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	f, err := w.Create("zeros")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(f, zeros{}, 64<<20); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestTypesAreToldByContent(t *testing.T) {
	office, text := archive(t, "[Content_Types].xml", "xl/workbook.xml"), archive(t, "[Content_Types].xml", "word/document.xml")
	for name, c := range map[string]struct{ name, content, want string }{
		"PDF":                     {"a.pdf", "%PDF-1.7\n…", files.PDF},
		"PDF by another name":     {"a.html", "%PDF-1.7\n…", files.PDF},
		"PDF and page in one":     {"a.pdf", "%PDF-1.7\n<script>alert(1)</script>", files.PDF},
		"PNG":                     {"a.png", "\x89PNG\r\n\x1a\n…", files.PNG},
		"JPEG":                    {"a.jpeg", "\xff\xd8\xff\xe0…", files.JPEG},
		"WebP":                    {"a.webp", "RIFF\x10\x00\x00\x00WEBPVP8 ", files.WebP},
		"CSV":                     {"a.CSV", "tanggal;jumlah\r\n1 Maret;7\r\n", files.CSV},
		"CSV with a mark":         {"a.csv", "\ufefftanggal,jumlah\n", files.CSV},
		"text":                    {"a.log", "10:00 ok <b>\n", files.Text},
		"text without a name":     {"", "ok", files.Text},
		"JSON":                    {"a.json", `{"a":[1,2]}`, files.JSON},
		"spreadsheet":             {"a.xlsx", office, files.XLSX},
		"document":                {"a.docx", text, files.DOCX},
		"archive":                 {"a.zip", archive(t, "log.txt"), files.Zip},
		"archive of office parts": {"a.zip", office, files.Zip},
		"archive that is a bomb":  {"a.zip", bomb(t), files.Zip},

		"page named PDF":            {"a.pdf", "<!DOCTYPE html><script>alert(1)</script>", ""},
		"page after white space":    {"a.txt", " \r\n\t<html>", ""},
		"page after a mark":         {"a.csv", "\ufeff <html>", ""},
		"drawing":                   {"a.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, ""},
		"drawing named PNG":         {"a.png", `<?xml version="1.0"?><svg/>`, ""},
		"page with PDF inside":      {"a.pdf", "<!-- %PDF-1.7 -->", ""},
		"PDF behind something":      {"a.pdf", "\x00%PDF-1.7", ""},
		"program":                   {"a.exe", "MZ\x90\x00\x03", ""},
		"program named text":        {"a.txt", "\x7fELF\x02\x01", ""},
		"GIF":                       {"a.gif", "GIF89a\x01\x00", ""},
		"UTF-16":                    {"a.txt", "\xff\xfeh\x00i\x00", ""},
		"Latin-1":                   {"a.csv", "caf\xe9;1\n", ""},
		"a character cut off":       {"a.txt", "caf\xc3", ""},
		"text named spreadsheet":    {"a.xlsx", "PK\x03\x04 just the start", ""},
		"document named as a table": {"a.xlsx", text, ""},
		"not JSON":                  {"a.json", `{"a":`, ""},
		"RIFF, but a film":          {"a.webp", "RIFF\x10\x00\x00\x00AVI LIST", ""},
	} {
		got, err := files.Sniff(strings.NewReader(c.content), int64(len(c.content)), c.name)
		if got != c.want || (c.want == "") != errors.Is(err, files.ErrType) {
			t.Errorf("%s: %q %v, want %q", name, got, err, c.want)
		}
	}
}

// Characters may lie across the pieces that content is read in.
func TestTextIsCheckedAcrossPieces(t *testing.T) {
	for shift := range 4 {
		content := strings.Repeat("x", 64<<10-shift) + "日本" + strings.Repeat("é", 64<<10)
		if got, err := files.Sniff(strings.NewReader(content), int64(len(content)), "a.txt"); got != files.Text {
			t.Errorf("shift %d: %q %v", shift, got, err)
		}
		content += "\x00"
		if _, err := files.Sniff(strings.NewReader(content), int64(len(content)), "a.txt"); !errors.Is(err, files.ErrType) {
			t.Errorf("shift %d: a control at the end is taken: %v", shift, err)
		}
	}
}

func TestReceiveHoldsItsLimits(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    error
	}{"at the limit": {strings.Repeat("x", 1000), nil}, "above": {strings.Repeat("x", 1001), files.ErrTooLarge}, "empty": {"", files.ErrEmpty}, "a page": {"<p>", files.ErrType}} {
		f, err := files.Receive(strings.NewReader(c.content), "a.txt", 1000)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil {
			continue
		}
		if _, err := f.Content().Seek(0, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(f.Content()); err != nil || string(got) != c.content || f.Size != 1000 || len(f.SHA256) != 64 {
			t.Errorf("%s: %d bytes, %+v %v", name, len(got), f, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Nothing stays behind in the folder for temporary files, even while a file is being kept.
func TestReceiveLeavesNoName(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	f, err := files.Receive(strings.NewReader("x"), "a.txt", 10)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
}

func TestNamesAreMadeSafe(t *testing.T) {
	for name, c := range map[string]struct{ given, mediaType, want string }{
		"plain":              {"Laporan Maret.pdf", files.PDF, "Laporan Maret.pdf"},
		"a path":             {`../../etc/passwd`, files.Text, "passwd.txt"},
		"a Windows path":     {`C:\Users\sari\bukti.pdf`, files.PDF, "bukti.pdf"},
		"a header":           {"../../x\"\r\nSet-Cookie: a=b.pdf", files.PDF, "xSet-Cookie ab.pdf"},
		"another end":        {"page.html", files.PDF, "page.html.pdf"},
		"two ends":           {"a.pdf.pdf", files.PDF, "a.pdf"},
		"jpeg":               {"a.jpeg", files.JPEG, "a.jpg"},
		"hidden":             {".htaccess", files.Text, "htaccess.txt"},
		"turned around":      {"a\u202efdp.exe", files.PDF, "afdp.exe.pdf"},
		"other letters":      {"bukti α.pdf", files.PDF, "bukti α.pdf"},
		"not even text":      {"\xff\xfe.pdf", files.PDF, "file.pdf"},
		"nothing":            {"", files.Zip, "file.zip"},
		"only its end":       {".pdf", files.PDF, "file.pdf"},
		"5,000 characters":   {strings.Repeat("x", 5000) + ".pdf", files.PDF, strings.Repeat("x", 100) + ".pdf"},
		"5,000 of two bytes": {strings.Repeat("é", 5000), files.PDF, strings.Repeat("é", 100) + ".pdf"},
	} {
		if got := files.SafeName(c.given, c.mediaType); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestEveryTypeHasItsEnd(t *testing.T) {
	for _, mediaType := range []string{files.PDF, files.PNG, files.JPEG, files.WebP, files.CSV, files.Text, files.JSON, files.Zip, files.XLSX, files.DOCX} {
		if end := files.Extension(mediaType); end == "" || !slices.Contains(strings.Split(files.Accept(), ","), end) {
			t.Errorf("%s has the end %q", mediaType, end)
		}
	}
}

// Whatever a file is called, its header is one line, saves instead of showing, and gives the safe name back.
func FuzzNames(f *testing.F) {
	for _, seed := range []string{"a.pdf", "../../x\"\r\n", "\u202e", strings.Repeat("é", 300), "a;b=\"c\".pdf", "%0d%0a", `\"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		name := files.SafeName(given, files.PDF)
		header := files.Disposition(name)
		if strings.ContainsAny(header, "\r\n\x00") || !utf8.ValidString(name) || strings.ContainsAny(name, "/\\\"\r\n") || len(name) > 500 {
			t.Fatalf("%q makes %q and %q", given, name, header)
		}
		kind, params, err := mime.ParseMediaType(header)
		if err != nil || kind != "attachment" || params["filename"] != name {
			t.Fatalf("%q: %q reads as %s %v %v", given, header, kind, params, err)
		}
	})
}
