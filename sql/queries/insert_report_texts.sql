-- Keeps what a report quotes.
-- $1 program id, $2 SHA-256 of the report's content, $3 hashes, $4 salts, $5 Indonesian, $6 English (same length)
INSERT INTO report_texts (program_id, report, hash, salt, indonesian, english)
SELECT $1, $2, t.hash, t.salt, t.indonesian, t.english
FROM unnest($3::bytea[], $4::bytea[], $5::text[], $6::text[]) AS t(hash, salt, indonesian, english)
ON CONFLICT DO NOTHING
