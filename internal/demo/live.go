package demo

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
	"tenggat/internal/release"
)

// The live program's calendar, in days since its start.
const (
	liveToday     = 60 // the day the demo was loaded
	liveFirstDate = liveToday + 20
	liveLastDate  = liveToday + 45 // binds

	scopeGrewOn    = 25
	overcountFrom  = 30
	correctedOn    = 33
	postponedOn    = 38
	reweightedOn   = 40
	firstBlockerOn = 47
	nextBlockerOn  = 54
	evidenceOn     = 57
	reviewedOn     = 58
)

// The live program's evidence and the audit that falls due first.
const (
	liveAccepted = "evidence-cards"
	LiveEvidence = "evidence-wallets" // waits for its review
	LiveAudit    = "audit-links"
	LiveProposal = "proposal-b6aa3bdb54c3" // follows from who proposed it, and the id it was sent under

	evidenced = 925_000 // how many of P2's cards the accepted evidence supports: half
)

// overcount is how many records of P1 were counted twice until that was corrected.
const overcount = 180_000

// liveMilestone is a milestone of the live program and the history it was given.
type liveMilestone struct {
	key, area, unit, layer string
	name, definition       ledger.Text
	weight                 int64 // basis points, first weight set
	start, due             int   // planned, days since the program's start
	total                  int64
	firstTotal             int64 // until scopeGrewOn; 0: total
	done                   int64 // on the day the demo was loaded
	finished               int   // day on which done was reached; 0: liveToday
	job                    string
}

// reportsOn says on which days somebody reports: jobs daily, people every other day.
func (m liveMilestone) reportsOn(day int) bool {
	return day > m.start && (m.job != "" || (day-m.start)%2 == 0)
}

func (m liveMilestone) sender() string {
	if m.job == "" {
		return engineer
	}
	return "job:" + m.job
}

// cadence and grace: a day for jobs, three for people.
func (m liveMilestone) cadence() (cadence, grace int64) {
	if m.job == "" {
		return 3 * daySeconds, daySeconds
	}
	return daySeconds, daySeconds / 4
}

func (m liveMilestone) totalOn(day int) int64 {
	if m.firstTotal != 0 && day < scopeGrewOn {
		return m.firstTotal
	}
	return m.total
}

// liveStart is the live program's day 0: 60 days before now, unless an interrupted Load has begun it already.
func liveStart(ctx context.Context, w *postgres.Writer, heads []postgres.ProgramHead, zone *time.Location, now time.Time) (time.Time, error) {
	if head, ok := findHead(heads, Live); ok && head.Entry > 0 {
		state, err := w.ProgramState(ctx, head.ID, time.Time{})
		return state.Start.Start(zone), err
	}
	return (metrics.DayOf(now, zone) - liveToday).Start(zone), nil
}

// liveScript is the live program's history up to now. The same start gives the same history.
func liveScript(start, now time.Time) script {
	l := livePlayer{newScript(Live), start}
	l.released = []publication{{at: l.at(liveToday - 1).Add(2 * time.Hour), parts: []release.Part{release.Verdict, release.Areas}, badge: true, note: liveNote}}
	l.define()
	l.changes()
	l.acts()
	for i, m := range liveMilestones {
		l.report(m, rand.New(rand.NewPCG(60, uint64(i)))) //nolint:gosec // a history that is the same each time, not a secret
	}
	for at := range l.groups {
		if at.After(now) {
			delete(l.groups, at)
		}
	}
	return l.script
}

type livePlayer struct {
	script
	start time.Time
}

// at is 08:00 of a day, when the night's work is reported and recorded.
func (l livePlayer) at(day int) time.Time { return l.start.AddDate(0, 0, day).Add(8 * time.Hour) }

func (l livePlayer) date(day int) string { return l.at(day).Format(time.DateOnly) }

