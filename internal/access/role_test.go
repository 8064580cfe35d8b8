package access

import (
	"slices"
	"testing"
)

// table repeats DESIGN's table of roles in the words of this package, one row a role, in the order of Actions.
var table = []struct {
	role Role
	may  string // one letter an action: y or -
}{
	//           reads engineer compliance   admin
	{Executive, "yy- ------ ---------- ---"},
	{Regulator, "yyy ------ ---------- ---"},
	{Engineer, "yy- yyyyyy ---------- ---"},
	{Compliance, "yyy ---yyy yyyyyyyyyy ---"},
	{Admin, "--- ------ ---------- yyy"},
	{Job, "y-- y----- ---------- ---"},
	{"", "--- ------ ---------- ---"},
	{"ADMIN", "--- ------ ---------- ---"},
	{"superuser", "--- ------ ---------- ---"},
}

func TestCanIsExactlyTheTable(t *testing.T) {
	for _, row := range table {
		marks := slices.DeleteFunc([]byte(row.may), func(b byte) bool { return b == ' ' })
		if len(marks) != len(Actions()) {
			t.Fatalf("row of %q has %d marks for %d actions", row.role, len(marks), len(Actions()))
		}
		for i, action := range Actions() {
			if got, want := Can(row.role, action), marks[i] == 'y'; got != want {
				t.Errorf("Can(%q, %q) = %v, want %v", row.role, action, got, want)
			}
		}
	}
}

func TestUnknownActionsAreRefusedAndCountAsWriting(t *testing.T) {
	for _, action := range []Action{"", "delete everything", "Read program"} {
		for _, row := range table {
			if Can(row.role, action) {
				t.Errorf("Can(%q, %q) = true", row.role, action)
			}
		}
		if !action.Writes() {
			t.Errorf("%q.Writes() = false", action)
		}
	}
}

func TestOnlyTheTwoWhoLookAreReadOnly(t *testing.T) {
	for _, role := range append(Roles(), Job) {
		want := role == Executive || role == Regulator
		if role.ReadOnly() != want {
			t.Errorf("%q.ReadOnly() = %v, want %v", role, !want, want)
		}
	}
	if !Role("nobody").ReadOnly() {
		t.Error("an unknown role can write")
	}
}

func TestAccountsHaveRolesOfPeopleOnly(t *testing.T) {
	for role, want := range map[Role]bool{Executive: true, Regulator: true, Engineer: true, Compliance: true, Admin: true,
		Job: false, "": false, "Admin": false, "owner": false} {
		if role.Valid() != want {
			t.Errorf("%q.Valid() = %v, want %v", role, !want, want)
		}
	}
}

func TestGrantsNameOnlyListedActions(t *testing.T) {
	for role, actions := range grants {
		for _, action := range actions {
			if !slices.Contains(Actions(), action) {
				t.Errorf("%q is granted %q, which Actions does not list", role, action)
			}
		}
	}
}
