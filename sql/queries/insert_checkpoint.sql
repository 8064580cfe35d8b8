-- Publishes a checkpoint. A size that the epoch has already is left as it is.
-- $1 program id, $2 epoch, $3 size, $4 origin, $5 root, $6 reason, $7 signed note
INSERT INTO checkpoints (program_id, epoch, tree_size, origin, root, recorded_at, reason, note)
SELECT $1, $2, $3, $4, $5, e.recorded_at, $6, $7
FROM ledger_entries e WHERE e.program_id = $1 AND e.entry_no = $3
ON CONFLICT DO NOTHING
