package web

import (
	"context"
	"time"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/web/view"
)

// moment is the moment a request wants to see a program at.
type moment struct {
	asked    time.Time // inclusive, in the program's zone; zero: now
	wholeDay bool      // a date was asked for, and asked is the last instant of it
}

// past reports whether a moment before now was asked for.
func (m moment) past() bool { return !m.asked.IsZero() }

// notYet refuses a moment that has not come.
func notYet() *failure {
	return &failure{kind: validationFailed, heading: say(i18n.NotYetTitle), detail: say(i18n.DetailFutureAs)}
}

// moment reads as_of: an ISO date, which means the end of that day in the program's zone, or an RFC 3339 time. Today's date
// means now. What cannot be read is refused with 400, what has not come yet with 422.
func (s *Server) moment(r *request, zone *time.Location) (moment, error) {
	text := r.QueryParam("as_of")
	if text == "" {
		return moment{}, nil
	}
	now := s.now()
	if day, err := metrics.ParseDay(text); err == nil {
		switch today := metrics.DayOf(now, zone); {
		case day > today:
			return moment{}, notYet()
		case day == today:
			return moment{}, nil
		}
		return moment{day.End(zone).Add(-time.Microsecond), true}, nil
	}
	at, err := parseInstant(text)
	if err != nil {
		return moment{}, fail(malformedRequest, i18n.DetailQuery, "as_of")
	}
	if at.After(now) {
		return moment{}, notYet()
	}
	return moment{asked: at.In(zone)}, nil
}

// judged is a program as it was known at a moment, and what is to be said of it.
type judged struct {
	postgres.ProgramState
	assessment metrics.Assessment
	at         time.Time
	validUntil time.Time // until when this holds unless an entry is added
}

// known is the moment up to which j knows the ledger: what else is read for the same answer is read as of then, so that all of it
// rests on one entry.
func (j judged) known() time.Time {
	if j.RecordedAt.IsZero() {
		return j.at
	}
	return j.RecordedAt
}

// checkpoint is the newest that was signed by then; nil: none.
func (j judged) checkpoint() *view.Checkpoint {
	if j.Checkpoint == nil {
		return nil
	}
	return &view.Checkpoint{Size: j.Checkpoint.Size, Root: j.Checkpoint.Root.String(), SignedAt: j.Checkpoint.SignedAt}
}

// pastHolds is how long an answer about the past is kept: nothing but a new entry could change it, and not even that does.
const pastHolds = 24 * time.Hour

// judge reads the request's program at a moment and assesses it.
func (s *Server) judge(ctx context.Context, credential, programID string, m moment) (judged, error) {
	state, err := s.reader.Program(ctx, credential, programID, m.asked)
	if err != nil {
		return judged{}, err
	}
	j := judged{ProgramState: state, at: m.asked}
	if !m.past() {
		j.at = s.now()
	}
	j.assessment = metrics.Assess(state.Program, state.History, j.at)
	j.validUntil = j.assessment.ValidUntil
	if m.past() {
		j.validUntil = s.now().Add(pastHolds)
	}
	return j, nil
}
