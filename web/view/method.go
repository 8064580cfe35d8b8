package view

import (
	"cmp"
	"strings"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// MethodModel says how every figure comes about: the sum term by term, and the rules of the verdict.
type MethodModel struct {
	Frame
	Weights string
	Range   string // how the upper end of the headline comes about; "" unless it is a range
	TermsTable
	Areas    AreasTable
	Plan     string
	Planned  []PlanTerm
	PlanSum  PlanTerm
	Forecast ForecastTable
	Inputs   string // what the program's forecast was made from; "" where nothing was reckoned
	Steps    []Fact
	Deadline string
	Entries  string
	Rules    []Rule
	Limits   []LimitRow
	Changes  []RuleChange // how the thresholds came to be what they are, the newest first
	Judged   string       // the verdict now, with its reason
	Verdict  Tag
	Proof    string // address of the headline's proof
	Ledger   string // address of the whole ledger; "" for who may not read it
	Basis    []Fact // of the program: legal basis, regulator, operators, start
}

// TermsTable is a sum term by term, area by area.
type TermsTable struct {
	Groups []TermGroup
	Sum    Term
}

// Term is one summand: weight times share done gives the points earned.
type Term struct {
	ID                 string // of its row: every percentage of this milestone leads there
	Name, Href         string
	Weight             string
	Done               string
	Term               string // "24 × 95 ÷ 100"
	Earned, Left       string
	Verified, Accepted string
	Share              string // of the milestone
	Entry              string // the entries that defined it and that its count comes from; "" for none
	EntryHref          string // the history of its counts
}

// TermGroup is the terms of one area and what they make.
type TermGroup struct {
	ID       string
	Terms    []Term
	Subtotal Term
	Share    string // "54 dari 60 poin, 90% dari bidang"
}

// PlanTerm is one summand of the planned value.
type PlanTerm struct {
	Name, Dates, Weight, Share, Points string
}

// Rule is one rule of the verdict; the first that fits decides.
type Rule struct {
	ID      string
	Verdict Tag
	Text    string
	Applies bool // it decided the verdict against the binding deadline
}

// NewMethodModel makes the page.
func NewMethodModel(f Frame, p metrics.Program, a metrics.Assessment, fc metrics.ProgramForecast) MethodModel {
	w := words{f.Lang, p.Zone}
	m := MethodModel{
		Frame: f.titled(w.stateWords(a), f.t(i18n.MethodTitle)), Areas: newAreasTable(f, w, a),
		Plan: w.T(i18n.MethodPlan), Deadline: w.T(i18n.MethodDeadline, p.Zone.String()), Entries: w.N(i18n.MethodEntries, p.Entry),
		Judged: w.reason(a.Judgement.Reason, a.Curve.LastReport), Verdict: w.verdictTag(a.Judgement.Verdict), Rules: w.rules(p.Rules, a.Judgement.Reason.Code),
		Basis: w.programFacts(p), Forecast: newForecastTable(f, w, p, a, fc), Inputs: newProgramForecast(f, w, p, a, fc).Inputs,
	}
	if set := p.WeightSet; set.Version > 0 {
		m.Weights = w.T(i18n.MethodWeightSet, w.Int(set.Version), w.Int(set.Entry), w.at(set.RecordedAt))
		if set.Provenance != "" {
			m.Weights += " (" + w.provenance(set.Provenance) + ")"
		}
		m.Weights = join(m.Weights, w.T(i18n.EntriesRestOn, w.Int(set.Entry), w.Int(p.Entry)))
	}
	if len(p.Steps) > 0 {
		m.Plan = w.T(i18n.MethodPlanSteps)
		for _, step := range p.Steps {
			m.Steps = append(m.Steps, Fact{w.day(step.On), w.T(i18n.PercentOfWhole, w.pct(step.Share))})
		}
	}
	if a.HeadlineRange != nil {
		m.Range = w.rangeSum(a)
	}
	m.Proof = f.Link("/api/v1" + f.InProgram("/proof"))
	if f.Can(access.ReadLedger) {
		m.Ledger = f.Link("/api/v1" + f.InProgram("/ledger"))
	}
	m.Limits, m.Changes = w.limits(p.Rules), w.ruleChanges(p.RuleSets)
	m.terms(f, w, a)
	m.planned(w, a)
	return m
}

// rangeSum adds up the upper end of a headline that is a range.
func (w words) rangeSum(a metrics.Assessment) string {
	var silent []string
	for _, m := range a.Milestones {
		if m.Stale && m.Outstanding > 0 {
			silent = append(silent, w.T(i18n.RangeSilent, m.Milestone.Key, w.pts(m.Outstanding)))
		}
	}
	r := *a.HeadlineRange
	return w.T(i18n.RangeSum, w.pts(r.Low), w.pts(r.High-r.Low), strings.Join(silent, ", "), w.pts(r.High))
}

// terms groups the summands by area. What belongs to no area that is shown stands at the end.
func (m *MethodModel) terms(f Frame, w words, a metrics.Assessment) {
	for _, area := range a.Areas {
		group := w.termGroup(area.Key, area.Name, area.Weight, area.Share, area.Figures)
		for _, i := range area.Milestones {
			group.Terms = append(group.Terms, w.term(f, a.Milestones[i]))
		}
		m.Groups = append(m.Groups, group)
	}
	m.close(w, a.Unweighted, a.Figures)
}

// termGroup begins the terms of an area.
func (w words) termGroup(key string, name metrics.Text, weight, share metrics.BasisPoints, f metrics.Figures) TermGroup {
	group := TermGroup{ID: areaAnchor(key), Subtotal: w.sumTerm(w.text(name), f, weight), Share: w.T(i18n.AreaUnweighed, w.text(name))}
	if weight > 0 {
		group.Share = w.T(i18n.AreaSubtotal, w.text(name), w.pts(f.Reported), w.pts(weight), w.share(share, f.Accepted == weight))
	}
	return group
}

// close adds the points that no milestone carries, and the sum.
func (t *TermsTable) close(w words, unweighted metrics.BasisPoints, f metrics.Figures) {
	if unweighted > 0 {
		none := Term{Name: w.T(i18n.ItemUnweighted), Weight: w.pts(unweighted), Term: w.pts(unweighted) + " × 0", Earned: w.pts(0), Verified: w.pts(0), Accepted: w.pts(0), Left: w.pts(unweighted)}
		t.Groups = append(t.Groups, TermGroup{Terms: []Term{none}})
	}
	t.Sum = w.sumTerm(w.T(i18n.MethodSum), f, metrics.Whole)
}

func (w words) term(f Frame, row metrics.MilestoneAssessment) Term {
	d := row.Milestone
	term := w.sumTerm(w.milestoneName(d), row.Figures, d.Weight)
	path := f.InProgram(MilestonePath(d.Key))
	term.ID, term.Href, term.EntryHref = milestoneAnchor(d.Key), f.Link(path), f.Link(path+"#history")
	term.Done, term.Share, term.Term = w.counts(d.Progress.Counts, d.Unit), w.shareOf(row), w.multiplied(d.Weight, d.Progress.Counts)
	if d.Entry > 0 {
		term.Entry = w.T(i18n.TermEntries, w.Int(d.Entry))
	}
	if d.CountedEntry > 0 {
		term.Entry = w.T(i18n.TermEntriesCounted, w.Int(d.Entry), w.Int(d.CountedEntry))
	}
	return term
}

// multiplied writes the product behind a term: "24 × 95 ÷ 100".
func (w words) multiplied(weight metrics.BasisPoints, c *metrics.Counts) string {
	if c == nil || c.Total == 0 {
		return w.pts(weight) + " × 0"
	}
	return w.pts(weight) + " × " + w.Int(c.Done) + " ÷ " + w.Int(c.Total)
}

func (w words) sumTerm(name string, f metrics.Figures, weight metrics.BasisPoints) Term {
	return Term{Name: name, Weight: w.pts(weight), Earned: w.pts(f.Reported), Verified: w.pts(f.Verified), Accepted: w.pts(f.Accepted), Left: w.pts(f.Outstanding)}
}

// planned are the summands of the planned value; steps set by the regulator have none.
func (m *MethodModel) planned(w words, a metrics.Assessment) {
	if len(m.Steps) > 0 {
		return
	}
	for _, row := range a.Milestones {
		d := row.Milestone
		m.Planned = append(m.Planned, PlanTerm{w.milestoneName(d), w.daysMid(d.Start, d.Due), w.pts(d.Weight), w.pct(row.PlannedShare), w.pts(row.Planned)})
	}
	m.PlanSum = PlanTerm{Name: w.T(i18n.MethodSum), Points: w.pts(a.Planned)}
}

func (w words) programFacts(p metrics.Program) []Fact {
	facts := []Fact{{w.T(i18n.ProgramStart), w.day(p.Start)}}
	for _, f := range []Fact{{w.T(i18n.LegalBasis), p.LegalBasis}, {w.T(i18n.Regulator), p.LeadRegulator}} {
		if f.Value != "" {
			facts = append(facts, f)
		}
	}
	operators := ""
	for i, o := range p.Operators {
		if i > 0 {
			operators += ", "
		}
		operators += o
	}
	if operators != "" {
		facts = append(facts, Fact{w.T(i18n.Operators), operators})
	}
	return facts
}

// rules are the verdict's, in the order in which they are tried, with the program's own thresholds.
func (w words) rules(r metrics.Rules, applies metrics.ReasonCode) []Rule {
	d := metrics.DefaultRules()
	early, late, stale := cmp.Or(r.WatchEarly, d.WatchEarly), cmp.Or(r.WatchLate, d.WatchLate), cmp.Or(r.StaleShare, d.StaleShare)
	slack := w.Int(int64(cmp.Or(r.MinSlackDays, d.MinSlackDays)))
	list := []struct {
		code    metrics.ReasonCode
		verdict metrics.Verdict
		text    string
	}{
		{metrics.ReasonNoScope, metrics.CannotBeAssessed, w.T(i18n.RuleNoScope)},
		{metrics.ReasonAccepted, metrics.Accepted, w.T(i18n.RuleAccepted)},
		{metrics.ReasonReopened, metrics.PartlyReopened, w.T(i18n.RuleReopened)},
		{metrics.ReasonDeclared, metrics.DeclaredComplete, w.T(i18n.RuleDeclared)},
		{metrics.ReasonNoDeadline, metrics.CannotBeAssessed, w.T(i18n.RuleNoDeadline)},
		{metrics.ReasonPast, metrics.PastDeadline, w.T(i18n.RulePast)},
		{metrics.ReasonNoReports, metrics.CannotBeAssessed, w.T(i18n.RuleNoReports)},
		{metrics.ReasonStale, metrics.CannotBeAssessed, w.T(i18n.RuleStale, w.pts(stale))},
		{metrics.ReasonOwnersLate, metrics.Late, w.T(i18n.RuleOwnersLate)},
		{metrics.ReasonBehindPlan, metrics.Watch, w.T(i18n.RuleBehindPlan, w.pts(abs(early)), w.pts(abs(late)))},
		{metrics.ReasonFinishPassed, metrics.Watch, w.T(i18n.RuleFinishPassed)},
		{metrics.ReasonLittleSlack, metrics.Watch, w.T(i18n.RuleLittleSlack, slack)},
		{metrics.ReasonWithinLimits, metrics.OnTrack, w.T(i18n.RuleWithinLimits)},
	}
	rules := make([]Rule, 0, len(list))
	for _, l := range list {
		rules = append(rules, Rule{ruleAnchor(l.code), w.verdictTag(l.verdict), l.text, l.code == applies})
	}
	return rules
}
