package demo

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

const daySeconds = 24 * 60 * 60

// engineer is the pseudonym under which the replay's and the live program's people report.
const engineer = "p-demo-engineer"

// replayer turns the case file into a script. Within one day definitions come first, then deadlines, what was said, what was
// outstanding, and what was reported.
type replayer struct {
	caseFile
	script
	zone *time.Location
}

// replay is the real case as a script.
func (f caseFile) replay(zone *time.Location) (script, error) {
	r := replayer{f, newScript(f.Program.ID), zone}
	for _, part := range []func() error{r.definitions, r.deadlines, r.statements, r.openItems, r.reports, r.closeItems} {
		if err := part(); err != nil {
			return script{}, fmt.Errorf("demo data: %w", err)
		}
	}
	signed, err := r.progressReports()
	r.signed = signed
	return r.script, err
}

// progressReports: the case has none that was made public, so the one here is the demo's own. It is of the week in which the figure
// stood at 87, and is signed on the day after.
func (r replayer) progressReports() ([]Report, error) {
	from, err1 := metrics.ParseDay("2024-03-05")
	to, err2 := metrics.ParseDay("2024-03-12")
	at, err3 := atNine("2024-03-13", r.zone)
	officer := Accounts()[3]
	return []Report{{
		From: from, To: to, At: at.Add(time.Hour), EventID: "report-1", Pseudonym: officerPseudonym, Name: officer.Name, Office: "Kepala Kepatuhan (contoh)",
	}}, errors.Join(err1, err2, err3)
}

// officerPseudonym is under whom the replay's compliance officer signs.
const officerPseudonym = "p-demo-compliance"

func (r replayer) definitions() error {
	at, err := atNine(r.Program.Start, r.zone)
	if err != nil {
		return err
	}
	r.fact(at, ledger.KindProgram, "program", r.programBody(), nil)
	for i, a := range r.Areas {
		r.fact(at, ledger.KindArea, "area-"+a.ID, ledger.Area{Key: a.ID, Name: a.Name, Position: i}, nil)
	}
	r.law(at)
	weights := map[string]int64{}
	for i, m := range r.Milestones {
		weights[m.ID] = m.Weight * 100
		body, err := r.milestoneBody(m, i)
		if err != nil {
			return err
		}
		r.fact(at, ledger.KindMilestone, "milestone-"+m.ID, body, nil)
	}
	r.fact(at, ledger.KindWeights, "weights-1", ledger.Weights{Version: 1, BasisPoints: weights, Provenance: "invented"}, nil)
	for _, j := range r.Jobs {
		name, err := wordsFor(jobNames, j.ID)
		if err != nil {
			return err
		}
		r.fact(at, ledger.KindJob, j.ID, ledger.Job{Key: j.ID, Name: name, Milestones: j.Milestones, CadenceSeconds: j.EveryHours * 60 * 60}, nil)
	}
	return nil
}

// law is what the articles demand, and the sanctions that the law knows. No article reports that a step was taken, so none is.
func (r replayer) law(at time.Time) {
	for _, d := range r.Duties {
		r.fact(at, ledger.KindDuty, "duty-"+d.ID, ledger.Duty{
			Key: d.ID, Text: d.Text, Advice: d.Binding != nil && !*d.Binding, Source: r.citeAll(d.Source), Provenance: d.Provenance,
		}, nil)
	}
	ladder := ledger.Ladder{LegalBasis: ladderBasis, Provenance: r.Ladder.Provenance}
	for _, step := range r.Ladder.Steps {
		ladder.Steps = append(ladder.Steps, ledger.LadderStep{Number: step.N, Name: ledger.Text{ID: step.ID, EN: step.EN}, Note: ladderNotes[step.Note]})
	}
	r.fact(at, ledger.KindLadder, "ladder", ladder, nil)
}

// dutiesOf are the keys of the duties that a milestone serves.
func (r replayer) dutiesOf(milestone string) []string {
	var keys []string
	for _, d := range r.Duties {
		if slices.Contains(d.Milestones, milestone) {
			keys = append(keys, d.ID)
		}
	}
	return keys
}

func (r replayer) programBody() ledger.Program {
	p := r.Program
	operators := make([]string, len(p.Operators))
	for i, id := range p.Operators {
		o, _ := r.organisation(id)
		operators[i] = o.Name
	}
	return ledger.Program{
		Name: p.Name, Aliases: []string{"Shop | Tokopedia"}, Timezone: jakarta, Start: p.Start, LegalBasis: p.LegalBasis, LeadRegulator: r.office(""), Operators: operators, Demo: "replay",
		Rules: ledger.Rules{
			WatchEarly: p.Thresholds.Early * 100, WatchLate: p.Thresholds.Late * 100,
			MinSlackDays: p.Thresholds.SlackDays, EndgameOpen: p.Thresholds.Endgame,
		},
	}
}

