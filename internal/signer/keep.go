package signer

import (
	"context"
	"time"

	"tenggat/internal/postgres"
)

// How often checkpoints are signed while there are new entries, and how often the signer looks for what is due. Together they stay
// below five minutes; a new program is signed at the first look.
const (
	interval  = 4*time.Minute + 30*time.Second
	lookEvery = 10 * time.Second
)

// stopTimeout bounds the last signing before the program ends.
const stopTimeout = 3 * time.Second

// Keep signs every program as long as ctx lasts: within five minutes of a new entry, and when a day ends in the program's zone, up to
// that day's last entry. Where nothing is new it holds the ledger against what was signed. When ctx ends it signs what is left.
func (s *Signer) Keep(ctx context.Context) {
	if s == nil {
		return
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		s.round(ctx, s.due)
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
			defer cancel()
			s.round(last, func(postgres.ProgramHead) []act { return []act{{postgres.SignedStop, wholly}} })
			return
		case <-tick.C:
		}
	}
}

// act is one signing that is due.
type act struct {
	reason postgres.SigningReason
	size   func(postgres.TreeHead) int64
}

func wholly(head postgres.TreeHead) int64     { return head.Edge.Size }
func upToDayEnd(head postgres.TreeHead) int64 { return head.DayEnd }

// round does what is due for every program.
func (s *Signer) round(ctx context.Context, due func(postgres.ProgramHead) []act) {
	heads, err := s.writer.ProgramHeads(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.logger.Warn("no checkpoint was signed: the programs could not be listed", "error", err)
		}
		return
	}
	for _, h := range heads {
		for _, a := range due(h) {
			if _, err := s.signTo(ctx, h.ID, a.reason, a.size); err != nil {
				break // told already; what failed for the day would fail for the rest
			}
		}
	}
}

// due lists what should be signed for a program now.
func (s *Signer) due(h postgres.ProgramHead) []act {
	s.mu.Lock()
	checked := s.programs[h.ID].checked
	s.mu.Unlock()
	now := s.now()
	var acts []act
	if dayOf(checked, h.Zone) != dayOf(now, h.Zone) {
		acts = append(acts, act{postgres.SignedDayEnd, upToDayEnd})
	}
	if now.Sub(checked) >= interval {
		acts = append(acts, act{postgres.SignedInterval, wholly})
	}
	return acts
}

func dayOf(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }
