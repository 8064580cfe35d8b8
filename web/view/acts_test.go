package view

import (
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"tenggat/internal/metrics"
)

// withActs gives a program evidence and proposals in every state.
func withActs(p metrics.Program, a metrics.Assessment) (metrics.Program, metrics.Assessment) {
	at := a.At.UTC()
	refused := &metrics.Review{Reason: alike("Bulan lain"), By: "p-dewi", Entry: 90, RecordedAt: at}
	accepted := &metrics.Review{Accepted: true, Done: 90, By: "p-dewi", Entry: 91, RecordedAt: at}
	sum := strings.Repeat("0f", 32)
	p.Evidence = []metrics.Evidence{
		{Key: "evidence-1", Milestone: "P1", SHA256: sum, Size: 1_300_000, MediaType: "application/pdf", ObservedOn: a.Today, Label: alike("Catatan lalu lintas"), Description: alike("Tujuh hari"), By: "p-sari", RecordedAt: at, Provenance: "invented"},
		{Key: "evidence-2", Milestone: "P1", Link: "https://berkas.example/laporan", ObservedOn: a.Today, Label: alike(strings.Repeat("Panjang", 40)), By: "p-sari", RecordedAt: at, Review: accepted},
		{Key: "evidence-3", Milestone: "P2", SHA256: sum, Size: 900, MediaType: "text/plain", ObservedOn: a.Today, By: "p-dewi", RecordedAt: at, Review: refused, Erased: true},
		{Key: "evidence-4", Milestone: "P2", SHA256: sum, Size: 900, MediaType: "image/png", ObservedOn: a.Today, Label: alike("Layar"), By: "p-sari", RecordedAt: at, Review: accepted, Void: true},
	}
	proposed := metrics.Proposal{
		Key: "proposal-1", Milestone: "P1", Counts: metrics.Counts{Done: 40, Total: 100}, ObservedAt: at, Points: 1440, Limit: 100, Reason: alike("Terhitung dua kali"), By: "job:job-payments", RecordedAt: at,
	}
	reopening := proposed
	reopening.Key, reopening.Milestone, reopening.Reopening, reopening.By = "proposal-2", "P2", true, "p-sari"
	p.Proposals = []metrics.Proposal{proposed, reopening}
	for i, outcome := range []metrics.Outcome{metrics.Approved, metrics.RefusedByPeer, metrics.Withdrawn} {
		settled := proposed
		settled.Key = "settled-" + string(outcome)
		settled.Decision = &metrics.Decision{Outcome: outcome, By: "p-dewi", RecordedAt: at, Reason: []metrics.Text{{}, alike("Tidak benar"), {}}[i]}
		p.Proposals = append(p.Proposals, settled)
	}
	return p, metrics.Assess(p, metrics.History{}, a.At)
}

