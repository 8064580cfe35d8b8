-- One piece of a file's content.
-- $1 program id, $2 SHA-256, $3 number of the chunk
SELECT content FROM file_chunks WHERE program_id = $1 AND sha256 = $2 AND number = $3
