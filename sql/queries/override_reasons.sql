-- The reasons that people gave for overrides; erased ones are missing.
-- $1 program ids and $2 entry numbers, pair by pair
SELECT t.program_id AS id, t.entry_no, jsonb_object_agg(t.field, t.content) AS texts
FROM unnest($1::uuid[], $2::bigint[]) AS a(id, entry_no)
JOIN entry_texts t ON t.program_id = a.id AND t.entry_no = a.entry_no
GROUP BY t.program_id, t.entry_no
