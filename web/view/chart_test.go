package view

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// madeUp is a program of a given size: milestones over a number of days from 2024-01-15, reports every few days, and deadlines.
func madeUp(milestones, days, reports, deadlines int, seed uint64) (metrics.Program, metrics.History, metrics.Day) {
	r := rand.New(rand.NewPCG(seed, 7))
	first := metrics.NewDay(2024, time.January, 15)
	p := metrics.Program{Key: "p", Zone: wib, Start: first, Rules: metrics.DefaultRules(), Areas: []metrics.Area{{Key: "A", Name: metrics.Text{ID: "Bidang dengan nama yang panjang sekali", EN: "Area"}}, {Key: "B"}}}
	weights := map[string]metrics.BasisPoints{}
	for i := range milestones {
		key := fmt.Sprintf("M%d", i+1)
		weight := metrics.Whole / metrics.BasisPoints(milestones)
		if i == 0 {
			weight += metrics.Whole - weight*metrics.BasisPoints(milestones)
		}
		from := first + metrics.Day(r.IntN(days))
		weights[key] = weight
		p.Milestones = append(p.Milestones, metrics.Milestone{
			Key: key, Area: p.Areas[i%2].Key, Name: metrics.Text{ID: strings.Repeat("Nama tonggak ", 1+r.IntN(8)), EN: "Milestone"}, Unit: "records", Weight: weight,
			Start: from, Due: from + metrics.Day(r.IntN(days)) + 1,
		})
	}
	for i := range deadlines {
		d := metrics.Deadline{Key: fmt.Sprintf("D%d", i+1), Version: int64(i + 1), Kind: metrics.Regulatory, Date: first + metrics.Day(r.IntN(days+days/3+1)), AnnouncedOn: first, Binding: i == deadlines-1}
		if i%3 == 1 {
			d.Earliest = ptr(d.Date - metrics.Day(r.IntN(40)))
		}
		p.Deadlines = append(p.Deadlines, d)
	}
	h := metrics.History{Weights: []metrics.WeightsFrom{{Version: 1, From: first, Weights: weights}}}
	today := first
	for i := range reports {
		today = first + metrics.Day(i*days/max(1, reports))
		m := &p.Milestones[r.IntN(milestones)]
		done := int64(0)
		if m.Progress.Counts != nil {
			done = m.Progress.Counts.Done
		}
		o := metrics.Observation{Order: metrics.Order{At: today.Start(wib).Add(time.Duration(9+i%9) * time.Hour), Key: strconv.Itoa(i)}, Counts: &metrics.Counts{Done: done + r.Int64N(1001-done), Total: 1000}}
		m.Progress, _ = m.Progress.Apply(o)
		h.Days = append(h.Days, metrics.MilestoneDay{Milestone: m.Key, Day: today}.Fold(o))
		p.Statements = append(p.Statements, metrics.Statement{Kind: "percent_done", StatedOn: ptr(today), Low: ptr(metrics.BasisPoints(r.IntN(10001)))})
	}
	slices.SortStableFunc(h.Days, func(a, b metrics.MilestoneDay) int { return int(a.Day - b.Day) })
	if reports > 2 {
		h.Changes = []metrics.ScopeChange{{On: first + metrics.Day(days/2), Kind: "weights"}}
	}
	return p, h, today
}

// TestChartLabelsStayInTheFrameAndApart holds over sizes from one day to three years and from 1 to 60 milestones.
func TestChartLabelsStayInTheFrameAndApart(t *testing.T) {
	for _, milestones := range []int{1, 12, 13, 60} {
		for _, days := range []int{1, 6, 45, 200, 1100} {
			for _, reports := range []int{0, 1, 80} {
				for _, deadlines := range []int{0, 1, 3, 6} {
					for _, late := range []metrics.Day{0, 1, 30, 2000} {
						p, h, today := madeUp(milestones, days, reports, deadlines, uint64(milestones*days+deadlines))
						a := metrics.Assess(p, h, (today + late).Start(wib).Add(20*time.Hour))
						fc := metrics.ForecastProgram(p, h, a, 0)
						name := fmt.Sprintf("%d milestones, %d days, %d reports, %d deadlines, %d later", milestones, days, reports, deadlines, late)
						for _, lang := range i18n.Langs() {
							w := words{lang, wib}
							for _, d := range append(newProgressFigure(w, p, a, fc).Drawings, newLanesFigure(w, p, a, fc).Drawing) {
								checkLabels(t, name, d)
							}
						}
					}
				}
			}
		}
	}
}

