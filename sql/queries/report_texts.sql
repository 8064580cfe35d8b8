-- What a report quotes, as far as it was not erased.
-- $1 program id, $2 SHA-256 of the report's content
SELECT hash, salt, indonesian, english FROM report_texts WHERE program_id = $1 AND report = $2 ORDER BY hash
