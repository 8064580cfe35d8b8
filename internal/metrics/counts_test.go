package metrics_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/metrics"
)

func TestCountsOverTime(t *testing.T) {
	p := twoMilestones()
	f := newFeed(&p)
	f.observe(t, "a", metrics.Observation{Order: metrics.Order{At: metrics.Day(103).Start(wib), Key: "alive"}, State: metrics.Running})
	f.observe(t, "a", on(105, 50))
	f.observe(t, "b", on(106, 70))
	f.observe(t, "a", metrics.Observation{Order: metrics.Order{At: metrics.Day(110).Start(wib), Key: "still alive"}, State: metrics.Running})
	correction := on(115, 20)
	correction.Correction = true
	f.observe(t, "a", correction)
	grown := on(120, 30)
	grown.Counts.Total = 160
	f.observe(t, "a", grown)
	f.observe(t, "a", on(125, 90))
	want := []metrics.CountPoint{
		{Day: 105, Counts: metrics.Counts{Done: 50, Total: 100}},
		{Day: 110, Counts: metrics.Counts{Done: 50, Total: 100}},
		{Day: 115, Counts: metrics.Counts{Done: 20, Total: 100}, Corrected: true},
		{Day: 120, Counts: metrics.Counts{Done: 30, Total: 160}},
		{Day: 122, Counts: metrics.Counts{Done: 90, Total: 100}},
	}
	if diff := cmp.Diff(want, metrics.CountsOverTime(f.history(), "a", 122)); diff != "" {
		t.Error(diff)
	}
	if got := metrics.CountsOverTime(f.history(), "c", 122); got != nil {
		t.Errorf("counts of nothing: %v", got)
	}
}

func TestShareOfACountIsCutOff(t *testing.T) {
	for counts, want := range map[metrics.Counts]metrics.BasisPoints{
		{Done: 2, Total: 3}: 6666, {Done: 999_999, Total: 1_000_000}: 9999, {Done: 5, Total: 5}: 10_000, {Done: 0, Total: 0}: 0, {Done: 1 << 52, Total: 1<<53 - 1}: 5000,
	} {
		if got := counts.Share(); got != want {
			t.Errorf("%d of %d is %d, want %d", counts.Done, counts.Total, got, want)
		}
	}
}
