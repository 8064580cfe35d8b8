package view

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// caseForecast is the case on a day, with its forecast.
func caseForecast(t testing.TB, iso string) (metrics.Program, metrics.Assessment, metrics.ProgramForecast) {
	t.Helper()
	p, h, a, _ := tokopediaCase(t, iso)
	return p, a, metrics.ForecastProgram(p, h, a, 0)
}

func forecastFrame(lang i18n.Lang, p metrics.Program, a metrics.Assessment) (Frame, words) {
	return frame(lang, access.Executive, ProgramPath(p.Key), p, a), words{lang, wib}
}

func TestForecastOfTheCaseInWords(t *testing.T) {
	for _, c := range []struct {
		day  string
		lang i18n.Lang
		want []string // parts of what is said
	}{
		{"2023-12-20", i18n.English, []string{"Too early to name a date", "at most 2 in 100"}},
		{"2023-12-20", i18n.Indonesian, []string{"Terlalu dini untuk menyebut tanggal", "paling banyak 2 dari 100"}},
		{"2024-02-05", i18n.English, []string{"finished by 21 June 2024 is 50 in 100", "35 in 100", "46 public code migrations, 30 finished", "Since 12 December 2023 (55 days) 71 points were done", "P4, U3, M3"}},
		{"2024-02-05", i18n.Indonesian, []string{"paling lambat 21 Juni 2024 adalah 50 dari 100", "35 dari 100", "46 migrasi kode publik"}},
		{"2024-03-12", i18n.English, []string{"Only 3 milestones are open, so their owners’ dates stand first: finished on 5 April 2024", "its day has come, not finished", "23 in 100"}},
		{"2024-03-12", i18n.Indonesian, []string{"tanggal pemiliknya didahulukan: selesai 5 April 2024", "harinya sudah tiba, belum selesai"}},
		{"2024-03-27", i18n.English, []string{"Reported as finished since 27 March 2024", "not met", "met"}},
		{"2024-03-27", i18n.Indonesian, []string{"Sudah dilaporkan selesai sejak 27 Maret 2024", "tidak terpenuhi"}},
	} {
		p, a, fc := caseForecast(t, c.day)
		f, w := forecastFrame(c.lang, p, a)
		m := newProgramForecast(f, w, p, a, fc)
		said := join(m.Owners, m.Lead, m.Rests, m.Inputs, m.Method)
		for _, row := range m.Chances {
			said = join(said, row.Name, row.Chance)
		}
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s %s: no %q in %q", c.day, c.lang.Tag(), want, said)
			}
		}
		if len(m.Chances) != len(p.Deadlines) {
			t.Errorf("%s: %d chances for %d deadlines", c.day, len(m.Chances), len(p.Deadlines))
		}
		if !strings.Contains(m.Href, "/method") || !strings.HasSuffix(m.Href, "#forecast") {
			t.Errorf("%s: the explanation is at %q", c.day, m.Href)
		}
	}
}

func TestEveryForecastNoteHasWords(t *testing.T) {
	on := metrics.NewDay(2024, time.March, 1)
	for _, lang := range i18n.Langs() {
		w := words{lang, wib}
		seen := map[string]bool{}
		for _, note := range []metrics.ForecastNote{
			metrics.ForecastComplete, metrics.ForecastFinished, metrics.ForecastNoHistory, metrics.ForecastNoTotal, metrics.ForecastTooEarly, metrics.ForecastNoMove, metrics.ForecastPartBlind,
		} {
			fc := metrics.Forecast{Note: note, AsOf: on, Horizon: on + metrics.ForecastHorizon, Finished: &on}
			lead := w.forecastLead(fc)
			if lead == "" || strings.Contains(lead, "%!") || seen[lead] {
				t.Errorf("%s: %q reads %q", lang.Tag(), note, lead)
			}
			if note != metrics.ForecastComplete && w.forecastNote(note) == "" {
				t.Errorf("%s: %q has no note", lang.Tag(), note)
			}
			seen[lead] = true
		}
	}
	far := metrics.Forecast{Note: metrics.ForecastFarAway, AsOf: on, Horizon: on + metrics.ForecastHorizon}
	if got := (words{i18n.English, wib}).forecastDay(far, nil); got != "later than 2034" {
		t.Errorf("beyond the horizon: %q", got)
	}
}

