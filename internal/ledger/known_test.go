package ledger

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"
)

// Whoever adds a kind adds its body here too: a verifier would call its own ledger "newer" otherwise.
func TestEveryKindHasABody(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "entry.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	kinds := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != "Kind" {
			return true
		}
		kind, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		kinds++
		if bodies[Kind(kind)] == nil {
			t.Errorf("kind %q has no body in known.go", kind)
		}
		return true
	})
	if kinds == 0 || kinds != len(bodies) {
		t.Errorf("%d kinds, %d bodies", kinds, len(bodies))
	}
}

func TestNewerEntriesAreCalledNewer(t *testing.T) {
	for body, unknown := range map[string]bool{
		`{"milestone":"P1","done":1,"total":2}`:          false,
		`{"milestone":"P1","done":1,"total":2,"mood":1}`: true,
	} {
		err := KnowsBody(Entry{Kind: KindReport, Body: []byte(body)})
		if errors.Is(err, ErrUnknown) != unknown {
			t.Errorf("%s: %v", body, err)
		}
	}
	if err := KnowsBody(Entry{Kind: "dream", Body: []byte(`{}`)}); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown kind: %v", err)
	}
	if err := KnowsBody(Entry{Kind: KindReport, Body: []byte(`{"milestone":7}`)}); err == nil || errors.Is(err, ErrUnknown) {
		t.Errorf("a body that is no body: %v", err)
	}
}
