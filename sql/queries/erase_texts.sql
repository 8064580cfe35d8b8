-- Erases free texts, with their salts.
-- $1 program id, $2 entry number, $3 fields
DELETE FROM entry_texts WHERE program_id = $1 AND entry_no = $2 AND field = ANY ($3::text[])
