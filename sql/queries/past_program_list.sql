-- The programs that the credential opens, and how far the ledger of each had come at a moment or by the end of a day.
-- $1 moment (inclusive) or null, $2 calendar day in each program's own zone or null; one of them is given
SELECT p.id, p.slug, p.timezone, coalesce(k.entry_no, 0) AS entry_no, coalesce(k.recorded_at, '0001-01-01 00:00:00+00') AS recorded_at
FROM programs p LEFT JOIN LATERAL (
    (SELECT d.entry_no, d.recorded_at FROM program_days d WHERE d.program_id = p.id AND d.day <= $2::date ORDER BY d.day DESC LIMIT 1)
    UNION ALL
    (SELECT e.entry_no, e.recorded_at FROM ledger_entries e
     WHERE e.program_id = p.id AND e.recorded_at <= $1::timestamptz ORDER BY e.recorded_at DESC, e.entry_no DESC LIMIT 1)
) k ON true
ORDER BY p.slug
