package metrics

import (
	"cmp"
	"slices"
)

// LatestClaim is the newest statement that can be held against the program's figure of its day, with that comparison. Where there
// is none of those it is the newest that quantifies anything; ok is false without one.
func (a Assessment) LatestClaim(p Program) (s Statement, c Comparison, ok bool) {
	newest := slices.Clone(p.Statements)
	slices.SortStableFunc(newest, func(x, y Statement) int {
		dx, _ := x.madeOn()
		dy, _ := y.madeOn()
		return cmp.Compare(deref(dy), deref(dx))
	})
	for _, candidate := range newest {
		if _, quantified := candidate.claim(); !quantified || candidate.scope() == ScopeArea {
			continue
		}
		compared := CompareStatement(candidate, a.Curve.figuresOn(candidate))
		if !ok {
			s, c, ok = candidate, compared, true
		}
		if compared.Difference != nil {
			return candidate, compared, true
		}
	}
	return s, c, ok
}

// figuresOn is the program's figure at the end of the day of a statement; nil: the line does not reach that day.
func (c Curve) figuresOn(s Statement) *DayFigures {
	day, _ := s.madeOn()
	if day == nil || *day < c.Points[0].Day || *day > c.Points[len(c.Points)-1].Day {
		return nil
	}
	point := c.On(*day)
	return &DayFigures{Day: *day, Figures: Figures{Reported: point.Reported, Verified: point.Verified, Accepted: point.Accepted}}
}

// On is the state at the end of a day; before the line begins it is zero.
func (c Curve) On(day Day) CurvePoint {
	after, _ := slices.BinarySearchFunc(c.Points, day+1, func(p CurvePoint, day Day) int { return cmp.Compare(p.Day, day) })
	if after == 0 {
		return CurvePoint{ByArea: make([]BasisPoints, len(c.Points[len(c.Points)-1].ByArea))}
	}
	return c.Points[after-1]
}
