-- A stored file.
-- $1 program id, $2 SHA-256
SELECT size, media_type, name, cited_by IS NOT NULL AS cited, erased_at FROM files WHERE program_id = $1 AND sha256 = $2
