-- A page of a ledger for outsiders: the bytes, the leaf hash that is kept for them, and the texts with their salts.
-- $1 program id, $2 moment (inclusive) or null, $3 entries after this number, $4 how many
SELECT e.entry_no, e.recorded_at, e.canonical, substr(e.tree_hashes, 1, 32) AS leaf,
       coalesce((SELECT jsonb_object_agg(t.field, jsonb_build_object('salt', encode(t.salt, 'base64'), 'content', t.content)) FROM entry_texts t
                 WHERE t.program_id = e.program_id AND t.entry_no = e.entry_no), '{}') AS texts
FROM ledger_entries e
WHERE e.program_id = $1 AND e.entry_no > $3 AND ($2::timestamptz IS NULL OR e.recorded_at <= $2::timestamptz)
ORDER BY e.entry_no LIMIT $4
