package metrics_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/metrics"
)

// What came, what changed and what went is told, each once; what stayed as it was is not.
func TestDifferencesOf(t *testing.T) {
	low, same := metrics.BasisPoints(7000), metrics.BasisPoints(7000)
	kept := metrics.Item{Key: "kept", Entry: 3}
	open, closed := metrics.Item{Key: "closed", Entry: 4}, metrics.Item{Key: "closed", Entry: 9, Closed: true}
	gone, raised := metrics.Item{Key: "gone", Entry: 5}, metrics.Item{Key: "raised", Entry: 8}
	said, amended := metrics.Statement{Key: "s", Low: &low}, metrics.Statement{Key: "s", Low: &low, Approximate: true}
	first, second := metrics.Deadline{Key: "D1", Binding: true}, metrics.Deadline{Key: "D2", Binding: true}
	before := metrics.Program{
		Deadlines: []metrics.Deadline{first}, Items: []metrics.Item{gone, kept, open}, Statements: []metrics.Statement{said, {Key: "same", Low: &low}},
	}
	replaced := metrics.Deadline{Key: "D1"}
	after := metrics.Program{
		Deadlines: []metrics.Deadline{replaced, second}, Items: []metrics.Item{kept, closed, raised}, Statements: []metrics.Statement{amended, {Key: "same", Low: &same}},
	}
	want := metrics.Differences{
		Deadlines:  []metrics.Changed[metrics.Deadline]{{Before: &first, After: &replaced}, {After: &second}},
		Items:      []metrics.Changed[metrics.Item]{{Before: &open, After: &closed}, {After: &raised}, {Before: &gone}},
		Statements: []metrics.Changed[metrics.Statement]{{Before: &said, After: &amended}},
	}
	if diff := cmp.Diff(want, metrics.DifferencesOf(before, after)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(metrics.Differences{}, metrics.DifferencesOf(after, after)); diff != "" {
		t.Errorf("a state differs from itself: %s", diff)
	}
}
