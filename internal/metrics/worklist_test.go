package metrics

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func worklistOf(milestones ...MilestoneAssessment) Assessment {
	return Assessment{Milestones: milestones}
}

func openMilestone(key string, due Day, stale, failing bool) MilestoneAssessment {
	return MilestoneAssessment{Milestone: Milestone{Key: key, Due: due}, Open: true, Stale: stale, Failing: failing}
}

func TestWorklistPutsMissingReportsFirst(t *testing.T) {
	a := worklistOf(
		openMilestone("late", 9, false, false), openMilestone("early", 3, false, false), MilestoneAssessment{Milestone: Milestone{Key: "done"}},
		openMilestone("failing", 20, false, true), openMilestone("silent", 30, true, false), openMilestone("early too", 3, false, false),
	)
	var got []string
	for _, i := range Worklist(a) {
		got = append(got, a.Milestones[i].Milestone.Key)
	}
	if diff := cmp.Diff([]string{"silent", "failing", "early", "early too", "late"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestNextInWorklist(t *testing.T) {
	calm := worklistOf(openMilestone("A", 1, false, false), openMilestone("B", 2, false, false), openMilestone("C", 3, false, false))
	silent := worklistOf(openMilestone("A", 1, false, false), openMilestone("B", 2, true, false), openMilestone("C", 3, false, false))
	for _, c := range []struct {
		name string
		a    Assessment
		key  string
		want string
	}{
		{"the one that follows", calm, "A", "B"},
		{"after the last the first", calm, "C", "A"},
		{"of one that is no longer open the first", calm, "Z", "A"},
		{"a missing report goes before", silent, "A", "B"},
		{"but not the one just reported", silent, "B", "A"},
		{"nothing else is open", worklistOf(openMilestone("A", 1, false, false)), "A", ""},
		{"nothing is open", worklistOf(), "A", ""},
	} {
		got := ""
		if i := NextInWorklist(c.a, c.key); i >= 0 {
			got = c.a.Milestones[i].Milestone.Key
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
