package main

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		values series
		want   float64
	}{
		{nil, 0},
		{series{7}, 7},
		{series{9, 1, 5}, 5},
		{series{4, 1, 3, 100}, 3.5},
	} {
		before := slices.Clone(c.values)
		if got := c.values.median(); got != c.want {
			t.Errorf("median of %v is %v, want %v", c.values, got, c.want)
		}
		if !slices.Equal(before, c.values) {
			t.Errorf("median changed the rounds' order: %v", c.values)
		}
	}
}

func TestLeastAndMost(t *testing.T) {
	s := series{3, -2, 8}
	if s.least() != -2 || s.most() != 8 {
		t.Errorf("range %v to %v, want -2 to 8", s.least(), s.most())
	}
	if (series{}).least() != 0 || (series{}).most() != 0 {
		t.Error("no rounds must have no range")
	}
}

// A ratio is of rounds that ran side by side: the median of ratios is not the ratio of medians.
func TestRatiosAreTakenRoundByRound(t *testing.T) {
	measured, baseline := series{10, 30, 20}, series{20, 30, 10}
	ratios := measured.over(baseline)
	if !slices.Equal(ratios, series{0.5, 1, 2}) {
		t.Errorf("ratios %v, want [0.5 1 2]", ratios)
	}
	if got := (series{1, 2, 3}).over(series{1}); len(got) != 1 {
		t.Errorf("a round without its partner counted: %v", got)
	}
}

func TestQuantileIsNearestRank(t *testing.T) {
	var hundred []time.Duration
	for i := range 100 {
		hundred = append(hundred, time.Duration(i+1))
	}
	for _, c := range []struct {
		q    float64
		want time.Duration
	}{{0.5, 50}, {0.99, 99}, {0.991, 100}, {1, 100}, {0.001, 1}} {
		if got := quantile(hundred, c.q); got != c.want {
			t.Errorf("quantile %v of 1…100 is %d, want %d", c.q, got, c.want)
		}
	}
	if got := quantile([]time.Duration{5}, 0.99); got != 5 {
		t.Errorf("quantile of one value is %d", got)
	}
	if got := quantile(nil, 0.5); got != 0 {
		t.Errorf("quantile of nothing is %d", got)
	}
}

func TestRoundsAlternate(t *testing.T) {
	var order string
	note := func(name string) func() error {
		return func() error { order += name; return nil }
	}
	if err := interleave(3, note("a"), note("b")); err != nil || order != "ababab" {
		t.Errorf("ran %q, %v", order, err)
	}
	broken := errors.New("broken")
	order = ""
	if err := interleave(3, note("a"), func() error { return broken }); !errors.Is(err, broken) || order != "a" {
		t.Errorf("after an error it went on: %q, %v", order, err)
	}
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		limit limit
		value float64
		holds bool
	}{
		{atLeast(0.3), 0.3, true}, {atLeast(0.3), 0.299, false},
		{atMost(150), 150, true}, {atMost(150), 150.1, false},
	} {
		if c.limit.holds(c.value) != c.holds {
			t.Errorf("%s for %v: want %v", c.limit, c.value, c.holds)
		}
	}
}

// A goal is judged by its ratio when it has a baseline, and by what was measured when it has none.
func TestResultIsJudgedByRatio(t *testing.T) {
	ratio := result{Measured: series{50, 40, 60}, Baseline: series{100, 100, 100}, Limit: atLeast(0.5)}
	if !ratio.holds() {
		t.Error("50 of 100 is at least 0.5")
	}
	alone := result{Measured: series{120, 90, 100}, Limit: atMost(99)}
	if alone.holds() {
		t.Error("a median of 100 is not at most 99")
	}
	information := result{Measured: series{1}}
	if information.verdict() != "" {
		t.Errorf("a figure without a limit was judged: %q", information.verdict())
	}
}