func checkLabels(t *testing.T, name string, d Drawing) {
	t.Helper()
	width, height := number(t, d.Width), number(t, d.Height)
	for i, l := range d.Labels {
		if l.box.left < 0 || l.box.right > width || l.box.top < 0 || l.box.bottom > height {
			t.Errorf("%s, %s: the label %q leaves the frame %sx%s: %v", name, d.Class, l.Text, d.Width, d.Height, l.box)
		}
		for _, other := range d.Labels[:i] {
			if l.box.overlaps(other.box) {
				t.Errorf("%s, %s: %q covers %q", name, d.Class, l.Text, other.Text)
			}
		}
	}
	for _, shape := range d.Dots {
		x, y := number(t, shape.X), number(t, shape.Y)
		if x < 0 || x > width || y < 0 || y > height {
			t.Errorf("%s, %s: a dot at %s,%s outside %sx%s", name, d.Class, shape.X, shape.Y, d.Width, d.Height)
		}
	}
	for _, r := range d.Rects {
		if number(t, r.W) < 0 || number(t, r.H) < 0 {
			t.Errorf("%s, %s: a rectangle of negative size %+v", name, d.Class, r)
		}
	}
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		t.Fatalf("the coordinate %q", s)
	}
	return v
}

// step is a corner of the drawn line.
type step struct{ x, y float64 }

func steps(t *testing.T, d Drawing) []step {
	t.Helper()
	for _, p := range d.Paths {
		if p.Class != "actual" {
			continue
		}
		var corners []step
		first := regexp.MustCompile(`^M([\d.]+) ([\d.]+)`).FindStringSubmatch(p.D)
		corners = append(corners, step{number(t, first[1]), number(t, first[2])})
		for _, m := range regexp.MustCompile(`H([\d.]+)V([\d.]+)`).FindAllStringSubmatch(p.D, -1) {
			corners = append(corners, step{number(t, m[1]), number(t, m[2])})
		}
		return corners
	}
	return nil
}

// TestChartTableHasTheDrawnNumbers reads the line back from the drawing.
func TestChartTableHasTheDrawnNumbers(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	w := words{i18n.English, wib}
	fig := newProgressFigure(w, p, a, metrics.ProgramForecast{})
	for _, d := range fig.Drawings {
		zero, whole := math.NaN(), math.NaN()
		for _, l := range d.Labels {
			switch l.Text {
			case "0":
				zero = number(t, l.Y) - 4
			case "100":
				whole = number(t, l.Y) - 4
			}
		}
		corners := steps(t, d)
		drawn := map[string]bool{}
		for _, c := range corners {
			share := math.Round((zero - c.y) / (zero - whole) * 1000)
			drawn[i18n.English.Percent(int64(share)*10)] = true
		}
		for _, row := range fig.Rows {
			value := number(t, strings.TrimSuffix(row.Reported, "%"))
			nearest := math.Inf(1)
			for _, c := range corners {
				nearest = min(nearest, math.Abs((zero-c.y)/(zero-whole)*100-value))
			}
			if nearest > 0.1 {
				t.Errorf("%s: %s says %s, and nothing is drawn there (%v)", d.Class, row.Day, row.Reported, drawn)
			}
		}
		if len(corners) != len(fig.Rows) {
			t.Errorf("%s: %d corners, %d rows", d.Class, len(corners), len(fig.Rows))
		}
	}
	last := fig.Rows[len(fig.Rows)-1]
	if last.Reported != "87%" || last.Planned != "93.2%" || last.Deviation != "−6.26" {
		t.Errorf("the last row is %+v", last)
	}
}

func TestChartWithoutReportsDrawsNoLine(t *testing.T) {
	p, a, _ := tokopedia(t, "2023-12-11")
	fig := newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{})
	for _, d := range fig.Drawings {
		if steps(t, d) != nil || len(fig.Rows) > 0 {
			t.Error("a line or rows without a report")
		}
	}
	if fig.Summary != i18n.English.T(i18n.ChartNoData) {
		t.Errorf("the summary is %q", fig.Summary)
	}
}

func TestChartOfOneReport(t *testing.T) {
	p, h, today := madeUp(2, 30, 1, 1, 3)
	a := metrics.Assess(p, h, today.Start(wib).Add(20*time.Hour))
	fig := newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{})
	for _, d := range fig.Drawings {
		reports := 0
		for _, dot := range d.Dots {
			if strings.HasPrefix(dot.Class, "report") {
				reports++
			}
		}
		if reports != 1 || len(fig.Rows) != 1 {
			t.Errorf("%d dots and %d rows, want one of each", reports, len(fig.Rows))
		}
	}
}

func TestChartOfSilenceIsDottedAndSaysSo(t *testing.T) {
	p, h, today := madeUp(2, 30, 3, 1, 3)
	a := metrics.Assess(p, h, (today + 5).Start(wib).Add(20*time.Hour))
	fig := newProgressFigure(words{i18n.Indonesian, wib}, p, a, metrics.ProgramForecast{})
	if !slices.ContainsFunc(fig.Drawings[0].Lines, func(l Line) bool { return l.Class == "silent" }) {
		t.Error("no dotted line after the last report")
	}
	if !slices.ContainsFunc(fig.Keys, func(k Key) bool { return k.Text == "tidak ada laporan 5 hari" }) {
		t.Errorf("the keys do not say it: %v", fig.Keys)
	}
}

