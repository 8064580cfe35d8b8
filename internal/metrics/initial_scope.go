package metrics

import "slices"

// InitialScope is the program's way by the scope that it began with: of each milestone its first total, weighed as the first weight set
// had it; what joined later counts nothing. It stands beside the curve, which is the figure of record. grew is false where no total
// grew and nothing joined, so that there is nothing to set beside it. docs/metrics.md#initial-scope.
func InitialScope(p Program, h History, today Day) (curve Curve, grew bool) {
	first := map[string]int64{}
	initial := History{Weights: h.Weights[:min(1, len(h.Weights))]}
	for _, d := range h.Days {
		if c := d.Counts; c != nil && c.Total > 0 {
			if _, known := first[d.Milestone]; !known {
				first[d.Milestone] = c.Total
			}
			grew = grew || c.Total > first[d.Milestone]
			d.Counts = &Counts{Done: min(c.Done, first[d.Milestone]), Total: first[d.Milestone]}
		}
		initial.Days = append(initial.Days, d)
	}
	if len(initial.Weights) > 0 {
		grew = grew || slices.ContainsFunc(p.Milestones, func(m Milestone) bool { return m.Weight > 0 && initial.Weights[0].Weights[m.Key] == 0 })
	}
	if !grew {
		return Curve{}, false
	}
	return newCurve(p, initial, today), true
}
