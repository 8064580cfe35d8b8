package web

import (
	"math"

	"tenggat/internal/metrics"
)

// rangeJSON bounds the headline where too much is silent for one figure.
type rangeJSON struct {
	Low  metrics.BasisPoints `json:"low_basis_points"`
	High metrics.BasisPoints `json:"high_basis_points"` // a bound; it never claims completion
}

func newRange(r *metrics.Range) *rangeJSON {
	if r == nil {
		return nil
	}
	return &rangeJSON{r.Low, r.High}
}

// overrideJSON is a person's verdict beside the rule's.
type overrideJSON struct {
	Verdict metrics.Verdict `json:"verdict"`
	Reason  textJSON        `json:"reason"`
	By      string          `json:"by"`
	Until   metrics.Day     `json:"until"`
	Entry   int64           `json:"entry"`
}

func newOverride(o *metrics.Override) *overrideJSON {
	if o == nil {
		return nil
	}
	return &overrideJSON{o.Verdict, textJSON(o.Reason), o.By, o.Until, o.Entry}
}

// scheduleJSON is earned schedule: days, and their ratio in hundredths.
type scheduleJSON struct {
	Index    *int64 `json:"spi_t_hundredths"` // null: there is no value on the first day
	Earned   int64  `json:"earned_days_hundredths"`
	Elapsed  int    `json:"elapsed_days"`
	Variance int64  `json:"variance_days_hundredths"` // negative: behind
}

func newSchedule(s *metrics.Schedule) *scheduleJSON {
	if s == nil {
		return nil
	}
	answer := &scheduleJSON{Earned: s.Earned.Hundredths(), Elapsed: s.Elapsed, Variance: s.Variance.Hundredths()}
	if index, ok := s.IndexHundredths(); ok {
		answer.Index = &index
	}
	return answer
}

// rateJSON is an amount over a number of days, never a rounded quotient.
type rateJSON struct {
	Units  *int64              `json:"units,omitempty"` // in the milestone's unit
	Points metrics.BasisPoints `json:"basis_points"`
	Days   int                 `json:"days"`
}

func newRate(r *metrics.Rate) *rateJSON {
	if r == nil {
		return nil
	}
	return &rateJSON{r.Units, r.Points, r.Days}
}

type ratesJSON struct {
	Needed []neededJSON `json:"needed"`
	Last14 *rateJSON    `json:"last_14_days"`
	Last28 *rateJSON    `json:"last_28_days"`
}

// neededJSON is the rate that one deadline asks for; null: its day has ended, or nothing is open.
type neededJSON struct {
	Deadline string    `json:"deadline"`
	Rate     *rateJSON `json:"rate"`
}

func newRates(r metrics.Rates, deadlines []metrics.DeadlineAssessment) ratesJSON {
	answer := ratesJSON{[]neededJSON{}, newRate(r.Last14), newRate(r.Last28)}
	for i, needed := range r.Needed {
		answer.Needed = append(answer.Needed, neededJSON{deadlines[i].Deadline.Key, newRate(needed)})
	}
	return answer
}

// forecastJSON is when a thing may be finished. Dates are null where none is named; note says why.
type forecastJSON struct {
	Note     metrics.ForecastNote `json:"note"` // "": all dates are given
	P10      *metrics.Day         `json:"p10"`
	P50      *metrics.Day         `json:"p50"`
	P80      *metrics.Day         `json:"p80"`
	P95      *metrics.Day         `json:"p95"`
	Finished *metrics.Day         `json:"finished"`
	Method   string               `json:"method"`
	Meets    []chanceJSON         `json:"meets"`
}

type chanceJSON struct {
	Deadline string      `json:"deadline"`
	Date     metrics.Day `json:"date"`
	Chance   *float64    `json:"chance"` // 0 to 1; null: cannot be said
}

// silent is the note of a forecast that is withheld because too much has not reported.
const silent metrics.ForecastNote = "too_much_is_silent"

func newForecast(f metrics.Forecast, p metrics.Program, a metrics.Assessment) forecastJSON {
	answer := forecastJSON{Note: f.Note, P10: f.P10, P50: f.P50, P80: f.P80, P95: f.P95, Finished: f.Finished, Method: f.Method, Meets: []chanceJSON{}}
	if a.HeadlineRange != nil {
		return forecastJSON{Note: silent, Method: f.Method, Meets: []chanceJSON{}}
	}
	for i, c := range f.Meets {
		answer.Meets = append(answer.Meets, chanceJSON{p.Deadlines[i].Key, c.Deadline, fourPlaces(c.Meet)})
	}
	return answer
}

// fourPlaces is as exact as an estimate is told.
func fourPlaces(v *float64) *float64 {
	if v == nil {
		return nil
	}
	rounded := math.Round(*v*1e4) / 1e4
	return &rounded
}

// programForecastJSON is the forecast that the pages go by.
type programForecastJSON struct {
	forecastJSON
	Governs     metrics.ForecastBy `json:"governs"`
	OwnersFirst bool               `json:"owners_first"` // so few are open that the owners' finish stands first
	Owners      *metrics.Day       `json:"owners_finish"`
}

func newProgramForecast(j judged) programForecastJSON {
	f := j.forecast()
	return programForecastJSON{newForecast(f.Governing(), j.Program, j.assessment), f.Governs, f.OwnersFirst, f.Owners.Day}
}
