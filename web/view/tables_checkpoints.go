package view

import (
	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
	"tenggat/internal/tables"
)

// CheckpointsFile is what was signed of a program's ledger, newest first.
func CheckpointsFile(p metrics.Program, list []Checkpoint) tables.Table {
	type checkpoint = Checkpoint
	return tables.Make("checkpoints", i18n.CheckpointsTitle, []tables.Field[checkpoint]{
		col("size", i18n.CheckpointSize, func(c checkpoint) tables.Cell { return tables.Whole(c.Size) }),
		col("signed_at", i18n.CheckpointSigned, func(c checkpoint) tables.Cell { return tables.TimeOf(c.SignedAt) }),
		col("reason", i18n.CheckpointReason, func(c checkpoint) tables.Cell {
			return inBoth(p.Zone, func(w words) string { return w.signingReason(c.Reason) })
		}),
		col("root", i18n.CheckpointRoot, func(c checkpoint) tables.Cell { return tables.Word(c.Root) }),
		col("recorded_at", i18n.CheckpointCovers, func(c checkpoint) tables.Cell { return tables.TimeOf(c.RecordedAt) }),
		col("origin", i18n.CheckpointOrigin, func(c checkpoint) tables.Cell { return tables.Word(c.Origin) }),
		col("witnesses", i18n.CheckpointCosign, func(c checkpoint) tables.Cell {
			if len(c.Witnesses) == 0 {
				return nil
			}
			return inBoth(p.Zone, func(w words) string { return w.witnesses(c) })
		}),
	}, list)
}
