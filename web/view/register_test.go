package view

import (
	"strings"
	"testing"

	"github.com/a-h/templ"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// addRegister adds the register and the deadlines of a program as they stand at the assessment.
func addRegister(pages map[string]templ.Component, suffix string, f Frame, p metrics.Program, a metrics.Assessment) {
	base := ProgramPath(p.Key)
	f.Path = base + "/statements"
	pages["statements"+suffix] = StatementsPage(NewStatementsModel(f, p, compared(p, a)))
	f.Path = base + "/deadlines"
	pages["deadlines"+suffix] = DeadlinesPage(NewDeadlinesModel(f, p, a))
	pages["checkpoints"+suffix] = CheckpointsPage(someCheckpoints(f, p))
}

// compared judges every statement against the figures of the assessment's own day.
func compared(p metrics.Program, a metrics.Assessment) []metrics.Comparison {
	figures := metrics.DayFigures{Day: a.Today, Figures: metrics.Figures{Reported: a.Reported}}
	for _, area := range a.Areas {
		figures.Areas = append(figures.Areas, metrics.AreaFigures{Key: area.Key, Weight: area.Weight, Figures: metrics.Figures{Reported: area.Reported}, Share: area.Share})
	}
	comparisons := make([]metrics.Comparison, 0, len(p.Statements))
	for _, s := range p.Statements {
		comparisons = append(comparisons, metrics.CompareStatement(s, &figures))
	}
	return comparisons
}

func addRegisterForms(pages map[string]templ.Component, f Frame, p metrics.Program, a metrics.Assessment) {
	wrong := func(values map[string]string, fields ...string) Form {
		form := Form{Values: values}
		for _, field := range fields {
			form.Errors = append(form.Errors, FieldError{field, "Wajib."})
		}
		return form
	}
	pages["statement fresh"] = StatementPage(NewStatementModel(f, p, Form{}, "event-4"))
	pages["statement failed"] = StatementPage(NewStatementModel(f, p, wrong(map[string]string{"side": "press", "scope": "area", "area": "P", "stated_unknown": "yes", "words": "Kira-kira"},
		"speaker", "side", "kind", "form", "number", "number_to", "subject", "scope", "area", "stated_on", "stated_unknown", "published_on", "published_unknown", "source", "words"), "event-4"))
	pages["deadline fresh"] = DeadlinePage(NewDeadlineModel(f, Form{}, "event-5"))
	pages["deadline failed"] = DeadlinePage(NewDeadlineModel(f, wrong(map[string]string{"key": "D4", "kind": "regulatory", "binding": "yes"},
		"key", "kind", "date", "earliest", "stated", "announced_on", "announced_by", "document", "binding"), "event-5"))
	typed := Form{Values: map[string]string{
		"key": "D4", "kind": "regulatory", "date": "2024-05-31", "earliest": "2024-05-01", "stated": "sampai Mei", "announced_on": "2024-03-12", "announced_by": "Kemendag", "binding": "yes",
	}}
	pages["deadline review"] = DeadlineReviewPage(NewDeadlineReviewModel(f, p, true, typed, "D3", "event-5"))
	pages["deadline review keeps"] = DeadlineReviewPage(NewDeadlineReviewModel(f, p, false, typed, "D3", "event-5"))
	pages["binding fresh"] = BindingPage(NewBindingModel(f, p, Form{}, "D3", "event-7"))
	pages["binding failed"] = BindingPage(NewBindingModel(f, p, wrong(map[string]string{"deadline": "D2"}, "deadline", "reason"), "D3", "event-7"))
	pages["override fresh"] = OverridePage(NewOverrideModel(f, p, a, Form{}, "event-6"))
	overridden, assessed := withOverride(p, a)
	pages["override in force"] = OverridePage(NewOverrideModel(f, overridden, assessed, wrong(map[string]string{"verdict": "forecast_late"},
		"deadline", "verdict", "by", "until", "reason", "withdraw", "withdraw_reason"), "event-6"))
	f.Path = ProgramPath(p.Key) + "/deadlines"
	pages["deadlines overridden"] = DeadlinesPage(NewDeadlinesModel(f, overridden, assessed))
}

// withOverride puts a person's verdict beside the rule's on the binding deadline.
func withOverride(p metrics.Program, a metrics.Assessment) (metrics.Program, metrics.Assessment) {
	o := metrics.Override{Verdict: metrics.Late, Reason: alike("Audit belum dijadwalkan."), By: "Kemendag", Until: a.Today + 7}
	p.Overrides = append(p.Overrides, o)
	a.Deadlines = append([]metrics.DeadlineAssessment(nil), a.Deadlines...)
	for i := range a.Deadlines {
		if a.Deadlines[i].Deadline.Binding {
			a.Deadlines[i].Override, a.Override = &o, &o
		}
	}
	return p, a
}

func registerModel(t *testing.T, lang i18n.Lang, query ...string) StatementsModel {
	p, a, _ := tokopedia(t, "2024-03-18")
	f := frame(lang, access.Compliance, ProgramPath(p.Key)+"/statements", p, a)
	for i := 0; i < len(query); i += 2 {
		f.Query.Set(query[i], query[i+1])
	}
	return NewStatementsModel(f, p, compared(p, a))
}

func TestRegisterNeverFlattensAValue(t *testing.T) {
	for _, lang := range i18n.Langs() {
		m := registerModel(t, lang)
		rows := append(m.Newest, m.Older...)
		values := map[string]bool{}
		for _, row := range rows {
			values[row.Value] = true
			if row.Judgement.Word == "" || row.Judgement.Shape == "" || row.SaidOn == "" || row.PrintedOn == "" {
				t.Errorf("incomplete: %+v", row)
			}
		}
		wanted := map[i18n.Lang][]string{
			i18n.English:    {"75%", "at least 70%", "85% to 90%", "about 25% left", "87%"},
			i18n.Indonesian: {"75%", "sedikitnya 70%", "85% sampai 90%", "sisa kira-kira 25%", "87%"},
		}
		for _, want := range wanted[lang] {
			if !values[want] {
				t.Errorf("%s: no statement says %q: %v", lang.Tag(), want, values)
			}
		}
	}
}

func TestAThirdLeftStaysAThird(t *testing.T) {
	third, exact := metrics.BasisPoints(3330), metrics.BasisPoints(8725)
	for _, c := range []struct {
		lang      i18n.Lang
		statement metrics.Statement
		want      string
	}{
		{i18n.English, metrics.Statement{Kind: percentLeft, Low: &third, High: &third, Approximate: true}, "about 33.3% left"},
		{i18n.Indonesian, metrics.Statement{Kind: percentLeft, Low: &third, High: &third, Approximate: true}, "sisa kira-kira 33,3%"},
		{i18n.English, metrics.Statement{Kind: "percent_done", Low: &exact, High: &exact}, "87.25%"},
		{i18n.Indonesian, metrics.Statement{Kind: "percent_done", High: &exact}, "paling banyak 87,25%"},
	} {
		if got := (words{c.lang, wib}).claimed(c.statement); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestRegisterJudgesByWordAndShape(t *testing.T) {
	w := words{i18n.English, wib}
	by := metrics.BasisPoints(-3000)
	seen := map[string]bool{}
	for _, c := range []metrics.Comparison{
		{Judgement: metrics.ClaimAgrees, Difference: new(metrics.BasisPoints)}, {Judgement: metrics.ClaimDiffers, Difference: &by},
		{Judgement: metrics.ClaimOtherUnit, Fits: metrics.WeightOfArea}, {Judgement: metrics.ClaimAnotherSubject}, {Judgement: metrics.ClaimNotJudged, Doubt: metrics.DoubtNoDate},
	} {
		tag := w.claimTag(c)
		if seen[tag.Word] || seen[tag.Shape] {
			t.Errorf("%s is told by neither word nor shape", c.Judgement)
		}
		seen[tag.Word], seen[tag.Shape] = true, true
	}
	if !seen["Differs by 30 points"] {
		t.Errorf("%v", seen)
	}
}

func TestRegisterFilters(t *testing.T) {
	all := registerModel(t, i18n.English)
	if len(all.Newest) != registerShown || len(all.Older) == 0 {
		t.Fatalf("%d open, %d folded", len(all.Newest), len(all.Older))
	}
	one := registerModel(t, i18n.English, "subject", "area:P")
	if len(one.Newest) == 0 || len(one.Older) != 0 || !one.Filtered {
		t.Fatalf("%d rows", len(one.Newest))
	}
	for _, row := range one.Newest {
		if !strings.HasSuffix(row.Scope, "Payments") && row.Subject != "Payments" {
			t.Errorf("%s is about %s", row.Words, row.Subject)
		}
	}
	if none := registerModel(t, i18n.English, "side", "press"); len(none.Newest) != 0 || none.Empty == "" {
		t.Errorf("%d rows of a side that said nothing", len(none.Newest))
	}
}

// Every statement has a row of its own with one mark of what was said, and nothing joins two.
func TestClaimsChartJoinsNothing(t *testing.T) {
	fig := registerModel(t, i18n.English).Chart
	if len(fig.Rows) < 8 || fig.Summary == "" {
		t.Fatalf("%d rows", len(fig.Rows))
	}
	checkTracks(t, "claims", fig.Tracks)
	tracks := 0
	for _, row := range fig.Tracks.Rows {
		if row.Heading {
			continue
		}
		tracks++
		said := 0
		for _, r := range row.Drawing.Rects {
			if r.Class == "claim" {
				said++
			}
		}
		for _, l := range row.Drawing.Lines {
			if l.Class == "claim-line" {
				said++
			}
		}
		for _, m := range row.Drawing.Marks {
			if m.Class == "claim-line" && strings.Count(m.D, "M") == 2 {
				said++
			}
		}
		if said += len(row.Drawing.Dots); said != 1 {
			t.Errorf("%s: %d marks", row.Name, said)
		}
	}
	if tracks != len(fig.Rows) {
		t.Errorf("%d rows are drawn, the table has %d", tracks, len(fig.Rows))
	}
}

func TestDeadlinesSayWhatIsOnFileAndWhichBinds(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	m := NewDeadlinesModel(frame(i18n.English, access.Regulator, ProgramPath(p.Key)+"/deadlines", p, a), p, a)
	paces := map[string]string{}
	for _, row := range m.Rows {
		paces[row.Name] = row.Pace
		if row.Document != "no document on record" || row.Reason == "" || row.RuleHref == "" || row.Left == "" {
			t.Errorf("incomplete: %+v", row)
		}
	}
	if paces["version 2"] != "0.87" || paces["version 3"] != "1.17" {
		t.Errorf("SPI(t): %v", paces)
	}
	if len(m.History) != 3 || !m.History[2].Binding || m.History[2].Text != "changed to 12 April 2024, 31 days later" || m.AddHref != "" {
		t.Errorf("history: %+v, may add at %q", m.History, m.AddHref)
	}
	p, a = withOverride(p, a)
	m = NewDeadlinesModel(frame(i18n.English, access.Compliance, ProgramPath(p.Key)+"/deadlines", p, a), p, a)
	for _, row := range m.Rows {
		if row.Binding && (row.Override == nil || row.Override.Verdict.Word != "Forecast late" || row.Verdict.Word != "Needs attention") {
			t.Errorf("the override hides the rule: %+v", row)
		}
	}
	if m.AddHref == "" || m.OverrideHref == "" {
		t.Error("compliance is offered nothing")
	}
}
