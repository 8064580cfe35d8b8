package web

import (
	"fmt"
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
