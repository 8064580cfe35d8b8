-- What programs had done at the end of earlier days, as known then: the counts and weights that were in force. Days on which nothing
-- was recorded have the state before. -1 stands for null.
-- $1 program ids and $2 days, pair by pair
SELECT a.id, a.day, o.weights, s.done, s.totals
FROM unnest($1::uuid[], $2::date[]) AS a(id, day)
CROSS JOIN LATERAL (SELECT entry_no FROM program_days d WHERE d.program_id = a.id AND d.day <= a.day ORDER BY d.day DESC LIMIT 1) d
CROSS JOIN LATERAL (
    SELECT o.milestones, o.weights FROM program_outlines o
    WHERE o.program_id = a.id AND o.entry_no <= d.entry_no ORDER BY o.entry_no DESC LIMIT 1
) o
CROSS JOIN LATERAL (
    SELECT array_agg(coalesce(s.done, -1) ORDER BY m.position) AS done, array_agg(coalesce(s.total, -1) ORDER BY m.position) AS totals
    FROM unnest(o.milestones) WITH ORDINALITY AS m(key, position)
    LEFT JOIN LATERAL (
        SELECT * FROM milestone_states s
        WHERE s.program_id = a.id AND s.milestone = m.key AND s.entry_no <= d.entry_no ORDER BY s.entry_no DESC LIMIT 1
    ) s ON true
) s
