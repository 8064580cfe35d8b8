-- A page of ledger entries, newest first.
-- $1 program id, $2 milestone or '' for all, $3 moment (inclusive) or null, $4 entries before this number or 0, $5 how many
SELECT e.canonical, substr(e.tree_hashes, 1, 32) AS leaf_hash,
       coalesce((SELECT jsonb_object_agg(t.field, t.content) FROM entry_texts t
                 WHERE t.program_id = e.program_id AND t.entry_no = e.entry_no), '{}') AS texts
FROM ledger_entries e
WHERE e.program_id = $1
  AND ($2 = '' OR e.milestone = $2)
  AND ($3::timestamptz IS NULL OR e.recorded_at <= $3::timestamptz)
  AND ($4 = 0 OR e.entry_no < $4)
ORDER BY e.entry_no DESC
LIMIT $5
