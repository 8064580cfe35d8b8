package demo_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tenggat/internal/demo"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

// posted is one report as the server below received it.
type posted struct {
	EventID     string    `json:"event_id"`
	ObservedAt  time.Time `json:"observed_at"`
	Done        *int64    `json:"done"`
	Total       *int64    `json:"total"`
	Failed      *int64    `json:"failed"`
	Unit        string    `json:"unit"`
	RunID       string    `json:"run_id"`
	State       string    `json:"state"`
	NextSeconds int64     `json:"next_report_seconds"`
	Message     string    `json:"message"`

	job, milestone string
	body           string
	at             time.Time
}

// receiver is a server that takes reports into the real ledger and remembers them. Every fourth it answers as if the outcome
// were unknown, half of those after it recorded the report.
type receiver struct {
	t       *testing.T
	db      *postgres.DB
	program string
	mu      sync.Mutex
	all     []posted
	enough  func([]posted) bool
	done    context.CancelFunc
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p, ok := r.read(req)
	if !ok {
		http.Error(w, "not a report", http.StatusBadRequest)
		return
	}
	r.all = append(r.all, p)
	if r.enough(r.all) {
		r.done()
	}
	n := len(r.all)
	if n%8 == 3 {
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	}
	err := r.record(p)
	switch {
	case n%8 == 7:
		http.Error(w, "unknown", http.StatusServiceUnavailable)
	case err != nil:
		r.t.Errorf("the ledger refuses %+v: %v", p, err)
		http.Error(w, err.Error(), http.StatusConflict)
	default:
		w.WriteHeader(http.StatusCreated)
	}
}

func (r *receiver) read(req *http.Request) (posted, bool) {
	path, isReport := strings.CutSuffix(strings.TrimPrefix(req.URL.Path, "/api/v1/programs/live/milestones/"), "/reports")
	if req.Method != http.MethodPost || !isReport || strings.Contains(path, "/") || req.Header.Get("Content-Type") != "application/json" {
		r.t.Errorf("%s %s %s", req.Method, req.URL.Path, req.Header)
		return posted{}, false
	}
	secret, _ := strings.CutPrefix(req.Header.Get("Authorization"), "Bearer ")
	token, err := r.db.Reader().OpenToken(req.Context(), secret)
	if err != nil {
		r.t.Errorf("the token of a simulated job: %v", err)
		return posted{}, false
	}
	var raw bytes.Buffer
	p := posted{job: token.Job, milestone: path, at: time.Now()}
	if _, err := raw.ReadFrom(req.Body); err != nil {
		return posted{}, false
	}
	p.body = raw.String()
	dec := json.NewDecoder(&raw)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil || p.Done == nil || p.Total == nil || p.Failed == nil || p.NextSeconds < 1 || p.EventID == "" || p.RunID == "" {
		r.t.Errorf("body %s: %v", p.body, err)
		return posted{}, false
	}
	return p, true
}

func (r *receiver) record(p posted) error {
	_, err := r.db.Writer().Append(context.Background(), r.program, ledger.Unit{Drafts: []ledger.Draft{{
		Kind: ledger.KindReport, Source: "job:" + p.job, EventID: p.EventID, Actor: "job:" + p.job, ObservedAt: p.ObservedAt,
		Body: ledger.Report{Milestone: p.milestone, Done: p.Done, Total: p.Total, Failed: p.Failed, Unit: p.Unit, RunID: p.RunID, State: p.State},
	}}})
	return err
}

// every is how often simulated jobs report in these tests.
const every = 4 * time.Millisecond

// simulate runs the simulator until what the server received is enough.
func simulate(t *testing.T, db *postgres.DB, enough func([]posted) bool) []posted {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r := &receiver{t: t, db: db, program: head(t, db, demo.Live).ID, enough: enough, done: cancel}
	server := httptest.NewServer(r)
	s := demo.Simulator{Writer: db.Writer(), Logger: slog.New(slog.DiscardHandler), Every: every}
	err := s.Run(ctx, server.URL)
	server.Close() // waits for what is still being answered
	if err != nil {
		t.Fatal(err)
	}
	if !enough(r.all) {
		t.Fatalf("after a minute %d reports are not enough", len(r.all))
	}
	return r.all
}

