package metrics_test

import (
	"testing"

	"pgregory.net/rapid"

	"tenggat/internal/metrics"
)

func points(n metrics.BasisPoints) *metrics.BasisPoints { return &n }

// said is a statement of 12 March about so many hundredths of a percent.
func said(kind string, low, high *metrics.BasisPoints) metrics.Statement {
	return metrics.Statement{Key: "s", Kind: kind, Low: low, High: high, StatedOn: ptr(metrics.Day(150))}
}

func about(area string, s metrics.Statement) metrics.Statement {
	s.Area = area
	return s
}

func approximately(s metrics.Statement) metrics.Statement {
	s.Approximate = true
	return s
}

// breakdownDay is what the demo's case knew on 14 March: payments 54 of 60, user data 19 of 25, merchants 14 of 15.
func breakdownDay() *metrics.DayFigures {
	return &metrics.DayFigures{Day: 150, Figures: metrics.Figures{Reported: 8700}, Areas: []metrics.AreaFigures{
		{Key: "P", Weight: 6000, Figures: metrics.Figures{Reported: 5400}, Share: 9000}, {Key: "U", Weight: 2500, Figures: metrics.Figures{Reported: 1900}, Share: 7600}, {Key: "M", Weight: 1500, Figures: metrics.Figures{Reported: 1400}, Share: 9333},
		{Key: "empty"},
	}}
}