func TestChartAfterAMissedDeadlineIsHatched(t *testing.T) {
	for iso, want := range map[string]bool{"2024-04-12": false, "2024-04-13": true} {
		p, _, _ := tokopedia(t, "2024-03-12")
		p.Demo = ""
		a := reassess(t, iso)
		d := newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{}).Drawings[0]
		got := slices.ContainsFunc(d.Rects, func(r Rect) bool { return r.Class == "after" })
		if got != want {
			t.Errorf("%s: hatched %v, want %v", iso, got, want)
		}
	}
}

// reassess is the case as it stood on 2024-03-12, looked at on another day.
func reassess(t *testing.T, iso string) metrics.Assessment {
	p, _, _ := tokopedia(t, "2024-03-12")
	return metrics.Assess(p, metrics.History{}, day(t, iso).Start(wib).Add(12*time.Hour))
}

func TestChartDrawsEveryDeadlineVersion(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	for _, d := range newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{}).Drawings {
		var texts []string
		for _, l := range d.Labels {
			texts = append(texts, l.Text)
		}
		for _, want := range []string{"Deadline 12 Apr", "v1 12 Apr", "v2 12 Mar", "T1 31 Mar", "T2 13 Apr", "as of 12 Mar"} {
			if !slices.Contains(texts, want) {
				t.Errorf("%s: no label %q in %q", d.Class, want, texts)
			}
		}
	}
}

// A decrease steps down; the line must not be smoothed or held up.
func TestChartStepsDown(t *testing.T) {
	p, h, today := madeUp(1, 30, 1, 1, 5)
	for i, done := range []int64{800, 300} {
		on := today + metrics.Day(i+3)
		o := metrics.Observation{Order: metrics.Order{At: on.Start(wib), Key: fmt.Sprint("x", i)}, Counts: &metrics.Counts{Done: done, Total: 1000}, Correction: true}
		p.Milestones[0].Progress, _ = p.Milestones[0].Progress.Apply(o)
		h.Days = append(h.Days, metrics.MilestoneDay{Milestone: "M1", Day: on}.Fold(o))
	}
	a := metrics.Assess(p, h, (today + 5).Start(wib))
	corners := steps(t, newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{}).Drawings[0])
	n := len(corners)
	if n < 2 || corners[n-1].y <= corners[n-2].y {
		t.Errorf("the line does not fall: %v", corners)
	}
}

func TestLongHistoryIsToldByWeekOrMonth(t *testing.T) {
	p, h, today := madeUp(5, 1000, 900, 2, 9)
	a := metrics.Assess(p, h, today.Start(wib).Add(20*time.Hour))
	fig := newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{})
	if len(fig.Rows) > mostRows || len(fig.Rows) < 12 || fig.Caption != i18n.English.T(i18n.ChartTableMonths) {
		t.Errorf("%d rows, %q", len(fig.Rows), fig.Caption)
	}
	if last := fig.Rows[len(fig.Rows)-1]; last.Reported != (words{i18n.English, wib}).share(a.Reported, false) {
		t.Errorf("the last row says %s, the page %d", last.Reported, a.Reported)
	}
}

func TestLanesOfManyMilestonesAreAreas(t *testing.T) {
	for milestones, want := range map[int]int{12: 12 + 2, 13: 2, 60: 2} {
		p, h, today := madeUp(milestones, 90, 5, 1, 2)
		a := metrics.Assess(p, h, today.Start(wib))
		if got := len(newLanes(words{i18n.English, wib}, p, a)); got != want {
			t.Errorf("%d milestones make %d lanes, want %d", milestones, got, want)
		}
	}
}

func TestLaneFillIsTheShareDone(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	d := newLanesFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{}).Drawing
	var done, planned float64
	for _, r := range d.Rects {
		switch r.Class {
		case "lane-done":
			done += number(t, r.W)
		case "lane":
			planned += number(t, r.W)
		}
	}
	if done <= 0 || done >= planned {
		t.Errorf("%.1f drawn as done of %.1f planned", done, planned)
	}
}

func TestLeftFigureFillsItsBar(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	w := words{i18n.English, wib}
	fig := newLeftFigure(w, a, newItemRows(frame(i18n.English, access.Executive, "/", p, a), w, a))
	sum := 0.0
	for _, s := range fig.Segments {
		if got := number(t, strings.TrimSuffix(s.X, "%")); math.Abs(got-sum) > 0.011 {
			t.Errorf("a segment begins at %v, want %v", got, sum)
		}
		sum += number(t, strings.TrimSuffix(s.W, "%"))
	}
	if len(fig.Segments) != 3 || math.Abs(sum-100) > 0.001 {
		t.Errorf("%d segments of %v together", len(fig.Segments), sum)
	}
}
