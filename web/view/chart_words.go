package view

import (
	"slices"
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// mostRows bounds the data table; a longer history is told week by week or month by month.
const mostRows = 60

// summary says in a sentence what the chart shows.
func (c progressChart) summary() string {
	if len(c.drawn) == 0 {
		return c.T(i18n.ChartNoData)
	}
	deadline := c.T(i18n.None)
	if b := c.a.Binding(); b != nil {
		deadline = c.day(b.Deadline.Date)
	}
	reported := c.ofWhole(c.share(c.a.Reported, c.a.State == metrics.StateAccepted))
	sentence := c.T(i18n.ChartSummary, c.day(c.a.Today), reported, c.ofWhole(c.pct(c.a.Planned)), deadline)
	if len(c.a.Curve.Plan) == 0 {
		sentence = c.T(i18n.ChartSummaryNoPlan, c.day(c.a.Today), reported, deadline)
	} else if c.cut {
		sentence = join(sentence, c.T(i18n.ChartCut))
	}
	return join(sentence, c.forecastWords())
}

// keys explain the marks that are there and bear no label of their own. Lines are labelled at their ends.
func (c progressChart) keys() []Key {
	var keys []Key
	if len(c.drawn) > 0 && c.verified() {
		keys = append(keys, Key{"verified", c.T(i18n.KeyVerified)})
	} else {
		keys = addKey(keys, len(c.drawn) > 0, "report", c.T(i18n.KeyReported))
	}
	keys = addKey(keys, c.hasStatements(), "claim", c.T(i18n.KeyStatements))
	keys = addKey(keys, c.a.Curve.Stairs, "plan", c.T(i18n.ChartPlanSteps))
	for _, d := range c.p.Deadlines {
		if c.ranged(d) {
			keys = append(keys, Key{"due-range", c.T(i18n.KeyStatedRange)})
			break
		}
	}
	keys = addKey(keys, len(c.a.Curve.Changes) > 0, "change", c.T(i18n.ChartScopeChange))
	keys = addKey(keys, len(c.a.Curve.Totals) > 0, "total", c.T(i18n.KeyTotal))
	keys = addKey(keys, c.initial != nil, "initial", c.T(i18n.InitialKey))
	if edges, ok := c.wedgeOf(); ok {
		keys = addKey(keys, !c.forecast.OwnersFirst, "wedge", c.wedgeKey(edges))
		keys = addKey(keys, c.forecast.OwnersFirst, "pace", c.wedgeKey(edges))
	}
	return keys
}

func (c progressChart) hasStatements() bool {
	for _, s := range c.p.Statements {
		if _, ok := newClaim(s); ok && saidOrPrinted(s) != nil {
			return true
		}
	}
	return false
}

// table is the drawn line in numbers: every day that changed something or, in a long history, the last of each week or month.
func (c progressChart) table() (caption string, rows []CurveRow) {
	points := c.told()
	caption = c.T(i18n.ChartTableCaption)
	if len(points) > mostRows {
		points, caption = lastOf(points, byWeek), c.T(i18n.ChartTableWeeks)
	}
	if len(points) > mostRows {
		points, caption = lastOf(points, byMonth), c.T(i18n.ChartTableMonths)
	}
	for _, point := range points {
		row := CurveRow{
			On: point.Day, Day: c.dayMid(point.Day), Reported: c.share(point.Reported, point.Accepted == metrics.Whole), Verified: c.pts(point.Verified), Accepted: c.pts(point.Accepted),
			Planned: c.pct(point.Planned), Deviation: c.signed(point.Reported - point.Planned), Source: c.source(point),
		}
		if c.initial != nil {
			row.Initial = c.pct(reportedBy(c.initial, point.Day))
		}
		if c.holds(point.Day) {
			row.X = c.percent(point.Day)
		}
		rows = append(rows, row)
	}
	return caption, rows
}

// source says what a point rests on.
func (c progressChart) source(point metrics.CurvePoint) string {
	var parts []string
	var weights, scope bool
	for _, change := range c.a.Curve.Changes {
		if change.On == point.Day {
			weights, scope = weights || change.Kind != "milestone", scope || change.Kind == "milestone"
		}
	}
	if len(point.Observed) > len(point.Corrected) {
		parts = append(parts, c.T(i18n.SourceReported, c.keysOf(except(point.Observed, point.Corrected))))
	}
	if len(point.Corrected) > 0 {
		corrected := c.T(i18n.SourceCorrected, c.keysOf(point.Corrected))
		if why := c.text(reasons(point)); why != "" {
			corrected = c.T(i18n.ChartBecause, corrected, why)
		}
		parts = append(parts, corrected)
	}
	if scope {
		parts = append(parts, c.T(i18n.SourceScope))
	}
	if weights {
		parts = append(parts, c.T(i18n.SourceWeights))
	}
	if len(parts) == 0 {
		return c.T(i18n.SourceAsOf)
	}
	return strings.Join(parts, "; ")
}

// keysOf lists milestones by their keys, the first few.
func (c progressChart) keysOf(keys []string) string {
	const most = 4
	if len(keys) <= most {
		return strings.Join(keys, ", ")
	}
	return strings.Join(keys[:most], ", ") + " " + c.N(i18n.SourceMore, int64(len(keys)-most))
}

// told are the days with something to tell: a report, a change, or today.
func (c progressChart) told() []metrics.CurvePoint {
	var points []metrics.CurvePoint
	for i, point := range c.drawn {
		if point.HasReport || i == len(c.drawn)-1 || point.Reported != c.drawn[i-1].Reported {
			points = append(points, point)
		}
	}
	return points
}

func byWeek(d metrics.Day) int { return int(d-4) / 7 } // weeks from Monday, 1970-01-05

func byMonth(d metrics.Day) int { return d.UTC().Year()*12 + int(d.UTC().Month()) }

func lastOf(points []metrics.CurvePoint, period func(metrics.Day) int) []metrics.CurvePoint {
	return lastIn(points, func(p metrics.CurvePoint) metrics.Day { return p.Day }, period)
}

// lastIn keeps the last of each week or month.
func lastIn[T any](points []T, day func(T) metrics.Day, period func(metrics.Day) int) []T {
	var kept []T
	for i, point := range points {
		if i == len(points)-1 || period(day(point)) != period(day(points[i+1])) {
			kept = append(kept, point)
		}
	}
	return kept
}

// except is keys without some of them.
func except(keys, some []string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return slices.Contains(some, key) })
}
