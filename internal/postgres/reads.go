package postgres

import (
	"context"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/metrics"
)

// ReadKey is what is added up: one reader's reads of one thing within an hour.
type ReadKey struct {
	ProgramID string
	Refused   bool   // not a read but a write that was refused
	Reader    string // a pseudonym, or "job:<key>"
	Role      access.Role
	Path      string    // of the page, file or answer, without its query
	AsOf      time.Time // UTC; zero: the present
	Hour      time.Time // its beginning, UTC
}

// ReadCount is how often, and between when.
type ReadCount struct {
	FirstAt, LastAt time.Time
	Times           int64
}

// Add counts more of the same.
func (c ReadCount) Add(more ReadCount) ReadCount {
	if c.Times == 0 {
		return more
	}
	if more.FirstAt.Before(c.FirstAt) {
		c.FirstAt = more.FirstAt
	}
	if more.LastAt.After(c.LastAt) {
		c.LastAt = more.LastAt
	}
	c.Times += more.Times
	return c
}

// Read is a line of what outside accounts read.
type Read struct {
	ID int64
	ReadKey
	ReadCount
}

// RecordReads adds reads to those of their hours, all or nothing. Whoever tries again after ErrUnavailable may count some of them
// twice, and loses none.
func (w *Writer) RecordReads(ctx context.Context, reads map[ReadKey]ReadCount) error {
	var (
		programs, readers, roles, paths []string
		refused                         []bool
		asOf, hours, first, last        []time.Time
		times                           []int64
	)
	for k, c := range reads {
		programs, refused, readers, roles, paths = append(programs, k.ProgramID), append(refused, k.Refused), append(readers, k.Reader), append(roles, string(k.Role)), append(paths, k.Path)
		asOf, hours, first, last, times = append(asOf, k.AsOf), append(hours, k.Hour), append(first, c.FirstAt), append(last, c.LastAt), append(times, c.Times)
	}
	return w.pool.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, "record_reads", array(programs), array(refused), array(readers), array(roles), array(paths),
			timeArray(asOf), timeArray(hours), timeArray(first), timeArray(last), array(times))
		return err
	})
}

// PurgeReads deletes what was read before a day began in its program's zone, and tells how many lines that were.
func (w *Writer) PurgeReads(ctx context.Context, before metrics.Day) (deleted int64, err error) {
	err = w.pool.write(ctx, func(t tx) error {
		deleted, err = t.exec(ctx, "purge_reads", before.String())
		return err
	})
	return deleted, err
}

// Reads is a page of what outside accounts read of a program, those begun last first: begun by asOf (zero: now), with ids below before
// (0: from the newest).
func (r *Reader) Reads(ctx context.Context, credential, programID string, asOf time.Time, before int64, limit int) (list []Read, err error) {
	var rows []struct {
		ID      int64       `db:"id"`
		Refused bool        `db:"refused"`
		Reader  string      `db:"reader"`
		Role    access.Role `db:"role"`
		Path    string      `db:"path"`
		AsOf    *time.Time  `db:"as_of"`
		FirstAt time.Time   `db:"first_at"`
		LastAt  time.Time   `db:"last_at"`
		Times   int64       `db:"times"`
	}
	err = r.pool.read(ctx, credential, func(t tx) error {
		return t.all(ctx, &rows, "reads", programID, moment(asOf), before, limit)
	})
	for _, row := range rows {
		read := Read{
			row.ID, ReadKey{programID, row.Refused, row.Reader, row.Role, row.Path, time.Time{}, row.FirstAt.UTC().Truncate(time.Hour)},
			ReadCount{row.FirstAt.UTC(), row.LastAt.UTC(), row.Times},
		}
		if row.AsOf != nil {
			read.AsOf = row.AsOf.UTC()
		}
		list = append(list, read)
	}
	return list, err
}
