-- Adds reads to those of their hour. In one order, so that two processes do not wait for each other crosswise.
-- $1 program ids, $2 whether a write was refused, $3 readers, $4 roles, $5 paths, $6 moments or the year 1 for the present, $7 hours,
-- $8 first, $9 last, $10 how often
INSERT INTO reads AS r (program_id, refused, reader, role, path, as_of, hour, first_at, last_at, times)
SELECT program_id, refused, reader, role, path, nullif(as_of, '0001-01-01 00:00:00+00'), hour, first_at, last_at, times
FROM unnest($1::uuid[], $2::boolean[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::bigint[])
     AS seen (program_id, refused, reader, role, path, as_of, hour, first_at, last_at, times)
ORDER BY first_at, program_id, reader, path, as_of, refused, role
ON CONFLICT (program_id, refused, reader, role, path, as_of, hour) DO UPDATE
SET first_at = least(r.first_at, excluded.first_at), last_at = greatest(r.last_at, excluded.last_at), times = r.times + excluded.times
