-- Empties a program's projections.
-- $1 program id
WITH f AS (DELETE FROM facts WHERE program_id = $1),
     s AS (DELETE FROM milestone_states WHERE program_id = $1),
     d AS (DELETE FROM milestone_days WHERE program_id = $1),
     o AS (DELETE FROM program_outlines WHERE program_id = $1)
DELETE FROM program_days WHERE program_id = $1
