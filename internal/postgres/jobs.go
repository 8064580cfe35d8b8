package postgres

import (
	"context"
	"time"

	"github.com/lib/pq"

	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// JobSource is what a job's entries name as their source.
func JobSource(job string) string { return "job:" + job }

// JobHeard is when a job was heard.
type JobHeard struct {
	Days   []metrics.Day // of those asked for, in order
	LastAt time.Time     // by when it was observed, on whatever day; zero: never
}

// JobsHeard tells for each job on which days from first to last it was heard, as known at asOf (zero: now).
func (r *Reader) JobsHeard(ctx context.Context, credential, programID string, jobs []string, asOf time.Time, first, last metrics.Day) (map[string]JobHeard, error) {
	sources := make([]string, len(jobs))
	for i, job := range jobs {
		sources[i] = JobSource(job)
	}
	var rows []struct {
		Source string        `db:"source"`
		LastAt *time.Time    `db:"last_heard_at"`
		Days   pq.Int64Array `db:"days"`
	}
	err := r.pool.read(ctx, credential, func(t tx) error {
		return t.all(ctx, &rows, "job_days", programID, array(sources), moment(asOf), first.String(), last.String())
	})
	if err != nil {
		return nil, err
	}
	heard := map[string]JobHeard{}
	for _, row := range rows {
		h := JobHeard{}
		if row.LastAt != nil {
			h.LastAt = row.LastAt.UTC()
		}
		for _, day := range row.Days {
			h.Days = append(h.Days, metrics.Day(day))
		}
		heard[row.Source[len(JobSource("")):]] = h
	}
	return heard, nil
}

// JobObservations reads the newest reports and corrections that a job sent, as known at asOf (zero: now), newest first.
func (r *Reader) JobObservations(ctx context.Context, credential, programID, job string, asOf time.Time, limit int) (list []metrics.JobObservation, err error) {
	var rows []struct {
		Canonical []byte `db:"canonical"`
	}
	err = r.pool.read(ctx, credential, func(t tx) error {
		return t.all(ctx, &rows, "job_observations", programID, JobSource(job), moment(asOf), limit)
	})
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		e, err := ledger.Decode(row.Canonical)
		if err != nil {
			return nil, err
		}
		o, milestone, err := fold.Observation(e)
		if err != nil {
			return nil, err
		}
		list = append(list, metrics.JobObservation{Milestone: milestone, Observation: o})
	}
	return list, nil
}
