package web

import (
	"context"

	"tenggat/internal/i18n"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/web/view"
)

// getProposals lists corrections and reopenings that take a second person.
func (s *Server) getProposals(r *request) error {
	return s.sendPage(r, nil, func(_ context.Context, j judged, _ moment, f view.Frame) (component, error) {
		return view.ProposalsPage(view.NewProposalsModel(f, j.Program, j.assessment)), nil
	})
}

// The visible fields of the two forms.
var (
	decideFields = []string{"outcome", "reason"}
	reopenFields = []string{"done", "reason"}
)

// decide is the form by which a second person approves or refuses a proposal, or whoever made it withdraws it.
var decide = act{
	fields: decideFields,
	page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
		return view.NewDecideModel(r.formFrame(j), j.Program, j.assessment, r.param("proposal"), r.who.Actor(), form, eventID)
	},
	draft: func(r *request, _ judged, f *formReader, _ sent) ledger.Draft {
		body := ledger.Decision{
			Proposal: r.param("proposal"), Outcome: f.choice("outcome", string(metrics.Approved), string(metrics.RefusedByPeer), string(metrics.Withdrawn)),
		}
		texts := map[string]string{}
		if reason := f.text("reason", body.Outcome == string(metrics.RefusedByPeer), ledger.MaxTextLength); reason != "" {
			texts["reason"] = reason
		}
		return ledger.Draft{Kind: ledger.KindDecision, Body: body, Texts: texts}
	},
	saved: func(r *request, _ ledger.Receipt) (string, string) {
		return view.ProgramPath(r.program.Slug) + "/proposals", "decided"
	},
}

// reopen is the form that withdraws what was reported, verified and accepted of a milestone.
var reopen = act{
	fields: reopenFields,
	page: func(r *request, j judged, form view.Form, eventID string) (view.ActModel, bool) {
		return view.NewReopenModel(r.formFrame(j), j.Program, j.assessment, r.param("milestone"), form, eventID)
	},
	draft: func(r *request, j judged, f *formReader, _ sent) ledger.Draft {
		body := ledger.Report{Milestone: r.param("milestone"), Done: new(f.number("done"))}
		texts := map[string]string{"reason": f.text("reason", true, ledger.MaxTextLength)}
		m, err := j.milestone(body.Milestone) // page found it
		if err == nil && m.Milestone.Progress.Counts != nil {
			body.Total, body.Unit = &m.Milestone.Progress.Counts.Total, m.Milestone.Unit
			if f.errorless("done") && *body.Done >= *body.Total {
				f.refuse("done", i18n.ReopenLess, f.lang.Int(*body.Total))
			}
		} else {
			f.refuse("done", i18n.ReopenNone)
		}
		return ledger.Draft{Kind: ledger.KindReopening, Body: body, Texts: texts}
	},
	expect: func(r *request, entry int64) *ledger.Expectation {
		return &ledger.Expectation{Milestone: r.param("milestone"), Entry: entry}
	},
	saved: func(r *request, receipt ledger.Receipt) (string, string) {
		notice := "reopened"
		if receipt.Proposal != "" {
			notice = "proposed"
		}
		return r.milestonePath(r.param("milestone")), notice
	},
}

func (s *Server) getDecide(r *request) error  { return decide.get(s, r) }
func (s *Server) postDecide(r *request) error { return decide.post(s, r) }
func (s *Server) getReopen(r *request) error  { return reopen.get(s, r) }
func (s *Server) postReopen(r *request) error { return reopen.post(s, r) }

// proposalJSON is a correction or reopening that takes a second person.
type proposalJSON struct {
	Key        string              `json:"key"`
	Milestone  string              `json:"milestone"`
	Kind       ledger.Kind         `json:"kind"`
	Done       int64               `json:"done"` // what would stand
	Total      int64               `json:"total"`
	ObservedAt string              `json:"observed_at"`
	Points     metrics.BasisPoints `json:"withdraws_basis_points"` // of the whole, as things stood when it was made
	Limit      metrics.BasisPoints `json:"limit_basis_points"`     // the program's rule then
	Reason     metrics.Text        `json:"reason"`
	By         string              `json:"by"`
	Entry      int64               `json:"entry"`
	RecordedAt string              `json:"recorded_at"`
	Decision   *decisionJSON       `json:"decision"` // null: it waits
}

type decisionJSON struct {
	Outcome    metrics.Outcome `json:"outcome"`
	Reason     metrics.Text    `json:"reason,omitzero"`
	By         string          `json:"by"`
	Entry      int64           `json:"entry"`
	RecordedAt string          `json:"recorded_at"`
}

func newProposalJSON(p metrics.Proposal) proposalJSON {
	answer := proposalJSON{
		Key: p.Key, Milestone: p.Milestone, Kind: ledger.KindCorrection, Done: p.Counts.Done, Total: p.Counts.Total, ObservedAt: rfc3339(p.ObservedAt), Points: p.Points,
		Limit: p.Limit, Reason: p.Reason, By: p.By, Entry: p.Entry, RecordedAt: rfc3339(p.RecordedAt),
	}
	if p.Reopening {
		answer.Kind = ledger.KindReopening
	}
	if d := p.Decision; d != nil {
		answer.Decision = &decisionJSON{d.Outcome, d.Reason, d.By, d.Entry, rfc3339(d.RecordedAt)}
	}
	return answer
}

// getProposalsJSON lists proposals, newest first: all of a program, or those of the milestone in the path.
func (s *Server) getProposalsJSON(r *request) error {
	milestone := r.param("milestone")
	return s.sendJudged(r, func(j judged) (any, error) {
		answer := struct {
			Program string `json:"program"`
			asKnown
			Limit     metrics.BasisPoints `json:"limit_basis_points"` // what withdraws more needs a second person
			Proposals []proposalJSON      `json:"proposals"`
		}{j.Key, newAsKnown(j), j.Rules.SecondPerson, []proposalJSON{}}
		if _, err := j.milestone(milestone); milestone != "" && err != nil {
			return nil, err
		}
		for i := len(j.Proposals) - 1; i >= 0; i-- {
			if p := j.Proposals[i]; milestone == "" || p.Milestone == milestone {
				answer.Proposals = append(answer.Proposals, newProposalJSON(p))
			}
		}
		return answer, nil
	})
}
