package metrics

import (
	"cmp"
	"slices"
	"time"
)

// Duty is what an article of the law demands. Milestones serve duties; audits check them.
type Duty struct {
	Key        string
	Text       Text
	Article    string
	Advice     bool // recommended, not demanded
	Source     string
	Provenance string
	Entry      int64
}

// Ladder lists the sanctions that the program's law knows, mildest first.
type Ladder struct {
	LegalBasis string
	Steps      []LadderStep
	Source     string
	Provenance string
	Entry      int64
}

// LadderStep is one sanction.
type LadderStep struct {
	Number int
	Name   Text
	Note   Text
}

// SanctionStep is a step of the ladder that the regulator took, or lifted.
type SanctionStep struct {
	Key    string
	Step   int
	Lifted bool
	Letter
}

// SanctionLetters are the letters on a step, oldest first. Steps are recorded, never inferred: the order of the letters' dates decides,
// and among letters of one day the order of recording.
func (p Program) SanctionLetters(step int) []SanctionStep {
	letters := slices.DeleteFunc(slices.Clone(p.Sanctions), func(s SanctionStep) bool { return s.Step != step })
	slices.SortStableFunc(letters, func(a, b SanctionStep) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Entry, b.Entry)) })
	return letters
}

// StandingStep is the highest step that was taken and not lifted afterwards; nil: none is on record.
func (p Program) StandingStep() *SanctionStep {
	var standing *SanctionStep
	for _, s := range p.Sanctions {
		if standing != nil && s.Step <= standing.Step {
			continue
		}
		letters := p.SanctionLetters(s.Step)
		if last := letters[len(letters)-1]; !last.Lifted {
			standing = &last
		}
	}
	return standing
}

// Serving are the milestones in scope that serve one of these duties, as indices into Milestones.
func (p Program) Serving(duties ...string) []int {
	var serving []int
	for i, m := range p.Milestones {
		if slices.ContainsFunc(m.Duties, func(duty string) bool { return slices.Contains(duties, duty) }) {
			serving = append(serving, i)
		}
	}
	return serving
}

// AuditTrigger says what made an audit due.
type AuditTrigger string

// The triggers of audits.
const (
	Periodic     AuditTrigger = "periodic"
	SystemChange AuditTrigger = "system_change"
)

// AuditResult is what an audit found.
type AuditResult string

// The results of audits; "" while it was not held.
const (
	AuditPassed AuditResult = "passed"
	AuditFailed AuditResult = "failed"
)

// Audit is a check after the end.
type Audit struct {
	Key        string
	Trigger    AuditTrigger
	Duties     []string
	Due        Day
	ChangedOn  *Day // of a system change
	Change     Text
	Result     AuditResult
	HeldOn     *Day
	Auditor    string
	Finding    Text
	Paper      Paper
	By         string // who recorded the newest about it
	Entry      int64  // the newest about it
	RecordedAt time.Time
	Provenance string
}

// AfterCare is the life of a program after its acceptance.
type AfterCare struct {
	Begun    bool        // every milestone was accepted once
	Reopened []int       // milestones that were reopened since and are not accepted anew; indices into Assessment.Milestones
	Audits   []AuditDate // those not held, by due date
	Held     []Audit     // those with a result, newest first
}

// Next is the audit that falls due first; nil: none is planned.
func (c AfterCare) Next() *AuditDate {
	if len(c.Audits) == 0 {
		return nil
	}
	return &c.Audits[0]
}

// Overdue counts audits whose due day has passed.
func (c AfterCare) Overdue() int {
	n := 0
	for _, a := range c.Audits {
		n += rank(a.OverdueDays > 0)
	}
	return n
}

// AuditDate is a planned audit seen from today.
type AuditDate struct {
	Audit       Audit
	DaysLeft    int // to its due day; negative: past
	OverdueDays int // from the day after its due day
}

// assessAfterCare looks at audits, and at whether the program was accepted as a whole and partly reopened since.
func (a *Assessment) assessAfterCare(p Program) {
	for _, audit := range p.Audits {
		if audit.Result != "" {
			a.AfterCare.Held = append(a.AfterCare.Held, audit)
			continue
		}
		left := int(audit.Due - a.Today)
		a.AfterCare.Audits = append(a.AfterCare.Audits, AuditDate{audit, left, max(0, -left)})
	}
	slices.SortStableFunc(a.AfterCare.Held, func(x, y Audit) int { return -cmp.Compare(x.Entry, y.Entry) })
	a.AfterCare.Begun = len(a.Milestones) > 0
	for i, m := range a.Milestones {
		switch {
		case !m.Open && m.Milestone.Accepted:
		case m.Milestone.Undone:
			a.AfterCare.Reopened = append(a.AfterCare.Reopened, i)
		default:
			a.AfterCare.Begun = false
		}
	}
}

// RecheckDue is the last day of the check that a change of a system on a day makes due.
func (r Rules) RecheckDue(changed Day) Day { return changed + Day(r.RecheckDays) }
