package metrics_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tenggat/internal/metrics"
)

// counted is a milestone's progress that was observed on a day.
func counted(d metrics.Day, done, total int64) metrics.Progress {
	order := metrics.Order{At: d.Start(wib).Add(12 * time.Hour), Key: fmt.Sprint("job/", d)}
	return metrics.Progress{Counts: &metrics.Counts{Done: done, Total: total}, Counted: order, Latest: order, Reports: 1}
}

// correctedTo is a progress that a correction set on a day, and work raised since.
func correctedTo(d metrics.Day, set, done, total int64) metrics.Progress {
	p := counted(d+1, done, total)
	p.Base = metrics.Order{At: d.Start(wib).Add(9 * time.Hour), Key: "correction"}
	p.BaseCounts = &metrics.Counts{Done: set, Total: total}
	return p
}

func milestone(key, area string, weight metrics.BasisPoints, p metrics.Progress) metrics.Milestone {
	return metrics.Milestone{Key: key, Area: area, Weight: weight, Progress: p}
}

func program(known metrics.Day, milestones ...metrics.Milestone) metrics.Program {
	return metrics.Program{
		Zone: wib, Areas: []metrics.Area{{Key: "A"}, {Key: "B"}}, Milestones: milestones, RecordedAt: known.Start(wib).Add(23 * time.Hour),
	}
}

