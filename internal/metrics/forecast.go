package metrics

// Sample is one observation of a burn-up: how much was done, of how much. It holds until the next sample.
type Sample struct {
	Day         Day
	Done, Total float64 // in one unit: items, records, basis points; not negative, and less than 2^53
}

// BurnUp is a thing's samples in the order of their days. Of several on one day the last holds.
type BurnUp []Sample

// ForecastSettings are the numbers of the forecast's formula; docs/forecast.md tells where each comes from.
type ForecastSettings struct {
	Allowance   float64 // days added to the pace for what no pace shows
	RecentShare float64 // weight of the recent pace against the overall one, 0 to 1
	HalfLife    float64 // weeks in which a week's part of the recent pace halves; positive
	EarlyTail   float64 // shape before the median when only the allowance is left; positive
	EarlyPace   float64 // the same when the pace is all of it; not less than EarlyTail
	Late        float64 // shape after the median; positive
}

// DefaultForecastSettings were fitted to public records of code migrations; docs/forecast.md#fit.
func DefaultForecastSettings() ForecastSettings {
	return ForecastSettings{Allowance: 240, RecentShare: 0.7, HalfLife: 13, EarlyTail: 0.8, EarlyPace: 1.3, Late: 1.4}
}

// ForecastMethod names the formula and its version wherever a forecast is kept or sent.
const ForecastMethod = "pace and allowance, log-logistic, v1"

// The limits beyond which a forecast does not speak; docs/forecast.md#limits.
const (
	ForecastHorizon = 3652 // days: a date later than ten years is not printed
	leastSpan       = 28   // days of history, or
	leastProgress   = 2    // samples with progress, before there is a date
	leastMeet       = 0.02 // a probability is shown within these
	mostMeet        = 0.98
)

// ForecastNote says why a forecast has no dates, or not all of them.
type ForecastNote string

// The notes.
const (
	ForecastComplete  ForecastNote = ""               // all four dates are given
	ForecastFinished  ForecastNote = "finished"       // nothing is left: Forecast.Finished
	ForecastNoHistory ForecastNote = "no_history"     // no sample
	ForecastNoTotal   ForecastNote = "no_total"       // the total is 0: nobody said of how much
	ForecastTooEarly  ForecastNote = "too_early"      // under four weeks, and under two samples with progress
	ForecastNoMove    ForecastNote = "no_movement"    // no more is done than at the first sample
	ForecastFarAway   ForecastNote = "beyond_horizon" // a date that is missing lies after Forecast.Horizon
	ForecastPartBlind ForecastNote = "part_unknown"   // something that has to finish too has no forecast of its own
)

// Forecast is when a thing may be finished. Of every ten like it, one was done by P10, five by P50, eight by P80.
type Forecast struct {
	AsOf               Day
	Note               ForecastNote
	P10, P50, P80, P95 *Day     // after AsOf, in order; nil: see Note
	Horizon            Day      // a missing date under ForecastFarAway is later than this
	Finished           *Day     // the day since which nothing is left; nil: something is
	Meets              []Chance // in the order of the deadlines asked for
	Method             string
	Basis              ForecastBasis
}

// Chance is the probability that a thing is finished by the end of a deadline's day.
type Chance struct {
	Deadline Day
	Meet     *float64 // 0.02 to 0.98 as an estimate, 0 or 1 as a fact; nil: nothing can be said
}

// ForecastBasis is what a forecast rests on. Amounts are in the burn-up's unit, paces in that unit per day, times in days.
type ForecastBasis struct {
	Since     Day     // the first sample
	Days      float64 // from it to the forecast, at least 1
	Idle      int     // days since more was done than ever before
	Done      float64 // since the first sample, at least 0.5
	Remaining float64
	Overall   float64 // pace since the first sample
	Recent    float64 // pace with recent weeks counting most
	Growth    float64 // of the total, weighed alike
	Pace      float64 // of the three together: what the forecast reckons with
	PaceDays  float64 // Remaining at Pace
	Allowance float64 // days added to it
	Median    float64 // PaceDays + Allowance
	Early     float64 // shape before the median
	Late      float64 // shape after it
}

// HasDates reports whether the forecast names any date, or says that all lie beyond the horizon.
func (f Forecast) HasDates() bool { return f.Note == ForecastComplete || f.Note == ForecastFarAway }
