package demo

import (
	"context"
	"time"

	"tenggat/internal/postgres"
)

// ReplayTimes are the moments at which something of the real case was recorded, in order.
func ReplayTimes() ([]time.Time, error) {
	s, err := replayScript()
	return s.times(), err
}

// ReplayUntil records the real case up to a moment, inclusive. Called with later and later moments it lets the program's ledger grow
// as it would have grown then.
func ReplayUntil(ctx context.Context, w *postgres.Writer, until time.Time) error {
	s, err := replayScript()
	if err != nil {
		return err
	}
	heads, err := w.ProgramHeads(ctx)
	if err != nil {
		return err
	}
	return s.play(ctx, w, heads, until, nil)
}

func replayScript() (script, error) {
	zone, err := time.LoadLocation(jakarta)
	if err != nil {
		return script{}, err
	}
	file, err := readCase()
	if err != nil {
		return script{}, err
	}
	return file.replay(zone)
}
