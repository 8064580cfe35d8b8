package ledger

import "time"

// Text is a name, a definition or the name of an office in both languages. It is no personal data. What a person writes in one
// language stands in both as it was written.
type Text struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

// Program states what is supervised. Key: the program's slug.
type Program struct {
	Name          Text       `json:"name"`
	Aliases       []string   `json:"aliases,omitempty"` // what else people call it; searches find it by them
	Timezone      string     `json:"timezone"`          // IANA; never changes after the first entry
	Start         string     `json:"start"`             // day 0, ISO date
	LegalBasis    string     `json:"legal_basis"`
	LeadRegulator string     `json:"lead_regulator"`
	Operators     []string   `json:"operators"`
	Steps         []PlanStep `json:"plan_steps,omitempty"` // floors set by the regulator; replace the milestones' plan dates
	Rules         Rules      `json:"rules"`
	Demo          string     `json:"demo,omitempty"` // "replay", "live", "public": what of it is invented is said on every page
}

// PlanStep is a floor that a regulator set: from On at least Percent of the whole, 0 to 100.
type PlanStep struct {
	On      string `json:"on"`
	Percent int64  `json:"min_percent"`
}

// Rules are a program's thresholds; zero values mean the defaults of docs/metrics.md.
type Rules struct {
	WatchEarly   int64 `json:"watch_basis_points_early,omitempty"` // deviation below this is "watch" while the plan is at most 70 % (negative)
	WatchLate    int64 `json:"watch_basis_points_late,omitempty"`  // the same above 70 % (negative)
	MinSlackDays int64 `json:"min_slack_days,omitempty"`
	EndgameOpen  int64 `json:"endgame_open_milestones,omitempty"`
	StaleShare   int64 `json:"stale_share_basis_points,omitempty"` // more stale weight than this: cannot be assessed
	StalledAfter int64 `json:"stalled_after_reports,omitempty"`    // so many reports with the same count: stalled
	RecheckDays  int64 `json:"recheck_days,omitempty"`             // a check after a system change falls due after so many days
	// A correction or reopening that withdraws more points of the whole than this needs a second person. 0: each does; left out: the default.
	SecondPerson *int64 `json:"second_person_above_basis_points,omitempty"`
	Allowance    int64  `json:"forecast_allowance_days,omitempty"` // what migrations like this one needed beyond their pace; docs/forecast.md
}

// Area groups milestones. Key: the area's own.
type Area struct {
	Key      string `json:"key"`
	Name     Text   `json:"name"`
	Position int    `json:"position"`
}

// Milestone states the scope of one deliverable; a later entry with the same key changes it.
type Milestone struct {
	Key            string   `json:"key"`
	Area           string   `json:"area"`
	Name           Text     `json:"name"`
	Definition     Text     `json:"definition_of_done"`
	Unit           string   `json:"unit"` // records, merchants, checks, percent
	PlannedStart   string   `json:"planned_start"`
	PlannedDue     string   `json:"planned_due"`
	Layer          string   `json:"layer"` // front_end, back_end, both
	CadenceSeconds int64    `json:"cadence_seconds"`
	GraceSeconds   int64    `json:"grace_seconds"`
	Position       int      `json:"position"`
	Source         string   `json:"source,omitempty"`     // where the subject is taken from
	Provenance     string   `json:"provenance,omitempty"` // article, public, derived, invented: of weight and plan
	Retired        bool     `json:"retired,omitempty"`    // left the scope
	Duties         []string `json:"duties,omitempty"`     // keys of the legal duties that it serves
}

// Weights is one approved weight set: basis points of the whole per milestone, adding up to exactly 10,000.
type Weights struct {
	Version     int64            `json:"version"`
	BasisPoints map[string]int64 `json:"basis_points"`
	Provenance  string           `json:"provenance,omitempty"`
}

// Deadline is one version of a date somebody set. None replaces another on the page; Binding says which one counts.
type Deadline struct {
	Key         string `json:"key"` // D1, D2 …
	Version     int64  `json:"version,omitempty"`
	Kind        string `json:"kind"`               // regulatory, expected_completion
	Earliest    string `json:"earliest,omitempty"` // where a range was stated
	Date        string `json:"date"`               // the last day; it ends at 24:00 in the program's zone
	Stated      Text   `json:"stated"`             // the words that set it, shortened
	AnnouncedOn string `json:"announced_on"`
	AnnouncedBy string `json:"announced_by"` // an office, never a private person
	Document    string `json:"document,omitempty"`
	Binding     bool   `json:"binding"`
	Amends      string `json:"amends,omitempty"`
	Source      string `json:"source,omitempty"`
	Provenance  string `json:"provenance,omitempty"`
}

