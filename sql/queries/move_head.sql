-- Moves a program's head to its newest entry.
-- $1 program id, $2 entry number, $3 recorded at
UPDATE program_heads SET entry_no = $2, recorded_at = $3 WHERE program_id = $1
