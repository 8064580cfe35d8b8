-- Notes the last entry of a calendar day.
-- $1 program id, $2 recorded day, $3 entry number, $4 recorded at
INSERT INTO program_days AS d (program_id, day, entry_no, recorded_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (program_id, day) DO UPDATE SET entry_no = excluded.entry_no, recorded_at = excluded.recorded_at
