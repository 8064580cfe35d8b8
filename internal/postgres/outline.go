package postgres

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
)

// outlineJSON is metrics.Program.Outline as it is stored, without what stands in columns of its own: counts, and the milestones'
// keys and weights. Milestones are columns too, in the order of those keys.
type outlineJSON struct {
	Name          metrics.Text      `json:"name"`
	Aliases       []string          `json:"aliases,omitempty"`
	Start         metrics.Day       `json:"start"`
	LegalBasis    string            `json:"legal_basis,omitempty"`
	LeadRegulator string            `json:"lead_regulator,omitempty"`
	Operators     []string          `json:"operators,omitempty"`
	Demo          string            `json:"demo,omitempty"`
	Steps         []outlineStep     `json:"steps,omitempty"`
	Rules         outlineRules      `json:"rules"`
	Areas         []outlineArea     `json:"areas,omitempty"`
	Deadlines     []outlineDeadline `json:"deadlines,omitempty"`
	Overrides     []outlineOverride `json:"overrides,omitempty"`

	Of       []string `json:"of"` // the area of each milestone in scope
	Starts   []int32  `json:"starts"`
	Dues     []int32  `json:"dues"`
	Cadence  []int64  `json:"cadence"` // seconds
	Grace    []int64  `json:"grace"`
	Verified []int64  `json:"verified"`
	Accepted []bool   `json:"accepted"`
	Undone   []bool   `json:"undone"`
}

// The members of an outline are those of package metrics, with names that renaming a field there does not change.
type (
	outlineStep struct {
		On    metrics.Day         `json:"on"`
		Share metrics.BasisPoints `json:"share"`
	}
	outlineRules struct {
		WatchEarly   metrics.BasisPoints `json:"watch_early"`
		WatchLate    metrics.BasisPoints `json:"watch_late"`
		MinSlackDays int                 `json:"min_slack_days"`
		EndgameOpen  int                 `json:"endgame_open"`
		StaleShare   metrics.BasisPoints `json:"stale_share"`
		StalledAfter int                 `json:"stalled_after"`
		SecondPerson metrics.BasisPoints `json:"second_person"`
		RecheckDays  int                 `json:"recheck_days"`
		Allowance    int                 `json:"allowance"`
	}
	outlineArea struct {
		Key  string       `json:"key"`
		Name metrics.Text `json:"name"`
	}
	outlineDeadline struct {
		Key      string               `json:"key"`
		Version  int64                `json:"version,omitempty"`
		Kind     metrics.DeadlineKind `json:"kind"`
		Earliest *metrics.Day         `json:"earliest,omitempty"`
		Date     metrics.Day          `json:"date"`
		Document string               `json:"document,omitempty"`
		Binding  bool                 `json:"binding,omitempty"`
	}
	outlineOverride struct {
		Deadline  string          `json:"deadline,omitempty"`
		Verdict   metrics.Verdict `json:"verdict"`
		By        string          `json:"by"`
		Until     metrics.Day     `json:"until"`
		Withdrawn bool            `json:"withdrawn,omitempty"`
		Entry     int64           `json:"entry"`
	}
)