func (r replayer) milestoneBody(m caseMilestone, position int) (ledger.Milestone, error) {
	definition, err := wordsFor(definitionsOfDone, m.ID)
	return ledger.Milestone{
		Key: m.ID, Area: m.Area, Name: m.Name, Definition: definition, Unit: "percent", PlannedStart: m.Start, PlannedDue: m.Due, Layer: m.Layer,
		CadenceSeconds: r.Program.Cadence.Value * daySeconds,
		GraceSeconds:   (r.Program.StaleAfter.Value - r.Program.Cadence.Value) * daySeconds,
		Position:       position, Source: r.cite(m.Source), Provenance: m.Provenance, Duties: r.dutiesOf(m.ID),
	}, err
}

// deadlines: each regulatory version binds from when it is recorded; what somebody expects never does. No article cites a
// document, so none is on file.
func (r replayer) deadlines() error {
	for _, d := range r.Deadlines {
		at, err := atNine(d.Recorded, r.zone)
		if err != nil {
			return err
		}
		stated, err := wordsFor(deadlineWords, d.ID)
		if err != nil {
			return err
		}
		r.fact(at, ledger.KindDeadline, d.ID, ledger.Deadline{
			Key: d.ID, Version: d.Version, Kind: d.Kind, Earliest: d.Earliest, Date: d.Date + d.Latest, // the file has one of the two
			Stated: stated, AnnouncedOn: d.Recorded, AnnouncedBy: r.office(d.By), Binding: d.Kind == "regulatory", Amends: d.Amends,
			Source: r.citeAll(d.Source), Provenance: d.Provenance,
		}, nil)
	}
	return nil
}

func (r replayer) citeAll(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = r.cite(id)
	}
	return strings.Join(names, ", ")
}

// statements are recorded when they are known to have been said and printed. One that is undated is placed by an estimate of its
// article's publication, and its day of statement stays unknown.
func (r replayer) statements() error {
	for _, s := range r.Statements {
		printed := r.source(s.Source).Published
		if printed == "" && s.Stated == "" {
			printed = r.source(s.Source).estimated()
		}
		at, err := atNine(max(s.Stated, printed), r.zone)
		if err != nil {
			return fmt.Errorf("statement %s: %w", s.ID, err)
		}
		texts, side, err := r.said(s)
		if err != nil {
			return err
		}
		subject, err := r.subject(s)
		if err != nil {
			return err
		}
		low, high := s.bounds()
		r.fact(at, ledger.KindStatement, s.ID, ledger.Statement{
			Key: s.ID, Kind: s.Kind, Side: side, StatedOn: s.Stated, PublishedOn: printed, Subject: subject, Area: s.Area, Scope: s.scope(),
			Low: low, High: high, Approximate: s.Approximate, Source: r.cite(s.Source), Provenance: s.Provenance,
		}, texts)
	}
	return nil
}

// said gives speaker and words. Nobody named means that the publisher speaks.
func (r replayer) said(s caseStatement) (texts map[string]string, side string, err error) {
	words, err := wordsFor(statementWords, s.ID)
	if err != nil {
		return nil, "", err
	}
	english := s.Text
	if s.Attribution != "" {
		english += " (" + s.Attribution + ")"
	}
	speaker, side := r.source(s.Source).publisher(), "press"
	if p, ok := r.person(s.Speaker); ok {
		speaker, side = p.Position, p.Side
		if p.Name != "" {
			speaker = p.Name + ", " + p.Position
		}
	} else if o, ok := r.organisation(s.Speaker); ok {
		speaker, side = o.Name, o.side()
	}
	return inBoth(map[string]string{"speaker": speaker}, "words", ledger.Text{ID: words, EN: english}), side, nil
}

// subject is what the statement speaks of: its own words for it, or the areas it names.
func (r replayer) subject(s caseStatement) (ledger.Text, error) {
	if s.Subject != "" {
		indonesian, err := wordsFor(subjectWords, s.Subject)
		return ledger.Text{ID: indonesian, EN: s.Subject}, err
	}
	var names ledger.Text
	for _, a := range r.Areas {
		if slices.Contains(s.Areas, a.ID) {
			names.ID += ", " + a.Name.ID
			names.EN += ", " + a.Name.EN
		}
	}
	return ledger.Text{ID: strings.TrimPrefix(names.ID, ", "), EN: strings.TrimPrefix(names.EN, ", ")}, nil
}

