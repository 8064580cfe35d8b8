package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// maxBackoff bounds how long a job waits before it tries again.
const maxBackoff = time.Minute

// send posts a report until the server has judged it. Whatever leaves that open (no answer, 429, 5xx) is sent again, as the same
// event with the same content, so that it counts once. The error says that the server refused it, or is ctx's.
func (j *simulatedJob) send(ctx context.Context, milestone string, report reportBody) error {
	body, err := json.Marshal(report)
	if err != nil {
		return err
	}
	target, err := url.JoinPath(j.baseURL, "api/v1/programs", Live, "milestones", milestone, "reports")
	if err != nil {
		return err
	}
	for backoff := j.Every; ; backoff = min(2*backoff, maxBackoff) {
		answer, err := j.post(ctx, target, body)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil && !answer.open() {
			return answer.refusal()
		}
		if err == nil {
			err = answer.refusal()
		}
		j.complain(ctx, err)
		wait(ctx, max(backoff, answer.retryAfter))
	}
}

// answer is what a job cares for in the server's answer.
type answer struct {
	status     int
	retryAfter time.Duration
	problem    string // the start of the body, when it was refused
}

// open reports whether the answer leaves open what became of the report.
func (a answer) open() bool { return a.status == http.StatusTooManyRequests || a.status >= 500 }

func (a answer) refusal() error {
	if a.status >= 200 && a.status < 300 {
		return nil
	}
	return fmt.Errorf("the server answers %d: %s", a.status, a.problem)
}

// maxProblem is how much of a refusal goes to the log.
const maxProblem = 512

func (j *simulatedJob) post(ctx context.Context, target string, body []byte) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Authorization", "Bearer "+j.secret)
	req.Header.Set("Content-Type", "application/json")
	resp, err := j.Client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	problem, err := io.ReadAll(io.LimitReader(resp.Body, maxProblem))
	if err != nil {
		return answer{}, err
	}
	return answer{resp.StatusCode, retryAfter(resp.Header.Get("Retry-After"), time.Now()), string(problem)}, nil
}

// retryAfter reads the header: seconds or a date. Longer than maxBackoff is not waited.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(header); err == nil {
		return min(max(0, time.Duration(seconds)*time.Second), maxBackoff)
	}
	if at, err := http.ParseTime(header); err == nil {
		return min(max(0, at.Sub(now)), maxBackoff)
	}
	return 0
}