// withLetters gives a program letters, sanction steps, duties and audits in every state.
func withLetters(p metrics.Program, a metrics.Assessment) (metrics.Program, metrics.Assessment) {
	at, sum := a.At.UTC(), strings.Repeat("0f", 32)
	letter := func(document, file string, erased bool) metrics.Letter {
		return metrics.Letter{
			Number: "12/PDN/2024", Date: a.Today, Issuer: "Ditjen PKTN", Paper: metrics.Paper{Document: document, File: file, Erased: erased}, By: "p-dewi", Entry: 91, RecordedAt: at, Provenance: "invented",
		}
	}
	p.Milestones = slices.Clone(p.Milestones)
	for i := range p.Milestones {
		p.Milestones[i].Duties = []string{"L1"}
	}
	p.Acceptances = []metrics.Acceptance{
		{Key: "acceptance-1", Letter: letter("Map hijau", "", false)}, {Key: "acceptance-2", Milestones: []string{"P1", "P2"}, Letter: letter("https://berkas.example/surat", sum, false)},
	}
	p.Ladder = &metrics.Ladder{LegalBasis: "Permendag 31/2023", Steps: []metrics.LadderStep{
		{Number: 1, Name: metrics.Text{ID: "peringatan tertulis", EN: "written warning"}, Note: metrics.Text{ID: "paling banyak tiga", EN: "at most three"}},
		{Number: 2, Name: metrics.Text{ID: "daftar hitam", EN: "blacklist"}}, {Number: 3, Name: metrics.Text{ID: "pencabutan izin", EN: "revocation"}},
	}}
	p.Sanctions = []metrics.SanctionStep{
		{Key: "sanction-1", Step: 1, Letter: letter("", sum, false)}, {Key: "sanction-2", Step: 2, Letter: letter("", sum, true)}, {Key: "sanction-3", Step: 2, Lifted: true, Letter: letter("Map hijau", "", false)},
	}
	p.Duties = []metrics.Duty{
		{Key: "L1", Text: metrics.Text{ID: "Tidak ada interkoneksi", EN: "No interconnection"}, Article: "Pasal 13", Source: "Permendag", Provenance: "article"},
		{Key: "L5", Text: metrics.Text{ID: "Audit berkala", EN: "Periodic audits"}, Advice: true},
	}
	p.Audits = []metrics.Audit{
		{Key: "audit-late", Trigger: metrics.Periodic, Duties: []string{"L1"}, Due: a.Today - 3}, {Key: "audit-1", Trigger: metrics.Periodic, Duties: []string{"L1", "L5"}, Due: a.Today + 30},
		{Key: "audit-2", Trigger: metrics.SystemChange, Duties: []string{"L1"}, Due: a.Today, ChangedOn: &a.Today, Change: alike("Layanan baru")},
		{Key: "audit-3", Trigger: metrics.Periodic, Duties: []string{"L1"}, Due: a.Today, HeldOn: &a.Today, Result: metrics.AuditFailed, Auditor: "KAP Contoh", Finding: alike("Ada panggilan"), Paper: metrics.Paper{File: sum}, Entry: 92, RecordedAt: at},
		{Key: "audit-4", Trigger: metrics.Periodic, Duties: []string{"L5"}, Due: a.Today, HeldOn: &a.Today, Result: metrics.AuditPassed, Auditor: "KAP Contoh", Finding: alike("Bersih"), Paper: metrics.Paper{Document: "Map"}, Entry: 93, RecordedAt: at},
	}
	return p, metrics.Assess(p, metrics.History{}, a.At)
}

// addActs adds the pages of what a second person judges and of what follows the end.
func addActs(pages map[string]templ.Component, suffix string, f Frame, p metrics.Program, a metrics.Assessment) {
	f.Path = ProgramPath(p.Key) + "/evidence"
	pages["evidence"+suffix] = EvidencePage(NewEvidenceModel(f, p, a))
	f.Path = ProgramPath(p.Key) + "/aftercare"
	pages["after-care"+suffix] = AfterCarePage(NewAfterCareModel(f, p, a))
	f.Path = ProgramPath(p.Key) + "/proposals"
	pages["proposals"+suffix] = ProposalsPage(NewProposalsModel(f, p, a))
	f.Path = ProgramPath(p.Key) + "/feeds"
	pages["feeds none"+suffix] = FeedsPage(NewFeedsModel(f, p, nil, nil, "https://tenggat.example", ""))
	pages["feeds made"+suffix] = FeedsPage(NewFeedsModel(f, p, &a.At, &a.At, "https://tenggat.example", "tenggat_feed_x"))
	addPublic(pages, suffix, f, p, a)
	if len(p.Milestones) == 0 {
		return
	}
	p, a = withActs(p, a)
	pages["evidence in every state"+suffix] = EvidencePage(NewEvidenceModel(f, p, a))
	pages["proposals in every state"+suffix] = ProposalsPage(NewProposalsModel(f, p, a))
	pages["items with proposals"+suffix] = ItemsPage(NewItemsModel(f, p, a))
	lp, la := withLetters(p, a)
	pages["deadlines with letters"+suffix] = DeadlinesPage(NewDeadlinesModel(f, lp, la))
	pages["after-care in every state"+suffix] = AfterCarePage(NewAfterCareModel(f, lp, la))
	pages["items with an overdue audit"+suffix] = ItemsPage(NewItemsModel(f, lp, la))
	fc := metrics.ForecastProgram(p, metrics.History{}, a, 0)
	if m, ok := NewMilestoneModel(f, p, a, fc, metrics.History{}, "P1", HistoryPage{}); ok {
		pages["milestone with acts"+suffix] = MilestonePage(m)
	}
}

