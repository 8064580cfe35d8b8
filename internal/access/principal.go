package access

import "slices"

// Scope is one right an API token carries; the word is what the database stores.
type Scope string

// The scopes of API tokens.
const (
	ScopeReport Scope = "report"
	ScopeRead   Scope = "read"
)

// Valid reports whether a token can carry the scope.
func (s Scope) Valid() bool { return s == ScopeReport || s == ScopeRead }

// Principal is whoever is asking: a person with a session, or an integration job with a token. It is built anew for each
// request from what is stored, so that a change of role or a revoked token bites at once. The zero Principal may do nothing.
type Principal struct {
	AccountID string // UUID; empty for a job
	Pseudonym string // how the person appears in the ledger; empty for a job
	Name      string // how the person is addressed on pages; personal data, never in the ledger
	Role      Role
	Token     *Grant // what the token carries; nil for a person
}

// Grant is what an API token carries: one program, and in it the named milestones or, if none is named, all.
type Grant struct {
	TokenID    string // UUID
	ProgramID  string // UUID
	Job        string // key of the integration job that reports
	Scopes     []Scope
	Milestones []string // keys; empty: every milestone of the program
}

// ForJob makes the Principal of a request that showed a good token.
func ForJob(g Grant) Principal { return Principal{Role: Job, Token: &g} }

// IsJob reports whether a token stands behind the request. Pages are for people, reporting endpoints for jobs.
func (p Principal) IsJob() bool { return p.Token != nil }

// Actor is how the principal appears in a ledger: the person's pseudonym, or "job:" and the job's key.
func (p Principal) Actor() string {
	if p.IsJob() {
		return "job:" + p.Token.Job
	}
	return p.Pseudonym
}

// Can reports whether the principal may do the action at all: by role, and for a job also by its token's scopes.
func (p Principal) Can(a Action) bool {
	if p.IsJob() != (p.Role == Job) || !Can(p.Role, a) {
		return false
	}
	return !p.IsJob() || slices.Contains(p.Token.Scopes, scopeFor[a])
}

var scopeFor = map[Action]Scope{ReportProgress: ScopeReport, ReadProgram: ScopeRead}

// Covers reports whether the token reaches the milestone of the program (its UUID and the milestone's key). It is false
// for a person: which programs a person sees is a matter of membership, kept in the database.
func (p Principal) Covers(programID, milestone string) bool {
	return p.IsJob() && programID != "" && p.Token.ProgramID == programID &&
		(len(p.Token.Milestones) == 0 || slices.Contains(p.Token.Milestones, milestone))
}
