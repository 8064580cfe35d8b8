package main

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/lib/pq"

	"tenggat/internal/pgserver"
)

//go:embed ceiling.sql
var ceilingTables string

//go:embed ceiling_one.sql
var ceilingOne string

//go:embed ceiling_many.sql
var ceilingMany string

// ceiling is the baseline of the writing goals: straight to the same PostgreSQL, one statement a report or a batch, without
// HTTP, ledger, hashes or history. It keeps its tables in a database of its own.
type ceiling struct {
	db    *sql.DB
	conns []*sql.Conn
	one   []*sql.Stmt // by worker, each on its own connection
	many  []*sql.Stmt
	sent  []int64
}

const ceilingDatabase = "ceiling"

func newCeiling(ctx context.Context, s *site, workers int) (*ceiling, error) {
	dsn := pgserver.DatabaseDSN(s.socket, pgserver.RoleOwner, ceilingDatabase)
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	c := &ceiling{db: db, sent: make([]int64, workers)}
	if err := errors.Join(c.create(ctx, s, dsn), c.prepare(ctx, workers)); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

// create makes the database and its tables anew.
func (c *ceiling) create(ctx context.Context, s *site, dsn string) error {
	admin, err := sql.Open("postgres", s.dsn(pgserver.RoleOwner))
	if err != nil {
		return err
	}
	defer admin.Close()
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + ceilingDatabase, "CREATE DATABASE " + ceilingDatabase} {
		if _, err := admin.ExecContext(ctx, statement); err != nil { //nolint:forbidigo // PostgreSQL makes no database inside a transaction
			return err
		}
	}
	return inTransaction(ctx, dsn, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, ceilingTables)
		return err
	})
}

// prepare gives each worker a connection with its statements on it.
func (c *ceiling) prepare(ctx context.Context, workers int) error {
	for range workers {
		conn, err := c.db.Conn(ctx)
		if err != nil {
			return err
		}
		c.conns = append(c.conns, conn)
		one, err1 := conn.PrepareContext(ctx, ceilingOne)   //nolint:forbidigo,sqlclosecheck // the baseline is one statement without a transaction around it; it ends with its connection
		many, err2 := conn.PrepareContext(ctx, ceilingMany) //nolint:forbidigo,sqlclosecheck // the same
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		c.one, c.many = append(c.one, one), append(c.many, many)
	}
	return nil
}

func (c *ceiling) close() error {
	for _, conn := range c.conns {
		conn.Close()
	}
	return c.db.Close()
}

// writeOne has every worker write single reports, each of a milestone of its own.
func (c *ceiling) writeOne(ctx context.Context, limit time.Duration) (sample, error) {
	return repeat(ctx, len(c.one), limit, func(worker int) error {
		c.sent[worker]++
		n := c.sent[worker]
		_, err := c.one[worker].ExecContext(ctx, "job:loader", eventID(worker, n), milestoneKey(worker), time.Now(), n, total)
		return err
	})
}

// writeMany has every worker write batches, each over four milestones of its own.
func (c *ceiling) writeMany(ctx context.Context, limit time.Duration, size int) (sample, error) {
	return repeat(ctx, len(c.many), limit, func(worker int) error {
		sources, ids, milestones, observed := make([]string, size), make([]string, size), make([]string, size), make([]string, size)
		done, totals := make([]int64, size), make([]int64, size)
		at := time.Now().UTC().Format(time.RFC3339Nano)
		for i := range size {
			c.sent[worker]++
			n := c.sent[worker]
			sources[i], ids[i], milestones[i] = "job:loader", eventID(worker, n), milestoneKey(worker*4+int(n)%4)
			observed[i], done[i], totals[i] = at, n, total
		}
		_, err := c.many[worker].ExecContext(ctx, pq.Array(sources), pq.Array(ids), pq.Array(milestones), pq.Array(observed), pq.Array(done), pq.Array(totals))
		return err
	})
}

func eventID(worker int, n int64) string {
	return "ceiling-" + strconv.Itoa(worker) + "-" + strconv.FormatInt(n, 10)
}

func milestoneKey(i int) string { return fmt.Sprintf("m%02d", i) }
