package fold

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// Ledger folds a whole ledger in memory, entry by entry from the first, and tells after any of them what was known then. It is
// what the store's projections are to be compared with.
type Ledger struct {
	milestones Milestones
	program    string
	recordedAt time.Time
	entry      int64
	facts      map[factKey]Fact
}

// factKey names what a fact says something about; version is the entry number where every version counts.
type factKey struct {
	kind    ledger.Kind
	key     string
	version int64
}

// NewLedger makes an empty ledger of the program with this id, whose days are cut by zone.
func NewLedger(program string, zone *time.Location) *Ledger {
	l := &Ledger{milestones: Milestones{Zone: zone}, program: program, facts: map[factKey]Fact{}}
	l.milestones.Begin()
	return l
}

// Add folds the next entry. texts are the free texts kept beside it; erased ones are missing. It is an error if the entry is not
// one that the ledger would have taken; then the ledger stays as it was.
func (l *Ledger) Add(e ledger.Entry, texts map[string]string) error {
	var err error
	switch {
	case e.Program != l.program:
		err = fmt.Errorf("entry %d is of program %s", l.entry+1, e.Program)
	case e.Number != l.entry+1:
		err = fmt.Errorf("entry %d calls itself %d", l.entry+1, e.Number)
	case e.Observes():
		err = l.observe(e)
	default:
		err = l.addFact(e, texts)
	}
	if err == nil {
		l.entry, l.recordedAt = e.Number, e.RecordedAt
	}
	return err
}

func (l *Ledger) observe(e ledger.Entry) error {
	o, milestone, err := Observation(e)
	if err != nil {
		return err
	}
	effect, err := l.milestones.Observe(milestone, o, e.Number)
	if err != nil {
		return err
	}
	if effect == metrics.Decrease {
		return fmt.Errorf("entry %d lowers the count of %s without a correction", e.Number, milestone)
	}
	return l.milestones.FoldDay(milestone, o, e.Number)
}

func (l *Ledger) addFact(e ledger.Entry, texts map[string]string) error {
	key, err := ledger.KeyOf(e)
	if err != nil {
		return err
	}
	named := factKey{kind: e.Kind, key: key}
	if keepsVersions(e.Kind) {
		named.version = e.Number
	}
	l.facts[named] = Fact{e.Kind, key, e.Number, e.Actor, e.ObservedAt, e.RecordedAt, e.Body, texts}
	return nil
}

// State is what is known after the last entry added, without the days that charts need: figures and verdicts rest on none of them.
// slug is the program's name in addresses.
func (l *Ledger) State(slug string) (State, error) {
	s := State{Program: metrics.Program{ID: l.program, Key: slug, Zone: l.milestones.Zone, Entry: l.entry, RecordedAt: l.recordedAt}}
	facts := slices.SortedFunc(maps.Values(l.facts), func(a, b Fact) int { return cmp.Compare(a.Entry, b.Entry) })
	return s, s.Facts(facts, l.milestones.States)
}

// Days are the days that charts need, in the order of days and milestones.
func (l *Ledger) Days() []metrics.MilestoneDay {
	days := make([]metrics.MilestoneDay, 0, len(l.milestones.Days))
	for _, d := range l.milestones.Days {
		days = append(days, ForChart(d))
	}
	SortDays(days)
	return days
}

// SortDays puts days in the order in which a history has them.
func SortDays(days []metrics.MilestoneDay) {
	slices.SortFunc(days, func(a, b metrics.MilestoneDay) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Milestone, b.Milestone))
	})
}
