package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/lib/pq"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
	tenggatsql "tenggat/sql"
	"tenggat/web"
)

// pageCost is what one cold overview asks of the database, in figures that are the same on every machine.
type pageCost struct {
	statements int // BEGIN and COMMIT included
	buffers    int // pages of PostgreSQL's buffers that its statements touch
}

// overviewStatements are the statements of an overview page, with their parameters as literals: who asks, the row-level
// security's key, the program as it is now.
func overviewStatements(session, programID, slug string) []statement {
	hash := fmt.Sprintf(`'\x%x'`, access.HashToken(session))
	return []statement{
		{"open_session", []string{hash, pq.QuoteLiteral(slug)}},
		{"show_credential", []string{pq.QuoteLiteral(session)}},
		{"program_state", []string{pq.QuoteLiteral(programID), "NULL", "true"}},
		{"show_credential", []string{pq.QuoteLiteral(session)}},
		{"program_state", []string{pq.QuoteLiteral(programID), "now() - interval '7 days'", "false"}}, // what it was a week ago
	}
}

type statement struct {
	name      string
	arguments []string
}

// aroundStatements are BEGIN and COMMIT of the two reads.
const aroundStatements = 4

// costOfOverview renders the program's overview once in this process and counts, then has PostgreSQL explain the statements.
// It is an error if the page runs other statements than those explained.
func costOfOverview(ctx context.Context, app, reader, session string, p program) (pageCost, error) {
	run, err := statementsOfOverview(ctx, app, reader, session, p)
	if err != nil {
		return pageCost{}, err
	}
	known := overviewStatements(session, p.id, p.slug)
	if run != len(known)+aroundStatements {
		return pageCost{}, fmt.Errorf("the overview ran %d statements, not the %d that are known: bring overviewStatements up to date", run, len(known)+aroundStatements)
	}
	cost := pageCost{statements: run}
	err = inTransaction(ctx, reader, func(tx *sql.Tx) error {
		for _, s := range known {
			touched, err := s.buffers(ctx, tx)
			if err != nil {
				return fmt.Errorf("explaining %s: %w", s.name, err)
			}
			cost.buffers += touched
		}
		return nil
	})
	return cost, err
}

// statementsOfOverview counts the statements of the page when the server is used to it: statements are prepared by then.
func statementsOfOverview(ctx context.Context, app, reader, session string, p program) (count int, err error) {
	t, err := openTap(reader)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	store, err := postgres.Open(ctx, postgres.Config{AppDSN: app, ReaderDSN: t.through(reader), Logger: slog.New(slog.DiscardHandler), MaxConns: 4})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	for range 2 { // a server each, so that the second render is as cold as the first
		server, err := web.New(web.Config{Reader: store.Reader(), Writer: store.Writer(), Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			return 0, err
		}
		before := t.statements.Load()
		request := httptest.NewRequestWithContext(ctx, http.MethodGet, p.overview(), nil)
		request.Header.Set("Cookie", strings.TrimPrefix(cookie(session), "Cookie: "))
		recorder := httptest.NewRecorder()
		server.ServeHTTP(recorder, request)
		if recorder.Code != http.StatusOK {
			return 0, fmt.Errorf("overview answered %d: %.300s", recorder.Code, recorder.Body)
		}
		count = int(t.statements.Load() - before)
	}
	return count, nil
}

// generic is after how many runs PostgreSQL may have settled on one plan for all parameters.
const generic = 6

// buffers runs the statement prepared, as the server does, until its plan has settled, and counts the pages it touches.
func (s statement) buffers(ctx context.Context, tx *sql.Tx) (touched int, err error) {
	if _, err := tx.ExecContext(ctx, "PREPARE "+s.name+" AS "+tenggatsql.Query(s.name)); err != nil {
		return 0, err
	}
	defer func() { // the same statement may be explained again with other parameters
		_, dropErr := tx.ExecContext(ctx, "DEALLOCATE "+s.name)
		err = errors.Join(err, dropErr)
	}()
	explain := "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE " + s.name + "(" + strings.Join(s.arguments, ", ") + ")"
	for range generic {
		var text []byte
		if err := tx.QueryRowContext(ctx, explain).Scan(&text); err != nil {
			return 0, err
		}
		if touched, err = touchedBy(text); err != nil {
			return 0, err
		}
	}
	return touched, nil
}

// plan is how PostgreSQL runs the statement once its plan has settled, as text.
func (s statement) plan(ctx context.Context, tx *sql.Tx) (plan string, err error) {
	if _, err := tx.ExecContext(ctx, "PREPARE "+s.name+" AS "+tenggatsql.Query(s.name)); err != nil {
		return "", err
	}
	defer func() {
		_, dropErr := tx.ExecContext(ctx, "DEALLOCATE "+s.name)
		err = errors.Join(err, dropErr)
	}()
	execute := s.name
	if len(s.arguments) > 0 {
		execute += "(" + strings.Join(s.arguments, ", ") + ")"
	}
	for range generic {
		lines, err := explained(ctx, tx, execute)
		if err != nil {
			return "", err
		}
		plan = strings.Join(lines, "\n")
	}
	return plan, nil
}

func explained(ctx context.Context, tx *sql.Tx, execute string) (lines []string, err error) {
	rows, err := tx.QueryContext(ctx, "EXPLAIN (ANALYZE, BUFFERS) EXECUTE "+execute)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, rows.Err()
}

// touchedBy reads the pages that a plan touched, in memory or not.
func touchedBy(explained []byte) (int, error) {
	var plans []struct {
		Plan struct {
			Hit  int `json:"Shared Hit Blocks"`
			Read int `json:"Shared Read Blocks"`
		}
	}
	if err := json.Unmarshal(explained, &plans); err != nil {
		return 0, err
	}
	if len(plans) != 1 {
		return 0, fmt.Errorf("%d plans", len(plans))
	}
	return plans[0].Plan.Hit + plans[0].Plan.Read, nil
}
