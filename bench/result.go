package main

import (
	"fmt"
	"strconv"
)

// limit is what a goal asks for.
type limit struct {
	value float64
	most  bool // at most value; otherwise at least
	set   bool
}

func atLeast(value float64) limit { return limit{value: value, set: true} }
func atMost(value float64) limit  { return limit{value: value, most: true, set: true} }

func (l limit) holds(value float64) bool {
	if l.most {
		return value <= l.value
	}
	return value >= l.value
}

func (l limit) String() string {
	switch {
	case !l.set:
		return ""
	case l.most:
		return "<= " + number(l.value)
	}
	return ">= " + number(l.value)
}

// result is one line of the table: what was measured, beside what, and what is asked of it.
type result struct {
	Goal     string
	What     string
	Unit     string
	Measured series
	Baseline series // empty: the goal is about the measured figure itself
	Against  string // what the baseline is
	Limit    limit  // of the ratio if there is a baseline; unset: for information
}

// judged is the figure that the limit is about.
func (r result) judged() series {
	if len(r.Baseline) > 0 {
		return r.Measured.over(r.Baseline)
	}
	return r.Measured
}

func (r result) holds() bool { return !r.Limit.set || r.Limit.holds(r.judged().median()) }

func (r result) verdict() string {
	switch {
	case !r.Limit.set:
		return ""
	case r.holds():
		return "holds"
	}
	return "does not hold"
}

// number prints a figure with about three digits that mean something.
func number(v float64) string {
	switch {
	case v == float64(int64(v)) && v < 1e7:
		return strconv.FormatInt(int64(v), 10)
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	case v >= 1:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.3f", v)
}
