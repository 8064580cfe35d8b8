package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// evidenceLine is a piece of evidence, or a milestone that has none.
type evidenceLine struct {
	stone
	piece *metrics.Evidence
}

// EvidenceFile is the evidence of every milestone, those without any included; or, with a key, of one.
func EvidenceFile(p metrics.Program, a metrics.Assessment, key string) tables.Table {
	var lines []evidenceLine
	for _, m := range inOrder(a) {
		if key != "" && m.Milestone.Key != key {
			continue
		}
		pieces := p.EvidenceOf(m.Milestone.Key)
		for i := range pieces {
			lines = append(lines, evidenceLine{m, &pieces[i]})
		}
		if len(pieces) == 0 {
			lines = append(lines, evidenceLine{m, nil})
		}
	}
	of := func(f func(metrics.Evidence) tables.Cell) func(evidenceLine) tables.Cell {
		return func(l evidenceLine) tables.Cell {
			if l.piece == nil {
				return nil
			}
			return f(*l.piece)
		}
	}
	reviewed := func(f func(metrics.Review) tables.Cell) func(evidenceLine) tables.Cell {
		return of(func(e metrics.Evidence) tables.Cell {
			if e.Review == nil {
				return nil
			}
			return f(*e.Review)
		})
	}
	return tables.Make("evidence", i18n.Evidence, []tables.Field[evidenceLine]{
		col("milestone", i18n.Milestone, func(l evidenceLine) tables.Cell { return stoneKey(l.stone) }),
		col("name", i18n.HeadName, func(l evidenceLine) tables.Cell { return stoneName(l.stone) }),
		col("state", i18n.State, func(l evidenceLine) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.milestoneTag(l.stone).Word })
		}),
		col("evidence", i18n.HeadKey, of(func(e metrics.Evidence) tables.Cell { return tables.Word(e.Key) })),
		col("label", i18n.EvidenceWhat, of(func(e metrics.Evidence) tables.Cell { return written(e.Label) })),
		col("observed_on", i18n.EvidenceDated, of(func(e metrics.Evidence) tables.Cell { return tables.Date(e.ObservedOn) })),
		col("sha256", i18n.EvidenceHashOf, of(func(e metrics.Evidence) tables.Cell { return tables.WordOf(e.SHA256) })),
		col("media_type", i18n.HeadMediaType, of(func(e metrics.Evidence) tables.Cell { return tables.WordOf(e.MediaType) })),
		col("bytes", i18n.HeadBytes, of(func(e metrics.Evidence) tables.Cell { return sizeCell(e.Size) })),
		col("link", i18n.HeadLink, of(func(e metrics.Evidence) tables.Cell { return tables.WordOf(e.Link) })),
		col("erased", i18n.HeadErased, of(func(e metrics.Evidence) tables.Cell { return tables.Yes(e.Erased) })),
		col("by", i18n.By, of(func(e metrics.Evidence) tables.Cell { return tables.WordOf(e.By) })),
		col("recorded_at", i18n.HeadRecordedAt, of(func(e metrics.Evidence) tables.Cell { return tables.TimeOf(e.RecordedAt) })),
		col("review", i18n.EvidenceJudged, of(func(e metrics.Evidence) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.evidenceTag(e).Word })
		})),
		col("supports", i18n.HeadSupports, reviewed(func(r metrics.Review) tables.Cell { return tables.Whole(r.Done) })),
		col("reviewed_by", i18n.HeadReviewedBy, reviewed(func(r metrics.Review) tables.Cell { return tables.WordOf(r.By) })),
		col("reviewed_at", i18n.HeadReviewedAt, reviewed(func(r metrics.Review) tables.Cell { return tables.TimeOf(r.RecordedAt) })),
		col("reason", i18n.Reason, reviewed(func(r metrics.Review) tables.Cell { return tables.FreeOf(r.Reason) })),
		col("entry", i18n.ColumnEntry, of(func(e metrics.Evidence) tables.Cell { return entryNo(e.Entry) })),
	}, lines)
}

// sizeCell is a number of bytes; a link has none.
func sizeCell(bytes int64) tables.Cell {
	if bytes == 0 {
		return nil
	}
	return tables.Whole(bytes)
}

// ProposalsFile is every correction and reopening that took a second person, oldest first.
func ProposalsFile(p metrics.Program) tables.Table {
	type proposal = metrics.Proposal
	decided := func(f func(metrics.Decision) tables.Cell) func(proposal) tables.Cell {
		return func(r proposal) tables.Cell {
			if r.Decision == nil {
				return nil
			}
			return f(*r.Decision)
		}
	}
	return tables.Make("proposals", i18n.ProposalsTitle, []tables.Field[proposal]{
		col("proposal", i18n.HeadKey, func(r proposal) tables.Cell { return tables.Word(r.Key) }),
		col("milestone", i18n.Milestone, func(r proposal) tables.Cell { return tables.Word(r.Milestone) }),
		col("kind", i18n.ColumnKind, func(r proposal) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.proposalKind(r) })
		}),
		col("done", i18n.HeadProposedDone, func(r proposal) tables.Cell { return tables.Whole(r.Counts.Done) }),
		col("total", i18n.HeadTotal, func(r proposal) tables.Cell { return tables.Whole(r.Counts.Total) }),
		colIn(tables.Points, "withdraws", i18n.ProposalWithdraws, func(r proposal) tables.Cell { return hundredths(r.Points) }),
		colIn(tables.Points, "limit", i18n.HeadLimit, func(r proposal) tables.Cell { return hundredths(r.Limit) }),
		col("reason", i18n.Reason, func(r proposal) tables.Cell { return written(r.Reason) }),
		col("by", i18n.By, func(r proposal) tables.Cell { return tables.WordOf(r.By) }),
		col("recorded_at", i18n.HeadRecordedAt, func(r proposal) tables.Cell { return tables.TimeOf(r.RecordedAt) }),
		col("state", i18n.ProposalDecision, func(r proposal) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.proposalTag(r).Word })
		}),
		col("decided_by", i18n.HeadDecidedBy, decided(func(d metrics.Decision) tables.Cell { return tables.WordOf(d.By) })),
		col("decided_at", i18n.HeadDecidedAt, decided(func(d metrics.Decision) tables.Cell { return tables.TimeOf(d.RecordedAt) })),
		col("why", i18n.DecideReason, decided(func(d metrics.Decision) tables.Cell { return tables.FreeOf(d.Reason) })),
		col("entry", i18n.ColumnEntry, func(r proposal) tables.Cell { return entryNo(r.Entry) }),
	}, p.Proposals)
}
