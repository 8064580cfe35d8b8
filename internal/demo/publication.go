package demo

import (
	"context"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/release"
)

// publication is a release of the program's figures to everybody.
type publication struct {
	at    time.Time // when it is recorded
	parts []release.Part
	badge bool
	note  ledger.Text
}

// release records the figures as they stand when it is recorded.
func (p publication) release(ctx context.Context, w *postgres.Writer, programID string) error {
	state, err := w.ProgramState(ctx, programID, p.at)
	if err != nil {
		return err
	}
	figures := release.New(state.Program, metrics.Assess(state.Program, state.History, p.at), p.parts...)
	return importUnit(ctx, w, programID, p.at, []ledger.Draft{{
		Kind: ledger.KindRelease, Source: officerPseudonym, Actor: officerPseudonym, EventID: "release-" + p.at.UTC().Format(time.DateOnly), ObservedAt: p.at,
		Body: ledger.Release{Badge: p.badge, Figures: figures}, Texts: translated("note", p.note),
	}})
}
