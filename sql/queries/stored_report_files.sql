-- The files that are kept for a report, by name.
-- $1 program id, $2 SHA-256 of the report's content
SELECT name, media_type, sha256, size, quotes, content IS NULL AS erased FROM report_files WHERE program_id = $1 AND report = $2 ORDER BY name
