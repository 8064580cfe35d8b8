//go:build e2e

package e2e

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/demo"
)

// theDemo is `dashboard demo`, shared by all tests that look and by those that write to the live program.
var theDemo = shared(func() (*program, error) {
	dir, err := tempDir()
	if err != nil {
		return nil, err
	}
	p, err := launch(dir, nil, "demo")
	if err != nil {
		return nil, err
	}
	for _, a := range demo.Accounts() {
		keepSecret(a.Password)
	}
	closeLater(func() error { return errors.Join(p.stop(), os.RemoveAll(dir)) })
	return p, nil
})

func account(t testing.TB, role access.Role) demo.Account {
	t.Helper()
	accounts := demo.Accounts()
	i := slices.IndexFunc(accounts, func(a demo.Account) bool { return a.Role == role })
	if i < 0 {
		t.Fatalf("the demo has no %s", role)
	}
	return accounts[i]
}

// as is a demo account that has signed in.
func as(t testing.TB, role access.Role) visitor {
	t.Helper()
	a := account(t, role)
	return theDemo(t).signedIn(t, a.Email, a.Password)
}

func TestDemoPrintsItsAccounts(t *testing.T) {
	out := theDemo(t).out.String()
	if len(demo.Accounts()) != len(access.Roles()) {
		t.Errorf("%d demo accounts for %d roles", len(demo.Accounts()), len(access.Roles()))
	}
	for _, a := range demo.Accounts() {
		if !strings.Contains(out, a.Email) || !strings.Contains(out, a.Password) || !strings.Contains(out, string(a.Role)) {
			t.Errorf("the %s's account is not printed:\n%s", a.Role, out)
		}
	}
}
