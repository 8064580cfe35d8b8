// Package sql carries every SQL statement of Tenggat: numbered schema changes and one file per query.
package sql

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed schema/*.sql
var schema embed.FS

//go:embed queries/*.sql
var queries embed.FS

// Schema holds the numbered schema changes, forward only.
func Schema() fs.FS {
	sub, err := fs.Sub(schema, "schema")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// Roles is the first statement of the first schema change: it makes the roles that rights are given to, where they are missing. A
// database that is put back from a backup needs them before its tables.
func Roles() string {
	text, err := schema.ReadFile("schema/0001_ledger.sql")
	if err != nil {
		panic(err) // it is embedded above
	}
	_, after, found := strings.Cut(string(text), "-- +goose StatementBegin\n")
	statement, _, ends := strings.Cut(after, "-- +goose StatementEnd")
	if !found || !ends {
		panic("the first schema change does not begin with the roles")
	}
	return statement
}

// Names lists the queries.
func Names() []string {
	files, err := fs.Glob(queries, "queries/*.sql")
	if err != nil {
		panic(err) // the pattern is right
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(path.Base(file), ".sql")
	}
	return files
}

// Query is the text of queries/<name>.sql. It panics if there is no such file, which a test of the caller finds at once.
func Query(name string) string {
	text, err := queries.ReadFile("queries/" + name + ".sql")
	if err != nil {
		panic(fmt.Sprintf("no query named %q", name))
	}
	return string(text)
}
