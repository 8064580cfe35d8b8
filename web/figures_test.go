package web

import (
	"strings"
	"testing"

	"tenggat/internal/access"
)

// TestSummaryTellsBoundsScheduleRatesAndForecast: the only report of the seeded program has long fallen silent.
func TestSummaryTellsBoundsScheduleRatesAndForecast(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	token := s.token("read")
	now := decode[summaryJSON](t, s.api("GET", "/api/v1/programs/demo/summary", "", bearing(token)).want(t, 200))
	if now.Range == nil || now.Range.Low != now.Reported || now.Range.High <= now.Range.Low {
		t.Errorf("the bounds are %+v around %d", now.Range, now.Reported)
	}
	if f := now.Forecast; f.Note != silent || f.P50 != nil || len(f.Meets) > 0 {
		t.Errorf("a forecast from silence: %+v", f)
	}
	if len(now.Rates.Needed) != len(now.Deadlines) || now.Rates.Needed[0].Rate != nil || now.Rates.Last14 == nil || now.Rates.Last14.Days != 14 {
		t.Errorf("rates %+v", now.Rates)
	}
	if d := now.Deadlines[0]; d.Schedule == nil || d.Schedule.Index == nil || *d.Schedule.Index >= 100 {
		t.Errorf("the schedule against the deadline is %+v", d.Schedule)
	}
	if now.Override != nil || len(now.Behind) == 0 {
		t.Errorf("override %+v, behind %q", now.Override, now.Behind)
	}
	list := decode[milestonesJSON](t, s.api("GET", "/api/v1/programs/demo/milestones", "", bearing(token)).want(t, 200))
	if m := list.Milestones[0]; m.SameCount != 1 || m.Stalled || len(m.Rates.Needed) != 1 {
		t.Errorf("%+v", m)
	}
}

// TestPagesTellFiguresWithTheirSums reads the pages as a regulator does.
func TestPagesTellFiguresWithTheirSums(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := signedIn(s.session(access.Regulator))
	for path, wants := range map[string][]string{
		"/programs/demo?lang=en":               {"at least 30%", "no claim of completion", "/programs/demo/method?lang=en#sum", "Too many milestones are silent", "was not on record"},
		"/programs/demo/timeline?lang=en":      {"Plan and pace", "No forecast has been kept yet"},
		"/programs/demo/milestones?lang=en":    {"#milestone-P1", "Verified (points)", "Accepted (points)"},
		"/programs/demo/milestones/P1?lang=en": {"Rates needed and observed", "When it may be finished"},
		"/programs/demo/method?lang=en":        {`id="milestone-P1"`, `id="area-P"`, `id="forecast"`, "Weights: entry no."},
		"/?lang=en":                            {"at least 30%", "Verified 0 points"},
	} {
		page := strings.ReplaceAll(s.get(path, session).want(t, 200).body, "&amp;", "&")
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
	}
}
