package metrics_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tenggat/internal/metrics"
)

func TestWithdrawsCountsWhatIsTakenBack(t *testing.T) {
	counts := func(done, total int64) *metrics.Counts { return &metrics.Counts{Done: done, Total: total} }
	for name, c := range map[string]struct {
		weight        metrics.BasisPoints
		before, after *metrics.Counts
		reopening     bool
		want          metrics.BasisPoints
	}{
		"a fall":                    {6000, counts(50, 100), counts(40, 100), false, 600},
		"a rise":                    {6000, counts(40, 100), counts(50, 100), false, 0},
		"the same":                  {6000, counts(40, 100), counts(80, 200), false, 0},
		"a total that grows":        {6000, counts(50, 100), counts(50, 200), false, 1500},
		"a fraction counts whole":   {6000, counts(999_999, 1_000_000), counts(999_998, 1_000_000), false, 1},
		"never reported":            {6000, nil, counts(0, 100), false, 0},
		"a reopening takes all":     {6000, counts(50, 100), counts(49, 100), true, 3000},
		"a reopening of nothing":    {6000, counts(0, 100), counts(0, 100), true, 0},
		"no total":                  {6000, counts(0, 0), counts(0, 10), false, 0},
		"no weight":                 {0, counts(50, 100), counts(0, 100), true, 0},
		"counts as large as can be": {10_000, counts(1<<53-1, 1<<53-1), counts(0, 1<<53-1), false, 10_000},
	} {
		if got := metrics.Withdraws(c.weight, c.before, c.after, c.reopening); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// A reopening never withdraws less than the correction to the same count, and nothing withdraws more than the weight.
func TestWithdrawsIsBounded(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		total := rapid.Int64Range(1, 1<<53-1).Draw(rt, "total")
		before := metrics.Counts{Done: rapid.Int64Range(0, total).Draw(rt, "before"), Total: total}
		after := metrics.Counts{Done: rapid.Int64Range(0, before.Done).Draw(rt, "after"), Total: total}
		weight := metrics.BasisPoints(rapid.Int64Range(0, 10_000).Draw(rt, "weight"))
		corrected, reopened := metrics.Withdraws(weight, &before, &after, false), metrics.Withdraws(weight, &before, &after, true)
		if corrected < 0 || corrected > reopened || reopened > weight {
			rt.Fatalf("corrected %d, reopened %d, weight %d", corrected, reopened, weight)
		}
	})
}

// A reopened milestone is named so in what moved the headline, even where another reopening had left it open already.
func TestSplitNamesReopenings(t *testing.T) {
	before := correctedTo(90, 40, 50, 100)
	after := counted(100, 20, 100)
	after.Base, after.BaseCounts, after.Reopened = after.Counted, after.Counts, after.Counted
	s := metrics.SplitChange(program(95, milestone("a", "A", 10_000, before)), program(105, milestone("a", "A", 10_000, after)))
	if len(s.Milestones) != 1 || !s.Milestones[0].Reopened || !s.Milestones[0].Corrected || s.Corrections != -3000 || s.Total() != -3000 {
		t.Errorf("%+v", s)
	}
	corrected := after
	corrected.Reopened = metrics.Order{}
	s = metrics.SplitChange(program(95, milestone("a", "A", 10_000, before)), program(105, milestone("a", "A", 10_000, corrected)))
	if s.Milestones[0].Reopened {
		t.Error("a correction is called a reopening")
	}
}

