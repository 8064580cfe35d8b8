-- A page of the checkpoints of a ledger's newest epoch as of a moment, smallest first, with what witnesses signed below each.
-- $1 program id, $2 moment they were signed by (inclusive) or null, $3 checkpoints of more entries than this, $4 how many
WITH signed AS (
    SELECT * FROM checkpoints c WHERE c.program_id = $1 AND ($2::timestamptz IS NULL OR c.signed_at <= $2::timestamptz)
)
SELECT c.origin, c.tree_size, c.recorded_at,
       c.note || coalesce((SELECT string_agg(w.line || E'\n', '' ORDER BY w.added_at, w.line) FROM cosignatures w
                           WHERE w.program_id = c.program_id AND w.epoch = c.epoch AND w.tree_size = c.tree_size
                             AND ($2::timestamptz IS NULL OR w.added_at <= $2::timestamptz)), '') AS note
FROM signed c
WHERE c.tree_size > $3 AND c.epoch = (SELECT max(epoch) FROM signed)
ORDER BY c.tree_size LIMIT $4
