package postgres

import (
	"time"

	"github.com/lib/pq"

	"tenggat/internal/metrics"
)

// dayColumns are the day rows of a program as columns, in the order of days and milestones. -1 stands for null; instants are
// microseconds since 1970. They hold what charts and forecasts need: which observation brought a count is left out.
type dayColumns struct {
	DayMilestones pq.StringArray `db:"day_milestones"`
	DayDays       pq.Int64Array  `db:"day_days"`
	DayDone       pq.Int64Array  `db:"day_done"`
	DayTotals     pq.Int64Array  `db:"day_totals"`
	DayCorrected  pq.Int64Array  `db:"day_corrected"`
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
		days[i] = d
	}
	return days
}

// forChart leaves of a day row what dayColumns hold of it.
func forChart(d metrics.MilestoneDay) metrics.MilestoneDay {
	d.Counted, d.Corrected.Key = metrics.Order{}, ""
	if d.Counts != nil {
		d.Counts = &metrics.Counts{Done: d.Counts.Done, Total: d.Counts.Total}
	}
	return d
}
