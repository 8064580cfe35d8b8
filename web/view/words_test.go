package view

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// The seven moments of the case, as the overview puts them.
func TestHeadlinesOfTheCase(t *testing.T) {
	for _, c := range []struct{ day, percent, verdict, left, headline string }{
		{"2024-02-05", "71%", "Diperkirakan terlambat", "29", "Menurut laporan, 71% dari keseluruhan selesai. Perkiraan selesai sekitar 21 Juni 2024, sekitar 70 hari setelah tenggat 12 April 2024."},
		{"2024-02-13", "75%", "Diperkirakan terlambat", "25", "Menurut laporan, 75% dari keseluruhan selesai. Perkiraan selesai sekitar 28 Juni 2024, sekitar 108 hari setelah tenggat 12 Maret 2024."},
		{"2024-02-23", "75,4%", "Diperkirakan terlambat", "24,6", "Menurut laporan, 75,4% dari keseluruhan selesai. Perkiraan selesai sekitar 11 Juli 2024, sekitar 121 hari setelah tenggat 12 Maret 2024."},
		{"2024-03-01", "87%", "Diperkirakan terlambat", "13", "Menurut laporan, 87% dari keseluruhan selesai. Rencana pemilik tonggak: selesai 5 April 2024, 24 hari setelah tenggat 12 Maret 2024."},
		{"2024-03-12", "87%", "Perlu perhatian", "13", "Menurut laporan, 87% dari keseluruhan selesai. Rencana pemilik tonggak: selesai 5 April 2024, 7 hari sebelum tenggat 12 April 2024."},
		{"2024-03-18", "88%", "Perlu perhatian", "12", "Menurut laporan, 88% dari keseluruhan selesai. Rencana pemilik tonggak: selesai 5 April 2024, 7 hari sebelum tenggat 12 April 2024."},
		{"2024-03-27", "100%", "Dinyatakan selesai", "0", "Dinyatakan selesai 27 Maret 2024; menunggu penerimaan regulator."},
	} {
		p, h, a, _ := tokopediaCase(t, c.day)
		m := NewOverviewModel(frame(i18n.Indonesian, access.Executive, ProgramPath(p.Key), p, a), p, a, metrics.ForecastProgram(p, h, a, 0), nil)
		if c.day == "2024-02-05" { // the first deadline still stood, whose late end is 12 April
			c.verdict = "Sesuai jadwal"
		}
		if m.Percent != c.percent || m.Verdict.Word != c.verdict || m.Left != c.left || m.Headline != c.headline {
			t.Errorf("%s:\n got %s · %s · %s · %s\nwant %s · %s · %s · %s", c.day, m.Percent, m.Verdict.Word, m.Left, m.Headline, c.percent, c.verdict, c.left, c.headline)
		}
		if !strings.HasPrefix(m.Title, c.percent+" dari keseluruhan · "+c.verdict+" · ") {
			t.Errorf("%s: the title is %q", c.day, m.Title)
		}
	}
}

