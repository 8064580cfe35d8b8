package i18n

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones must be there on any machine

	"pgregory.net/rapid"
)

func in(t *testing.T, zone, when string) time.Time {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	instant, err := time.Parse(time.RFC3339, when)
	if err != nil {
		t.Fatal(err)
	}
	return instant.In(location)
}

func same(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDates(t *testing.T) {
	// 19:30 in UTC is the next day in Jakarta.
	at := in(t, "Asia/Jakarta", "2024-02-11T19:30:00Z")
	same(t, Indonesian.Date(at), "12 Februari 2024")
	same(t, English.Date(at), "12 February 2024")
	same(t, Indonesian.DateShort(at), "12 Feb 2024")
	same(t, Indonesian.DayShort(at), "12 Feb")
	same(t, Indonesian.Month(at), "Februari 2024")
	same(t, English.MonthShort(at), "Feb")
	same(t, Indonesian.Weekday(at), "Senin, 12 Februari 2024")
	same(t, English.Weekday(at), "Monday, 12 February 2024")
	same(t, Indonesian.Clock(at), "02.30 WIB")
	same(t, English.Clock(at), "02:30 WIB (UTC+7)")
	same(t, Indonesian.DateTime(at), "12 Februari 2024 02.30 WIB")
	same(t, English.DateTime(at), "12 February 2024 02:30 WIB (UTC+7)")
	same(t, Indonesian.DateTimeShort(at), "12 Feb 2024 02.30 WIB")
}

func TestShortMonths(t *testing.T) {
	var id, en string
	for m := time.January; m <= time.December; m++ {
		day := time.Date(2024, m, 1, 0, 0, 0, 0, time.UTC)
		id += Indonesian.MonthShort(day) + " "
		en += English.MonthShort(day) + " "
	}
	same(t, id, "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des ")
	same(t, en, "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec ")
}

// The tables agree with each other and, in English, with Go's own.
func TestNamesAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Unix(rapid.Int64Range(-2e9, 4e9).Draw(t, "seconds"), 0).UTC()
		if got, want := English.Weekday(day), day.Format("Monday, 2 January 2006"); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
		if got, want := English.DateShort(day), day.Format("2 Jan 2006"); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
		if got, want := Indonesian.MonthShort(day), Indonesian.Month(day)[:3]; got != want {
			t.Fatalf("%q abbreviates %q", got, Indonesian.Month(day))
		}
	})
}

func TestIndonesianWeekdays(t *testing.T) {
	want := []string{"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"} // 1 January 2024 was a Monday
	for i, name := range want {
		day := time.Date(2024, 1, i+1, 12, 0, 0, 0, time.UTC)
		same(t, Indonesian.Weekday(day), name+", "+Indonesian.Date(day))
	}
}

func TestZones(t *testing.T) {
	const when = "2024-07-01T02:37:00Z"
	for zone, want := range map[string][2]string{
		"Asia/Jakarta":        {"09.37 WIB", "09:37 WIB (UTC+7)"},
		"Asia/Pontianak":      {"09.37 WIB", "09:37 WIB (UTC+7)"},
		"Asia/Makassar":       {"10.37 WITA", "10:37 WITA (UTC+8)"},
		"Asia/Jayapura":       {"11.37 WIT", "11:37 WIT (UTC+9)"},
		"UTC":                 {"02.37 UTC", "02:37 UTC"},
		"Europe/Berlin":       {"04.37 CEST (UTC+2)", "04:37 CEST (UTC+2)"},
		"America/Los_Angeles": {"19.37 PDT (UTC−7)", "19:37 PDT (UTC−7)"},
		"America/St_Johns":    {"00.07 NDT (UTC−2:30)", "00:07 NDT (UTC−2:30)"},
		"Asia/Kolkata":        {"08.07 IST (UTC+5:30)", "08:07 IST (UTC+5:30)"},
		"Asia/Singapore":      {"10.37 UTC+8", "10:37 UTC+8"},
	} {
		at := in(t, zone, when)
		same(t, Indonesian.Clock(at), want[0])
		same(t, English.Clock(at), want[1])
	}
	same(t, English.Zone(time.Unix(0, 0).In(time.FixedZone("", 3600))), "UTC+1")
}

func TestDateRange(t *testing.T) {
	day := func(s string) time.Time { return in(t, "Asia/Jakarta", s+"T12:00:00+07:00") }
	cases := []struct{ a, b, id, en string }{
		{"2024-03-26", "2024-04-12", "26 Maret–12 April 2024", "26 March–12 April 2024"},
		{"2024-03-26", "2024-03-29", "26–29 Maret 2024", "26–29 March 2024"},
		{"2024-03-26", "2024-03-26", "26 Maret 2024", "26 March 2024"},
		{"2023-12-26", "2024-01-12", "26 Desember 2023–12 Januari 2024", "26 December 2023–12 January 2024"},
		{"2023-03-26", "2024-03-26", "26 Maret 2023–26 Maret 2024", "26 March 2023–26 March 2024"},
		{"2024-04-12", "2024-03-26", "26 Maret–12 April 2024", "26 March–12 April 2024"},
	}
	for _, c := range cases {
		same(t, Indonesian.DateRange(day(c.a), day(c.b)), c.id)
		same(t, English.DateRange(day(c.a), day(c.b)), c.en)
	}
}

func TestDaysLeft(t *testing.T) {
	for days, want := range map[int][2]string{
		31: {"31 hari lagi", "31 days left"}, 1: {"1 hari lagi", "1 day left"}, 0: {"hari ini", "today"},
		-1: {"lewat 1 hari", "1 day past"}, -3: {"lewat 3 hari", "3 days past"}, 1200: {"1.200 hari lagi", "1,200 days left"},
	} {
		same(t, Indonesian.DaysLeft(days), want[0])
		same(t, English.DaysLeft(days), want[1])
	}
}

func TestAgo(t *testing.T) {
	const day = 24 * time.Hour
	for age, want := range map[time.Duration][2]string{
		-day: {"baru saja", "just now"}, 0: {"baru saja", "just now"}, time.Minute - 1: {"baru saja", "just now"},
		time.Minute: {"1 menit", "1 minute"}, 5*time.Minute + 59*time.Second: {"5 menit", "5 minutes"}, time.Hour - 1: {"59 menit", "59 minutes"},
		time.Hour: {"1 jam", "1 hour"}, day - 1: {"23 jam", "23 hours"}, day: {"1 hari", "1 day"}, 11*day + 23*time.Hour: {"11 hari", "11 days"},
	} {
		same(t, Indonesian.Ago(age), want[0])
		same(t, English.Ago(age), want[1])
	}
}