// A wedge is drawn exactly where the forecast names a date, and no corner of it leaves the plot.
func TestWedge(t *testing.T) {
	for day, want := range map[string]bool{"2023-12-11": false, "2023-12-20": false, "2024-02-05": true, "2024-03-12": true, "2024-03-27": false} {
		p, a, fc := caseForecast(t, day)
		for _, lang := range i18n.Langs() {
			fig := newProgressFigure(words{lang, wib}, p, a, fc)
			if got := drawsClass(fig.Plot.Body, "wedge"); got != want {
				t.Errorf("%s: wedge %v, want %v", day, got, want)
			}
			checkPaths(t, day, fig.Plot.Body)
			if keyed := slices.ContainsFunc(fig.Keys, func(k Key) bool { return k.Mark == "wedge" || k.Mark == "pace" }); keyed != want {
				t.Errorf("%s: the wedge has a key: %v", day, keyed)
			}
			if said := strings.Contains(fig.Summary, "2025"); said != want {
				t.Errorf("%s: the sentence %q", day, fig.Summary)
			}
		}
	}
}

// A forecast without an end runs level off the frame and says so; where too much is silent there is none.
func TestWedgeWithoutEndAndWithoutReports(t *testing.T) {
	p, a, fc := caseForecast(t, "2024-02-05")
	w := words{i18n.Indonesian, wib}
	fc.Points.Note, fc.Points.P80, fc.Points.P95 = metrics.ForecastFarAway, nil, nil
	fig := newProgressFigure(w, p, a, fc)
	if !strings.Contains(fig.Summary, "tanpa tanggal akhir") || !drawsClass(fig.Plot.Body, "wedge tip") {
		t.Errorf("no arrow or no words: %q", fig.Summary)
	}
	checkPaths(t, "without end", fig.Plot.Body)
	a.HeadlineRange = &metrics.Range{Low: 7100, High: 9500}
	if drawsClass(newProgressFigure(w, p, a, fc).Plot.Body, "wedge") {
		t.Error("a wedge from silence")
	}
	f, _ := forecastFrame(i18n.Indonesian, p, a)
	if m := newProgramForecast(f, w, p, a, fc); len(m.Chances)+len(m.Dates) > 0 || m.Lead != w.T(i18n.ForecastSilent) {
		t.Errorf("a forecast from silence: %+v", m)
	}
}

func TestTotalsAreMarkedAndSaid(t *testing.T) {
	p, a, _ := caseForecast(t, "2024-03-12")
	a.Curve.Totals = []metrics.TotalChange{{On: day(t, "2024-02-20"), Milestone: "P1", From: 1000, To: 1400}}
	fig := newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{})
	if !slices.Contains(fig.Marks, "20 Feb 2024: total of P1 from 1,000 to 1,400") {
		t.Errorf("the marks in words: %q", fig.Marks)
	}
	if !drawsClass(fig.Plot.Body, "change total") || !slices.ContainsFunc(fig.Keys, func(k Key) bool { return k.Mark == "total" }) {
		t.Error("a total that grew is not marked")
	}
}

// points reads what a page printed, to the last basis point.
func points(t *testing.T, text string) int64 {
	t.Helper()
	text = strings.ReplaceAll(strings.ReplaceAll(text, "−", "-"), "+", "")
	return int64(math.Round(number(t, strings.ReplaceAll(text, ",", ".")) * 100))
}

