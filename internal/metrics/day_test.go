package metrics_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"tenggat/internal/metrics"
)

func TestADayIsTheZonesNotTheServers(t *testing.T) {
	jakarta, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	deadline := day(t, "2024-04-12")
	end := deadline.End(jakarta)
	if want := time.Date(2024, 4, 12, 17, 0, 0, 0, time.UTC); !end.Equal(want) {
		t.Errorf("the day ends at %v, want %v", end, want)
	}
	for _, server := range []string{"UTC", "Asia/Jakarta", "America/New_York", "Pacific/Kiritimati"} {
		zone, err := time.LoadLocation(server)
		if err != nil {
			t.Fatal(err)
		}
		last := time.Date(2024, 4, 12, 16, 59, 59, 999_999_000, time.UTC).In(zone)
		if got := metrics.DayOf(last, jakarta); got != deadline {
			t.Errorf("on a server in %s %v is %v", server, last, got)
		}
		if got := metrics.DayOf(last.Add(time.Microsecond), jakarta); got != deadline+1 {
			t.Errorf("on a server in %s the next day begins late: %v", server, got)
		}
	}
}

func TestDaysOfClockChanges(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for iso, hours := range map[string]time.Duration{"2024-03-31": 23, "2024-10-27": 25, "2024-04-01": 24} {
		d := day(t, iso)
		if got := d.End(berlin).Sub(d.Start(berlin)); got != hours*time.Hour {
			t.Errorf("%s has %v", iso, got)
		}
	}
}

func TestDayTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := metrics.Day(rapid.Int32Range(-200_000, 2_900_000).Draw(t, "day"))
		raw, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back metrics.Day
		if err := json.Unmarshal(raw, &back); err != nil || back != d {
			t.Fatalf("%s came back as %v, %v", raw, back, err)
		}
		if metrics.DayOf(d.Start(wib), wib) != d || metrics.DayOf(endOf(d), wib) != d || metrics.NewDay(d.UTC().Date()) != d {
			t.Fatalf("%v is not its own day", d)
		}
	})
}

func FuzzParseDay(f *testing.F) {
	for _, seed := range []string{"2024-04-12", "2024-02-30", "2023-02-29", "0000-01-01", "9999-12-31", "2024-4-12", "2024-04-12T00:00", "", "12-04-2024"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, iso string) {
		d, err := metrics.ParseDay(iso)
		if err == nil && d.String() != iso {
			t.Errorf("%q became %v", iso, d)
		}
		if err == nil && len(iso) != len("2024-04-12") {
			t.Errorf("%q was taken for a date", iso)
		}
	})
}
