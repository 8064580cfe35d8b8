package metrics_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tenggat/internal/metrics"
)

var noon = time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)

// recorder takes observations in as a ledger does: it drops repeats, refuses what Apply refuses, and folds the history anew where
// Apply asks for it.
type recorder struct {
	progress metrics.Progress
	known    map[string]bool
	recorded []metrics.Observation
	day      metrics.MilestoneDay
}

func (r *recorder) take(o metrics.Observation) metrics.Effect {
	if r.known[o.Order.Key] {
		return metrics.Stale
	}
	next, effect := r.progress.Apply(o)
	if effect == metrics.Decrease {
		return effect
	}
	r.known[o.Order.Key] = true
	r.recorded = append(r.recorded, o)
	r.progress, r.day = next, r.day.Fold(o)
	if effect == metrics.NeedsHistory {
		inOrder := sorted(r.recorded)
		r.progress, r.day = metrics.Fold(inOrder), metrics.MilestoneDay{}
		for _, o := range inOrder {
			r.day = r.day.Fold(o)
		}
	}
	return effect
}

func record(observations []metrics.Observation) *recorder {
	r := &recorder{known: map[string]bool{}}
	for _, o := range observations {
		r.take(o)
	}
	return r
}

func sorted(observations []metrics.Observation) []metrics.Observation {
	inOrder := slices.Clone(observations)
	slices.SortFunc(inOrder, func(a, b metrics.Observation) int { return a.Order.Compare(b.Order) })
	return inOrder
}

// shuffled is every observation at least once, some of them again, in any order.
func shuffled(t *rapid.T, observations []metrics.Observation, label string) []metrics.Observation {
	if len(observations) == 0 {
		return nil
	}
	repeats := rapid.SliceOfN(rapid.SampledFrom(observations), 0, len(observations)).Draw(t, label+" repeats")
	return rapid.Permutation(append(slices.Clone(observations), repeats...)).Draw(t, label)
}

// observations draws observations of one day whose times often coincide. rising: done never falls and nothing is corrected.
func observations(rising, corrections bool) *rapid.Generator[[]metrics.Observation] {
	return rapid.Custom(func(t *rapid.T) []metrics.Observation {
		n := rapid.IntRange(0, 9).Draw(t, "n")
		all := make([]metrics.Observation, n)
		for i := range all {
			minute := rapid.IntRange(0, 12).Draw(t, "minute")
			all[i] = metrics.Observation{
				Order: metrics.Order{At: noon.Add(time.Duration(minute) * time.Minute), Key: fmt.Sprint("job/", i)},
				State: rapid.SampledFrom([]metrics.RunState{metrics.Running, metrics.Succeeded, metrics.Failed, ""}).Draw(t, "state"),
				Run:   fmt.Sprint(i),
			}
			if rapid.IntRange(0, 3).Draw(t, "kind") > 0 {
				all[i].Counts = &metrics.Counts{Done: rapid.Int64Range(0, 6).Draw(t, "done"), Total: rapid.Int64Range(6, 8).Draw(t, "total")}
				all[i].Correction = corrections && rapid.IntRange(0, 2).Draw(t, "correction") == 0
			}
		}
		if rising {
			raise(all)
		}
		return all
	})
}

func raise(all []metrics.Observation) {
	slices.SortFunc(all, func(a, b metrics.Observation) int { return a.Order.Compare(b.Order) })
	var least int64
	for i := range all {
		if c := all[i].Counts; c != nil {
			c.Done = max(c.Done, least)
			c.Total = max(c.Total, c.Done)
			least = c.Done
		}
	}
}

func TestMonotoneObservationsGiveTheSameProgressInAnyOrder(t *testing.T) {
	often(t, func(t *rapid.T) {
		all := observations(true, false).Draw(t, "observations")
		want := metrics.Fold(sorted(all))
		got := record(shuffled(t, all, "arrival"))
		if diff := cmp.Diff(want, got.progress); diff != "" {
			t.Fatal(diff)
		}
		if want.Reports != int64(len(all)) {
			t.Fatalf("%d reports counted of %d", want.Reports, len(all))
		}
	})
}

