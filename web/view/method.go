package view

import (
	"cmp"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// MethodModel says how every figure comes about: the sum term by term, and the rules of the verdict.
type MethodModel struct {
	Frame
	Weights  string
	Terms    []Term
	Sum      Term
	Areas    AreasTable
	Plan     string
	Steps    []Fact
	Deadline string
	Entries  string
	Rules    []Rule
	Judged   string // the verdict now, with its reason
	Verdict  Tag
	Basis    []Fact // of the program: legal basis, regulator, operators, start
}

// Term is one summand: weight times share done gives the points earned.
type Term struct {
	Name, Href   string
	Weight       string
	Done         string
	Term         string // "24 × 95 ÷ 100"
	Earned, Left string
}

// Rule is one rule of the verdict; the first that fits decides.
type Rule struct {
	ID      string
	Verdict Tag
	Text    string
	Applies bool // it decided the verdict against the binding deadline
}

// NewMethodModel makes the page.
func NewMethodModel(f Frame, p metrics.Program, a metrics.Assessment) MethodModel {
	w := words{f.Lang, p.Zone}
	m := MethodModel{
		Frame: f.titled(w.stateWords(a), f.t(i18n.MethodTitle)), Areas: newAreasTable(f, w, a),
		Plan: w.T(i18n.MethodPlan), Deadline: w.T(i18n.MethodDeadline, p.Zone.String()), Entries: w.N(i18n.MethodEntries, p.Entry),
		Judged: w.reason(a.Judgement.Reason, a.Curve.LastReport), Verdict: w.verdictTag(a.Judgement.Verdict), Rules: w.rules(p.Rules, a.Judgement.Reason.Code),
		Basis: w.programFacts(p),
	}
	if set := p.WeightSet; set.Version > 0 {
		m.Weights = w.T(i18n.MethodWeightSet, w.Int(set.Version), w.Int(set.Entry), w.at(set.RecordedAt))
		if set.Provenance != "" {
			m.Weights += " (" + w.provenance(set.Provenance) + ")"
		}
	}
	if len(p.Steps) > 0 {
		m.Plan = w.T(i18n.MethodPlanSteps)
		for _, step := range p.Steps {
			m.Steps = append(m.Steps, Fact{w.day(step.On), w.T(i18n.PercentOfWhole, w.pct(step.Share))})
		}
	}
	m.terms(f, w, a)
	return m
}

func (m *MethodModel) terms(f Frame, w words, a metrics.Assessment) {
	for _, row := range a.Milestones {
		d := row.Milestone
		term := Term{
			Name: d.Key + " " + w.text(d.Name), Href: f.Link(f.InProgram(MilestonePath(d.Key))), Weight: w.pts(d.Weight),
			Done: w.counts(d.Progress.Counts, d.Unit), Earned: w.pts(row.Reported), Left: w.pts(row.Outstanding), Term: w.pts(d.Weight) + " × 0",
		}
		if c := d.Progress.Counts; c != nil && c.Total > 0 {
			term.Term = w.pts(d.Weight) + " × " + w.Int(c.Done) + " ÷ " + w.Int(c.Total)
		}
		m.Terms = append(m.Terms, term)
	}
	if a.Unweighted > 0 {
		m.Terms = append(m.Terms, Term{Name: w.T(i18n.ItemUnweighted), Weight: w.pts(a.Unweighted), Term: w.pts(a.Unweighted) + " × 0", Earned: w.pts(0), Left: w.pts(a.Unweighted)})
	}
	m.Sum = Term{Name: w.T(i18n.MethodSum), Weight: w.pts(a.Reported + a.Outstanding), Earned: w.pts(a.Reported), Left: w.pts(a.Outstanding)}
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
