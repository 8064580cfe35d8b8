-- Keeps the free text of entries beside them.
-- $1 program id, $2 entry numbers, $3 fields, $4 salts, $5 contents (same length)
INSERT INTO entry_texts (program_id, entry_no, field, salt, content)
SELECT $1, t.entry_no, t.field, t.salt, t.content
FROM unnest($2::bigint[], $3::text[], $4::bytea[], $5::text[]) AS t(entry_no, field, salt, content)
