-- A page of what outside accounts read of a program, those begun last first.
-- $1 program id, $2 begun by (inclusive), or null, $3 those before this id, or 0, $4 how many
SELECT id, refused, reader, role, path, as_of, first_at, last_at, times
FROM reads
WHERE program_id = $1
  AND ($2::timestamptz IS NULL OR first_at <= $2::timestamptz)
  AND ($3::bigint = 0 OR id < $3::bigint)
ORDER BY id DESC
LIMIT $4
