package metrics_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/metrics"
)

// A reason stands at the day and the milestone that it is about, and nowhere else.
func TestExplain(t *testing.T) {
	why := metrics.Text{ID: "dua kali", EN: "twice"}
	given := metrics.Correction{Milestone: "a", On: 3, Why: why}
	c := metrics.Curve{Points: []metrics.CurvePoint{{Day: 2}, {Day: 3, Observed: []string{"a", "b"}, Corrected: []string{"a"}}, {Day: 4, Corrected: []string{"b"}}}}
	if !c.HasCorrections() || (metrics.Curve{Points: c.Points[:1]}).HasCorrections() {
		t.Error("HasCorrections does not say whether there are any")
	}
	c.Explain([]metrics.Correction{given, {Milestone: "b", On: 3, Why: why}, {Milestone: "a", On: 4, Why: why}, {Milestone: "b", On: 4}, {Milestone: "a", On: 9, Why: why}})
	for i, want := range [][]metrics.Correction{nil, {given}, nil} {
		if diff := cmp.Diff(want, c.Points[i].Why); diff != "" {
			t.Errorf("day %d: %s", c.Points[i].Day, diff)
		}
	}
}
