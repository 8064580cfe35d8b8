package postgres

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"maps"
	"slices"
	"time"

	"github.com/lib/pq"

	"tenggat/internal/access"
	"tenggat/internal/fold"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// Session is who holds a session and, if one was asked for and is theirs, the head of a program.
type Session struct {
	AccountID string
	Pseudonym string
	Name      string
	Role      access.Role
	SeenAt    time.Time
	Program   *ProgramHead // nil: none asked for, none such, or not theirs
}

// Token is what a live API token may do.
type Token struct {
	ID         string
	Job        string
	Scopes     []string
	Milestones []string // empty: all of the program
	Program    ProgramHead
}

// ProgramHead is how far a program's ledger has come.
type ProgramHead struct {
	ID         string
	Slug       string
	Zone       *time.Location
	Entry      int64     // the last entry; 0: none
	RecordedAt time.Time // when it was recorded; zero: none

	CheckpointAt time.Time // when the newest checkpoint was signed; zero: none, or not asked for
}

// ProgramState is a program as known at one moment, with what its charts and its date stepper need.
type ProgramState struct {
	fold.State
	Days       []metrics.RecordedDay
	HeardAt    time.Time       // when anything was last observed, of a milestone that left the scope too; zero: never
	Checkpoint *CheckpointHead // the newest that had been signed then; nil: none
}

// CheckpointHead is what a page says of a checkpoint.
type CheckpointHead struct {
	Size     int64
	Root     ledger.Hash
	SignedAt time.Time
}

// Record is a ledger entry with the texts kept beside it.
type Record struct {
	ledger.Entry
	LeafHash ledger.Hash
	Texts    map[string]string // erased texts are missing
}

// Erased lists the fields whose texts the entry vouches for and which are not kept any more.
func (r Record) Erased() []string {
	var fields []string
	for _, field := range slices.Sorted(maps.Keys(r.TextHashes)) {
		if _, kept := r.Texts[field]; !kept {
			fields = append(fields, field)
		}
	}
	return fields
}

// OpenSession looks up a session by its token, and the head of the program slug if that is not "" and the account is a member.
// ErrNotFound means that there is no such live session.
func (r *Reader) OpenSession(ctx context.Context, token, slug string) (Session, error) {
	var row struct {
		AccountID  string         `db:"account_id"`
		Pseudonym  string         `db:"pseudonym"`
		Name       string         `db:"name"`
		Role       access.Role    `db:"role"`
		SeenAt     time.Time      `db:"seen_at"`
		ProgramID  sql.NullString `db:"program_id"`
		Timezone   sql.NullString `db:"timezone"`
		Entry      sql.NullInt64  `db:"entry_no"`
		RecordedAt sql.NullTime   `db:"recorded_at"`
		Checkpoint sql.NullTime   `db:"checkpoint_at"`
	}
	if err := r.one(ctx, &row, "open_session", hash(token), slug); err != nil {
		return Session{}, err
	}
	s := Session{AccountID: row.AccountID, Pseudonym: row.Pseudonym, Name: row.Name, Role: row.Role, SeenAt: row.SeenAt}
	if row.ProgramID.Valid {
		zone, err := loadZone(row.Timezone.String)
		if err != nil {
			return Session{}, err
		}
		s.Program = &ProgramHead{row.ProgramID.String, slug, zone, row.Entry.Int64, row.RecordedAt.Time.UTC(), row.Checkpoint.Time}
	}
	return s, nil
}

// OpenToken looks up an API token. ErrNotFound means that it is unknown, expired or revoked.
func (r *Reader) OpenToken(ctx context.Context, token string) (Token, error) {
	var row struct {
		ID         string         `db:"token_id"`
		Job        string         `db:"job"`
		Scopes     pq.StringArray `db:"scopes"`
		Milestones pq.StringArray `db:"milestones"`
		ProgramID  string         `db:"program_id"`
		Slug       string         `db:"slug"`
		Timezone   string         `db:"timezone"`
		Entry      int64          `db:"entry_no"`
		RecordedAt time.Time      `db:"recorded_at"`
		Checkpoint sql.NullTime   `db:"checkpoint_at"`
	}
	if err := r.one(ctx, &row, "open_token", hash(token)); err != nil {
		return Token{}, err
	}
	zone, err := loadZone(row.Timezone)
	if err != nil {
		return Token{}, err
	}
	return Token{row.ID, row.Job, row.Scopes, row.Milestones, ProgramHead{row.ProgramID, row.Slug, zone, row.Entry, row.RecordedAt.UTC(), row.Checkpoint.Time}}, nil
}

// Stream is an open page that wants to hear when its figures may have changed.
type Stream struct {
	Hash      []byte // SHA-256 of its session or API token
	ProgramID string // "": every program that it opens
}

// Streamed is what may be told to an open page.
type Streamed struct {
	Role    access.Role
	Version int64 // the last entry of its program, or the sum of these over all its programs: it moves with every append
}

// Streams looks at many open pages at once. The answers are in the same order; nil means that the page may be told nothing any
// more: its session or token has ended, or the program is no longer open to it.
func (r *Reader) Streams(ctx context.Context, streams []Stream) ([]*Streamed, error) {
	hashes, programs := make([][]byte, len(streams)), make([]sql.NullString, len(streams))
	for i, s := range streams {
		hashes[i], programs[i] = s.Hash, sql.NullString{String: s.ProgramID, Valid: s.ProgramID != ""}
	}
	var rows []struct {
		Stream  int         `db:"stream"`
		Role    access.Role `db:"role"`
		Version int64       `db:"entry_no"`
	}
	s, err := r.pool.stmt("open_streams")
	if err == nil {
		err = s.SelectContext(ctx, &rows, pq.ByteaArray(hashes), pq.Array(programs))
	}
	if err != nil {
		return nil, classify(ctx, err)
	}
	answers := make([]*Streamed, len(streams))
	for _, row := range rows {
		answers[row.Stream-1] = &Streamed{row.Role, row.Version}
	}
	return answers, nil
}

