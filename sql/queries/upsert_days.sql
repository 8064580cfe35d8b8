-- $1 rows of milestone_days as JSON
INSERT INTO milestone_days AS d SELECT * FROM jsonb_populate_recordset(NULL::milestone_days, $1::jsonb)
ON CONFLICT (program_id, milestone, day, recorded_day) DO UPDATE SET
    entry_no = excluded.entry_no, done = excluded.done, total = excluded.total, failed = excluded.failed, skipped = excluded.skipped,
    counted_at = excluded.counted_at, counted_key = excluded.counted_key,
    corrected_at = excluded.corrected_at, corrected_key = excluded.corrected_key, reports = excluded.reports
