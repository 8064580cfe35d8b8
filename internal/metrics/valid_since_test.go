package metrics_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tenggat/internal/metrics"
)

// Judged at the moment to cite, a program is what it is at the moment it was judged at; just before, it was something else.
func TestTheMomentToCiteSaysTheSame(t *testing.T) {
	wib := time.FixedZone("WIB", 7*60*60)
	rapid.Check(t, func(rt *rapid.T) {
		start := metrics.NewDay(2024, time.March, 1)
		p := metrics.Program{Zone: wib, Start: start, Rules: metrics.DefaultRules(), Areas: []metrics.Area{{Key: "A"}}, Deadlines: []metrics.Deadline{{Key: "D1", Date: start + 40, Binding: true, AnnouncedOn: start}}}
		at := start.Start(wib).Add(time.Duration(rapid.Int64Range(1, 60*24*60).Draw(rt, "at")) * time.Minute)
		for i := range rapid.IntRange(1, 4).Draw(rt, "milestones") {
			heard := at.Add(-time.Duration(rapid.Int64Range(0, 10*24*60).Draw(rt, "silent for")) * time.Minute)
			m := metrics.Milestone{
				Key: string(rune('a' + i)), Area: "A", Weight: 2500, Start: start, Due: start + 30, Unit: "records", Cadence: time.Duration(rapid.IntRange(1, 96).Draw(rt, "cadence")) * time.Hour,
				Progress: metrics.Fold([]metrics.Observation{{Order: metrics.Order{At: heard, Key: "r"}, Counts: &metrics.Counts{Done: 1, Total: 4}}}),
			}
			p.Milestones = append(p.Milestones, m)
			if heard.After(p.RecordedAt) {
				p.RecordedAt = heard
			}
		}
		now := metrics.Assess(p, metrics.History{}, at)
		since := now.ValidSince(p)
		if since.After(at) || since.Before(p.RecordedAt) {
			rt.Fatalf("%s is not between the last entry %s and %s", since, p.RecordedAt, at)
		}
		then := metrics.Assess(p, metrics.History{}, since)
		then.At = now.At
		if diff := cmp.Diff(now, then); diff != "" {
			rt.Fatalf("as of %s another thing was said than at %s:\n%s", since, at, diff)
		}
	})
}
