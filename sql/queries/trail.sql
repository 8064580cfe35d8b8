-- A page of the audit trail, newest first, each report with the count that stood before it.
-- $1 program id, $2 moment (inclusive) or null, $3 entries before this number or 0, $4 how many, $5 milestone or '', $6 kind or '', $7 source or '',
-- $8 recorded from, or null, $9 recorded before, or null
SELECT e.canonical, substr(e.tree_hashes, 1, 32) AS leaf_hash,
       coalesce((SELECT jsonb_object_agg(t.field, t.content) FROM entry_texts t
                 WHERE t.program_id = e.program_id AND t.entry_no = e.entry_no), '{}') AS texts,
       prior.done AS prior_done, prior.total AS prior_total
FROM ledger_entries e
LEFT JOIN LATERAL (
    SELECT s.done, s.total FROM milestone_states s
    WHERE e.kind IN ('report', 'correction', 'reopening') AND s.program_id = e.program_id AND s.milestone = e.milestone AND s.entry_no < e.entry_no
    ORDER BY s.entry_no DESC LIMIT 1
) prior ON true
WHERE e.program_id = $1
  AND ($2::timestamptz IS NULL OR e.recorded_at <= $2::timestamptz)
  AND ($3::bigint = 0 OR e.entry_no < $3::bigint)
  AND ($5::text = '' OR e.milestone = $5::text)
  AND ($6::text = '' OR e.kind = $6::text)
  AND ($7::text = '' OR e.source = $7::text)
  AND ($8::timestamptz IS NULL OR e.recorded_at >= $8::timestamptz)
  AND ($9::timestamptz IS NULL OR e.recorded_at < $9::timestamptz)
ORDER BY e.entry_no DESC
LIMIT $4
