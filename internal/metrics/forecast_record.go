package metrics

import (
	"cmp"
	"slices"
)

// KeptForecast is one forecast as it was kept on its day.
type KeptForecast struct {
	On       Day
	P50, P80 *Day     // nil: it named none
	Meets    []Chance // nil chances: it said nothing
}

// ForecastRecord is how the kept forecasts held.
type ForecastRecord struct {
	Decided  int // P80 dates that have come, or that a finish has settled
	Held     int // of those: finished by then. Good forecasts hold in about eight of ten
	Waiting  int // P80 dates still ahead of an unfinished program
	Undated  int // forecasts that named no P80
	Chances  int // chances of deadlines that have been decided
	Brier    *float64
	Movement []ForecastMove // in the order of their days
}

// ForecastMove is one point of the line that shows how the forecast date moved.
type ForecastMove struct {
	On       Day
	P50, P80 *Day
}

// ScoreForecasts scores kept forecasts. finished is the day the program was finished, or nil. Brier is the mean squared distance of
// the chances from what came: 0 is perfect, 0.25 is what "fifty-fifty" always gets, nil: nothing is decided.
//
// Forecasts kept on the day of the finish or later, and chances given on the deadline's own day or later, told facts and are not
// scored.
func ScoreForecasts(kept []KeptForecast, finished *Day, today Day) ForecastRecord {
	if finished != nil && *finished > today {
		finished = nil
	}
	var r ForecastRecord
	sum := 0.0
	for _, k := range kept {
		if k.On > today || finished != nil && k.On >= *finished {
			continue
		}
		r.Movement = append(r.Movement, ForecastMove{k.On, k.P50, k.P80})
		r.scoreDate(k.P80, finished, today)
		for _, c := range k.Meets {
			if c.Meet != nil && c.Deadline > k.On && (finished != nil || c.Deadline < today) {
				miss := *c.Meet - float64(rank(finished != nil && *finished <= c.Deadline))
				sum += miss * miss
				r.Chances++
			}
		}
	}
	if r.Chances > 0 {
		brier := sum / float64(r.Chances)
		r.Brier = &brier
	}
	slices.SortStableFunc(r.Movement, func(a, b ForecastMove) int { return cmp.Compare(a.On, b.On) })
	return r
}

// scoreDate counts one P80: held, missed, or not yet known: today is not over.
func (r *ForecastRecord) scoreDate(p80, finished *Day, today Day) {
	switch {
	case p80 == nil:
		r.Undated++
	case finished != nil:
		r.Decided++
		r.Held += rank(*finished <= *p80)
	case *p80 < today:
		r.Decided++
	default:
		r.Waiting++
	}
}
