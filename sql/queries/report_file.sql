-- One file of a report.
-- $1 program id, $2 SHA-256 of the report's content, $3 name
SELECT name, media_type, sha256, size, quotes, content IS NULL AS erased, content FROM report_files WHERE program_id = $1 AND report = $2 AND name = $3
