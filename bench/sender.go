package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// senders are the jobs that report to one program over HTTP. Each sender has milestones of its own, whose counts only grow,
// so that every report is new and none contradicts another.
type senders struct {
	addr, token string
	program     program
	run         string // sets this run's event ids apart from others'
	each        []sender
}

type sender struct {
	milestones []string
	sent       int64
	at         time.Time // of the last observation
}

// newSenders shares the program's milestones among n senders; n must divide their number.
func newSenders(ctx context.Context, s *site, p program, n int) (*senders, error) {
	token, err := issueToken(ctx, s.store.Writer(), p.slug)
	if err != nil {
		return nil, err
	}
	all := &senders{addr: s.dash.addr, token: token, program: p, run: rand.Text()[:8], each: make([]sender, n)}
	share := len(p.milestones) / n
	for i := range all.each {
		all.each[i].milestones = p.milestones[i*share : (i+1)*share]
	}
	return all, nil
}

// reportJSON is the body of a report.
type reportJSON struct {
	Program    string `json:"program,omitempty"` // only in a batch
	Milestone  string `json:"milestone,omitempty"`
	EventID    string `json:"event_id"`
	ObservedAt string `json:"observed_at"`
	Done       int64  `json:"done"`
	Total      int64  `json:"total"`
	State      string `json:"state"`
}

// next is the sender's next report, and the milestone it is of.
func (all *senders) next(i int) (reportJSON, string) {
	s := &all.each[i]
	s.sent++
	if now := time.Now(); now.After(s.at.Add(time.Microsecond)) {
		s.at = now
	} else {
		s.at = s.at.Add(time.Microsecond)
	}
	return reportJSON{
		EventID:    all.run + "-" + strconv.Itoa(i) + "-" + strconv.FormatInt(s.sent, 10),
		ObservedAt: s.at.UTC().Format("2006-01-02T15:04:05.000000Z"), Done: s.sent, Total: total, State: "running",
	}, s.milestones[int(s.sent)%len(s.milestones)]
}

// single is a request with the sender's next report.
func (all *senders) single(i int) []byte {
	report, milestone := all.next(i)
	body, _ := json.Marshal(report) // strings and numbers cannot fail
	path := "/api/v1/programs/" + all.program.slug + "/milestones/" + milestone + "/reports"
	return postRequest(all.addr, path, all.token, body)
}

// batch is a request with the sender's next n reports.
func (all *senders) batch(i, n int) []byte {
	reports := make([]reportJSON, n)
	for k := range reports {
		report, milestone := all.next(i)
		report.Program, report.Milestone = all.program.slug, milestone
		reports[k] = report
	}
	body, _ := json.Marshal(map[string]any{"reports": reports}) // strings and numbers cannot fail
	return postRequest(all.addr, "/api/v1/reports:batch", all.token, body)
}

// allApplied is the check of a batch of n new reports.
func allApplied(n int) func(answer) error {
	want := fmt.Appendf(nil, `"received":%d,"applied":%d,`, n, n)
	return func(a answer) error {
		if a.Status != 200 || !bytes.Contains(a.Body, want) {
			return fmt.Errorf("batch answered %d: %.500s", a.Status, a.Body)
		}
		return nil
	}
}

// receipt is what acknowledges a report.
type receipt struct {
	ID     string `json:"id"`
	Entry  int64  `json:"entry"`
	Leaf   string `json:"leaf_hash"`
	Effect string `json:"effect"`
}

func readReceipt(a answer) (receipt, error) {
	var r receipt
	if err := json.Unmarshal(a.Body, &r); err != nil {
		return r, fmt.Errorf("receipt: %w: %.300s", err, a.Body)
	}
	return r, nil
}
