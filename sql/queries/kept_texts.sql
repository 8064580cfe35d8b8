-- Which free texts are kept beside an entry.
-- $1 program id, $2 entry number
SELECT field FROM entry_texts WHERE program_id = $1 AND entry_no = $2 ORDER BY field
