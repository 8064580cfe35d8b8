-- On which calendar days (program's zone) each job was heard, and when it was heard last.
-- $1 program id, $2 jobs' sources, $3 moment (inclusive) or null, $4 first day, $5 last day
SELECT wanted.source, last.observed_at AS last_heard_at,
       array(SELECT day.day::date - DATE '1970-01-01'
             FROM generate_series($4::date, $5::date, interval '1 day') AS day(day)
             WHERE EXISTS (SELECT FROM ledger_entries e
                           WHERE e.program_id = $1 AND e.source = wanted.source AND e.kind IN ('report', 'correction') AND ($3::timestamptz IS NULL OR e.recorded_at <= $3::timestamptz)
                             AND e.observed_at >= day.day::timestamp AT TIME ZONE p.timezone
                             AND e.observed_at < (day.day + interval '1 day')::timestamp AT TIME ZONE p.timezone)
             ORDER BY 1) AS days
FROM programs p CROSS JOIN unnest($2::text[]) AS wanted(source)
LEFT JOIN LATERAL (
    SELECT e.observed_at FROM ledger_entries e
    WHERE e.program_id = $1 AND e.source = wanted.source AND e.kind IN ('report', 'correction') AND ($3::timestamptz IS NULL OR e.recorded_at <= $3::timestamptz)
    ORDER BY e.observed_at DESC LIMIT 1
) last ON true
WHERE p.id = $1
