-- $1 source, $2 event id, $3 milestone, $4 observed at, $5 done, $6 total
WITH fresh AS (
    INSERT INTO events (source, event_id, milestone, observed_at, done, total) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING
    RETURNING milestone, observed_at, done, total
)
INSERT INTO rollup AS r SELECT milestone, observed_at, done, total, 1 FROM fresh
ON CONFLICT (milestone) DO UPDATE SET
    observed_at = greatest(r.observed_at, excluded.observed_at), done = greatest(r.done, excluded.done), total = excluded.total, reports = r.reports + 1
