package view

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"tenggat/internal/access"
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// TrailRow is one entry as the audit trail has it.
type TrailRow struct {
	Entry                  int64
	Kind                   string // of the ledger
	Actor                  string
	Imported               bool
	ObservedAt, RecordedAt time.Time
	Body                   json.RawMessage
	Was, Is                *metrics.Counts // of a report; nil: no count
	Text                   metrics.Text    // the reason, or what stands for it; empty where there is none
	Erased                 bool            // it had a text that was erased since
	Leaf                   []byte
}

// TrailPage is a part of the trail.
type TrailPage struct {
	Rows     []TrailRow
	Older    int64     // entry number below which the next page begins; 0: there is none
	Paged    bool      // this is not the newest page
	Signed   int64     // entries that the newest checkpoint covers; 0: none is signed
	SignedAt time.Time //
}

// TrailModel is the audit trail.
type TrailModel struct {
	Frame
	Chain                 string
	From, To, Actor       string // the filter as it was asked for
	Kinds, Milestones     []Choice
	Filtered              bool
	Rows                  []TrailLine
	OlderHref, NewestHref string
	ReadsHref, LedgerHref string // "" for who may not see it
}

// TrailLine is one entry in words.
type TrailLine struct {
	Entry              string
	Recorded, Observed string
	By                 string
	What, Href         string // Href: where the thing is shown; "" for nowhere of its own
	Change             string
	Text               string
	Leaf               string
}

// trailKind names a kind, and where its subject is shown below the program.
type trailKind struct {
	kind string
	name i18n.Message
	page string
}

var trailKinds = []trailKind{
	{"report", i18n.TrailReport, ""}, {"correction", i18n.TrailCorrection, ""}, {"reopening", i18n.TrailReopening, ""},
	{"program", i18n.TrailProgram, "/method#thresholds"}, {"area", i18n.TrailArea, "/method#areas"}, {"milestone", i18n.TrailMilestone, ""}, {"weights", i18n.TrailWeights, "/method#sum"},
	{"deadline", i18n.TrailDeadline, "/deadlines"}, {"override", i18n.TrailOverride, "/deadlines"}, {"job", i18n.TrailJob, "/jobs"}, {"item", i18n.TrailItem, "/items"},
	{"statement", i18n.TrailStatement, "/statements"}, {"evidence", i18n.TrailEvidence, ""}, {"review", i18n.TrailReview, ""}, {"acceptance", i18n.TrailAcceptance, "/deadlines#acceptances"},
	{"forecast", i18n.TrailForecast, "/timeline"}, {"proposal", i18n.TrailProposal, ""}, {"decision", i18n.TrailDecision, ""}, {"duty", i18n.TrailDuty, "/aftercare#duties"}, {"ladder", i18n.TrailLadder, "/deadlines#sanctions"},
	{"sanction_step", i18n.TrailSanction, "/deadlines#sanctions"}, {"audit", i18n.TrailAudit, "/aftercare#audits"}, {"erasure", i18n.TrailErasure, ""}, {"file_erasure", i18n.TrailFileErasure, ""}, {"key", i18n.TrailKey, ""},
	{"epoch", i18n.TrailEpoch, ""}, {"progress_report", i18n.TrailSigned, "/reports"}, {"release", i18n.TrailRelease, "/share#public"},
}

// NewTrailModel makes the page; the query's from, to, actor, kind and milestone narrowed it.
func NewTrailModel(f Frame, p metrics.Program, page TrailPage) TrailModel {
	w := words{f.Lang, p.Zone}
	m := TrailModel{Chain: w.T(i18n.TrailNoChain), From: f.Query.Get("from"), To: f.Query.Get("to"), Actor: f.Query.Get("actor")}
	if page.Signed > 0 {
		m.Chain = w.T(i18n.TrailChain, w.Int(page.Signed), w.at(page.SignedAt))
	}
	kind, milestone := f.Query.Get("kind"), f.Query.Get("milestone")
	m.Filtered = cmp.Or(m.From, m.To, m.Actor, kind, milestone) != ""
	m.Kinds = []Choice{{"", w.T(i18n.ItemsFilterAll), kind == ""}}
	for _, k := range trailKinds {
		m.Kinds = append(m.Kinds, Choice{k.kind, w.T(k.name), k.kind == kind})
	}
	m.Milestones = []Choice{{"", w.T(i18n.ItemsFilterAll), milestone == ""}}
	for _, s := range p.Milestones {
		m.Milestones = append(m.Milestones, Choice{s.Key, w.milestoneName(s), s.Key == milestone})
	}
	for _, row := range page.Rows {
		m.Rows = append(m.Rows, w.trailLine(f, p, row))
	}
	path := f.InProgram("/audit")
	if page.Older > 0 {
		q := without(f.Query, "before")
		q.Set("before", strconv.FormatInt(page.Older, 10))
		m.OlderHref = address(path, q)
	}
	if page.Paged {
		m.NewestHref = address(path, without(f.Query, "before"))
	}
	if f.Can(access.ReadLedger) {
		m.ReadsHref, m.LedgerHref = f.Link(f.InProgram("/audit/reads")), f.Link("/api/v1"+f.InProgram("/ledger"))
	}
	m.Frame = f.titled("", f.t(i18n.TrailTitle))
	return m
}

// subject is the key of what an entry is about, and the milestone among it; "" for none.
func (row TrailRow) subject() (key, milestone string) {
	var body struct {
		Key       string `json:"key"`
		Milestone string `json:"milestone"`
		On        string `json:"on"`
		Deadline  string `json:"deadline"`
	}
	_ = json.Unmarshal(row.Body, &body) // what it does not name stays empty
	if milestone = body.Milestone; row.Kind == "milestone" {
		milestone = body.Key
	}
	return cmp.Or(body.Key, body.Milestone, body.Deadline, body.On), milestone
}

func (w words) trailLine(f Frame, p metrics.Program, row TrailRow) TrailLine {
	subject, key := row.subject()
	line := TrailLine{
		Entry: w.Int(row.Entry), Recorded: w.atMid(row.RecordedAt), Observed: w.atMid(row.ObservedAt), By: w.actor(row.Actor), What: row.Kind,
		Text: w.text(row.Text), Leaf: hex.EncodeToString(row.Leaf),
	}
	if row.Imported {
		line.By = join(line.By, "("+w.T(i18n.MilestoneImported)+")")
	}
	if row.Erased {
		line.Text = join(line.Text, w.T(i18n.TextErased))
	}
	if i := slices.IndexFunc(trailKinds, func(k trailKind) bool { return k.kind == row.Kind }); i >= 0 {
		line.What = w.T(trailKinds[i].name)
		if trailKinds[i].page != "" {
			line.Href = f.Link(f.InProgram(trailKinds[i].page))
		}
	}
	if subject != "" {
		line.What = w.T(i18n.TrailOf, line.What, subject)
	}
	unit := ""
	if i := slices.IndexFunc(p.Milestones, func(m metrics.Milestone) bool { return m.Key == key }); i >= 0 {
		line.Href, unit = f.Link(f.InProgram(MilestonePath(key)+"#history")), p.Milestones[i].Unit
	}
	if row.Is != nil {
		line.Change = w.T(i18n.TrailBecame, w.counts(row.Was, unit), w.counts(row.Is, unit))
	}
	return line
}
