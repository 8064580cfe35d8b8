-- $1 program id, $2 SHA-256 of the file, $3 number of the chunk, $4 content
INSERT INTO file_chunks (program_id, sha256, number, content) VALUES ($1, $2, $3, $4)
