-- Takes the lock that orders a program's entries and reads the clock after it was obtained.
-- $1 program id
SELECT h.entry_no, h.recorded_at, p.timezone, clock_timestamp() AS now
FROM program_heads h JOIN programs p ON p.id = h.program_id
WHERE h.program_id = $1
FOR NO KEY UPDATE OF h