func TestSimulatedJobsReport(t *testing.T) {
	db := loaded(t)
	before := state(t, db, demo.Live, time.Time{})
	all := simulate(t, db, func(all []posted) bool {
		jobs, failedAt, recovered := map[string]int{}, 0, false
		for i, p := range all {
			jobs[p.job]++
			if p.State == "failed" {
				failedAt = i
			} else if p.job == "settlement" && failedAt > 0 {
				recovered = true
			}
		}
		return recovered && len(jobs) == 4 && jobs["users"] > 40
	})
	done := map[string]int64{}
	for _, m := range before.Milestones {
		done[m.Key] = m.Progress.Counts.Done
	}
	bodies := map[string]string{}
	retried := 0
	var lastOfUsers time.Time
	longest := time.Duration(0)
	for i, p := range all {
		if *p.Done < done[p.milestone] || *p.Done >= *p.Total || *p.Done+*p.Failed > *p.Total {
			t.Errorf("%s went from %d to %d of %d", p.milestone, done[p.milestone], *p.Done, *p.Total)
		}
		done[p.milestone] = *p.Done
		id := p.job + "/" + p.EventID
		if known, again := bodies[id]; again {
			retried++
			if known != p.body {
				t.Errorf("event %s was sent again with other content: %s, then %s", id, known, p.body)
			}
		}
		bodies[id] = p.body
		if p.job == "users" {
			if !lastOfUsers.IsZero() {
				longest = max(longest, p.at.Sub(lastOfUsers))
			}
			lastOfUsers = p.at
		}
		if failed := p.State == "failed"; failed != (p.Message != "") || failed && p.job != "settlement" {
			t.Errorf("report %d: %+v", i, p)
		}
	}
	if promised := 12 * every; longest <= promised {
		t.Errorf("the job users was never silent for longer than %s, only for %s", promised, longest)
	}
	if retried == 0 {
		t.Error("no report was sent again")
	}
	if after := state(t, db, demo.Live, time.Time{}); after.Entry <= before.Entry {
		t.Error("nothing reached the ledger")
	}
}

// A job that is told to wait waits; what is refused for good is not sent again.
func TestSimulatedJobsHeedTheServer(t *testing.T) {
	db := loaded(t)
	var mu sync.Mutex
	times, refused := map[string][]time.Time{}, map[string]int{}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		var p posted
		if err := json.NewDecoder(req.Body).Decode(&p); err != nil {
			t.Error(err)
		}
		if strings.HasPrefix(p.RunID, "merchants") {
			refused[p.EventID]++
			http.Error(w, "lower than known", http.StatusConflict)
			return
		}
		times[p.EventID] = append(times[p.EventID], time.Now())
		if len(times[p.EventID]) == 2 && len(refused) > 1 {
			cancel()
		}
		w.Header().Set("Retry-After", "1")
		http.Error(w, "busy", http.StatusServiceUnavailable)
	}))
	defer server.Close()
	s := demo.Simulator{Writer: db.Writer(), Logger: slog.New(slog.DiscardHandler), Every: every}
	if err := s.Run(ctx, server.URL); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	again := 0
	for id, sent := range times {
		for i := 1; i < len(sent); i++ {
			again++
			if gap := sent[i].Sub(sent[i-1]); gap < time.Second {
				t.Errorf("%s was sent again after %s, told to wait a second", id, gap)
			}
		}
	}
	if again == 0 {
		t.Error("nothing was sent again")
	}
	for id, n := range refused {
		if n > 1 {
			t.Errorf("%s was refused and sent %d times", id, n)
		}
	}
}

func TestSimulatorRevokesItsEarlierTokens(t *testing.T) {
	db := loaded(t)
	enough := func(all []posted) bool { return len(all) > 20 }
	simulate(t, db, enough)
	first, err := db.Writer().Tokens(t.Context(), demo.Live)
	if err != nil || len(first) == 0 {
		t.Fatalf("%d tokens, %v", len(first), err)
	}
	simulate(t, db, enough)
	now, err := db.Writer().Tokens(t.Context(), demo.Live)
	if err != nil {
		t.Fatal(err)
	}
	live := 0
	for _, token := range now {
		if token.RevokedAt == nil {
			live++
			for _, earlier := range first {
				if token.ID == earlier.ID {
					t.Errorf("token %s of the first start is still good", token.ID)
				}
			}
		}
		if len(token.Milestones) == 0 || time.Until(token.ExpiresAt) > 25*time.Hour {
			t.Errorf("token %+v opens too much, or for too long", token)
		}
	}
	if live == 0 || live > 4 {
		t.Errorf("%d live tokens", live)
	}
}

func TestStoppedSimulatorEndsWithoutAnError(t *testing.T) {
	db := loaded(t)
	s := demo.Simulator{Writer: db.Writer(), Logger: slog.New(slog.DiscardHandler)}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Run(ended, "http://127.0.0.1:1"); err != nil {
		t.Errorf("a simulator that was stopped: %v", err)
	}
}

func TestSimulatorWithoutADemo(t *testing.T) {
	db := storetest.Open(t)
	s := demo.Simulator{Writer: db.Writer(), Logger: slog.New(slog.DiscardHandler)}
	if err := s.Run(t.Context(), "http://127.0.0.1:1"); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}
