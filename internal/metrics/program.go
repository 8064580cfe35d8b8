// Package metrics says what Tenggat's numbers mean. Everything in it is pure: integers in, integers out, the time passed in.
//
// A Program is what was known of a supervised migration at one moment; Assess turns it into every figure that pages, exports
// and the API show. docs/metrics.md gives each figure's definition, formula, unit, source and a worked example.
package metrics

import "time"

// BasisPoints are hundredths of a point of the whole. The whole program is 10,000.
type BasisPoints int64

// Whole is 100 points of the whole, and 100 % of anything.
const Whole BasisPoints = 10_000

// Text is a name in both languages.
type Text struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

// Program is everything that was known of a program at one moment: its ledger folded up to Entry.
type Program struct {
	ID            string // UUID
	Key           string // slug
	Name          Text
	Aliases       []string // what else people call it
	Zone          *time.Location
	Start         Day // day 0
	LegalBasis    string
	LeadRegulator string
	Operators     []string
	Demo          string // "", "replay", "live", "public"
	Steps         []PlanStep
	Rules         Rules

	Areas       []Area       // in the order they are shown
	Milestones  []Milestone  // in the order they are shown; retired ones are left out
	Deadlines   []Deadline   // in the order they were recorded
	Bindings    []Binding    // which of them counted when, in order
	Jobs        []Job        //
	Items       []Item       // recorded ones, open and closed
	Statements  []Statement  // in the order they were said
	Acceptances []Acceptance // in the order they were recorded
	Overrides   []Override   // in the order they were recorded
	Evidence    []Evidence   // in the order they were recorded
	Proposals   []Proposal   // in the order they were recorded
	Duties      []Duty       // in the order they were recorded
	Ladder      *Ladder      // nil: the program's law names none
	Sanctions   []SanctionStep
	Audits      []Audit  // by due date
	Release     *Release // nil: nothing was ever made public

	WeightSet  WeightSet
	RuleSets   []RuleSet // every version of Rules, in order; the last is in force
	Entry      int64     // the last entry folded in; 0: an empty ledger
	RecordedAt time.Time // when that entry was recorded
}

// Area groups milestones that a person recognises as one thing.
type Area struct {
	Key  string
	Name Text
}

// WeightSet names the version of the weights in force and the entry that set it.
type WeightSet struct {
	Version    int64
	Entry      int64
	RecordedAt time.Time
	Provenance string
}

// Milestone is a deliverable: what counts as done, its plan, its weight, and how far it is.
type Milestone struct {
	Key        string
	Area       string
	Name       Text
	Definition Text
	Unit       string // records, merchants, checks, percent
	Layer      string // front_end, back_end, both
	Weight     BasisPoints
	Start      Day // planned
	Due        Day // planned; done by the end of this day
	Cadence    time.Duration
	Grace      time.Duration
	Source     string
	Provenance string
	Entry      int64    // the entry that defined this version of it
	Duties     []string // keys of the legal duties that it serves

	Progress Progress // zero: never reported
	Verified int64    // how much of Done accepted evidence supports; 0: none
	Accepted bool     // a regulator's letter covers it, and no reopening has withdrawn that since
	Undone   bool     // a letter covered it until it was reopened

	CountedEntry int64 // the entry that the count in force comes from; 0: no count
	SameCount    int   // how many of the latest reports in a row left the same count, the one that brought it included; see NextSameCount
}

// PlanStep is a floor set by the regulator: at least Share of the whole from On.
type PlanStep struct {
	On    Day
	Share BasisPoints
}

// DeadlineKind tells what the regulator ordered from what somebody expects.
type DeadlineKind string

// The kinds of deadlines.
const (
	Regulatory         DeadlineKind = "regulatory"
	ExpectedCompletion DeadlineKind = "expected_completion"
)

// Deadline is one version of a date. It ends at 24:00 of Date in the program's zone.
type Deadline struct {
	Key         string
	Version     int64
	Kind        DeadlineKind
	Earliest    *Day // the early end, where a range was stated
	Date        Day
	Stated      Text
	AnnouncedOn Day
	AnnouncedBy string
	Document    string // "": no document on file
	Binding     bool   // of all versions recorded so far, the one that counts
	Provenance  string
	Source      string
	Entry       int64
}

