-- Takes the lock that orders a program's entries and reads the clock after it was obtained; with the program's start, if it was said.
-- $1 program id
SELECT h.entry_no, h.recorded_at, h.tree_edge, p.timezone, clock_timestamp() AS now,
       (SELECT (f.body ->> 'start')::date FROM facts f
        WHERE f.program_id = $1 AND f.kind = 'program' AND f.key = 'program' ORDER BY f.entry_no DESC LIMIT 1) AS starts_on
FROM program_heads h JOIN programs p ON p.id = h.program_id
WHERE h.program_id = $1
FOR NO KEY UPDATE OF h