func addActForms(t testing.TB, pages map[string]templ.Component, f Frame, p metrics.Program, a metrics.Assessment) {
	p, a = withActs(p, a)
	up := Upload{Limit: 20 << 20, Accept: ".pdf"}
	add := func(name string, m ActModel, ok bool) {
		if !ok {
			t.Fatalf("no form %s", name)
		}
		pages[name] = ActPage(m)
	}
	fresh, failed := Form{}, func(fields ...string) Form {
		form := Form{Values: map[string]string{"kept": strings.Repeat("0f", 32), "file": "laporan.pdf, 1 MiB"}}
		for _, field := range fields {
			form.Errors = append(form.Errors, FieldError{field, "Wajib."})
		}
		return form
	}
	m, ok := NewAddEvidenceModel(f, p, a, "P1", fresh, "event-7", up)
	add("evidence fresh", m, ok)
	m, ok = NewAddEvidenceModel(f, p, a, "P1", failed("label", "observed_on", "description", "link", "file"), "event-7", up)
	add("evidence failed", m, ok)
	m, ok = NewReviewModel(f, p, a, "evidence-1", "p-dewi", fresh, "event-8")
	add("review fresh", m, ok)
	m, ok = NewReviewModel(f, p, a, "evidence-2", "p-dewi", failed("outcome", "done", "reason"), "event-8")
	add("review failed", m, ok)
	m, ok = NewReviewModel(f, p, a, "evidence-3", "p-dewi", fresh, "event-8")
	add("review of one's own", m, ok)
	m, ok = NewDecideModel(f, p, a, "proposal-1", "p-dewi", fresh, "event-9")
	add("decide fresh", m, ok)
	m, ok = NewDecideModel(f, p, a, "proposal-2", "p-sari", failed("outcome", "reason"), "event-9")
	add("decide on one's own", m, ok)
	m, ok = NewDecideModel(f, p, a, "settled-refused", "p-dewi", fresh, "event-9")
	add("decide settled", m, ok)
	m, ok = NewReopenModel(f, p, a, "P1", failed("done", "reason"), "event-10")
	add("reopen failed", m, ok)
	m, ok = NewReopenModel(f, p, a, "M3", fresh, "event-10")
	add("reopen fresh", m, ok)

	p, _ = withLetters(p, a)
	letter := []string{"letter_number", "letter_date", "issuer", "document", "file"}
	add("acceptance fresh", NewAcceptanceModel(f, p, fresh, "event-11", up), true)
	add("acceptance failed", NewAcceptanceModel(f, p, failed(append(letter, "covers_each")...), "event-11", up), true)
	add("sanction fresh", NewSanctionModel(f, p, fresh, "event-12", up), true)
	add("sanction failed", NewSanctionModel(f, p, failed(append(letter, "number", "outcome")...), "event-12", up), true)
	add("audit plan fresh", NewAuditPlanModel(f, p, fresh, "event-13"), true)
	add("audit plan failed", NewAuditPlanModel(f, p, failed("duties_each", "due"), "event-13"), true)
	add("audit change failed", NewAuditChangeModel(f, p, failed("duties_each", "changed_on", "change", "due"), "event-14"), true)
	m, ok = NewAuditResultModel(f, p, "audit-2", failed("result", "held_on", "auditor", "finding", "document", "file"), "event-15", up)
	add("audit result failed", m, ok)
	m, ok = NewAuditResultModel(f, p, "audit-3", fresh, "event-15", up)
	add("audit result settled", m, ok)
	typed := Form{Values: map[string]string{"covers_each": "P1\nP2", "letter_number": "12/PDN", "letter_date": "2024-03-12", "issuer": "Ditjen", "kept": strings.Repeat("0f", 32), "file": "surat.pdf, 1 MiB"}}
	pages["acceptance reviewed"] = ActReviewPage(NewAcceptanceModel(f, p, typed, "event-16", up))
	p.Ladder, p.Duties = nil, nil
	add("sanction without a ladder", NewSanctionModel(f, p, fresh, "event-12", up), true)
	add("audit plan without duties", NewAuditPlanModel(f, p, fresh, "event-13"), true)
}