func TestHeadlineOfEveryVerdict(t *testing.T) {
	w := words{i18n.English, wib}
	deadline := metrics.Deadline{Date: metrics.NewDay(2024, time.April, 12), Binding: true}
	reason := func(v metrics.Verdict, code metrics.ReasonCode) metrics.Judgement {
		return metrics.Judgement{Verdict: v, Reason: metrics.Reason{Code: code}}
	}
	base := metrics.Assessment{State: metrics.StateInProgress, Deadlines: []metrics.DeadlineAssessment{{Deadline: deadline, DaysLeft: 10}}}
	base.Reported, base.Outstanding = 8759, 1241
	last := metrics.NewDay(2024, time.March, 1)
	letter := metrics.Program{Acceptances: []metrics.Acceptance{{Letter: metrics.Letter{Number: "12/2024", Date: last}}}}
	for name, c := range map[string]struct {
		change func(*metrics.Assessment)
		p      metrics.Program
		want   string
	}{
		"past": {func(a *metrics.Assessment) {
			a.Deadlines[0].DaysLeft = -3
			a.Judgement = reason(metrics.PastDeadline, metrics.ReasonPast)
		}, metrics.Program{}, "The 12 April 2024 deadline passed 3 days ago; 12.41 points are outstanding."},
		"on the day": {func(a *metrics.Assessment) { a.OwnerFinish.Day = &deadline.Date }, metrics.Program{}, "As reported, 87.5% of the whole is complete. The milestone owners plan to finish on 12 April 2024, the day of the deadline."},
		"no finish":  {func(a *metrics.Assessment) { a.OwnerFinish.Unknown = true }, metrics.Program{}, "As reported, 87.5% of the whole is complete. The plan dates of all open milestones have passed, so no finish date is stated. The deadline is 12 April 2024, 10 days from now."},
		"stale": {func(a *metrics.Assessment) {
			a.Curve.LastReport = &last
			a.Judgement = reason(metrics.CannotBeAssessed, metrics.ReasonStale)
		}, metrics.Program{}, "Cannot be assessed. Progress was 87.5% of the whole by the last report, of 1 March 2024."},
		"no deadline": {func(a *metrics.Assessment) {
			a.Deadlines = nil
			a.Judgement = reason(metrics.CannotBeAssessed, metrics.ReasonNoDeadline)
		}, metrics.Program{}, "As reported, 87.5% of the whole is complete. No deadline is on record."},
		"accepted":    {func(a *metrics.Assessment) { a.Judgement = reason(metrics.Accepted, metrics.ReasonAccepted) }, letter, "Accepted by the regulator in letter 12/2024 of 1 March 2024."},
		"not started": {func(a *metrics.Assessment) { a.State = metrics.StateNotStarted }, metrics.Program{}, "No progress has been reported yet. The deadline is 12 April 2024, 10 days from now."},
		"no scope":    {func(a *metrics.Assessment) { a.State = metrics.StateNoScope }, metrics.Program{}, "No milestone is on record."},
	} {
		a := base
		a.Deadlines = []metrics.DeadlineAssessment{base.Deadlines[0]}
		c.change(&a)
		if got := w.headline(a, c.p, metrics.ProgramForecast{OwnersFirst: true, Points: metrics.Forecast{Note: metrics.ForecastTooEarly}}); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// Every reason that a verdict can have is said in words, and its rule stands on the method page.
func TestEveryReasonHasWordsAndARule(t *testing.T) {
	on := metrics.NewDay(2024, time.April, 5)
	for _, lang := range i18n.Langs() {
		w := words{lang, wib}
		rules := map[string]bool{}
		for _, r := range w.rules(metrics.Rules{}, metrics.ReasonStale) {
			rules[r.ID] = true
		}
		for _, code := range []metrics.ReasonCode{
			metrics.ReasonNoScope, metrics.ReasonAccepted, metrics.ReasonDeclared, metrics.ReasonNoDeadline, metrics.ReasonPast, metrics.ReasonNoReports,
			metrics.ReasonStale, metrics.ReasonOwnersLate, metrics.ReasonBehindPlan, metrics.ReasonFinishPassed, metrics.ReasonLittleSlack, metrics.ReasonWithinLimits,
		} {
			r := metrics.Reason{Code: code, Points: -626, Limit: -500, Days: 3, LimitDays: 7, Date: &on}
			if text := w.reason(r, &on); text == "" || strings.Contains(text, "%!") {
				t.Errorf("%s: %s reads %q", lang.Tag(), code, text)
			}
			if !rules[ruleAnchor(code)] {
				t.Errorf("no rule for %s", code)
			}
		}
	}
}

func TestClaims(t *testing.T) {
	w := words{i18n.English, wib}
	b := func(v metrics.BasisPoints) *metrics.BasisPoints { return &v }
	for _, c := range []struct {
		s    metrics.Statement
		text string
		mark metrics.BasisPoints
		ok   bool
	}{
		{metrics.Statement{Kind: "percent_done", Low: b(7500), High: b(7500)}, "75%", 7500, true},
		{metrics.Statement{Kind: "percent_done", Low: b(7500), High: b(7500), Approximate: true}, "about 75%", 7500, true},
		{metrics.Statement{Kind: "percent_done", Low: b(7000)}, "at least 70%", 7000, true},
		{metrics.Statement{Kind: "percent_done", High: b(9000)}, "at most 90%", 9000, true},
		{metrics.Statement{Kind: "percent_done", Low: b(8500), High: b(9000), Approximate: true}, "85% to 90%", 8750, true},
		{metrics.Statement{Kind: "percent_left", Low: b(1300), High: b(1300)}, "13% left", 8700, true},
		{metrics.Statement{Kind: "percent_done", Low: b(6000), High: b(6000), Area: "P"}, "60%", 0, false},
		{metrics.Statement{Kind: "headline"}, "", 0, false},
	} {
		claim, ok := newClaim(c.s)
		if got := w.claimed(c.s); got != c.text || ok != c.ok || ok && claim.mark() != c.mark {
			t.Errorf("%+v reads %q at %v (%v), want %q at %d (%v)", c.s, got, claim, ok, c.text, c.mark, c.ok)
		}
	}
}

func TestItemsAddUp(t *testing.T) {
	for _, iso := range []string{"2024-02-05", "2024-02-23", "2024-03-12", "2024-03-27"} {
		p, a, _ := tokopedia(t, iso)
		f := frame(i18n.English, access.Executive, "/programs/x/items", p, a)
		m := NewItemsModel(f, p, a)
		sum := metrics.BasisPoints(0)
		for _, row := range m.Rows {
			sum += row.points
		}
		if sum != metrics.Whole-a.Reported || m.Total != i18n.English.Points(int64(sum)) {
			t.Errorf("%s: the rows add up to %d, the page says %s, left are %d", iso, sum, m.Total, metrics.Whole-a.Reported)
		}
	}
}

func TestItemsFilterNarrowsRowsAndKeepsTheWhole(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	f := frame(i18n.English, access.Executive, "/programs/x/items", p, a)
	f.Query = url.Values{"area": {"P"}}
	m := NewItemsModel(f, p, a)
	if len(m.Rows) != 1 || m.Total != "6" || m.Whole != "13" || !m.Filtered {
		t.Errorf("%d rows of %s points, %s in all", len(m.Rows), m.Total, m.Whole)
	}
}

func TestMethodTermsAddUp(t *testing.T) {
	p, h, a, _ := tokopediaCase(t, "2024-02-23")
	m := NewMethodModel(frame(i18n.English, access.Regulator, "/programs/x/method", p, a), p, a, metrics.ForecastProgram(p, h, a, 0))
	var terms []Term
	for _, g := range m.Groups {
		terms = append(terms, g.Terms...)
	}
	if len(terms) != 10 || m.Sum.Weight != "100" || m.Sum.Earned != "75.4" || m.Sum.Left != "24.6" {
		t.Errorf("%d terms, sum %+v", len(terms), m.Sum)
	}
	if terms[1].Term != "18 × 90 ÷ 100" || terms[1].Earned != "16.2" || terms[1].Left != "1.8" {
		t.Errorf("the term of P2 is %+v", terms[1])
	}
	deciding := 0
	for _, r := range m.Rules {
		if r.Applies {
			deciding++
		}
	}
	if deciding != 1 {
		t.Errorf("%d rules decide", deciding)
	}
}

func TestStepper(t *testing.T) {
	p, a, days := tokopedia(t, "2024-03-12")
	f := frameAt(i18n.English, access.Executive, "2024-03-12", p, a)
	f.Query.Set("area", "P")
	s := NewStepper(f, wib, days, a.Today)
	if s.Previous.Value != "2024-03-01" || s.Next.Value != "2024-03-14" || s.Now != "/programs/tiktok-tokopedia?area=P&lang=en" || s.Shown != "12 Mar 2024" || s.Quiet != "" {
		t.Errorf("%+v", s)
	}
	if s.Next.Href != "/programs/tiktok-tokopedia?area=P&as_of=2024-03-14&lang=en" {
		t.Errorf("next leads to %s", s.Next.Href)
	}
	if want := []Field{{"area", "P"}, {"lang", "en"}}; !slices.Equal(s.Kept, want) {
		t.Errorf("the form keeps %v, want %v", s.Kept, want)
	}
	if first, last := s.Days[0], s.Days[len(s.Days)-1]; first.Text != "12 Dec 2023, the first" || s.Min != "2023-12-12" || !strings.HasSuffix(last.Text, ", the last") {
		t.Errorf("from %+v to %+v", first, last)
	}

	quiet := frameAt(i18n.English, access.Executive, "2024-03-10", p, a)
	if s := NewStepper(quiet, wib, days, day(t, "2024-03-10")); s.Quiet == "" || s.Previous.Value != "2024-03-01" || s.Next.Value != "2024-03-12" || s.Value != "2024-03-10" {
		t.Errorf("on a day without entries: %+v", s)
	}
	now := frame(i18n.English, access.Executive, ProgramPath(p.Key), p, a)
	if s := NewStepper(now, wib, days[:2], a.Today); s.Now != "" || s.Shown != "The present" || s.Next != nil || s.Quiet != "" || s.Max != "2024-03-12" {
		t.Errorf("in the present: %+v", s)
	}
	if s := NewStepper(f, wib, nil, a.Today); s.Previous != nil || s.Next != nil || len(s.Days) != 0 {
		t.Errorf("an empty ledger has steps: %+v", s)
	}
}

func TestLinks(t *testing.T) {
	f := Frame{Path: "/programs/a/items", Query: url.Values{"as_of": {"2024-03-12"}, "lang": {"en"}, "area": {"P"}}}
	for got, want := range map[string]string{
		f.Link("/programs/a/method#rule-stale"):        "/programs/a/method?as_of=2024-03-12&lang=en#rule-stale",
		f.LinkWith("/programs/a/items", "area", "U&M"): "/programs/a/items?area=U%26M&as_of=2024-03-12&lang=en",
		f.LinkNow():                                      "/programs/a/items?area=P&lang=en",
		f.LinkAsOf("2024-03-01"):                         "/programs/a/items?area=P&as_of=2024-03-01&lang=en",
		f.LinkLang(i18n.Indonesian):                      "/programs/a/items?area=P&as_of=2024-03-12&lang=id",
		f.LinkHome():                                     "/?lang=en",
		ProgramPath("a/b") + MilestonePath("P 1"):        "/programs/a%2Fb/milestones/P%201",
		Frame{Path: "/"}.LinkNow():                       "/",
		Frame{Path: "/x", Query: url.Values{}}.Link("/"): "/",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestUpdateFormKeepsWhatWasTyped(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	f := frame(i18n.English, access.Engineer, "/programs/x/milestones/M3/update", p, a)
	fresh, ok := NewUpdateModel(f, p, a, "M3", Form{}, "e")
	if !ok || !fresh.Percent || fresh.Value("done") != "50" || fresh.Value("total") != "100" || fresh.Entry != "29" {
		t.Errorf("fresh: %+v", fresh.Form)
	}
	again, _ := NewUpdateModel(f, p, a, "M3", Form{Values: map[string]string{"done": "4o"}, Errors: []FieldError{{"done", "x"}}}, "e")
	if again.Value("done") != "4o" || !strings.HasPrefix(again.Title, "There is 1 problem") {
		t.Errorf("again: %q, title %q", again.Value("done"), again.Title)
	}
	if _, ok := NewUpdateModel(f, p, a, "absent", Form{}, "e"); ok {
		t.Error("a form for a milestone that is not there")
	}
}

func TestConflictShowsBothAndAsksForAReasonOnlyWhenLower(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	f := frame(i18n.English, access.Engineer, "/x", p, a)
	for done, falls := range map[string]bool{"40": true, "50": false, "90": false} {
		m, ok := NewConflictModel(f, p, a, "M3", Form{Values: map[string]string{"done": done, "total": "100"}}, "e", "job:feed")
		if !ok || m.Theirs != "50 of 100 percent" || m.Mine != done+" of 100 percent" || m.Falls != falls || m.Entry != "29" {
			t.Errorf("%s: theirs %s, mine %s, falls %v", done, m.Theirs, m.Mine, m.Falls)
		}
		if !strings.Contains(m.Changed, "integration job feed") {
			t.Errorf("who changed it: %s", m.Changed)
		}
	}
}

func TestEffectOfObservations(t *testing.T) {
	w := words{i18n.English, wib}
	at := func(hour int) time.Time { return time.Date(2024, 3, 1, hour, 0, 0, 0, wib) }
	counts := &metrics.Counts{Done: 5, Total: 10}
	m := metrics.Milestone{Progress: metrics.Progress{Counts: counts, Counted: metrics.Order{At: at(10), Key: "s/in-force"}, Base: metrics.Order{At: at(8), Key: "s/correction"}}}
	for want, h := range map[string]HistoryRow{
		"value in force":                          {ObservedAt: at(10), Source: "s", EventID: "in-force", Counts: counts},
		"sign of life":                            {ObservedAt: at(11), Source: "s", EventID: "beat"},
		"replaced by a correction":                {ObservedAt: at(7), Source: "s", EventID: "old", Counts: counts},
		"lower without a correction, not counted": {ObservedAt: at(11), Source: "s", EventID: "lower", Counts: &metrics.Counts{Done: 1, Total: 10}},
		"earlier value":                           {ObservedAt: at(9), Source: "s", EventID: "before", Counts: &metrics.Counts{Done: 3, Total: 10}},
	} {
		if got, inForce := w.effect(h, m); got != want || inForce != (want == "value in force") {
			t.Errorf("%s: %q, in force %v", h.EventID, got, inForce)
		}
	}
}

func TestMaskedIDsCannotBeUsed(t *testing.T) {
	if got := masked("0190aabb-ccdd-7eee"); got != "0190…7eee" {
		t.Errorf("masked: %s", got)
	}
}

func TestServerErrorsSayNoDetail(t *testing.T) {
	f := Frame{Lang: i18n.English}
	if m := NewErrorModel(f, 500, "r-1", "pq: password", ""); strings.Contains(m.Text, "pq") || m.Reference != "Reference: r-1" {
		t.Errorf("%+v", m)
	}
	if m := NewErrorModel(f, 422, "r-1", "why", ""); m.Text != "why" {
		t.Errorf("%+v", m)
	}
}

// The help page says that somebody records nothing exactly where nothing may be written.
func TestHelpSaysWhoMayWrite(t *testing.T) {
	for _, r := range roleRights {
		if says := r.writes == i18n.HelpNothing; says != r.role.ReadOnly() {
			t.Errorf("help says of %s that it writes nothing: %v", r.role, says)
		}
	}
	if len(roleRights) != len(access.Roles())+1 {
		t.Errorf("help names %d roles", len(roleRights))
	}
}
