package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

// program is a supervised migration that a run has made.
type program struct {
	id, slug   string
	milestones []string
	start      time.Time // of day 0
}

// The shape of every program here: near the real case, which has 12 milestones in 4 areas. With 16 each of 16 clients
// reports a milestone of its own, so that none contradicts another.
const (
	areaCount      = 4
	milestoneCount = 16
	planDays       = 120
	historyDays    = 90
	total          = 1_000_000_000 // of every milestone's count; never reached
)

var zone = func() *time.Location {
	z, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return z
}()

// newProgram makes a program that started historyDays ago, with areas, milestones, weights and a binding deadline.
func newProgram(ctx context.Context, w *postgres.Writer, slug string) (program, error) {
	id, err := w.CreateProgram(ctx, slug, zone.String())
	if err != nil {
		return program{}, err
	}
	today := metrics.DayOf(time.Now(), zone)
	p := program{id: id, slug: slug, start: (today - historyDays).Start(zone)}
	for i := range milestoneCount {
		p.milestones = append(p.milestones, fmt.Sprintf("m%02d", i))
	}
	_, err = w.AppendImported(ctx, id, p.start, []ledger.Unit{{Drafts: p.definition(today - historyDays)}})
	return p, err
}

func (p program) definition(day0 metrics.Day) []ledger.Draft {
	drafts := []ledger.Draft{p.fact(ledger.KindProgram, ledger.Program{
		Name: both("Program " + p.slug), Timezone: zone.String(), Start: day0.String(), LegalBasis: "Permendag 31/2023", LeadRegulator: "Kemendag",
	})}
	for i := range areaCount {
		drafts = append(drafts, p.fact(ledger.KindArea, ledger.Area{Key: areaKey(i), Name: both("Area " + areaKey(i)), Position: i}))
	}
	weights := map[string]int64{}
	for i, key := range p.milestones {
		weights[key] = 10_000 / milestoneCount
		drafts = append(drafts, p.fact(ledger.KindMilestone, ledger.Milestone{
			Key: key, Area: areaKey(i % areaCount), Name: both("Milestone " + key), Definition: both("All records moved"), Unit: "records", Layer: "back_end",
			PlannedStart: day0.String(), PlannedDue: (day0 + planDays).String(), CadenceSeconds: 86400, GraceSeconds: 3600, Position: i,
		}))
	}
	return append(drafts,
		p.fact(ledger.KindWeights, ledger.Weights{Version: 1, BasisPoints: weights}),
		p.fact(ledger.KindDeadline, ledger.Deadline{
			Key: "D1", Version: 1, Kind: "regulatory", Date: (day0 + planDays + 7).String(), Stated: both("four months"),
			AnnouncedOn: day0.String(), AnnouncedBy: "Kemendag", Binding: true,
		}))
}

func areaKey(i int) string { return string(rune('A' + i)) }

func both(text string) ledger.Text { return ledger.Text{ID: text, EN: text} }

func (p program) fact(kind ledger.Kind, body any) ledger.Draft {
	return ledger.Draft{Kind: kind, Source: "import", EventID: rand.Text(), Actor: "import", ObservedAt: p.start, Body: body}
}

// perTransaction is how many imported reports share a transaction.
const perTransaction = 2000

// fill imports the given number of reports, spread evenly over the last days before today, at most historyDays.
func (p program) fill(ctx context.Context, w *postgres.Writer, entries, days int) error {
	done := 0
	for day := range days {
		begins := p.start.AddDate(0, 0, historyDays-days+day)
		quota := entries*(day+1)/days - done
		for sent := 0; sent < quota; sent += perTransaction {
			n := min(perTransaction, quota-sent)
			recordedAt := begins.Add(12*time.Hour + time.Duration(sent)*time.Millisecond)
			if _, err := w.AppendImported(ctx, p.id, recordedAt, []ledger.Unit{p.reports(begins, done+sent, n)}); err != nil {
				return err
			}
		}
		done += quota
	}
	return nil
}

// reports is a unit of n reports of one day, numbered from first, milestone after milestone.
func (p program) reports(day time.Time, first, n int) ledger.Unit {
	drafts := make([]ledger.Draft, n)
	for i := range drafts {
		number := first + i
		done, of := int64(number), int64(total)
		drafts[i] = ledger.Draft{
			Kind: ledger.KindReport, Source: "job:import", EventID: fmt.Sprintf("import-%d", number), Actor: "job:import",
			ObservedAt: day.Add(time.Duration(number) * time.Microsecond),
			Body:       ledger.Report{Milestone: p.milestones[number%len(p.milestones)], Done: &done, Total: &of, Unit: "records", State: "running"},
		}
	}
	return ledger.Unit{Drafts: drafts}
}

// signIn makes an executive of the programs and a session, and returns the session's token.
func signIn(ctx context.Context, w *postgres.Writer, slugs ...string) (string, error) {
	hash, err := access.NewHasher().HashPassword(ctx, rand.Text())
	if err != nil {
		return "", err
	}
	account, err := w.CreateAccount(ctx, postgres.Account{
		Email: strings.ToLower(rand.Text()) + "@example.test", Name: "Reader", Role: access.Executive, PasswordHash: hash, Programs: slugs,
	})
	if err != nil {
		return "", err
	}
	token := access.NewSessionToken()
	idle, absolute := access.SessionLimits(access.Executive)
	return token, w.CreateSession(ctx, access.HashToken(token), account.ID, idle, absolute)
}

// issueToken makes an API token for the job "loader" of the program.
func issueToken(ctx context.Context, w *postgres.Writer, slug string) (string, error) {
	secret := access.NewAPIToken()
	_, err := w.IssueToken(ctx, postgres.NewToken{
		Hash: access.HashToken(secret), ProgramSlug: slug, Job: "loader", Scopes: []string{"report", "read"}, ExpiresAt: time.Now().Add(24 * time.Hour),
	})
	return secret, err
}

// cookie is the header of a signed-in reader.
func cookie(session string) string { return "Cookie: __Host-tenggat=" + session }

// overview is the path of a program's overview page.
func (p program) overview() string { return "/programs/" + p.slug }