func TestSplitChange(t *testing.T) {
	half := counted(90, 50, 100)
	tests := map[string]struct {
		before, after []metrics.Milestone
		whole         metrics.ChangeParts
		a, b          metrics.ChangeParts
	}{
		"nothing": {
			[]metrics.Milestone{milestone("a", "A", 10_000, half)}, []metrics.Milestone{milestone("a", "A", 10_000, half)},
			metrics.ChangeParts{}, metrics.ChangeParts{}, metrics.ChangeParts{},
		},
		"work in one area": {
			[]metrics.Milestone{milestone("a", "A", 6000, half), milestone("b", "B", 4000, half)},
			[]metrics.Milestone{milestone("a", "A", 6000, counted(105, 70, 100)), milestone("b", "B", 4000, half)},
			metrics.ChangeParts{Work: 1200}, metrics.ChangeParts{Work: 1200}, metrics.ChangeParts{},
		},
		"a total that grows": {
			[]metrics.Milestone{milestone("a", "A", 6000, half), milestone("b", "B", 4000, half)},
			[]metrics.Milestone{milestone("a", "A", 6000, counted(105, 60, 120)), milestone("b", "B", 4000, half)},
			metrics.ChangeParts{Scope: -500, Work: 500}, metrics.ChangeParts{Scope: -500, Work: 500}, metrics.ChangeParts{},
		},
		"new proportions": {
			[]metrics.Milestone{milestone("a", "A", 6000, counted(90, 1, 1)), milestone("b", "B", 4000, half)},
			[]metrics.Milestone{milestone("a", "A", 5000, counted(90, 1, 1)), milestone("b", "B", 5000, half)},
			metrics.ChangeParts{Weights: -500}, metrics.ChangeParts{Weights: -1000}, metrics.ChangeParts{Weights: 500},
		},
		"a milestone joins and the others make room": {
			[]metrics.Milestone{milestone("a", "A", 6000, counted(90, 1, 1)), milestone("b", "B", 4000, half)},
			[]metrics.Milestone{milestone("a", "A", 5400, counted(90, 1, 1)), milestone("b", "B", 3600, half), milestone("new", "B", 1000, metrics.Progress{})},
			metrics.ChangeParts{Scope: -800}, metrics.ChangeParts{Scope: -600}, metrics.ChangeParts{Scope: -200},
		},
		"a milestone joins at the cost of one other": {
			[]metrics.Milestone{milestone("a", "A", 6000, counted(90, 1, 1)), milestone("b", "B", 4000, half)},
			[]metrics.Milestone{milestone("a", "A", 5000, counted(90, 1, 1)), milestone("b", "B", 4000, half), milestone("new", "B", 1000, counted(105, 1, 4))},
			metrics.ChangeParts{Scope: -800, Weights: -200, Work: 250}, metrics.ChangeParts{Scope: -600, Weights: -400}, metrics.ChangeParts{Scope: -200, Weights: 200, Work: 250},
		},
		"a milestone comes back with what it had": {
			[]metrics.Milestone{milestone("a", "A", 5000, half)},
			[]metrics.Milestone{milestone("a", "A", 5000, half), milestone("back", "B", 5000, counted(80, 1, 2))},
			metrics.ChangeParts{Scope: 2500}, metrics.ChangeParts{}, metrics.ChangeParts{Scope: 2500},
		},
		"a milestone leaves, its weight unassigned": {
			[]metrics.Milestone{milestone("a", "A", 6000, counted(90, 1, 1)), milestone("b", "B", 4000, half)},
			[]metrics.Milestone{milestone("a", "A", 6000, counted(90, 1, 1))},
			metrics.ChangeParts{Scope: -2000}, metrics.ChangeParts{}, metrics.ChangeParts{Scope: -2000},
		},
		"its weight goes to the others": {
			[]metrics.Milestone{milestone("a", "A", 6000, half), milestone("b", "B", 4000, counted(90, 1, 1))},
			[]metrics.Milestone{milestone("a", "A", 10_000, half)},
			metrics.ChangeParts{Scope: -2000}, metrics.ChangeParts{Scope: 2000}, metrics.ChangeParts{Scope: -4000},
		},
		"a milestone changes its area": {
			[]metrics.Milestone{milestone("a", "A", 10_000, half)}, []metrics.Milestone{milestone("a", "B", 10_000, counted(105, 60, 100))},
			metrics.ChangeParts{Work: 1000}, metrics.ChangeParts{Scope: -5000}, metrics.ChangeParts{Scope: 5000, Work: 1000},
		},
		"a correction and work after it": {
			[]metrics.Milestone{milestone("a", "A", 10_000, half)}, []metrics.Milestone{milestone("a", "A", 10_000, correctedTo(105, 20, 60, 100))},
			metrics.ChangeParts{Corrections: -3000, Work: 4000}, metrics.ChangeParts{Corrections: -3000, Work: 4000}, metrics.ChangeParts{},
		},
		"a correction of unknown words that fell": {
			[]metrics.Milestone{milestone("a", "A", 10_000, half)}, []metrics.Milestone{milestone("a", "A", 10_000, unsaid(correctedTo(105, 20, 40, 100)))},
			metrics.ChangeParts{Corrections: -1000}, metrics.ChangeParts{Corrections: -1000}, metrics.ChangeParts{},
		},
		"a correction of unknown words, and more since": {
			[]metrics.Milestone{milestone("a", "A", 10_000, half)}, []metrics.Milestone{milestone("a", "A", 10_000, unsaid(correctedTo(105, 20, 60, 100)))},
			metrics.ChangeParts{Work: 1000}, metrics.ChangeParts{Work: 1000}, metrics.ChangeParts{},
		},
		"all at once": {
			[]metrics.Milestone{milestone("a", "A", 6000, counted(90, 90, 100)), milestone("b", "B", 4000, half)},
			[]metrics.Milestone{milestone("a", "A", 4000, correctedTo(105, 60, 80, 100)), milestone("b", "B", 4000, counted(106, 60, 200)), milestone("c", "B", 2000, counted(107, 1, 2))},
			// 5400+2000 | 3600+2000 | 0.8: 2880+800 | 2400+1000 | 3200+1200+1000
			metrics.ChangeParts{Corrections: -1800, Scope: -1920, Weights: -280, Work: 2000},
			metrics.ChangeParts{Corrections: -1800, Scope: -720, Weights: -480, Work: 800}, metrics.ChangeParts{Scope: -1200, Weights: 200, Work: 1200},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := metrics.SplitChange(program(100, test.before...), program(107, test.after...))
			if s.ChangeParts != test.whole || s.Areas[0].ChangeParts != test.a || s.Areas[1].ChangeParts != test.b {
				t.Errorf("%+v\nareas %+v", s.ChangeParts, s.Areas)
			}
			if s.After-s.Before != s.Total() {
				t.Errorf("%d to %d is not %d", s.Before, s.After, s.Total())
			}
		})
	}
}

// unsaid is a correction of which only the moment is known.
func unsaid(p metrics.Progress) metrics.Progress {
	p.BaseCounts = nil
	return p
}

