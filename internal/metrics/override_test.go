package metrics_test

import (
	"testing"

	"tenggat/internal/metrics"
)

func TestOverride(t *testing.T) {
	calm := metrics.Override{Verdict: metrics.OnTrack, By: "c-17", Reason: metrics.Text{ID: "disepakati", EN: "agreed"}, Until: 160, Entry: 9}
	with := func(change func(o *metrics.Override)) metrics.Override {
		o := calm
		change(&o)
		return o
	}
	tests := map[string]struct {
		done      int64
		today     metrics.Day
		overrides []metrics.Override
		want      int64 // the entry in force; 0: none
	}{
		"none":                               {39, 150, nil, 0},
		"of the binding deadline":            {39, 150, []metrics.Override{calm}, 9},
		"by the deadline's name":             {39, 150, []metrics.Override{with(func(o *metrics.Override) { o.Deadline = "D" })}, 9},
		"of another deadline":                {39, 150, []metrics.Override{with(func(o *metrics.Override) { o.Deadline = "other" })}, 0},
		"its last day":                       {39, 160, []metrics.Override{calm}, 9},
		"the day after":                      {39, 161, []metrics.Override{calm}, 0},
		"withdrawn":                          {39, 150, []metrics.Override{calm, with(func(o *metrics.Override) { o.Entry, o.Withdrawn = 10, true })}, 0},
		"the newest counts":                  {39, 150, []metrics.Override{calm, with(func(o *metrics.Override) { o.Entry = 10 })}, 10},
		"no earlier one comes back":          {39, 150, []metrics.Override{calm, with(func(o *metrics.Override) { o.Entry, o.Until = 10, 149 })}, 0},
		"nobody declares acceptance":         {39, 150, []metrics.Override{with(func(o *metrics.Override) { o.Verdict = metrics.Accepted })}, 0},
		"nor completeness":                   {39, 150, []metrics.Override{with(func(o *metrics.Override) { o.Verdict = metrics.DeclaredComplete })}, 0},
		"a deadline that has passed is past": {39, 211, []metrics.Override{with(func(o *metrics.Override) { o.Until = 999 })}, 0},
		"what is complete is complete":       {100, 150, []metrics.Override{calm}, 0},
		"silence may be overridden":          {39, 190, []metrics.Override{with(func(o *metrics.Override) { o.Until = 999 })}, 9},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := plain(test.done)
			rule := metrics.Assess(p, metrics.History{}, endOf(test.today))
			p.Overrides = test.overrides
			a := metrics.Assess(p, metrics.History{}, endOf(test.today))
			var entry int64
			if a.Override != nil {
				entry = a.Override.Entry
			}
			if entry != test.want || a.Deadlines[0].Override != a.Override {
				t.Errorf("in force: %+v, want entry %d", a.Override, test.want)
			}
			if a.Judgement.Verdict != rule.Judgement.Verdict || a.Deadlines[0].Judgement != rule.Deadlines[0].Judgement && !sameReason(a.Judgement.Reason, rule.Judgement.Reason) {
				t.Errorf("the rule's own verdict changed to %+v", a.Judgement)
			}
		})
	}
}

func TestOverrideWithoutADeadline(t *testing.T) {
	p := plain(50)
	p.Deadlines = nil
	p.Overrides = []metrics.Override{{Verdict: metrics.Watch, Until: 160, Entry: 3}}
	a := metrics.Assess(p, metrics.History{}, endOf(150))
	if a.Override == nil || a.Override.Entry != 3 || a.Judgement.Verdict != metrics.CannotBeAssessed {
		t.Errorf("%+v beside %+v", a.Override, a.Judgement)
	}
}

func TestHeadlineRange(t *testing.T) {
	silent := func(p *metrics.Program, n int) {
		for i := range n {
			p.Milestones[i].Progress = reportedOn(120, 50, 100)
		}
	}
	tests := map[string]struct {
		silent int
		share  metrics.BasisPoints
		want   *metrics.Range
	}{
		"all heard of":           {0, 0, nil},
		"a fifth silent":         {2, 0, nil},
		"more than a fifth":      {3, 0, &metrics.Range{Low: 5000, High: 6500}},
		"all silent":             {10, 0, &metrics.Range{Low: 5000, High: 10_000}},
		"the program's own rule": {3, 3000, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := plain(50)
			p.Rules.StaleShare = test.share
			silent(&p, test.silent)
			a := metrics.Assess(p, metrics.History{}, endOf(150))
			if (a.HeadlineRange == nil) != (test.want == nil) || test.want != nil && *a.HeadlineRange != *test.want {
				t.Errorf("%+v, want %+v", a.HeadlineRange, test.want)
			}
			if test.want != nil && a.Judgement.Verdict != metrics.CannotBeAssessed {
				t.Errorf("assessed all the same: %+v", a.Judgement)
			}
		})
	}
}
