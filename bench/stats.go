package main

import (
	"slices"
	"time"
)

// series is one figure measured in several rounds, in the order of the rounds.
type series []float64

// median is the middle value, or the mean of the two middle ones; 0 for none.
func (s series) median() float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

func (s series) least() float64 {
	if len(s) == 0 {
		return 0
	}
	return slices.Min(s)
}

func (s series) most() float64 {
	if len(s) == 0 {
		return 0
	}
	return slices.Max(s)
}

// over divides round by round. The rounds of a pair ran side by side, so what else the machine did falls on both.
func (s series) over(baseline series) series {
	ratios := make(series, min(len(s), len(baseline)))
	for i := range ratios {
		ratios[i] = s[i] / baseline[i]
	}
	return ratios
}

// quantile is the smallest of the durations that is not exceeded by the share q of them (nearest rank); 0 for none. sorted
// must be in ascending order, 0 < q <= 1.
func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(q * float64(len(sorted)))
	if float64(rank) < q*float64(len(sorted)) {
		rank++
	}
	return sorted[max(rank, 1)-1]
}

// interleave runs a and b in turn, A B A B …, so that a busy moment of the machine spoils a round of both.
func interleave(rounds int, a, b func() error) error {
	for range rounds {
		if err := a(); err != nil {
			return err
		}
		if err := b(); err != nil {
			return err
		}
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
