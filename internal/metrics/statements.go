package metrics

import (
	"cmp"
	"slices"
	"time"
)

// How far a computed figure may lie from a claim that agrees with it; docs/metrics.md#statements.
const (
	exactTolerance       BasisPoints = 100
	approximateTolerance BasisPoints = 500
)

// ClaimJudgement is how a statement stands to the figure of its day.
type ClaimJudgement string

// The judgements.
const (
	ClaimAgrees         ClaimJudgement = "agrees"
	ClaimDiffers        ClaimJudgement = "differs"
	ClaimOtherUnit      ClaimJudgement = "other_unit"      // it differs as it was said, and fits another unit; see Comparison.Fits
	ClaimAnotherSubject ClaimJudgement = "another_subject" // the computed figure is of something else
	ClaimNotJudged      ClaimJudgement = "cannot_be_judged"
)

// Unit says what a percentage is of.
type Unit string

// The units of statements.
const (
	PointsOfWhole Unit = "points_of_whole"
	ShareOfArea   Unit = "share_of_area"
	WeightOfArea  Unit = "weight_of_area" // the area's part of the whole, which is no progress
)

// ClaimDoubt says why a statement cannot be judged.
type ClaimDoubt string

// The doubts.
const (
	DoubtNoValue     ClaimDoubt = "no_value"     // nothing was quantified
	DoubtNoDate      ClaimDoubt = "no_date"      // neither the day it was said nor the day it was printed is known
	DoubtNoFigure    ClaimDoubt = "no_figure"    // its day lies before the program began, or in the future
	DoubtUnknownArea ClaimDoubt = "unknown_area" // no such area has weight on that day
)

// Comparison is a statement beside the figure of its day.
type Comparison struct {
	Statement string // its key
	On        *Day   // the day compared at: when it was said, otherwise when it was printed
	Printed   bool   // On is the day of printing; it may have been said at any time before
	Judgement ClaimJudgement
	Doubt     ClaimDoubt // only with ClaimNotJudged

	Unit       Unit         // of the values below
	Low, High  *BasisPoints // the claim as what is done, whichever way it was said; one missing is an open bound
	Computed   *BasisPoints // what was done at the end of that day, as known now; nil: there is no such figure
	Figures    *Figures     // of what was compared, in points of the whole; nil with Computed
	Difference *BasisPoints // the nearest claimed value - Computed, positive: the claim says more; nil: not compared
	Fits       Unit         // only with ClaimOtherUnit: the unit in which the claim agrees
}

// CompareStatements compares each of the program's statements, in their order, with the figures at the end of its day, as known now
// and weighed as that day weighed them.
func CompareStatements(p Program, h History, at time.Time) []Comparison {
	today := DayOf(at, p.Zone)
	w := newWalk(p, h, today)
	order := make([]int, len(p.Statements))
	comparisons := make([]Comparison, len(p.Statements))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, _ := p.Statements[a].madeOn()
		y, _ := p.Statements[b].madeOn()
		return cmp.Compare(deref(x), deref(y))
	})
	for _, i := range order {
		s := p.Statements[i]
		var figures *DayFigures
		if day, _ := s.madeOn(); day != nil && *day >= w.first && *day <= today {
			figures = w.figures(*day)
		}
		comparisons[i] = CompareStatement(s, figures)
	}
	return comparisons
}

// CompareStatement compares one statement with the figures of its day; nil: there are none.
func CompareStatement(s Statement, figures *DayFigures) Comparison {
	c := Comparison{Statement: s.Key, Judgement: ClaimNotJudged, Unit: PointsOfWhole}
	c.On, c.Printed = s.madeOn()
	said, quantified := s.claim()
	c.Low, c.High = said.low, said.high
	if s.scope() == ScopeArea {
		c.Unit = ShareOfArea
	}
	switch {
	case !quantified:
		c.Doubt = DoubtNoValue
	case c.On == nil:
		c.Doubt = DoubtNoDate
	case figures == nil:
		c.Doubt = DoubtNoFigure
	default:
		c.judge(s, said, *figures)
	}
	return c
}

