-- Programs as a list shows them, each as of an entry: what was said of it, and how far every milestone was. Without an outline the
-- program has to be read in full. As arrays: -1 stands for null, instants are microseconds since 1970.
-- $1 program ids, $2 entry numbers
SELECT a.id, o.outline, o.milestones, o.weights, s.keys, s.done, s.totals, s.latest, s.due
FROM unnest($1::uuid[], $2::bigint[]) AS a(id, entry_no)
LEFT JOIN LATERAL (
    SELECT o.outline, o.milestones, o.weights FROM program_outlines o
    WHERE o.program_id = a.id AND o.entry_no <= a.entry_no ORDER BY o.entry_no DESC LIMIT 1
) o ON true
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(s.milestone), '{}') AS keys,
           coalesce(array_agg(coalesce(s.done, -1)), '{}') AS done, coalesce(array_agg(coalesce(s.total, -1)), '{}') AS totals,
           coalesce(array_agg((extract(epoch FROM s.latest_at) * 1000000)::bigint), '{}') AS latest,
           coalesce(array_agg(coalesce((extract(epoch FROM s.next_due_at) * 1000000)::bigint, -1)), '{}') AS due
    FROM unnest(o.milestones) AS m(key)
    CROSS JOIN LATERAL (
        SELECT * FROM milestone_states s
        WHERE s.program_id = a.id AND s.milestone = m.key AND s.entry_no <= a.entry_no ORDER BY s.entry_no DESC LIMIT 1
    ) s
) s
