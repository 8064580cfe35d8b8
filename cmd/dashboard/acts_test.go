package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/postgres/storetest"
)

// The whole way of a milestone by command: evidence, its review by another, a letter, a sanction step, an audit that fails, and an
// erasure. Nobody does what is not theirs.
func TestActsByCommand(t *testing.T) {
	db, dsns := storetest.OpenWithDSNs(t)
	for email, role := range map[string]access.Role{"sari@example.test": access.Engineer, "dewi@example.test": access.Compliance, "ani@example.test": access.Compliance, "bima@example.test": access.Regulator} {
		if _, err := db.Writer().CreateAccount(t.Context(), postgres.Account{Email: email, Name: "Somebody", Role: role, PasswordHash: "-"}); err != nil {
			t.Fatal(err)
		}
	}
	dashboard := func(args ...string) (map[string]any, error) {
		var out, problems bytes.Buffer
		err := run(t.Context(), append(args, "--json", "--database-url", dsns.Owner), strings.NewReader(definedForActs), &out, &problems)
		answer := map[string]any{}
		if err == nil {
			err = json.Unmarshal(out.Bytes(), &answer)
		}
		return answer, err
	}
	must := func(args ...string) string {
		t.Helper()
		answer, err := dashboard(args...)
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		key, _ := answer["key"].(string)
		return key
	}
	refused := func(args ...string) {
		t.Helper()
		if _, err := dashboard(args...); err == nil {
			t.Errorf("%v was taken", args)
		}
	}
	must("program", "apply", "-", "--by", "dewi@example.test")
	heads, err := db.Writer().ProgramHeads(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id := heads[0].ID
	now := func() metrics.Assessment {
		s, err := db.Writer().ProgramState(t.Context(), id, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return metrics.Assess(s.Program, s.History, time.Now())
	}
	if _, err := db.Writer().Append(t.Context(), id, ledger.Unit{Drafts: []ledger.Draft{storetest.By("job:x", storetest.Report("P1", "", 0, 100, 100))}}); err != nil {
		t.Fatal(err)
	}

	file := filepath.Join(t.TempDir(), "log.csv")
	if err := os.WriteFile(file, []byte("day,calls\n1,0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(t.TempDir(), "log.pdf")
	if err := os.WriteFile(page, []byte("<html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	add := []string{"program", "evidence", "acts", "P1", "--label", "Traffic log", "--observed-on", "2026-03-01"}
	refused(append(add, "--file", page, "--by", "sari@example.test")...)
	refused(append(add, "--file", file, "--by", "bima@example.test")...)
	refused(append(add, "--link", "http://plain.example/", "--by", "sari@example.test")...)
	refused(append(add, "--link", "javascript:alert(1)", "--by", "sari@example.test")...)
	refused(append(add, "--by", "sari@example.test")...)
	evidence := must(append(add, "--file", file, "--by", "dewi@example.test")...)
	refused("program", "review", "acts", evidence, "--done", "100", "--by", "dewi@example.test")
	refused("program", "review", "acts", evidence, "--done", "100", "--by", "sari@example.test")
	refused("program", "review", "acts", evidence, "--refuse", "--by", "ani@example.test")
	must("program", "review", "acts", evidence, "--done", "100", "--by", "ani@example.test")
	if a := now(); a.Verified != 10_000 || a.Missing != (metrics.MissingEvidence{Done: 1}) {
		t.Fatalf("verified %d, %+v", a.Verified, a.Missing)
	}

	letter := []string{"--letter", "12/PDN", "--date", "2026-04-02", "--issuer", "Kemendag", "--by", "dewi@example.test"}
	refused(append([]string{"program", "accept", "acts"}, letter...)...)
	must(append([]string{"program", "accept", "acts", "--document", "On file"}, letter...)...)
	refused(append([]string{"program", "sanction", "acts", "3", "--document", "On file"}, letter...)...)
	must(append([]string{"program", "sanction", "acts", "1", "--file", file}, letter...)...)
	if a := now(); a.State != metrics.StateAccepted {
		t.Fatal(a.State)
	}

	refused("program", "audit", "plan", "acts", "--duty", "L7", "--due", "2026-07-01", "--by", "dewi@example.test")
	must("program", "audit", "plan", "acts", "--duty", "L1", "--due", "2026-07-01", "--by", "dewi@example.test")
	refused("program", "audit", "plan", "acts", "--duty", "L1", "--due", "2026-07-01", "--by", "sari@example.test")
	change := must("program", "audit", "change", "acts", "--duty", "L1", "--changed-on", "2026-05-01", "--change", "A new service", "--by", "sari@example.test")
	if due := now().AfterCare.Audits[0].Audit.Due.String(); due != "2026-05-15" {
		t.Errorf("the check is due on %s", due)
	}
	result := []string{"--held-on", "2026-05-10", "--auditor", "KAP Contoh", "--finding", "A call was found", "--document", "Report 1"}
	refused(append([]string{"program", "audit", "result", "acts", change, "failed", "--by", "sari@example.test"}, result...)...)
	must(append([]string{"program", "audit", "result", "acts", change, "failed", "--by", "dewi@example.test"}, result...)...)
	a := now()
	if a.State != metrics.StateReopened || a.Reported != 0 || a.Verified != 0 || a.AfterCare.Held[0].Change.EN != "A new service" {
		t.Fatalf("%s, reported %d, %+v", a.State, a.Reported, a.AfterCare)
	}

	if _, err := db.Writer().Append(t.Context(), id, ledger.Unit{Drafts: []ledger.Draft{storetest.By("job:x", storetest.Report("P1", "", 0, 100, 100))}}); err != nil {
		t.Fatal(err)
	}
	wrong := storetest.By("job:x", storetest.Report("P1", "", 0, 10, 100), "reason", "Counted twice")
	wrong.Kind = ledger.KindCorrection
	receipts, err := db.Writer().Append(t.Context(), id, ledger.Unit{Drafts: []ledger.Draft{wrong}})
	if err != nil || receipts[0].Effect != ledger.Proposed {
		t.Fatalf("%+v %v", receipts, err)
	}
	refused("program", "decide", "acts", receipts[0].Proposal, "withdrawn", "--by", "sari@example.test")
	must("program", "decide", "acts", receipts[0].Proposal, "approved", "--by", "sari@example.test")
	if a := now(); a.Reported != 1000 {
		t.Fatalf("reported %d", a.Reported)
	}

	s, err := db.Writer().ProgramState(t.Context(), id, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	sum := s.Evidence[0].SHA256
	refused("program", "erase", "acts", sum, "--reason", "A name", "--by", "sari@example.test")
	must("program", "erase", "acts", sum, "--reason", "A name", "--by", "dewi@example.test")
	refused("program", "erase", "acts", sum, "--reason", "A name", "--by", "dewi@example.test")
	if f, err := db.Writer().StoredFile(t.Context(), id, sum); err != nil || f.ErasedAt.IsZero() {
		t.Errorf("%+v %v", f, err)
	}
	if _, err := dashboard("rebuild", "--check"); err != nil {
		t.Error(err)
	}
}

const definedForActs = `{
  "slug": "acts",
  "program": {"name": {"id": "Contoh", "en": "Example"}, "timezone": "Asia/Jakarta", "start": "2026-01-05", "rules": {"second_person_above_basis_points": 100, "recheck_days": 14}},
  "duties": [{"key": "L1", "text": {"id": "Tidak ada interkoneksi", "en": "No interconnection"}, "article": "Pasal 13"}],
  "sanctions_ladder": {"legal_basis": "Permendag 31/2023 Pasal 50 ayat (2)", "steps": [
    {"number": 1, "name": {"id": "peringatan tertulis", "en": "written warning"}}, {"number": 2, "name": {"id": "daftar hitam", "en": "blacklist"}}]},
  "areas": [{"key": "P", "name": {"id": "Pembayaran", "en": "Payments"}, "position": 1}],
  "milestones": [{"key": "P1", "area": "P", "position": 1, "unit": "records", "layer": "back_end", "name": {"id": "Pindah", "en": "Moved"},
    "definition_of_done": {"id": "Semua", "en": "All"}, "planned_start": "2026-01-05", "planned_due": "2026-06-30", "cadence_seconds": 86400, "grace_seconds": 3600, "duties": ["L1"]}],
  "weights": {"version": 1, "basis_points": {"P1": 10000}}
}`
