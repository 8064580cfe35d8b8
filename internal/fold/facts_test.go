package fold_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// book writes facts as a ledger would, an entry an hour.
type book struct {
	t     *testing.T
	facts []fold.Fact
}

func (b *book) say(kind ledger.Kind, key string, body any) {
	b.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	n := int64(len(b.facts) + 1)
	b.facts = append(b.facts, fold.Fact{Kind: kind, Key: key, Entry: n, ObservedAt: hour(n), RecordedAt: hour(n), Body: raw})
}

func hour(n int64) time.Time { return time.Date(2024, 3, 1, int(n), 0, 0, 0, time.UTC) }

func (b *book) state() fold.State {
	b.t.Helper()
	s := fold.State{Program: metrics.Program{Zone: time.UTC}}
	if err := s.Facts(b.facts, nil); err != nil {
		b.t.Fatal(err)
	}
	return s
}

func deadline(key string, binding bool) ledger.Deadline {
	return ledger.Deadline{Key: key, Kind: "regulatory", Date: "2024-04-12", AnnouncedOn: "2024-02-12", AnnouncedBy: "Kemendag", Binding: binding}
}

// Which deadline counted when follows from the entries alone, also where a version is taken up again or given up.
func TestBindingsAreKeptWithTheirEntries(t *testing.T) {
	b := &book{t: t}
	b.say(ledger.KindDeadline, "D1", deadline("D1", false))
	b.say(ledger.KindDeadline, "D1", deadline("D1", true))  // 2: begins
	b.say(ledger.KindDeadline, "D2", deadline("D2", true))  // 3: another
	b.say(ledger.KindDeadline, "T1", deadline("T1", false)) // 4: nothing
	b.say(ledger.KindDeadline, "D1", deadline("D1", true))  // 5: the first again
	b.say(ledger.KindDeadline, "D1", deadline("D1", true))  // 6: nothing new
	b.say(ledger.KindDeadline, "D1", deadline("D1", false)) // 7: given up, the other counts again
	b.say(ledger.KindDeadline, "D2", deadline("D2", false)) // 8: none
	s := b.state()
	at := func(n int64) *time.Time { h := hour(n); return &h }
	want := []metrics.Binding{
		{Deadline: "D1", From: hour(2), Entry: 2, To: at(3), ToEntry: 3},
		{Deadline: "D2", From: hour(3), Entry: 3, To: at(5), ToEntry: 5},
		{Deadline: "D1", From: hour(5), Entry: 5, To: at(7), ToEntry: 7},
		{Deadline: "D2", From: hour(7), Entry: 7, To: at(8), ToEntry: 8},
	}
	if diff := cmp.Diff(want, s.Bindings); diff != "" {
		t.Error(diff)
	}
	if len(s.Deadlines) != 3 {
		t.Errorf("%d deadlines", len(s.Deadlines))
	}
	for _, d := range s.Deadlines {
		if d.Binding {
			t.Errorf("%s binds", d.Key)
		}
	}
	b.facts = b.facts[:6]
	if last := b.state().Bindings[2]; last.Deadline != "D1" || last.To != nil {
		t.Errorf("as known then: %+v", last)
	}
}

// A program's thresholds have versions: another body with the same thresholds makes none.
func TestRuleSetsAreVersioned(t *testing.T) {
	b := &book{t: t}
	program := ledger.Program{Start: "2024-01-08", Timezone: "UTC", Steps: []ledger.PlanStep{{On: "2024-02-01", Percent: 50}}}
	b.say(ledger.KindProgram, "program", program)
	program.LegalBasis = "Permendag 31/2023"
	b.say(ledger.KindProgram, "program", program)
	program.Rules.MinSlackDays = 14
	b.say(ledger.KindProgram, "program", program)
	s := b.state()
	if len(s.RuleSets) != 2 || len(s.Steps) != 1 {
		t.Fatalf("%+v, steps %v", s.RuleSets, s.Steps)
	}
	if first := s.RuleSets[0]; first.Version != 1 || first.Entry != 1 || first.Rules != metrics.DefaultRules() {
		t.Errorf("first %+v", first)
	}
	if last := s.RuleSets[1]; last.Version != 2 || last.Entry != 3 || last.Rules.MinSlackDays != 14 || last.Rules != s.Rules || !last.RecordedAt.Equal(hour(3)) {
		t.Errorf("last %+v", last)
	}
}

// Reviews and letters keep the day from which they count.
func TestReviewsAndLettersKeepTheirDays(t *testing.T) {
	b := &book{t: t}
	b.say(ledger.KindReview, "P1", ledger.Review{Milestone: "P1", Accepted: true, Done: 40})
	b.say(ledger.KindReview, "P1", ledger.Review{Milestone: "P1", Done: 50})
	b.say(ledger.KindAcceptance, "L1", ledger.Acceptance{Key: "L1", Milestones: []string{"P1"}, Letter: ledger.Letter{LetterDate: "2024-02-28"}})
	h := b.state().History
	on := metrics.NewDay(2024, time.March, 1)
	if diff := cmp.Diff([]metrics.ReviewedFrom{{Milestone: "P1", From: on, At: hour(1), Entry: 1, Supported: 40}, {Milestone: "P1", From: on, At: hour(2), Entry: 2}}, h.Reviews); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]metrics.AcceptedFrom{{From: on, At: hour(3), Milestones: []string{"P1"}}}, h.Letters); diff != "" {
		t.Error(diff)
	}
}
