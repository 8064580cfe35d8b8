package access

import "slices"

// Role says what somebody is in Tenggat. An account has exactly one; the word is what the database stores.
type Role string

// The roles of people, and Job, the role of every integration job that shows an API token.
const (
	Executive  Role = "executive"
	Regulator  Role = "regulator"
	Engineer   Role = "engineer"
	Compliance Role = "compliance"
	Admin      Role = "admin"
	Job        Role = "job"
)

// Roles lists the roles an account can have, in the order they are shown. Job is not among them.
func Roles() []Role { return []Role{Executive, Regulator, Engineer, Compliance, Admin} }

// Valid reports whether an account can have this role.
func (r Role) Valid() bool { return slices.Contains(Roles(), r) }

// Action is one thing a route does. The zero Action is allowed to nobody.
type Action string

// The actions. Those of the first group change nothing.
const (
	ReadProgram  Action = "read program"  // pages, figures, history and their JSON
	ReadEvidence Action = "read evidence" // the files and links that support a milestone
	ReadLedger   Action = "read ledger"   // raw entries, exports of them, and verification

	ReportProgress  Action = "report progress"
	CorrectProgress Action = "correct progress" // lower or withdraw progress, with a reason
	RaiseItem       Action = "raise item"       // also closes one
	AddEvidence     Action = "add evidence"
	DecideProposal  Action = "decide proposal" // of another: approve or refuse a correction that waits for a second person; one's own: withdraw it
	RecordChange    Action = "record change"   // of a system after the end: it makes a check due

	SetWeights         Action = "set weights"
	SetScope           Action = "set scope" // areas, milestones, plan dates
	SetDeadline        Action = "set deadline"
	RecordStatement    Action = "record statement"
	ReviewEvidence     Action = "review evidence"
	RecordAcceptance   Action = "record acceptance"
	RecordSanctionStep Action = "record sanction step"
	RecordAudit        Action = "record audit"    // also plans one
	IssueReport        Action = "issue report"    // a numbered report for the regulator
	ReleaseFigures     Action = "release figures" // to everybody, and withdraws them

	ManageAccounts Action = "manage accounts"
	ManageTokens   Action = "manage tokens"
	ManageSettings Action = "manage settings"
)

// grants is the whole rule; what is not listed is refused. Nobody who only looks is given an action that writes, and the
// people who run accounts see no program. What Job lists is the most a token can carry: its scopes narrow it further.
var grants = map[Role][]Action{
	Executive:  {ReadProgram, ReadEvidence},
	Regulator:  {ReadProgram, ReadEvidence, ReadLedger},
	Engineer:   {ReadProgram, ReadEvidence, ReportProgress, CorrectProgress, RaiseItem, AddEvidence, DecideProposal, RecordChange},
	Compliance: {ReadProgram, ReadEvidence, ReadLedger, AddEvidence, DecideProposal, RecordChange, SetWeights, SetScope, SetDeadline, RecordStatement, ReviewEvidence, RecordAcceptance, RecordSanctionStep, RecordAudit, IssueReport, ReleaseFigures},
	Admin:      {ManageAccounts, ManageTokens, ManageSettings},
	Job:        {ReadProgram, ReportProgress},
}

// Actions lists every action, reading ones first.
func Actions() []Action {
	return []Action{
		ReadProgram, ReadEvidence, ReadLedger,
		ReportProgress, CorrectProgress, RaiseItem, AddEvidence, DecideProposal, RecordChange,
		SetWeights, SetScope, SetDeadline, RecordStatement, ReviewEvidence, RecordAcceptance, RecordSanctionStep, RecordAudit, IssueReport, ReleaseFigures,
		ManageAccounts, ManageTokens, ManageSettings,
	}
}

// Writes reports whether the action changes anything. An action unknown to this package counts as writing.
func (a Action) Writes() bool { return a != ReadProgram && a != ReadEvidence && a != ReadLedger }

// Can reports whether the role as such may do the action. Whether it may do so to a given program is a question of
// membership, which the database answers; for a token ask Principal.Can.
func Can(r Role, a Action) bool { return slices.Contains(grants[r], a) }

// ReadOnly reports whether nothing the role may do writes. True for an unknown role, which may do nothing at all.
func (r Role) ReadOnly() bool { return !slices.ContainsFunc(grants[r], Action.Writes) }
