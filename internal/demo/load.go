package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tenggat/internal/forecasts"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

// Found says what Load left behind.
type Found struct {
	Filled   bool                   // Load recorded something; false: the database was in use already, and was left as it is
	Programs []postgres.ProgramHead // every program that is there now, by slug
}

// Load fills an empty database with the demo's programs and accounts; now is the moment the live program has its dates around.
// A database with other programs, or with a demo that is complete, is left as it is. A Load that was interrupted is taken up
// where it stopped: every append has a fixed recording time, and what the ledger has is passed over.
//
// sign freezes the progress reports that the case has; nil leaves them out.
func Load(ctx context.Context, w *postgres.Writer, now time.Time, sign Sign) (Found, error) {
	heads, err := w.ProgramHeads(ctx)
	if err != nil {
		return Found{}, err
	}
	settled, err := inUse(ctx, w, heads)
	if err != nil || settled {
		return Found{Programs: heads}, err
	}
	scripts, err := scripts(ctx, w, heads, now)
	if err != nil {
		return Found{}, err
	}
	for _, s := range scripts {
		if err := s.play(ctx, w, heads, endOfTime, sign); err != nil {
			return Found{}, fmt.Errorf("demo program %s: %w", s.slug, err)
		}
	}
	if err := createAccounts(ctx, w); err != nil {
		return Found{}, err
	}
	heads, err = w.ProgramHeads(ctx)
	return Found{Filled: true, Programs: heads}, err
}

