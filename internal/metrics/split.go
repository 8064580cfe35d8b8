package metrics

import (
	"math/big"
	"slices"
)

// ChangeParts are what a change of the headline consists of, in points of the whole. docs/metrics.md#what-moved-it.
type ChangeParts struct {
	Work        BasisPoints // done more, at today's totals and weights
	Scope       BasisPoints // milestones that joined, left or changed their area, and totals that grew or shrank
	Weights     BasisPoints // what else the weights did
	Corrections BasisPoints // counts that were corrected or reopened
}

// Total is the whole change.
func (c ChangeParts) Total() BasisPoints { return c.Work + c.Scope + c.Weights + c.Corrections }

// plus adds the parts of two disjoint changes.
func (c ChangeParts) plus(d ChangeParts) ChangeParts {
	return ChangeParts{c.Work + d.Work, c.Scope + d.Scope, c.Weights + d.Weights, c.Corrections + d.Corrections}
}

// ChangeSplit is a change of the headline between two states of a program. Its parts add up to After - Before, and the parts of
// its areas, and those of its milestones, add up to its own, each to the last basis point.
type ChangeSplit struct {
	Before, After BasisPoints // Figures.Reported of the two states
	ChangeParts
	Areas      []AreaSplit      // in the order of the later state, then areas that only the earlier one has
	Milestones []MilestoneSplit // those that changed, in the order of the later state, then those that left the program
}

// AreaSplit is one area's share of a change: the difference of the area's own printed points.
type AreaSplit struct {
	Key  string
	Name Text
	ChangeParts
}

// MilestoneSplit is one milestone's share of a change.
type MilestoneSplit struct {
	Before, After *Milestone // nil: not in scope then
	ChangeParts
	Corrected bool // a correction came in between
	Reopened  bool // a reopening came in between, or it had nothing left to do and now has
}

// SplitChange tells what moved the headline between two states of one program, each as it was known at its moment.
//
// The state before is turned into the state after in four steps, each of them a headline that is printed by the same rule as the
// two ends: corrections, scope, weights, work. A part is what its step moved, so the parts add up by construction.
func SplitChange(before, after Program) ChangeSplit {
	c := newChange(before, after)
	printed := [...][]BasisPoints{
		c.print(c.ordered, c.was), c.print(c.ordered, c.corrected), c.printScope(), c.print(c.listed, c.weighed), c.print(c.listed, c.is),
	}
	s := ChangeSplit{}
	areas := newAreaSplits(before, after)
	for i, m := range c.milestones {
		p := [5]BasisPoints{printed[0][i], printed[1][i], printed[2][i], printed[3][i], printed[4][i]}
		s.Before, s.After = s.Before+p[0], s.After+p[4]
		parts := ChangeParts{Corrections: p[1] - p[0], Scope: p[2] - p[1], Weights: p[3] - p[2], Work: p[4] - p[3]}
		s.ChangeParts = s.ChangeParts.plus(parts)
		areas.of(m.from()).add(ChangeParts{Corrections: parts.Corrections, Scope: -p[1]})
		areas.of(m.to()).add(ChangeParts{Scope: p[2], Weights: parts.Weights, Work: parts.Work})
		if parts != (ChangeParts{}) || m.altered() {
			s.Milestones = append(s.Milestones, MilestoneSplit{m.before, m.after, parts, m.wasCorrected(), m.wasReopened()})
		}
	}
	s.Areas = areas.list
	return s
}

// change is the two states side by side.
type change struct {
	milestones []changed // of the later state in its order, then those that left
	listed     []int     // their indices in that order
	ordered    []int     // in the earlier state's order, then those that joined: ties are broken by it
	kept       ratio     // the weight of those that count in both states: after / before
}

// changed is one milestone in both states; nil: not there.
type changed struct {
	before, after *Milestone
	brought       bool // it joined with a count that had been observed before the earlier state
}

func newChange(before, after Program) change {
	var c change
	index := map[string]int{}
	for i := range after.Milestones {
		m := &after.Milestones[i]
		index[m.Key] = len(c.milestones)
		c.milestones = append(c.milestones, changed{after: m, brought: m.Progress.Counts != nil && !m.Progress.Counted.At.After(before.RecordedAt)})
	}
	for i := range before.Milestones {
		m := &before.Milestones[i]
		at, still := index[m.Key]
		if !still {
			at = len(c.milestones)
			c.milestones = append(c.milestones, changed{})
		}
		c.milestones[at].before = m
		c.ordered = append(c.ordered, at)
	}
	for i, m := range c.milestones {
		c.listed = append(c.listed, i)
		if m.before == nil {
			c.ordered = append(c.ordered, i)
		}
		if w0, w1 := m.weights(); w0 > 0 && w1 > 0 {
			c.kept.total += int64(w0)
			c.kept.done += int64(w1)
		}
	}
	return c
}

func (m changed) weights() (before, after BasisPoints) {
	if m.before != nil {
		before = m.before.Weight
	}
	if m.after != nil {
		after = m.after.Weight
	}
	return before, after
}

// from and to are the milestone's area in the two states.
func (m changed) from() string {
	if m.before != nil {
		return m.before.Area
	}
	return m.after.Area
}