// Binding is a time during which one version of a deadline counted. It begins when that was recorded, whatever day was announced.
type Binding struct {
	Deadline string // key
	From     time.Time
	Entry    int64      // that made it count
	Reason   Text       // as it was written, if it was
	To       *time.Time // when another, or none, came to count; nil: it still does
	ToEntry  int64      // that ended it; 0: none
}

// Job is an integration job that reports.
type Job struct {
	Key        string
	Name       Text
	Milestones []string
	Cadence    time.Duration
}

// Item is something outstanding that somebody recorded: a blocker, an unanswered request, a thing nobody has specified.
type Item struct {
	Key        string
	Kind       string // blocker, request, unspecified
	Milestone  string // "": of the whole program
	Title      Text   // what people wrote stands in both languages as they wrote it
	WaitsOn    Text
	OwnerRole  Text
	OpenedOn   Day
	Due        *Day
	Closed     bool
	Resolution Text
	Source     string
	Provenance string
	Entry      int64
	RecordedAt time.Time
}

// Statement is a public claim. Low and High bound it; equal bounds are an exact value, one missing is an open bound.
type Statement struct {
	Key         string
	Kind        string
	Side        string
	Speaker     Text
	Words       Text
	StatedOn    *Day
	PublishedOn *Day
	Subject     Text // zero: not said
	Area        string
	Scope       StatementScope
	Low, High   *BasisPoints
	Approximate bool
	Source      string
	Provenance  string
}

// StatementScope says what a statement's value is a share of. Only a person can tell: the words of two subjects may differ and
// mean the same, or agree and mean different things.
type StatementScope string

// The scopes of statements. Not said, a statement with an area is about that area, one with any other subject is about something
// else, and one without a subject is about the program.
const (
	ScopeNotSaid StatementScope = ""
	ScopeProgram StatementScope = "program"
	ScopeArea    StatementScope = "area" // Statement.Area
	ScopeOther   StatementScope = "other"
)

// Paper says where the document behind a recorded act is: words or a link, a stored file, or both.
type Paper struct {
	Document string
	File     string // hex SHA-256; "": none is stored
	Erased   bool   // the file's content is gone, its SHA-256 stays
}

// Letter is what every act of a regulator is recorded with, and who recorded it.
type Letter struct {
	Number     string
	Date       Day
	Issuer     string
	Paper      Paper
	By         string
	Entry      int64
	RecordedAt time.Time
	Provenance string
}

// Acceptance is a regulator's letter that accepts milestones, or the whole program as it stood then.
type Acceptance struct {
	Key        string
	Milestones []string // empty: all that were defined by then
	Letter
}

// Rules are a program's thresholds. DefaultRules has the defaults.
type Rules struct {
	WatchEarly   BasisPoints // deviation below this is "watch" while the plan is at most 70 %
	WatchLate    BasisPoints // the same while the plan is above 70 %
	MinSlackDays int         // less slack than this before a deadline is "watch"
	EndgameOpen  int         // with so few open milestones, owners' dates stand first
	StaleShare   BasisPoints // more stale weight than this: cannot be assessed
	StalledAfter int         // so many reports in a row with the same count: stalled
	SecondPerson BasisPoints // a correction or reopening that withdraws more than this needs a second person
	RecheckDays  int         // a check after a system change falls due after so many days
	Allowance    int         // days that a forecast allows beyond the pace so far; 0: the default of docs/forecast.md
}

// RuleSet is one version of a program's thresholds, with those it left open at their defaults.
type RuleSet struct {
	Version    int64 // counted from 1
	Entry      int64
	RecordedAt time.Time
	Rules      Rules
}

// DefaultRules follow the show-cause thresholds of Indonesian public works contracts (10 points while the plan is at most
// 70 %, 5 above); see docs/metrics.md#thresholds.
func DefaultRules() Rules {
	return Rules{WatchEarly: -1000, WatchLate: -500, MinSlackDays: 7, EndgameOpen: 3, StaleShare: 2000, StalledAfter: 3, SecondPerson: 100, RecheckDays: 14}
}
