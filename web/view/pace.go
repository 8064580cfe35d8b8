package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// ScheduleRow says in days how far the earned points are against one plan or deadline.
type ScheduleRow struct {
	Against                        string
	Index, Earned, Elapsed, Behind string
	Binding                        bool
}

// newScheduleRows are the program's own plan first, then every deadline.
func newScheduleRows(w words, a metrics.Assessment) []ScheduleRow {
	rows := []ScheduleRow{w.scheduleRow(w.T(i18n.ScheduleOwnPlan), a.Schedule, false)}
	for _, d := range a.Deadlines {
		name := w.T(i18n.ScheduleLine, w.dayMid(d.Deadline.Date), w.deadlineName(d.Deadline))
		rows = append(rows, w.scheduleRow(name, d.Schedule, d.Deadline.Binding))
	}
	return rows
}

func (w words) scheduleRow(against string, s *metrics.Schedule, binding bool) ScheduleRow {
	none := w.T(i18n.NoValue)
	row := ScheduleRow{against, none, none, none, none, binding}
	if s == nil {
		return row
	}
	if index, ok := s.IndexHundredths(); ok {
		row.Index = w.fixed(index)
	}
	row.Earned, row.Elapsed = w.Decimal(s.Earned.Hundredths(), 2), w.Int(int64(s.Elapsed))
	slip := s.Variance.Hundredths()
	row.Behind = w.Decimal(slip, 2)
	if slip > 0 {
		row.Behind = "+" + row.Behind
	}
	return row
}

// fixed writes hundredths with both places: an index of 0.9 is read as 0.90.
func (w words) fixed(hundredths int64) string {
	text := w.Decimal(hundredths, 2)
	switch {
	case hundredths%100 == 0:
		return text + w.Pick(",", ".") + "00"
	case hundredths%10 == 0:
		return text + "0"
	}
	return text
}

// RateRow is one rate: needed for a deadline, or observed in a window.
type RateRow struct {
	Name, Points, Units, Days string
	Binding                   bool
}

// RatesTable sets what is needed against what was observed. Unit is "" where there are only points.
type RatesTable struct {
	Unit string
	Rows []RateRow
}

func newRatesTable(w words, a metrics.Assessment, r metrics.Rates, unit string) RatesTable {
	t := RatesTable{}
	if unit != "" {
		t.Unit = w.T(i18n.RateUnits, w.unit(unit))
	}
	for i, needed := range r.Needed {
		d := a.Deadlines[i].Deadline
		row := w.rateRow(w.T(i18n.RateNeeded, w.dayMid(d.Date), w.deadlineName(d)), needed)
		row.Binding = d.Binding
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, w.rateRow(w.T(i18n.RateLast14), r.Last14), w.rateRow(w.T(i18n.RateLast28), r.Last28))
	return t
}

func (w words) rateRow(name string, r *metrics.Rate) RateRow {
	none := w.T(i18n.NoValue)
	row := RateRow{Name: name, Points: none, Units: none, Days: "–"}
	if r == nil {
		return row
	}
	row.Points, row.Days = w.pts(r.Points/metrics.BasisPoints(r.Days)), w.Int(int64(r.Days)) // cut off, as every printed figure
	if r.Units != nil {
		row.Units = w.Decimal(perDay(*r.Units, r.Days), 2)
	}
	return row
}

// perDay is in hundredths, cut off; a count may be too large to be multiplied first.
func perDay(units int64, days int) int64 {
	n := int64(days)
	return units/n*100 + units%n*100/n
}

// PaceModel is where a program stands against its plan and how fast it moves.
type PaceModel struct {
	Deviation string
	Measures  []Measure
	Schedule  []ScheduleRow
	Rates     RatesTable
	Href      string // the plan term by term
}

func newPace(f Frame, w words, a metrics.Assessment) PaceModel {
	return PaceModel{
		Deviation: w.T(i18n.PaceDeviation, w.pts(a.Planned), w.pts(a.Reported), w.signed(a.Deviation)), Measures: w.measures(a.Figures),
		Schedule: newScheduleRows(w, a), Rates: newRatesTable(w, a, a.Rates, ""), Href: f.Link(f.InProgram("/method#plan")),
	}
}
