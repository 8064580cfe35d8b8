// Package house checks the manners of the house: which room may use which.
package house

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "tenggat/"

// mayUse lists, room by room, which other rooms of ours a room may import. "…/" stands for everything below.
var mayUse = map[string][]string{
	"internal/metrics":            {},
	"internal/ledger":             {},
	"internal/access":             {},
	"internal/i18n":               {},
	"internal/files":              {},
	"sql":                         {},
	"static":                      {},
	"internal/pgserver":           {},
	"internal/pgserver/pgtest":    {"internal/pgserver"},
	"internal/fold":               {"internal/metrics", "internal/ledger"},
	"internal/bundle":             {"internal/metrics"},
	"internal/verify":             {"internal/bundle", "internal/fold", "internal/ledger", "internal/metrics"},
	"internal/postgres":           {"internal/metrics", "internal/ledger", "internal/fold", "internal/access", "sql"},
	"internal/postgres/storetest": {"internal/postgres", "internal/pgserver/pgtest", "internal/ledger", "internal/access"},
	"internal/backup":             {},
	"internal/export":             {"internal/postgres", "internal/metrics", "internal/fold", "internal/bundle"},
	"internal/forecasts":          {"internal/postgres", "internal/metrics", "internal/ledger"},
	"internal/release":            {"internal/metrics", "internal/ledger"},
	"internal/signer":             {"internal/postgres", "internal/ledger"},
	"internal/demo":               {"internal/postgres", "internal/metrics", "internal/ledger", "internal/access", "internal/forecasts", "internal/release"},
	"web/view/draw":               {},
	"web/view":                    {"internal/reports", "internal/release", "internal/tables", "internal/metrics", "internal/access", "internal/i18n", "static", "web/view/draw"},
	"web":                         {"internal/reports", "internal/release", "internal/tables", "internal/metrics", "internal/ledger", "internal/access", "internal/i18n", "internal/postgres", "internal/signer", "internal/files", "internal/bundle", "internal/export", "static", "web/view", "web/pdf"},
	"web/pdf":                     {"web/view", "web/view/draw", "internal/i18n"},
	"internal/tables":             {"internal/metrics", "internal/i18n"},
	"internal/reports":            {"internal/tables", "internal/metrics", "internal/i18n"},
}

// knows lists which rooms may import a library that stands for an outside concern.
var knows = map[string][]string{
	"github.com/labstack/echo/v4":   {"web", "bench"}, // bench compares with bare echo
	"codeberg.org/go-pdf/fpdf":      {"web/pdf"},
	"github.com/a-h/templ":          {"web/view", "web"},
	"github.com/arran4/golang-ical": {"web/view"},
	"github.com/jmoiron/sqlx":       {"internal/postgres", "bench"},
	"github.com/lib/pq":             {"internal/postgres", "internal/pgserver", "internal/pgserver/pgtest", "bench"},
}

type room struct {
	ImportPath string
	Imports    []string
}

func rooms(t *testing.T) []room {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var list []room
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var r room
		if err := dec.Decode(&r); err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

func TestRoomsUseOnlyWhatTheyMay(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rooms(t) {
		name := strings.TrimPrefix(r.ImportPath, module)
		seen[name] = true
		allowed, ruled := mayUse[name]
		for _, imported := range r.Imports {
			if own, ok := strings.CutPrefix(imported, module); ok && ruled && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s", name, own)
			}
			for library, who := range knows {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.ContainsFunc(who, func(w string) bool { return name == w || strings.HasPrefix(name, w+"/") }) {
					t.Errorf("%s imports %s, which only %s may know", name, imported, strings.Join(who, ", "))
				}
			}
		}
	}
	for name := range mayUse {
		if !seen[name] {
			t.Errorf("the rule names %s, which is no room", name)
		}
	}
}

// metrics, ledger and fold are read by people who check figures: they stand on the standard library, and ledger on one canonicaliser
// and on the Go project's own transparency log and signed notes.
func TestPureRooms(t *testing.T) {
	allowed := map[string][]string{
		"internal/metrics": nil, "internal/fold": nil, "internal/bundle": nil,
		"internal/verify": {"golang.org/x/mod/sumdb/note"},
		"internal/ledger": {"github.com/gowebpki/jcs", "golang.org/x/mod/sumdb/tlog", "golang.org/x/mod/sumdb/note"},
	}
	for _, r := range rooms(t) {
		exceptions, pure := allowed[strings.TrimPrefix(r.ImportPath, module)]
		for _, imported := range r.Imports {
			first, _, _ := strings.Cut(imported, "/")
			if pure && strings.Contains(first, ".") && !slices.Contains(exceptions, imported) {
				t.Errorf("%s imports %s", r.ImportPath, imported)
			}
			if pure && slices.Contains([]string{"os", "net", "net/http", "database/sql", "math/rand", "math/rand/v2"}, imported) {
				t.Errorf("%s does input or output: it imports %s", r.ImportPath, imported)
			}
		}
	}
}
