-- The day rows of a program as known at an entry, in full, to be cut at a moment.
-- $1 program id, $2 entry number
SELECT DISTINCT ON (d.day, d.milestone)
       d.milestone, d.day, d.entry_no, d.done, d.total, d.failed, d.skipped, d.counted_at, d.counted_key, d.corrected_at, d.corrected_key, d.reopened_at, d.reports
FROM milestone_days d
WHERE d.program_id = $1 AND d.entry_no <= $2
ORDER BY d.day, d.milestone, d.recorded_day DESC
