-- Entries of some kinds recorded in a time, in the ledger's order.
-- $1 program id, $2 kinds, $3 recorded after, $4 recorded by (inclusive), $5 how many
SELECT e.canonical, substr(e.tree_hashes, 1, 32) AS leaf_hash,
       coalesce((SELECT jsonb_object_agg(t.field, t.content) FROM entry_texts t
                 WHERE t.program_id = e.program_id AND t.entry_no = e.entry_no), '{}') AS texts
FROM ledger_entries e
WHERE e.program_id = $1 AND e.kind = ANY ($2::text[]) AND e.recorded_at > $3 AND e.recorded_at <= $4
ORDER BY e.entry_no
LIMIT $5
