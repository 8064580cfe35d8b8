//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tenggat/internal/i18n"
)

// ago is a time shortly before now, as reports write it.
func ago(d time.Duration) string { return time.Now().Add(-d).UTC().Format(time.RFC3339Nano) }

// A job posts by HTTP with a token made by the command, and the overview shows it.
func TestJobReportsAndOverviewShows(t *testing.T) {
	p := opened(t)
	job := visitor{program: p, token: issue(t, p, officeProgram, "load-users", "--milestone", "U1").Token}
	officer := reader(t, p)
	const percent = "20–80%" // U1 weighs 40 points, and half of it is done; P1 weighs 60 and was never heard of

	body := `{"event_id":"run-1/1","observed_at":"` + ago(time.Minute) + `","done":50,"total":100,"failed":2,"run_id":"run-1","state":"running"}`
	receipt := decode[struct {
		Entry  int64  `json:"entry"`
		Effect string `json:"effect"`
		Leaf   string `json:"leaf_hash"`
	}](t, job.report(t, officeProgram, "U1", body).want(t, http.StatusCreated))
	if receipt.Entry == 0 || receipt.Effect != "applied" || len(receipt.Leaf) != 44 {
		t.Errorf("the receipt: %+v", receipt)
	}
	overview := officer.get(t, "/programs/"+officeProgram+"?lang=en").want(t, http.StatusOK).body
	if got := words(within(overview, `<p class="key-number">`, "<small>")); got != percent {
		t.Fatalf("the overview shows %s, want %s:\n%s", got, percent, words(overview))
	}

	t.Run("again", func(t *testing.T) {
		if again := job.report(t, officeProgram, "U1", body).want(t, http.StatusOK); !strings.Contains(again.body, `"duplicate"`) {
			t.Errorf("the same report again: %s", again.body)
		}
		job.report(t, officeProgram, "U1", strings.Replace(body, `"done":50`, `"done":51`, 1)).want(t, http.StatusConflict)
	})
	t.Run("lower", func(t *testing.T) {
		lower := `{"event_id":"run-1/2","observed_at":"` + ago(time.Second) + `","done":49,"total":100}`
		if refused := job.report(t, officeProgram, "U1", lower).want(t, http.StatusConflict); !strings.Contains(refused.body, "correction") {
			t.Errorf("the refusal does not say how to correct: %s", refused.body)
		}
	})
	t.Run("not allowed", func(t *testing.T) {
		good := `{"event_id":"x","observed_at":"` + ago(time.Second) + `","done":1,"total":100}`
		job.report(t, officeProgram, "P1", good).want(t, http.StatusForbidden)
		job.report(t, "another-program", "U1", good).want(t, http.StatusNotFound)
		visitor{program: p}.report(t, officeProgram, "U1", good).want(t, http.StatusUnauthorized)
		visitor{program: p, token: keepSecret("tenggat-no-token")}.report(t, officeProgram, "U1", good).want(t, http.StatusUnauthorized)
	})
	for name, c := range badReports() {
		t.Run(name, func(t *testing.T) {
			a := job.send(t, http.MethodPost, "/api/v1/programs/"+officeProgram+"/milestones/U1/reports", c.contentType, c.body)
			if a.StatusCode < 400 || a.StatusCode >= 500 || a.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("status %d, %s\n%s", a.StatusCode, a.Header.Get("Content-Type"), a.body)
			}
		})
	}

	if after := officer.get(t, "/programs/"+officeProgram+"?lang=en").want(t, http.StatusOK).body; words(after) != words(overview) {
		t.Errorf("what was refused has changed the overview:\n%s\n%s", words(overview), words(after))
	}
	items := officer.get(t, "/programs/"+officeProgram+"/items?lang=en").want(t, http.StatusOK).body
	rows := table(t, items, i18n.English.T(i18n.ItemsCaption))
	if total := rows[len(rows)-1]; total[3] != "80" {
		t.Errorf("the outstanding items add up to %q, want 80 points", total)
	}
}

type badReport struct{ contentType, body string }

func badReports() map[string]badReport {
	const json = "application/json"
	at := ago(time.Second)
	report := func(members string) string { return fmt.Sprintf(`{"event_id":"bad","observed_at":%q,%s}`, at, members) }
	return map[string]badReport{
		"done above total":  {json, report(`"done":101,"total":100`)},
		"negative":          {json, report(`"done":-1,"total":100`)},
		"null":              {json, report(`"done":null,"total":100`)},
		"exponent":          {json, report(`"done":6e1,"total":100`)},
		"NaN":               {json, report(`"done":NaN,"total":100`)},
		"text":              {json, report(`"done":"60","total":100`)},
		"unknown member":    {json, report(`"done":60,"total":100,"percent":60`)},
		"duplicate member":  {json, report(`"done":60,"done":61,"total":100`)},
		"trailing text":     {json, report(`"done":60,"total":100`) + "x"},
		"bad UTF-8":         {json, report("\"done\":60,\"total\":100,\"message\":\"\xff\"")},
		"NUL":               {json, report("\"done\":60,\"total\":100,\"message\":\"a\\u0000b\"")},
		"in the future":     {json, `{"event_id":"bad","observed_at":"2999-01-01T00:00:00Z","done":60,"total":100}`},
		"too large":         {json, report(`"done":60,"total":100,"message":"` + strings.Repeat("x", 1<<20) + `"`)},
		"empty":             {json, ""},
		"other media type":  {"text/plain", report(`"done":60,"total":100`)},
		"a form":            {"application/x-www-form-urlencoded", "done=60&total=100"},
		"a list":            {json, "[" + report(`"done":60,"total":100`) + "]"},
		"another unit":      {json, report(`"done":60,"total":100,"unit":"merchants"`)},
		"parts above total": {json, report(`"done":60,"total":100,"failed":50`)},
	}
}
