package metrics_test

import (
	"testing"

	"tenggat/internal/metrics"
)

// By the initial scope a total that grew, and a milestone that joined, lower nothing; what is done beyond the first total counts no more.
func TestInitialScope(t *testing.T) {
	day := func(key string, on metrics.Day, done, total int64) metrics.MilestoneDay {
		return metrics.MilestoneDay{Milestone: key, Day: on, Counts: &metrics.Counts{Done: done, Total: total}, Reports: 1}
	}
	weights := func(from metrics.Day, set map[string]metrics.BasisPoints) metrics.WeightsFrom {
		return metrics.WeightsFrom{From: from, Weights: set}
	}
	p := metrics.Program{Zone: wib, Start: 100, Areas: []metrics.Area{{Key: "A"}}, Milestones: []metrics.Milestone{milestone("a", "A", 6000, counted(0, 0, 0)), milestone("b", "A", 4000, counted(0, 0, 0))}}
	h := metrics.History{
		Days:    []metrics.MilestoneDay{day("a", 101, 50, 100), day("a", 103, 60, 200), day("b", 104, 10, 10), day("a", 105, 150, 200)},
		Weights: []metrics.WeightsFrom{weights(100, map[string]metrics.BasisPoints{"a": 10_000}), weights(104, map[string]metrics.BasisPoints{"a": 6000, "b": 4000})},
	}
	curve, grew := metrics.InitialScope(p, h, 106)
	if !grew {
		t.Fatal("the scope grew")
	}
	want := map[metrics.Day]metrics.BasisPoints{100: 0, 101: 5000, 103: 6000, 105: 10_000, 106: 10_000}
	for _, point := range curve.Points {
		if reported, told := want[point.Day]; told && point.Reported != reported {
			t.Errorf("on day %d %d, want %d", point.Day, point.Reported, reported)
		}
	}
	if last := curve.Points[len(curve.Points)-1]; last.Day != 106 {
		t.Errorf("the last point is of %d", last.Day)
	}
	h.Days, h.Weights = h.Days[:1], h.Weights[:1]
	p.Milestones = p.Milestones[:1]
	if _, grew := metrics.InitialScope(p, h, 106); grew {
		t.Error("nothing grew")
	}
	h.Days = []metrics.MilestoneDay{day("a", 101, 50, 100), day("a", 103, 50, 90)}
	if _, grew := metrics.InitialScope(p, h, 106); grew {
		t.Error("a total that shrank is called growth")
	}
}