// ofProgram are the subjects that mean the program: only a person can tell that these do, and that "provisions met" does not.
var ofProgram = []string{"integration of TikTok and Tokopedia", "system migration", "changes of the TikTok Shop system"}

// scope is what a percentage is a share of; "" where none was given.
func (s caseStatement) scope() string {
	switch low, high := s.bounds(); {
	case low == nil && high == nil:
		return ""
	case s.Area != "":
		return string(metrics.ScopeArea)
	case s.Subject == "" || slices.Contains(ofProgram, s.Subject):
		return string(metrics.ScopeProgram)
	}
	return string(metrics.ScopeOther)
}

// bounds are basis points; a value is both bounds, a single bound leaves the other open.
func (s caseStatement) bounds() (low, high *int64) {
	if s.Value != nil {
		return basisPoints(s.Value), basisPoints(s.Value)
	}
	return basisPoints(s.Low), basisPoints(s.High)
}

func basisPoints(percent *float64) *int64 {
	if percent == nil {
		return nil
	}
	n := int64(math.Round(*percent * 100))
	return &n
}

func (r replayer) openItems() error {
	for _, i := range r.Items {
		at, err := atNine(i.Opened, r.zone)
		if err != nil {
			return err
		}
		body, err := r.itemBody(i)
		if err != nil {
			return err
		}
		r.fact(at, ledger.KindItem, i.ID, body, translated("title", i.Title))
	}
	return nil
}

// itemBody: an item of a milestone is a request for what that milestone lacks, and its points are the milestone's own.
func (r replayer) itemBody(i caseItem) (ledger.Item, error) {
	item := ledger.Item{
		Key: i.ID, Kind: "unspecified", Milestone: i.Milestone, OpenedOn: i.Opened, Due: i.Due, Source: r.cite(i.Source + i.Basis), Provenance: i.Provenance,
	}
	if i.Milestone != "" {
		item.Kind = "request"
	}
	if i.Owner == "" {
		return item, nil
	}
	owner, err := wordsFor(ownerWords, i.Owner)
	item.OwnerRole = ledger.Text{ID: owner, EN: i.Owner}
	return item, err
}

// closeItems closes each item on the day its milestone completes.
func (r replayer) closeItems() error {
	for _, report := range r.Reports {
		for _, u := range report.Updates {
			for _, i := range r.Items {
				if i.Milestone != u.Milestone || u.Percent < 100 {
					continue
				}
				body, err := r.itemBody(i)
				if err != nil {
					return err
				}
				body.Closed = true
				r.fact(report.Received, ledger.KindItem, i.ID+"-closed", body, inBoth(translated("title", i.Title), "resolution", itemResolved))
			}
		}
	}
	return nil
}

// reports: each is about the whole program. What it moves is stated in counts; of a milestone that should have begun and was never
// spoken of it says that nothing is done, and of every other open one that nothing changed.
func (r replayer) reports() error {
	percent := map[string]int64{}
	for _, report := range r.Reports {
		observed, err := atNine(report.Effective, r.zone)
		if err != nil {
			return err
		}
		updates := map[string]int64{}
		for _, u := range report.Updates {
			updates[u.Milestone] = u.Percent
		}
		for _, m := range r.Milestones {
			done, moved := updates[m.ID]
			known, heard := percent[m.ID]
			begins := !heard && m.Start <= report.Effective
			if !moved && !begins && (!heard || known >= 100) {
				continue
			}
			body := ledger.Report{Milestone: m.ID, State: "running"}
			if moved || begins {
				percent[m.ID] = done
				body = ledger.Report{Milestone: m.ID, Done: &done, Total: new(int64(100)), Unit: "percent", State: runState(done, 100)}
			}
			sender := r.sender(report.Reporter, m.ID)
			r.add(report.Received, ledger.Draft{
				Kind: ledger.KindReport, Source: sender, EventID: report.ID + "-" + m.ID, Actor: sender, ObservedAt: observed, Body: body,
			})
		}
	}
	return nil
}

func runState(done, total int64) string {
	if done == total {
		return "succeeded"
	}
	return "running"
}

// sender is who reports a milestone: the job that names it, or the engineer where none does or a person reported.
func (r replayer) sender(reporter, milestone string) string {
	if reporter == "job" {
		for _, j := range r.Jobs {
			if slices.Contains(j.Milestones, milestone) {
				return "job:" + j.ID
			}
		}
	}
	return engineer
}
