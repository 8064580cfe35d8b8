package metrics_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"tenggat/internal/metrics"
)

// wib is the program zone of the fixtures, UTC+7 without daylight saving.
var wib = time.FixedZone("WIB", 7*60*60)

func day(t testing.TB, iso string) metrics.Day {
	t.Helper()
	d, err := metrics.ParseDay(iso)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// endOf is the last microsecond of a day, the moment a page looked back at is judged at.
func endOf(d metrics.Day) time.Time { return d.End(wib).Add(-time.Microsecond) }

func ptr[T any](v T) *T { return &v }

// replay is the part of the demo's case file that the figures rest on.
type replay struct {
	Program struct {
		Start   string
		Cadence struct{ Value int } `json:"report_cadence_days"`
		Stale   struct{ Value int } `json:"stale_after_days"`
	}
	Areas []struct {
		ID   string
		Name metrics.Text
	}
	Milestones []struct {
		ID, Area string
		Name     metrics.Text
		Weight   metrics.BasisPoints `json:"weight_points"`
		Start    string              `json:"planned_start"`
		Due      string              `json:"planned_due"`
	}
	Deadlines []struct {
		ID, Kind, Date, Earliest, Latest string
		Recorded                         string `json:"recorded_on"`
		Working                          bool   `json:"is_working_deadline"`
	}
	Reports []struct {
		On       string    `json:"effective_on"`
		Received time.Time `json:"received_at"`
		Updates  []struct {
			Milestone string
			Percent   int64
		}
		Expected struct {
			Overall float64
			Areas   map[string]float64 `json:"area_points"`
		}
	} `json:"progress_reports"`
	Items []struct {
		ID        string
		Milestone *string
		Opened    string  `json:"opened_on"`
		Owner     *string `json:"owner_role"`
	} `json:"outstanding_items"`
	Expectations struct {
		Checks []struct {
			AsOf      string `json:"as_of"`
			Overall   float64
			Left      float64  `json:"left_points"`
			Open      []string `json:"open_milestones"`
			Planned   float64
			Deviation float64 `json:"deviation_points"`
			Deadlines map[string]struct {
				DaysLeft int `json:"days_left"`
				Verdict  metrics.Verdict
			} `json:"by_deadline"`
		}
	}
}

func loadReplay(t testing.TB) replay {
	t.Helper()
	raw, err := os.ReadFile("../demo/data/tokopedia-replay.json")
	if err != nil {
		t.Fatal(err)
	}
	var r replay
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// asOf is the case as known at the end of a day.
func (r replay) asOf(t testing.TB, today metrics.Day) (metrics.Program, metrics.History) {
	t.Helper()
	p := metrics.Program{Zone: wib, Start: day(t, r.Program.Start)}
	for _, a := range r.Areas {
		p.Areas = append(p.Areas, metrics.Area{Key: a.ID, Name: a.Name})
	}
	cadence := time.Duration(r.Program.Cadence.Value) * 24 * time.Hour
	grace := time.Duration(r.Program.Stale.Value)*24*time.Hour - cadence
	weights := map[string]metrics.BasisPoints{}
	for _, m := range r.Milestones {
		weights[m.ID] = m.Weight * 100
		p.Milestones = append(p.Milestones, metrics.Milestone{
			Key: m.ID, Area: m.Area, Name: m.Name, Unit: "percent", Weight: m.Weight * 100,
			Start: day(t, m.Start), Due: day(t, m.Due), Cadence: cadence, Grace: grace,
		})
	}
	for _, d := range r.Deadlines {
		if recorded := day(t, d.Recorded); recorded <= today {
			deadline := metrics.Deadline{Key: d.ID, Kind: metrics.DeadlineKind(d.Kind), AnnouncedOn: recorded, Binding: d.Working}
			if d.Earliest != "" {
				deadline.Earliest = ptr(day(t, d.Earliest))
			}
			deadline.Date = day(t, d.Date+d.Latest)
			p.Deadlines = append(p.Deadlines, deadline)
		}
	}
	for _, i := range r.Items {
		if opened := day(t, i.Opened); opened <= today {
			item := metrics.Item{Key: i.ID, Kind: "unspecified", OpenedOn: opened}
			if i.Milestone != nil {
				item.Kind, item.Milestone, item.OwnerRole = "blocker", *i.Milestone, metrics.Text{ID: *i.Owner, EN: *i.Owner}
			}
			p.Items = append(p.Items, item)
		}
	}
	feed := newFeed(&p)
	for i, report := range r.Reports {
		if day(t, report.On) > today {
			continue
		}
		for _, u := range report.Updates {
			feed.observe(t, u.Milestone, metrics.Observation{
				Order:  metrics.Order{At: report.Received, Key: fmt.Sprint("demo/", i)},
				Counts: &metrics.Counts{Done: u.Percent, Total: 100},
			})
		}
	}
	return p, feed.history(metrics.WeightsFrom{From: p.Start, Weights: weights})
}

// feed folds observations into a program's milestones and their days, in arrival order and without refusals.
type feed struct {
	program *metrics.Program
	days    map[string]metrics.MilestoneDay
}

func newFeed(p *metrics.Program) feed { return feed{p, map[string]metrics.MilestoneDay{}} }

func (f feed) observe(t testing.TB, milestone string, o metrics.Observation) {
	t.Helper()
	i := slices.IndexFunc(f.program.Milestones, func(m metrics.Milestone) bool { return m.Key == milestone })
	if i >= 0 {
		next, effect := f.program.Milestones[i].Progress.Apply(o)
		if o.Correction && effect == metrics.NeedsHistory { // they come in order here
			next = metrics.Fold([]metrics.Observation{o})
			effect = metrics.Applied
		}
		if effect != metrics.Applied && effect != metrics.Stale {
			t.Fatalf("%s: the fixture's report %v has effect %v", milestone, o, effect)
		}
		f.program.Milestones[i].Progress = next
	}
	on := metrics.DayOf(o.Order.At, f.program.Zone)
	key := on.String() + milestone
	d := f.days[key]
	d.Milestone, d.Day = milestone, on
	f.days[key] = d.Fold(o)
}

func (f feed) history(weights ...metrics.WeightsFrom) metrics.History {
	h := metrics.History{Weights: weights}
	keys := make([]string, 0, len(f.days))
	for key := range f.days {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		h.Days = append(h.Days, f.days[key])
	}
	return h
}
