package metrics

// NextSameCount counts how many reports in a row, up to the latest, left a milestone's count where it was; the one that brought the
// count is the first of them. same is the number so far, and before and after are the states around one more report that the ledger
// took. A heartbeat counts, a correction starts anew, and what was observed before the latest report and only arrived after it does
// not count.
func NextSameCount(same int, before, after Progress) int {
	switch {
	case before.Latest.IsZero() || !after.sameCount(before):
		return 1
	case after.Latest.Compare(before.Latest) == 0:
		return same
	}
	return same + 1
}

func (p Progress) sameCount(q Progress) bool {
	return (p.Counts == nil) == (q.Counts == nil) && p.done() == q.done() && p.Base.Compare(q.Base) == 0
}

// stalled: the sender is alive and the count does not move, although it should. Before the planned start nothing has to move.
func (m Milestone) stalled(today Day, r Rules) bool {
	due := today >= m.Start || m.Progress.done() > 0
	return m.open() && due && m.SameCount >= r.StalledAfter
}
