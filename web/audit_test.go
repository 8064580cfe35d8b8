package web

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/postgres/storetest"
)

const auditPath = "/programs/demo/audit?lang=en"

// The trail tells every entry with old and new values and its reason, narrows, and has pages that stay what they are.
func TestAuditTrail(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := signedIn(s.session(access.Regulator))
	if _, err := s.db.Writer().Append(t.Context(), s.programID, ledger.Unit{Drafts: []ledger.Draft{storetest.Correction("P1", "c", 2, 40, 100)}}); err != nil {
		t.Fatal(err)
	}
	page := s.get(auditPath, session).want(t, 200).body
	for _, want := range []string{"Correction: P1", "50 of 100 records → 40 of 100 records", "counted twice", "Report of a milestone: P1", "Weight set", "Item or blocker: blocker-1", "No test data", "/programs/demo/milestones/P1?lang=en#history"} {
		if !strings.Contains(strings.ReplaceAll(page, "&amp;", "&"), want) {
			t.Errorf("the trail does not say %q", want)
		}
	}
	for query, wants := range map[string][2]string{ // what is there, and what is not
		"&kind=correction": {"Correction: P1", "Weight set"}, "&milestone=U1": {"No entry matches", "</table>"}, "&actor=job:loader": {"Report of a milestone: P1", "Weight set"},
		"&from=2999-01-01": {"No entry matches", "</table>"}, "&to=2020-01-01": {"No entry matches", "</table>"}, "&kind=nonsense": {"No entry matches", "</table>"},
	} {
		body := s.get(auditPath+query, session).want(t, 200).body
		_, table, _ := strings.Cut(body, "</form>")
		if query == "&kind=correction" || query == "&actor=job:loader" {
			_, table, _ = strings.Cut(body, "<tbody>")
		}
		if !strings.Contains(body, wants[0]) || strings.Contains(table, wants[1]) {
			t.Errorf("%s shows the wrong entries", query)
		}
	}
	for _, query := range []string{"&from=soon", "&before=x", "&actor=%00", "&kind=" + strings.Repeat("x", 300)} {
		s.get(auditPath+query, session).want(t, 400)
	}
	drafts := []ledger.Draft{}
	for i := range 60 {
		drafts = append(drafts, storetest.Report("P1", fmt.Sprint("r", i), 3+i, int64(41), 100))
	}
	if _, err := s.db.Writer().Append(t.Context(), s.programID, ledger.Unit{Drafts: drafts}); err != nil {
		t.Fatal(err)
	}
	older := fmt.Sprintf("%s&before=%d", auditPath, s.head()-9)
	before := s.get(older, session).want(t, 200).body
	if !strings.Contains(before, "Newest entries") || !strings.Contains(before, "Older entries") {
		t.Error("a page in the middle leads nowhere")
	}
	if a := s.get("/programs/demo/audit?lang=en&as_of=2020-01-01", session).want(t, 200); !strings.Contains(a.body, "No entry matches") {
		t.Error("entries are known before they were recorded")
	}
}

// The trail as a file has the rows of the page with the page's filter, in both formats, newest first.
func TestTrailAsAFile(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.seed()
	session := s.session(access.Regulator)
	all := s.table("/api/v1/programs/demo/tables/entries.json", signedIn(session))
	if len(all.Rows) != int(s.head()) || fmt.Sprint(all.Rows[0]["entry"]) != fmt.Sprint(s.head()) {
		t.Errorf("%d rows of %d entries", len(all.Rows), s.head())
	}
	reports := s.table("/programs/demo/tables/entries.json?kind=report&milestone=P1", signedIn(session))
	if len(reports.Rows) != 1 || fmt.Sprint(reports.Rows[0]["done"]) != "50" || reports.Rows[0]["kind"] != "report" || len(fmt.Sprint(reports.Rows[0]["leaf_hash"])) != 64 {
		t.Errorf("reports of P1: %v", reports.Rows)
	}
	page := s.get("/programs/demo/audit?lang=en&kind=report&milestone=P1", signedIn(session)).want(t, 200).body
	if !strings.Contains(page, fmt.Sprint(reports.Rows[0]["leaf_hash"])) || !regexp.MustCompile(`href="[^"]*/tables/entries\.csv[^"]*kind=report[^"]*milestone=P1`).MatchString(page) {
		t.Error("the page shows another entry, or its file has another filter")
	}
	file := s.get("/programs/demo/tables/entries.csv?lang=en", signedIn(session)).want(t, 200).body
	if strings.Count(file, "\n") != len(all.Rows)+1 || !strings.Contains(file, "No test data") {
		t.Errorf("as CSV:\n%.600s", file)
	}
	for _, bad := range []string{"from=yesterday", "actor=%00", "to=2024-02-30"} {
		s.get("/programs/demo/tables/entries.csv?"+bad, signedIn(session)).want(t, 400)
	}
	if early := s.table("/programs/demo/tables/entries.json?to=2020-01-01", signedIn(session)); len(early.Rows) != 0 {
		t.Errorf("entries of before the first: %v", early.Rows)
	}
}
