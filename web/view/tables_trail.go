package view

import (
	"encoding/hex"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// EntriesFile is the audit trail, newest first.
func EntriesFile(p metrics.Program, rows []TrailRow) tables.Table {
	count := func(of func(TrailRow) *metrics.Counts, part func(metrics.Counts) int64) func(TrailRow) tables.Cell {
		return func(r TrailRow) tables.Cell {
			if c := of(r); c != nil {
				return tables.Whole(part(*c))
			}
			return nil
		}
	}
	was, is := func(r TrailRow) *metrics.Counts { return r.Was }, func(r TrailRow) *metrics.Counts { return r.Is }
	done, total := func(c metrics.Counts) int64 { return c.Done }, func(c metrics.Counts) int64 { return c.Total }
	return tables.Make("entries", i18n.TrailTitle, []tables.Field[TrailRow]{
		col("entry", i18n.ColumnEntry, func(r TrailRow) tables.Cell { return entryNo(r.Entry) }),
		col("recorded_at", i18n.HeadRecordedAt, func(r TrailRow) tables.Cell { return tables.TimeOf(r.RecordedAt) }),
		col("observed_at", i18n.HeadObservedAt, func(r TrailRow) tables.Cell { return tables.TimeOf(r.ObservedAt) }),
		col("by", i18n.By, func(r TrailRow) tables.Cell { return tables.WordOf(r.Actor) }),
		col("imported", i18n.MilestoneImported, func(r TrailRow) tables.Cell { return tables.Yes(r.Imported) }),
		col("kind", i18n.TrailKind, func(r TrailRow) tables.Cell { return tables.Word(r.Kind) }),
		col("subject", i18n.TrailWhat, func(r TrailRow) tables.Cell {
			subject, _ := r.subject()
			return tables.WordOf(subject)
		}),
		col("done_before", i18n.HeadDoneBefore, count(was, done)),
		col("total_before", i18n.HeadTotalBefore, count(was, total)),
		col("done", i18n.HeadDone, count(is, done)),
		col("total", i18n.HeadTotal, count(is, total)),
		col("text", i18n.ColumnNoteReason, func(r TrailRow) tables.Cell {
			if r.Text == (metrics.Text{}) {
				return nil
			}
			return written(r.Text)
		}),
		col("erased", i18n.TextErased, func(r TrailRow) tables.Cell { return tables.Yes(r.Erased) }),
		col("leaf_hash", i18n.TrailProof, func(r TrailRow) tables.Cell { return tables.WordOf(hex.EncodeToString(r.Leaf)) }),
	}, rows)
}