func TestCompareStatement(t *testing.T) {
	undated := said("percent_done", points(8700), points(8700))
	undated.StatedOn = nil
	printed := undated
	printed.PublishedOn = ptr(metrics.Day(150))
	other := said("percent_done", points(8700), points(8700))
	other.Subject = metrics.Text{EN: "provisions of the regulation met"}
	same := other
	same.Scope = metrics.ScopeProgram
	elsewhere := said("percent_done", points(8700), points(8700))
	elsewhere.Scope = metrics.ScopeOther
	tests := map[string]struct {
		statement  metrics.Statement
		judgement  metrics.ClaimJudgement
		difference *metrics.BasisPoints
	}{
		"87":                              {said("percent_done", points(8700), points(8700)), metrics.ClaimAgrees, points(0)},
		"87, not said when but printed":   {printed, metrics.ClaimAgrees, points(0)},
		"88, a point of tolerance":        {said("percent_done", points(8800), points(8800)), metrics.ClaimAgrees, points(100)},
		"a hundredth beyond it":           {said("percent_done", points(8801), points(8801)), metrics.ClaimDiffers, points(101)},
		"13 left":                         {said("percent_left", points(1300), points(1300)), metrics.ClaimAgrees, points(0)},
		"20 left":                         {said("percent_left", points(2000), points(2000)), metrics.ClaimDiffers, points(-700)},
		"80 as quoted is 7 points off":    {said("percent_done", points(8000), points(8000)), metrics.ClaimDiffers, points(-700)},
		"over 80 agrees":                  {said("percent_done", points(8000), nil), metrics.ClaimAgrees, points(0)},
		"over 90 does not":                {said("percent_done", points(9000), nil), metrics.ClaimDiffers, points(300)},
		"almost 90":                       {approximately(said("percent_done", points(8500), points(9000))), metrics.ClaimAgrees, points(0)},
		"at most 80":                      {said("percent_done", nil, points(8000)), metrics.ClaimDiffers, points(-700)},
		"less than a fifth left":          {said("percent_left", nil, points(2000)), metrics.ClaimAgrees, points(0)},
		"more than a fifth left":          {said("percent_left", points(2000), nil), metrics.ClaimDiffers, points(-700)},
		"about a sixth left":              {approximately(said("percent_left", points(1670), points(1670))), metrics.ClaimAgrees, points(-370)},
		"a sixth left, exactly":           {said("percent_left", points(1670), points(1670)), metrics.ClaimDiffers, points(-370)},
		"a third left":                    {approximately(said("percent_left", points(3330), points(3330))), metrics.ClaimDiffers, points(-2030)},
		"all":                             {said("percent_done", points(10_000), points(10_000)), metrics.ClaimDiffers, points(1300)},
		"a breakdown is judged by total":  {said("breakdown", points(8700), points(8700)), metrics.ClaimAgrees, points(0)},
		"another subject":                 {other, metrics.ClaimAnotherSubject, nil},
		"other words for the same":        {same, metrics.ClaimAgrees, points(0)},
		"no other words, another subject": {elsewhere, metrics.ClaimAnotherSubject, nil},
		"payments at 90 of themselves":    {about("P", said("percent_done", points(9000), points(9000))), metrics.ClaimAgrees, points(0)},
		"payments at 85":                  {about("P", said("percent_done", points(8500), points(8500))), metrics.ClaimDiffers, points(-500)},
		"payments done":                   {about("P", said("area_done", nil, nil)), metrics.ClaimDiffers, points(1000)},
		"payments not done":               {about("P", said("area_pending", nil, nil)), metrics.ClaimAgrees, points(0)},
		"merchants almost done":           {approximately(about("M", said("percent_done", points(9500), points(10_000)))), metrics.ClaimDiffers, points(167)},
		"a weight taken for progress":     {about("P", said("percent_done", points(6000), points(6000))), metrics.ClaimOtherUnit, points(-3000)},
		"no value":                        {said("qualitative", nil, nil), metrics.ClaimNotJudged, nil},
		"a number that is no progress":    {said("legal_reading", points(7000), points(7000)), metrics.ClaimNotJudged, nil},
		"no date":                         {undated, metrics.ClaimNotJudged, nil},
		"an unknown area":                 {about("X", said("percent_done", points(1), points(1))), metrics.ClaimNotJudged, nil},
		"an area without weight":          {about("empty", said("percent_done", points(1), points(1))), metrics.ClaimNotJudged, nil},
		"two areas done":                  {said("area_done", nil, nil), metrics.ClaimNotJudged, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := metrics.CompareStatement(test.statement, breakdownDay())
			if c.Judgement != test.judgement || (c.Difference == nil) != (test.difference == nil) || c.Difference != nil && *c.Difference != *test.difference {
				t.Errorf("%s by %v; want %s by %v (%+v)", c.Judgement, deref(c.Difference), test.judgement, deref(test.difference), c)
			}
			if (c.Judgement == metrics.ClaimNotJudged) != (c.Doubt != "") || (c.Judgement == metrics.ClaimOtherUnit) != (c.Fits != "") {
				t.Errorf("%s with doubt %q, fits %q", c.Judgement, c.Doubt, c.Fits)
			}
		})
	}
	if c := metrics.CompareStatement(printed, breakdownDay()); !c.Printed || *c.On != 150 {
		t.Errorf("compared at %v, printed %v", c.On, c.Printed)
	}
	if c := metrics.CompareStatement(said("percent_left", points(1300), points(1300)), nil); c.Doubt != metrics.DoubtNoFigure || *c.Low != 8700 {
		t.Errorf("without figures: %+v", c)
	}
}

func deref(p *metrics.BasisPoints) any {
	if p == nil {
		return nil
	}
	return *p
}

// The breakdown of 14 March: payments weigh 60, 6 % are left in payments, 6 % in user data, merchants are nearly done, 87 in all. As
// shares of each area it cannot be: the total would be 94 or more. As points of the whole it is.
func TestABreakdownFitsOnlyOneUnit(t *testing.T) {
	left := said("percent_left", points(600), points(600))
	figures := breakdownDay()
	for _, area := range []string{"P", "U"} {
		c := metrics.CompareStatement(about(area, left), figures)
		if c.Judgement != metrics.ClaimOtherUnit || c.Fits != metrics.PointsOfWhole || c.Unit != metrics.ShareOfArea {
			t.Errorf("%s: %+v", area, c)
		}
	}
	asShares := said("percent_done", points((6000*94+2500*94+1500*99)/100), nil)
	if c := metrics.CompareStatement(asShares, figures); c.Judgement != metrics.ClaimDiffers || *c.Difference < 700 {
		t.Errorf("read as shares: %+v", c)
	}
	asPoints := said("percent_done", points(10_000-600-600-100), points(10_000-600-600-100))
	if c := metrics.CompareStatement(asPoints, figures); c.Judgement != metrics.ClaimAgrees {
		t.Errorf("read as points: %+v", c)
	}
}

