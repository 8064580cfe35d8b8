package postgres

import (
	"time"

	"tenggat/internal/fold"
	"tenggat/internal/metrics"
)

// stateRow is a row of milestone_states.
type stateRow struct {
	ProgramID    string     `json:"program_id,omitempty" db:"program_id"`
	Milestone    string     `json:"milestone" db:"milestone"`
	Entry        int64      `json:"entry_no" db:"entry_no"`
	RecordedAt   *time.Time `json:"recorded_at,omitempty" db:"recorded_at"`
	Done         *int64     `json:"done" db:"done"`
	Total        *int64     `json:"total" db:"total"`
	Failed       *int64     `json:"failed" db:"failed"`
	Skipped      *int64     `json:"skipped" db:"skipped"`
	CountedAt    *time.Time `json:"counted_at" db:"counted_at"`
	CountedKey   string     `json:"counted_key" db:"counted_key"`
	CountedEntry int64      `json:"counted_entry" db:"counted_entry"`
	BaseAt       *time.Time `json:"base_at" db:"base_at"`
	BaseKey      string     `json:"base_key" db:"base_key"`
	BaseDone     *int64     `json:"base_done" db:"base_done"`
	BaseTotal    *int64     `json:"base_total" db:"base_total"`
	ReopenedAt   *time.Time `json:"reopened_at" db:"reopened_at"`
	ReopenedKey  string     `json:"reopened_key" db:"reopened_key"`
	LatestAt     time.Time  `json:"latest_at" db:"latest_at"`
	LatestKey    string     `json:"latest_key" db:"latest_key"`
	LatestState  string     `json:"latest_state" db:"latest_state"`
	LatestRun    string     `json:"latest_run" db:"latest_run"`
	NextDueAt    *time.Time `json:"next_due_at" db:"next_due_at"`
	Reports      int64      `json:"reports" db:"reports"`
	SameCount    int        `json:"same_count" db:"same_count"`
}

// state is the row as the fold knows it.
func (r stateRow) state() fold.MilestoneState {
	return fold.MilestoneState{Progress: r.progress(), Entry: r.Entry, CountedEntry: r.CountedEntry, SameCount: r.SameCount}
}

func (r stateRow) progress() metrics.Progress {
	return metrics.Progress{
		Counts: fold.Counts(r.Done, r.Total, r.Failed, r.Skipped), Counted: order(r.CountedAt, r.CountedKey), Base: order(r.BaseAt, r.BaseKey),
		BaseCounts: fold.Counts(r.BaseDone, r.BaseTotal, nil, nil), Reopened: order(r.ReopenedAt, r.ReopenedKey),
		Latest: metrics.Order{At: r.LatestAt.UTC(), Key: r.LatestKey}, State: metrics.RunState(r.LatestState), Run: r.LatestRun,
		NextDueAt: utc(r.NextDueAt), Reports: r.Reports,
	}
}

func newStateRow(program, milestone string, s fold.MilestoneState, recordedAt time.Time) stateRow {
	p := s.Progress
	row := stateRow{
		ProgramID: program, Milestone: milestone, Entry: s.Entry, RecordedAt: &recordedAt,
		CountedAt: timeOf(p.Counted), CountedKey: p.Counted.Key, CountedEntry: s.CountedEntry, BaseAt: timeOf(p.Base), BaseKey: p.Base.Key,
		LatestAt: p.Latest.At, LatestKey: p.Latest.Key, LatestState: string(p.State), LatestRun: p.Run, NextDueAt: p.NextDueAt, Reports: p.Reports,
		SameCount: s.SameCount, ReopenedAt: timeOf(p.Reopened), ReopenedKey: p.Reopened.Key,
	}
	if c := p.Counts; c != nil {
		row.Done, row.Total, row.Failed, row.Skipped = &c.Done, &c.Total, c.Failed, c.Skipped
	}
	if c := p.BaseCounts; c != nil {
		row.BaseDone, row.BaseTotal = &c.Done, &c.Total
	}
	return row
}

// nullableState is a stateRow out of an outer join: all of it null when the milestone was never reported.
type nullableState struct {
	Entry        *int64     `db:"entry_no"`
	Done         *int64     `db:"done"`
	Total        *int64     `db:"total"`
	Failed       *int64     `db:"failed"`
	Skipped      *int64     `db:"skipped"`
	CountedAt    *time.Time `db:"counted_at"`
	CountedKey   *string    `db:"counted_key"`
	CountedEntry *int64     `db:"counted_entry"`
	BaseAt       *time.Time `db:"base_at"`
	BaseKey      *string    `db:"base_key"`
	BaseDone     *int64     `db:"base_done"`
	BaseTotal    *int64     `db:"base_total"`
	ReopenedAt   *time.Time `db:"reopened_at"`
	ReopenedKey  *string    `db:"reopened_key"`
	LatestAt     *time.Time `db:"latest_at"`
	LatestKey    *string    `db:"latest_key"`
	LatestState  *string    `db:"latest_state"`
	LatestRun    *string    `db:"latest_run"`
	NextDueAt    *time.Time `db:"next_due_at"`
	Reports      *int64     `db:"reports"`
	SameCount    *int       `db:"same_count"`
}

