-- A page of a ledger in its own order, with the copies that stand beside the bytes and the texts that are kept.
-- $1 program id, $2 first number, $3 how many
SELECT e.canonical, e.tree_hashes, e.kind, e.source, e.event_id, coalesce(e.milestone, '') AS milestone, e.observed_at, e.recorded_at,
       coalesce((SELECT jsonb_object_agg(t.field, jsonb_build_object('salt', encode(t.salt, 'base64'), 'content', t.content)) FROM entry_texts t
                 WHERE t.program_id = e.program_id AND t.entry_no = e.entry_no), '{}') AS texts
FROM ledger_entries e
WHERE e.program_id = $1 AND e.entry_no >= $2
ORDER BY e.entry_no LIMIT $3
