package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
	tenggatsql "tenggat/sql"
	"tenggat/web"
)

// listed is how many programs the list is measured with; a page shows a hundred of them.
const listed = 300

// A page of a long list costs the same statements however many programs there are, and stays small on the wire.
func TestListOfManyPrograms(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	var slugs []string
	for i := range listed {
		slug := fmt.Sprintf("p%04d", i)
		id := storetest.Program(t, db, slug)
		if _, err := appendReport(t.Context(), db.Writer(), id, i); err != nil {
			t.Fatal(err)
		}
		slugs = append(slugs, slug)
	}
	session, err := signIn(t.Context(), db.Writer(), slugs...)
	if err == nil {
		err = analyze(t.Context(), dsns.Owner)
	}
	if err != nil {
		t.Fatal(err)
	}
	cold, warm, bytes, took, err := costOfList(t.Context(), dsns, session)
	if err != nil {
		t.Fatal(err)
	}
	explainList(t, dsns.Reader, session)
	t.Logf("%d programs: %d statements cold, %d warm, %d bytes gzipped, %s warm", listed, cold, warm, bytes, took)
	if cold > 12 || warm > 5 { // who asks; begin, key, list, outlines, commit; begin, key, trails, commit
		t.Errorf("%d statements cold, %d warm", cold, warm)
	}
	if bytes > 40<<10 {
		t.Errorf("%d bytes gzipped", bytes)
	}
}

// explainList has PostgreSQL explain the statements that grow with the programs: none may go through all entries or states, nor sort
// the reader's programs anew for each of them.
func explainList(t *testing.T, reader, session string) {
	t.Helper()
	err := inTransaction(t.Context(), reader, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(t.Context(), tenggatsql.Query("show_credential"), session); err != nil {
			return err
		}
		for _, s := range []statement{{"program_list", nil}, {"past_program_list", []string{"now()", "NULL"}}, {"past_program_list", []string{"NULL", "'2024-03-12'"}}} {
			plan, err := s.plan(t.Context(), tx)
			if err != nil {
				return err
			}
			for line := range strings.Lines(plan) {
				grows := strings.Contains(line, "Seq Scan on ledger_entries") || strings.Contains(line, "Seq Scan on milestone_states")
				if grows && !strings.Contains(line, "never executed") || strings.Contains(line, "= ANY (") {
					t.Errorf("%s of %d programs grows:\n%s", s.name, listed, plan)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func appendReport(ctx context.Context, w *postgres.Writer, id string, i int) (any, error) {
	unit := ledger.Unit{Drafts: []ledger.Draft{storetest.Report("P1", "a", 10, int64(i%100), 100)}}
	return w.Append(ctx, id, unit)
}

// costOfList counts the statements of the first and the second request, and the bytes and the time of the latter.
func costOfList(ctx context.Context, dsns pgtest.DSNs, session string) (cold, warm, bytes int, took time.Duration, err error) {
	tap, err := openTap(dsns.Reader)
	if err != nil {
		return 0, 0, 0, 0, err
	}
	defer func() { err = errors.Join(err, tap.close()) }()
	store, err := postgres.Open(ctx, postgres.Config{AppDSN: dsns.App, ReaderDSN: tap.through(dsns.Reader), Logger: slog.New(slog.DiscardHandler), MaxConns: 1})
	if err != nil {
		return 0, 0, 0, 0, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	server, err := web.New(web.Config{Reader: store.Reader(), Writer: store.Writer(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return 0, 0, 0, 0, err
	}
	var counts [3]int
	for i := range counts {
		before, begun := tap.statements.Load(), time.Now()
		request := httptest.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
		request.Header.Set("Cookie", strings.TrimPrefix(cookie(session), "Cookie: "))
		request.Header.Set("Accept-Encoding", "gzip")
		recorder := httptest.NewRecorder()
		server.ServeHTTP(recorder, request)
		if recorder.Code != http.StatusOK {
			return 0, 0, 0, 0, fmt.Errorf("the list answered %d", recorder.Code)
		}
		counts[i], bytes, took = int(tap.statements.Load()-before), recorder.Body.Len(), time.Since(begun)
	}
	return counts[0], counts[2], bytes, took, nil
}
