package metrics

import "slices"

// Correction is why a count was lowered on a day, as it was written.
type Correction struct {
	Milestone string
	On        Day  // that it is about
	Why       Text // empty: erased
}

// HasCorrections reports whether there is anything to explain.
func (c Curve) HasCorrections() bool {
	return slices.ContainsFunc(c.Points, func(p CurvePoint) bool { return len(p.Corrected) > 0 })
}

// Explain ties what was written of corrections to the days that they lowered. What is about no day of the curve is passed over.
func (c *Curve) Explain(corrections []Correction) {
	for i := range c.Points {
		point := &c.Points[i]
		for _, correction := range corrections {
			if correction.On == point.Day && slices.Contains(point.Corrected, correction.Milestone) && correction.Why != (Text{}) {
				point.Why = append(point.Why, correction)
			}
		}
	}
}
