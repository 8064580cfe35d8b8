-- How many entries a program's tree has.
-- $1 program id
SELECT entry_no FROM program_heads WHERE program_id = $1
