package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tenggat/internal/ledger"
)

//go:embed data/tokopedia-replay.json
var caseJSON []byte

// caseFile is what the demo takes from its data file. The file holds more: contradictions and expectations.
type caseFile struct {
	Sources       []source
	Organisations []organisation
	People        []person
	Program       caseProgram
	Deadlines     []caseDeadline
	Areas         []caseArea
	Milestones    []caseMilestone
	Duties        []caseDuty   `json:"legal_duties"`
	Ladder        caseLadder   `json:"sanctions_ladder"`
	Reports       []caseReport `json:"progress_reports"`
	Statements    []caseStatement
	Items         []caseItem      `json:"outstanding_items"`
	Jobs          []caseJob       `json:"integration_jobs"`
	Others        []publicProgram `json:"other_demo_programs"`
}

func readCase() (caseFile, error) {
	var f caseFile
	if err := json.Unmarshal(caseJSON, &f); err != nil {
		return f, fmt.Errorf("demo data: %w", err)
	}
	return f, nil
}

type source struct {
	ID        string
	Publisher string
	Published string `json:"published_on"`
	Hint      struct {
		Date string
	} `json:"published_hint"`
	Between []string `json:"published_between"`
}

// estimated is the day of publication where the article prints none: a derived date, or the first of a stated span.
func (s source) estimated() string {
	if s.Hint.Date == "" && len(s.Between) > 0 {
		return s.Between[0]
	}
	return s.Hint.Date
}

// publisher is the name without the remarks in parentheses.
func (s source) publisher() string {
	name, _, _ := strings.Cut(s.Publisher, " (")
	return name
}

type organisation struct {
	ID   string
	Name string `json:"id_name"`
	Role string
}

// side is whom an organisation speaks for.
func (o organisation) side() string {
	if strings.HasPrefix(o.Role, "operator") {
		return "operator"
	}
	return "regulator"
}

type person struct {
	ID       string
	Name     string
	Position string
	Org      string
	Side     string
}

type caseProgram struct {
	ID            string
	Name          ledger.Text
	Start         string
	LegalBasis    string `json:"legal_basis"`
	LeadRegulator string `json:"lead_regulator"`
	Operators     []string
	Cadence       struct{ Value int64 } `json:"report_cadence_days"`
	StaleAfter    struct{ Value int64 } `json:"stale_after_days"`
	Thresholds    struct {
		Early     int64 `json:"watch_points_plan_le_70"`
		Late      int64 `json:"watch_points_plan_gt_70"`
		SlackDays int64 `json:"min_slack_days"`
		Endgame   int64 `json:"endgame_open_milestones"`
	} `json:"verdict_thresholds"`
}

type caseDeadline struct {
	ID         string
	Version    int64
	Kind       string
	Recorded   string `json:"recorded_on"`
	Text       string
	Earliest   string
	Latest     string
	Date       string
	By         string
	Amends     string
	Source     []string
	Provenance string
}

type caseDuty struct {
	ID         string
	Text       ledger.Text
	Provenance string
	Source     someSources
	Milestones []string
	Binding    *bool // null: it binds
}

// someSources is one source or several: the file writes both.
type someSources []string

func (s *someSources) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*s = someSources{one}
		return nil
	}
	return json.Unmarshal(raw, (*[]string)(s))
}

type caseLadder struct {
	Provenance string
	Steps      []struct {
		N      int64
		ID, EN string
		Note   string
	}
}

type caseArea struct {
	ID   string
	Name ledger.Text
}

type caseMilestone struct {
	ID         string
	Area       string
	Name       ledger.Text
	Weight     int64 `json:"weight_points"`
	Layer      string
	Start      string `json:"planned_start"`
	Due        string `json:"planned_due"`
	Provenance string `json:"weight_and_plan_provenance"`
	Source     string
}

type caseReport struct {
	ID        string
	Effective string    `json:"effective_on"`
	Received  time.Time `json:"received_at"`
	Reporter  string
	Updates   []struct {
		Milestone string
		Percent   int64
	}
}

type caseStatement struct {
	ID          string
	Source      string
	Speaker     string
	Stated      string `json:"stated_on"`
	Kind        string
	Text        string `json:"text_en"`
	Attribution string
	Provenance  string
	Value       *float64
	Low         *float64 `json:"value_low"`
	High        *float64 `json:"value_high"`
	Approximate bool
	Subject     string
	Area        string
	Areas       []string
}

type caseItem struct {
	ID         string
	Milestone  string
	Title      ledger.Text
	Opened     string `json:"opened_on"`
	Due        string
	Owner      string `json:"owner_role"`
	Provenance string
	Source     string
	Basis      string
}

type caseJob struct {
	ID         string
	Milestones []string
	EveryHours int64 `json:"expected_every_hours"`
}

// cite names a source for people: publisher and id. What is no source's id is returned as it is.
func (f caseFile) cite(id string) string {
	i := slices.IndexFunc(f.Sources, func(s source) bool { return s.ID == id })
	if i < 0 {
		return id
	}
	return f.Sources[i].publisher() + " [" + id + "]"
}

func (f caseFile) source(id string) source {
	i := slices.IndexFunc(f.Sources, func(s source) bool { return s.ID == id })
	if i < 0 {
		return source{ID: id, Publisher: id}
	}
	return f.Sources[i]
}

func (f caseFile) organisation(id string) (organisation, bool) {
	i := slices.IndexFunc(f.Organisations, func(o organisation) bool { return o.ID == id })
	if i < 0 {
		return organisation{}, false
	}
	return f.Organisations[i], true
}

func (f caseFile) person(id string) (person, bool) {
	i := slices.IndexFunc(f.People, func(p person) bool { return p.ID == id })
	if i < 0 {
		return person{}, false
	}
	return f.People[i], true
}

// office is the name of the organisation that a person speaks for, or else of the program's lead regulator.
func (f caseFile) office(personID string) string {
	if p, ok := f.person(personID); ok {
		if o, ok := f.organisation(p.Org); ok {
			return o.Name
		}
	}
	lead, _ := f.organisation(f.Program.LeadRegulator)
	return lead.Name
}
