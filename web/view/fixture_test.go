package view

import (
	"encoding/json"
	"net/url"
	"os"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/static"
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

func ptr[T any](v T) *T { return &v }

// replay is what the pages need of the demo's case file.
type replay struct {
	Program struct {
		Start string
		Name  metrics.Text
		Legal string `json:"legal_basis"`
	}
	Areas []struct {
		ID   string
		Name metrics.Text
	}
	Milestones []struct {
		ID, Area, Layer string
		Name            metrics.Text
		Says            string              `json:"article_says"`
		Weight          metrics.BasisPoints `json:"weight_points"`
		Start           string              `json:"planned_start"`
		Due             string              `json:"planned_due"`
	}
	Deadlines []struct {
		ID, Kind, Text, Date, Earliest, Latest, By string
		Version                                    int64
		Recorded                                   string `json:"recorded_on"`
		Working                                    bool   `json:"is_working_deadline"`
	}
	Reports []struct {
		On       string    `json:"effective_on"`
		Received time.Time `json:"received_at"`
		Updates  []struct {
			Milestone string
			Percent   int64
		}
	} `json:"progress_reports"`
	Statements []struct {
		ID, Kind, Speaker, Source, Subject, Area, Provenance string
		Stated                                               *string  `json:"stated_on"`
		Words                                                string   `json:"text_en"`
		Value                                                *float64 `json:"value"`
		Low                                                  *float64 `json:"value_low"`
		High                                                 *float64 `json:"value_high"`
		Approximate                                          bool
	}
	Items []struct {
		ID         string
		Milestone  *string
		Title      metrics.Text
		Opened     string `json:"opened_on"`
		Due        *string
		Owner      *string `json:"owner_role"`
		Provenance string
	} `json:"outstanding_items"`
}

func loadReplay(t testing.TB) replay {
	t.Helper()
	raw, err := os.ReadFile("../../internal/demo/data/tokopedia-replay.json")
	if err != nil {
		t.Fatal(err)
	}
	var r replay
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// tokopedia is the case as known at the end of a day, and the days on which something was reported.
func tokopedia(t testing.TB, iso string) (metrics.Program, metrics.Assessment, []metrics.RecordedDay) {
	t.Helper()
	p, _, a, days := tokopediaCase(t, iso)
	return p, a, days
}

// tokopediaCase is tokopedia with the history that the assessment was made with.
func tokopediaCase(t testing.TB, iso string) (metrics.Program, metrics.History, metrics.Assessment, []metrics.RecordedDay) {
	t.Helper()
	r, today := loadReplay(t), day(t, iso)
	p := metrics.Program{
		Key: "tiktok-tokopedia", Name: r.Program.Name, Zone: wib, Start: day(t, r.Program.Start), LegalBasis: r.Program.Legal, LeadRegulator: "Kementerian Perdagangan",
		Operators: []string{"Tokopedia", "TikTok", "GOTO"}, Demo: "replay", Rules: metrics.DefaultRules(),
		WeightSet: metrics.WeightSet{Version: 1, Entry: 15, RecordedAt: day(t, r.Program.Start).Start(wib), Provenance: "invented"},
	}
	for _, a := range r.Areas {
		p.Areas = append(p.Areas, metrics.Area{Key: a.ID, Name: a.Name})
	}
	weights := map[string]metrics.BasisPoints{}
	for _, m := range r.Milestones {
		weights[m.ID] = m.Weight * 100
		p.Milestones = append(p.Milestones, metrics.Milestone{
			Key: m.ID, Area: m.Area, Name: m.Name, Definition: metrics.Text{ID: m.Says, EN: m.Says}, Unit: "percent", Layer: m.Layer, Weight: m.Weight * 100,
			Start: day(t, m.Start), Due: day(t, m.Due), Cadence: 7 * 24 * time.Hour, Grace: 3 * 24 * time.Hour, Provenance: "invented",
		})
	}
	addDeadlines(t, &p, r, today)
	addStatements(t, &p, r, today)
	for _, i := range r.Items {
		if day(t, i.Opened) <= today {
			item := metrics.Item{Key: i.ID, Kind: "request", Title: i.Title, OpenedOn: day(t, i.Opened), Provenance: i.Provenance}
			if i.Milestone == nil {
				item.Kind = "unspecified"
			} else {
				item.Milestone = *i.Milestone
			}
			if i.Due != nil {
				item.Due = ptr(day(t, *i.Due))
			}
			if i.Owner != nil {
				item.OwnerRole = metrics.Text{ID: *i.Owner, EN: *i.Owner}
			}
			p.Items = append(p.Items, item)
		}
	}
	h := metrics.History{Weights: []metrics.WeightsFrom{{Version: 1, Entry: 15, From: p.Start, Weights: weights}}}
	days := addReports(t, &p, &h, r, today)
	return p, h, metrics.Assess(p, h, today.End(wib).Add(-time.Microsecond)), days
}

func addDeadlines(t testing.TB, p *metrics.Program, r replay, today metrics.Day) {
	for _, d := range r.Deadlines {
		if day(t, d.Recorded) > today {
			continue
		}
		deadline := metrics.Deadline{
			Key: d.ID, Version: d.Version, Kind: metrics.DeadlineKind(d.Kind), Stated: metrics.Text{ID: d.Text, EN: d.Text}, AnnouncedOn: day(t, d.Recorded), AnnouncedBy: d.By,
		}
		if d.Date == "" {
			d.Date = d.Latest
			deadline.Earliest = ptr(day(t, d.Earliest))
		}
		deadline.Date = day(t, d.Date)
		if d.Kind == "regulatory" {
			for i := range p.Deadlines {
				p.Deadlines[i].Binding = false
			}
			deadline.Binding = true
			from := deadline.AnnouncedOn.Start(wib)
			if n := len(p.Bindings); n > 0 {
				p.Bindings[n-1].To, p.Bindings[n-1].ToEntry = &from, int64(n+6)
			}
			p.Bindings = append(p.Bindings, metrics.Binding{Deadline: d.ID, From: from, Entry: int64(len(p.Bindings) + 5), Reason: alike("diumumkan")})
		}
		p.Deadlines = append(p.Deadlines, deadline)
	}
}

func addStatements(t testing.TB, p *metrics.Program, r replay, today metrics.Day) {
	points := func(v *float64) *metrics.BasisPoints {
		if v == nil {
			return nil
		}
		return ptr(metrics.BasisPoints(*v * 100))
	}
	for _, s := range r.Statements {
		statement := metrics.Statement{
			Key: s.ID, Kind: s.Kind, Side: "regulator", Speaker: alike(s.Speaker), Words: alike(s.Words), Subject: alike(s.Subject), Area: s.Area,
			Low: points(s.Low), High: points(s.High), Approximate: s.Approximate, Source: s.Source, Provenance: s.Provenance,
		}
		if s.Value != nil {
			statement.Low, statement.High = points(s.Value), points(s.Value)
		}
		if s.Stated != nil {
			statement.StatedOn = ptr(day(t, *s.Stated))
		}
		if statement.StatedOn != nil && *statement.StatedOn <= today {
			p.Statements = append(p.Statements, statement)
		}
	}
}

func addReports(t testing.TB, p *metrics.Program, h *metrics.History, r replay, today metrics.Day) []metrics.RecordedDay {
	var days []metrics.RecordedDay
	progress := map[string]metrics.Progress{}
	for i, report := range r.Reports {
		on := day(t, report.On)
		days = append(days, metrics.RecordedDay{Day: on, Entry: int64(20 + i), RecordedAt: report.Received})
		if on > today {
			continue
		}
		p.Entry, p.RecordedAt = int64(20+i), report.Received
		said := map[string]*metrics.Counts{}
		for _, u := range report.Updates {
			said[u.Milestone] = &metrics.Counts{Done: u.Percent, Total: 100}
		}
		for _, m := range p.Milestones {
			if on < m.Start && said[m.Key] == nil {
				continue
			}
			o := metrics.Observation{Order: metrics.Order{At: report.Received, Key: m.Key}, Counts: said[m.Key]}
			progress[m.Key], _ = progress[m.Key].Apply(o)
			h.Days = append(h.Days, metrics.MilestoneDay{Milestone: m.Key, Day: on}.Fold(o))
		}
	}
	for i := range p.Milestones {
		p.Milestones[i].Progress = progress[p.Milestones[i].Key]
	}
	return days
}

// frame is a reader's frame on a page of the program.
func frame(lang i18n.Lang, role access.Role, path string, p metrics.Program, a metrics.Assessment) Frame {
	f := Frame{Lang: lang, Role: role, Path: path, Query: url.Values{}, Static: static.URL}
	if p.Key != "" {
		f.Program = NewProgramNav(lang, p, a)
	}
	return f
}

// alike is a text that stands in both languages as it was written.
func alike(s string) metrics.Text { return metrics.Text{ID: s, EN: s} }