// one runs a single reading statement; being one statement it is one snapshot without a transaction around it.
func (r *Reader) one(ctx context.Context, dest any, name string, args ...any) error {
	s, err := r.pool.stmt(name)
	if err == nil {
		err = s.GetContext(ctx, dest, args...)
	}
	return classify(ctx, err)
}

func hash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Program reads one program as known at asOf, inclusive; the zero time means now. ErrNotFound means that the credential does
// not open it.
func (r *Reader) Program(ctx context.Context, credential, programID string, asOf time.Time) (state ProgramState, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		state, err = readProgram(ctx, t, programID, asOf, true)
		return err
	})
	return state, err
}

// ProgramBefore reads a program as it was known at a moment, without its history: to compare the present with.
func (r *Reader) ProgramBefore(ctx context.Context, credential, programID string, at time.Time) (metrics.Program, error) {
	var state ProgramState
	err := r.pool.read(ctx, credential, func(t tx) (err error) {
		state, err = readProgram(ctx, t, programID, at, false)
		return err
	})
	return state.Program, err
}

// Records reads a page of a program's ledger, newest first: of one milestone ("" for all), as known at asOf (zero: now), with
// numbers below before (0: from the newest).
func (r *Reader) Records(ctx context.Context, credential, programID, milestone string, asOf time.Time, before int64, limit int) (records []Record, err error) {
	err = r.pool.read(ctx, credential, func(t tx) error {
		records, err = readRecords(ctx, t, "records", programID, milestone, moment(asOf), before, limit)
		return err
	})
	return records, err
}

// readRecords runs a query that gives entries with their leaf hashes and texts.
func readRecords(ctx context.Context, t tx, query string, args ...any) ([]Record, error) {
	var rows []struct {
		Canonical []byte   `db:"canonical"`
		Leaf      leafHash `db:"leaf_hash"`
		Texts     jsonMap  `db:"texts"`
	}
	if err := t.all(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	records := make([]Record, len(rows))
	for i, row := range rows {
		e, err := ledger.Decode(row.Canonical)
		if err != nil {
			return nil, err
		}
		records[i] = Record{e, ledger.Hash(row.Leaf), row.Texts}
	}
	return records, nil
}

// moment is nil for "now".
func moment(asOf time.Time) *time.Time {
	if asOf.IsZero() {
		return nil
	}
	return &asOf
}

type programRow struct {
	ID           string              `db:"id"`
	Slug         string              `db:"slug"`
	Timezone     string              `db:"timezone"`
	Entry        int64               `db:"entry_no"`
	RecordedAt   time.Time           `db:"recorded_at"`
	Facts        jsonRows[fold.Fact] `db:"facts"`
	States       jsonRows[stateRow]  `db:"states"`
	RecordedDays jsonRows[struct {
		Day        isoDay    `json:"day"`
		Entry      int64     `json:"entry_no"`
		Entries    int64     `json:"entries"`
		RecordedAt time.Time `json:"recorded_at"`
	}] `db:"recorded_days"`
	DayWentOn      bool          `db:"day_went_on"`
	CheckpointSize sql.NullInt64 `db:"checkpoint_size"`
	CheckpointRoot []byte        `db:"checkpoint_root"`
	CheckpointAt   sql.NullTime  `db:"checkpoint_at"`
	dayColumns
}

// readProgram reads a program at a moment, with the days of its history or without.
func readProgram(ctx context.Context, t tx, programID string, asOf time.Time, days bool) (ProgramState, error) {
	var row programRow
	if err := t.get(ctx, &row, "program_state", programID, moment(asOf), days); err != nil {
		return ProgramState{}, classify(ctx, err)
	}
	zone, err := loadZone(row.Timezone)
	if err != nil {
		return ProgramState{}, err
	}
	state := ProgramState{State: fold.State{Program: metrics.Program{ID: row.ID, Key: row.Slug, Zone: zone, Entry: row.Entry}}}
	if row.Entry > 0 {
		state.RecordedAt = row.RecordedAt.UTC()
	}
	states := map[string]fold.MilestoneState{}
	for _, s := range row.States {
		states[s.Milestone] = s.state()
		if s.LatestAt.After(state.HeardAt) {
			state.HeardAt = s.LatestAt.UTC()
		}
	}
	if err := state.Facts(row.Facts, states); err != nil {
		return ProgramState{}, err
	}
	for _, d := range row.RecordedDays {
		state.Days = append(state.Days, metrics.RecordedDay{Day: metrics.Day(d.Day), Entry: d.Entry, Entries: d.Entries, RecordedAt: d.RecordedAt.UTC()})
	}
	if row.CheckpointSize.Valid {
		state.Checkpoint = &CheckpointHead{Size: row.CheckpointSize.Int64, SignedAt: row.CheckpointAt.Time.UTC()}
		copy(state.Checkpoint.Root[:], row.CheckpointRoot)
	}
	state.History.Days = row.milestoneDays()
	if row.DayWentOn {
		err = cutDay(ctx, t, &state)
	}
	return state, err
}