func TestContradictionsGiveTheSameCountInAnyOrder(t *testing.T) {
	often(t, func(t *rapid.T) {
		all := observations(false, false).Draw(t, "observations")
		a, b := record(shuffled(t, all, "one arrival")), record(shuffled(t, all, "another"))
		a.progress.Reports, b.progress.Reports = 0, 0 // what was refused is not counted, and that depends on the order
		if diff := cmp.Diff(a.progress, b.progress); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestApplyAbbreviatesFoldWithCorrectionsToo(t *testing.T) {
	often(t, func(t *rapid.T) {
		got := record(shuffled(t, observations(false, true).Draw(t, "observations"), "arrival"))
		if diff := cmp.Diff(metrics.Fold(sorted(got.recorded)), got.progress); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestRepeatingWhatWasRefusedConverges(t *testing.T) {
	often(t, func(t *rapid.T) {
		all := observations(false, true).Draw(t, "observations")
		got := record(shuffled(t, all, "arrival"))
		for range all {
			for _, o := range all {
				got.take(o)
			}
		}
		want := metrics.Fold(sorted(all))
		want.Reports, got.progress.Reports = 0, 0
		if diff := cmp.Diff(want, got.progress); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestADayFoldsTheSameInAnyOrder(t *testing.T) {
	often(t, func(t *rapid.T) {
		got := record(shuffled(t, observations(false, true).Draw(t, "observations"), "arrival"))
		var want metrics.MilestoneDay
		for _, o := range sorted(got.recorded) {
			want = want.Fold(o)
		}
		if diff := cmp.Diff(want, got.day); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(got.progress.Counts, got.day.Counts); diff != "" {
			t.Fatal("the day ends elsewhere than the milestone:", diff)
		}
	})
}

// often checks a property 2,000 times; one check of these takes microseconds.
func often(t *testing.T, property func(*rapid.T)) {
	t.Helper()
	for range 20 {
		rapid.Check(t, property)
	}
}

// observed is a report n minutes after noon; the key is its name.
func observed(name string, minute int, done int64) metrics.Observation {
	return metrics.Observation{
		Order:  metrics.Order{At: noon.Add(time.Duration(minute) * time.Minute), Key: name},
		Counts: &metrics.Counts{Done: done, Total: 100},
	}
}

func corrected(name string, minute int, done int64) metrics.Observation {
	o := observed(name, minute, done)
	o.Correction = true
	return o
}

func heartbeat(name string, minute int) metrics.Observation {
	return metrics.Observation{Order: metrics.Order{At: noon.Add(time.Duration(minute) * time.Minute), Key: name}, State: metrics.Running}
}

func TestApply(t *testing.T) {
	tests := map[string]struct {
		known  []metrics.Observation
		next   metrics.Observation
		effect metrics.Effect
		done   int64
		latest string
	}{
		"the first report":                {nil, observed("a", 0, 10), metrics.Applied, 10, "a"},
		"more":                            {[]metrics.Observation{observed("a", 0, 10)}, observed("b", 1, 12), metrics.Applied, 12, "b"},
		"the same count later":            {[]metrics.Observation{observed("a", 0, 10)}, observed("b", 1, 10), metrics.Applied, 10, "b"},
		"less":                            {[]metrics.Observation{observed("a", 0, 10)}, observed("b", 1, 9), metrics.Decrease, 10, "a"},
		"less, but observed earlier":      {[]metrics.Observation{observed("a", 1, 10)}, observed("b", 0, 9), metrics.Stale, 10, "a"},
		"more, though observed earlier":   {[]metrics.Observation{observed("a", 1, 10)}, observed("b", 0, 11), metrics.NeedsHistory, 11, "b"},
		"alive":                           {[]metrics.Observation{observed("a", 0, 10)}, heartbeat("b", 1), metrics.Applied, 10, "b"},
		"alive, late":                     {[]metrics.Observation{observed("a", 1, 10)}, heartbeat("b", 0), metrics.Stale, 10, "a"},
		"a report between count and life": {[]metrics.Observation{observed("a", 0, 10), heartbeat("b", 2)}, observed("c", 1, 11), metrics.Applied, 11, "b"},
		"a correction lowers":             {[]metrics.Observation{observed("a", 0, 10)}, corrected("b", 1, 4), metrics.NeedsHistory, 4, "b"},
		"what a correction revoked":       {[]metrics.Observation{observed("a", 0, 10), corrected("b", 2, 4)}, observed("c", 1, 11), metrics.Stale, 4, "b"},
		"growth after a correction":       {[]metrics.Observation{observed("a", 0, 10), corrected("b", 1, 4)}, observed("c", 2, 5), metrics.Applied, 5, "c"},
		"a correction revives what was passed over": {
			[]metrics.Observation{observed("c", 2, 6), observed("a", 0, 8)}, corrected("b", 1, 5), metrics.NeedsHistory, 6, "c",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := record(test.known)
			if effect := r.take(test.next); effect != test.effect {
				t.Errorf("effect %v, want %v", effect, test.effect)
			}
			if p := r.progress; p.Counts.Done != test.done || p.Latest.Key != test.latest {
				t.Errorf("%d done, latest %q; want %d, %q", p.Counts.Done, p.Latest.Key, test.done, test.latest)
			}
		})
	}
}

// The last correction is remembered with what it set, whatever was reported since.
func TestACorrectionIsRemembered(t *testing.T) {
	p := metrics.Fold([]metrics.Observation{observed("a", 1, 80), corrected("b", 2, 50), observed("c", 3, 55), corrected("d", 4, 20), observed("e", 5, 30)})
	if p.Base.Key != "d" || p.BaseCounts == nil || p.BaseCounts.Done != 20 || p.Counts.Done != 30 {
		t.Errorf("%+v, %+v", p, p.BaseCounts)
	}
	if none := metrics.Fold([]metrics.Observation{observed("a", 1, 80)}); none.BaseCounts != nil {
		t.Errorf("without a correction: %+v", none.BaseCounts)
	}
}