func (m changed) to() string {
	if m.after != nil {
		return m.after.Area
	}
	return m.before.Area
}

func (m changed) wasCorrected() bool {
	return m.before != nil && m.after != nil && m.before.Progress.Base.Compare(m.after.Progress.Base) != 0
}

func (m changed) wasReopened() bool {
	return m.before != nil && m.after != nil &&
		(!m.before.open() && m.after.open() || m.before.Progress.Reopened.Compare(m.after.Progress.Reopened) != 0)
}

// altered reports whether something about the milestone changed, whether or not it shows in points.
func (m changed) altered() bool {
	return m.before == nil || m.after == nil || m.before.Weight != m.after.Weight || m.before.Area != m.after.Area ||
		m.before.reported() != m.after.reported() || m.wasCorrected()
}

// start is the count before anything changed.
func (m changed) start() ratio {
	switch {
	case m.before != nil:
		return m.before.reported()
	case m.brought:
		return m.after.reported()
	}
	return ratio{}
}

// amended is the count once the last correction had set it. Where what that correction said is not known, the fall is the
// correction's and a rise is work.
func (m changed) amended() ratio {
	start := m.start()
	if !m.wasCorrected() {
		return start
	}
	p := m.after.Progress
	switch {
	case p.BaseCounts != nil:
		return ratio{p.BaseCounts.Done, p.BaseCounts.Total}
	case p.Counted.Compare(p.Base) == 0 || m.after.reported().less(start):
		return m.after.reported()
	}
	return start
}

// rescoped is the amended count against the total it has now. A milestone that left has none.
func (m changed) rescoped() ratio {
	if m.after == nil {
		return ratio{}
	}
	total := m.after.reported().total
	return ratio{min(m.amended().done, total), total}
}

// The five headlines, milestone by milestone; the third has fractions of weights, see printScope.
func (c change) was(m changed) part {
	w, _ := m.weights()
	return newPart(w, m.start())
}

func (c change) corrected(m changed) part {
	w, _ := m.weights()
	return newPart(w, m.amended())
}

func (c change) weighed(m changed) part {
	_, w := m.weights()
	return newPart(w, m.rescoped())
}

func (c change) is(m changed) part {
	_, w := m.weights()
	if m.after == nil {
		return part{}
	}
	return newPart(w, m.after.reported())
}

// print apportions one headline; order breaks ties.
func (c change) print(order []int, of func(changed) part) []BasisPoints {
	parts := make([]part, len(order))
	for i, at := range order {
		parts[i] = of(c.milestones[at])
	}
	points := make([]BasisPoints, len(order))
	for i, p := range apportion(parts, nil) {
		points[order[i]] = p
	}
	return points
}

// printScope is the headline once scope has changed and nothing else: who left is out, who joined has its new weight, and the
// weights of all others have made room in proportion.
func (c change) printScope() []BasisPoints {
	exact := make([]*big.Rat, len(c.milestones))
	for i, m := range c.milestones {
		exact[i] = new(big.Rat)
		of := m.rescoped()
		before, after := m.weights()
		if after == 0 || of.total == 0 {
			continue
		}
		exact[i].SetFrac64(of.done, of.total)
		if before == 0 {
			exact[i].Mul(exact[i], big.NewRat(int64(after), 1))
			continue
		}
		exact[i].Mul(exact[i], big.NewRat(int64(before)*c.kept.done, c.kept.total))
	}
	return apportionExact(exact)
}

// apportionExact is apportion for parts that are any fraction.
func apportionExact(exact []*big.Rat) []BasisPoints {
	points := make([]BasisPoints, len(exact))
	fractions := make([]*big.Rat, len(exact))
	order := make([]int, len(exact))
	sum := new(big.Rat)
	for i, x := range exact {
		units, rest := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
		points[i], order[i] = BasisPoints(units.Int64()), i
		fractions[i] = new(big.Rat).SetFrac(rest, x.Denom())
		sum.Add(sum, fractions[i])
	}
	left := new(big.Int).Quo(sum.Num(), sum.Denom()).Int64()
	slices.SortStableFunc(order, func(a, b int) int { return fractions[b].Cmp(fractions[a]) })
	for _, i := range order[:left] {
		points[i]++
	}
	return points
}

// areaSplits collects parts by area.
type areaSplits struct {
	list []AreaSplit
	at   map[string]int
}

func newAreaSplits(before, after Program) *areaSplits {
	s := &areaSplits{at: map[string]int{}}
	for _, a := range slices.Concat(after.Areas, before.Areas) {
		if _, known := s.at[a.Key]; !known {
			s.at[a.Key] = len(s.list)
			s.list = append(s.list, AreaSplit{Key: a.Key, Name: a.Name})
		}
	}
	return s
}

// of is the area of a key; one that no program lists has a row without a name.
func (s *areaSplits) of(key string) *AreaSplit {
	i, known := s.at[key]
	if !known {
		i = len(s.list)
		s.at[key] = i
		s.list = append(s.list, AreaSplit{Key: key})
	}
	return &s.list[i]
}

func (a *AreaSplit) add(parts ChangeParts) { a.ChangeParts = a.ChangeParts.plus(parts) }
