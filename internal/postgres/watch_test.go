package postgres_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

// process opens the test's database a second time, as another server process does.
func process(t *testing.T, dsns pgtest.DSNs) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), postgres.Config{AppDSN: dsns.App, ReaderDSN: dsns.Reader, Logger: slog.New(slog.DiscardHandler), MaxConns: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// watch gives what a process hears, until the test ends.
func watch(t *testing.T, db *postgres.DB) <-chan postgres.News {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	heard, ended := make(chan postgres.News, 1000), make(chan struct{})
	go func() {
		defer close(ended)
		db.Writer().Watch(ctx, func(n postgres.News) { heard <- n })
	}()
	t.Cleanup(func() { stop(); <-ended })
	return heard
}

// await reads on until something is told that is wanted.
func await(t *testing.T, heard <-chan postgres.News, what string, wanted func(postgres.News) bool) {
	t.Helper()
	for patience := time.After(20 * time.Second); ; {
		select {
		case n := <-heard:
			if wanted(n) {
				return
			}
		case <-patience:
			t.Fatalf("not told: %s", what)
		}
	}
}

func hearing(n postgres.News) bool { return n.Program == "" && n.Hearing }

func TestAppendsAreHeardOfInOtherProcesses(t *testing.T) {
	here, dsns := storetest.OpenWithDSNs(t)
	there := process(t, dsns)
	one, two := storetest.Program(t, here, "one"), storetest.Program(t, here, "two")
	heard := watch(t, there)
	await(t, heard, "that it hears", hearing)
	for i, program := range []string{one, two, one} {
		r := mustAppend(t, here, program, storetest.Report("P1", string(rune('a'+i)), i, int64(i), 100))
		await(t, heard, "an append to "+program, func(n postgres.News) bool { return n.Program == program && n.Entry >= r.Entry })
	}
	imported := storetest.Report("P1", "imported", 9, 10, 100)
	now := time.Now()
	if _, err := here.Writer().AppendImported(t.Context(), one, now, []ledger.Unit{{Drafts: []ledger.Draft{imported}}}); err != nil {
		t.Fatal(err)
	}
	await(t, heard, "an import", func(n postgres.News) bool { return n.Program == one })
}

// A command appends and ends at once; what it did is told before it is gone.
func TestClosingTellsFirst(t *testing.T) {
	here, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, here, "one")
	heard := watch(t, here)
	await(t, heard, "that it hears", hearing)
	command := process(t, dsns)
	r := mustAppend(t, command, program, storetest.Report("P1", "a", 1, 10, 100))
	if err := command.Close(); err != nil {
		t.Fatal(err)
	}
	await(t, heard, "the command's append", func(n postgres.News) bool { return n.Program == program && n.Entry == r.Entry })
}

func TestALostListenerSaysSoAndComesBack(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	program := storetest.Program(t, db, "one")
	heard := watch(t, db)
	await(t, heard, "that it hears", hearing)
	owner := connect(t, dsns.Owner)
	var cut int
	if err := owner.Get(&cut, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`); err != nil || cut != 1 {
		t.Fatalf("%d listeners cut, %v", cut, err)
	}
	await(t, heard, "that it does not hear", func(n postgres.News) bool { return n.Program == "" && !n.Hearing })
	await(t, heard, "that it hears again", hearing)
	mustAppend(t, db, program, storetest.Report("P1", "a", 1, 10, 100))
	await(t, heard, "an append after that", func(n postgres.News) bool { return n.Program == program })
}

// A transaction pooler accepts LISTEN and delivers nothing. That is found out, not believed.
func TestAnEarThatHearsNothingIsNotTrusted(t *testing.T) {
	db := storetest.Open(t)
	_, elsewhere := storetest.OpenWithDSNs(t)
	db.Writer().ListenOn(elsewhere.App)
	heard := watch(t, db)
	await(t, heard, "that it does not hear", func(n postgres.News) bool {
		if n.Hearing {
			t.Fatal("it trusts an ear that hears nothing")
		}
		return n.Program == ""
	})
}

// Many open pages are looked at together, and each is told only while its credential opens its program.
func TestStreamsFollowTheirCredentials(t *testing.T) {
	db := storetest.Open(t)
	mine, theirs := storetest.Program(t, db, "mine"), storetest.Program(t, db, "theirs")
	both := storetest.Account(t, db, access.Executive, "mine", "theirs")
	one := storetest.Account(t, db, access.Regulator, "mine")
	none := storetest.Account(t, db, access.Engineer)
	token := storetest.Token(t, db, "mine", []string{"read"})
	entry := func(program string) int64 { return state(t, db, program, time.Time{}).Entry }
	stream := func(credential, program string) postgres.Stream {
		return postgres.Stream{Hash: access.HashToken(credential), ProgramID: program}
	}
	streams := []postgres.Stream{
		stream(one, mine), stream(one, theirs), stream(both, ""), stream(one, ""), stream(none, ""), stream(token, mine), stream(token, theirs), stream("guessed", mine),
	}
	look := func() []*postgres.Streamed {
		t.Helper()
		answers, err := db.Reader().Streams(t.Context(), streams)
		if err != nil || len(answers) != len(streams) {
			t.Fatal(answers, err)
		}
		return answers
	}
	check := func(got []*postgres.Streamed, want ...*postgres.Streamed) {
		t.Helper()
		for i, w := range want {
			if g := got[i]; (g == nil) != (w == nil) || g != nil && *g != *w {
				t.Errorf("stream %d: %v, want %v", i, g, w)
			}
		}
	}
	m, o := entry(mine), entry(theirs)
	regulator := &postgres.Streamed{Role: access.Regulator, Version: m}
	check(look(), regulator, nil, &postgres.Streamed{Role: access.Executive, Version: m + o}, regulator,
		&postgres.Streamed{Role: access.Engineer}, &postgres.Streamed{Role: access.Job, Version: m}, nil, nil)

	mustAppend(t, db, theirs, storetest.Report("P1", "a", 1, 10, 100))
	check(look(), regulator, nil, &postgres.Streamed{Role: access.Executive, Version: m + o + 1}, regulator)

	if err := db.Writer().EndSession(t.Context(), access.HashToken(one)); err != nil {
		t.Fatal(err)
	}
	check(look(), nil, nil, &postgres.Streamed{Role: access.Executive, Version: m + o + 1}, nil)

	accounts, err := db.Writer().Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		if a.Role == access.Executive {
			if err := db.Writer().SetMemberships(t.Context(), a.Email, []string{"mine"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	check(look(), nil, nil, &postgres.Streamed{Role: access.Executive, Version: m}, nil)
}
