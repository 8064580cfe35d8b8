package metrics

// CountPoint is what was known of a milestone's count at the end of a day on which something was observed of it.
type CountPoint struct {
	Day       Day
	Counts    Counts
	Corrected bool // by a correction of that day
}

// CountsOverTime follows a milestone's count through its days, as the curve of the whole does. What was dated after today counts
// today. A day before the first count has no point.
func CountsOverTime(h History, milestone string, today Day) []CountPoint {
	var points []CountPoint
	var known *Counts
	for _, d := range h.Days {
		if d.Milestone != milestone {
			continue
		}
		known = d.carry(known)
		if known == nil {
			continue
		}
		point := CountPoint{min(d.Day, today), *known, !d.Corrected.IsZero()}
		if n := len(points); n > 0 && points[n-1].Day == point.Day {
			point.Corrected = point.Corrected || points[n-1].Corrected
			points[n-1] = point
			continue
		}
		points = append(points, point)
	}
	return points
}

// Share is how much of its total a count has done, in basis points of it, truncated; 0 where the total is 0.
func (c Counts) Share() BasisPoints { return newPart(Whole, ratio{c.Done, c.Total}).units }