func (l livePlayer) define() {
	at := l.at(0)
	l.fact(at, ledger.KindProgram, "program", ledger.Program{
		Name: liveName, Timezone: jakarta, Start: l.date(0), LegalBasis: "Ketentuan Contoh 1", LeadRegulator: liveRegulator,
		Operators: []string{"PT Pasar Lama Contoh", "PT Pasar Baru Contoh"}, Demo: "live",
	}, nil)
	for i, a := range liveAreas {
		a.Position = i
		l.fact(at, ledger.KindArea, "area-"+a.Key, a, nil)
	}
	for _, d := range liveDuties {
		l.fact(at, ledger.KindDuty, "duty-"+d.Key, d, nil)
	}
	l.fact(at, ledger.KindLadder, "ladder", liveLadder, nil)
	weights := map[string]int64{}
	for i, m := range liveMilestones {
		weights[m.key] = m.weight
		l.fact(at, ledger.KindMilestone, "milestone-"+m.key, l.milestone(m, i), nil)
	}
	l.fact(at, ledger.KindWeights, "weights-1", ledger.Weights{Version: 1, BasisPoints: weights, Provenance: "invented"}, nil)
	for _, j := range liveJobs {
		l.fact(at, ledger.KindJob, "job-"+j.Key, ledger.Job{Key: j.Key, Name: j.Name, Milestones: milestonesOf(j.Key), CadenceSeconds: daySeconds}, nil)
	}
	l.deadline(0, 1, liveFirstDate, ledger.Text{ID: "80 hari sejak dimulai", EN: "80 days from the start"})
}

func (l livePlayer) milestone(m liveMilestone, position int) ledger.Milestone {
	cadence, grace := m.cadence()
	return ledger.Milestone{
		Key: m.key, Area: m.area, Name: m.name, Definition: m.definition, Unit: m.unit, PlannedStart: l.date(m.start), PlannedDue: l.date(m.due),
		Layer: m.layer, CadenceSeconds: cadence, GraceSeconds: grace, Position: position, Provenance: "invented",
		Duties: liveServes[m.area],
	}
}

// acts are what people brought and judged of late, and what waits: a piece of evidence for its review, a correction for its second
// person, an audit for its day.
func (l livePlayer) acts() {
	link := func(key, milestone, label, labelEN string) ledger.Draft {
		return ledger.Draft{Kind: ledger.KindEvidence, Texts: translated("label", ledger.Text{ID: label, EN: labelEN}), Body: ledger.Evidence{
			Key: key, Milestone: milestone, Link: "https://berkas.example/" + key, ObservedOn: l.date(evidenceOn - 1), Provenance: "invented",
		}}
	}
	l.said(evidenceOn, engineer, link(liveAccepted, "P2", "Laporan tokenisasi ulang kartu", "Report on re-tokenised cards"))
	l.said(evidenceOn, engineer, link(LiveEvidence, "P1", "Rekonsiliasi saldo dompet", "Reconciliation of wallet balances"))
	l.said(reviewedOn, officerPseudonym, ledger.Draft{Kind: ledger.KindReview, Body: ledger.Review{
		Milestone: "P2", EvidenceKey: liveAccepted, Accepted: true, Done: evidenced, Evidence: "https://berkas.example/" + liveAccepted, ObservedOn: l.date(evidenceOn - 1), Provenance: "invented",
	}})
	done, total := int64(1_600_000), int64(6_300_000)
	l.said(liveToday-1, engineer, ledger.Draft{Kind: ledger.KindCorrection, EventID: "correction-U2", Texts: translated("reason", liveProposal), Body: ledger.Report{
		Milestone: "U2", Done: &done, Total: &total, Unit: "records", State: runState(done, total),
	}})
	for _, audit := range []ledger.Audit{
		{Key: LiveAudit, Duties: []string{"L1"}, Due: l.date(liveLastDate + 30)}, {Key: "audit-payments", Duties: []string{"L2"}, Due: l.date(liveLastDate + 90)},
	} {
		audit.Trigger, audit.Provenance = "periodic", "invented"
		l.said(reviewedOn, officerPseudonym, ledger.Draft{Kind: ledger.KindAudit, Body: audit})
	}
}

