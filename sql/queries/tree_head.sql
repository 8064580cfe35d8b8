-- How far a program's tree has come, and the last entry recorded before today in the program's zone (0: none).
-- $1 program id
SELECT h.entry_no, h.recorded_at, h.tree_edge,
       coalesce((SELECT d.entry_no FROM program_days d
                 WHERE d.program_id = h.program_id AND d.day < (clock_timestamp() AT TIME ZONE p.timezone)::date ORDER BY d.day DESC LIMIT 1), 0) AS day_end
FROM program_heads h JOIN programs p ON p.id = h.program_id
WHERE h.program_id = $1
