-- The newest that was said of some things, by whom: what a new entry answers to, or is ruled by.
-- $1 program id, $2 kinds, $3 keys (same length)
SELECT wanted.kind, wanted.key, f.actor, f.observed_at, f.body,
       coalesce((SELECT jsonb_object_agg(t.field, t.content) FROM entry_texts t WHERE t.program_id = $1 AND t.entry_no = f.entry_no), '{}') AS texts
FROM unnest($2::text[], $3::text[]) AS wanted(kind, key)
CROSS JOIN LATERAL (
    SELECT f.actor, f.observed_at, f.body, f.entry_no FROM facts f
    WHERE f.program_id = $1 AND f.kind = wanted.kind AND f.key = wanted.key ORDER BY f.entry_no DESC LIMIT 1
) f
