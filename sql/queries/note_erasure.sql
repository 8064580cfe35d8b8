-- Notes that a file's content is erased, and with it the name it was uploaded under.
-- $1 program id, $2 SHA-256
UPDATE files SET erased_at = clock_timestamp(), name = '' WHERE program_id = $1 AND sha256 = $2 AND erased_at IS NULL
