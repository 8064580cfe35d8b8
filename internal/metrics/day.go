package metrics

import (
	"fmt"
	"time"
)

// Day is a calendar date without a time zone, counted in days since 1970-01-01. Which instants belong to it depends on the
// program's zone: a day begins at 00:00 there and ends at 24:00, exclusive.
type Day int32

// DayOf is the calendar date of t in zone.
func DayOf(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return NewDay(y, m, d)
}

// NewDay is the day of a civil date.
func NewDay(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads an ISO date such as 2024-04-12.
func ParseDay(iso string) (Day, error) {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date of the form 2024-04-12", iso)
	}
	return NewDay(t.Date()), nil
}

// UTC is the day's midnight in UTC, for printing its year, month and day.
func (d Day) UTC() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Start is the first instant of the day in zone.
func (d Day) Start(zone *time.Location) time.Time {
	y, m, day := d.UTC().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, zone)
}

// End is the first instant after the day in zone: a deadline on d is kept before it and missed from it on.
func (d Day) End(zone *time.Location) time.Time { return (d + 1).Start(zone) }

// String is the ISO date.
func (d Day) String() string { return d.UTC().Format(time.DateOnly) }

// MarshalText writes the ISO date, for JSON.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads an ISO date.
func (d *Day) UnmarshalText(text []byte) error {
	day, err := ParseDay(string(text))
	if err == nil {
		*d = day
	}
	return err
}
