package view

import (
	"strconv"
	"time"

	"tenggat/internal/metrics"
)

// specimen is an invented program in a state that a chart must be able to show.
type specimen struct {
	Key  string // for ids
	Says string // what to look for, in English: the style guide is for developers

	p       metrics.Program
	h       metrics.History
	on      metrics.Day // it is looked at at the end of
	entries int
}

// The frame of all specimens: a program of sixty days in the zone of Jakarta.
var (
	specimenZone  = time.FixedZone("WIB", 7*60*60)
	specimenStart = metrics.NewDay(2024, time.January, 15)
)

// newSpecimen has four milestones in two areas, a plan, and a deadline on day 70.
func newSpecimen(key, says string, on int) *specimen {
	s := &specimen{Key: key, Says: says, on: specimenStart + metrics.Day(on)}
	s.p = metrics.Program{
		Key: "specimen", Name: metrics.Text{ID: "Program contoh", EN: "Specimen"}, Zone: specimenZone, Start: specimenStart, Rules: metrics.DefaultRules(), Entry: 1,
		RecordedAt: s.on.Start(specimenZone), Areas: []metrics.Area{{Key: "A", Name: metrics.Text{ID: "Pembayaran", EN: "Payments"}}, {Key: "B", Name: metrics.Text{ID: "Data pengguna", EN: "User data"}}},
	}
	for i, name := range []metrics.Text{
		{ID: "Saldo dompet dipindahkan", EN: "Wallet balances moved"}, {ID: "Penyelesaian transaksi", EN: "Settlement"},
		{ID: "Data pelanggan dengan nama yang panjang sekali sehingga harus dilipat", EN: "Customer records with a name so long that it has to wrap"}, {ID: "Bukti pemisahan", EN: "Proof of separation"},
	} {
		s.milestone("M"+strconv.Itoa(i+1), "AABB"[i:i+1], name, 2500, i*10, i*10+30)
	}
	s.deadline("D1", 70, true)
	s.weigh(0)
	return s
}

func (s *specimen) milestone(key, area string, name metrics.Text, weight metrics.BasisPoints, from, to int) {
	s.p.Milestones = append(s.p.Milestones, metrics.Milestone{
		Key: key, Area: area, Name: name, Unit: "records", Weight: weight, Start: specimenStart + metrics.Day(from), Due: specimenStart + metrics.Day(to), Cadence: 7 * 24 * time.Hour,
	})
}

func (s *specimen) deadline(key string, day int, binding bool) {
	s.p.Deadlines = append(s.p.Deadlines, metrics.Deadline{
		Key: key, Version: int64(len(s.p.Deadlines) + 1), Kind: metrics.Regulatory, Date: specimenStart + metrics.Day(day), AnnouncedOn: specimenStart, Binding: binding,
	})
}

// weigh puts the milestones' weights into the history from a day on.
func (s *specimen) weigh(from int) {
	weights := map[string]metrics.BasisPoints{}
	for _, m := range s.p.Milestones {
		weights[m.Key] = m.Weight
	}
	s.h.Weights = append(s.h.Weights, metrics.WeightsFrom{Version: int64(len(s.h.Weights) + 1), From: specimenStart + metrics.Day(from), Weights: weights})
}

// report says on a day how much of a thousand, or of another total, is done.
func (s *specimen) report(day int, key string, done int64, total ...int64) *specimen {
	counts := &metrics.Counts{Done: done, Total: 1000}
	if len(total) > 0 {
		counts.Total = total[0]
	}
	return s.observe(day, key, metrics.Observation{Counts: counts})
}

// correct takes back what was reported.
func (s *specimen) correct(day int, key string, done int64) *specimen {
	return s.observe(day, key, metrics.Observation{Counts: &metrics.Counts{Done: done, Total: 1000}, Correction: true})
}

func (s *specimen) observe(day int, key string, o metrics.Observation) *specimen {
	s.entries++
	on := specimenStart + metrics.Day(day)
	o.Order = metrics.Order{At: on.Start(specimenZone).Add(9*time.Hour + time.Duration(s.entries)*time.Second), Key: strconv.Itoa(s.entries)}
	for i := range s.p.Milestones {
		if m := &s.p.Milestones[i]; m.Key == key {
			m.Progress, _ = m.Progress.Apply(o)
		}
	}
	s.h.Days = append(s.h.Days, metrics.MilestoneDay{Milestone: key, Day: on}.Fold(o))
	return s
}

// steady reports each milestone every five days along its plan, up to a day, with so many percent of what is planned.
func (s *specimen) steady(until int, percent int64) *specimen {
	for day := 0; day <= until; day += 5 {
		for i := range s.p.Milestones {
			m := &s.p.Milestones[i]
			at, length := int64(specimenStart+metrics.Day(day)-m.Start), int64(m.Due-m.Start)
			if at >= 0 {
				s.report(day, m.Key, min(1000, 1000*at*percent/length/100))
			}
		}
	}
	return s
}

// finish reports all milestones as done on a day.
func (s *specimen) finish(day int) *specimen {
	for _, m := range s.p.Milestones {
		s.report(day, m.Key, 1000)
	}
	return s
}

func (s *specimen) assess() (metrics.Assessment, metrics.ProgramForecast) {
	a := metrics.Assess(s.p, s.h, s.on.End(s.p.Zone).Add(-time.Microsecond))
	return a, metrics.ForecastProgram(s.p, s.h, a, 0)
}