func TestWeekAddsUpAsPrinted(t *testing.T) {
	for _, c := range [][2]string{{"2024-01-29", "2024-02-05"}, {"2024-02-16", "2024-02-23"}, {"2024-02-23", "2024-03-01"}, {"2024-03-18", "2024-03-25"}} {
		before, _, _ := tokopedia(t, c[0])
		after, a, _ := tokopedia(t, c[1])
		after.Milestones[3].Weight, after.Milestones[0].Weight = 1000, 2000 // weights moved too
		split := metrics.SplitChange(before, after)
		for _, lang := range i18n.Langs() {
			f, w := forecastFrame(lang, after, a)
			m := newWeek(f, w, day(t, c[0]), &split)
			var sums [5]int64
			for _, row := range m.Rows {
				for i, cell := range []string{row.Work, row.Scope, row.Weights, row.Corrections, row.Whole} {
					sums[i] += points(t, cell)
				}
				if points(t, row.Work)+points(t, row.Scope)+points(t, row.Weights)+points(t, row.Corrections) != points(t, row.Whole) {
					t.Errorf("%s: the row %+v", c[1], row)
				}
			}
			for i, cell := range []string{m.Total.Work, m.Total.Scope, m.Total.Weights, m.Total.Corrections, m.Total.Whole} {
				if sums[i] != points(t, cell) {
					t.Errorf("%s: column %d adds up to %d, printed %s", c[1], i, sums[i], cell)
				}
			}
			if points(t, m.Total.Whole) != int64(split.After-split.Before) || said(m.Sentence) == "" {
				t.Errorf("%s: %s for %d", c[1], m.Total.Whole, split.After-split.Before)
			}
		}
	}
}

func TestWeekWithoutChangeOrState(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	f, w := forecastFrame(i18n.English, p, a)
	split := metrics.SplitChange(p, p)
	if m := newWeek(f, w, day(t, "2024-03-05"), &split); said(m.Sentence) != "No change since 5 March 2024." || len(m.Rows) > 0 {
		t.Errorf("%+v", m)
	}
	if m := newWeek(f, w, day(t, "2024-03-05"), nil); said(m.Sentence) != "A week earlier the program was not on record." || len(m.Rows) > 0 {
		t.Errorf("%+v", m)
	}
}

