-- A page of a program's checkpoints, newest first, with what witnesses signed below each.
-- $1 program id, $2 moment they were signed by (inclusive) or null, $3 size wanted or 0 for all, $4 how many to leave out, $5 how many
SELECT c.epoch, c.origin, c.tree_size, c.root, c.recorded_at, c.signed_at, c.reason, c.note,
       coalesce((SELECT string_agg(w.line || E'\n', '' ORDER BY w.added_at, w.line) FROM cosignatures w
                 WHERE w.program_id = c.program_id AND w.epoch = c.epoch AND w.tree_size = c.tree_size), '') AS cosignatures
FROM checkpoints c
WHERE c.program_id = $1
  AND ($2::timestamptz IS NULL OR c.signed_at <= $2::timestamptz)
  AND ($3 = 0 OR c.tree_size = $3)
ORDER BY c.epoch DESC, c.tree_size DESC
OFFSET $4 LIMIT $5
