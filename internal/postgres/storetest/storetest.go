// Package storetest gives tests a real store with a small program and the named cast in it.
package storetest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/pgserver/pgtest"
	"tenggat/internal/postgres"
)

// Open gives the test a database of its own with the schema in place.
func Open(t testing.TB) *postgres.DB {
	t.Helper()
	db, _ := OpenWithDSNs(t)
	return db
}

// OpenWithDSNs is Open, and the logins it uses.
func OpenWithDSNs(t testing.TB) (*postgres.DB, pgtest.DSNs) {
	t.Helper()
	dsns := pgtest.Database(t, func(ownerDSN string) error {
		_, err := postgres.SchemaUp(context.Background(), ownerDSN)
		return err
	})
	db, err := postgres.Open(t.Context(), postgres.Config{AppDSN: dsns.App, ReaderDSN: dsns.Reader, Logger: slog.New(slog.DiscardHandler), MaxConns: 20})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, dsns
}

// Start is day 0 of the programs made here, 09:00 in Jakarta.
var Start = time.Date(2024, 1, 8, 2, 0, 0, 0, time.UTC)

// Zone is the time zone of the programs made here.
var Zone, _ = time.LoadLocation("Asia/Jakarta") // the tests' machine has it

// AnyCorrection is the rule that lets one person withdraw everything, so that tests of corrections need no second one.
const AnyCorrection = int64(10_000)

// Program makes a program with areas P, U and M, milestones P1 (60 points, records), U1 (25, records) and M1 (15, merchants),
// a weight set and a binding deadline on 2024-04-12. It returns the program's id.
func Program(t testing.TB, db *postgres.DB, slug string) string {
	t.Helper()
	id, err := db.Writer().CreateProgram(t.Context(), slug, "Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	both := func(name string) ledger.Text { return ledger.Text{ID: name + " (id)", EN: name} }
	drafts := []ledger.Draft{
		Fact(ledger.KindProgram, ledger.Program{Name: both("Program " + slug), Timezone: "Asia/Jakarta", Start: "2024-01-08", LegalBasis: "Permendag 31/2023", LeadRegulator: "Kemendag", Rules: ledger.Rules{SecondPerson: new(AnyCorrection)}}),
	}
	for i, key := range []string{"P", "U", "M"} {
		drafts = append(drafts, Fact(ledger.KindArea, ledger.Area{Key: key, Name: both("Area " + key), Position: i}))
	}
	for i, m := range []struct{ key, area, unit string }{{"P1", "P", "records"}, {"U1", "U", "records"}, {"M1", "M", "merchants"}} {
		drafts = append(drafts, Fact(ledger.KindMilestone, ledger.Milestone{
			Key: m.key, Area: m.area, Name: both("Milestone " + m.key), Definition: both("All moved"), Unit: m.unit, Layer: "back_end",
			PlannedStart: "2024-01-08", PlannedDue: "2024-03-29", CadenceSeconds: 86400, GraceSeconds: 3600, Position: i,
		}))
	}
	drafts = append(drafts,
		Fact(ledger.KindWeights, ledger.Weights{Version: 1, BasisPoints: map[string]int64{"P1": 6000, "U1": 2500, "M1": 1500}}),
		Fact(ledger.KindDeadline, ledger.Deadline{Key: "D1", Version: 1, Kind: "regulatory", Date: "2024-04-12", Stated: both("four months"), AnnouncedOn: "2024-01-08", AnnouncedBy: "Kemendag", Binding: true}),
	)
	if _, err := db.Writer().Append(t.Context(), id, ledger.Unit{Drafts: drafts}); err != nil {
		t.Fatal(err)
	}
	return id
}

// SecondPerson sets the program's rule: what withdraws more basis points of the whole than limit needs a second person.
func SecondPerson(t testing.TB, db *postgres.DB, id, slug string, limit int64) {
	t.Helper()
	body := ledger.Program{
		Name: ledger.Text{ID: "Program " + slug + " (id)", EN: "Program " + slug}, Timezone: "Asia/Jakarta", Start: "2024-01-08", LegalBasis: "Permendag 31/2023",
		LeadRegulator: "Kemendag", Rules: ledger.Rules{SecondPerson: &limit},
	}
	if _, err := db.Writer().Append(t.Context(), id, ledger.Unit{Drafts: []ledger.Draft{Fact(ledger.KindProgram, body)}}); err != nil {
		t.Fatal(err)
	}
}

// By is a draft said by somebody else, now, with free texts in pairs of field and content.
func By(actor string, d ledger.Draft, texts ...string) ledger.Draft {
	d.Source, d.Actor, d.EventID, d.ObservedAt = actor, actor, uuid.NewString(), time.Now()
	if len(texts) > 0 {
		d.Texts = map[string]string{}
		for i := 0; i < len(texts); i += 2 {
			d.Texts[texts[i]] = texts[i+1]
		}
	}
	return d
}

// Fact is a draft of anything but a report, under an event id of its own.
func Fact(kind ledger.Kind, body any) ledger.Draft {
	return ledger.Draft{Kind: kind, Source: "compliance", EventID: uuid.NewString(), Actor: "p-compliance", ObservedAt: Start, Body: body}
}

// Report is a job's report of done of total at some minutes after Start.
func Report(milestone, eventID string, minute int, done, total int64) ledger.Draft {
	return ledger.Draft{
		Kind: ledger.KindReport, Source: "job:loader", EventID: eventID, Actor: "job:loader", ObservedAt: Start.Add(time.Duration(minute) * time.Minute),
		Body: ledger.Report{Milestone: milestone, Done: &done, Total: &total},
	}
}

// Correction is a report that may lower the count, with its reason.
func Correction(milestone, eventID string, minute int, done, total int64) ledger.Draft {
	d := Report(milestone, eventID, minute, done, total)
	d.Kind, d.Texts = ledger.KindCorrection, map[string]string{"reason": "counted twice"}
	return d
}

// Password is every test account's.
const Password = "correct horse battery staple"

// Account makes an account of the role for the programs and signs it in; it returns the session token.
func Account(t testing.TB, db *postgres.DB, role access.Role, slugs ...string) string {
	t.Helper()
	hash, err := access.NewHasher().HashPassword(t.Context(), Password)
	if err != nil {
		t.Fatal(err)
	}
	a, err := db.Writer().CreateAccount(t.Context(), postgres.Account{
		Email: string(role) + "-" + uuid.NewString()[:8] + "@example.test", Name: "Test " + string(role), Role: role, PasswordHash: hash, Programs: slugs,
	})
	if err != nil {
		t.Fatal(err)
	}
	token := access.NewSessionToken()
	idle, absolute := access.SessionLimits(role)
	if err := db.Writer().CreateSession(t.Context(), access.HashToken(token), a.ID, idle, absolute); err != nil {
		t.Fatal(err)
	}
	return token
}

// Token issues an API token for the job "loader" and returns its secret.
func Token(t testing.TB, db *postgres.DB, slug string, scopes []string, milestones ...string) string {
	t.Helper()
	secret := access.NewAPIToken()
	_, err := db.Writer().IssueToken(t.Context(), postgres.NewToken{
		Hash: access.HashToken(secret), ProgramSlug: slug, Job: "loader", Scopes: scopes, Milestones: milestones, ExpiresAt: time.Now().Add(24 * time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}