// inUse reports whether there is nothing for Load to do: the programs are somebody's own, or the demo is complete. The last
// account is created last of all.
func inUse(ctx context.Context, w *postgres.Writer, heads []postgres.ProgramHead) (bool, error) {
	ours := slugs()
	if slices.ContainsFunc(heads, func(h postgres.ProgramHead) bool { return !slices.Contains(ours, h.Slug) }) {
		return true, nil
	}
	all := Accounts()
	_, err := w.AccountByEmail(ctx, all[len(all)-1].Email)
	if errors.Is(err, postgres.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// The slugs of the demo's programs.
const (
	Replay     = "tiktok-tokopedia" // the real case
	TaxNumbers = "nik-npwp"         // published figures: the total grows while the work is done
	ChipCards  = "bi-chip"          // published figures: floors set by the regulator instead of a straight plan
	Live       = "live"             // invented, with dates around today
)

func slugs() []string { return []string{Replay, TaxNumbers, ChipCards, Live} }

// jakarta is the time zone of every demo program.
const jakarta = "Asia/Jakarta"

// importer vouches for what no person or job of the demo reported: definitions, and figures taken from the press.
const importer = "import"

func scripts(ctx context.Context, w *postgres.Writer, heads []postgres.ProgramHead, now time.Time) ([]script, error) {
	zone, err := time.LoadLocation(jakarta)
	if err != nil {
		return nil, err
	}
	file, err := readCase()
	if err != nil {
		return nil, err
	}
	replay, err := file.replay(zone)
	if err != nil {
		return nil, err
	}
	all := []script{replay}
	for _, p := range file.Others {
		s, err := p.script(zone)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	start, err := liveStart(ctx, w, heads, zone, now)
	if err != nil {
		return nil, err
	}
	return append(all, liveScript(start, now)), nil
}

// script is a program's ledger before it is recorded: what was recorded when.
type script struct {
	slug   string
	groups map[time.Time][]ledger.Draft // by recording time
	signed []Report                     // in the order of their recording times

	released []publication // in the order of their recording times
}

// Report is a progress report that is signed in the course of a program.
type Report struct {
	ProgramID string
	From, To  metrics.Day
	At        time.Time // when it is recorded
	EventID   string
	Pseudonym string
	Name      string
	Office    string
}

// Sign freezes a progress report.
type Sign func(ctx context.Context, r Report) error

func newScript(slug string) script { return script{slug: slug, groups: map[time.Time][]ledger.Draft{}} }

// add puts a draft after what the script has at that recording time. Who does not say when it was observed saw it then.
func (s script) add(at time.Time, d ledger.Draft) {
	at = at.UTC() // equal instants are one group, whatever zone they were written in
	if d.ObservedAt.IsZero() {
		d.ObservedAt = at
	}
	s.groups[at] = append(s.groups[at], d)
}

// fact adds a draft that is no report.
func (s script) fact(at time.Time, kind ledger.Kind, eventID string, body any, texts map[string]string) {
	s.add(at, ledger.Draft{Kind: kind, Source: importer, EventID: eventID, Actor: importer, Body: body, Texts: texts})
}

// times are the recording times in order.
func (s script) times() []time.Time {
	times := make([]time.Time, 0, len(s.groups))
	for at := range s.groups {
		times = append(times, at)
	}
	slices.SortFunc(times, time.Time.Compare)
	return times
}

// endOfTime is after every recording time.
var endOfTime = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// play records what the program's ledger does not have yet, up to a moment. Each recording time is one unit, so it is there in full
// or not at all. After the last of a day comes what the program would have forecast of itself then.
func (s script) play(ctx context.Context, w *postgres.Writer, heads []postgres.ProgramHead, until time.Time, sign Sign) error {
	head, err := s.head(ctx, w, heads)
	if err != nil {
		return err
	}
	times := s.times()
	for i, at := range times {
		if at.After(until) {
			return nil
		}
		if at.After(head.RecordedAt) {
			if err := importUnit(ctx, w, head.ID, at, s.groups[at]); err != nil {
				return err
			}
		}
		endsDay := i+1 == len(times) || !sameDay(at, times[i+1])
		if forecastAt := at.Add(time.Second); endsDay && forecastAt.After(head.RecordedAt) && !forecastAt.After(until) {
			if err := keepForecast(ctx, w, head.ID, forecastAt); err != nil {
				return err
			}
		}
		follows := func(t time.Time) bool {
			return t.After(at) && (i+1 == len(times) || t.Before(times[i+1])) && t.After(head.RecordedAt) && !t.After(until)
		}
		if err := s.follow(ctx, w, head.ID, sign, follows); err != nil {
			return err
		}
	}
	return nil
}

// follow records what is made of the program as it stands: reports that are signed, figures that are released.
func (s script) follow(ctx context.Context, w *postgres.Writer, programID string, sign Sign, due func(time.Time) bool) error {
	for _, r := range s.signed {
		if sign == nil || !due(r.At) {
			continue
		}
		r.ProgramID = programID
		if err := sign(ctx, r); err != nil {
			return fmt.Errorf("report of %s: %w", r.At, err)
		}
	}
	for _, p := range s.released {
		if !due(p.at) {
			continue
		}
		if err := p.release(ctx, w, programID); err != nil {
			return fmt.Errorf("release of %s: %w", p.at, err)
		}
	}
	return nil
}

func importUnit(ctx context.Context, w *postgres.Writer, programID string, at time.Time, drafts []ledger.Draft) error {
	outcomes, err := w.AppendImported(ctx, programID, at, []ledger.Unit{{Drafts: drafts}})
	if err == nil {
		err = outcomes[0].Err
	}
	if err != nil {
		return fmt.Errorf("at %s: %w", at, err)
	}
	return nil
}

// keepForecast records what the program forecasts of itself at a past moment, if it can say anything.
func keepForecast(ctx context.Context, w *postgres.Writer, programID string, at time.Time) error {
	state, err := w.ProgramState(ctx, programID, at)
	if err != nil {
		return err
	}
	draft, ok := forecasts.Draft(state, at)
	if !ok {
		return nil
	}
	return importUnit(ctx, w, programID, at, []ledger.Draft{draft})
}

// sameDay compares calendar days of the demo's zone, where days are cut at 17:00 UTC.
func sameDay(a, b time.Time) bool {
	const ahead = 7 * time.Hour
	return metrics.DayOf(a.Add(ahead), time.UTC) == metrics.DayOf(b.Add(ahead), time.UTC)
}

// head finds the program, or makes it.
func (s script) head(ctx context.Context, w *postgres.Writer, heads []postgres.ProgramHead) (postgres.ProgramHead, error) {
	if h, ok := findHead(heads, s.slug); ok {
		return h, nil
	}
	id, err := w.CreateProgram(ctx, s.slug, jakarta)
	return postgres.ProgramHead{ID: id, Slug: s.slug}, err
}

func findHead(heads []postgres.ProgramHead, slug string) (postgres.ProgramHead, bool) {
	i := slices.IndexFunc(heads, func(h postgres.ProgramHead) bool { return h.Slug == slug })
	if i < 0 {
		return postgres.ProgramHead{}, false
	}
	return heads[i], true
}

// both writes a free text in both languages. The ledger keeps free text as it was written, in one piece.
// translated is one free text and its translation.
func translated(field string, t ledger.Text) map[string]string {
	return inBoth(map[string]string{}, field, t)
}

// inBoth adds a free text and its translation.
func inBoth(texts map[string]string, field string, t ledger.Text) map[string]string {
	texts[field], texts[field+"_en"] = t.ID, t.EN
	return texts
}

// atNine is 09:00 on an ISO date, when the demo's days are recorded.
func atNine(date string, zone *time.Location) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, date, zone)
	return day.Add(9 * time.Hour), err
}
