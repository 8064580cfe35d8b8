package view

import (
	"net/url"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// milestoneTag is a milestone's state in one word; its flags stand beside it.
func (w words) milestoneTag(m metrics.MilestoneAssessment) Tag {
	switch {
	case m.Milestone.Accepted:
		return Tag{"done", "square-check", w.T(i18n.MeasureAccepted)}
	case !m.Open:
		return Tag{"done", "ring-check", w.T(i18n.StateDone)}
	case m.Overdue:
		return Tag{"late", "octagon-bar", w.T(i18n.StateOverdue)}
	case m.NotReported:
		return Tag{"unknown", "question", w.T(i18n.StateNoReport)}
	case m.Share == 0 && m.Milestone.Progress.Counts.Done == 0:
		return Tag{"unknown", "ring", w.T(i18n.StateNotStarted)}
	}
	return Tag{"unknown", "half", w.T(i18n.StateRunning)}
}

// closePath is where an item is closed, below its program's path.
func closePath(key string) string { return "/items/" + url.PathEscape(key) + "/close" }

// jobKey is the key of the job that an actor is.
func jobKey(actor string) (key string, found bool) { return strings.CutPrefix(actor, "job:") }
