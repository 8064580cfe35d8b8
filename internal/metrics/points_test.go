package metrics_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tenggat/internal/metrics"
)

const largest = 1<<53 - 1 // the largest count a report may state

// randomProgram has up to 14 milestones in three areas, with counts of every size: absent, 0 of 0, small, huge, complete.
func randomProgram(random *rand.Rand) metrics.Program {
	p := metrics.Program{Zone: wib, Start: 19_000, Areas: []metrics.Area{{Key: "0"}, {Key: "1"}, {Key: "2"}}}
	left := metrics.Whole
	for i := range 1 + random.IntN(14) {
		m := metrics.Milestone{Key: fmt.Sprint(i), Area: fmt.Sprint(random.IntN(3)), Start: 19_000, Due: 19_000 + metrics.Day(random.IntN(200))}
		m.Weight = metrics.BasisPoints(random.Int64N(int64(left) + 1))
		left -= m.Weight
		m.Progress = randomProgress(random)
		if c := m.Progress.Counts; c != nil {
			m.Verified = random.Int64N(c.Done + 2)
		}
		m.Accepted = random.IntN(3) == 0
		p.Milestones = append(p.Milestones, m)
	}
	if random.IntN(8) > 0 {
		p.Milestones[len(p.Milestones)-1].Weight += left
	}
	return p
}

func randomProgress(random *rand.Rand) metrics.Progress {
	total := int64(3)
	switch random.IntN(6) {
	case 0:
		return metrics.Progress{}
	case 1:
		total = random.Int64N(4)
	case 2:
		total = 1 + random.Int64N(largest)
	case 3:
		total = 100
	case 4:
		total = largest - random.Int64N(1000)
	}
	done := random.Int64N(total + 1)
	if random.IntN(4) == 0 {
		done = total - min(total, random.Int64N(2))
	}
	order := metrics.Order{At: noon, Key: "x"}
	return metrics.Progress{Counts: &metrics.Counts{Done: done, Total: total}, Counted: order, Latest: order, Reports: 1}
}

// TestPointsAddUp goes through 100,000 random programs.
func TestPointsAddUp(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(2024, 312))
	for range draws() {
		if !checkPoints(t, randomProgram(random), 19_050) {
			return
		}
	}
}

// draws is how many random programs are tried.
func draws() int {
	if testing.Short() {
		return 5_000
	}
	return 100_000
}

// TestPointsAddUpWhereItIsTight lets rapid search, and shrink, sums that come close to a whole unit.
func TestPointsAddUpWhereItIsTight(t *testing.T) {
	often(t, func(rt *rapid.T) {
		p := metrics.Program{Zone: wib, Start: 19_000, Areas: []metrics.Area{{Key: "0"}, {Key: "1"}, {Key: "2"}}}
		n := rapid.IntRange(1, 12).Draw(rt, "n")
		left := metrics.Whole
		for i := range n {
			weight := metrics.BasisPoints(rapid.Int64Range(0, int64(left)).Draw(rt, "weight"))
			if i == n-1 {
				weight = left
			}
			left -= weight
			total := rapid.SampledFrom([]int64{1, 2, 3, 6, 7, 9, 11, 13, 49, 9_999, 10_000, 10_001, largest - 1, largest}).Draw(rt, "total")
			done := rapid.Int64Range(0, total).Draw(rt, "done")
			p.Milestones = append(p.Milestones, metrics.Milestone{
				Key: fmt.Sprint(i), Area: fmt.Sprint(i % 3), Weight: weight, Start: 19_000, Due: 19_000 + metrics.Day(total%97),
				Progress: metrics.Progress{Counts: &metrics.Counts{Done: done, Total: total}}, Verified: rapid.Int64Range(0, done).Draw(rt, "verified"),
			})
		}
		checkPoints(rt, p, 19_050)
	})
}

type failer interface {
	Errorf(format string, args ...any)
}

