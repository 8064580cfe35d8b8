package demo

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/postgres"
)

// Simulator plays the integration jobs of the live program: they report over HTTP with a token, like any other sender. One job's
// runs fail now and then, another job falls silent now and then. How much a job does is in proportion to what is left, so the
// work slows down and never ends.
type Simulator struct {
	Writer *postgres.Writer // issues the tokens, and knows where the jobs stand
	Logger *slog.Logger
	Client *http.Client  // nil: one that gives up after ten seconds
	Every  time.Duration // mean time between two reports of a job; 0: five seconds
}

// The defaults of a Simulator, and what its times are multiples of.
const (
	everyDefault  = 5 * time.Second
	answerTimeout = 10 * time.Second

	promised = 12 // the next report is promised within so many times Every
	silence  = 24 // a silent job is silent for about so many times Every: longer than it promised
)

// tokenLife is how long a simulated job's token is valid; it gets the next one an hour before the end.
const (
	tokenLife    = 24 * time.Hour
	tokenRenewal = time.Hour
)

// simulatedJobs are the jobs and what is odd about them.
var simulatedJobs = []struct {
	key    string
	temper temper
}{{jobWallets, steady}, {jobSettlement, failing}, {jobUsers, silent}, {jobMerchants, steady}}

// Run plays the jobs against the server at baseURL, such as "http://127.0.0.1:8080", until ctx ends. Tokens of earlier starts
// are revoked first. The error is nil when ctx ended; postgres.ErrNotFound means that there is no live program.
func (s Simulator) Run(ctx context.Context, baseURL string) error {
	if s.Every == 0 {
		s.Every = everyDefault
	}
	if s.Client == nil {
		s.Client = &http.Client{Timeout: answerTimeout}
	}
	program, err := s.liveProgram(ctx)
	if err == nil {
		err = s.revokeTokens(ctx)
	}
	if err != nil {
		return quiet(ctx, err)
	}
	var jobs sync.WaitGroup
	for _, j := range simulatedJobs {
		jobs.Go(func() {
			job := simulatedJob{Simulator: s, key: j.key, temper: j.temper, program: program, baseURL: baseURL}
			job.run(ctx)
		})
	}
	jobs.Wait()
	return nil
}

// quiet drops an error that is only the end of ctx.
func quiet(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (s Simulator) liveProgram(ctx context.Context) (id string, err error) {
	heads, err := s.Writer.ProgramHeads(ctx)
	if err != nil {
		return "", err
	}
	head, ok := findHead(heads, Live)
	if !ok {
		return "", fmt.Errorf("program %s: %w", Live, postgres.ErrNotFound)
	}
	return head.ID, nil
}

// revokeTokens ends the tokens that simulated jobs got at earlier starts.
func (s Simulator) revokeTokens(ctx context.Context) error {
	tokens, err := s.Writer.Tokens(ctx, Live)
	if err != nil {
		return err
	}
	for _, t := range tokens {
		if t.RevokedAt != nil || !isSimulated(t.Job) {
			continue
		}
		if err := s.Writer.RevokeToken(ctx, t.ID); err != nil {
			return err
		}
	}
	return nil
}

func isSimulated(job string) bool {
	for _, j := range simulatedJobs {
		if j.key == job {
			return true
		}
	}
	return false
}

// issueToken gives a job a token for its milestones and returns the secret.
func (s Simulator) issueToken(ctx context.Context, job string) (secret string, expires time.Time, err error) {
	secret, expires = access.NewAPIToken(), time.Now().Add(tokenLife)
	_, err = s.Writer.IssueToken(ctx, postgres.NewToken{
		Hash: access.HashToken(secret), ProgramSlug: Live, Job: job, Scopes: []string{string(access.ScopeReport), string(access.ScopeRead)},
		Milestones: milestonesOf(job), ExpiresAt: expires,
	})
	return secret, expires, err
}

// reportBody is what a job sends: the API's own form of a report.
type reportBody struct {
	EventID     string    `json:"event_id"`
	ObservedAt  time.Time `json:"observed_at"`
	Done        int64     `json:"done"`
	Total       int64     `json:"total"`
	Failed      int64     `json:"failed"`
	Unit        string    `json:"unit"`
	RunID       string    `json:"run_id"`
	State       string    `json:"state"`
	NextSeconds int64     `json:"next_report_seconds"`
	Message     string    `json:"message,omitempty"`
}

// pace is the time in which a job would do about two thirds of what is left.
const pace = 12 * time.Hour

// feed is one milestone that a job works on.
type feed struct {
	milestone string
	unit      string
	total     int64
	done      float64 // with the fraction of a record in progress
}

// work does what the time allows. It never does the last one.
func (f *feed) work(spent time.Duration) {
	left := float64(f.total) - f.done
	f.done += left * min(1, spent.Hours()/pace.Hours())
}

// What a failing job says.
const failureMessage = "Koneksi ke sistem lama terputus"
