package view

import (
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// itemLine is an outstanding item and the milestone it belongs to, if any.
type itemLine struct {
	metrics.OutstandingItem
	milestone *stone
}

// ItemsFile is everything outstanding; its points add up to the outstanding figure. area and waits narrow it as on the page.
func ItemsFile(p metrics.Program, a metrics.Assessment, area, waits string) tables.Table {
	var lines []itemLine
	for _, item := range a.Items {
		line := itemLine{OutstandingItem: item}
		if item.Milestone >= 0 {
			line.milestone = &a.Milestones[item.Milestone]
		}
		inArea := area == "" || line.milestone != nil && line.milestone.Milestone.Area == area
		if inArea && (waits == "" || waits == item.WaitsOn.ID || waits == item.WaitsOn.EN) {
			lines = append(lines, line)
		}
	}
	ofStone := func(f func(stone) tables.Cell) func(itemLine) tables.Cell {
		return func(l itemLine) tables.Cell {
			if l.milestone == nil {
				return nil
			}
			return f(*l.milestone)
		}
	}
	return tables.Make("items", i18n.ItemsTitle, []tables.Field[itemLine]{
		col("kind", i18n.ColumnKind, func(l itemLine) tables.Cell { return itemKindCell(p, l.Kind) }),
		col("milestone", i18n.Milestone, ofStone(stoneKey)), col("name", i18n.HeadName, func(l itemLine) tables.Cell { return lineName(p, a, l) }), col("area", i18n.Area, ofStone(stoneArea)),
		pts("outstanding", i18n.ColumnLeftPoints, func(l itemLine) metrics.BasisPoints { return l.Points }),
		col("counted", i18n.HeadCounted, func(l itemLine) tables.Cell { return tables.Yes(l.Counted) }),
		colIn(tables.Percent, "share", i18n.ColumnShareOfMilestone, ofStone(stoneShare)),
		col("state", i18n.State, func(l itemLine) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.itemTag(l.OutstandingItem, a).Word })
		}),
		col("since", i18n.HeadSince, func(l itemLine) tables.Cell { return tables.DateOf(l.Since) }),
		colIn(tables.Days, "age_days", i18n.HeadAgeDays, func(l itemLine) tables.Cell { return tables.Whole(l.AgeDays) }),
		col("due", i18n.Due, func(l itemLine) tables.Cell { return tables.DateOf(l.Due) }),
		colIn(tables.Days, "overdue_days", i18n.HeadOverdueDays, func(l itemLine) tables.Cell { return tables.Whole(l.OverdueDays) }),
		col("owner", i18n.HeadOwner, func(l itemLine) tables.Cell { return named(l.OwnerRole) }),
		col("waits_on", i18n.ItemWaitsOn, func(l itemLine) tables.Cell { return named(l.WaitsOn) }),
		col("recorded", i18n.HeadRecordedItems, recordedTitles),
	}, lines)
}

func itemKindCell(p metrics.Program, kind metrics.ItemKind) tables.Cell {
	switch kind {
	case metrics.MissingPoints:
		return fixed(i18n.Milestone)
	case metrics.MissingWeights:
		return fixed(i18n.ItemUnweighted)
	}
	return inBoth(p.Zone, func(w words) string { return w.itemKind(string(kind)) })
}

// lineName is the milestone's name or, for a row of its own, what was written.
func lineName(p metrics.Program, a metrics.Assessment, l itemLine) tables.Cell {
	switch {
	case l.Kind == metrics.MissingWeights:
		return fixed(i18n.ItemUnweighted)
	case l.Kind == metrics.MissingPoints:
		return stoneName(*l.milestone)
	case l.Proposal != nil:
		return inBoth(p.Zone, func(w words) string { return w.proposed(a, *l.Proposal) })
	case l.Audit != nil:
		return inBoth(p.Zone, func(w words) string { return w.auditName(*l.Audit) })
	case len(l.Recorded) > 0:
		return written(l.Recorded[0].Title)
	}
	return nil
}

// recordedTitles are what people recorded on a milestone's row.
func recordedTitles(l itemLine) tables.Cell {
	if l.Kind != metrics.MissingPoints || len(l.Recorded) == 0 {
		return nil
	}
	var id, en []string
	for _, item := range l.Recorded {
		title := metrics.Text(tables.Both(i18n.TextErased))
		if item.Title != (metrics.Text{}) {
			title = item.Title
		}
		id, en = append(id, i18n.Indonesian.Pick(title.ID, title.EN)), append(en, i18n.English.Pick(title.ID, title.EN))
	}
	return tables.Free{ID: strings.Join(id, "; "), EN: strings.Join(en, "; ")}
}

// ClosedItemsFile is the recorded items that were closed, newest first.
func ClosedItemsFile(p metrics.Program, a metrics.Assessment) tables.Table {
	type item = metrics.Item
	return tables.Make("closed-items", i18n.ItemsClosed, []tables.Field[item]{
		col("item", i18n.HeadKey, func(r item) tables.Cell { return tables.Word(r.Key) }),
		col("kind", i18n.ColumnKind, func(r item) tables.Cell { return itemKindCell(p, metrics.ItemKind(r.Kind)) }),
		col("name", i18n.HeadName, func(r item) tables.Cell { return written(r.Title) }),
		col("milestone", i18n.Milestone, func(r item) tables.Cell { return tables.WordOf(r.Milestone) }),
		col("opened_on", i18n.ItemOpened, func(r item) tables.Cell { return tables.Date(r.OpenedOn) }),
		col("due", i18n.Due, func(r item) tables.Cell { return tables.DateOf(r.Due) }),
		col("waits_on", i18n.ItemWaitsOn, func(r item) tables.Cell { return named(r.WaitsOn) }),
		col("resolution", i18n.HeadResolution, func(r item) tables.Cell { return written(r.Resolution) }),
		col("recorded_at", i18n.HeadRecordedAt, func(r item) tables.Cell { return tables.TimeOf(r.RecordedAt) }),
		col("entry", i18n.ColumnEntry, func(r item) tables.Cell { return entryNo(r.Entry) }),
	}, a.ClosedItems)
}
