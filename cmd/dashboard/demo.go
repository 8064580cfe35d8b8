package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"tenggat/internal/demo"
	"tenggat/internal/postgres"
	"tenggat/internal/reports"
	"tenggat/web"
)

type demoCommand struct {
	listenSettings
	NoJobs bool `name:"no-jobs" help:"Start without the simulated jobs."`
}

// Run fills an empty database with the demo, serves it, and lets simulated jobs report to it over HTTP.
func (dc demoCommand) Run(ctx context.Context, s *streams, c *settings) error {
	logger, err := c.logger(s.err)
	if err != nil {
		return err
	}
	return withServer(ctx, c, &dc.listenSettings, logger, signInHints(), func(ctx context.Context, up *running) error {
		if err := loadDemo(ctx, up.store); err != nil {
			return err
		}
		welcome(s.out, up.url)
		if !dc.NoJobs {
			defer inBackground(ctx, func(ctx context.Context) { playJobs(ctx, up, logger) })()
		}
		return up.serve(ctx)
	})
}

// signInHints are the demo's accounts for its sign-in page; their passwords are no secret.
func signInHints() []web.DemoAccount {
	var hints []web.DemoAccount
	for _, a := range demo.Accounts() {
		hints = append(hints, web.DemoAccount{Role: a.Role, Email: a.Email, Password: a.Password})
	}
	return hints
}

// loadDemo fills an empty database. A database that somebody uses for programs of their own is none for the demo.
func loadDemo(ctx context.Context, store *postgres.DB) error {
	if _, err := demo.Load(ctx, store.Writer(), time.Now(), signDemoReport(store.Writer())); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	_, err := store.Writer().AccountByEmail(ctx, demo.Accounts()[0].Email)
	if errors.Is(err, postgres.ErrNotFound) {
		return errors.New("this database holds programs of its own, so the demo was left out of it: use \"dashboard serve\", or another folder with --data")
	}
	return err
}

// signDemoReport freezes the demo's progress reports the way compliance does. They bear no checkpoint: no key of this process is as old.
func signDemoReport(w *postgres.Writer) demo.Sign {
	return func(ctx context.Context, r demo.Report) error {
		zone := r.At.Location()
		_, err := web.SignReport(ctx, w, nil, web.ReportOrder{
			ProgramID: r.ProgramID, From: r.From, To: r.To, AsOf: web.ReportMoment(r.To, zone, r.At), EventID: r.EventID, Imported: &r.At,
			Signer: reports.Signer{Name: r.Name, Office: r.Office, Pseudonym: r.Pseudonym, At: r.At},
		})
		return err
	}
}

// welcome tells a newcomer where to go and who to be.
func welcome(w io.Writer, url string) {
	fmt.Fprintf(w, "\nTenggat listens on %s\n\nSign in as\n", url)
	for _, a := range demo.Accounts() {
		fmt.Fprintf(w, "  %-11s %-28s password: %s\n", a.Role, a.Email, a.Password)
	}
	fmt.Fprintf(w, "\nThe real case as officials spoke of it: %s/programs/%s?as_of=2024-03-12\nStop with Ctrl-C; the data stay.\n\n", url, demo.Replay)
}

// playJobs lets the simulated jobs report until ctx ends.
func playJobs(ctx context.Context, up *running, logger *slog.Logger) {
	jobs := demo.Simulator{Writer: up.store.Writer(), Logger: logger}
	err := jobs.Run(ctx, up.url)
	if err != nil && !errors.Is(err, postgres.ErrNotFound) { // without the live program there is nothing to play
		logger.Warn("the simulated jobs stopped", "error", err)
	}
}
