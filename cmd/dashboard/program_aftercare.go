package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/ledger"
	"tenggat/internal/metrics"
	"tenggat/internal/postgres"
)

type programAuditCommand struct {
	Plan   auditPlanCommand   `cmd:"" help:"Plan an audit after the end."`
	Change auditChangeCommand `cmd:"" help:"Record a change of a system, which makes a check due."`
	Result auditResultCommand `cmd:"" help:"Record what an audit found. A failed one reopens the milestones of its duties."`
}

type auditPlanCommand struct {
	Program string   `arg:"" help:"Program (slug)."`
	Duty    []string `required:"" help:"Legal duty that it checks; may be repeated."`
	Due     string   `required:"" placeholder:"DATE" help:"Its last day."`
	By      string   `required:"" placeholder:"EMAIL" help:"The compliance officer who plans it."`
}

// Run plans an audit.
func (p auditPlanCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return inProgram(ctx, s, c, p.Program, p.By, access.RecordAudit, func(*postgres.DB, string, string) (ledger.Draft, error) {
		return ledger.Draft{Kind: ledger.KindAudit, Body: ledger.Audit{Key: "audit-" + hexID(), Trigger: string(metrics.Periodic), Duties: p.Duty, Due: p.Due}}, nil
	})
}

type auditChangeCommand struct {
	Program   string   `arg:"" help:"Program (slug)."`
	Duty      []string `required:"" help:"Legal duty that the change touches; may be repeated."`
	ChangedOn string   `required:"" name:"changed-on" placeholder:"DATE" help:"The day the system changed."`
	Change    string   `required:"" help:"What changed."`
	Due       string   `placeholder:"DATE" help:"The check's last day. Without it, as many days after the change as the program's rule says."`
	By        string   `required:"" placeholder:"EMAIL" help:"The engineer or compliance officer who records it."`
}

// Run records a system change.
func (p auditChangeCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return inProgram(ctx, s, c, p.Program, p.By, access.RecordChange, func(store *postgres.DB, id, _ string) (ledger.Draft, error) {
		if p.Due == "" {
			state, err := store.Writer().ProgramState(ctx, id, time.Time{})
			if err != nil {
				return ledger.Draft{}, err
			}
			changed, err := metrics.ParseDay(p.ChangedOn)
			if err != nil {
				return ledger.Draft{}, err
			}
			p.Due = state.Rules.RecheckDue(changed).String()
		}
		return ledger.Draft{Kind: ledger.KindAudit, Texts: given("change", p.Change), Body: ledger.Audit{
			Key: "audit-" + hexID(), Trigger: string(metrics.SystemChange), Duties: p.Duty, Due: p.Due, ChangedOn: p.ChangedOn,
		}}, nil
	})
}

type auditResultCommand struct {
	Program  string `arg:"" help:"Program (slug)."`
	Audit    string `arg:"" help:"Key of the audit."`
	Result   string `arg:"" enum:"passed,failed" help:"What it found: ${enum}."`
	HeldOn   string `required:"" name:"held-on" placeholder:"DATE" help:"The day it was held."`
	Auditor  string `required:"" help:"The office or firm that held it."`
	Finding  string `required:"" help:"What was found, in a few words."`
	Document string `xor:"paper" required:"" help:"Where its report is: words, or an https link."`
	File     string `type:"existingfile" xor:"paper" required:"" help:"The report itself: a document."`
	By       string `required:"" placeholder:"EMAIL" help:"The compliance officer who records it."`
}

// Run records a result.
func (p auditResultCommand) Run(ctx context.Context, s *streams, c *settings) error {
	return inProgram(ctx, s, c, p.Program, p.By, access.RecordAudit, func(store *postgres.DB, id, _ string) (ledger.Draft, error) {
		state, err := store.Writer().ProgramState(ctx, id, time.Time{})
		if err != nil {
			return ledger.Draft{}, err
		}
		i := slices.IndexFunc(state.Audits, func(a metrics.Audit) bool { return a.Key == p.Audit })
		if i < 0 {
			return ledger.Draft{}, fmt.Errorf("%s has no audit %q", p.Program, p.Audit)
		}
		planned := state.Audits[i]
		body := ledger.Audit{
			Key: planned.Key, Trigger: string(planned.Trigger), Duties: planned.Duties, Due: planned.Due.String(), Result: p.Result, HeldOn: p.HeldOn, Auditor: p.Auditor,
			Provenance: planned.Provenance,
		}
		if planned.ChangedOn != nil {
			body.ChangedOn = planned.ChangedOn.String()
		}
		body.Paper, err = paper(ctx, store, id, p.Document, p.File, c.uploadLimit())
		return ledger.Draft{Kind: ledger.KindAudit, Texts: given("change", planned.Change.ID, "finding", p.Finding), Body: body}, err
	})
}
