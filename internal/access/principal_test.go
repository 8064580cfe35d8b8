package access

import "testing"

func TestTokenScopesNarrowWhatAJobMayDo(t *testing.T) {
	cases := []struct {
		scopes       []Scope
		report, read bool
	}{
		{nil, false, false},
		{[]Scope{ScopeReport}, true, false},
		{[]Scope{ScopeRead}, false, true},
		{[]Scope{ScopeRead, ScopeReport}, true, true},
		{[]Scope{"admin", ""}, false, false},
	}
	for _, c := range cases {
		job := ForJob(Grant{Scopes: c.scopes})
		for _, action := range append(Actions(), "", "unknown") {
			want := action == ReportProgress && c.report || action == ReadProgram && c.read
			if job.Can(action) != want {
				t.Errorf("scopes %q: Can(%q) = %v, want %v", c.scopes, action, !want, want)
			}
		}
	}
}

func TestPeopleMayWhatTheirRoleMay(t *testing.T) {
	for _, role := range Roles() {
		person := Principal{AccountID: "a", Role: role}
		for _, action := range Actions() {
			if person.Can(action) != Can(role, action) {
				t.Errorf("%q: Principal.Can(%q) differs from Can", role, action)
			}
		}
		if person.IsJob() || person.Covers("program", "P1") || person.Covers("", "") {
			t.Errorf("%q is taken for a job", role)
		}
	}
}

func TestMixedUpPrincipalsMayNothing(t *testing.T) {
	all := &Grant{ProgramID: "program", Scopes: []Scope{ScopeRead, ScopeReport}}
	mixed := []Principal{{}, {Role: Job}}
	for _, role := range Roles() {
		mixed = append(mixed, Principal{Role: role, Token: all})
	}
	for _, p := range mixed {
		for _, action := range Actions() {
			if p.Can(action) {
				t.Errorf("%+v.Can(%q) = true", p, action)
			}
		}
	}
}

func TestCovers(t *testing.T) {
	cases := []struct {
		grant              Grant
		program, milestone string
		want               bool
	}{
		{Grant{ProgramID: "A"}, "A", "P1", true},
		{Grant{ProgramID: "A"}, "B", "P1", false},
		{Grant{ProgramID: "A", Milestones: []string{"P1", "P2"}}, "A", "P2", true},
		{Grant{ProgramID: "A", Milestones: []string{"P1", "P2"}}, "A", "P3", false},
		{Grant{ProgramID: "A", Milestones: []string{"P1"}}, "A", "", false},
		{Grant{ProgramID: "A", Milestones: []string{"P1"}}, "B", "P1", false},
		{Grant{}, "", "P1", false},
	}
	for _, c := range cases {
		if got := ForJob(c.grant).Covers(c.program, c.milestone); got != c.want {
			t.Errorf("%+v covers %s/%s: %v, want %v", c.grant, c.program, c.milestone, got, c.want)
		}
	}
}

func TestActor(t *testing.T) {
	if got := (Principal{Pseudonym: "p-abc", Name: "Siti", Role: Engineer}).Actor(); got != "p-abc" {
		t.Errorf("person: %q", got)
	}
	if got := ForJob(Grant{Job: "job-payments"}).Actor(); got != "job:job-payments" {
		t.Errorf("job: %q", got)
	}
}

func TestScopes(t *testing.T) {
	for scope, want := range map[Scope]bool{"report": true, "read": true, "": false, "Report": false, "admin": false} {
		if scope.Valid() != want {
			t.Errorf("%q.Valid() = %v, want %v", scope, !want, want)
		}
	}
}
