package metrics

import "time"

// Assessment is everything that pages, exports and the API say of a program at one moment. All points are basis points of the
// whole; every Share is in basis points of the milestone or area it belongs to, truncated. The two are never mixed.
type Assessment struct {
	At    time.Time // the moment judged at
	Today Day       // the day of At in the program's zone

	// ValidUntil is the first instant after At at which any of this could change without a new entry: the next midnight in
	// the program's zone, or earlier when a milestone turns stale.
	ValidUntil time.Time

	Figures    // of the whole program; Reported + Outstanding = 10,000
	State      State
	Unweighted BasisPoints // points of the whole that no milestone in scope carries (no weight set yet, or one left the scope)

	Areas      []AreaAssessment      // in the order of Program.Areas
	Milestones []MilestoneAssessment // in the order of Program.Milestones

	Open        int         // open milestones
	StaleWeight BasisPoints // weight of the stale ones
	LastHeardAt time.Time   // the latest observation of any milestone; zero: none

	Deadlines   []DeadlineAssessment // in the order of Program.Deadlines
	Judgement   Judgement            // against the binding deadline; the rule's own
	Override    *Override            // beside it, while one is in force
	OwnerFinish OwnerFinish

	HeadlineRange *Range    // where too much is stale for one figure: what Reported may be; nil: Reported stands
	Schedule      *Schedule // against the program's own plan; nil: it has none, or has not begun
	Rates         Rates     // of the whole

	AfterCare AfterCare       // audits, and what became of the program after its acceptance
	Missing   MissingEvidence // of the milestones with nothing left to do

	Items       []OutstandingItem // their Points add up to Outstanding exactly
	ClosedItems []Item            // recorded ones that were closed, newest first

	Curve    Curve
	LastWeek Change // since the end of the same weekday a week ago
}

// Binding is the assessment of the deadline that counts, or nil if none does.
func (a *Assessment) Binding() *DeadlineAssessment {
	for i := range a.Deadlines {
		if a.Deadlines[i].Deadline.Binding {
			return &a.Deadlines[i]
		}
	}
	return nil
}

// Figures are points of the whole. For one thing, Reported + Outstanding = its weight; milestones add up to their area, and areas
// to the program, in each of them to the last basis point.
type Figures struct {
	Reported    BasisPoints // what jobs and people report as done
	Verified    BasisPoints // the part of it that accepted evidence supports
	Accepted    BasisPoints // the part of it that a regulator's letter covers
	Outstanding BasisPoints // weight - Reported
	Planned     BasisPoints // what the plan asks for by now
	Deviation   BasisPoints // Reported - Planned; negative: behind
}

// Range is what a figure may be. Low is what is known: counts do not fall without a correction. High is what silence may hide: all
// that is silent could be done. The truth is between them unless a correction comes.
type Range struct{ Low, High BasisPoints }

// AreaAssessment is one area. Its figures are the sums of its milestones'.
type AreaAssessment struct {
	Key    string
	Name   Text
	Weight BasisPoints
	Figures
	Share        BasisPoints // reported, of the area
	PlannedShare BasisPoints // planned, of the area
	Open         int         // open milestones
	Milestones   []int       // indices into Assessment.Milestones
	Rates        Rates
}

// MilestoneAssessment is one milestone.
type MilestoneAssessment struct {
	Milestone Milestone
	Figures
	Share        BasisPoints // reported, of the milestone
	PlannedShare BasisPoints // planned, of the milestone
	Open         bool        // judged by counts, never by points: done < total, or nothing reported

	// Five separate things that can be wrong, and two that cannot be computed.
	Stale       bool // open, and a report that was due is missing
	Stalled     bool // open and due to move, and the latest reports in a row all left the same count
	Failing     bool // the latest run failed or was aborted
	Behind      bool // less done than planned, compared exactly
	Overdue     bool // open after the planned due date
	NotReported bool // no count was ever reported: earns 0, keeps its weight
	NoTotal     bool // the total is 0: earns 0, keeps its weight

	LastHeardAt time.Time // zero: never
	ReportDueAt time.Time // when silence becomes stale; zero: no report is expected (not open, or no cadence)
	StaleSince  time.Time // = ReportDueAt while stale, otherwise zero
	OverdueDays int       // calendar days past Milestone.Due while open; 0: not overdue

	Evidence EvidenceCount

	Rates Rates
}

// State says how far the program is, in one word.
type State string

// The states of a program.
const (
	StateNoScope          State = "no_scope"          // no milestone is defined
	StateNotStarted       State = "not_started"       // nothing was ever reported
	StateInProgress       State = "in_progress"       //
	StateDeclaredComplete State = "declared_complete" // nothing is open; the regulator has not accepted it all
	StateAccepted         State = "accepted"          // nothing is open and a letter covers every milestone
	StateReopened         State = "accepted_reopened" // letters covered every milestone; some were reopened since and are not accepted anew
)

// DeadlineAssessment is one version of a deadline, judged.
type DeadlineAssessment struct {
	Deadline         Deadline
	Passed           bool      // its day has ended in the program's zone
	DaysLeft         int       // calendar days from today to its date; negative: past
	DaysLeftEarliest *int      // the same to the early end of a stated range
	SlackDays        *int      // days from the owners' finish to its date; nil: nothing open, or the finish is unknown
	Judgement        Judgement // the rule's own
	Override         *Override // beside it, while one is in force
	Schedule         *Schedule // against a straight line from the program's start to this date; nil: there is no such line
}

