package static

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestURLCarriesTheContentHash(t *testing.T) {
	for name := range Addresses() {
		address := URL(name)
		if !regexp.MustCompile(`^/static/[a-z/-]+\.[0-9a-f]{16}\.[a-z]+$`).MatchString(address) {
			t.Errorf("URL(%q) = %q, want a hash before the extension", name, address)
		}
		file, ok := Open(address)
		if !ok || file.Name != name || len(file.Data) == 0 {
			t.Errorf("Open(%q) = %q, %v, want %q with content", address, file.Name, ok, name)
		}
	}
	if len(Addresses()) < 2 {
		t.Errorf("only %d files embedded", len(Addresses()))
	}
}

// sources are files as the bundles want them.
func sources(sheet string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, b := range bundles {
		for _, part := range b.parts {
			fsys[path.Join(path.Dir(b.name), part)] = &fstest.MapFile{Data: []byte("/* for readers */\n  a{}\n")}
		}
	}
	fsys["css/tokens.css"] = &fstest.MapFile{Data: []byte(sheet)}
	return fsys
}

func TestAddressChangesWithTheContent(t *testing.T) {
	_, first := load(sources("a{}"))
	_, second := load(sources("b{}"))
	if first["css/tenggat.css"] == second["css/tenggat.css"] {
		t.Errorf("both contents have the address %s", first["css/tenggat.css"])
	}
}

func TestBundlesAreOneFileInOrder(t *testing.T) {
	files, addresses := load(sources("/* one\n   two */ @layer first;\n\n  b { c: d; }\n"))
	if got, want := string(files[addresses["css/tenggat.css"]].Data), "@layer first;\nb{c:d;}\n"+strings.Repeat("a{}\n", len(bundles[0].parts)-1); got != want {
		t.Errorf("the style sheet is %q, want %q", got, want)
	}
	for name := range addresses {
		if name != "css/tenggat.css" && name != "js/tenggat.js" {
			t.Errorf("%s is served beside the bundles", name)
		}
	}
}

func TestFileThatNoBundleNamesIsRefused(t *testing.T) {
	fsys := sources("a{}")
	fsys["css/forgotten.css"] = &fstest.MapFile{Data: []byte("a{}")}
	if _, err := bundled(fsys); err == nil {
		t.Error("a style sheet that nobody would get was taken")
	}
}

// Spaces are taken out of rules and not out of what a page shows.
func TestStringsOfTheStyleSheetAreKept(t *testing.T) {
	sheets, err := fs.Glob(embedded, "css/*.css")
	if err != nil || len(sheets) == 0 {
		t.Fatal(sheets, err)
	}
	for _, name := range sheets {
		source, err := fs.ReadFile(embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range regexp.MustCompile(`"[^"\n]*"`).FindAllString(string(source), -1) {
			if closer.Replace(text) != text {
				t.Errorf("%s: %s would become %s", name, text, closer.Replace(text))
			}
		}
	}
}

// What one file declares is not seen by the next.
func TestScriptsHaveScopesOfTheirOwn(t *testing.T) {
	if got, want := string(scriptPart([]byte("// why\nconst a = 1; // kept\n\n  f(a);\n"))), "{\nconst a = 1; // kept\nf(a);\n}\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestOpenKnowsOnlyItsOwnAddresses(t *testing.T) {
	good := URL("css/tenggat.css")
	for _, address := range []string{"", "/static/", "/static/css/tenggat.css", good + "x", strings.Replace(good, "css/", "css/../css/", 1), "/static/embed.go"} {
		if _, ok := Open(address); ok {
			t.Errorf("Open(%q) found a file", address)
		}
	}
}

func TestURLOfAnUnknownNamePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	URL("css/absent.css")
}

func TestTypes(t *testing.T) {
	for name, want := range map[string]string{"a.css": "text/css; charset=utf-8", "b/c.js": "text/javascript; charset=utf-8", "d.svg": "image/svg+xml", "e": "application/octet-stream"} {
		if got := contentType(name); got != want {
			t.Errorf("contentType(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestGzipIsTheSameContent(t *testing.T) {
	file, _ := Open(URL("css/tenggat.css"))
	r, err := gzip.NewReader(bytes.NewReader(file.Gzip))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(plain, file.Data) {
		t.Errorf("unpacked %d bytes (%v), want the %d of the file", len(plain), err, len(file.Data))
	}
	if len(file.Gzip) > 8_500 { // the overview has 20 kB for everything
		t.Errorf("the style sheet takes %d bytes over the wire, want at most 8,500", len(file.Gzip))
	}
}

// The policy served with every page lets a style sheet fetch nothing from elsewhere.
func TestStyleSheetFetchesNothing(t *testing.T) {
	file, _ := Open(URL("css/tenggat.css"))
	for _, word := range []string{"url(", "@import", "@font-face"} {
		if strings.Contains(string(file.Data), word) {
			t.Errorf("the style sheet contains %s", word)
		}
	}
	if opened, closed := bytes.Count(file.Data, []byte("{")), bytes.Count(file.Data, []byte("}")); opened != closed {
		t.Errorf("%d braces opened, %d closed", opened, closed)
	}
}

func TestIconIsPlainSVG(t *testing.T) {
	file, _ := Open(URL("img/favicon.svg"))
	decoder := xml.NewDecoder(bytes.NewReader(file.Data))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if element, ok := token.(xml.StartElement); ok {
			for _, a := range element.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("<%s> has the attribute %s", element.Name.Local, a.Name.Local)
				}
			}
		}
	}
}
