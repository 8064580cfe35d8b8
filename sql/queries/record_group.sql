-- Brings the projections of one append up to date and moves the head, with the right edge of the tree.
-- $1 program id, $2 last entry number, $3 recorded at, $4 recorded day, and as JSON the rows of $5 facts, $6 milestone_states, $7 milestone_days; $8 the edge
WITH new_facts AS (
    INSERT INTO facts SELECT * FROM jsonb_populate_recordset(NULL::facts, $5::jsonb)
), new_states AS (
    INSERT INTO milestone_states SELECT * FROM jsonb_populate_recordset(NULL::milestone_states, $6::jsonb)
), new_days AS (
    INSERT INTO milestone_days AS d SELECT * FROM jsonb_populate_recordset(NULL::milestone_days, $7::jsonb)
    ON CONFLICT (program_id, milestone, day, recorded_day) DO UPDATE SET
        entry_no = excluded.entry_no, done = excluded.done, total = excluded.total, failed = excluded.failed, skipped = excluded.skipped,
        counted_at = excluded.counted_at, counted_key = excluded.counted_key,
        corrected_at = excluded.corrected_at, corrected_key = excluded.corrected_key, reopened_at = excluded.reopened_at, reports = excluded.reports
), new_program_day AS (
    INSERT INTO program_days AS d (program_id, day, entry_no, recorded_at) VALUES ($1, $4, $2, $3)
    ON CONFLICT (program_id, day) DO UPDATE SET entry_no = excluded.entry_no, recorded_at = excluded.recorded_at
)
UPDATE program_heads SET entry_no = $2, recorded_at = $3, tree_edge = $8 WHERE program_id = $1
