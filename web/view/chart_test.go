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
	"tenggat/web/view/draw"
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
	sizes := []int{1, 12, 13, 60}
	if testing.Short() {
		sizes = []int{13}
	}
	for _, milestones := range sizes {
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
							plot := newProgressFigure(w, p, a, fc).Plot
							checkDrawings(t, name, append(plot.Strips, plot.Body)...)
							beside := newProgressChart(w, p, a, fc)
							beside.initial = a.Curve.Points
							checkDrawings(t, name+", with the initial scope", beside.draw(plotHeight).Body)
							checkTracks(t, name, newLanesFigure(w, p, a, fc).Tracks)
							if left := newLeftFigure(w, a, newItemRows(frame(lang, access.Executive, "/", p, a), w, a)).Drawing; left != nil {
								checkDrawings(t, name, left)
							}
						}
					}
				}
			}
		}
	}
}

func checkTracks(t *testing.T, name string, tracks Tracks) {
	t.Helper()
	checkDrawings(t, name, append(tracks.Heads, tracks.Axis)...)
	for _, row := range tracks.Rows {
		checkDrawings(t, name+", "+row.Name, row.Drawing)
	}
}

// checkDrawings holds all labels to the frame and apart from each other, at every width they may be shown at, and all marks to the
// frame.
func checkDrawings(t *testing.T, name string, drawings ...*draw.Drawing) {
	t.Helper()
	for _, d := range drawings {
		height := number(t, d.Height)
		for _, sheet := range d.Sheets {
			for _, width := range []float64{sheet.Room.Least, sheet.Room.Least * 1.3, 1200} {
				checkSheet(t, name, sheet, width, height)
			}
		}
		for _, dot := range d.Dots {
			if x, y := number(t, strings.TrimSuffix(dot.X, "%")), number(t, dot.Y); x < 0 || x > 100 || y < 0 || y > height {
				t.Errorf("%s: a dot at %s,%s", name, dot.X, dot.Y)
			}
		}
		for _, r := range d.Rects {
			if number(t, strings.TrimSuffix(r.W, "%")) < 0 || number(t, r.H) < 0 {
				t.Errorf("%s: a rectangle of negative size %+v", name, r)
			}
		}
		checkPaths(t, name, d)
	}
}

func checkSheet(t *testing.T, name string, sheet *draw.Sheet, width, height float64) {
	t.Helper()
	for i, l := range sheet.Labels {
		b := l.Box(width)
		if b.Left < 0 || b.Right > width || b.Top < 0 || b.Bottom > height {
			t.Errorf("%s, %s at %v: the label %q leaves the frame: %v", name, sheet.Room.Class, width, l.Text, b)
		}
		for _, other := range sheet.Labels[:i] {
			if b.Overlaps(other.Box(width)) {
				t.Errorf("%s, %s at %v: %q covers %q", name, sheet.Room.Class, width, l.Text, other.Text)
			}
		}
	}
}

var coordinate = regexp.MustCompile(`[ML]([\d.-]+) ([\d.-]+)`)

// checkPaths holds every corner of what is drawn to the frame.
func checkPaths(t *testing.T, name string, d *draw.Drawing) {
	t.Helper()
	for _, path := range d.Paths {
		for _, m := range coordinate.FindAllStringSubmatch(path.D, -1) {
			if x, y := number(t, m[1]), number(t, m[2]); x < 0 || x > draw.Stretch || y < 0 || y > number(t, d.Height) {
				t.Errorf("%s: a %s reaches %v,%v", name, path.Class, x, y)
			}
		}
	}
}

// labels are what stands beside the lines at each width, by room.
func labels(d *draw.Drawing) map[string][]string {
	texts := map[string][]string{}
	for _, sheet := range d.Sheets {
		for _, l := range sheet.Labels {
			texts[sheet.Room.Class] = append(texts[sheet.Room.Class], l.Text)
		}
	}
	return texts
}

