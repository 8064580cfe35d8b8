-- The newest entries of some kinds, newest first. Each kind is read from its own end, so that a million reports cost nothing.
-- $1 program id, $2 moment (inclusive) or null, $3 kinds, $4 how many
SELECT e.canonical, substr(e.tree_hashes, 1, 32) AS leaf_hash,
       coalesce((SELECT jsonb_object_agg(t.field, t.content) FROM entry_texts t
                 WHERE t.program_id = e.program_id AND t.entry_no = e.entry_no), '{}') AS texts
FROM unnest($3::text[]) AS wanted (kind)
CROSS JOIN LATERAL (
    SELECT n.program_id, n.entry_no, n.canonical, n.tree_hashes FROM ledger_entries n
    WHERE n.program_id = $1 AND n.kind = wanted.kind AND ($2::timestamptz IS NULL OR n.recorded_at <= $2::timestamptz)
    ORDER BY n.entry_no DESC LIMIT $4
) e
ORDER BY e.entry_no DESC
LIMIT $4
