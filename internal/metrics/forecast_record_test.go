package metrics_test

import (
	"math"
	"testing"

	"tenggat/internal/metrics"
)

func kept(on, p80 metrics.Day, chances ...metrics.Chance) metrics.KeptForecast {
	k := metrics.KeptForecast{On: on, Meets: chances}
	if p80 != 0 {
		k.P50, k.P80 = ptr(p80-10), ptr(p80)
	}
	return k
}

func chance(deadline metrics.Day, meet float64) metrics.Chance {
	return metrics.Chance{Deadline: deadline, Meet: &meet}
}

func TestScoreForecasts(t *testing.T) {
	forecasts := []metrics.KeptForecast{
		kept(20, 60, chance(50, 0.3), chance(90, 0.8)),
		kept(10, 40, chance(50, 0.6), chance(90, 0.9)),
		kept(30, 0, chance(50, 0.1), metrics.Chance{Deadline: 90}),
		kept(50, 80, chance(50, 0)), // on its own day: a fact
	}
	for name, c := range map[string]struct {
		finished                                *metrics.Day
		today                                   metrics.Day
		decided, held, waiting, undated, chance int
		brier                                   float64
		moves                                   int
	}{
		"nothing known yet":       {nil, 35, 0, 0, 2, 1, 0, 0, 3},
		"the day itself is open":  {nil, 50, 1, 0, 2, 1, 0, 0, 4},
		"the first deadline past": {nil, 51, 1, 0, 2, 1, 3, (0.36 + 0.09 + 0.01) / 3, 4},
		"finished on 60":          {ptr[metrics.Day](60), 70, 3, 2, 0, 1, 5, (0.36 + 0.09 + 0.01 + 0.01 + 0.04) / 5, 4},
		"finished on 45":          {ptr[metrics.Day](45), 70, 2, 1, 0, 1, 5, (0.16 + 0.49 + 0.81 + 0.01 + 0.04) / 5, 3},
		"finish not yet known":    {ptr[metrics.Day](60), 51, 1, 0, 2, 1, 3, (0.36 + 0.09 + 0.01) / 3, 4},
	} {
		t.Run(name, func(t *testing.T) {
			r := metrics.ScoreForecasts(forecasts, c.finished, c.today)
			if r.Decided != c.decided || r.Held != c.held || r.Waiting != c.waiting || r.Undated != c.undated || r.Chances != c.chance {
				t.Errorf("record %+v", r)
			}
			if (r.Brier == nil) != (c.chance == 0) || r.Brier != nil && math.Abs(*r.Brier-c.brier) > 1e-12 {
				t.Errorf("Brier %v, want %v", r.Brier, c.brier)
			}
			if len(r.Movement) != c.moves {
				t.Fatalf("movement %v", r.Movement)
			}
			for i := 1; i < len(r.Movement); i++ {
				if r.Movement[i].On < r.Movement[i-1].On {
					t.Errorf("movement out of order: %v", r.Movement)
				}
			}
		})
	}
}
