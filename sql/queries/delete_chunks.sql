-- Deletes the content of a file whose erasure is noted.
-- $1 program id, $2 SHA-256
DELETE FROM file_chunks WHERE program_id = $1 AND sha256 = $2