// That all is done agrees only when all is done, without tolerance; and "not done" not once it is.
func TestNoToleranceForAll(t *testing.T) {
	almost := &metrics.DayFigures{Day: 150, Figures: metrics.Figures{Reported: 9999}, Areas: []metrics.AreaFigures{{Key: "P", Weight: 10_000, Figures: metrics.Figures{Reported: 9999}, Share: 9999}}}
	all := &metrics.DayFigures{Day: 150, Figures: metrics.Figures{Reported: 10_000}, Areas: []metrics.AreaFigures{{Key: "P", Weight: 10_000, Figures: metrics.Figures{Reported: 10_000}, Share: 10_000}}}
	for name, s := range map[string]metrics.Statement{
		"100 done": said("percent_done", points(10_000), points(10_000)), "none left": said("percent_left", points(0), points(0)),
		"area done": about("P", said("area_done", nil, nil)),
	} {
		if c := metrics.CompareStatement(s, almost); c.Judgement != metrics.ClaimDiffers || *c.Difference != 1 {
			t.Errorf("%s: %+v", name, c)
		}
		if c := metrics.CompareStatement(s, all); c.Judgement != metrics.ClaimAgrees {
			t.Errorf("%s: %+v", name, c)
		}
	}
	if c := metrics.CompareStatement(about("P", said("area_pending", nil, nil)), all); c.Judgement != metrics.ClaimDiffers || *c.Difference != -1 {
		t.Errorf("pending: %+v", c)
	}
}

// Saying how much is left is saying how much is done: the judgement is the same.
func TestLeftIsTheRestOfDone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bound := func(name string) *metrics.BasisPoints {
			if rapid.Bool().Draw(t, name+" open") {
				return nil
			}
			return points(metrics.BasisPoints(rapid.Int64Range(0, 10_000).Draw(t, name)))
		}
		low, high := bound("low"), bound("high")
		if low != nil && high != nil && *low > *high {
			low, high = high, low
		}
		turned := func(p *metrics.BasisPoints) *metrics.BasisPoints {
			if p == nil {
				return nil
			}
			return points(metrics.Whole - *p)
		}
		figures := &metrics.DayFigures{Day: 150, Figures: metrics.Figures{Reported: metrics.BasisPoints(rapid.Int64Range(0, 10_000).Draw(t, "computed"))}}
		done, left := said("percent_done", low, high), said("percent_left", turned(high), turned(low))
		done.Approximate = rapid.Bool().Draw(t, "approximate")
		left.Approximate = done.Approximate
		a, b := metrics.CompareStatement(done, figures), metrics.CompareStatement(left, figures)
		if a.Judgement != b.Judgement || deref(a.Difference) != deref(b.Difference) || deref(a.Low) != deref(b.Low) || deref(a.High) != deref(b.High) {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}