// said adds what a person recorded an hour after the night's reports.
func (l livePlayer) said(day int, who string, d ledger.Draft) {
	d.Source, d.Actor = who, who
	d.EventID = cmp.Or(d.EventID, string(d.Kind)+"-"+d.Key())
	l.add(l.at(day).Add(time.Hour), d)
}

// deadline records a version on a day; it replaces the one before.
func (l livePlayer) deadline(day int, version int64, date int, stated ledger.Text) {
	d := ledger.Deadline{
		Key: fmt.Sprintf("D%d", version), Version: version, Kind: "regulatory", Date: l.date(date), Stated: stated, AnnouncedOn: l.date(day),
		AnnouncedBy: liveRegulator, Document: fmt.Sprintf("Surat contoh %d/TENGGAT", version), Binding: true, Provenance: "invented",
	}
	if version > 1 {
		d.Amends = fmt.Sprintf("D%d", version-1)
	}
	l.fact(l.at(day), ledger.KindDeadline, d.Key, d, nil)
}

// changes are what happened to the plan along the way: scope, date, weights, and what blocks the work.
func (l livePlayer) changes() {
	for i, m := range liveMilestones {
		if m.firstTotal != 0 {
			body := l.milestone(m, i)
			body.Definition = liveGrownDefinition
			l.fact(l.at(scopeGrewOn), ledger.KindMilestone, "milestone-"+m.key+"-grown", body, nil)
		}
	}
	l.deadline(postponedOn, 2, liveLastDate, ledger.Text{ID: "diundur 25 hari karena cakupan bertambah", EN: "postponed by 25 days because the scope grew"})
	weights := map[string]int64{}
	for _, m := range liveMilestones {
		weights[m.key] = m.weight
	}
	weights["P3"] += 200
	weights["M2"] -= 200
	l.fact(l.at(reweightedOn), ledger.KindWeights, "weights-2", ledger.Weights{Version: 2, BasisPoints: weights, Provenance: "invented"}, nil)
	for _, b := range liveBlockers {
		l.fact(l.at(b.day), ledger.KindItem, b.key, ledger.Item{
			Key: b.key, Kind: "blocker", Milestone: b.milestone, WaitsOn: b.waitsOn, OpenedOn: l.date(b.day), Due: l.date(b.due), Provenance: "invented",
		}, translated("title", b.title))
	}
}

// report adds a milestone's history: steps of uneven size that end at its done.
func (l livePlayer) report(m liveMilestone, chance *rand.Rand) {
	last := m.finished
	if last == 0 {
		last = liveToday
	}
	steps, sum := make([]float64, last+1), 0.0
	for day := m.start + 1; day <= last; day++ {
		steps[day] = 0.4 + 1.2*chance.Float64()
		sum += steps[day]
	}
	share := 0.0
	for day := m.start + 1; day <= last; day++ {
		share += steps[day] / sum
		done := int64(share * float64(m.done))
		if day == last {
			done = m.done // whatever the fractions added up to
		}
		if m.reportsOn(day) || day == last {
			l.add(l.at(day), l.observed(m, day, done))
		}
	}
}

// observed is a report of a day. P1 counts some records twice for a few days, and then corrects that.
func (l livePlayer) observed(m liveMilestone, day int, done int64) ledger.Draft {
	d := ledger.Draft{Kind: ledger.KindReport, Source: m.sender(), EventID: l.date(day) + "-" + m.key, Actor: m.sender()}
	if m.key == "P1" {
		switch {
		case day >= overcountFrom && day < correctedOn:
			done += overcount
		case day == correctedOn:
			d.Kind, d.Source, d.Actor = ledger.KindCorrection, engineer, engineer
			d.Texts = translated("reason", liveCorrection)
		}
	}
	total := m.totalOn(day)
	d.Body = ledger.Report{Milestone: m.key, Done: &done, Total: &total, Unit: m.unit, State: runState(done, total)}
	return d
}

func milestonesOf(job string) []string {
	var keys []string
	for _, m := range liveMilestones {
		if m.job == job {
			keys = append(keys, m.key)
		}
	}
	return keys
}
