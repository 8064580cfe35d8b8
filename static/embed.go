// Package static holds the files that browsers get as they are: style sheet, script and icon. They are part of the program, and each is
// served under an address that carries a hash of its content, so that a browser may keep it for ever.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
)

// Root is where all addresses made by URL begin.
const Root = "/static/"

//go:embed css img js
var embedded embed.FS

// File is one file, ready to be sent. Its bytes must not be changed.
type File struct {
	Name string // path below static, such as css/tenggat.css
	Type string // for the Content-Type header
	Hash string // hex, 16 digits of the SHA-256 of Data
	Data []byte
	Gzip []byte // Data compressed once; nil where that saves nothing
}

// files has every file under its address.
var files, addresses = load(embedded)

// URL is the address of the file with this name. It panics if there is none: names are written in the program, not sent by
// anybody.
func URL(name string) string {
	address, ok := addresses[name]
	if !ok {
		panic("static: no file " + name)
	}
	return address
}

// Open gives the file behind an address made by URL. ok is false for every other path, also for one with an old hash.
func Open(address string) (file File, ok bool) {
	file, ok = files[address]
	return file, ok
}

// Addresses lists the address of every file by the file's name.
func Addresses() map[string]string {
	list := make(map[string]string, len(addresses))
	for name, address := range addresses {
		list[name] = address
	}
	return list
}

func load(fsys fs.FS) (files map[string]File, addresses map[string]string) {
	files, addresses = map[string]File{}, map[string]string{}
	add := func(name string, data []byte) {
		file := newFile(name, data)
		address := hashedAddress(file)
		files[address], addresses[name] = file, address
	}
	made, err := bundled(fsys)
	for name, data := range made {
		add(name, data)
	}
	if err == nil {
		err = fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || bundledFolder(name) {
				return err
			}
			data, err := fs.ReadFile(fsys, name)
			add(name, data)
			return err
		})
	}
	if err != nil {
		panic(fmt.Sprintf("static: reading what is embedded: %v", err))
	}
	return files, addresses
}

func newFile(name string, data []byte) File {
	sum := sha256.Sum256(data)
	file := File{Name: name, Type: contentType(name), Hash: hex.EncodeToString(sum[:8]), Data: data}
	if packed := compress(data); len(packed) < len(data) {
		file.Gzip = packed
	}
	return file
}

// hashedAddress puts the hash before the extension: css/tenggat.css is served as /static/css/tenggat.0123456789abcdef.css.
func hashedAddress(f File) string {
	extension := path.Ext(f.Name)
	return Root + strings.TrimSuffix(f.Name, extension) + "." + f.Hash + extension
}

// contentType does not ask the machine's own table, which may differ from one to the next, for the types we have.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

func compress(data []byte) []byte {
	var buf bytes.Buffer
	w, _ := gzip.NewWriterLevel(&buf, gzip.BestCompression) // the level is valid, and a Buffer takes everything
	_, _ = w.Write(data)
	_ = w.Close()
	return buf.Bytes()
}