// The register of the replay, with what is known of each statement's subject.
func TestCompareStatementsOfTheReplay(t *testing.T) {
	r := loadReplay(t)
	p, h := r.asOf(t, day(t, "2024-03-27"))
	claim := func(key, kind, on string, low, high metrics.BasisPoints) metrics.Statement {
		s := metrics.Statement{Key: key, Kind: kind, StatedOn: ptr(day(t, on)), Low: &low, High: &high}
		return s
	}
	over70 := claim("over 70", "percent_done", "2024-02-05", 7000, 0)
	over70.High = nil
	third := claim("a third", "percent_left", "2024-02-05", 3330, 3330)
	third.Approximate, third.Subject = true, metrics.Text{EN: "back-end migration"}
	payments := metrics.Statement{Key: "payments", Kind: "area_done", Area: "P", StatedOn: ptr(day(t, "2024-02-13"))}
	almost := claim("almost 90", "percent_done", "2024-03-12", 8500, 9000)
	almost.StatedOn, almost.PublishedOn, almost.Approximate = nil, almost.StatedOn, true
	before := claim("before", "percent_done", "2023-12-01", 0, 0)
	future := claim("future", "percent_done", "2024-03-28", 10_000, 10_000)
	p.Statements = []metrics.Statement{
		future, claim("75", "percent_done", "2024-02-13", 7500, 7500), over70, third, payments, almost, claim("13 left", "percent_left", "2024-03-12", 1300, 1300),
		claim("100", "percent_done", "2024-03-12", 10_000, 10_000), claim("complete", "percent_done", "2024-03-27", 10_000, 10_000), before,
	}
	want := []struct {
		judgement  metrics.ClaimJudgement
		computed   any
		difference any
	}{
		{metrics.ClaimNotJudged, nil, nil},
		{metrics.ClaimAgrees, metrics.BasisPoints(7500), metrics.BasisPoints(0)},
		{metrics.ClaimAgrees, metrics.BasisPoints(7100), metrics.BasisPoints(0)},
		{metrics.ClaimAnotherSubject, metrics.BasisPoints(7100), nil},
		{metrics.ClaimDiffers, nil, nil}, // its figures below
		{metrics.ClaimAgrees, metrics.BasisPoints(8700), metrics.BasisPoints(0)},
		{metrics.ClaimAgrees, metrics.BasisPoints(8700), metrics.BasisPoints(0)},
		{metrics.ClaimDiffers, metrics.BasisPoints(8700), metrics.BasisPoints(1300)},
		{metrics.ClaimAgrees, metrics.BasisPoints(10_000), metrics.BasisPoints(0)},
		{metrics.ClaimNotJudged, nil, nil},
	}
	for i, c := range metrics.CompareStatements(p, h, endOf(day(t, "2024-03-27"))) {
		if c.Statement == "payments" {
			then, past := r.asOf(t, day(t, "2024-02-13"))
			share := metrics.Assess(then, past, endOf(day(t, "2024-02-13"))).Areas[0].Share
			if c.Unit != metrics.ShareOfArea || *c.Computed != share || *c.Difference != metrics.Whole-share || share >= metrics.Whole {
				t.Errorf("payments: %+v, the page said %d", c, share)
			}
			continue
		}
		if c.Judgement != want[i].judgement || deref(c.Computed) != want[i].computed || deref(c.Difference) != want[i].difference {
			t.Errorf("%s: %s, computed %v, difference %v; want %+v", c.Statement, c.Judgement, deref(c.Computed), deref(c.Difference), want[i])
		}
	}
}

// On any day of the case, the figures that statements are compared with are those the page of that day shows.
func TestFiguresOfAStatementAreThoseOfItsDay(t *testing.T) {
	r := loadReplay(t)
	last := day(t, "2024-03-27")
	p, h := r.asOf(t, last)
	for d := p.Start; d <= last; d += 3 {
		p.Statements = nil
		for _, area := range []string{"", "P", "U", "M"} {
			p.Statements = append(p.Statements, metrics.Statement{Kind: "percent_done", Area: area, Low: points(0), StatedOn: ptr(d)})
		}
		compared := metrics.CompareStatements(p, h, endOf(last))
		then, past := r.asOf(t, d)
		a := metrics.Assess(then, past, endOf(d))
		if *compared[0].Computed != a.Reported {
			t.Errorf("%v: compared with %d, the page said %d", d, *compared[0].Computed, a.Reported)
		}
		for i, area := range a.Areas {
			if *compared[1+i].Computed != area.Share {
				t.Errorf("%v: %s compared with %d, the page said %d", d, area.Key, *compared[1+i].Computed, area.Share)
			}
		}
	}
}
