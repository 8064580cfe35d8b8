package metrics

import "time"

// ValidSince is the first instant from which all of this held as of At: the last entry, the beginning of the day, or the moment at
// which the last milestone turned stale. Whoever asks as of then is told the same, which makes it the moment to cite.
func (a Assessment) ValidSince(p Program) time.Time {
	since := a.Today.Start(p.Zone)
	if p.RecordedAt.After(since) {
		since = p.RecordedAt
	}
	for _, m := range a.Milestones {
		if m.StaleSince.After(since) {
			since = m.StaleSince
		}
	}
	return since.UTC()
}
