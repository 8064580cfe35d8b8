-- Definition and state of the milestones an append touches.
-- $1 program id, $2 milestone keys
SELECT wanted.key, m.body, s.entry_no, s.done, s.total, s.failed, s.skipped, s.counted_at, s.counted_key, s.counted_entry, s.base_at, s.base_key, s.base_done, s.base_total, s.reopened_at, s.reopened_key,
       s.latest_at, s.latest_key, s.latest_state, s.latest_run, s.next_due_at, s.reports, s.same_count
FROM unnest($2::text[]) AS wanted(key)
CROSS JOIN LATERAL (
    SELECT f.body FROM facts f WHERE f.program_id = $1 AND f.kind = 'milestone' AND f.key = wanted.key ORDER BY f.entry_no DESC LIMIT 1
) m
LEFT JOIN LATERAL (
    SELECT * FROM milestone_states s WHERE s.program_id = $1 AND s.milestone = wanted.key ORDER BY s.entry_no DESC LIMIT 1
) s ON true
