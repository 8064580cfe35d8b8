package metrics

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFreshnessTellsMovingFromAliveFromSilent(t *testing.T) {
	job := Job{Key: "load", Milestones: []string{"A", "B"}}
	h := History{Days: []MilestoneDay{
		{Milestone: "A", Day: 90, Counts: &Counts{Done: 1, Total: 10}},
		{Milestone: "A", Day: 95, Counts: &Counts{Done: 1, Total: 10}},
		{Milestone: "C", Day: 96, Counts: &Counts{Done: 5, Total: 10}}, // not this job's
		{Milestone: "B", Day: 97, Counts: &Counts{Done: 0, Total: 10}}, // the first count is news
		{Milestone: "A", Day: 98, Counts: &Counts{Done: 1, Total: 12}}, // so is another total
		{Milestone: "A", Day: 99},
	}}
	a := AssessJob(job, []Day{90, 95, 96, 97, 98, 99}, time.Unix(1, 0), h, 100)
	if len(a.Days) != FreshnessDays || a.Days[0].Day != 100-FreshnessDays+1 || a.Days[FreshnessDays-1].Day != 100 {
		t.Fatalf("days from %v to %v", a.Days[0], a.Days[len(a.Days)-1])
	}
	want := map[Day]DaySign{90: Moved, 94: Silent, 95: Alive, 96: Alive, 97: Moved, 98: Moved, 99: Alive, 100: Silent}
	for _, d := range a.Days {
		if sign, said := want[d.Day]; said && d.Sign != sign {
			t.Errorf("day %d shows %d, want %d", d.Day, d.Sign, sign)
		}
	}
	if a.LastMoved == nil || *a.LastMoved != 98 {
		t.Errorf("last moved on %v", a.LastMoved)
	}
	if a.Count(Moved)+a.Count(Alive)+a.Count(Silent) != FreshnessDays || a.Count(Moved) != 3 || a.Count(Alive) != 3 {
		t.Errorf("%d moved, %d alive", a.Count(Moved), a.Count(Alive))
	}
}

func TestAJobThatWasNeverHeard(t *testing.T) {
	a := AssessJob(Job{Key: "load"}, nil, time.Time{}, History{}, 100)
	if a.LastMoved != nil || a.Count(Silent) != FreshnessDays {
		t.Errorf("%+v", a)
	}
}

func jobReport(run string, minute int, state RunState, done int64) JobObservation {
	o := JobObservation{Milestone: "A", Observation: Observation{Order: Order{At: time.Unix(int64(minute)*60, 0), Key: fmt.Sprint(run, minute)}, State: state, Run: run}}
	if done >= 0 {
		o.Counts = &Counts{Done: done, Total: 100}
	}
	return o
}

func TestRunsAreGatheredWhateverTheOrder(t *testing.T) {
	reports := []JobObservation{
		jobReport("two", 20, Running, 30), jobReport("one", 2, Failed, -1), jobReport("two", 25, Running, -1), jobReport("one", 1, Running, 10),
		jobReport("", 11, Running, 20), jobReport("", 10, Running, 15),
	}
	var got []string
	for _, r := range JobRuns(reports) {
		got = append(got, fmt.Sprintf("%s %s %d %d-%d %d", r.ID, r.State, r.Reports, r.From.Unix()/60, r.To.Unix()/60, r.Counts.Done))
	}
	want := []string{"two running 2 20-25 30", " running 1 11-11 20", " running 1 10-10 15", "one failed 2 1-2 10"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