func TestSplitNamesWhatChanged(t *testing.T) {
	before := program(100, milestone("a", "A", 4000, counted(90, 5, 5)), milestone("same", "A", 1000, counted(90, 1, 2)), milestone("gone", "B", 5000, counted(90, 1, 2)))
	after := program(107, milestone("new", "B", 5000, metrics.Progress{}), milestone("same", "A", 1000, counted(90, 1, 2)), milestone("a", "A", 4000, correctedTo(105, 4, 4, 5)))
	s := metrics.SplitChange(before, after)
	type row struct {
		Key                 string
		Corrected, Reopened bool
		Total               metrics.BasisPoints
	}
	var got []row
	for _, m := range s.Milestones {
		known := m.After
		if known == nil {
			known = m.Before
		}
		got = append(got, row{known.Key, m.Corrected, m.Reopened, m.Total()})
	}
	want := []row{{"new", false, false, 0}, {"a", true, true, -800}, {"gone", false, false, -2500}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if s.Milestones[0].Before != nil || s.Milestones[2].After != nil {
		t.Errorf("joined and left are not told apart: %+v", s.Milestones)
	}
}

// TestSplitAddsUp goes through 10,000 random pairs of states: whatever happened in between, the parts make the difference of what the
// two pages printed, for the program, each area and each milestone.
func TestSplitAddsUp(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 12))
	for range draws() / 10 {
		before := randomProgram(random)
		before.RecordedAt = noon
		after := randomSuccessor(random, before)
		if !checkSplit(t, before, after) {
			t.Fatalf("before %+v\nafter %+v", before.Milestones, after.Milestones)
		}
	}
}

func checkSplit(t *testing.T, before, after metrics.Program) bool {
	t.Helper()
	s := metrics.SplitChange(before, after)
	was, is := metrics.Assess(before, metrics.History{}, noon), metrics.Assess(after, metrics.History{}, noon)
	ok := true
	check := func(right bool, format string, args ...any) {
		if !right {
			ok = false
			t.Errorf(format, args...)
		}
	}
	check(s.Before == was.Reported && s.After == is.Reported, "%d to %d, the pages print %d and %d", s.Before, s.After, was.Reported, is.Reported)
	check(s.Total() == is.Reported-was.Reported, "the parts make %d of %d", s.Total(), is.Reported-was.Reported)
	difference, points := map[string]metrics.BasisPoints{}, map[string]metrics.BasisPoints{}
	for i, a := range is.Areas {
		difference[a.Key] = a.Reported - was.Areas[i].Reported
	}
	for _, m := range was.Milestones {
		points[m.Milestone.Key] -= m.Reported
	}
	for _, m := range is.Milestones {
		points[m.Milestone.Key] += m.Reported
	}
	var areas, milestones metrics.ChangeParts
	for _, a := range s.Areas {
		areas = sumParts(areas, a.ChangeParts)
		check(a.Total() == difference[a.Key], "area %s: the parts make %d of %d", a.Key, a.Total(), difference[a.Key])
	}
	for _, m := range s.Milestones {
		milestones = sumParts(milestones, m.ChangeParts)
		known := m.After
		if known == nil {
			known = m.Before
		}
		check(m.Total() == points[known.Key], "%s: the parts make %d of %d", known.Key, m.Total(), points[known.Key])
	}
	check(areas == s.ChangeParts && milestones == s.ChangeParts, "areas make %+v, milestones %+v, the program has %+v", areas, milestones, s.ChangeParts)
	return ok
}

func sumParts(a, b metrics.ChangeParts) metrics.ChangeParts {
	return metrics.ChangeParts{Work: a.Work + b.Work, Scope: a.Scope + b.Scope, Weights: a.Weights + b.Weights, Corrections: a.Corrections + b.Corrections}
}

// randomSuccessor is a later state: some milestones left, some joined, weights, areas, the order, totals and counts may all differ.
func randomSuccessor(random *rand.Rand, before metrics.Program) metrics.Program {
	after := before
	after.Milestones = nil
	rises, reweighed := random.IntN(2) == 0, random.IntN(2) == 0
	for _, m := range before.Milestones {
		if random.IntN(8) == 0 {
			continue
		}
		m.Progress = successor(random, m.Progress, rises)
		if random.IntN(12) == 0 {
			m.Area = fmt.Sprint(random.IntN(3))
		}
		after.Milestones = append(after.Milestones, m)
	}
	for i := range random.IntN(3) {
		joined := metrics.Milestone{Key: fmt.Sprint("joined", i), Area: fmt.Sprint(random.IntN(3)), Progress: randomProgress(random)}
		joined.Progress.Counted.At = noon.Add(time.Duration(random.IntN(3)-1) * time.Hour)
		after.Milestones = append(after.Milestones, joined)
	}
	if random.IntN(4) == 0 {
		random.Shuffle(len(after.Milestones), func(i, j int) {
			after.Milestones[i], after.Milestones[j] = after.Milestones[j], after.Milestones[i]
		})
	}
	if reweighed {
		left := metrics.Whole
		for i := range after.Milestones {
			after.Milestones[i].Weight = metrics.BasisPoints(random.Int64N(int64(left) + 1))
			left -= after.Milestones[i].Weight
		}
	}
	return after
}

