package metrics

import (
	"cmp"
	"slices"
)

// outstandingItems lists what is left: a row for each open milestone, one for points that no milestone carries, and one without
// points for each recorded open item that no open milestone's row shows, and for what waits for a person.
func outstandingItems(p Program, a Assessment) []OutstandingItem {
	var rows []OutstandingItem
	byKey := map[string]int{}
	for i, m := range a.Milestones {
		if m.Open {
			byKey[m.Milestone.Key] = len(rows)
			rows = append(rows, OutstandingItem{Kind: MissingPoints, Milestone: i, Points: m.Outstanding, Counted: true, Due: &m.Milestone.Due})
		}
	}
	var loose []OutstandingItem
	for _, item := range p.Items {
		if item.Closed {
			continue
		}
		if at, tied := byKey[item.Milestone]; tied && item.Milestone != "" {
			rows[at].tie(item)
			continue
		}
		row := OutstandingItem{Kind: ItemKind(item.Kind), Milestone: a.indexOf(item.Milestone), Due: item.Due}
		row.tie(item)
		loose = append(loose, row)
	}
	loose = append(loose, waitingItems(p, a)...)
	if a.Unweighted > 0 {
		rows = append(rows, OutstandingItem{Kind: MissingWeights, Milestone: -1, Points: a.Unweighted, Counted: true})
	}
	rows = append(rows, loose...)
	for i := range rows {
		rows[i].date(a)
	}
	slices.SortStableFunc(rows, compareItems)
	return rows
}

// waitingItems are what waits for a person beside the work itself: proposals without a decision, and audits not held in time.
func waitingItems(p Program, a Assessment) []OutstandingItem {
	var rows []OutstandingItem
	for _, proposal := range p.Pending() {
		since := DayOf(proposal.RecordedAt, p.Zone)
		rows = append(rows, OutstandingItem{Kind: WaitingProposal, Milestone: a.indexOf(proposal.Milestone), Since: &since, Proposal: &proposal})
	}
	for _, audit := range a.AfterCare.Audits {
		if audit.OverdueDays > 0 {
			rows = append(rows, OutstandingItem{Kind: OverdueAudit, Milestone: -1, Since: audit.Audit.ChangedOn, Due: &audit.Audit.Due, Audit: &audit.Audit})
		}
	}
	return rows
}

// tie puts a recorded item on a row. The first that names an owner, or a party waited on, is the row's.
func (r *OutstandingItem) tie(item Item) {
	r.Recorded = append(r.Recorded, item)
	r.OwnerRole = cmp.Or(r.OwnerRole, item.OwnerRole)
	r.WaitsOn = cmp.Or(r.WaitsOn, item.WaitsOn)
	if r.Since == nil || item.OpenedOn < *r.Since {
		r.Since = &item.OpenedOn
	}
}

// date counts days. A milestone's row without a recorded item is as old as its planned start.
func (r *OutstandingItem) date(a Assessment) {
	if r.Since == nil && r.Kind == MissingPoints {
		r.Since = &a.Milestones[r.Milestone].Milestone.Start
	}
	if r.Since != nil {
		r.AgeDays = max(0, int(a.Today-*r.Since))
	}
	if r.Due != nil {
		r.OverdueDays = max(0, int(a.Today-*r.Due))
	}
}

func compareItems(x, y OutstandingItem) int {
	return cmp.Or(
		-cmp.Compare(rank(x.Counted), rank(y.Counted)),
		-cmp.Compare(x.Points, y.Points),
		-cmp.Compare(rank(x.Due != nil), rank(y.Due != nil)),
		compareDue(x, y),
	)
}

func compareDue(x, y OutstandingItem) int {
	if x.Due == nil || y.Due == nil {
		return 0
	}
	return cmp.Compare(*x.Due, *y.Due)
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// closedItems are the recorded items that were closed, newest entry first.
func closedItems(p Program) []Item {
	var closed []Item
	for _, item := range p.Items {
		if item.Closed {
			closed = append(closed, item)
		}
	}
	slices.SortStableFunc(closed, func(x, y Item) int { return cmp.Compare(y.Entry, x.Entry) })
	return closed
}

func (a Assessment) indexOf(milestone string) int {
	return slices.IndexFunc(a.Milestones, func(m MilestoneAssessment) bool { return m.Milestone.Key == milestone })
}
