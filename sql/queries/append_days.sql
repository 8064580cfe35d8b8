-- The newest rows of the milestone days an append touches.
-- $1 program id, $2 milestones, $3 days (same length)
SELECT d.milestone, d.day, d.done, d.total, d.failed, d.skipped, d.counted_at, d.counted_key, d.corrected_at, d.corrected_key, d.reopened_at, d.reports
FROM unnest($2::text[], $3::date[]) AS wanted(milestone, day)
CROSS JOIN LATERAL (
    SELECT * FROM milestone_days d
    WHERE d.program_id = $1 AND d.milestone = wanted.milestone AND d.day = wanted.day
    ORDER BY d.recorded_day DESC LIMIT 1
) d