// OwnerFinish is when the owners' own plan dates have everything done: the latest planned due date among open milestones.
type OwnerFinish struct {
	Day     *Day // nil: nothing is open, or Unknown
	Unknown bool // something is open, and every open milestone's due date has passed: the plan no longer names a date
}

// Verdict is the word for how a program stands against a deadline.
type Verdict string

// The verdicts.
const (
	OnTrack          Verdict = "on_track"
	Watch            Verdict = "watch"
	Late             Verdict = "forecast_late" // by the owners' own dates
	PastDeadline     Verdict = "past_deadline"
	DeclaredComplete Verdict = "declared_complete"
	Accepted         Verdict = "accepted"
	PartlyReopened   Verdict = "accepted_reopened"
	CannotBeAssessed Verdict = "cannot_be_assessed"
)

// Judgement is a verdict and the one reason that decided it.
type Judgement struct {
	Verdict Verdict
	Reason  Reason
}

// ReasonCode names the rule that decided a verdict; docs/metrics.md#verdict lists them.
type ReasonCode string

// The reasons, in the order in which they are tried; behind each stand the numbers of Reason that belong to it.
const (
	ReasonNoScope      ReasonCode = "no_scope"         // cannot be assessed
	ReasonAccepted     ReasonCode = "accepted"         // accepted
	ReasonReopened     ReasonCode = "reopened"         // accepted, partly reopened: Points outstanding
	ReasonDeclared     ReasonCode = "nothing_open"     // declared complete
	ReasonNoDeadline   ReasonCode = "no_deadline"      // cannot be assessed; only for the program as a whole
	ReasonPast         ReasonCode = "day_has_ended"    // past deadline: Days past it, Points outstanding
	ReasonNoReports    ReasonCode = "no_reports"       // cannot be assessed
	ReasonStale        ReasonCode = "stale"            // cannot be assessed: Points stale weight, Limit
	ReasonOwnersLate   ReasonCode = "owners_late"      // forecast late: Date of the owners' finish, Days after the deadline
	ReasonBehindPlan   ReasonCode = "behind_plan"      // watch: Points deviation, Limit
	ReasonFinishPassed ReasonCode = "no_finish_date"   // watch: every open milestone's due date has passed
	ReasonLittleSlack  ReasonCode = "little_slack"     // watch: Date, Days of slack, LimitDays
	ReasonWithinLimits ReasonCode = "within_the_plans" // on track: Date, Days of slack, Points deviation
)

// Reason is a code and its numbers; words are made in the view. Numbers that do not belong to the code are zero.
type Reason struct {
	Code      ReasonCode
	Points    BasisPoints
	Limit     BasisPoints
	Days      int
	LimitDays int
	Date      *Day
}

// ItemKind tells where an outstanding item comes from.
type ItemKind string

// The kinds of outstanding items. Blockers, requests and unspecified things are recorded by people.
const (
	MissingPoints  ItemKind = "milestone"  // what an open milestone has not earned
	MissingWeights ItemKind = "unweighted" // points that no milestone in scope carries
	Blocker        ItemKind = "blocker"
	Request        ItemKind = "request"
	Unspecified    ItemKind = "unspecified"

	WaitingProposal ItemKind = "proposal" // a correction or reopening that waits for a second person
	OverdueAudit    ItemKind = "audit"    // a check after the end that was not held by its due day
)

// OutstandingItem is one row of what is left. Rows with points come first, by points, then by due date.
type OutstandingItem struct {
	Kind        ItemKind
	Milestone   int         // index into Assessment.Milestones; -1: none
	Points      BasisPoints // counts towards Outstanding
	Counted     bool        // false: in no percentage
	Since       *Day        // the day it was opened, or planned to start
	AgeDays     int         // from Since to today; 0 before it
	Due         *Day
	OverdueDays int
	OwnerRole   Text
	WaitsOn     Text
	Recorded    []Item // MissingPoints: the open items tied to the milestone; a person's row: that one item
	Proposal    *Proposal
	Audit       *Audit
}

// Curve is the program's way so far and its plan.
type Curve struct {
	Points     []CurvePoint // from the program's start (or the first report, if earlier) to today; a value holds until the next
	Plan       []PlanPoint  // straight lines between them, or stairs
	Stairs     bool         // Plan holds until the next point: floors set by the regulator
	LastReport *Day         // the last day with an observation; nil: none
	GapDays    int          // from LastReport to today; 0 without one
	Changes    []ScopeChange
	Totals     []TotalChange // in order: a total that grows may lower the line
}

// TotalChange marks a day on which a milestone's total grew or shrank.
type TotalChange struct {
	On        Day
	Milestone string
	From, To  int64 // in the milestone's unit
}

// CurvePoint is the state at the end of a day, as the weights of that day had it.
type CurvePoint struct {
	Day       Day
	Reported  BasisPoints
	Verified  BasisPoints   // of it
	Accepted  BasisPoints   // of it
	ByArea    []BasisPoints // Reported in the order of Program.Areas
	OutOf     BasisPoints   // the part of Reported that belongs to milestones which have left the scope since
	Planned   BasisPoints   // by the plan as it stands now
	HasReport bool          // something was observed on the day
	Observed  []string      // the milestones it was observed of, each once
	Corrected []string      // those of them that were corrected
	Why       []Correction  // why, where that was read: see Curve.Explain
}

// PlanPoint is a corner of the plan line.
type PlanPoint struct {
	Day     Day
	Planned BasisPoints
}

// Change is what moved since the end of an earlier day. Areas and OutOf add up to Total.
type Change struct {
	Since Day
	Total BasisPoints
	Areas []BasisPoints // in the order of Program.Areas
	OutOf BasisPoints   // of milestones that have left the scope
}