func TestHeadlineRangeAndOverrideStandBesideTheRule(t *testing.T) {
	p, a, fc := caseForecast(t, "2024-02-05")
	a.HeadlineRange = &metrics.Range{Low: 5000, High: 6551}
	a.Judgement = metrics.Judgement{Verdict: metrics.CannotBeAssessed, Reason: metrics.Reason{Code: metrics.ReasonStale, Points: 3000, Limit: 2000}}
	a.Override = &metrics.Override{Verdict: metrics.Watch, Reason: metrics.Text{ID: "Laporan tertahan", EN: "Reports are held up"}, By: "kepatuhan-1", Until: day(t, "2024-02-09")}
	f, _ := forecastFrame(i18n.English, p, a)
	m := NewOverviewModel(f, p, a, fc, nil)
	if m.Percent != "50–65.6%" || m.Headline != "Cannot be assessed. Progress is at least 50% of the whole and at most 65.6% of the whole." || m.Verdict.Word != "Cannot be assessed" {
		t.Errorf("%s · %s · %s", m.Percent, m.Headline, m.Verdict.Word)
	}
	card := newProgramCard(f, metrics.Listed{Program: p, Assessment: a})
	if card.Percent != m.Percent || card.Range == "" {
		t.Errorf("the card says %q, %q", card.Percent, card.Range)
	}
	table := &ProgramTable{Rows: []ProgramCard{card}}
	for name, page := range map[string]string{
		"overview": string(render(t, OverviewPage(m))), "cards": string(render(t, ProgramsPage(ProgramsModel{Frame: f, Cards: []ProgramCard{card}}))),
		"table": string(render(t, ProgramsPage(ProgramsModel{Frame: f, Table: table}))),
	} {
		for _, want := range []string{"Cannot be assessed", "Needs attention", "Reports are held up", "kepatuhan-1", "until the end of 9 February 2024", "no claim of completion"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
	}
}

// TestFlagsAreIndependent shows all sixteen combinations.
func TestFlagsAreIndependent(t *testing.T) {
	_, a, _ := tokopedia(t, "2024-03-12")
	w := words{i18n.English, wib}
	flags := []string{"Stale data", "Stalled", "Behind plan", "Failing"}
	for n := range 16 {
		m := a.Milestones[9]
		m.Milestone.SameCount = 4
		set := []bool{n&1 > 0, n&2 > 0, n&4 > 0, n&8 > 0}
		m.Stale, m.Stalled, m.Behind, m.Failing = set[0], set[1], set[2], set[3]
		var words []string
		for _, flag := range w.flagsOf(m) {
			words = append(words, flag.Word)
			if flag.Explain == "" || flag.Word == "Stalled" && !strings.Contains(flag.Explain, "4 reports in a row with the same count") {
				t.Errorf("%q explains itself as %q", flag.Word, flag.Explain)
			}
		}
		for i, flag := range flags {
			if slices.Contains(words, flag) != set[i] {
				t.Errorf("combination %04b shows %q", n, words)
			}
		}
	}
}

func TestPaceOfTheCase(t *testing.T) {
	for iso, want := range map[string]map[string]string{
		"2024-03-01": {"version 2": "0.99", "version 1": "1.33"},
		"2024-03-12": {"version 2": "0.87", "version 3": "1.17", "own plan": "0.90"},
	} {
		p, a, _ := tokopedia(t, iso)
		f, w := forecastFrame(i18n.English, p, a)
		m := newPace(f, w, a)
		for name, index := range want {
			i := slices.IndexFunc(m.Schedule, func(r ScheduleRow) bool { return strings.Contains(r.Against, name) })
			if i < 0 || m.Schedule[i].Index != index {
				t.Errorf("%s: SPI(t) against %s is not %s: %+v", iso, name, index, m.Schedule)
			}
		}
		if len(m.Rates.Rows) != len(p.Deadlines)+2 {
			t.Errorf("%s: %d rates", iso, len(m.Rates.Rows))
		}
	}
	_, a, _ := tokopedia(t, "2024-03-12")
	w := words{i18n.Indonesian, wib}
	rates := newRatesTable(w, a, a.Milestones[9].Rates, "percent")
	if last := rates.Rows[len(rates.Rows)-2]; rates.Unit != "persen per hari" || last.Units != "1,42" || last.Points != "0,02" {
		t.Errorf("the last 14 days of M3: %+v in %q", last, rates.Unit)
	}
	if row := w.scheduleRow("x", nil, false); row.Index != "tidak ada nilai" {
		t.Errorf("no schedule reads %+v", row)
	}
}

// said is a sentence without its links.
func said(pieces []Piece) string {
	text := ""
	for _, p := range pieces {
		text += p.Text
	}
	return text
}

func TestKeptForecasts(t *testing.T) {
	p, a, fc := caseForecast(t, "2024-03-12")
	w := words{i18n.English, wib}
	if m := newKept(w, p, fc, metrics.ForecastRecord{}); len(m.Sentences) != 1 || m.Drawing != nil || len(m.Rows) > 0 {
		t.Errorf("nothing kept: %+v", m)
	}
	var kept []metrics.KeptForecast
	for i := range metrics.Day(200) {
		on := a.Today - 220 + i
		kept = append(kept, metrics.KeptForecast{On: on, P50: ptr(on + 30 + i%9), P80: ptr(on + 60 + i%13), Meets: []metrics.Chance{{Deadline: on + 20, Meet: ptr(0.5)}}})
	}
	for _, n := range []int{1, 2, 5, 200} {
		m := newKept(w, p, fc, metrics.ScoreForecasts(kept[:n], nil, a.Today))
		if len(m.Rows) == 0 || len(m.Rows) > mostRows || (m.Drawing != nil) != (n > 1) {
			t.Errorf("%d kept: %d rows, a drawing: %v", n, len(m.Rows), m.Drawing != nil)
		}
		if m.Drawing != nil {
			checkDrawings(t, fmt.Sprintf("%d kept", n), m.Drawing)
		}
		if said := join(m.Sentences...); !strings.Contains(said, "80-in-100 date") || !strings.Contains(said, "Brier score 0.25") {
			t.Errorf("%d kept: %q", n, said)
		}
	}
}