// newOutlineJSON is the stored form of a program, and the keys and weights that go with it.
func newOutlineJSON(p metrics.Program) (o outlineJSON, keys []string, weights []int64) {
	o = outlineJSON{
		Name: p.Name, Aliases: p.Aliases, Start: p.Start, LegalBasis: p.LegalBasis, LeadRegulator: p.LeadRegulator, Operators: p.Operators, Demo: p.Demo,
		Rules: outlineRules(p.Rules),
	}
	for _, s := range p.Steps {
		o.Steps = append(o.Steps, outlineStep(s))
	}
	for _, a := range p.Areas {
		o.Areas = append(o.Areas, outlineArea(a))
	}
	for _, d := range p.Deadlines {
		o.Deadlines = append(o.Deadlines, outlineDeadline{d.Key, d.Version, d.Kind, d.Earliest, d.Date, d.Document, d.Binding})
	}
	for _, v := range p.Overrides {
		o.Overrides = append(o.Overrides, outlineOverride{v.Deadline, v.Verdict, v.By, v.Until, v.Withdrawn, v.Entry})
	}
	for _, m := range p.Milestones {
		keys, weights = append(keys, m.Key), append(weights, int64(m.Weight))
		o.Of, o.Starts, o.Dues = append(o.Of, m.Area), append(o.Starts, int32(m.Start)), append(o.Dues, int32(m.Due))
		o.Cadence, o.Grace = append(o.Cadence, int64(m.Cadence/time.Second)), append(o.Grace, int64(m.Grace/time.Second))
		o.Verified, o.Accepted = append(o.Verified, m.Verified), append(o.Accepted, m.Accepted)
		o.Undone = append(o.Undone, m.Undone)
	}
	return o, keys, weights
}

// program is the outline as metrics knows it, yet without counts and head.
func (o outlineJSON) program(keys []string, weights []int64) metrics.Program {
	p := metrics.Program{
		Name: o.Name, Aliases: o.Aliases, Start: o.Start, LegalBasis: o.LegalBasis, LeadRegulator: o.LeadRegulator, Operators: o.Operators, Demo: o.Demo,
		Rules: metrics.Rules(o.Rules),
	}
	for _, s := range o.Steps {
		p.Steps = append(p.Steps, metrics.PlanStep(s))
	}
	for _, a := range o.Areas {
		p.Areas = append(p.Areas, metrics.Area(a))
	}
	for _, d := range o.Deadlines {
		p.Deadlines = append(p.Deadlines, metrics.Deadline{
			Key: d.Key, Version: d.Version, Kind: d.Kind, Earliest: d.Earliest, Date: d.Date, Document: d.Document, Binding: d.Binding,
		})
	}
	for _, v := range o.Overrides {
		p.Overrides = append(p.Overrides, metrics.Override{Deadline: v.Deadline, Verdict: v.Verdict, By: v.By, Until: v.Until, Withdrawn: v.Withdrawn, Entry: v.Entry})
	}
	if len(o.Of) > 0 {
		p.Milestones = make([]metrics.Milestone, len(o.Of))
	}
	for i := range o.Of {
		p.Milestones[i] = metrics.Milestone{
			Key: keys[i], Area: o.Of[i], Weight: metrics.BasisPoints(weights[i]), Start: metrics.Day(o.Starts[i]), Due: metrics.Day(o.Dues[i]),
			Cadence: time.Duration(o.Cadence[i]) * time.Second, Grace: time.Duration(o.Grace[i]) * time.Second,
			Verified: o.Verified[i], Accepted: o.Accepted[i], Undone: o.Undone[i],
		}
	}
	return p
}

// notOutlined are the kinds of facts that no outline shows. Some come every day; of all others an outline is written anew.
var notOutlined = []ledger.Kind{
	ledger.KindForecast, ledger.KindItem, ledger.KindStatement, ledger.KindJob, ledger.KindEvidence, ledger.KindProposal, ledger.KindDecision,
	ledger.KindErasure, ledger.KindFileErasure, ledger.KindKey, ledger.KindEpoch,
}

// keepOutline writes the outline anew if the group said anything that is in it, or reopened a milestone, which withdraws what reviews
// and letters said of it. The group must have been recorded.
func (f *folder) keepOutline(ctx context.Context) error {
	says := slices.ContainsFunc(f.facts, func(row factRow) bool { return !slices.Contains(notOutlined, row.Kind) })
	if !says && !f.reopened {
		return nil
	}
	state, err := readProgram(ctx, f.tx, f.program, time.Time{}, false)
	if err != nil {
		return err
	}
	outline, keys, weights := newOutlineJSON(state.Program)
	stored, err := json.Marshal(outline)
	if err != nil {
		return err
	}
	_, err = f.tx.exec(ctx, "insert_outline", f.program, f.last, array(keys), array(weights), string(stored))
	return err
}