// drawsClass reports whether a drawing has a path or mark of a class that begins so.
func drawsClass(d *draw.Drawing, prefix string) bool {
	return slices.ContainsFunc(d.Paths, func(p draw.Path) bool { return strings.HasPrefix(p.Class, prefix) }) ||
		slices.ContainsFunc(d.Marks, func(m draw.Mark) bool { return strings.HasPrefix(m.Class, prefix) })
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

func steps(t *testing.T, d *draw.Drawing) []step {
	t.Helper()
	for _, p := range d.Paths {
		if p.Class != "actual" {
			continue
		}
		var corners []step
		first := regexp.MustCompile(`^M([\d.]+) ([\d.]+)`).FindStringSubmatch(p.D)
		corners = append(corners, step{number(t, first[1]), number(t, first[2])})
		for _, m := range regexp.MustCompile(`H([\d.]+)(?:V([\d.]+))?`).FindAllStringSubmatch(p.D, -1) {
			y := corners[len(corners)-1].y
			if m[2] != "" {
				y = number(t, m[2])
			}
			corners = append(corners, step{number(t, m[1]), y})
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
	corners := steps(t, fig.Plot.Body)
	if len(corners) != len(fig.Rows) {
		t.Fatalf("%d corners, %d rows", len(corners), len(fig.Rows))
	}
	for i, row := range fig.Rows {
		share := (plotTop + plotHeight - corners[i].y) / plotHeight * 100
		if value := number(t, strings.TrimSuffix(row.Reported, "%")); math.Abs(share-value) > 0.1 {
			t.Errorf("%s says %s, and %.2f is drawn", row.Day, row.Reported, share)
		}
		if x := number(t, row.X); math.Abs(x-corners[i].x/draw.Stretch*100) > 0.01 {
			t.Errorf("%s stands at %v, and %v is drawn", row.Day, x, corners[i].x)
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
	if steps(t, fig.Plot.Body) != nil || len(fig.Rows) > 0 {
		t.Error("a line or rows without a report")
	}
	if fig.Summary != i18n.English.T(i18n.ChartNoData) {
		t.Errorf("the summary is %q", fig.Summary)
	}
}

func TestChartOfOneReport(t *testing.T) {
	p, h, today := madeUp(2, 30, 1, 1, 3)
	a := metrics.Assess(p, h, today.Start(wib).Add(20*time.Hour))
	fig := newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{})
	reports := 0
	for _, dot := range fig.Plot.Body.Dots {
		if strings.HasPrefix(dot.Class, "report") {
			reports++
		}
	}
	if reports != 1 || len(fig.Rows) != 1 {
		t.Errorf("%d dots and %d rows, want one of each", reports, len(fig.Rows))
	}
}

func TestChartOfSilenceIsDottedAndSaysSo(t *testing.T) {
	p, h, today := madeUp(2, 30, 3, 1, 3)
	a := metrics.Assess(p, h, (today + 5).Start(wib).Add(20*time.Hour))
	fig := newProgressFigure(words{i18n.Indonesian, wib}, p, a, metrics.ProgramForecast{})
	if !slices.ContainsFunc(fig.Plot.Body.Lines, func(l draw.Line) bool { return l.Class == "silent" }) {
		t.Error("no dotted line after the last report")
	}
	for room, texts := range labels(fig.Plot.Body) {
		if !slices.Contains(texts, "tidak ada laporan 5 hari") {
			t.Errorf("%s: no label says it: %q", room, texts)
		}
	}
}

func TestChartAfterAMissedDeadlineIsHatched(t *testing.T) {
	for iso, want := range map[string]bool{"2024-04-12": false, "2024-04-13": true} {
		p, _, _ := tokopedia(t, "2024-03-12")
		p.Demo = ""
		a := reassess(t, iso)
		d := newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{}).Plot.Body
		got := slices.ContainsFunc(d.Rects, func(r draw.Rect) bool { return r.Class == "after" }) && drawsClass(d, "hatch")
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

// Every version is named at the head of the line of its day; those of one day share one.
func TestChartDrawsEveryDeadlineVersion(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	for _, strip := range newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{}).Plot.Strips {
		want := []string{"Deadline 12 Apr (v3, v1)", "T1 31 Mar", "T2 13 Apr", "as of 12 Mar (v2)"}
		got := labels(strip)[strip.Class]
		slices.Sort(got)
		if !slices.Equal(got, want) || len(strip.Lines) != len(want) {
			t.Errorf("%s: %d lines named %q, want %q", strip.Class, len(strip.Lines), got, want)
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
	corners := steps(t, newProgressFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{}).Plot.Body)
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
	widths := map[string]float64{}
	for _, row := range newLanesFigure(words{i18n.English, wib}, p, a, metrics.ProgramForecast{}).Tracks.Rows {
		lane, done := 0.0, 0.0
		for _, r := range row.Drawing.Rects {
			switch r.Class {
			case "lane-done":
				done = number(t, strings.TrimSuffix(r.W, "%"))
			case "lane":
				lane = number(t, strings.TrimSuffix(r.W, "%"))
			}
		}
		if lane > 0 {
			widths[row.Name[:2]] = done / lane
		}
	}
	for _, m := range a.Milestones {
		if got, want := widths[m.Milestone.Key], float64(m.Share)/float64(metrics.Whole); math.Abs(got-want) > 0.001 {
			t.Errorf("%s: %.3f of its lane is filled, want %.3f", m.Milestone.Key, got, want)
		}
	}
}

func TestLeftFigureFillsItsBar(t *testing.T) {
	p, a, _ := tokopedia(t, "2024-03-12")
	w := words{i18n.English, wib}
	fig := newLeftFigure(w, a, newItemRows(frame(i18n.English, access.Executive, "/", p, a), w, a))
	sum := 0.0
	for _, r := range fig.Drawing.Rects {
		if got := number(t, strings.TrimSuffix(r.X, "%")); math.Abs(got-sum) > 0.011 {
			t.Errorf("a segment begins at %v, want %v", got, sum)
		}
		sum += number(t, strings.TrimSuffix(r.W, "%"))
	}
	if len(fig.Drawing.Rects) != 3 || math.Abs(sum-100) > 0.011 {
		t.Errorf("%d segments of %v together", len(fig.Drawing.Rects), sum)
	}
	for room, texts := range labels(fig.Drawing) {
		if len(texts) != 3 {
			t.Errorf("%s: the segments are named %q", room, texts)
		}
	}
}