func (c *Comparison) judge(s Statement, said claim, figures DayFigures) {
	switch s.scope() {
	case ScopeOther:
		c.Judgement, c.Computed, c.Figures = ClaimAnotherSubject, &figures.Reported, &figures.Figures
	case ScopeArea:
		i := slices.IndexFunc(figures.Areas, func(a AreaFigures) bool { return a.Key == s.Area && a.Weight > 0 })
		if i < 0 {
			c.Doubt = DoubtUnknownArea
			return
		}
		area := figures.Areas[i]
		c.Figures = &area.Figures
		if c.compare(said, area.Share); c.Judgement == ClaimDiffers {
			c.Fits = said.fits(s, area)
		}
		if c.Fits != "" {
			c.Judgement = ClaimOtherUnit
		}
	default:
		c.Figures = &figures.Figures
		c.compare(said, figures.Reported)
	}
}

func (c *Comparison) compare(said claim, computed BasisPoints) {
	difference := said.beyond(computed)
	c.Computed, c.Difference, c.Judgement = &computed, &difference, ClaimDiffers
	if said.agrees(computed) {
		c.Judgement = ClaimAgrees
	}
}

// claim is what a statement says is done; a missing bound is open.
type claim struct {
	low, high *BasisPoints
	tolerance BasisPoints
}

// beyond is how far the nearest claimed value lies above computed (below: negative), 0 within the bounds.
func (c claim) beyond(computed BasisPoints) BasisPoints {
	switch {
	case c.low != nil && computed < *c.low:
		return *c.low - computed
	case c.high != nil && computed > *c.high:
		return *c.high - computed
	}
	return 0
}

func (c claim) agrees(computed BasisPoints) bool {
	d := c.beyond(computed)
	return max(d, -d) <= c.tolerance
}

// fits finds another unit in which a claim about an area would agree: as points of the whole, of what is done or left, or as the
// area's weight taken for progress. "": none.
func (c claim) fits(s Statement, area AreaFigures) Unit {
	if s.Low == nil && s.High == nil {
		return "" // "done" and "not done" have no unit
	}
	points := area.Reported
	if s.Kind == percentLeft {
		points = area.Weight - area.Reported
	}
	said := claim{s.Low, s.High, c.tolerance}
	switch {
	case said.agrees(points):
		return PointsOfWhole
	case s.Kind == percentDone && s.Low != nil && s.High != nil && said.agrees(area.Weight):
		return WeightOfArea
	}
	return ""
}

// The kinds of statements that say how much is done; any other says something else.
const (
	percentDone = "percent_done"
	percentLeft = "percent_left"
	breakdown   = "breakdown" // its value is the total
	areaDone    = "area_done"
	areaPending = "area_pending"
)

// claim reads a statement; ok is false if it quantifies nothing.
func (s Statement) claim() (c claim, ok bool) {
	all, notAll := Whole, Whole-1
	switch {
	case s.Kind == areaPending && s.Low == nil && s.High == nil:
		return claim{nil, &notAll, 0}, true
	case s.Kind == areaDone && s.Low == nil && s.High == nil:
		return claim{&all, &all, 0}, true
	case s.Low == nil && s.High == nil:
		return claim{}, false
	case s.Kind == percentLeft:
		c = claim{rest(s.High), rest(s.Low), exactTolerance}
	case s.Kind == percentDone || s.Kind == breakdown || s.Kind == areaDone:
		c = claim{s.Low, s.High, exactTolerance}
	default:
		return claim{}, false
	}
	switch {
	case c.low != nil && *c.low == Whole:
		c.tolerance = 0 // that all is done is true only when all is
	case s.Approximate && c.low != nil && c.high != nil && *c.low == *c.high:
		c.tolerance = approximateTolerance
	}
	return c, true
}

func rest(left *BasisPoints) *BasisPoints {
	if left == nil {
		return nil
	}
	done := Whole - *left
	return &done
}

// scope is what the statement is about. Only a person can say that other words mean the program.
func (s Statement) scope() StatementScope {
	switch {
	case s.Scope != ScopeNotSaid:
		return s.Scope
	case s.Area != "", s.Kind == areaDone, s.Kind == areaPending:
		return ScopeArea
	case s.Subject != Text{}:
		return ScopeOther
	}
	return ScopeProgram
}

// madeOn is the day the statement was said or, where that is not known, printed.
func (s Statement) madeOn() (day *Day, printed bool) {
	if s.StatedOn != nil {
		return s.StatedOn, false
	}
	return s.PublishedOn, s.PublishedOn != nil
}

func deref(d *Day) Day {
	if d == nil {
		return 0
	}
	return *d
}
