package static

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// bundle is many files served as one, so that a page needs one request for them. Their order is given: the style sheet's first file
// declares the layers.
type bundle struct {
	name  string   // as it is served
	parts []string // below the folder of name
	join  func(source []byte) []byte
}

// bundles are the style sheet and the script. A file of these folders that no bundle names is an error: it would never be served.
var bundles = []bundle{
	{"css/tenggat.css", []string{"tokens.css", "base.css", "layout.css", "parts.css", "live.css", "stepper.css", "overview.css", "programs.css", "forms.css", "charts.css", "contrast.css", "share.css", "print.css"}, sheetPart},
	{"js/tenggat.js", []string{"menu.js", "crosshair.js", "live.js", "copy.js"}, scriptPart},
}

// bundled replaces the files of the bundles' folders by the bundles.
func bundled(fsys fs.FS) (map[string][]byte, error) {
	made := map[string][]byte{}
	for _, b := range bundles {
		folder := path.Dir(b.name)
		entries, err := fs.ReadDir(fsys, folder)
		if err != nil {
			return nil, err
		}
		if len(entries) != len(b.parts) {
			return nil, fmt.Errorf("%s has %d files, %s is made of %d", folder, len(entries), b.name, len(b.parts))
		}
		var whole bytes.Buffer
		for _, part := range b.parts {
			source, err := fs.ReadFile(fsys, path.Join(folder, part))
			if err != nil {
				return nil, err
			}
			whole.Write(b.join(source))
		}
		made[b.name] = whole.Bytes()
	}
	return made, nil
}

// bundledFolder reports whether a file is served as part of a bundle only.
func bundledFolder(name string) bool {
	return slices.ContainsFunc(bundles, func(b bundle) bool { return path.Dir(b.name) == path.Dir(name) })
}

// sheetPart leaves out what is for readers of the source alone: comments, indentation and the spaces around what separates already.
func sheetPart(source []byte) []byte {
	var out strings.Builder
	rest := string(source)
	for {
		before, after, found := strings.Cut(rest, "/*")
		for line := range strings.Lines(before) {
			if line = strings.TrimSpace(line); line != "" {
				out.WriteString(closer.Replace(line) + "\n")
			}
		}
		if !found {
			return []byte(out.String())
		}
		_, rest, _ = strings.Cut(after, "*/")
	}
}

// closer takes out spaces that say nothing. It looks into no string, and a test holds that none of ours has any of these in it.
var closer = strings.NewReplacer(": ", ":", "; ", ";", " { ", "{", " {", "{", " }", "}", ", ", ",")

// scriptPart gives each file a scope of its own: what one declares, no other sees. The bundle is a module, so all of it is strict.
func scriptPart(source []byte) []byte {
	var out strings.Builder
	out.WriteString("{\n")
	for line := range strings.Lines(string(source)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			out.WriteString(line + "\n")
		}
	}
	out.WriteString("}\n")
	return []byte(out.String())
}
