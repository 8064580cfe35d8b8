package i18n

import (
	"fmt"
	"strings"
	"time"
)

// Go knows no Indonesian names of months and days, and neither does x/text; these are both tables.
var (
	months = [2][12]string{
		{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
		{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	}
	monthsShort = [2][12]string{
		{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"},
		{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	}
	weekdays = [2][7]string{
		{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"},
		{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	}
)

// row is the language's row in the tables above.
func (l Lang) row() int {
	if l == English {
		return 1
	}
	return 0
}

// Month is "Maret 2024". Like everything here it reads t in the zone t already has.
func (l Lang) Month(t time.Time) string {
	return fmt.Sprintf("%s %d", months[l.row()][t.Month()-1], t.Year())
}

// MonthShort is "Mar", for axes.
func (l Lang) MonthShort(t time.Time) string { return monthsShort[l.row()][t.Month()-1] }

// Date is "12 Maret 2024".
func (l Lang) Date(t time.Time) string { return fmt.Sprintf("%d %s", t.Day(), l.Month(t)) }

// DateShort is "12 Mar 2024".
func (l Lang) DateShort(t time.Time) string { return fmt.Sprintf("%s %d", l.DayShort(t), t.Year()) }

// DayShort is "12 Mar", where the year is plain from what stands around it.
func (l Lang) DayShort(t time.Time) string { return fmt.Sprintf("%d %s", t.Day(), l.MonthShort(t)) }

// Weekday is "Senin, 12 Februari 2024".
func (l Lang) Weekday(t time.Time) string { return weekdays[l.row()][t.Weekday()] + ", " + l.Date(t) }

// DateRange is "26 Maret–12 April 2024": what both days share is written once, and one day is written as one. The earlier
// day comes first, in whichever order they are given.
func (l Lang) DateRange(a, b time.Time) string {
	if b.Before(a) {
		a, b = b, a
	}
	switch {
	case a.Year() != b.Year():
		return l.Date(a) + "–" + l.Date(b)
	case a.Month() != b.Month():
		return fmt.Sprintf("%d %s–%s", a.Day(), months[l.row()][a.Month()-1], l.Date(b))
	case a.Day() != b.Day():
		return fmt.Sprintf("%d–%s", a.Day(), l.Date(b))
	}
	return l.Date(a)
}

// Clock is "09.37 WIB", in English "09:37 WIB (UTC+7)".
func (l Lang) Clock(t time.Time) string {
	return fmt.Sprintf("%02d%s%02d %s", t.Hour(), l.pick(".", ":"), t.Minute(), l.Zone(t))
}

// DateTime is "12 Maret 2024 09.37 WIB".
func (l Lang) DateTime(t time.Time) string { return l.Date(t) + " " + l.Clock(t) }

// DateTimeShort is "12 Mar 2024 09.37 WIB".
func (l Lang) DateTimeShort(t time.Time) string { return l.DateShort(t) + " " + l.Clock(t) }

// Zone names t's zone. Indonesia's three are known to an Indonesian reader by name (WIB, WITA, WIT, which is what the
// zone data call Asia/Jakarta and Pontianak, Makassar, Jayapura); everybody and everything else needs the offset.
func (l Lang) Zone(t time.Time) string {
	name, seconds := t.Zone()
	switch {
	case name == "UTC":
		return "UTC"
	case l == Indonesian && (name == "WIB" || name == "WITA" || name == "WIT"):
		return name
	case name == "" || strings.ContainsAny(name[:1], "+-"): // a zone without a name of its own
		return utcOffset(seconds)
	}
	return name + " (" + utcOffset(seconds) + ")"
}

// utcOffset is "UTC+7", "UTC−3:30" or "UTC+0".
func utcOffset(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = minus, -seconds
	}
	text := fmt.Sprintf("UTC%s%d", sign, seconds/3600)
	if minutes := seconds / 60 % 60; minutes != 0 {
		text += fmt.Sprintf(":%02d", minutes)
	}
	return text
}

// DaysLeft says how far away a day is, in calendar days: "31 hari lagi", "hari ini", "lewat 3 hari".
func (l Lang) DaysLeft(days int) string {
	switch {
	case days > 0:
		return l.N(DaysToGo, int64(days))
	case days < 0:
		return l.N(DaysPast, -int64(days))
	}
	return l.T(Today)
}

// Ago is an age in its largest whole unit: "11 hari", "3 jam", "5 menit"; below a minute, and for what lies in the future
// because two clocks differ, "baru saja".
func (l Lang) Ago(d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return l.N(Days, int64(d/(24*time.Hour)))
	case d >= time.Hour:
		return l.N(Hours, int64(d/time.Hour))
	case d >= time.Minute:
		return l.N(Minutes, int64(d/time.Minute))
	}
	return l.T(JustNow)
}