func successor(random *rand.Rand, p metrics.Progress, rises bool) metrics.Progress {
	switch next := randomProgress(random); {
	case random.IntN(3) == 0:
		return p
	case rises && p.Counts != nil:
		c := *p.Counts
		c.Total += random.Int64N(3)
		c.Done += random.Int64N(c.Total - c.Done + 1)
		next.Counts = &c
		return next
	case random.IntN(2) == 0:
		next.Base = metrics.Order{At: noon.Add(time.Minute), Key: "correction"}
		if said := randomProgress(random); random.IntN(2) == 0 {
			next.BaseCounts = said.Counts
		}
		return next
	default:
		return next
	}
}

// One cause alone moves its own part alone, in every area, down to the last unit.
func TestSplitOfOneCause(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	only := map[string]struct {
		change func(m *metrics.Milestone)
		parts  func(metrics.ChangeParts) metrics.BasisPoints
	}{
		"work": {func(m *metrics.Milestone) {
			if c := m.Progress.Counts; c != nil {
				m.Progress.Counts = &metrics.Counts{Done: c.Done + random.Int64N(c.Total-c.Done+1), Total: c.Total}
			}
		}, func(c metrics.ChangeParts) metrics.BasisPoints { return c.Work }},
		"totals": {func(m *metrics.Milestone) {
			if c := m.Progress.Counts; c != nil {
				m.Progress.Counts = &metrics.Counts{Done: c.Done, Total: c.Total + random.Int64N(1000)}
			}
		}, func(c metrics.ChangeParts) metrics.BasisPoints { return c.Scope }},
		"corrections": {func(m *metrics.Milestone) {
			m.Progress = randomProgress(random)
			m.Progress.Base, m.Progress.BaseCounts = metrics.Order{At: noon, Key: "x"}, m.Progress.Counts
		}, func(c metrics.ChangeParts) metrics.BasisPoints { return c.Corrections }},
	}
	for name, cause := range only {
		t.Run(name, func(t *testing.T) {
			for range 3000 {
				before := randomProgram(random)
				before.RecordedAt = noon
				after := before
				after.Milestones = append([]metrics.Milestone(nil), before.Milestones...)
				for i := range after.Milestones {
					cause.change(&after.Milestones[i])
				}
				s := metrics.SplitChange(before, after)
				for _, a := range s.Areas {
					if cause.parts(a.ChangeParts) != a.Total() || absolute(a.ChangeParts) != max(a.Total(), -a.Total()) {
						t.Fatalf("area %s: %+v", a.Key, a.ChangeParts)
					}
				}
			}
		})
	}
}

// absolute adds up the sizes of the parts.
func absolute(c metrics.ChangeParts) metrics.BasisPoints {
	var sum metrics.BasisPoints
	for _, p := range []metrics.BasisPoints{c.Work, c.Scope, c.Weights, c.Corrections} {
		sum += max(p, -p)
	}
	return sum
}

// In the replay everything that moved between two reports was work.
func TestSplitOfTheReplay(t *testing.T) {
	r := loadReplay(t)
	before, _ := r.asOf(t, day(t, "2024-02-23"))
	after, _ := r.asOf(t, day(t, "2024-03-01"))
	before.RecordedAt = endOf(day(t, "2024-02-23"))
	s := metrics.SplitChange(before, after)
	if s.Before != 7540 || s.After != 8700 || s.ChangeParts != (metrics.ChangeParts{Work: 1160}) {
		t.Errorf("%d to %d: %+v", s.Before, s.After, s.ChangeParts)
	}
	for i, want := range []metrics.BasisPoints{420, 370, 370} {
		if s.Areas[i].ChangeParts != (metrics.ChangeParts{Work: want}) {
			t.Errorf("area %s: %+v", s.Areas[i].Key, s.Areas[i].ChangeParts)
		}
	}
}