// checkPoints holds an assessment against exact fractions and reports whether every sum is right.
func checkPoints(t failer, p metrics.Program, today metrics.Day) bool {
	a := metrics.Assess(p, metrics.History{}, today.Start(wib).Add(time.Hour))
	ok := true
	check := func(right bool, format string, args ...any) {
		if !right {
			ok = false
			t.Errorf(format+" in %+v", append(args, p.Milestones)...)
		}
	}
	exactReported, exactVerified, exactPlanned := new(big.Rat), new(big.Rat), new(big.Rat)
	var sum, areas metrics.Figures
	for _, m := range a.Milestones {
		add(&sum, m.Figures)
		reported, verified := exactPoints(m.Milestone, m.Milestone.Progress.Counts, -1), exactPoints(m.Milestone, m.Milestone.Progress.Counts, m.Milestone.Verified)
		exactReported.Add(exactReported, reported)
		exactVerified.Add(exactVerified, verified)
		exactPlanned.Add(exactPlanned, exactPlan(m.Milestone, today))
		check(withinOne(m.Reported, reported), "%s reports %d, exactly %v", m.Milestone.Key, m.Reported, reported)
		check(withinOne(m.Verified, verified), "%s verifies %d, exactly %v", m.Milestone.Key, m.Verified, verified)
		check(m.Reported+m.Outstanding == m.Milestone.Weight, "%s: %d and %d make no %d", m.Milestone.Key, m.Reported, m.Outstanding, m.Milestone.Weight)
		check(m.Open || m.Outstanding == 0, "%s is complete with %d outstanding", m.Milestone.Key, m.Outstanding)
	}
	for _, area := range a.Areas {
		add(&areas, area.Figures)
		check(area.Reported+area.Outstanding == area.Weight, "area %s does not add up", area.Key)
		check(area.Share < metrics.Whole || area.Outstanding == 0, "area %s reads complete", area.Key)
	}
	check(a.Reported == floor(exactReported), "reported %d, exactly %v", a.Reported, exactReported)
	check(a.Verified == floor(exactVerified), "verified %d, exactly %v", a.Verified, exactVerified)
	check(a.Planned == floor(exactPlanned), "planned %d, exactly %v", a.Planned, exactPlanned)
	check(a.Reported >= 0 && a.Reported <= metrics.Whole && a.Reported+a.Outstanding == metrics.Whole, "%d and %d make no whole", a.Reported, a.Outstanding)
	check(a.Verified <= a.Reported && a.Accepted <= a.Reported, "verified %d or accepted %d exceeds reported %d", a.Verified, a.Accepted, a.Reported)
	check(sum == areas, "milestones make %+v, areas %+v", sum, areas)
	sum.Outstanding += a.Unweighted
	check(sum == a.Figures, "milestones make %+v, the program has %+v", sum, a.Figures)
	var items metrics.BasisPoints
	for _, item := range a.Items {
		items += item.Points
	}
	check(items == a.Outstanding, "the items make %d, outstanding are %d", items, a.Outstanding)
	last := a.Curve.Points[len(a.Curve.Points)-1]
	check(last.Planned == a.Planned, "the curve plans %d, the page %d", last.Planned, a.Planned)
	return ok
}

func add(sum *metrics.Figures, f metrics.Figures) {
	sum.Reported += f.Reported
	sum.Verified += f.Verified
	sum.Accepted += f.Accepted
	sum.Outstanding += f.Outstanding
	sum.Planned += f.Planned
	sum.Deviation += f.Deviation
}

// exactPoints is weight x done / total; atMost bounds done where it is not negative.
func exactPoints(m metrics.Milestone, c *metrics.Counts, atMost int64) *big.Rat {
	if c == nil || c.Total == 0 {
		return new(big.Rat)
	}
	done := c.Done
	if atMost >= 0 {
		done = min(done, atMost)
	}
	return new(big.Rat).Mul(big.NewRat(int64(m.Weight), 1), big.NewRat(done, c.Total))
}

func exactPlan(m metrics.Milestone, today metrics.Day) *big.Rat {
	weight := big.NewRat(int64(m.Weight), 1)
	switch {
	case today >= m.Due:
		return weight
	case today <= m.Start:
		return new(big.Rat)
	default:
		return weight.Mul(weight, big.NewRat(int64(today-m.Start), int64(m.Due-m.Start)))
	}
}

// withinOne: printed points are the floor of the exact value, or the next unit if it has a fraction.
func withinOne(points metrics.BasisPoints, exact *big.Rat) bool {
	return points == floor(exact) || points == floor(exact)+1 && !exact.IsInt()
}

func floor(r *big.Rat) metrics.BasisPoints {
	return metrics.BasisPoints(new(big.Int).Div(r.Num(), r.Denom()).Int64())
}

