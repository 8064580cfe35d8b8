-- $1 sources, $2 event ids, $3 milestones, $4 observed, $5 done, $6 totals
WITH fresh AS (
    INSERT INTO events (source, event_id, milestone, observed_at, done, total)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[], $6::bigint[])
    ON CONFLICT DO NOTHING
    RETURNING milestone, observed_at, done, total
)
INSERT INTO rollup AS r
SELECT milestone, max(observed_at), max(done), max(total), count(*) FROM fresh GROUP BY milestone ORDER BY milestone
ON CONFLICT (milestone) DO UPDATE SET
    observed_at = greatest(r.observed_at, excluded.observed_at), done = greatest(r.done, excluded.done), total = excluded.total, reports = r.reports + excluded.reports
