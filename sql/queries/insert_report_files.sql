-- Keeps the files of a report until an entry signs it. Keeping what is kept changes nothing.
-- $1 program id, $2 SHA-256 of the report's content, $3 names, $4 media types, $5 whether they quote people, $6 contents (same length)
INSERT INTO report_files (program_id, report, name, media_type, sha256, size, quotes, content)
SELECT $1, $2, f.name, f.media_type, sha256(f.content), octet_length(f.content), f.quotes, f.content
FROM unnest($3::text[], $4::text[], $5::boolean[], $6::bytea[]) AS f(name, media_type, quotes, content)
ON CONFLICT DO NOTHING
