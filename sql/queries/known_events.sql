-- Entries that already have one of these event ids.
-- $1 program id, $2 sources, $3 event ids (same length)
SELECT e.source, e.event_id, e.entry_no, e.recorded_at, e.canonical, substr(e.tree_hashes, 1, 32) AS leaf_hash,
       coalesce((SELECT jsonb_object_agg(t.field, t.content) FROM entry_texts t
                 WHERE t.program_id = e.program_id AND t.entry_no = e.entry_no), '{}') AS texts
FROM unnest($2::text[], $3::text[]) AS wanted(source, event_id)
CROSS JOIN LATERAL ( -- one look-up by key each; a join would be planned as a scan while the ledger is young
    SELECT * FROM ledger_entries e WHERE e.program_id = $1 AND e.source = wanted.source AND e.event_id = wanted.event_id LIMIT 1
) e