func TestStandingStepIsRecordedNeverInferred(t *testing.T) {
	step := func(entry int64, number int, on metrics.Day, lifted bool) metrics.SanctionStep {
		return metrics.SanctionStep{Step: number, Lifted: lifted, Letter: metrics.Letter{Date: on, Entry: entry}}
	}
	for name, c := range map[string]struct {
		steps []metrics.SanctionStep
		want  int
	}{
		"none":                           {nil, 0},
		"a warning":                      {[]metrics.SanctionStep{step(1, 1, 10, false)}, 1},
		"two steps":                      {[]metrics.SanctionStep{step(1, 1, 10, false), step(2, 3, 20, false)}, 3},
		"the higher one lifted":          {[]metrics.SanctionStep{step(1, 1, 10, false), step(2, 3, 20, false), step(3, 3, 30, true)}, 1},
		"lifted and taken again":         {[]metrics.SanctionStep{step(1, 1, 10, false), step(2, 1, 20, true), step(3, 1, 30, false)}, 1},
		"all lifted":                     {[]metrics.SanctionStep{step(1, 1, 10, false), step(2, 1, 20, true)}, 0},
		"recorded late":                  {[]metrics.SanctionStep{step(1, 1, 20, true), step(2, 1, 10, false)}, 0},
		"of one day the newer recording": {[]metrics.SanctionStep{step(2, 2, 10, true), step(1, 2, 10, false)}, 0},
	} {
		got := 0
		if s := (metrics.Program{Sanctions: c.steps}).StandingStep(); s != nil {
			got = s.Step
		}
		if got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// After acceptance a reopening opens the milestone, not the program: it stays accepted, in after-care, and is not past its deadline.
func TestReopenedAfterAcceptance(t *testing.T) {
	finished := func(undone, open bool) metrics.Program {
		m := milestone("a", "A", 6000, counted(90, 100, 100))
		m.Accepted, m.Undone = !undone, undone
		if open {
			m.Progress = counted(90, 40, 100)
		}
		other := milestone("b", "B", 4000, counted(90, 100, 100))
		other.Accepted = true
		p := program(100, m, other)
		p.Deadlines = []metrics.Deadline{{Key: "D", Kind: metrics.Regulatory, Date: 95, Binding: true}}
		return p
	}
	for name, c := range map[string]struct {
		undone, open bool
		state        metrics.State
		verdict      metrics.Verdict
	}{
		"accepted":                {false, false, metrics.StateAccepted, metrics.Accepted},
		"reopened":                {true, true, metrics.StateReopened, metrics.PartlyReopened},
		"done again":              {true, false, metrics.StateReopened, metrics.PartlyReopened},
		"a letter before the end": {false, true, metrics.StateInProgress, metrics.PastDeadline},
	} {
		a := metrics.Assess(finished(c.undone, c.open), metrics.History{}, endOf(100))
		if a.State != c.state || a.Judgement.Verdict != c.verdict {
			t.Errorf("%s: %s, %s", name, a.State, a.Judgement.Verdict)
		}
	}
}

func TestEvidenceThatIsMissingIsCounted(t *testing.T) {
	done := func(key string, verified int64) metrics.Milestone {
		m := milestone(key, "A", 2000, counted(90, 100, 100))
		m.Verified = verified
		return m
	}
	open := milestone("open", "A", 2000, counted(90, 50, 100))
	p := program(100, done("none", 0), done("waits", 0), done("partly", 60), done("full", 100), open)
	review := func(accepted bool) *metrics.Review { return &metrics.Review{Accepted: accepted} }
	p.Evidence = []metrics.Evidence{
		{Key: "1", Milestone: "none", Review: review(false)}, {Key: "2", Milestone: "none", Review: review(true), Void: true}, {Key: "3", Milestone: "waits"},
		{Key: "4", Milestone: "partly", Review: review(true)}, {Key: "5", Milestone: "full", Review: review(true)}, {Key: "6", Milestone: "open"},
	}
	a := metrics.Assess(p, metrics.History{}, endOf(100))
	if a.Missing != (metrics.MissingEvidence{Done: 4, None: 1, Unaccepted: 2}) {
		t.Errorf("%+v", a.Missing)
	}
	if c := a.Milestones[0].Evidence; c != (metrics.EvidenceCount{Refused: 1, Void: 1}) || c.All() != 2 {
		t.Errorf("%+v", c)
	}
}

func TestOverdueAuditsAndProposalsAreOutstanding(t *testing.T) {
	p := program(100, milestone("a", "A", 10_000, counted(90, 100, 100)))
	p.Audits = []metrics.Audit{{Key: "today", Due: 100}, {Key: "late", Due: 98}, {Key: "held", Due: 90, Result: metrics.AuditPassed}}
	p.Proposals = []metrics.Proposal{
		{Key: "waits", Milestone: "a", RecordedAt: endOf(97)}, {Key: "settled", Milestone: "a", Decision: &metrics.Decision{Outcome: metrics.Approved}},
	}
	a := metrics.Assess(p, metrics.History{}, endOf(100))
	if len(a.Items) != 2 || a.Items[0].Kind != metrics.OverdueAudit || a.Items[0].Audit.Key != "late" || a.Items[0].OverdueDays != 2 ||
		a.Items[1].Kind != metrics.WaitingProposal || a.Items[1].AgeDays != 3 || a.Items[1].Counted {
		t.Errorf("%+v", a.Items)
	}
	if c := a.AfterCare; c.Overdue() != 1 || c.Next().Audit.Key != "late" && c.Next().Audit.Key != "today" || len(c.Held) != 1 {
		t.Errorf("%+v", c)
	}
}

// The curve drops what evidence and letters said at the moment of a reopening, to the second, and takes up what is said after it.
func TestReopeningWithdrawsFromItsDayOn(t *testing.T) {
	at := func(d metrics.Day, hour int) time.Time { return d.Start(wib).Add(time.Duration(hour) * time.Hour) }
	p := program(110, milestone("a", "A", 10_000, counted(90, 100, 100)))
	p.Start = 88
	full := &metrics.Counts{Done: 100, Total: 100}
	h := metrics.History{
		Days: []metrics.MilestoneDay{
			{Milestone: "a", Day: 89, Counts: full, Reports: 1},
			{Milestone: "a", Day: 93, Counts: &metrics.Counts{Done: 40, Total: 100}, Corrected: metrics.Order{At: at(93, 12)}, Reopened: at(93, 12), Reports: 1},
			{Milestone: "a", Day: 96, Counts: full, Reports: 1},
		},
		Reviews: []metrics.ReviewedFrom{
			{Milestone: "a", Evidence: "1", From: 90, At: at(90, 9), Entry: 1, Supported: 80}, {Milestone: "a", Evidence: "2", From: 91, At: at(91, 9), Entry: 2, Supported: 30},
			{Milestone: "a", Evidence: "3", From: 93, At: at(93, 11), Entry: 3, Supported: 90}, {Milestone: "a", Evidence: "4", From: 93, At: at(93, 13), Entry: 4, Supported: 20},
			{Milestone: "a", Evidence: "5", From: 97, At: at(97, 9), Entry: 5, Supported: 70},
		},
		Letters: []metrics.AcceptedFrom{{From: 92, At: at(92, 9), Milestones: []string{"a"}}, {From: 98, At: at(98, 9), Milestones: []string{"a"}}},
	}
	for d, want := range map[metrics.Day][2]metrics.BasisPoints{
		89: {0, 0}, 90: {8000, 0}, 91: {8000, 0}, 92: {8000, 10_000}, 93: {2000, 0}, 96: {2000, 0}, 97: {7000, 0}, 98: {7000, 10_000},
	} {
		f, ok := metrics.FiguresOn(p, h, endOf(110), d)
		if got := [2]metrics.BasisPoints{f.Verified, f.Accepted}; !ok || got != want {
			t.Errorf("day %d: verified and accepted %v, want %v", d, got, want)
		}
	}
}
