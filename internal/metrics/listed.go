package metrics

import (
	"cmp"
	"slices"
	"strings"
)

// Listed is a program in a list: its outline, what is said of it at the list's moment, and its way there.
type Listed struct {
	Program    Program
	Assessment Assessment // see AssessOutline
	Trail      []TrailPoint
}

// TrailPoint is the headline at the end of a day, as it was known then.
type TrailPoint struct {
	Day      Day
	Reported BasisPoints
}

// trailSteps is into how many stretches a trail divides the days from a program's start to its last entry.
const trailSteps = 12

// TrailDays are the days before last whose headlines make up a program's trail.
func (p Program) TrailDays(last Day) []Day {
	var days []Day
	for i := range Day(trailSteps) {
		if day := p.Start + (last-p.Start)*i/trailSteps; day < last && !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	return days
}

// urgency orders verdicts by how soon somebody must look. docs/metrics.md#lists.
var urgency = []Verdict{PastDeadline, Late, CannotBeAssessed, PartlyReopened, Watch, DeclaredComplete, OnTrack, Accepted}

// ByUrgency lists all verdicts, the most urgent first.
func ByUrgency() []Verdict { return slices.Clone(urgency) }

// NeedsAttention reports whether a verdict asks for somebody to act.
func (v Verdict) NeedsAttention() bool {
	return v == PastDeadline || v == Late || v == CannotBeAssessed || v == PartlyReopened || v == Watch
}

// Need is what a reader looks for in a list: the programs that wait for somebody in that reader's place.
type Need string

// The needs. docs/metrics.md#lists.
const (
	NeedDecision Need = "decision" // past its day, late, watched, or not to be assessed
	NeedJudging  Need = "judging"  // past its day, declared complete, or not to be assessed: the regulator's to look into
	NeedReports  Need = "reports"  // a report that was due is missing
	NeedRecords  Need = "records"  // no binding deadline, one without a document, a completion nobody accepted, an override about to end
)

// overrideEnding is how many days before its end an override is somebody's to look at.
const overrideEnding = 7

// Has reports whether the program has the need.
func (l *Listed) Has(n Need) bool {
	verdict := l.Assessment.Judgement.Verdict
	switch n {
	case NeedDecision:
		return verdict.NeedsAttention()
	case NeedJudging:
		return verdict == PastDeadline || verdict == DeclaredComplete || verdict == CannotBeAssessed || verdict == PartlyReopened
	case NeedReports:
		return l.Assessment.StaleWeight > 0
	case NeedRecords:
		binding, override := l.Assessment.Binding(), l.Assessment.Override
		return verdict != Accepted && (binding == nil || binding.Deadline.Document == "") || verdict == DeclaredComplete ||
			override != nil && override.Until-l.Assessment.Today <= overrideEnding
	}
	return false
}

// Selection narrows and orders a list. The zero Selection is all of it, the most urgent first.
type Selection struct {
	Words     string    // each must be found in a name, an alias, the key, the lead regulator or an operator
	Verdicts  []Verdict // none: any
	DueWithin int       // days to the binding deadline, while something is open; 0: any
	Stale     bool      // only where a report that was due is missing
	Need      Need      // "": any
	Order     []SortKey
}

// SortKey is one key of an order.
type SortKey struct {
	By      SortBy
	Reverse bool
}

// SortBy is what a list is ordered by.
type SortBy string

// The keys of an order.
const (
	ByVerdict  SortBy = "verdict"  // the most urgent first
	ByName     SortBy = "name"     // in the reader's language
	ByProgress SortBy = "progress" // the least first
	ByDeadline SortBy = "deadline" // the nearest first; complete programs and those without a deadline last
	ByAge      SortBy = "age"      // the oldest news first
)

// SortKeys lists the keys.
func SortKeys() []SortBy { return []SortBy{ByVerdict, ByName, ByProgress, ByDeadline, ByAge} }

// Of selects from a list. name gives a program's name in the reader's language. The result is the same for the same list whatever
// order it came in: what no key tells apart stands by the programs' keys. It points into the list.
func (s Selection) Of(list []Listed, name func(Text) string) []*Listed {
	words := strings.Fields(strings.ToLower(s.Words))
	var chosen []*Listed // a program and its assessment are large, and an order moves each of them many times
	for i := range list {
		if l := &list[i]; s.takes(l) && l.Program.found(words) {
			chosen = append(chosen, l)
		}
	}
	order := append(slices.Clone(s.Order), SortKey{By: ByVerdict}, SortKey{By: ByDeadline})
	slices.SortFunc(chosen, func(a, b *Listed) int {
		for _, o := range order {
			c := o.By.compare(a, b, name)
			if o.Reverse {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return cmp.Compare(a.Program.Key, b.Program.Key)
	})
	return chosen
}

func (s Selection) takes(l *Listed) bool {
	a := &l.Assessment
	if s.DueWithin > 0 {
		binding := a.Binding()
		if binding == nil || a.Open == 0 || binding.DaysLeft < 0 || binding.DaysLeft > s.DueWithin {
			return false
		}
	}
	return (len(s.Verdicts) == 0 || slices.Contains(s.Verdicts, a.Judgement.Verdict)) && (!s.Stale || a.StaleWeight > 0) && (s.Need == "" || l.Has(s.Need))
}

// found reports whether each word occurs somewhere in what the program is called or who answers for it.
func (p *Program) found(words []string) bool {
	if len(words) == 0 {
		return true
	}
	said := strings.ToLower(strings.Join(slices.Concat([]string{p.Key, p.Name.ID, p.Name.EN, p.LeadRegulator}, p.Aliases, p.Operators), "\n"))
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(said, word) })
}

func (by SortBy) compare(a, b *Listed, name func(Text) string) int {
	x, y := &a.Assessment, &b.Assessment
	switch by {
	case ByName:
		return strings.Compare(strings.ToLower(name(a.Program.Name)), strings.ToLower(name(b.Program.Name)))
	case ByProgress:
		return cmp.Or(cmp.Compare(rank(x.State != StateNoScope && x.State != StateNotStarted), rank(y.State != StateNoScope && y.State != StateNotStarted)), cmp.Compare(x.Reported, y.Reported))
	case ByDeadline:
		return cmp.Compare(daysToGo(x), daysToGo(y))
	case ByAge:
		return -cmp.Compare(newsAge(x), newsAge(y))
	}
	return cmp.Compare(slices.Index(urgency, x.Judgement.Verdict), slices.Index(urgency, y.Judgement.Verdict))
}

// far is later than any deadline, in days.
const far = 1 << 30

func daysToGo(a *Assessment) int {
	switch binding := a.Binding(); {
	case binding == nil:
		return far + 1
	case a.Open == 0:
		return far
	default:
		return binding.DaysLeft
	}
}

// newsAge is how old the latest observation is, in days; what was never heard of is older than anything.
func newsAge(a *Assessment) int {
	if a.Curve.LastReport == nil {
		return far
	}
	return a.Curve.GapDays
}
