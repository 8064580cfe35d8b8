-- Which of these files are stored with their content.
-- $1 program id, $2 SHA-256 sums in hex
SELECT encode(f.sha256, 'hex') FROM files f
WHERE f.program_id = $1 AND f.erased_at IS NULL AND f.sha256 = ANY (SELECT decode(s, 'hex') FROM unnest($2::text[]) AS s)
