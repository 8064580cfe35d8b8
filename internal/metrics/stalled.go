package metrics

// MaxStalledAfter bounds Rules.StalledAfter: so many of a milestone's latest states are enough to judge it.
const MaxStalledAfter = 20

// SameCount counts how many reports in a row, up to the latest, left a milestone's count where it was; the one that brought the
// count is the first of them. A heartbeat counts, a correction starts anew, and what was observed before the latest report and
// only arrived after it does not count.
//
// latest are the milestone's states after each of its latest entries, newest first.
func SameCount(latest []Progress) int {
	same := 0
	for i, p := range latest {
		if !p.sameCount(latest[0]) {
			break
		}
		if i == 0 || p.Latest.Compare(latest[i-1].Latest) != 0 {
			same++
		}
	}
	return same
}

func (p Progress) sameCount(q Progress) bool {
	return (p.Counts == nil) == (q.Counts == nil) && p.done() == q.done() && p.Base.Compare(q.Base) == 0
}

// stalled: the sender is alive and the count does not move, although it should. Before the planned start nothing has to move.
func (m Milestone) stalled(today Day, r Rules) bool {
	due := today >= m.Start || m.Progress.done() > 0
	return m.open() && due && m.SameCount >= min(r.StalledAfter, MaxStalledAfter)
}
