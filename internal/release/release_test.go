package release

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// What is released comes out of the ledger as it went in, in every state of a program.
func TestPublicFiguresComeBackAsTheyWere(t *testing.T) {
	wib, all := time.FixedZone("WIB", 7*60*60), []Part{Verdict, Areas, Milestones}
	day, at := metrics.NewDay(2024, time.March, 12), time.Date(2024, 3, 12, 2, 0, 0, 0, time.UTC)
	p := metrics.Program{Key: "demo", Name: metrics.Text{ID: "Contoh", EN: "Example"}, Zone: wib, Demo: "live", Entry: 7, RecordedAt: at}
	counted := metrics.Milestone{Key: "P1", Name: p.Name, Unit: "records", Weight: 6000, Progress: metrics.Progress{Counts: &metrics.Counts{Done: 1, Total: 2}}}
	a := metrics.Assessment{
		At: at, Today: day, State: metrics.StateInProgress, Figures: metrics.Figures{Reported: 3000, Verified: 2000, Accepted: 1000, Outstanding: 7000},
		HeadlineRange: &metrics.Range{Low: 3000, High: 9000}, Curve: metrics.Curve{LastReport: &day},
		Judgement:  metrics.Judgement{Verdict: metrics.Late, Reason: metrics.Reason{Code: metrics.ReasonOwnersLate, Points: 1, Limit: 2, Days: 3, LimitDays: 4, Date: &day}},
		Deadlines:  []metrics.DeadlineAssessment{{Deadline: metrics.Deadline{Key: "D1", Version: 1, Date: day, Binding: true}, DaysLeft: -1}},
		Areas:      []metrics.AreaAssessment{{Key: "P", Name: p.Name, Weight: 6000, Figures: metrics.Figures{Reported: 3000, Outstanding: 3000}, Share: 5000}},
		Milestones: []metrics.MilestoneAssessment{{Milestone: counted, Share: 5000}, {Milestone: metrics.Milestone{Key: "P2", Name: p.Name, Weight: 1}}},
	}
	plain := metrics.Assessment{At: at, Today: day, State: metrics.StateNotStarted, Figures: metrics.Figures{Outstanding: 10000}}
	for _, released := range []metrics.Assessment{a, plain} {
		figures := New(p, released, all...)
		raw, err := json.Marshal(ledger.Release{Figures: figures})
		if err != nil {
			t.Fatal(err)
		}
		var stored ledger.Release
		if err := json.Unmarshal(raw, &stored); err != nil {
			t.Fatal(err)
		}
		q, b, err := State(p.Key, wib, *stored.Figures)
		if err != nil {
			t.Fatal(err)
		}
		if again := New(q, b, all...); !reflect.DeepEqual(again, figures) {
			t.Errorf("went in as %+v\ncame out as %+v", figures, again)
		}
	}
	if none := New(p, a); none.Areas != nil || none.Milestones != nil || !reflect.DeepEqual(none.PublicVerdict, ledger.PublicVerdict{}) {
		t.Errorf("parts that nobody chose: %+v", none)
	}
}
