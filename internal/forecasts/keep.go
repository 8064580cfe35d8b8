// Package forecasts keeps what a program forecasts of itself: one entry per program and day, so that it can be scored later and
// is never rewritten.
package forecasts

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

// source is who vouches for the event ids: whichever process comes first keeps the day's forecast.
const source = "forecast"

// every is how often the keeper looks. A day that no process was up for has no forecast, and says so by its absence.
const every = time.Hour

// KeepDaily keeps the day's forecast of every program, now and then every hour, until ctx ends.
func KeepDaily(ctx context.Context, w *postgres.Writer, logger *slog.Logger) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := keepAll(ctx, w, time.Now()); err != nil && ctx.Err() == nil {
			logger.Warn("the day's forecasts were not kept; tried again within the hour", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func keepAll(ctx context.Context, w *postgres.Writer, now time.Time) error {
	heads, err := w.ProgramHeads(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, h := range heads {
		if err := keep(ctx, w, h.ID, now); err != nil {
			failed = errors.Join(failed, fmt.Errorf("program %s: %w", h.Slug, err))
		}
	}
	return failed
}

// keep appends the day's forecast unless it is kept already or there is none.
func keep(ctx context.Context, w *postgres.Writer, programID string, now time.Time) error {
	state, err := w.ProgramState(ctx, programID, time.Time{})
	if err != nil {
		return err
	}
	today := metrics.DayOf(now, state.Zone)
	if n := len(state.Forecasts); n > 0 && state.Forecasts[n-1].On >= today {
		return nil
	}
	draft, ok := Draft(state, now)
	if !ok {
		return nil
	}
	_, err = w.Append(ctx, programID, ledger.Unit{Drafts: []ledger.Draft{draft}})
	var refusal *ledger.Refusal
	if errors.As(err, &refusal) && refusal.Code == ledger.EventIDReused {
		return nil // another process kept the day's forecast in the meantime
	}
	return err
}

// Draft is the forecast of a program at a moment, to be recorded. ok is false while there is nothing to keep: nothing is open,
// so much is silent that the program cannot be assessed, or no date and no chance can be given.
func Draft(state postgres.ProgramState, at time.Time) (draft ledger.Draft, ok bool) {
	a := metrics.Assess(state.Program, state.History, at)
	if a.Open == 0 || a.HeadlineRange != nil {
		return ledger.Draft{}, false
	}
	f := metrics.ForecastProgram(state.Program, state.History, a, state.Rules.Allowance)
	g := f.Governing()
	if !g.HasDates() {
		return ledger.Draft{}, false
	}
	body := ledger.Forecast{
		On: a.Today.String(), Method: g.Method, Governs: string(f.Governs), Note: string(g.Note),
		P10: iso(g.P10), P50: iso(g.P50), P80: iso(g.P80), P95: iso(g.P95), Chances: []ledger.Chance{},
	}
	for i, c := range g.Meets {
		body.Chances = append(body.Chances, ledger.Chance{Deadline: state.Deadlines[i].Key, Date: c.Deadline.String(), BasisPoints: basisPoints(c.Meet)})
	}
	return ledger.Draft{
		Kind: ledger.KindForecast, Source: source, EventID: "forecast-" + body.On, Actor: source, ObservedAt: at, Body: body,
	}, true
}

func iso(d *metrics.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// basisPoints is a chance in hundredths of a percent; the bytes of an entry hold whole numbers only.
func basisPoints(chance *float64) *int64 {
	if chance == nil {
		return nil
	}
	n := int64(math.Round(*chance * float64(metrics.Whole)))
	return &n
}