// Job is an integration job that reports.
type Job struct {
	Key            string   `json:"key"`
	Name           Text     `json:"name"`
	Milestones     []string `json:"milestones"`
	CadenceSeconds int64    `json:"cadence_seconds"`
}

// Report is one observation of a milestone. Done and Total stand together; a report without them says "alive, no change".
// Free text: "message". A correction and a reopening have the same body and the free text "reason": both void what was observed
// before them, and a reopening withdraws what evidence and letters said of it too.
type Report struct {
	Milestone string     `json:"milestone"`
	Done      *int64     `json:"done,omitempty"`
	Total     *int64     `json:"total,omitempty"`
	Failed    *int64     `json:"failed,omitempty"`
	Skipped   *int64     `json:"skipped,omitempty"`
	Unit      string     `json:"unit,omitempty"`
	RunID     string     `json:"run_id,omitempty"`
	State     string     `json:"state,omitempty"` // running, succeeded, failed, aborted
	NextDueAt *time.Time `json:"next_due_at,omitempty"`
	Proposal  string     `json:"proposal,omitempty"` // of a correction or reopening: the approved proposal that it carries out
	Audit     string     `json:"audit,omitempty"`    // of a reopening: the failed audit that it follows from
}

// Item is something outstanding beside the milestones' own missing points. A later entry with the same key changes it.
// Free text: "title", and "resolution" when it is closed; "title_en" and "resolution_en" where a translation was given.
type Item struct {
	Key        string `json:"key"`
	Kind       string `json:"kind"` // blocker, request, unspecified
	Milestone  string `json:"milestone,omitempty"`
	WaitsOn    Text   `json:"waits_on,omitzero"` // the party: an office or a role
	OwnerRole  Text   `json:"owner_role,omitzero"`
	OpenedOn   string `json:"opened_on"`
	Due        string `json:"due,omitempty"`
	Closed     bool   `json:"closed,omitempty"`
	Source     string `json:"source,omitempty"`
	Provenance string `json:"provenance,omitempty"`
}

// Statement is a public claim about progress, kept as it was said: a value, a bound or a range, with its subject.
// Free texts: "speaker", "words", and their translations "speaker_en", "words_en".
type Statement struct {
	Key         string `json:"key"`
	Kind        string `json:"kind"`                // percent_done, percent_left, area_done, deadline …
	Side        string `json:"side,omitempty"`      // regulator, operator, merchant, expert, press
	StatedOn    string `json:"stated_on,omitempty"` // empty: not known
	PublishedOn string `json:"published_on,omitempty"`
	Subject     Text   `json:"subject,omitzero"`
	Scope       string `json:"scope,omitempty"` // what the value is a share of: program, area (then Area), other; empty: not said
	Area        string `json:"area,omitempty"`
	Low         *int64 `json:"low_basis_points,omitempty"`
	High        *int64 `json:"high_basis_points,omitempty"`
	Approximate bool   `json:"approximate,omitempty"`
	Source      string `json:"source,omitempty"`
	Provenance  string `json:"provenance,omitempty"`
}

// Override is a person's verdict in the place of the rule's, for a time. The rule's own stays visible. A later one for the same
// deadline replaces it. Free text: "reason".
type Override struct {
	Deadline   string `json:"deadline,omitempty"` // key; empty: the binding one
	Verdict    string `json:"verdict"`            // on_track, watch, forecast_late, cannot_be_assessed
	By         string `json:"by"`                 // the office that answers for it
	Until      string `json:"until"`              // its last day
	Withdrawn  bool   `json:"withdrawn,omitempty"`
	Provenance string `json:"provenance,omitempty"`
}

// Forecast is what the program forecast of itself on one day. It is kept so that it can be scored; nothing rewrites it.
type Forecast struct {
	On      string   `json:"on"`
	Method  string   `json:"method"`
	Governs string   `json:"governs"`       // points, milestones
	P10     string   `json:"p10,omitempty"` // dates; empty: none could be given honestly
	P50     string   `json:"p50,omitempty"`
	P80     string   `json:"p80,omitempty"`
	P95     string   `json:"p95,omitempty"`
	Note    string   `json:"note,omitempty"` // why not
	Chances []Chance `json:"chances"`
}

// Chance is the forecast probability of meeting a deadline, in hundredths of a percent; none: nothing could be said.
type Chance struct {
	Deadline    string `json:"deadline"` // key
	Date        string `json:"date"`
	BasisPoints *int64 `json:"basis_points,omitempty"`
}
