package postgres

import (
	"time"

	"github.com/lib/pq"

	"tenggat/internal/metrics"
)

// dayColumns are the day rows of a program as columns, in the order of days and milestones. -1 stands for null; instants are
// microseconds since 1970. They hold what fold.ForChart leaves.
type dayColumns struct {
	DayMilestones pq.StringArray `db:"day_milestones"`
	DayDays       pq.Int64Array  `db:"day_days"`
	DayDone       pq.Int64Array  `db:"day_done"`
	DayTotals     pq.Int64Array  `db:"day_totals"`
	DayCorrected  pq.Int64Array  `db:"day_corrected"`
	DayReopened   pq.Int64Array  `db:"day_reopened"`
	DayReports    pq.Int64Array  `db:"day_reports"`
}

func (c dayColumns) milestoneDays() []metrics.MilestoneDay {
	days := make([]metrics.MilestoneDay, len(c.DayDays))
	for i := range days {
		d := metrics.MilestoneDay{Milestone: c.DayMilestones[i], Day: metrics.Day(c.DayDays[i]), Reports: c.DayReports[i]}
		if c.DayDone[i] >= 0 {
			d.Counts = &metrics.Counts{Done: c.DayDone[i], Total: c.DayTotals[i]}
		}
		if c.DayCorrected[i] >= 0 {
			d.Corrected = metrics.Order{At: time.UnixMicro(c.DayCorrected[i]).UTC()}
		}
		if c.DayReopened[i] >= 0 {
			d.Reopened = time.UnixMicro(c.DayReopened[i]).UTC()
		}
		days[i] = d
	}
	return days
}
