package web

import (
	"fmt"
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres/storetest"
)

// jobOfToken is the job that the tokens of storetest are for.
const jobOfToken = "loader"

// withJob records the job whose token storetest issues.
func (s *site) withJob() {
	s.t.Helper()
	job := storetest.Fact(ledger.KindJob, ledger.Job{Key: jobOfToken, Name: ledger.Text{ID: "Muat", EN: "Load"}, Milestones: []string{"P1"}, CadenceSeconds: 86400})
	if _, err := s.db.Writer().Append(s.t.Context(), s.programID, ledger.Unit{Drafts: []ledger.Draft{job}}); err != nil {
		s.t.Fatal(err)
	}
}

func TestAJobsPageShowsItsRunsAndFreshness(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.withJob()
	token := s.token("report")
	for i, state := range []string{"running", "succeeded"} {
		body := fmt.Sprintf(`{"event_id":"run-1/%d","observed_at":%q,"done":%d,"total":100,"run_id":"run-1","state":%q}`, i, observed(5-i), 40+i, state)
		s.send("POST", reportsOfP1, body, bearing(token)).want(t, 201)
	}
	s.send("POST", reportsOfP1, fmt.Sprintf(`{"event_id":"run-2/1","observed_at":%q,"run_id":"run-2","state":"running"}`, observed(1)), bearing(token)).want(t, 201)

	page := s.get("/programs/demo/jobs/"+jobOfToken+"?lang=en", signedIn(s.session(access.Engineer))).want(t, 200).body
	for _, want := range []string{"run-1", "succeeded", "41 of 100", "run-2", "27 days silent", "curl -sS -X POST", s.url + reportsOfP1, "report, valid until"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Index(page, "run-2") > strings.Index(page, "run-1") {
		t.Error("the run heard last does not come first")
	}
	reader := s.get("/programs/demo/jobs/"+jobOfToken+"?lang=en", signedIn(s.session(access.Regulator))).want(t, 200).body
	if strings.Contains(reader, "curl") || strings.Contains(reader, "valid until") {
		t.Error("who may not report sees how to, or the tokens")
	}
	s.get("/programs/demo/jobs/nobody", signedIn(s.session(access.Regulator))).want(t, 404)
}
