-- Notes a file to be stored. Says whether it is new, and whether its content was erased before. One that waits to be cited waits anew.
-- $1 program id, $2 SHA-256, $3 bytes, $4 media type, $5 name
INSERT INTO files (program_id, sha256, size, media_type, name) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (program_id, sha256) DO UPDATE SET stored_at = clock_timestamp()
RETURNING (xmax = 0) AS fresh, erased_at IS NOT NULL AS erased