func (n nullableState) state(milestone string) (stateRow, bool) {
	if n.Entry == nil {
		return stateRow{}, false
	}
	return stateRow{
		Milestone: milestone, Entry: *n.Entry, Done: n.Done, Total: n.Total, Failed: n.Failed, Skipped: n.Skipped,
		CountedAt: n.CountedAt, CountedKey: *n.CountedKey, CountedEntry: *n.CountedEntry, BaseAt: n.BaseAt, BaseKey: *n.BaseKey, BaseDone: n.BaseDone, BaseTotal: n.BaseTotal,
		ReopenedAt: n.ReopenedAt, ReopenedKey: *n.ReopenedKey,
		LatestAt: *n.LatestAt, LatestKey: *n.LatestKey, LatestState: *n.LatestState, LatestRun: *n.LatestRun, NextDueAt: n.NextDueAt, Reports: *n.Reports, SameCount: *n.SameCount,
	}, true
}

// dayRow is a row of milestone_days.
type dayRow struct {
	ProgramID    string     `json:"program_id,omitempty" db:"program_id"`
	Milestone    string     `json:"milestone" db:"milestone"`
	Day          isoDay     `json:"day" db:"day"`
	RecordedDay  string     `json:"recorded_day,omitempty" db:"recorded_day"`
	Entry        int64      `json:"entry_no,omitempty" db:"entry_no"`
	Done         *int64     `json:"done" db:"done"`
	Total        *int64     `json:"total" db:"total"`
	Failed       *int64     `json:"failed" db:"failed"`
	Skipped      *int64     `json:"skipped" db:"skipped"`
	CountedAt    *time.Time `json:"counted_at" db:"counted_at"`
	CountedKey   string     `json:"counted_key" db:"counted_key"`
	CorrectedAt  *time.Time `json:"corrected_at" db:"corrected_at"`
	CorrectedKey string     `json:"corrected_key" db:"corrected_key"`
	ReopenedAt   *time.Time `json:"reopened_at" db:"reopened_at"`
	Reports      int64      `json:"reports" db:"reports"`
}

func (r dayRow) milestoneDay() metrics.MilestoneDay {
	return metrics.MilestoneDay{
		Milestone: r.Milestone, Day: metrics.Day(r.Day), Counts: fold.Counts(r.Done, r.Total, r.Failed, r.Skipped),
		Counted: order(r.CountedAt, r.CountedKey), Corrected: order(r.CorrectedAt, r.CorrectedKey), Reopened: order(r.ReopenedAt, "").At, Reports: r.Reports,
	}
}

func newDayRow(program string, d metrics.MilestoneDay, recordedDay metrics.Day, entry int64) dayRow {
	row := dayRow{
		ProgramID: program, Milestone: d.Milestone, Day: isoDay(d.Day), RecordedDay: recordedDay.String(), Entry: entry,
		CountedAt: timeOf(d.Counted), CountedKey: d.Counted.Key, CorrectedAt: timeOf(d.Corrected), CorrectedKey: d.Corrected.Key, ReopenedAt: timeOf(metrics.Order{At: d.Reopened}), Reports: d.Reports,
	}
	if c := d.Counts; c != nil {
		row.Done, row.Total, row.Failed, row.Skipped = &c.Done, &c.Total, c.Failed, c.Skipped
	}
	return row
}

// factRow is a row of facts.
type factRow struct {
	ProgramID string `json:"program_id"`
	fold.Fact
}

// isoDay is a metrics.Day that also scans from a date column.
type isoDay metrics.Day

// Scan reads a date as the driver gives it: midnight UTC.
func (d *isoDay) Scan(src any) error {
	*d = isoDay(metrics.DayOf(src.(time.Time), time.UTC))
	return nil
}

// MarshalText and UnmarshalText are metrics.Day's.
func (d isoDay) MarshalText() ([]byte, error) { return metrics.Day(d).MarshalText() }

// UnmarshalText reads an ISO date.
func (d *isoDay) UnmarshalText(text []byte) error { return (*metrics.Day)(d).UnmarshalText(text) }

func order(at *time.Time, key string) metrics.Order {
	if at == nil {
		return metrics.Order{}
	}
	return metrics.Order{At: at.UTC(), Key: key}
}

func timeOf(o metrics.Order) *time.Time {
	if o.IsZero() {
		return nil
	}
	return &o.At
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}
