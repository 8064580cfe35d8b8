package view

import (
	"net/url"
	"slices"
	"strconv"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// ProposalsModel is every correction and reopening that took a second person.
type ProposalsModel struct {
	Frame
	Intro, Summary string
	Rows           []ProposalRow
}

// ProposalRow is one proposal in words.
type ProposalRow struct {
	Name, Href  string // of the milestone
	What        string
	Points      string // withdrawn, and the rule
	Made        string
	Reason      string
	State       Tag
	Decision    []string
	DecideHref  string // "" where it is settled, or nothing may be decided
	Observation string
}

// NewProposalsModel makes the page, newest first.
func NewProposalsModel(f Frame, p metrics.Program, a metrics.Assessment) ProposalsModel {
	w := words{f.Lang, p.Zone}
	m := ProposalsModel{Intro: w.T(i18n.ProposalsIntro, w.pts(p.Rules.SecondPerson)), Summary: w.T(i18n.ProposalsNone)}
	if n := len(p.Pending()); n > 0 {
		m.Summary = w.N(i18n.ProposalsWaiting, int64(n))
	} else if len(p.Proposals) == 0 {
		m.Summary = w.T(i18n.ProposalsEmpty)
	}
	for _, proposal := range slices.Backward(p.Proposals) {
		m.Rows = append(m.Rows, newProposalRow(f, w, a, proposal))
	}
	m.Frame = f.titled("", f.t(i18n.ProposalsTitle))
	return m
}

func newProposalRow(f Frame, w words, a metrics.Assessment, proposal metrics.Proposal) ProposalRow {
	row := ProposalRow{
		Name: proposal.Milestone, What: w.proposed(a, proposal), Points: w.T(i18n.ProposalMeasured, w.pts(proposal.Points), w.pts(proposal.Limit)),
		Made: w.T(i18n.EvidenceAddedBy, w.atMid(proposal.RecordedAt), w.actor(proposal.By)), Reason: w.written(proposal.Reason), State: w.proposalTag(proposal),
		Observation: w.atMid(proposal.ObservedAt),
	}
	if m, ok := milestoneOf(a, proposal.Milestone); ok {
		row.Name, row.Href = w.milestoneName(m.Milestone), f.Link(f.InProgram(MilestonePath(proposal.Milestone)))
	}
	if d := proposal.Decision; d != nil {
		row.Decision = append(row.Decision, w.T(i18n.EvidenceAddedBy, w.atMid(d.RecordedAt), w.actor(d.By)))
		if reason := w.text(d.Reason); reason != "" {
			row.Decision = append(row.Decision, reason)
		}
	} else if f.mayNow(access.DecideProposal) {
		row.DecideHref = f.Link(f.InProgram(proposalPath(proposal.Key)))
	}
	return row
}

// proposed says what a proposal would make of its milestone.
func (w words) proposed(a metrics.Assessment, proposal metrics.Proposal) string {
	unit := ""
	if m, ok := milestoneOf(a, proposal.Milestone); ok {
		unit = m.Milestone.Unit
	}
	value := w.T(i18n.CountOf, w.Int(proposal.Counts.Done), w.Int(proposal.Counts.Total), w.unit(unit))
	return w.T(i18n.ProposalOf, w.proposalKind(proposal), proposal.Milestone, value)
}

func (w words) proposalKind(proposal metrics.Proposal) string {
	if proposal.Reopening {
		return w.T(i18n.ProposalReopening)
	}
	return w.T(i18n.ProposalCorrection)
}

func (w words) proposalTag(proposal metrics.Proposal) Tag {
	if proposal.Decision == nil {
		return Tag{"watch", "half", w.T(i18n.ProposalWaits)}
	}
	switch proposal.Decision.Outcome {
	case metrics.Approved:
		return Tag{"done", "square-check", w.T(i18n.ProposalApproved)}
	case metrics.RefusedByPeer:
		return Tag{"late", "octagon-cross", w.T(i18n.ProposalRefused)}
	}
	return Tag{"unknown", "ring", w.T(i18n.ProposalWithdrawn)}
}

func proposalPath(key string) string { return "/proposals/" + url.PathEscape(key) }

// pendingRows are the proposals that wait about one milestone.
func pendingRows(f Frame, w words, p metrics.Program, a metrics.Assessment, milestone string) []ProposalRow {
	var rows []ProposalRow
	for _, proposal := range p.Pending() {
		if proposal.Milestone == milestone {
			rows = append(rows, newProposalRow(f, w, a, proposal))
		}
	}
	return rows
}

// NewDecideModel makes the form that settles a proposal; me is who is looking. ok is false if the program has no such proposal.
func NewDecideModel(f Frame, p metrics.Program, a metrics.Assessment, key, me string, form Form, eventID string) (m ActModel, ok bool) {
	w := words{f.Lang, p.Zone}
	i := slices.IndexFunc(p.Proposals, func(proposal metrics.Proposal) bool { return proposal.Key == key })
	if i < 0 {
		return ActModel{}, false
	}
	proposal := p.Proposals[i]
	m = ActModel{
		Form: form, Heading: w.T(i18n.DecideTitle), Intro: w.T(i18n.ProposalsIntro, w.pts(proposal.Limit)), Back: f.Link(f.InProgram("/proposals")),
		BackText: w.T(i18n.ProposalsTitle), Action: f.Link(f.InProgram(proposalPath(key))), Save: w.T(i18n.DecideSave), EventID: eventID,
		Entry: strconv.FormatInt(p.Entry, 10), Facts: w.proposalFacts(f, a, proposal),
	}
	outcomes := []Choice{{Value: string(metrics.Approved), Text: w.T(i18n.DecideApprove)}, {Value: string(metrics.RefusedByPeer), Text: w.T(i18n.DecideRefuse)}}
	if proposal.By == me {
		m.Intro, outcomes = w.T(i18n.DecideOwn), []Choice{{Value: string(metrics.Withdrawn), Text: w.T(i18n.DecideWithdraw)}}
	}
	if proposal.Decision != nil {
		m.Closed = w.T(i18n.DecideSettled, w.proposalTag(proposal).Word)
	}
	m.Fields = []ActField{askOne("outcome", w.T(i18n.DecideOutcome), "", outcomes), askText("reason", w.T(i18n.DecideReason), w.T(i18n.DecideWhy))}
	return m.titledAct(f), true
}

func (w words) proposalFacts(f Frame, a metrics.Assessment, proposal metrics.Proposal) []ActFact {
	row := newProposalRow(f, w, a, proposal)
	facts := []ActFact{{Name: w.T(i18n.Milestone), Value: row.Name, Href: row.Href}, {Name: w.T(i18n.ColumnKind), Value: w.proposalKind(proposal)}}
	if m, ok := milestoneOf(a, proposal.Milestone); ok {
		facts = append(facts, ActFact{Name: w.T(i18n.ProposalNow), Value: w.countsWritten(m.Milestone.Progress.Counts, m.Milestone.Unit)},
			ActFact{Name: w.T(i18n.ProposalThen), Value: w.countsWritten(&proposal.Counts, m.Milestone.Unit)})
	}
	facts = append(facts, ActFact{Name: w.T(i18n.ProposalWithdraws), Value: row.Points}, ActFact{Name: w.T(i18n.ProposalObserved), Value: w.at(proposal.ObservedAt)},
		ActFact{Name: w.T(i18n.ProposalMade), Value: row.Made}, ActFact{Name: w.T(i18n.Reason), Value: row.Reason})
	if m, ok := milestoneOf(a, proposal.Milestone); ok && proposal.Decision == nil && m.Milestone.Progress.Counted.At.After(proposal.ObservedAt) {
		facts = append(facts, ActFact{Name: w.T(i18n.Progress), Value: w.T(i18n.ProposalLater)})
	}
	return facts
}

// countsWritten is a count with its total, also where it counts percent: a share would have to lead to its sum.
func (w words) countsWritten(c *metrics.Counts, unit string) string {
	if c == nil {
		return w.T(i18n.StateNoReport)
	}
	return w.T(i18n.CountOf, w.Int(c.Done), w.Int(c.Total), w.unit(unit))
}

// NewReopenModel makes the form that reopens a milestone; ok is false if the program has no such milestone.
func NewReopenModel(f Frame, p metrics.Program, a metrics.Assessment, key string, form Form, eventID string) (m ActModel, ok bool) {
	w := words{f.Lang, p.Zone}
	row, ok := milestoneOf(a, key)
	if !ok {
		return ActModel{}, false
	}
	path := f.InProgram(MilestonePath(key))
	m = ActModel{
		Form: form, Heading: w.T(i18n.ReopenTitle, w.milestoneName(row.Milestone)), Intro: w.T(i18n.ReopenIntro, w.pts(p.Rules.SecondPerson)), Back: f.Link(path),
		BackText: w.milestoneName(row.Milestone), Action: f.Link(path + "/reopen"), Save: w.T(i18n.ReopenSave), Danger: true, EventID: eventID, Entry: strconv.FormatInt(p.Entry, 10),
	}
	if row.Milestone.Progress.Counts == nil {
		m.Closed = w.T(i18n.ReopenNone)
	}
	m.Fields = []ActField{
		askCount("done", w.T(i18n.ReopenLeft, w.unit(row.Milestone.Unit)), w.T(i18n.ReopenHint, w.countsWritten(row.Milestone.Progress.Counts, row.Milestone.Unit))),
		askText("reason", w.T(i18n.ReopenReason), ""),
	}
	return m.titledAct(f), true
}
