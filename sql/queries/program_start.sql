-- The day a program started, by its newest description.
-- $1 program id
SELECT (body ->> 'start')::date FROM facts WHERE program_id = $1 AND kind = 'program' AND key = 'program' ORDER BY entry_no DESC LIMIT 1
