-- Deletes reads that were over before a day began in their program's zone.
-- $1 day
DELETE FROM reads r USING programs p
WHERE p.id = r.program_id AND r.last_at < ($1::date)::timestamp AT TIME ZONE p.timezone