// Leftover units go to the largest fractions, to the earlier milestone among equals, and never to one without a fraction.
func TestLeftoverUnits(t *testing.T) {
	counted := func(weight metrics.BasisPoints, done, total int64) metrics.Milestone {
		return metrics.Milestone{Weight: weight, Progress: metrics.Progress{Counts: &metrics.Counts{Done: done, Total: total}}}
	}
	tests := map[string]struct {
		milestones []metrics.Milestone
		reported   metrics.BasisPoints
		points     []metrics.BasisPoints
	}{
		"three thirds of a unit":     {[]metrics.Milestone{counted(1, 1, 3), counted(1, 1, 3), counted(1, 1, 3), counted(9997, 1, 1)}, 9998, []metrics.BasisPoints{1, 0, 0, 9997}},
		"the largest fraction":       {[]metrics.Milestone{counted(1, 1, 4), counted(1, 3, 4), counted(9998, 1, 2)}, 5000, []metrics.BasisPoints{0, 1, 4999}},
		"a hair below a unit":        {[]metrics.Milestone{counted(1, largest-1, largest), counted(9999, 0, 1)}, 0, []metrics.BasisPoints{0, 0}},
		"two hairs below two units":  {[]metrics.Milestone{counted(1, largest-1, largest), counted(1, largest-1, largest), counted(9998, 1, 1)}, 9999, []metrics.BasisPoints{1, 0, 9998}},
		"fractions alike in 64 bits": {[]metrics.Milestone{counted(1, largest-2, largest-1), counted(1, largest-1, largest), counted(9998, 1, 1)}, 9999, []metrics.BasisPoints{0, 1, 9998}},
		"one record short":           {[]metrics.Milestone{counted(10_000, 999_999_999, 1_000_000_000)}, 9999, []metrics.BasisPoints{9999}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := metrics.Assess(metrics.Program{Zone: wib, Milestones: test.milestones}, metrics.History{}, noon)
			if a.Reported != test.reported {
				t.Errorf("reported %d, want %d", a.Reported, test.reported)
			}
			for i, want := range test.points {
				if a.Milestones[i].Reported != want {
					t.Errorf("milestone %d: %d, want %d", i, a.Milestones[i].Reported, want)
				}
			}
			if a.Open == 0 || a.State != metrics.StateInProgress && a.State != metrics.StateNotStarted {
				t.Errorf("%d open, %s", a.Open, a.State)
			}
		})
	}
}

// Three fractions can fall short of a whole unit by less than any machine word shows: by one part in the product of their totals.
func TestASumAHairBelowAUnitIsNotRoundedUp(t *testing.T) {
	totals := []int64{largest, largest - 1, largest - 2} // pairwise without common divisor
	sum := new(big.Rat)
	p := metrics.Program{Zone: wib}
	for i, total := range totals {
		others := new(big.Int).Mul(big.NewInt(totals[(i+1)%3]), big.NewInt(totals[(i+2)%3]))
		inverse := new(big.Int).ModInverse(others, big.NewInt(total))
		if inverse == nil {
			t.Fatal("the totals have a common divisor")
		}
		done := total - inverse.Int64()
		sum.Add(sum, big.NewRat(done, total))
		p.Milestones = append(p.Milestones, metrics.Milestone{Weight: 1, Progress: metrics.Progress{Counts: &metrics.Counts{Done: done, Total: total}}})
	}
	p.Milestones = append(p.Milestones, metrics.Milestone{Weight: 9997})
	missing := new(big.Rat).Sub(big.NewRat(int64(floor(sum))+1, 1), sum)
	if missing.Num().Cmp(big.NewInt(1)) != 0 || missing.Denom().BitLen() < 150 {
		t.Fatalf("not a hair: %v", missing)
	}
	if a := metrics.Assess(p, metrics.History{}, noon); a.Reported != floor(sum) {
		t.Errorf("reported %d, exactly %v", a.Reported, sum)
	}
}

// Units that are left over for the verified figures go where they stay within the reported ones, as long as there is room.
func TestVerifiedStaysWithinReported(t *testing.T) {
	milestone := func(done, total, verified int64) metrics.Milestone {
		return metrics.Milestone{Weight: 1, Verified: verified, Progress: metrics.Progress{Counts: &metrics.Counts{Done: done, Total: total}}}
	}
	p := metrics.Program{Zone: wib, Milestones: []metrics.Milestone{
		milestone(4, 10, 4), milestone(9, 10, 0), milestone(10, 10, 3), milestone(10, 10, 3), {Weight: 9996},
	}}
	a := metrics.Assess(p, metrics.History{}, noon)
	reported, verified := []metrics.BasisPoints{0, 1, 1, 1, 0}, []metrics.BasisPoints{0, 0, 1, 0, 0}
	for i, m := range a.Milestones {
		if m.Reported != reported[i] || m.Verified != verified[i] {
			t.Errorf("milestone %d: %d reported, %d verified; want %d, %d", i, m.Reported, m.Verified, reported[i], verified[i])
		}
	}
}
