package metrics_test

import (
	"testing"

	"tenggat/internal/metrics"
)

func TestOutstandingItems(t *testing.T) {
	p := metrics.Program{Zone: wib, Start: 100, Milestones: []metrics.Milestone{
		{Key: "small", Weight: 1000, Start: 140, Due: 145, Progress: reportedOn(150, 1, 2)},
		{Key: "later", Weight: 3000, Start: 160, Due: 170},
		{Key: "sooner", Weight: 3000, Start: 120, Due: 160},
		{Key: "done", Weight: 2000, Start: 100, Due: 140, Progress: reportedOn(150, 2, 2)},
		{Key: "followed", Weight: 0, Start: 150, Due: 190},
	}, Items: []metrics.Item{
		{Key: "1", Kind: "blocker", Milestone: "sooner", OpenedOn: 110, WaitsOn: metrics.Text{ID: "bank", EN: "bank"}, OwnerRole: metrics.Text{ID: "engineer", EN: "engineer"}, Title: metrics.Text{ID: "certificate", EN: "certificate"}},
		{Key: "2", Kind: "request", Milestone: "sooner", OpenedOn: 130, WaitsOn: metrics.Text{ID: "ministry", EN: "ministry"}},
		{Key: "3", Kind: "unspecified", OpenedOn: 149},
		{Key: "4", Kind: "request", Milestone: "done", OpenedOn: 148, Due: ptr(metrics.Day(149))},
		{Key: "5", Kind: "blocker", Milestone: "small", OpenedOn: 141, Closed: true, Entry: 7},
		{Key: "6", Kind: "blocker", OpenedOn: 141, Closed: true, Entry: 9},
	}}
	a := metrics.Assess(p, metrics.History{}, endOf(150))
	want := []struct {
		kind         metrics.ItemKind
		milestone    int
		points       metrics.BasisPoints
		age, overdue int
		owner, waits string
		recorded     int
	}{
		{metrics.MissingPoints, 2, 3000, 40, 0, "engineer", "bank", 2},
		{metrics.MissingPoints, 1, 3000, 0, 0, "", "", 0},
		{metrics.MissingWeights, -1, 1000, 0, 0, "", "", 0},
		{metrics.MissingPoints, 0, 500, 10, 5, "", "", 0},
		{metrics.MissingPoints, 4, 0, 0, 0, "", "", 0},
		{metrics.Request, 3, 0, 2, 1, "", "", 1},
		{metrics.Unspecified, -1, 0, 1, 0, "", "", 1},
	}
	if len(a.Items) != len(want) {
		t.Fatalf("%d rows, want %d", len(a.Items), len(want))
	}
	var sum metrics.BasisPoints
	for i, w := range want {
		got := a.Items[i]
		sum += got.Points
		if got.Kind != w.kind || got.Points != w.points || got.AgeDays != w.age || got.OverdueDays != w.overdue || got.OwnerRole.ID != w.owner ||
			got.WaitsOn.ID != w.waits || len(got.Recorded) != w.recorded || got.Counted != (w.kind == metrics.MissingPoints || w.kind == metrics.MissingWeights) {
			t.Errorf("row %d: %+v, want %+v", i, got, w)
		}
		if got.Milestone != w.milestone {
			t.Errorf("row %d belongs to %d, want %d", i, got.Milestone, w.milestone)
		}
	}
	if sum != a.Outstanding || a.Unweighted != 1000 {
		t.Errorf("rows make %d, outstanding are %d, unweighted %d", sum, a.Outstanding, a.Unweighted)
	}
	if len(a.ClosedItems) != 2 || a.ClosedItems[0].Key != "6" || a.ClosedItems[1].Key != "5" {
		t.Errorf("closed: %+v", a.ClosedItems)
	}
}
