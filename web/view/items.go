package view

import (
	"slices"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// ItemsModel is everything outstanding. The points of all rows add up to 100 less the headline.
type ItemsModel struct {
	Frame
	Summary     string
	Sum         string // says what the points add up to
	SumHref     string
	Measures    []Measure
	Waiting     string // corrections and reopenings that wait for a second person; "" for none
	Unspecified string // "" if everything outstanding is specified
	Empty       string // "" unless nothing is outstanding
	Filtered    bool
	Areas       []Choice
	Parties     []Choice
	Left        LeftFigure
	Rows        []ItemRow
	Total       string // points of the rows shown
	Whole       string // points of all rows
	Closed      []ClosedRow
	RaiseHref   string // "" where nothing can be raised
}

// ItemRow is one outstanding item.
type ItemRow struct {
	Number      int // of its segment in the drawing; 0: it has no points
	Name, Href  string
	Notes       []ItemNote // what people recorded on it
	Area        string
	AreaKey     string
	Points      string // "" where it counts in no percentage
	Share       string // of the milestone that is done, "50% dari tonggak"
	SumHref     string // what the share adds up from
	Backed      string // how much of the milestone is verified, and accepted
	Since, Age  string
	Due         string
	Overdue     string // "lewat 3 hari", or ""
	Owner, Wait string
	State       Tag
	Flags       []Tag // of its milestone

	points metrics.BasisPoints
}

// ItemNote is a recorded item: a blocker, a request, something unspecified.
type ItemNote struct {
	Text, Detail string
	CloseHref    string // "" where it cannot be closed
	CloseText    string
}

// ClosedRow is an item that was closed.
type ClosedRow struct {
	Title, Kind, Opened, Resolution string
}

// Choice is an option of a filter or a form.
type Choice struct {
	Value, Text string
	Selected    bool
}

// NewItemsModel makes the page; the query's area and waits narrow the rows, never the sum.
func NewItemsModel(f Frame, p metrics.Program, a metrics.Assessment) ItemsModel {
	w := words{f.Lang, p.Zone}
	all := newItemRows(f, w, a)
	area, party := f.Query.Get("area"), f.Query.Get("waits")
	m := ItemsModel{
		Summary: w.N(i18n.ItemsSummary, int64(len(all)), w.pts(a.Outstanding)),
		Sum:     w.T(i18n.ItemsSumExact, w.pts(a.Outstanding), w.pts(a.Reported)),
		SumHref: sumHref(f, "sum"), Measures: w.measures(a.Figures),
		Filtered: area != "" || party != "",
		Areas:    areaChoices(w, a, area), Parties: partyChoices(w, all, party),
		Left: newLeftFigure(w, a, all), Closed: newClosedRows(w, a.ClosedItems), Whole: w.pts(a.Outstanding),
	}
	total := metrics.BasisPoints(0)
	for _, row := range all {
		if (area == "" || row.AreaKey == area) && (party == "" || row.Wait == party) {
			m.Rows, total = append(m.Rows, row), total+row.points
		}
	}
	m.Total = w.pts(total)
	if n := len(p.Pending()); n > 0 {
		m.Waiting = w.N(i18n.ProposalsWaiting, int64(n))
	}
	if n := countUnspecified(a.Items); n > 0 {
		m.Unspecified = w.N(i18n.ItemsUnspecified, n)
	}
	if len(all) == 0 {
		m.Empty = w.T(i18n.ItemsEmpty, w.day(a.Today))
	}
	if f.MayRaise() {
		m.RaiseHref = f.Link(f.InProgram("/items/new"))
	}
	m.Frame = f.titled(w.N(i18n.ItemsSummaryShort, int64(len(all)), w.pts(a.Outstanding)), f.t(i18n.NavOutstanding))
	return m
}

// meta is the small print under an item's name: its state, who answers for it, how old it is.
func (row ItemRow) meta() string {
	text := row.State.Word
	for _, part := range []string{row.Area, row.Owner, row.Age} {
		if part != "" {
			text += " · " + part
		}
	}
	return text
}

func newItemRows(f Frame, w words, a metrics.Assessment) []ItemRow {
	rows := make([]ItemRow, 0, len(a.Items))
	for i, item := range a.Items {
		row := ItemRow{
			Owner: w.text(item.OwnerRole), Wait: w.text(item.WaitsOn), Due: w.dayOr(item.Due, i18n.ItemNoDue), points: item.Points,
			State: w.itemTag(item, a),
		}
		if item.Since != nil {
			row.Since, row.Age = w.dayMid(*item.Since), w.N(i18n.Days, int64(item.AgeDays))
		}
		if item.OverdueDays > 0 {
			row.Overdue = w.DaysLeft(-item.OverdueDays)
		}
		if item.Counted {
			row.Points, row.Number = w.pts(item.Points), i+1
		}
		row.name(f, w, a, item)
		rows = append(rows, row)
	}
	return rows
}

// name says what the item is. A milestone's row carries what people recorded on it as notes; a row of its own is named by it.
func (row *ItemRow) name(f Frame, w words, a metrics.Assessment, item metrics.OutstandingItem) {
	if item.Milestone >= 0 {
		m := a.Milestones[item.Milestone]
		row.AreaKey, row.Area = m.Milestone.Area, w.areaName(a, m.Milestone.Area)
		row.Name = m.Milestone.Key + " " + w.text(m.Milestone.Name)
		row.Href = f.Link(f.InProgram(MilestonePath(m.Milestone.Key)))
		row.Share, row.SumHref, row.Backed = w.ofMilestone(m), sumHref(f, milestoneAnchor(m.Milestone.Key)), w.backed(m.Figures)
		row.Flags = w.flagTags(m)
	}
	switch item.Kind {
	case metrics.MissingPoints:
		row.Notes = itemNotes(f, w, item.Recorded)
	case metrics.MissingWeights:
		row.Name = w.T(i18n.ItemUnweighted)
	case metrics.WaitingProposal:
		row.Name, row.Href, row.Wait = w.proposed(a, *item.Proposal), f.Link(f.InProgram("/proposals")), w.T(i18n.ProposalSecond)
		row.Share, row.Flags = "", nil
	case metrics.OverdueAudit:
		row.Name, row.Href = w.auditName(*item.Audit), f.Link(f.InProgram("/aftercare")+"#audits")
	default:
		row.Notes = itemNotes(f, w, item.Recorded)
		if len(item.Recorded) > 0 {
			row.Name = w.written(item.Recorded[0].Title)
			row.Notes[0].Text = ""
		}
		row.Share, row.Flags = "", nil
	}
}

func (w words) areaName(a metrics.Assessment, key string) string {
	for _, area := range a.Areas {
		if area.Key == key {
			return w.text(area.Name)
		}
	}
	return key
}

func itemNotes(f Frame, w words, items []metrics.Item) []ItemNote {
	var notes []ItemNote
	for _, item := range items {
		note := ItemNote{Text: w.written(item.Title), Detail: w.itemKind(item.Kind)}
		if party := w.text(item.WaitsOn); party != "" {
			note.Detail += ", " + w.T(i18n.ItemWaitsSince, party, w.dayMid(item.OpenedOn))
		}
		if item.Provenance != "" {
			note.Detail += ", " + w.provenance(item.Provenance)
		}
		if f.MayRaise() && item.Kind == string(metrics.Blocker) && !item.Closed {
			note.CloseHref, note.CloseText = f.Link(f.InProgram(closePath(item.Key))), w.T(i18n.BlockerClose)
		}
		notes = append(notes, note)
	}
	return notes
}

func (w words) itemKind(kind string) string {
	switch metrics.ItemKind(kind) {
	case metrics.Blocker:
		return w.T(i18n.ItemBlocker)
	case metrics.Request:
		return w.T(i18n.ItemRequest)
	case metrics.Unspecified:
		return w.T(i18n.ItemUnspecified)
	case metrics.WaitingProposal:
		return w.T(i18n.ProposalWaits)
	case metrics.OverdueAudit:
		return w.T(i18n.AuditOverdue)
	}
	return kind
}

func (w words) itemTag(item metrics.OutstandingItem, a metrics.Assessment) Tag {
	switch {
	case item.Kind == metrics.Blocker || hasBlocker(item.Recorded):
		return Tag{"blocked", "bars", w.T(i18n.StateBlocked)}
	case item.Kind == metrics.MissingPoints:
		return w.milestoneTag(a.Milestones[item.Milestone])
	case item.Kind == metrics.Request:
		return Tag{"unknown", "ring", w.T(i18n.ItemRequest)}
	case item.Kind == metrics.WaitingProposal:
		return w.proposalTag(*item.Proposal)
	case item.Kind == metrics.OverdueAudit:
		return Tag{"late", "octagon-bar", w.T(i18n.AuditOverdue)}
	}
	return Tag{"unknown", "question", w.T(i18n.ItemUnspecified)}
}

func newClosedRows(w words, items []metrics.Item) []ClosedRow {
	rows := make([]ClosedRow, 0, len(items))
	for _, item := range items {
		rows = append(rows, ClosedRow{w.written(item.Title), w.itemKind(item.Kind), w.dayMid(item.OpenedOn), w.written(item.Resolution)})
	}
	return rows
}

func countUnspecified(items []metrics.OutstandingItem) int64 {
	n := int64(0)
	for _, item := range items {
		if item.Kind == metrics.Unspecified {
			n++
		}
		for _, r := range item.Recorded {
			if item.Kind == metrics.MissingPoints && r.Kind == string(metrics.Unspecified) {
				n++
			}
		}
	}
	return n
}

func areaChoices(w words, a metrics.Assessment, selected string) []Choice {
	choices := []Choice{{"", w.T(i18n.ItemsFilterAll), selected == ""}}
	for _, area := range a.Areas {
		choices = append(choices, Choice{area.Key, w.text(area.Name), selected == area.Key})
	}
	return choices
}

func partyChoices(w words, rows []ItemRow, selected string) []Choice {
	var parties []string
	for _, row := range rows {
		if row.Wait != "" && !slices.Contains(parties, row.Wait) {
			parties = append(parties, row.Wait)
		}
	}
	slices.Sort(parties)
	choices := []Choice{{"", w.T(i18n.ItemsFilterAll), selected == ""}}
	for _, party := range parties {
		choices = append(choices, Choice{party, party, selected == party})
	}
	return choices
}

func hasBlocker(items []metrics.Item) bool {
	for _, item := range items {
		if item.Kind == string(metrics.Blocker) {
			return true
		}
	}
	return false
}
